"""A small invented city on the real grid: a planted spot, even ground, and a few lonely cases."""

import h3.api.basic_int as h3
import numpy as np
import pytest

from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures.asking import Ask
from nakhon_dash.report.sidecar import told
from nakhon_dash.store.engine import open_store
from tests.unit.measures.city import START, at, case, fill

LATE = 24 * 100
FIRST = START // 86_400_000_000


def city_cases():
    """Up to nine cases a cell, different in each; forty more in the seven cells of a spot."""
    random, rows = np.random.default_rng(7), []
    cells = geography.cells(9)
    inner = next(c for c in cells if set(h3.grid_disk(c, 3)) <= set(cells))
    for cell in cells:
        n = int(random.integers(0, 10)) + (40 if cell in h3.grid_disk(inner, 1) else 0)
        spots = random.uniform(-5e-4, 5e-4, (n, 2)) + h3.cell_to_latlng(cell)
        rows += [case(24 * (i % 80), 24 * (i % 80) + 1, lat=y, lon=x, zone="800103")
                 for i, (y, x) in enumerate(spots.tolist()) if geography.inside(x, y)]  # fmt: skip
    return rows


@pytest.fixture(scope="package")
def city_store(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('take') / 'city.db'}"
    engine = open_store(url)
    fill(engine, *city_cases())
    yield engine, url
    engine.dispose()


@pytest.fixture(scope="package")
def ask(city_store):
    from nakhon_dash.store.reader import StoreReader

    profile = read_profile(ROOT / "data" / "city.toml")
    return Ask(StoreReader(city_store[0]), profile, Scope(FIRST, FIRST + 89), at(LATE))


@pytest.fixture
def about(ask):
    """about(layer, res) -> what a file of it tells of."""
    return lambda layer="gi", res=9, synthetic="all": told(ask, layer, res, at(LATE + 1), synthetic)
