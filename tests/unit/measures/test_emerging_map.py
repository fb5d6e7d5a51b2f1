"""New, lasting, fading: the cube of a small city, its steps, and what is said when there is too little."""

from dataclasses import replace
from itertools import pairwise

import h3.api.basic_int as h3
import numpy as np
import pytest

from nakhon_dash.analysis.emerging import emerging
from nakhon_dash.domain.tables import TABLES
from nakhon_dash.domain.view import Scope, day_of
from nakhon_dash.measures import emerging_map as em
from nakhon_dash.measures import ground
from nakhon_dash.measures.asking import Ask
from tests.unit.measures.city import HOUR, START, case, fill

MONTHS = 14
DAY = 24 * HOUR


def inside_of(cell, aside=0):
    """A point some metres from the middle: many cases on one exact point would be taken for a pin."""
    lat, lon = h3.cell_to_latlng(int(cell))
    lat += aside * 0.00002
    return {"lat": lat, "lon": lon, "h3_10": h3.latlng_to_cell(lat, lon, 10), "h3_9": int(cell)}


def inside():
    """A cell in the middle of the city: its land is whole, and that of all around it."""
    cells = ground.cells(9)
    whole = ground.share(cells, 9) == 1
    rings = ground.rings(cells.tolist(), 1)
    deep = np.flatnonzero((rings @ whole == 7) & whole)
    return int(cells[deep[len(deep) // 2]])


def city(per_cell=2, hot=()):
    """Each month `per_cell` cases in every cell of whole land, fewer in cut ones, and in the `hot` (cell, month from
    the end, cases) more."""
    cells, rows = ground.cells(9), []
    usual = np.round(per_cell * ground.share(cells, 9)).astype(int)
    for back in range(MONTHS):
        month = START - (30 * back + 15) * DAY
        more = {spot: extra for spot, at, extra in hot if at == back}
        for cell, n in zip(cells.tolist(), usual.tolist(), strict=True):
            rows += [case(0, 5, received_at=month, closed_at=month + HOUR, **inside_of(cell, i))
                     for i in range(n + more.get(cell, 0))]  # fmt: skip
    return rows


def asked(store, profile, rows, scope=None, hours=0):
    last = START // DAY - 1
    return Ask(fill(store, *rows), profile, scope or Scope(None, last), START + hours * HOUR)


def of(found, cell):
    return found.verdict.classes[found.cube.cells.tolist().index(cell)]


def test_a_cell_that_fills_up_in_the_last_month_is_new_and_named(sqlite_store, profile):
    cell = inside()
    found = em.find(asked(sqlite_store, profile, city(hot=[(cell, 0, 30)])), collapse=False)
    assert of(found, cell) == "new_hot"
    first = found.groups[0]
    assert (first.rank, first.side, first.family) == (1, "hot", "new")
    assert cell in first.cells
    assert first.zone == ground.zones(9)[cell]


def test_a_cell_that_was_always_full_and_is_not_any_more_is_history(sqlite_store, profile):
    cell = inside()
    hot = [(near, at, 12) for near in h3.grid_disk(cell, 1) for at in range(2, MONTHS)]
    found = em.find(asked(sqlite_store, profile, city(hot=hot)), collapse=False)
    assert of(found, cell) in ("historical_hot", "diminishing_hot")
    assert found.groups[0].family == "fading"


def test_every_case_on_the_map_is_in_the_cube_once(sqlite_store, profile):
    ask = asked(sqlite_store, profile, city())
    found = em.find(ask, collapse=False)
    table = em.emerging_steps(ask, "month")
    assert found.cube.n.shape[0] == MONTHS - 1  # the first month is cut by the first day of the data
    assert (found.cube.n == np.round(2 * ground.share(found.cube.cells, 9))).all()
    assert table["n"].tolist() == found.cube.n.sum(1).tolist()
    assert table["hot"].tolist() == found.verdict.hot.sum(1).tolist()


def test_weeks_are_from_monday_and_only_whole_ones_count(sqlite_store, profile):
    steps = em.steps_of(asked(sqlite_store, profile, city(), hours=50), "week")
    assert all(day_of(step.first).weekday() == 0 and step.last - step.first == 6 for step in steps)
    assert day_of(steps[-1].last) == day_of(START // DAY - 1)  # the Sunday before the first Monday
    assert [b.first - a.last for a, b in pairwise(steps)] == [1] * (len(steps) - 1)


def test_the_first_day_of_the_view_does_not_matter(sqlite_store, profile):
    last = START // DAY - 1
    ask = asked(sqlite_store, profile, city())
    short = replace(ask, scope=Scope(last - 7, last), _kept={})
    assert (em.find(short).cube.n == em.find(ask).cube.n).all()


def test_a_file_of_another_city_has_cells_of_its_own_and_no_zones(sqlite_store, profile):
    cell = h3.latlng_to_cell(42.35, -71.06, 9)
    rows = [case(0, 5, received_at=START - (30 * back + 15) * DAY, closed_at=START - 30 * back * DAY, zone=None,
                 flags="outside_municipality", **inside_of(cell, i))
            for back in range(MONTHS) for i in range(9)]  # fmt: skip
    found = em.find(asked(sqlite_store, profile, rows), collapse=False)
    assert found.cube.ground == "data"
    assert set(h3.grid_disk(cell, 1)) <= set(found.cube.cells.tolist())
    assert set(found.zones) == {None}
    assert found.cube.n.sum() == 9 * (MONTHS - 1)


@pytest.mark.parametrize("by", ["month", "week"])
def test_nothing_is_said_without_data(sqlite_store, profile, by):
    ask = asked(sqlite_store, profile, [])
    found = em.find(ask, by)
    assert (found.verdict, found.reason, found.groups) == (None, "steps", [])
    assert em.emerging_table(ask, by).empty
    assert em.emerging_steps(ask, by).empty


def test_three_cases_get_no_verdict(sqlite_store, profile):
    cell = inside()
    rows = [row for row in city() if row["h3_9"] == cell][:3]
    rows += [case(0, 5, received_at=START - 900 * DAY, closed_at=START - 899 * DAY, category="C99", h3_10=None)]
    found = em.find(asked(sqlite_store, profile, rows))
    assert (found.verdict, found.reason, int(found.cube.n.sum())) == (None, "cases", 3)


def test_few_cases_of_a_cell_are_not_told(sqlite_store, profile):
    rows = em.emerging_table(asked(sqlite_store, profile, city()), "month")
    assert profile.privacy.k > 2
    assert (rows["few"] == rows["n"].isna()).all()
    assert rows["few"].sum() > 100


def test_months_fit_when_there_are_enough_of_them(sqlite_store, profile):
    ask = asked(sqlite_store, profile, city())
    assert em.fitting(ask) == "month"
    newer = [row for row in city() if row["received_at"] > START - 200 * DAY]
    shorter = Ask(ask.reader, profile, replace(ask.scope, last_day=START // DAY - 250), ask.as_of)
    assert len(newer) < len(city())
    assert em.fitting(shorter) == "week"


@pytest.mark.parametrize("per_cell", [0.3, 3])
def test_evenly_spread_cities_rarely_show_a_spot(per_cell):
    """The share of cities with any class, of 40 whose cases fall by land alone."""
    cells = ground.cells(9)
    land, near, random = ground.share(cells, 9), ground.rings(cells.tolist(), 1), np.random.default_rng(7)
    alarms = sum(
        set(emerging(random.poisson(per_cell * land, (24, len(cells))), near, land=land).classes) != {"none"}
        for _ in range(40)
    )
    assert alarms <= 40 * 0.05 + 2 * (40 * 0.05 * 0.95) ** 0.5


@pytest.mark.parametrize("by", TABLES["emerging"].parts)
def test_a_split_names_step_cell_size_and_repeats(by):
    step, res, collapse = em.split(by)
    assert step in em.MOST
    assert f"{step}{'' if res == em.RES else res}{'' if collapse else '-all'}" == by
