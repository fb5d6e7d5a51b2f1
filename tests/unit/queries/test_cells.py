"""The filter of cells takes exactly the cases with a usable point in them."""

import h3
import pytest

from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import cases, points
from tests.unit.measures.city import at, case, fill

HERE, THERE = (8.4304, 99.9631), (8.4404, 99.9731)


def placed(spot, **rest):
    lat, lon = spot
    own = {f"h3_{res}": h3.str_to_int(h3.latlng_to_cell(lat, lon, res)) for res in (8, 9, 10)}
    return case(0, lat=lat, lon=lon, **(own | rest))


@pytest.fixture
def store(sqlite_store):
    rows = [placed(HERE)] * 3 + [placed(THERE)] * 2 + [placed(HERE, flags="placeholder_location")]
    nowhere = case(0, h3_8=None, h3_10=None)
    return fill(sqlite_store, *(row | {"source_id": f"T-{i}"} for i, row in enumerate([*rows, nowhere])))


@pytest.mark.parametrize("res", [8, 9, 10])
def test_each_resolution_takes_its_cases(store, res):
    scope = Scope(cell=(h3.latlng_to_cell(*HERE, res),))
    assert len(points.points(store, scope, at(1))) == 3


def test_cells_add_up_at_mixed_resolutions_and_with_other_filters(store):
    both = Scope(cell=(h3.latlng_to_cell(*HERE, 9), h3.latlng_to_cell(*THERE, 10)))
    assert len(points.points(store, both, at(1))) == 5
    assert cases.received(store, Scope(cell=both.cell, category=("C02",)), at(1))["n"].sum() == 0


def test_without_cells_every_case_stays(store):
    scope = Scope(cell=(h3.latlng_to_cell(*HERE, 9),))
    assert len(points.points(store, scope.everywhere, at(1))) == 7
    assert scope.as_dict()["cell"] == list(scope.cell)
