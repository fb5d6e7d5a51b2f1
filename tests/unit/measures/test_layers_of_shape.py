"""Like beside like and density: found where it was planted, silent where cases lie at random or are few."""

import numpy as np
import pytest
import shapely
from shapely.geometry import Point

from nakhon_dash.domain import geography
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.density_map import BANDWIDTHS, density_map
from nakhon_dash.measures.moran_map import FEW, moran_map
from nakhon_dash.measures.tables import table
from tests.unit.measures.city import EVERYTHING, at, case, fill

LON, LAT = geography.label_points()["800101"]


def evenly(n, seed=1):
    """Cases spread evenly over the city, each of its own trouble."""
    outline, random = geography.outline(), np.random.default_rng(seed)
    west, south, east, north = outline.bounds
    lon, lat = random.uniform(west, east, 6 * n), random.uniform(south, north, 6 * n)
    inside = np.flatnonzero(shapely.contains_xy(outline, lon, lat))[:n]
    return [case(24 * i, 24 * i + 1, lat=lat[k], lon=lon[k]) for i, k in enumerate(inside.tolist())]


def crowd(n, metres=500, seed=2):
    away = np.random.default_rng(seed).normal(0, metres / 111_000, (n, 2))
    return [case(24 * i + 7, 24 * i + 8, category="C02", lat=LAT + y, lon=LON + x)
            for i, (y, x) in enumerate(away.tolist())]  # fmt: skip


@pytest.fixture
def asked(sqlite_store, profile):
    return lambda *rows: Ask(fill(sqlite_store, *rows), profile, EVERYTHING, at(100_000))


def test_a_planted_crowd_is_high_beside_high(asked):
    found = moran_map(asked(*evenly(600), *crowd(500)))
    import h3.api.basic_int as h3

    middle = found.grid.cells.index(h3.latlng_to_cell(LAT, LON, 9))
    assert found.verdict[middle] == "HH"
    assert found.whole.i > 0.2
    assert found.p < 0.001


def test_cases_spread_evenly_have_no_cluster_though_the_border_cuts_cells(asked):
    found = moran_map(asked(*evenly(1_500)))
    assert found.cells("HH") + found.cells("LL") <= 1
    assert abs(found.whole.z) < 3


def test_few_cases_get_no_verdict_and_their_table_says_so(asked):
    ask = asked(*evenly(20))
    assert set(moran_map(ask).verdict) == {FEW}
    row = table("moran", ask, "map").iloc[0]
    assert (row["few"], row["cases"]) == (row["cells"], 20)
    assert row["i"] is None


def test_the_table_by_cell_keeps_small_counts_to_itself(asked):
    rows = table("moran", asked(*evenly(600)))
    assert rows["n"].dropna().between(1, 4).sum() == 0
    assert rows.loc[rows["n"].isna(), ["i", "z", "p", "q"]].isna().all(axis=None)


@pytest.mark.parametrize("bandwidth", BANDWIDTHS)
def test_the_densest_place_is_where_the_crowd_is(asked, bandwidth):
    found = density_map(asked(*evenly(300), *crowd(500, 200)), bandwidth)
    assert found.classes[-1].shape.distance(Point(LON, LAT)) < 0.002
    levels = [one.low for one in found.classes]
    assert levels == sorted(levels)
    assert [one.high for one in found.classes] == [*levels[1:], None]


def test_classes_do_not_overlap_and_lie_inside_the_city(asked):
    found = density_map(asked(*evenly(900), *crowd(300)))
    shapes = [one.shape for one in found.classes]
    assert shapely.union_all(shapes).area == pytest.approx(sum(shape.area for shape in shapes), rel=1e-5)
    assert shapely.difference(shapely.union_all(shapes), geography.outline().buffer(1e-5)).area == 0


def test_nothing_is_drawn_for_fewer_cases_than_the_city_tells(asked):
    together = [case(24 * i, 24 * i + 1, lat=LAT, lon=LON) for i in range(4)]
    apart = [case(24 * i, 24 * i + 1, lat=LAT + i * 0.009, lon=LON, category="C02") for i in range(1, 3)]
    found = density_map(asked(*together, *apart), 150)
    assert (found.classes, found.cases) == ([], 6)


def test_a_file_of_another_city_is_measured_in_its_own_metres(asked):
    random = np.random.default_rng(3).normal(0, 0.01, (400, 2))
    rows = [case(24 * i, 24 * i + 1, lat=42.35 + y, lon=-71.09 + x, zone=None, flags="outside_municipality")
            for i, (y, x) in enumerate(random.tolist())]  # fmt: skip
    found = density_map(asked(*rows))
    assert found.classes[-1].shape.distance(Point(-71.09, 42.35)) < 0.005
    assert 0.5 < sum(one.km2 for one in found.classes) < 40


def test_an_empty_store_has_neither(asked):
    ask = asked()
    assert (moran_map(ask).enough, density_map(ask).classes) == (False, [])
    assert table("density", ask, "m150").empty
