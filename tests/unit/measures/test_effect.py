"""What was done in a place: found in an invented city, refused where it cannot be judged."""

import h3
import numpy as np
import pytest
import sqlalchemy as sa

from nakhon_dash.domain.view import Scope, day_no, moment_of
from nakhon_dash.measures import effect
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.tables import table
from nakhon_dash.store.schema import annotation
from tests.unit.measures.city import EVERYTHING, START, at, case, fill

CELLS = sorted(h3.grid_disk(h3.latlng_to_cell(8.43, 99.96, 9), 4))
PLACE = CELLS[30]
DONE, WEEKS = 60, 80
DAY = day_no(moment_of(START).date()) + 7 * DONE
NOW = at(24 * 7 * WEEKS + 1)


def cases_of(effect_at_place: float, seed: int = 1) -> list[dict]:
    """About 1.5 cases a week in each of 61 cells, one week after another; `effect_at_place` from week DONE on."""
    rng, rows = np.random.default_rng(seed), []
    for cell in CELLS:
        lat, lon = h3.cell_to_latlng(cell)
        places = {f"h3_{res}": int(h3.cell_to_parent(cell, res), 16) for res in (8, 9)} | {"h3_10": None}
        for week in range(WEEKS):
            mean = 1.5 * (effect_at_place if cell == PLACE and week >= DONE else 1)
            rows += [case(24 * 7 * week + 24 * float(rng.integers(0, 7)) + 5, lat=lat, lon=lon, **places)
                     for _ in range(rng.poisson(mean))]  # fmt: skip
    return rows


def reported(rows: list[dict]) -> int:
    """Cases of the place in the 20 weeks after."""
    inside = (row for row in rows if row["h3_9"] == int(PLACE, 16))
    return sum(DAY <= day_no(moment_of(row["received_at"]).date()) < DAY + 140 for row in inside)


def note(engine, **rest) -> None:
    row = {
        "day_from": DAY, "day_to": DAY, "zone": None, "kind": "intervention", "title_th": "ซ่อม", "title_en": "Repair",
        "source": "works", "category": "C01", "cells": PLACE, "row_hash": 1, "batch_id": 7, "rev": 1,
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(sa.insert(annotation), [row | rest])


@pytest.fixture
def asked(sqlite_store, profile):
    """asked(cases, note…) -> the question about a store with these cases and this note."""

    def ask(rows, scope=EVERYTHING, as_of=NOW, **noted):
        note(sqlite_store, **noted)
        return Ask(fill(sqlite_store, *rows), profile, scope, as_of)

    return ask


def test_a_fall_is_found_with_placebos_that_agree(asked):
    rows = cases_of(0.2)
    (found,) = effect.effects(asked(rows))
    told = found.study.estimate
    assert (found.before, found.after) == (52, 20)
    assert told.low <= 0.2 <= told.high
    assert found.verdict == "fell"
    assert len(found.places) == 40
    assert len(found.weeks) >= 20
    assert found.places_large == 0
    assert told.inside[1] == reported(rows)


def test_nothing_done_is_no_effect(asked):
    (found,) = effect.effects(asked(cases_of(1.0)))
    assert found.verdict in ("none", "placebo")
    assert found.study.estimate.low <= 1 <= found.study.estimate.high


def test_steps_add_up_and_small_counts_are_not_told(asked):
    ask = asked(cases_of(0.2))
    (found,) = effect.effects(ask)
    k = ask.profile.privacy.k
    assert all(one.observed is None or one.observed == 0 or one.observed >= k for one in found.steps)
    assert any(one.observed is None for one in found.steps if one.after)
    assert all(one.low <= one.expected <= one.high for one in found.steps)
    assert min(one.first_day for one in found.steps if one.after) == DAY
    told = sum(one.expected for one in found.steps if not one.after)
    assert told == pytest.approx(found.study.estimate.inside[0])


@pytest.mark.parametrize(("noted", "as_of", "reason"), [
    ({"cells": None}, NOW, "no_place"), ({}, at(24 * 7 * (DONE + 3)), "late"),
    ({"day_from": DAY - 7 * 55}, NOW, "early"), ({"category": "C02"}, NOW, "few"),
    ({"cells": "8965b1a5c27ffff"}, NOW, "few"),
    ({"cells": None, "zone": "800199"}, NOW, "few"),
])
def test_what_cannot_be_judged_says_why(asked, noted, as_of, reason):
    (found,) = effect.effects(asked(cases_of(1.0), as_of=as_of, **noted))
    assert (found.reason, found.study, found.verdict) == (reason, None, None)


def test_a_note_to_come_and_an_empty_store_have_no_effect_yet(asked, sqlite_store, profile):
    assert effect.effects(asked([], day_from=DAY + 10_000)) == []
    note(sqlite_store, title_en="Second")
    (found,) = effect.effects(Ask(fill(sqlite_store), profile, EVERYTHING, NOW))
    assert found.reason == "early"


def test_the_view_s_period_and_place_do_not_matter(asked):
    ask = asked(cases_of(0.2))
    other = Ask(ask.reader, ask.profile, Scope(DAY, DAY + 3, zone=("800102",), category=("C09",)), NOW)
    assert effect.effects(other) == effect.effects(ask)
    assert effect.judged(ask.reader, ask.profile, other.scope, "1", NOW) == effect.effects(ask)[0]
    assert effect.judged(ask.reader, ask.profile, other.scope, "99", NOW) is None


def test_a_pin_that_is_no_place_is_no_control_and_no_case(asked):
    lat, lon = h3.cell_to_latlng(PLACE)
    pin = {"lat": lat + 0.0001, "lon": lon, "h3_10": None, "h3_9": int(PLACE, 16),
           "h3_8": int(h3.cell_to_parent(PLACE, 8), 16)}  # fmt: skip
    rows = cases_of(1.0)
    (found,) = effect.effects(asked([*rows, *(case(24 * 7 * DONE + 24 + i / 60, **pin) for i in range(300))]))
    assert found.study.estimate.inside[1] == reported(rows)


def test_the_table_has_the_same_numbers(asked):
    ask = asked(cases_of(0.2))
    (found,) = effect.effects(ask)
    each = table("effect", ask).iloc[0]
    assert (each["ratio"], each["verdict"], each["places_as_large"]) == (found.study.estimate.ratio, "fell", 0)
    assert len(table("effect", ask, "steps")) == len(found.steps)
    placebos = table("effect", ask, "placebos")["placebo"].value_counts()
    assert (placebos["place"], placebos["week"]) == (len(found.places), len(found.weeks))
