"""Resolution: is the promise kept, for whom, and what to do next? One module a card."""

from nakhon_dash.ui.resolution import (
    claim,
    promise,
)

__all__ = [
    "claim",
    "promise",
]
