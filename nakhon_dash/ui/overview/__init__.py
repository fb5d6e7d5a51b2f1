"""The overview: are we keeping the promise today, what changed, what needs me? One module a card."""

from nakhon_dash.ui.overview import (
    ahead,
    backlog,
    brief,
    changes,
    claim,
    dimensions,
    people,
    place,
    promise,
    received,
    trend,
    waiting,
)

__all__ = [
    "ahead",
    "backlog",
    "brief",
    "changes",
    "claim",
    "dimensions",
    "people",
    "place",
    "promise",
    "received",
    "trend",
    "waiting",
]
