"""A city whose weeks are known: what is called unusual, by which method, and what a replay and a log say of it."""

import pandas as pd
import pytest
import sqlalchemy as sa

from nakhon_dash.domain.view import Scope, day_of
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.tables import table
from nakhon_dash.measures.warning import last_complete_day, warnings
from nakhon_dash.measures.warning_record import precision, replay
from nakhon_dash.store.schema import annotation
from tests.unit.measures.city import EVERYTHING, START, at, case, fill

WEEK = 168  # hours


def steady(weeks, each=2, zones=("800101", "800103")):
    """So many weeks from the start in which each zone gets `each` cases, a little more in every fifth week."""
    return [case(WEEK * w + 20 * i, zone=zone, source_id=f"{zone}-{w}-{i}")
            for zone in zones for w in range(weeks) for i in range(each + (w % 5 == 0))]  # fmt: skip


def burst(week, n, zone="800101"):
    return [case(WEEK * week + i, zone=zone, source_id=f"burst-{week}-{i}") for i in range(n)]


@pytest.fixture
def ask(sqlite_store, profile):
    def of(rows, weeks, scope=EVERYTHING):
        return Ask(fill(sqlite_store, *rows), profile, scope, at(WEEK * weeks - 1))

    return of


@pytest.mark.parametrize(("weeks", "method"), [(12, "eight_weeks"), (70, "harmonics"), (170, "farrington")])
def test_a_burst_is_found_by_the_method_that_the_history_allows(ask, weeks, method):
    week = warnings(ask([*steady(weeks), *burst(weeks - 1, 20)], weeks))
    assert (week.method, week.series, len(week.tested)) == (method, 2, 2)
    (found,) = week.found
    assert (found.zone, found.tier, found.observed) == ("800101", "alert", 22)
    assert found.expected < found.limit < found.observed
    assert found.weeks[-1] == 22
    assert len(found.weeks) == len(found.path) == len(found.band) == min(26, weeks - 1)
    assert found.band[-1] == found.limit
    assert (week.city is None) is (method != "eight_weeks")


def test_days_that_are_not_over_do_not_count(ask):
    one = ask([*steady(20), *burst(20, 30)], 20)
    assert last_complete_day(one) == day_of_start() + 20 * 7 - 1
    assert warnings(one).found == []
    later = Ask(one.reader, one.profile, EVERYTHING, one.as_of + 24 * 3_600_000_000)
    assert [found.observed for found in warnings(later).found] == [24]


def day_of_start():
    return START // 86_400_000_000


def test_the_period_of_the_view_does_not_matter_and_filters_do(ask):
    rows = [*steady(20), *burst(19, 30)]
    (everything,) = warnings(ask(rows, 20)).found
    asked = ask([], 20)
    last = last_complete_day(asked)
    (narrow,) = warnings(Ask(asked.reader, asked.profile, Scope(last, last), asked.as_of)).found
    assert (narrow.zone, narrow.observed, narrow.p) == (everything.zone, everything.observed, everything.p)
    other = warnings(Ask(asked.reader, asked.profile, Scope(zone=("800103",)), asked.as_of))
    assert (other.found, other.series, other.method) == ([], 1, "eight_weeks")


def test_one_stray_old_date_makes_no_history(ask):
    week = warnings(ask([case(-WEEK * 200, source_id="stray"), *steady(20, each=12)], 20))
    assert week.method == "eight_weeks"
    assert week.weeks_before == 18


@pytest.mark.parametrize("rows", [[], [case(0)], [case(WEEK * i) for i in range(5)]])
def test_an_empty_or_short_store_makes_no_claim(ask, rows):
    one = ask(rows, 6)
    week = warnings(one)
    assert (week.method, week.found) == (None, [])
    assert replay(one) is None
    assert table("warnings", one).get("tier", pd.Series(dtype=object)).notna().sum() == 0
    assert table("warning_replay", one).empty


def test_cases_without_a_zone_are_a_series_of_their_own(ask):
    rows = steady(20) + [case(WEEK * 19 + i, zone=None, source_id=f"x{i}") for i in range(40)]
    week = warnings(ask(rows, 20))
    assert week.series == 3
    assert [(one.zone, one.observed) for one in week.found] == [("", 40)]


def test_a_replay_counts_alerts_and_those_during_events(ask, sqlite_store):
    rows = [*steady(60), *burst(40, 25), *burst(41, 25), *burst(50, 25)]
    first = day_of_start() + 50 * 7 + 2
    with sqlite_store.begin() as connection:
        connection.execute(sa.insert(annotation), [{
            "day_from": first, "day_to": first, "zone": zone, "kind": kind, "title_th": "-", "title_en": title,
            "source": "t", "row_hash": 0, "batch_id": 1, "rev": 1} for zone, kind, title in (
                (None, "flood", "flood"), ("800103", "festival", "feast"), (None, "anchor", "anchor"))])
    past = replay(ask(rows, 60))
    assert past.alerts >= 2
    assert past.in_event.n == past.lasted.n == past.alerts
    assert past.in_event.k == 1
    assert past.lasted.k >= 1
    rows = table("warning_replay", ask([], 60)).set_index("what")
    assert rows.loc["alerts_a_week", "denominator"] == past.weeks
    assert rows.loc["lasted", "value"] == past.lasted.value


def test_the_table_has_alerts_first_and_says_what_was_judged(ask):
    rows = table("warnings", ask([*steady(70), *burst(69, 20, zone="800103")], 70))
    assert rows["tier"].fillna("").tolist() == ["alert", ""]
    assert rows["zone"].tolist() == ["800103", "800101"]
    assert (rows["q"] >= rows["p"]).all()
    assert rows["last_day"][0] == str(day_of(day_of_start() + 70 * 7 - 1))


def test_a_log_that_is_empty_says_nothing(ask):
    assert precision(ask([], 5)) == []
    assert table("warning_log", ask([], 5)).empty
