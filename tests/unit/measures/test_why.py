"""Why one place stands out, and A beside B: on a planted city whose answers are counted by hand."""

import h3
import numpy as np
import pandas as pd
import pytest

from nakhon_dash.domain import geography
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures import abdiff
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.tables import table
from nakhon_dash.measures.why import months, open_now, returns, spot_of, waits, why
from tests.unit.measures.city import at, case, fill

HOT, POINT, OPEN = 35, 12, 9  # more cases in the hot cell, how many of them from one point, how many open
DAY = 24


def placed(cell, received, closed=None, shift=0.0, **rest):
    lat, lon = h3.cell_to_latlng(cell)
    lat += shift
    own = {f"h3_{res}": h3.str_to_int(h3.latlng_to_cell(lat, lon, res)) for res in (8, 9, 10)}
    return case(received, closed, lat=lat, lon=lon, **(own | rest))


@pytest.fixture(scope="module")
def cells():
    outline = geography.outline()
    whole = [h3.int_to_str(cell) for cell, shape in geography.cell_polygons(geography.cells(9)).items()
             if outline.contains(shape)]  # fmt: skip
    return sorted(whole)


@pytest.fixture
def city(sqlite_store, profile, cells):
    """Every cell has two cases of C01; the first cell HOT more of C02 at 8 and 9 o'clock, half of them from one point,
    each closed after ten hours, but for those that are open; the others close after a day. Repeats are not taken
    together here, or the open ones would swallow the others."""
    rows = [placed(cell, 30 * DAY * (i % 3) + 12, 30 * DAY * (i % 3) + 36, shift=i * 2e-4) for cell in cells
            for i in (0, 1)]  # fmt: skip
    for i in range(HOT):
        received = 24 * 2 * i + (1 if i % 2 else 2)  # 08 or 09 o'clock in the city
        closed = None if i % 4 == 0 else received + 10
        shift = 0.0 if i < POINT else (i - POINT + 1) * 0.5e-4 * (-1) ** i
        rows.append(placed(cells[0], received, closed, shift, category="C02", hour=8 + i % 2))
    return Ask(fill(sqlite_store, *rows), profile, Scope(), at(100 * DAY))


def test_a_cell_is_told_with_what_an_even_spread_would_bring(city, cells):
    spot = spot_of(city, cells[0], collapse=False)
    assert spot.n == HOT + 2
    assert spot.cells == (cells[0],)
    assert 0 < spot.share < 2 / len(cells)
    assert spot.expected == pytest.approx((2 * len(cells) + HOT) * spot.share)
    assert spot_of(city, "99") is None


def test_the_kind_that_makes_the_excess_is_named(city, cells):
    found = why(city, spot_of(city, cells[0], collapse=False), collapse=False)
    above = found.kinds[found.kinds["above"]]
    assert above["category"].tolist() == ["C02"]
    assert found.kinds.set_index("category").loc["C02", ["n", "city"]].tolist() == [HOT, HOT]


def test_one_point_hours_and_open_cases(city, cells):
    found = why(city, spot_of(city, cells[0], collapse=False), collapse=False)
    assert found.one_point == POINT + 1 + 1  # the first case of C01 lies there too, the next of C02 5 m from it
    assert found.hours[[8, 9]].sum() == HOT
    assert len(found.open) == OPEN
    assert set(found.open["source_id"]) <= {f"T-{i}" for i in range(2 * len(cells), 2 * len(cells) + HOT)}
    assert not {"lat", "lon"} & set(found.open.columns)


def test_waits_are_those_of_the_cells_beside_the_city(city, cells):
    found = waits(city, spot_of(city, cells[0], collapse=False))
    assert found.here.value == pytest.approx(10)
    assert found.city.value == pytest.approx(24)
    assert found.gap.noise is False


def test_returns_are_read_after_the_same_days(city, cells):
    found = returns(city, spot_of(city, cells[0], collapse=False))
    assert found.here.parts["days"] == found.city.parts["days"]
    assert found.here.value > found.city.value


def test_months_add_up_and_leave_out_those_before_the_data(city, cells):
    spot = spot_of(city, cells[0], collapse=False)
    found = months(city, spot, collapse=False)
    assert found["n"].sum() == spot.n
    assert found["city"].sum() == len(spot.found.rows)
    assert found["expected"].sum() == pytest.approx(spot.expected)
    assert (found["low"] <= found["expected"]).all()


def test_few_cases_are_not_told(city, cells):
    quiet = spot_of(city, cells[5], collapse=False)
    assert quiet.n == 2
    assert why(city, quiet) is None


def test_the_table_prints_the_filtered_cells_and_hides_small_counts(city, cells):
    mine = city.within((cells[0],))
    figures = table("why", mine, "figure-all").set_index("figure")["value"]
    assert figures["cases"] == HOT + 2
    assert figures["open"] == OPEN
    kinds = table("why", mine, "kind-all").set_index("category")
    assert pd.isna(kinds.loc["C01", "n"])  # two cases
    assert kinds.loc["C02", "n"] == HOT
    assert table("why", mine, "month-all")["n"].dropna().between(1, 4).sum() == 0
    assert len(table("why", mine, "open-all")) == OPEN
    assert table("why", mine, "hour-all")["n"].max() == 18


def test_an_empty_store_has_no_place(sqlite_store, profile):
    nothing = Ask(fill(sqlite_store), profile, Scope(), at(0))
    assert spot_of(nothing, "1") is None
    assert table("why", nothing).empty
    for by in ("period", "category", "zone"):
        assert table("compare_cells", nothing, by).empty


def test_everything_open_is_a_wait_not_reached(sqlite_store, profile, cells):
    rows = [placed(cells[0], i, category=f"C0{i + 1}") for i in range(8)]
    ask = Ask(fill(sqlite_store, *rows), profile, Scope(), at(30))
    found = why(ask, spot_of(ask, cells[0]))
    assert found.waits.here.value is None
    assert len(open_now(ask, found.spot)) == 8
    assert found.robust is None


def test_where_one_category_lies_rather_than_another(city, cells):
    found = abdiff.by_category(city, "C02", "C01", collapse=False)
    assert [place for place, up in zip(found.places, found.rose, strict=True) if up] == [cells[0]]
    rows = table("compare_cells", city, "category-all").set_index("place")
    assert set(rows.index) == set(cells)
    assert rows.loc[cells[5]].drop("verdict").isna().all()  # two cases


def test_two_equal_periods_differ_nowhere_and_a_planted_rise_is_found(sqlite_store, profile, cells):
    even = [placed(cell, hours + i, shift=i * 2.5e-5) for cell in cells[:40] for hours in (24, 24 * 31)
            for i in range(4)]  # fmt: skip
    more = [placed(cells[3], 24 * 31 + i / 10, shift=i * 2.5e-5) for i in range(40)]
    reader, first = fill(sqlite_store, *even, *more), int(at(0) // 86_400_000_000)
    now, before = Scope(first + 30, first + 59), Scope(first, first + 29)
    ask = Ask(reader, profile, now, at(24 * 60), compare=before)
    found = abdiff.by_period(ask, collapse=False)
    assert [place for place, up in zip(found.places, found.rose, strict=True) if up] == [cells[3]]
    assert not found.fell.any()
    assert (found.of_a, found.of_b) == (30, 29)  # the store's first case is of the second day
    assert np.allclose(found.result.rate_a, found.n_a / 30)


def test_periods_without_data_before_are_not_compared(city):
    first = city.as_of // 86_400_000_000
    ask = Ask(city.reader, city.profile, Scope(first - 99, first), city.as_of, compare=Scope(first - 300, first - 201))
    assert abdiff.by_period(ask) is None


def test_zones_compare_kinds(sqlite_store, profile, cells):
    rows = [placed(cells[0], i, shift=i * 2.5e-5, zone="800101", category="C01" if i % 2 else "C02") for i in range(40)]
    rows += [placed(cells[9], i, shift=i * 2.5e-5, zone="800102", category="C01") for i in range(40)]
    ask = Ask(fill(sqlite_store, *rows), profile, Scope(), at(50))
    found = abdiff.by_zone(ask, "800101", "800102", collapse=False)
    assert found.places == ("C01", "C02")
    assert (found.fell.tolist(), found.rose.tolist()) == ([True, False], [False, True])
    assert abdiff.two(ask, "zone") == ("800101", "800102")
    assert abdiff.cells_of(ask, "800102", collapse=False).to_dict() == {cells[9]: 40}
