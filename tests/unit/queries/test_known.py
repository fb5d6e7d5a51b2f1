"""What was known at a past moment is what a store held that had heard nothing since."""

import itertools
import shutil
from collections import Counter

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from nakhon_dash.domain.metrics import METRICS
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures import COMPUTE, compute
from nakhon_dash.queries.cases import open_cases
from nakhon_dash.queries.known import AsKnown, listening_since
from nakhon_dash.replica.replica import Replica
from nakhon_dash.store import ledger
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.schema import complaint, complaint_event, complaint_past
from nakhon_dash.store.undo import undo
from nakhon_dash.store.writer import import_complaints
from tests.unit.store.cases import HOUR, MORNING, PROFILE, File, case

c = complaint.c
OF_THE_WAY = {"rev", "id", "batch_id"}
EVERY_CASE = sa.select(*(column for column in c if column.name not in OF_THE_WAY)).order_by(c.source, c.source_id)
EVERY_EVENT = (
    sa.select(c.source_id, complaint_event.c.kind, complaint_event.c.at)
    .join_from(complaint, complaint_event, complaint_event.c.complaint_id == c.id)
    .order_by(c.source, c.source_id, complaint_event.c.kind, complaint_event.c.at)
)
FIRST = [case("A"), case("B", closed=20), case("C", category="C02"), case("D", closed=1)]
SECOND = [case("A", closed=10, changed=50),  # closed on the first day, told on the second
          case("C", category="C06", changed=50), case("B", prior=20, changed=50, status="reopened"),
          case("E", received_at=MORNING + 2 * HOUR)]  # fmt: skip


@pytest.fixture
def clock(monkeypatch):
    """clock(hours): it is so many hours after MORNING."""

    def set_to(hours):
        monkeypatch.setattr(ledger, "now", lambda: MORNING + int(hours * HOUR))

    return set_to


def told(store, records, source="city"):
    named = [one | {"source": source} for one in records]
    return import_complaints(store, File(named, 2, source=source)).batch


def held(reader):
    return reader.frame(EVERY_CASE), reader.frame(EVERY_EVENT)


def same(left, right):
    for one, other in zip(left, right, strict=True):
        assert_frame_equal(one, other, check_dtype=False)


def figures(reader, as_of):
    found = {metric: compute(metric, reader, PROFILE, Scope(), as_of) for metric in COMPUTE}
    return {metric: (one.value, one.low, one.numerator, one.denominator, one.excluded, one.parts)
            for metric, one in found.items()}  # fmt: skip


def test_later_news_does_not_rewrite_the_figures_of_a_day(any_store, clock, tmp_path, monkeypatch):
    monkeypatch.setenv("NAKHON_CACHE", str(tmp_path))
    evening = MORNING + 60 * HOUR
    clock(30)
    told(any_store, FIRST)
    before = figures(StoreReader(any_store), evening)
    cases = held(StoreReader(any_store))
    clock(90)
    told(any_store, SECOND)
    copy = Replica(any_store)
    copy.sync()
    for reader in (StoreReader(any_store), copy.snapshot()):
        assert figures(AsKnown(reader, evening), evening) == before
        same(held(AsKnown(reader, evening)), cases)
        later = figures(reader, evening)
        assert later["on_time"] != before["on_time"]
        assert later["received"][0] == 5
        assert figures(AsKnown(reader, MORNING + 90 * HOUR), evening) == later
    copy.close()


def test_what_never_changed_is_asked_as_it_stands(sqlite_store, clock):
    clock(30)
    told(sqlite_store, FIRST)
    for hours in (0, 30, 99):
        assert AsKnown(StoreReader(sqlite_store), MORNING + hours * HOUR).adapted(EVERY_CASE) is EVERY_CASE


def test_before_anyone_listened_the_times_of_the_source_count(sqlite_store, clock):
    clock(30)
    told(sqlite_store, FIRST)
    at_first = held(StoreReader(sqlite_store))
    clock(90)
    told(sqlite_store, [*SECOND, case("F", received_at=MORNING - HOUR)])
    cases, events = held(AsKnown(StoreReader(sqlite_store), MORNING))
    assert list(cases["source_id"]) == [*"ABCDEF"]  # an older file told later is history too
    same([cases[cases["source_id"] < "E"]], at_first[:1])
    assert len(events) == 1


def test_each_source_has_its_own_beginning(sqlite_store, clock):
    clock(10)
    told(sqlite_store, [case("A"), case("B")], "one")
    clock(50)
    told(sqlite_store, [case("A"), case("B")], "two")
    clock(60)
    told(sqlite_store, [case("A", stars=1), case("C")], "one")
    told(sqlite_store, [case("B", stars=2), case("C")], "two")
    rows, _ = held(AsKnown(StoreReader(sqlite_store), MORNING + 20 * HOUR))
    assert Counter(rows["source"]) == {"one": 2, "two": 3}
    assert rows["stars"].isna().all()


def test_a_case_keeps_its_number_in_the_store(sqlite_store, clock):
    clock(1)
    told(sqlite_store, FIRST)
    reader = StoreReader(sqlite_store)
    before = open_cases(reader, Scope(), MORNING + HOUR, PROFILE.promise)
    clock(2)
    told(sqlite_store, SECOND)
    then = AsKnown(StoreReader(sqlite_store), MORNING + HOUR)
    assert_frame_equal(open_cases(then, Scope(), MORNING + HOUR, PROFILE.promise), before)


def test_statements_about_two_cases_at_once_see_both_as_known(any_store, clock):
    clock(1)
    told(any_store, FIRST)
    clock(2)
    told(any_store, [case("A", category="C02", changed=2)])
    other = complaint.alias("other")
    alike = other.c.category == c.category
    pairs = sa.select(c.source_id, other.c.source_id.label("again")).where(alike, c.id < other.c.id)
    pairs = pairs.order_by(c.source_id, other.c.source_id)
    counted = sa.select(sa.func.count().label("n")).select_from(complaint)
    counted = counted.where(sa.exists().where(alike, other.c.id != c.id))

    def found(reader):
        return reader.frame(pairs).to_numpy().tolist(), int(reader.frame(counted)["n"][0])

    assert found(StoreReader(any_store)) == ([["A", "C"], ["B", "D"]], 4)
    assert found(AsKnown(StoreReader(any_store), MORNING + HOUR)) == ([["A", "B"], ["A", "D"], ["B", "D"]], 3)


def test_an_import_taken_back_was_never_known(any_store, clock):
    clock(1)
    told(any_store, FIRST)
    at_first = held(StoreReader(any_store))
    clock(2)
    wrong = told(any_store, [case("A", stars=1), case("C", closed=3), case("X")])
    clock(3)
    told(any_store, [case("A", stars=5), case("X", stars=2)])
    undo(any_store, wrong, keep_later=True)
    same(held(AsKnown(StoreReader(any_store), MORNING + 2 * HOUR + 1)), at_first)
    rows, _ = held(StoreReader(any_store))
    assert rows.set_index("source_id")["stars"].dropna().to_dict() == {"A": 5, "X": 2}


@pytest.fixture(scope="module")
def new_store(tmp_path_factory):
    """new_store() -> an empty store; migrated once, then copied."""
    folder = tmp_path_factory.mktemp("known")
    open_store(f"sqlite:///{folder / 'empty.db'}").dispose()
    numbers = itertools.count()

    def make():
        path = folder / f"{next(numbers)}.db"
        shutil.copy(folder / "empty.db", path)
        return open_store(f"sqlite:///{path}", migrate=False)

    return make


def moment(number):
    return MORNING + (100 + number) * HOUR


def tell(store, history):
    """Tells the batches, an hour between them; what the store held after each, and its batch."""
    seen = {}
    for number, (source, records) in history.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ledger, "now", lambda number=number: moment(number))
            batch = told(store, records, source)
        seen[number] = (batch, held(StoreReader(store)))
    return seen


def seen_again(store, seen):
    """What was known after each batch, of the sources that had been heard by then, is what was seen."""
    reader = StoreReader(store)
    begun = {source: first for source, (first, _) in listening_since(reader).items()}
    for number, (_, expected) in seen.items():
        cases = AsKnown(reader, moment(number)).frame(EVERY_CASE)
        heard = cases["source"].isin([source for source, first in begun.items() if first <= moment(number)])
        same([cases[heard].reset_index(drop=True)], expected[:1])
    store.dispose()


_sources = st.sampled_from(["one", "two"])
_case = st.builds(
    case, st.sampled_from("ABCDE"), changed=st.integers(0, 9), closed=st.none() | st.integers(1, 90),
    prior=st.none() | st.integers(1, 9), category=st.sampled_from(["C01", "C02"]),
)  # fmt: skip


@given(st.lists(st.tuples(_sources, st.lists(_case, min_size=1, max_size=5)), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def test_any_history_can_be_seen_again(new_store, history):
    store = new_store()
    seen_again(store, tell(store, dict(enumerate(history))))


@given(st.lists(st.tuples(_sources, st.sets(st.sampled_from("ABCD"), min_size=1)), min_size=2, max_size=6), st.data())
@settings(max_examples=20, deadline=None)
def test_a_batch_taken_back_leaves_the_history_of_the_others(new_store, told_keys, data):
    """Every batch says something new of each case, so that the others would have written the same without it."""
    history = {number: (source, [case(key, changed=number, closed=number + 1) for key in sorted(keys)])
               for number, (source, keys) in enumerate(told_keys)}  # fmt: skip
    store, without = new_store(), new_store()
    gone = data.draw(st.sampled_from(sorted(history)))
    batch = tell(store, history)[gone][0]
    undo(store, batch, keep_later=True)
    seen = tell(without, {number: one for number, one in history.items() if number != gone})
    without.dispose()
    seen_again(store, seen)


def test_the_versions_of_an_older_store_are_found_in_its_undo_log(any_store_url, clock):
    store = open_store(any_store_url)
    clock(1)
    told(store, FIRST)
    at_first = held(StoreReader(store))
    clock(2)
    told(store, SECOND)
    with store.begin() as connection:
        kept = [row[1:] for row in connection.execute(sa.select(complaint_past).order_by(complaint_past.c.id))]
        for name in ("complaint_past", "scan_result"):  # all that came after 0002
            connection.execute(sa.text(f"DROP TABLE {name}"))
        for name in ("complaint DROP COLUMN known_from", "annotation DROP COLUMN category",
                     "annotation DROP COLUMN cells"):  # fmt: skip
            connection.execute(sa.text(f"ALTER TABLE {name}"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0002'"))
    store.dispose()
    store = open_store(any_store_url)
    with store.connect() as connection:
        again = [row[1:] for row in connection.execute(sa.select(complaint_past).order_by(complaint_past.c.id))]
    same([pd.DataFrame(again).drop(columns=[len(kept[0]) - 1])], [pd.DataFrame(kept).drop(columns=[len(kept[0]) - 1])])
    same(held(AsKnown(StoreReader(store), MORNING + HOUR)), at_first)
    undo(store, 2)
    same(held(StoreReader(store)), at_first)
    store.dispose()


def test_every_figure_of_record_is_compared():
    assert set(COMPUTE) == set(METRICS)
