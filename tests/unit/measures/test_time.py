"""Months, days, changes, the brief: figures along time, and whether a change is more than noise."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from nakhon_dash.analysis.intervals import newcombe
from nakhon_dash.domain.view import moment_of
from nakhon_dash.measures import compute
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.briefing import brief
from nakhon_dash.measures.comparison import compare
from nakhon_dash.measures.moments import spoken_moment
from nakhon_dash.measures.news import changes, excess
from nakhon_dash.measures.series import received_by_day, series_by_month
from nakhon_dash.store.schema import batch
from tests.unit.measures.city import EVERYTHING, at, case, fill
from tests.unit.measures.people import ask_people

DAY = at(0) // 86_400_000_000
WEEK = 7 * 24


def test_a_month_speaks_once_nine_tenths_of_it_are_due(sqlite_store, profile):
    rows = [case(24 * d, 24 * d + 5) for d in range(30)] + [case(24 * d, 24 * d + 60) for d in range(31, 61)]
    found = series_by_month(fill(sqlite_store, *rows), profile, EVERYTHING, at(24 * 45), months=2)
    assert [(m.month, m.mature) for m in found.months] == [("2026-03", True), ("2026-04", False)]
    assert found.months[0].maturity == 1
    assert found.centre == 1.0


def test_months_without_cases_are_there_and_unknown(sqlite_store, profile):
    found = series_by_month(fill(sqlite_store, case(0, 5)), profile, EVERYTHING, at(24 * 45), months=12)
    assert len(found.months) == 12
    first = found.months[0]
    assert (first.month, first.on_time.value, first.maturity, first.low) == ("2025-05", None, None, None)


def test_an_empty_store_has_months_without_a_centre(sqlite_store, profile):
    assert series_by_month(fill(sqlite_store), profile, EVERYTHING, at(0)).centre is None


def test_the_view_ends_the_series(sqlite_store, profile):
    reader = fill(sqlite_store, case(0, 5))
    found = series_by_month(reader, profile, EVERYTHING.days(DAY, DAY), at(24 * 400), months=3)
    assert [m.month for m in found.months] == ["2026-01", "2026-02", "2026-03"]


def test_days_without_a_case_are_zero_not_missing(sqlite_store, profile):
    reader = fill(sqlite_store, case(0), case(49))
    found = received_by_day(reader, profile, EVERYTHING.days(DAY, DAY + 2), at(60))
    assert [day.n for day in found] == [1, 0, 1]
    assert [day.partial for day in found] == [False, False, True]
    assert found[0].expected is None


def test_a_day_is_judged_by_the_same_weekday_of_eight_weeks(sqlite_store, profile):
    rows = [case(24 * d + i) for d in range(56) for i in range(1 + d % 7)]
    reader = fill(sqlite_store, *rows, case(24 * 56))
    found = received_by_day(reader, profile, EVERYTHING.days(DAY + 56, DAY + 62), at(24 * 70))
    assert [day.expected for day in found] == [1, 2, 3, 4, 5, 6, 7]
    assert all(day.low <= day.expected <= day.high for day in found)


def test_a_change_of_shares_is_judged_by_newcombe(figure, sqlite_store, profile):
    reader = fill(sqlite_store, *[case(0, 5 if i < 56 else 90, zone="800101") for i in range(70)],
                  *[case(0, 5 if i < 48 else 90, zone="800102") for i in range(80)])  # fmt: skip
    now, before = (compute("on_time", reader, profile, replace(EVERYTHING, zone=(z,)), at(99))
                   for z in ("800101", "800102"))  # fmt: skip
    found = compare("on_time", now, before)
    assert (found.low, found.high) == pytest.approx(newcombe(56, 70, 48, 80))
    assert (found.noise, found.rule) == (False, "intervals")


def test_equal_figures_differ_by_noise_and_unknown_ones_cannot_be_compared(figure):
    found = figure("received", [case(i) for i in range(50)])
    assert compare("received", found, found).noise is True
    unknown = replace(found, value=None, reason="no_cases")
    assert (compare("received", unknown, found).noise, compare("received", unknown, found).reason) == (None, "no_cases")
    nothing = replace(found, value=0)
    assert compare("received", nothing, nothing).noise is True
    assert compare("received", found, nothing).noise is False


def test_a_stock_has_no_noise_to_be_judged_by(figure):
    found = figure("open", [case(0)])
    assert (compare("open", found, found).noise, compare("open", found, found).reason) == (None, "stock")


def steady_weeks(extra=0):
    """Two drains a week for ten weeks in one zone, `extra` more in the last."""
    return [case(WEEK * w + 24 * i) for w in range(10) for i in range(2)] + [case(WEEK * 9 + i) for i in range(extra)]


def test_a_flood_of_cases_is_news_and_a_steady_week_is_not(sqlite_store, profile):
    now = WEEK * 10 - 1
    reader = fill(sqlite_store, *steady_weeks())
    assert excess(Ask(reader, profile, EVERYTHING, at(now))) == []
    reader = fill(sqlite_store, *[case(WEEK * 9 + i, source="storm") for i in range(12)])
    (found,) = excess(Ask(reader, profile, EVERYTHING, at(now)))
    assert (found.category, found.zone, found.observed, found.expected, found.tier) == ("C01", "800101", 14, 2.0, "alert")
    assert found.expected < found.limit < found.observed


def test_without_nine_weeks_nothing_is_judged(sqlite_store, profile):
    assert excess(Ask(fill(sqlite_store, case(0)), profile, EVERYTHING, at(WEEK * 5))) is None


def test_imports_and_their_undoing_are_changes(sqlite_store, profile):
    rows = [{"kind": "complaints", "source": "template", "synthetic": 0, "started_at": at(0), "finished_at": at(h),
             "file_name": "a.csv", "inserted": 5, "rev": 1, "undone_at": undone} for h, undone in
            ((1, None), (5, at(6)), (9, None))]  # fmt: skip
    with sqlite_store.begin() as connection:
        connection.execute(sa.insert(batch), rows)
    found = changes(fill(sqlite_store), profile, EVERYTHING, at(2), at(8))
    assert [(b.undone, b.at, b.inserted) for b in found.batches] == [(True, at(6), 5)]
    assert found.excess is None


def test_the_brief_has_five_sentences_even_of_an_empty_city(sqlite_store, profile):
    found = brief(fill(sqlite_store), profile, EVERYTHING, at(0))
    assert [s.key for s in found] == ["on_time_none", "wait_empty", "open", "usual", "satisfaction_none"]


def test_the_brief_tells_what_is_known(sqlite_store, profile):
    now = WEEK * 10 - 1
    reader = fill(sqlite_store, *steady_weeks(12))
    ask_people(sqlite_store, "w1", DAY, [[3], [3], [4]])
    ask_people(sqlite_store, "w2", DAY + 60, [[5], [5], [4]])
    found = brief(reader, profile, EVERYTHING, at(now))
    assert [s.key for s in found] == ["on_time", "wait_none", "open", "unusual", "satisfaction"]
    assert found[3].excess.observed == 14
    assert found[4].change.difference == pytest.approx(14 / 3 - 10 / 3)
    assert found[2].figures["open"].value == 32


def test_one_wave_has_nothing_to_compare_with(sqlite_store, profile):
    ask_people(sqlite_store, "w1", DAY, [[3], [4]])
    found = brief(fill(sqlite_store, case(0, 1)), profile, EVERYTHING, at(60))
    assert (found[4].key, found[4].change) == ("satisfaction", None)
    assert found[1].key == "wait"


def test_figures_speak_of_now_while_data_is_fresh_else_of_the_last_event():
    assert spoken_moment(at(5), moment_of(at(28))) == at(28)
    assert spoken_moment(at(5), moment_of(at(30))) == at(5)


def test_an_empty_store_speaks_of_now():
    assert spoken_moment(None, moment_of(at(0))) == at(0)
