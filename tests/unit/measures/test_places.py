"""Hot cells of an invented city on the real grid."""

import h3.api.basic_int as h3
import pytest

from nakhon_dash.domain import geography
from nakhon_dash.measures.places import hotspots
from tests.unit.measures.city import EVERYTHING, at, case, fill


def cases_at(cell, n, **rest):
    return [case(i / 100, i / 100 + 1, h3_9=cell, lat=8.4, lon=99.9, **rest) for i in range(n)]


@pytest.fixture(scope="module")
def grid():
    return geography.cells(9)


def inner(grid):
    """A cell whose two rings lie inside the city."""
    known = set(grid)
    return next(cell for cell in grid if set(h3.grid_disk(cell, 3)) <= known)


def test_a_planted_spot_is_one_cluster_in_its_zone(sqlite_store, profile, grid):
    spot = inner(grid)
    rows = [row for cell in grid for row in cases_at(cell, 2, zone="800102")]
    rows += [row for cell in h3.grid_disk(spot, 1) for row in cases_at(cell, 30, zone="800103")]
    found = hotspots(fill(sqlite_store, *rows), profile, EVERYTHING, at(100))
    first = found.clusters[0]
    assert spot in first.cells
    assert (first.rank, first.zone, len(found.clusters)) == (1, "800103", 1)
    assert first.cases > first.expected
    assert found.cells.set_index("cell").loc[spot, ["verdict", "cluster"]].tolist() == ["hot99", 1]


def test_every_cell_of_the_city_is_there_zeros_too(sqlite_store, profile, grid):
    found = hotspots(fill(sqlite_store, *cases_at(grid[0], 3)), profile, EVERYTHING, at(100))
    assert found.cells["cell"].tolist() == grid
    assert (found.mapped, found.cells["n"].sum(), found.rings) == (3, 3, 2)


def test_nothing_reported_means_nothing_hot(sqlite_store, profile):
    found = hotspots(fill(sqlite_store), profile, EVERYTHING, at(100))
    assert set(found.cells["verdict"]) == {"ns"}
    assert (found.clusters, found.mapped) == ([], 0)


def test_cases_without_a_usable_point_are_counted_not_placed(sqlite_store, profile, grid):
    rows = [case(0), *cases_at(grid[0], 1, flags="outside_municipality"),
            *cases_at(grid[0], 1, flags="placeholder_location"), *cases_at(grid[0], 1)]  # fmt: skip
    found = hotspots(fill(sqlite_store, *rows), profile, EVERYTHING, at(100))
    assert (found.mapped, found.unmapped) == (1, 3)


def test_duplicates_make_no_hotspot(sqlite_store, profile, grid):
    spot = inner(grid)
    found = hotspots(fill(sqlite_store, *cases_at(spot, 60, outcome="duplicate")), profile, EVERYTHING, at(100))
    assert found.mapped == 0


def test_the_verdict_of_record_agrees_with_the_quick_one_on_a_strong_spot(sqlite_store, profile, grid):
    spot = inner(grid)
    rows = [row for cell in grid for row in cases_at(cell, 2)]
    rows += [row for cell in h3.grid_disk(spot, 1) for row in cases_at(cell, 30)]
    reader = fill(sqlite_store, *rows)
    quick, slow = (hotspots(reader, profile, EVERYTHING, at(100), method=m) for m in ("quick", "permutation"))
    assert (quick.method, slow.method) == ("quick", "permutation")
    assert spot in quick.clusters[0].cells
    assert spot in slow.clusters[0].cells
