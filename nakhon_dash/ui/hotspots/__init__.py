"""Hotspots: where is there really more than expected, is it new, and why? One module a card, one a layer of the map."""

from nakhon_dash.ui.hotspots import (
    choice,
    claim,
    compare,
    effect,
    guard,
    kinds,
    map,
    scan,
    switch,
    takeaway,
    timeline,
    why,
)

__all__ = [
    "choice",
    "claim",
    "compare",
    "effect",
    "guard",
    "kinds",
    "map",
    "scan",
    "switch",
    "takeaway",
    "timeline",
    "why",
]
