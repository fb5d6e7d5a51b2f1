"""The layers of the map, one module each: `draw(page) -> Drawn`; `controls(page)` where a layer has choices of its own.

The switch shows them in this order: counts, zones, rates, gi, moran, emerging, scan, density, quiet. Points of cases
are not among them: they wait for readers with a role that may see them.
"""

from collections.abc import Callable

from nakhon_dash.ui.hotspots.drawn import Layer
from nakhon_dash.ui.hotspots.layers import counts, density, emerging, moran, quiet, rates, scan, verdict, zones
from nakhon_dash.ui.page import Page

LAYERS: dict[str, Layer] = {
    "counts": counts.draw,
    "zones": zones.draw,
    "rates": rates.draw,
    "gi": verdict.draw,
    "moran": moran.draw,
    "emerging": emerging.draw,
    "scan": scan.draw,
    "density": density.draw,
    "quiet": quiet.draw,
}
CONTROLS: dict[str, Callable[[Page], None]] = {
    "counts": counts.controls,
    "zones": zones.controls,
    "rates": rates.controls,
    "emerging": emerging.controls,
    "scan": scan.controls,
    "density": density.controls,
    "quiet": quiet.controls,
}
FIRST = "gi"  # what the page opens with


def first() -> str:
    return FIRST if FIRST in LAYERS else next(iter(LAYERS))
