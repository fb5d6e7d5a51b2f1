"""The oldest open cases and the steps of the bridge, as the store has them."""

from nakhon_dash.domain.view import Scope
from nakhon_dash.measures import compute
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.bridge import bridge_steps, ways
from nakhon_dash.measures.flow import first_open_day
from nakhon_dash.measures.oldest import COLUMNS, oldest, oldest_open
from tests.unit.measures.city import at, case, fill


def ask_of(store, profile, *rows, hours=1_000, scope=None):
    return Ask(fill(store, *rows), profile, scope or Scope(), at(hours))


def test_the_oldest_come_first_and_open_is_open_whatever_the_period(sqlite_store, profile):
    rows = [case(i, None) for i in range(30, 10, -1)] + [case(1, 2), case(2, None, "duplicate")]
    ask = ask_of(sqlite_store, profile, *rows, scope=Scope(20_600, 20_601))
    found = oldest(ask, "")
    assert len(found) == 10
    assert found["age_hours"].tolist() == [989.0 - i for i in range(10)]
    assert tuple(found.columns) == COLUMNS


def test_filters_hold_so_that_a_division_sees_its_own(sqlite_store, profile):
    ask = ask_of(sqlite_store, profile, case(1, None), case(2, None, department="PW"), scope=Scope(department=("PW",)))
    assert oldest(ask, "")["department"].tolist() == ["PW"]


def test_past_due_is_signed_and_missing_where_there_is_no_due_time(sqlite_store, profile):
    rows = [case(0, None), case(980, None), case(990, None, due_at=None, due_from=None)]
    found = oldest_open(ask_of(sqlite_store, profile, *rows), limit=None)
    assert found["past_due_hours"].tolist()[:2] == [952.0, -28.0]
    assert found["past_due_hours"].isna().tolist()[2]
    assert found["due_at"].tolist()[2] is None


def test_the_list_is_the_open_cases_of_record_and_the_day_to_start_from_loses_none(sqlite_store, profile):
    rows = [case(i * 30, i * 30 + 10 if i % 3 else None) for i in range(30)]
    ask = ask_of(sqlite_store, profile, *rows)
    every = oldest_open(ask, limit=None)
    assert len(every) == compute("open", ask.reader, profile, Scope(), at(1_000)).value
    assert oldest_open(ask, limit=None, since=first_open_day(ask)).equals(every)


def test_nothing_open_gives_an_empty_list(sqlite_store, profile):
    ask = ask_of(sqlite_store, profile, case(1, 2))
    assert oldest(ask, "").empty
    assert first_open_day(ask) is None


def test_the_three_ways_hold_the_same_cases_and_their_changes_add_up_to_the_bridge(sqlite_store, profile):
    rows = [case(0, 10)] * 7 + [case(0, 90)] * 2 + [case(0, None)] * 3 + [case(60, 70)] * 2 + [case(80, None)]
    ask = ask_of(sqlite_store, profile, *rows, hours=100)
    first, second, third = ways(ask.whole)
    sizes = {w.on + w.late + w.overdue + w.missing + w.taken_out for w in (first, second, third)}
    assert sizes == {14}
    whole = compute("bridge", ask.reader, profile, Scope(), at(100)).value
    assert abs(second.change + third.change - whole) < 1e-12
    steps = bridge_steps(ask, "")
    assert steps["numerator"].tolist() == [9, 9, 7]
    assert steps["denominator"].tolist() == [11, 14, 12]


def test_before_anything_is_due_the_last_step_is_unknown(sqlite_store, profile):
    steps = bridge_steps(ask_of(sqlite_store, profile, case(0, 1), hours=10), "")
    assert steps["share"].isna().tolist() == [False, False, True]
    assert steps["change"].isna().tolist() == [True, False, True]
