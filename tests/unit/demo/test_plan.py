"""The same arguments give the same city, everywhere and in whatever order it is drawn."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from nakhon_dash.demo import generate, plan
from nakhon_dash.demo.feasts import floods, moon_day, worst_flood
from nakhon_dash.demo.plan import BLOCK, Plan
from nakhon_dash.domain.view import day_no

END = datetime(2026, 3, 1, 5, tzinfo=UTC)


def rows(profile, **arguments):
    return pd.concat([b.rows for b in generate(profile, end=END, **arguments)], ignore_index=True)


def test_the_same_arguments_give_the_same_city(profile):
    pd.testing.assert_frame_equal(rows(profile, cases=700), rows(profile, cases=700))


@pytest.mark.parametrize("other", [{"seed": 7}, {"years": 4}, {"cases": 701}])
def test_other_arguments_give_another_city(profile, other):
    first, second = rows(profile, cases=700), rows(profile, **{"cases": 700} | other)
    assert not first["received_at"].head(700).equals(second["received_at"].head(700))


def test_every_case_asked_for_is_there_once(profile):
    blocks = list(generate(profile, cases=BLOCK + 37, end=END))
    assert [(b.first, b.last, len(b.rows)) for b in blocks] == [(1, BLOCK, BLOCK), (BLOCK + 1, BLOCK + 37, 37)]
    both = pd.concat([b.rows for b in blocks])
    assert both["source_id"].is_unique
    assert list(both["record"]) == list(range(1, BLOCK + 38))


def test_blocks_come_one_at_a_time(profile):
    first = next(iter(generate(profile, cases=50_000_000, end=END)))
    assert len(first.rows) == BLOCK


def test_cases_begin_and_end_with_the_plan(profile):
    chosen = plan(profile, cases=3000, years=1, end=END)
    days = rows(profile, cases=3000, years=1)["day_no"]
    assert chosen.days == 365
    assert days.min() == day_no(chosen.first_day)
    assert days.max() == day_no(chosen.last_day) == day_no(date(2026, 3, 1))


@pytest.mark.parametrize("years", [0.003, 0.1])
def test_a_few_days_make_a_city_too(profile, years):
    assert len(rows(profile, cases=50, years=years)) == 50


def test_no_case_at_all_is_a_city_too(profile):
    assert list(generate(profile, cases=0, end=END)) == []


def test_an_end_without_a_time_zone_is_local(profile):
    assert plan(profile, end=datetime(2026, 3, 1, 12)).end == END


def test_as_many_cases_as_a_city_of_its_size_has(profile):
    assert plan(profile, years=1, end=END).cases == pytest.approx(365 * 35, rel=0.01)
    small = profile.model_copy(update={"zone": profile.zone[2:3]})
    assert plan(small, years=1, end=END).cases < 0.2 * 365 * 35


def test_the_stamp_tells_plans_apart(profile):
    stamp = plan(profile, end=END).stamp(profile)
    assert stamp == plan(profile, end=END).stamp(profile)
    assert stamp != plan(profile, end=END, seed=7).stamp(profile)
    assert stamp != plan(profile, end=END).stamp(profile.model_copy(update={"neighbours": {}}))


@pytest.mark.parametrize(
    ("year", "after", "phase", "published"),
    [(2024, "02-06", "full", date(2024, 2, 24)), (2025, "02-06", "full", date(2025, 2, 12)),
     (2026, "02-06", "full", date(2026, 3, 3)), (2025, "09-17", "new", date(2025, 9, 21)),
     (2024, "09-17", "new", date(2024, 10, 2)), (2026, "09-17", "new", date(2026, 10, 10))],
)  # fmt: skip
def test_feasts_follow_the_moon_to_a_day(year, after, phase, published):
    assert abs(moon_day(year, after, phase) - published) <= timedelta(days=1)


def test_there_is_one_flood_a_year_and_the_worst_is_past(profile):
    chosen: Plan = plan(profile, end=END)
    assert [flood.first.year for flood in floods(chosen)] == list(range(chosen.first_day.year, 2027))
    worst = worst_flood(chosen)
    assert worst is not None
    assert worst.last < chosen.last_day - timedelta(days=30)
    assert worst_flood(plan(profile, years=0.1, end=END)) is None
