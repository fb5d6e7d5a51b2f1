"""Hot cells of an invented city on the real grid: what is found, what is not, and how firm it is."""

import gzip

import h3.api.basic_int as h3
import numpy as np
import pandas as pd
import pytest

from nakhon_dash import demo
from nakhon_dash.analysis import spatial
from nakhon_dash.demo.ground import Ground
from nakhon_dash.demo.plan import plan
from nakhon_dash.demo.shape import shape
from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import ROOT
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures import ground
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.places import hotspots
from nakhon_dash.measures.spots import OF, cells_table, clusters_table, guard_table, robustness, spots
from nakhon_dash.measures.tables import table
from tests.unit.measures.city import EVERYTHING, at, case, fill

LATE = 1_000_000


def cases_at(cell, n, **rest):
    """Cases all over a cell and a little beyond, each answered before the next comes."""
    spread = np.random.default_rng(cell % 2**32 + n).uniform(-1.3e-3, 1.3e-3, (n, 2)) + h3.cell_to_latlng(cell)
    return [case(24 * i, 24 * i + 1, lat=y, lon=x, **rest) for i, (y, x) in enumerate(spread.tolist())]


def pin_at(lat, lon, n, **rest):
    return [case(24 * i, 24 * i + 1, lat=lat, lon=lon, **rest) for i in range(n)]


@pytest.fixture(scope="module")
def cells():
    return geography.cells(9)


@pytest.fixture(scope="module")
def inner(cells):
    """A cell whose three rings lie inside the city."""
    known = set(cells)
    return next(cell for cell in cells if set(h3.grid_disk(cell, 3)) <= known)


@pytest.fixture(scope="module")
def planted(cells, inner):
    """Two cases a cell, thirty more in the seven cells of a spot in another zone."""
    inside = [cell for cell in cells if geography.inside(*h3.cell_to_latlng(cell)[::-1])]
    rows = [row for cell in inside for row in cases_at(cell, 2, zone="800102")]
    return rows + [row for cell in h3.grid_disk(inner, 1) for row in cases_at(cell, 30, zone="800103")]


@pytest.fixture
def ask(sqlite_store, profile):
    def of(*rows, scope=EVERYTHING):
        return Ask(fill(sqlite_store, *rows), profile, scope, at(LATE))

    return of


def test_a_planted_spot_is_one_group_in_its_zone(ask, planted, inner):
    found = spots(ask(*planted))
    first = found.clusters[0]
    assert inner in first.cells
    assert (first.rank, first.zone, len(found.clusters)) == (1, "800103", 1)
    assert first.cases > first.expected > 0
    row = found.cells.set_index("cell").loc[inner]
    assert (row["verdict"], row["cluster"], found.method) == ("hot99", 1, "permutation")


def test_both_ways_to_a_p_find_the_same_spot(ask, planted, inner):
    asked = ask(*planted)
    for method in ("quick", "permutation"):
        assert inner in spots(asked, method=method).clusters[0].cells


def test_a_firm_spot_is_hot_in_most_grids(ask, planted):
    asked = ask(*planted)
    firm = robustness(asked)[1]
    assert [len(row) for row in firm.flags] == [8, 8, 8]
    assert OF == 24
    assert firm.hot == sum(sum(row) for row in firm.flags) >= 16
    rows = clusters_table(asked, "once")
    assert rows.loc[0, ["rank", "robust", "of"]].tolist() == [1, firm.hot, 24]


def test_the_grid_of_the_verdict_is_one_of_the_24(ask, planted):
    asked = ask(*planted)
    column = 4 * (spots(asked, method="quick").rings - 1)
    assert robustness(asked)[1].flags[1][column]


def test_every_cell_is_there_and_expected_adds_up(ask, planted, cells):
    found = spots(ask(*planted))
    assert set(cells) <= set(found.cells["cell"])
    assert found.cells["expected"].sum() == pytest.approx(found.cells["n"].sum())
    assert found.mapped == found.cells["n"].sum() == len(planted) - found.guard.outside
    assert found.cells.loc[found.cells["cell"].isin(cells), "zone"].notna().all()


@pytest.mark.parametrize("rows", ["none", "one", "29 cases", "9 cells"])
def test_too_few_cases_get_no_verdict(ask, cells, inner, rows):
    ring = h3.grid_disk(inner, 3)
    made = {"none": [], "one": cases_at(inner, 1), "29 cases": [r for c in ring[:29] for r in cases_at(c, 1)],
            "9 cells": [row | dict(zip(("lat", "lon"), h3.cell_to_latlng(cell), strict=True))
                        for cell in ring[:9] for row in cases_at(cell, 4)]}[rows]  # fmt: skip
    asked = ask(*made)
    found = spots(asked)
    assert found.guard.pinned == 0
    assert (found.enough, found.clusters, robustness(asked)) == (False, [], {})
    assert set(found.cells["verdict"]) == {"few"}
    assert found.cells[["z", "p", "q"]].isna().all(axis=None)
    assert clusters_table(asked, "once").empty
    assert len(cells_table(asked, "once")) == len(found.cells)


def test_ten_cells_and_thirty_cases_get_one(ask, inner):
    asked = ask(*(row for cell in h3.grid_disk(inner, 3)[:10] for row in cases_at(cell, 3)))
    assert spots(asked).enough
    assert spots(asked).rings == 2


def test_cases_without_a_usable_point_are_counted_not_placed(ask, inner):
    rows = [case(0), *cases_at(inner, 1, flags="outside_municipality"),
            *cases_at(inner, 1, flags="placeholder_location"), *cases_at(inner, 2)]  # fmt: skip
    found = spots(ask(*rows))
    assert (found.mapped, found.unmapped) == (2, 3)


def test_duplicates_make_no_hotspot(ask, inner):
    assert spots(ask(*cases_at(inner, 60, outcome="duplicate"))).mapped == 0


def test_trouble_told_again_and_again_is_no_hotspot_unless_asked(ask, planted, inner):
    lat, lon = h3.cell_to_latlng(inner)
    base = [row for row in planted if row["zone"] == "800102"]
    asked = ask(*base, *(case(i / 60, 500, lat=lat, lon=lon) for i in range(7)))
    assert spots(asked).clusters == []
    assert spots(asked, collapse=False).mapped == spots(asked).mapped + 6


def test_eight_in_a_hundred_cases_on_one_pin_are_no_hotspot(ask, cells, inner, monkeypatch):
    random = np.random.default_rng(8)
    inside = [cell for cell in cells if geography.inside(*h3.cell_to_latlng(cell)[::-1])]
    rows = [row for cell in inside for row in cases_at(cell, random.poisson(6))]
    pin = pin_at(*h3.cell_to_latlng(inner), round(len(rows) * 0.087))
    asked = ask(*rows, *pin)
    assert spots(asked).guard.pinned == len(pin)
    assert spots(asked).clusters == []
    monkeypatch.setattr("nakhon_dash.measures.grid.CROWD_SHARE", 1.0)
    assert z_of(asked, inner) > 3.5  # red on a map that looks at z alone


def z_of(asked, cell):
    """z of a cell when the same question is asked anew, without what was kept."""
    return spots(Ask(asked.reader, asked.profile, asked.scope, asked.as_of)).cells.set_index("cell").loc[cell, "z"]


def test_another_city_is_judged_on_its_own_cells(ask):
    centre = h3.latlng_to_cell(42.33, -71.08, 9)
    away = {"flags": "outside_municipality", "zone": None}
    rows = [row for cell in h3.grid_disk(centre, 6) for row in cases_at(cell, 3, **away)]
    rows += [row for cell in h3.grid_disk(centre, 1) for row in cases_at(cell, 40, **away)]
    asked = ask(*rows)
    found = spots(asked)
    assert (found.grid.points.ground, found.clusters[0].zone) == ("data", None)
    assert centre in found.clusters[0].cells
    assert robustness(asked)[1].hot > 12


def test_the_overview_shows_the_same_verdict(ask, planted):
    asked = ask(*planted)
    small = hotspots(asked.reader, asked.profile, asked.scope, asked.as_of)
    assert small.cells.equals(spots(asked).cells)
    assert small.clusters == spots(asked).clusters


def test_the_tables_hold_what_the_card_says(ask, planted):
    asked = ask(*planted)
    guard = table("guard", asked).set_index("step")["n"]
    assert guard["cases"] == guard["counted"] + guard["outside"] == len(planted)
    assert guard["enough"] == 1
    rows = table("cells", asked)
    assert rows["n"].is_monotonic_decreasing
    assert h3.str_to_int(rows["cell"][0]) in spots(asked).clusters[0].cells
    assert guard_table(asked, "all").equals(guard_table(asked, "once"))


@pytest.fixture(scope="module")
def even():
    """Weights and land of the city's cells, and the chance of each to hold an evenly spread case."""
    cells = ground.cells(9)
    shapes = geography.cell_polygons(cells.tolist(), clip=True)
    area = np.array([shape.area for shape in shapes.values()])
    return {k: ground.rings(cells.tolist(), k) for k in (1, 2)}, ground.share(cells, 9), area / area.sum()


@pytest.mark.parametrize(("mean", "k"), [(0.5, 2), (1.5, 2), (3, 1), (10, 1), (30, 1)])
@pytest.mark.parametrize("method", ["permutation", "quick"])
def test_evenly_spread_cities_rarely_show_a_hotspot(even, mean, k, method):
    """200 cities without any hotspot: at most 1 in 20 shows one, within the error of so few cities (2.6 sd)."""
    weights, land, chance = even
    random, cities = np.random.default_rng(int(mean * 100)), 200 if method == "quick" else 40
    drawn = random.multinomial(round(mean * land.sum()), chance, cities)
    alarms = sum(spatial.verdict(x, weights[k], k, method, land).hot.any() for x in drawn)
    assert alarms / cities <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / cities)


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory, profile):
    """The synthetic city with its planted spots, and where those are."""
    from datetime import UTC, datetime

    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.reader import StoreReader

    engine = open_store(f"sqlite:///{tmp_path_factory.mktemp('spots') / 'city.db'}", write=True)
    end = datetime(2026, 3, 1, tzinfo=UTC)
    size = {"cases": 16_000, "years": 2, "seed": 5, "end": end}
    demo.load(engine, profile, **size)
    yield StoreReader(engine), end, Ground(profile, plan(profile, **size)).hotspots
    engine.dispose()


@pytest.mark.parametrize(("code", "days"), [("persistent", 365), ("emerging", 60), ("fading", 0)])
def test_every_active_spot_of_the_synthetic_city_is_found(synthetic, profile, code, days):
    from nakhon_dash.domain.view import day_no, micros

    reader, end, places = synthetic
    number, spot = next((i, s) for i, s in enumerate(shape()["hotspot"]) if s["code"] == code)
    last = day_no(end.date()) - (550 if code == "fading" else 0)
    scope = Scope(last - (days or 180), last, category=tuple(spot["categories"]))
    found = spots(Ask(reader, profile, scope, micros(end)))
    lon, lat = places[number]
    hot = {cell for cluster in found.clusters for cell in cluster.cells}
    assert h3.latlng_to_cell(lat, lon, 9) in hot


BOSTON = ROOT.parent / "shared" / "reference" / "cases" / "boston_311_2013_2019.csv.gz"


@pytest.mark.reference
@pytest.mark.skipif(not BOSTON.exists(), reason="../shared/reference is not there")
def test_a_pin_among_boston_cases_is_refused(ask, monkeypatch):
    with gzip.open(BOSTON, "rt", encoding="utf-8", newline="") as whole:
        rows = pd.read_csv(whole, usecols=["latitude", "longitude"], nrows=8_000).dropna()
    away = {"flags": "outside_municipality", "zone": None}
    real = [case(i, i + 0.5, lat=y, lon=x, **away)
            for i, (y, x) in enumerate(rows[["latitude", "longitude"]].to_numpy(float).tolist())]  # fmt: skip
    pin = pin_at(42.39, -71.01, round(len(real) * 0.087), **away)
    asked, place = ask(*real, *pin), h3.latlng_to_cell(42.39, -71.01, 9)
    found = spots(asked)
    assert (found.enough, found.guard.pinned >= len(pin)) == (True, True)
    assert found.clusters  # other places of Boston are hot, and stay so
    assert place not in {cell for cluster in found.clusters for cell in cluster.cells}
    monkeypatch.setattr("nakhon_dash.measures.grid.CROWD_SHARE", 1.0)
    assert z_of(asked, place) > 3.5
