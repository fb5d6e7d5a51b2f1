"""What is taken out before cases are counted on the map, and the cells they are counted in."""

import h3.api.basic_int as h3
import numpy as np
import pytest

from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import UNMAPPED
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures import ground
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.grid import grid, laid, points
from tests.unit.measures.city import EVERYTHING, at, case, fill

BOSTON = (42.3467, -71.0972)


def around(lat, lon, n, spread=0.004, seed=1, **rest):
    """`n` cases about a point, each of its own trouble: days apart and answered within the hour."""
    where = np.random.default_rng(seed).normal((lat, lon), spread, (n, 2))
    return [case(24 * i, 24 * i + 1, lat=y, lon=x, **rest) for i, (y, x) in enumerate(where.tolist())]


@pytest.fixture(scope="module")
def middle():
    centre = geography.outline().representative_point()
    return centre.y, centre.x


@pytest.fixture
def ask(sqlite_store, profile):
    def of(*rows, scope=EVERYTHING):
        return Ask(fill(sqlite_store, *rows), profile, scope, at(1_000_000))

    return of


def test_each_case_is_taken_out_for_one_reason_and_the_rest_counts(ask, middle):
    lat, lon = middle
    rows = [
        case(0), case(1, flags="placeholder_location"), case(2, lat=lat, lon=lon, flags="placeholder_location"),
        case(3, lat=lat + 1, lon=lon, flags="outside_municipality"),
        case(4, lat=lat, lon=lon), case(5, lat=lat, lon=lon), case(6, lat=lat, lon=lon, category="C02"),
    ]  # fmt: skip
    guard = points(ask(*rows)).guard
    assert (guard.cases, guard.no_point, guard.pinned, guard.outside, guard.repeats) == (7, 1, 2, 1, 1)
    assert (guard.counted, guard.known, guard.pins) == (2, 2, 0)
    assert guard.usable == pytest.approx(1 - 3 / 7)


def test_repeats_are_counted_when_asked_and_still_told(ask, middle):
    lat, lon = middle
    found = ask(*(case(i, lat=lat, lon=lon) for i in range(4)))
    once, every = points(found).guard, points(found, collapse=False).guard
    assert (once.repeats, once.counted, once.collapsed) == (3, 1, True)
    assert (every.repeats, every.counted, every.collapsed) == (3, 4, False)


def test_cases_without_a_category_are_no_repeats(ask, middle):
    lat, lon = middle
    rows = [case(i, lat=lat + i / 1e6, lon=lon, category=UNMAPPED) for i in range(5)]
    assert points(ask(*rows)).guard.repeats == 0


def test_a_pin_with_a_crowd_on_it_is_no_place_whatever_the_filter(ask, middle):
    lat, lon = middle
    rows = around(lat, lon, 460)
    rows += [case(24 * i + 5, 24 * i + 6, lat=lat, lon=lon, category="C02") for i in range(40)]
    for scope in (EVERYTHING, Scope(category=("C02",))):
        guard = points(ask(*rows, scope=scope)).guard
        assert (guard.pins, guard.pinned, guard.known) == (1, 40, 0)
        rows = ()


def test_a_busy_corner_below_the_limit_is_a_place(ask, middle):
    lat, lon = middle
    rows = around(lat, lon, 991) + [case(24 * i, 24 * i + 1, lat=lat, lon=lon) for i in range(19)]
    assert points(ask(*rows)).guard.pins == 0


@pytest.mark.parametrize("flags", ["outside_municipality", ""])
def test_a_file_of_another_city_stands_on_its_own_cells(ask, flags):
    found = grid(ask(*around(*BOSTON, 60, flags=flags, zone=None)))
    assert found.points.ground == "data"
    assert (found.points.guard.outside, found.n.sum()) == (0, 60)
    assert (found.land == 1).all()
    touched = {cell for cell, n in zip(found.cells, found.n, strict=True) if n}
    assert set(found.cells) == {near for cell in touched for near in h3.grid_disk(cell, 1)}


def test_the_city_has_every_cell_zeros_too(ask, middle):
    found = grid(ask(*around(*middle, 5, 0.001)))
    assert set(geography.cells(9)) <= set(found.cells)
    assert found.n.sum() == 5
    assert (found.n[found.index] > 0).all()


def test_an_empty_store_has_cells_without_cases(ask):
    found = grid(ask())
    assert (found.n.sum(), len(found.index), found.points.guard.usable) == (0, 0, None)


def test_cases_lie_in_the_cells_that_the_store_gave_them(ask, middle):
    lat, lon = middle
    finest = h3.latlng_to_cell(lat, lon, 10)
    found = points(ask(case(0, lat=lat, lon=lon, h3_10=finest), case(1, lat=lat, lon=lon, category="C02", h3_10=None)))
    for res in (8, 9, 10):
        assert set(found.cells(res).tolist()) == {h3.cell_to_parent(finest, res)}


def test_a_moved_grid_counts_every_case_in_a_cell_that_holds_it(ask, middle):
    found = points(ask(*around(*middle, 50, 0.002)))
    step = ground.half_step(9)
    moved = laid(found, 9, step, step)
    assert moved.n.sum() == 50
    assert not np.array_equal(moved.n[moved.n > 0], laid(found, 9).n[laid(found, 9).n > 0])
    back = laid(found, 9, 1e-9, 0)
    assert np.array_equal(np.array(back.cells)[back.index], found.cells(9))


@pytest.mark.parametrize("res", [8, 9, 10])
def test_the_land_of_all_cells_is_the_city(res):
    cells = ground.cells(res)
    whole, cut = (np.array([s.area for s in geography.cell_polygons(cells.tolist(), clip=c).values()]) for c in (0, 1))
    share = ground.share(cells, res)
    known = cut / whole > ground.SMALLEST
    np.testing.assert_allclose(share[known], (cut / whole)[known], rtol=1e-9)
    assert share.min() >= ground.SMALLEST
    assert share.max() <= 1 + 1e-12


def test_coarser_cells_are_the_parents():
    cells = h3.grid_disk(h3.latlng_to_cell(8.43, 99.96, 10), 9)
    for res in (7, 8, 9, 10):
        assert ground.coarser(np.array(cells), res).tolist() == [h3.cell_to_parent(cell, res) for cell in cells]


def test_every_cell_of_the_city_has_a_zone():
    assert set(ground.zones(9)) == set(geography.cells(9))
