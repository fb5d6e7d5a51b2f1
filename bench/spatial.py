"""Seconds of processor time for the verdict of a map, how firm its groups are, and cases to cells.

    python -m bench.spatial [--write]

Best of five; weights and the land of cells are kept between questions, as in the server, and not counted again. The
cities are invented: cases spread unevenly over the outline.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial

import h3.api.basic_int as h3
import numpy as np
import pandas as pd

from bench.page import section
from nakhon_dash.analysis import spatial
from nakhon_dash.domain import geography
from nakhon_dash.measures.grid import Guard, Points, laid
from nakhon_dash.measures.spots import RINGS, Spots, find, firmness

HERE = (8.43, 99.96)


def best(run: Callable[[], object], rounds: int = 5) -> float:
    """Seconds of processor time of the quickest round."""
    took = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        took.append(time.process_time() - start)
    return min(took)


def disk(cells: int) -> list[int]:
    """About so many cells, as a disk."""
    steps = round(((cells * 4 - 1) / 12) ** 0.5)
    return sorted(h3.grid_disk(h3.latlng_to_cell(*HERE, 9), steps))


def invented(cases: int) -> Points:
    """Cases inside the outline, crowded about forty places."""
    random, outline = np.random.default_rng(9), geography.outline()
    west, south, east, north = outline.bounds
    places = random.uniform((west, south), (east, north), (40, 2))
    lon, lat = np.empty(0), np.empty(0)
    while len(lat) < cases:
        tried = places[random.zipf(1.6, 4 * cases) % 40] + random.normal(0, 0.006, (4 * cases, 2))
        inside = tried[geography.inside(*tried.T)]
        lon, lat = np.r_[lon, inside[:, 0]], np.r_[lat, inside[:, 1]]
    cell = [h3.latlng_to_cell(y, x, 10) for y, x in zip(lat[:cases].tolist(), lon[:cases].tolist(), strict=True)]
    rows = pd.DataFrame({"lat": lat[:cases], "lon": lon[:cases], "cell": cell, "zone": "800101"})
    return Points(rows, Guard(cases, 0, 0, 0, 0, 0, 0, cases, collapsed=True), "outline")


def verdicts() -> list[tuple[str, float]]:
    rows = []
    for size in (550, 5_000):
        cells = disk(size)
        x = np.random.default_rng(1).poisson(3, len(cells)).astype(float)
        for k in RINGS:
            weights = spatial.rings(cells, k)
            for method in ("permutation", "quick"):
                took = best(partial(spatial.verdict, x, weights, k, method))
                rows.append((f"{len(cells):,} cells, rings {k}, {method}", took))
    return rows


def firm(cases: int) -> list[tuple[str, float]]:
    points = invented(cases)
    found: Spots = find(laid(points, 9), "permutation")
    firmness(found)
    return [(f"{cases:,} cases to cells", best(lambda: laid(Points(points.rows, points.guard, "outline"), 9))),
            (f"{cases:,} cases, 24 grids, {len(found.clusters)} group(s)", best(lambda: firmness(found)))]  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true")
    write = options.parse_args().write
    rows = [*verdicts(), *firm(1_200), *firm(13_000), *firm(1_000_000)]
    text = "\n".join(["| what | seconds |", "|---|---|", *(f"| {name} | {took:.3f} |" for name, took in rows)])
    print(text)
    if write:
        section("Hotspots", f"Processor time, best of five.\n\n{text}", command="python -m bench.spatial --write")


if __name__ == "__main__":
    main()
