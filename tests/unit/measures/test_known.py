"""Why the figure of a past day reads otherwise today: late news only, and every reason adds up."""

from datetime import date

import pandas as pd
import pytest

from nakhon_dash.domain.view import Scope, day_no
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.known import REASONS, known_table, rewritten
from nakhon_dash.queries.known import AsKnown
from nakhon_dash.store import ledger
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.writer import import_complaints
from tests.unit.store.cases import HOUR, MORNING, PROFILE, File, case

EVENING = MORNING + 60 * HOUR
DAY = day_no(date(2025, 3, 10))
FIRST = [case(key, category="C01", zone="800101") for key in "ABCDEF"] + [case("G", closed=5), case("H", closed=6)]
SECOND = [
    case("A", closed=10, changed=70), case("B", closed=11, changed=70), case("C", closed=50, changed=70),  # 2 in time
    case("D", closed=70, changed=70),  # after that evening: no news about it
    case("E", changed=70, status="closed", outcome="duplicate"), case("G", changed=70, status="reopened", prior=5),
    case("H", closed=55, changed=70), case("X", closed=1), case("F", changed=70, zone="800102", category="C01"),
]  # fmt: skip


@pytest.fixture
def told(sqlite_store, monkeypatch):
    """told(hours, records) imports them so many hours after MORNING; gives a reader on the store."""

    def tell(hours, records):
        monkeypatch.setattr(ledger, "now", lambda: MORNING + hours * HOUR)
        import_complaints(sqlite_store, File(records))
        return StoreReader(sqlite_store)

    return tell


def of(reader, scope=None):
    return rewritten(Ask(reader, PROFILE, scope or Scope(), EVENING))


def told_twice(told, scope=None):
    told(30, FIRST)
    return of(told(90, SECOND), scope)


def test_the_reasons_lead_exactly_from_one_figure_to_the_other(told):
    found = told_twice(told)
    assert (found.then.numerator, found.then.denominator) == (2, 8)
    assert (found.today.numerator, found.today.denominator) == (3, 8)
    assert {one.code: (one.cases, one.on_time, one.due) for one in found.reasons} == {
        "told_later": (1, 1, 1), "left_out": (1, 0, -1), "closed_earlier": (2, 2, 0), "open_again": (1, -1, 0),
        "retimed": (1, -1, 0)}  # fmt: skip
    assert [one.code for one in found.reasons] == [code for code in REASONS if code != "moved"]
    assert found.then.numerator + sum(one.on_time for one in found.reasons) == found.today.numerator
    assert found.then.denominator + sum(one.due for one in found.reasons) == found.today.denominator


def test_a_case_that_moved_out_of_the_filter_is_said_to_have_moved(told):
    found = told_twice(told, Scope(zone=("800102",)))
    assert [(one.code, one.cases, one.due) for one in found.reasons] == [("moved", 1, 1)]


def test_asked_from_then_or_from_today_the_answer_is_one(told):
    told(30, FIRST)
    reader = told(90, SECOND)
    assert of(AsKnown(reader, EVENING)) == of(reader)


def test_without_later_news_both_figures_are_one(told):
    found = of(told(30, FIRST))
    assert (found.then, found.reasons, found.unheard) == (found.today, (), ())


def test_before_the_first_import_it_says_that_nobody_had_told(told):
    found = of(told(90, FIRST))
    assert (found.unheard, found.reasons, found.then.value) == (("city",), (), found.today.value)


def test_nothing_known_is_no_share(told, sqlite_store):
    found = of(StoreReader(sqlite_store))
    assert (found.then.value, found.today.value, found.cases) == (None, None, 0)


def test_the_table_begins_with_then_and_ends_with_today(told):
    told(30, FIRST)
    rows = known_table(Ask(told(90, SECOND), PROFILE, Scope(DAY, DAY), EVENING), "")
    assert rows["step"].tolist() == ["then", "told_later", "left_out", "closed_earlier", "open_again", "retimed",
                                     "today"]  # fmt: skip
    assert rows["share"].iloc[[0, -1]].tolist() == [0.25, 0.375]
    assert pd.isna(rows["share"].iloc[1])
