"""Resolution: is the promise kept, for whom, and what to do next? One module a card."""

from nakhon_dash.ui.resolution import (
    ahead,
    backlog,
    change,
    claim,
    curve,
    fairness,
    groups,
    known,
    months,
    oldest,
    outcomes,
    promise,
    quality,
    staffing,
    warning,
    weekend,
)

__all__ = [
    "ahead",
    "backlog",
    "change",
    "claim",
    "curve",
    "fairness",
    "groups",
    "known",
    "months",
    "oldest",
    "outcomes",
    "promise",
    "quality",
    "staffing",
    "warning",
    "weekend",
]
