"""Resolution: is the promise kept, for whom, and what to do next? One module a card."""

from nakhon_dash.ui.resolution import (
    ahead,
    backlog,
    change,
    claim,
    fairness,
    months,
    oldest,
    promise,
    quality,
    warning,
    weekend,
)

__all__ = [
    "ahead",
    "backlog",
    "change",
    "claim",
    "fairness",
    "months",
    "oldest",
    "promise",
    "quality",
    "warning",
    "weekend",
]
