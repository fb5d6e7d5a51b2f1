"""What a layer hands to the map: colours and words of each cell, never cases."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from nakhon_dash.domain.measure import Measure
from nakhon_dash.figures.map import Circle, Cluster
from nakhon_dash.ui.page import Page


@dataclass(frozen=True)
class Drawn:
    """One layer ready to be drawn.

    `cells`: h3 (text), look and tip (words at the pointer, escaped). A look is a colour class of `figures.theme` (h2 h1
    ns c1 c2, s1 to s6), with "-dash" behind it when the edge is dashed, or "few" (no fill, dashed edge). `areas`: other
    polygons instead, shape (shapely, lon/lat), look, tip. `clusters` and `circles` have discs with their number; name
    and note stand beside the city; a click on a cell of a cluster chooses the cluster. `legend`: (look, words), highest
    first. `shows` and `hides`: the sentence under the switch. `finding`: what it says now. `table`: codes and full
    precision, for the download; `about`: its id in the registry of tables; `command`: the line that prints it.
    """

    shows: str
    hides: str
    finding: str
    legend: list[tuple[str, str]]
    cells: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"h3": [], "look": [], "tip": []}))
    areas: pd.DataFrame | None = None
    clusters: list[Cluster] = field(default_factory=list)
    circles: list[Circle] = field(default_factory=list)
    table: pd.DataFrame | None = None
    about: str = ""
    command: str = ""
    measures: tuple[Measure, ...] = ()
    method: str = ""


Layer = Callable[[Page], Drawn]
