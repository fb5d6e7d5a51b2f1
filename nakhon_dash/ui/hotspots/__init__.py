"""Hotspots: where is there really more than expected, is it new, and why? One module a card, one a layer of the map."""

from nakhon_dash.ui.hotspots import (
    choice,
    claim,
    guard,
    map,
    scan,
    switch,
    takeaway,
    timeline,
)

__all__ = [
    "choice",
    "claim",
    "guard",
    "map",
    "scan",
    "switch",
    "takeaway",
    "timeline",
]
