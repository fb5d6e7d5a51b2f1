"""One statement, three engines, one answer: SQLite, PostgreSQL, and DuckDB through PostgreSQL's dialect."""

from dataclasses import replace
from functools import partial
from itertools import product

import duckdb
import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import cases, people, quality, receipts, warning
from nakhon_dash.store.frames import frame, kinds
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.schema import (
    batch,
    channel_users,
    complaint,
    complaint_event,
    survey_answer,
    survey_question,
)
from tests.unit.measures.city import HOUR, at, case, fill

TABLES = (complaint, complaint_event, channel_users, survey_question, survey_answer, batch)
OWN = {"row_hash": 1, "batch_id": 1, "rev": 1}


class DuckReader:
    """The tables of a store in DuckDB, asked in PostgreSQL's words."""

    rev = 1

    def __init__(self, engine: sa.Engine) -> None:
        self.connection = duckdb.connect()
        dialect = postgresql.dialect()
        with engine.connect() as store:
            for table in TABLES:
                columns = ", ".join(f'"{c.name}" {c.type.compile(dialect)}' for c in table.columns)
                self.connection.execute(f"CREATE TABLE {table.name} ({columns})")
                rows = [tuple(row) for row in store.execute(sa.select(table))]
                if rows:
                    marks = ", ".join("?" * len(table.columns))
                    self.connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)

    def frame(self, statement: sa.Select) -> pd.DataFrame:
        dialect = postgresql.dialect(paramstyle="numeric_dollar")
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        values = [compiled.params[name] for name in compiled.positiontup or []]
        found = self.connection.execute(str(compiled), values)
        names = [column[0] for column in found.description]
        rows = found.fetchall()
        columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
        return frame(names, columns, kinds(statement))


@pytest.fixture
def promise():
    own = read_profile(ROOT / "data" / "city.toml").promise
    return own.model_copy(update={"by_category": {"C06": 24}})


@pytest.fixture
def readers(any_store):
    """The store itself and a DuckDB copy of it, with every kind of case."""
    reader = fill(
        any_store, case(0, 5), case(1, 60), case(2), case(3, 20, "deferred_to_budget", zone=None),
        case(4, 6, "duplicate"), case(4, None, "duplicate"), case(5, 90, "referred_out"),
        case(6, None, flags="no_finish_time reopened", status="closed"),
        case(7, 7, flags="zero_duration information_call"),
        case(8, 9, due_at=None, due_from=None, flags="no_target"), case(9, 70, due_at=at(72), due_from="source"),
        case(30, 31, category="C06", h3_9=0x8965A0A5A8FFFFF, lat=8.4, lon=99.9),
        case(31, 33, h3_9=0x8965A0A5A8FFFFF, lat=8.4, lon=99.9, flags="outside_municipality"),
    )  # fmt: skip
    with any_store.begin() as connection:
        connection.execute(sa.insert(channel_users), [
            {"channel": "line", "day_no": day, "followers": 100 + day, "blocks": None if day == 3 else 5,
             "targeted_reaches": 60, "flags": "", "source": "t"} | OWN for day in range(5)])  # fmt: skip
        connection.execute(sa.insert(survey_question), [
            {"source": "t", "question": q, "kind": kind, "reversed": 0, "scale_max": 5} | OWN
            for q, kind in (("q1", "scale"), ("q2", "choice"))])  # fmt: skip
        connection.execute(sa.insert(survey_answer), [
            {"source": "t", "wave": wave, "respondent": str(i), "question": q, "asked_day_no": day,
             "score": i % 5 + 1.0, "scale_max": 5, "flags": "", "zone": "800101"} | OWN
            for wave, day in (("a", 10), ("b", 20)) for i in range(4) for q in ("q1", "q2")])  # fmt: skip
        connection.execute(sa.insert(batch), [
            {"kind": "complaints", "source": "t", "synthetic": 0, "started_at": at(0), "finished_at": at(1), "rev": 1}])
        ids = connection.execute(sa.select(complaint.c.id).order_by(complaint.c.id)).scalars().all()
        connection.execute(sa.insert(complaint_event), [
            {"complaint_id": ids[1], "at": at(hours), "kind": kind, "detail": detail, "batch_id": 1, "known_at": at(60),
             "rev": 1} for hours, kind, detail in ((10, "closed", "earlier close"), (20, "reopened", None),
                                                   (30, "reopened", None), (5, "closed", None))])  # fmt: skip
    return reader, DuckReader(any_store)


VIEWS = [
    Scope(),
    Scope(first_day=at(0) // (24 * HOUR), last_day=at(0) // (24 * HOUR), due_from="source"),
    Scope(category=("C01", "C06"), channel=("line",), due_from="promise"),
]


def ordered(answer):
    return answer.sort_values(list(answer), ignore_index=True) if isinstance(answer, pd.DataFrame) else answer


def same(readers, ask):
    one, other = (ordered(ask(reader)) for reader in readers)
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other)
    else:
        assert one == other
    return one


def test_counts_and_waits_agree(readers, promise):
    for scope, by in product(VIEWS, (None, "zone", "month", "outcome", "weekday")):
        counted = same(readers, partial(cases.tally, scope=scope, as_of=at(80), promise=promise, by=by))
        assert list(counted) == ["part", "information", "reason", "state", "instant", "n", "first"]
        same(readers, partial(cases.tally, scope=scope, as_of=at(80), promise=promise, by=by, standing=True))
        waits = same(readers, partial(cases.waits, scope=scope, as_of=at(80), promise=promise, by=by))
        assert waits["wait"].dtype == "int64"
        rounded = same(readers, partial(cases.waits, scope=scope, as_of=at(80), promise=promise, by=by, coarse=True,
                                        within="category"))  # fmt: skip
        assert rounded["n"].sum() == len(waits)
        ended = same(readers, partial(cases.waits, scope=scope, as_of=at(80), promise=promise, by=by, endings=True))
        assert (ended["ending"] < cases.ENDINGS.index("duplicate")).sum() == len(waits)


def test_lists_and_sums_agree(readers, promise):
    for scope in VIEWS:
        view = {"scope": scope, "as_of": at(80)}
        same(readers, partial(cases.histories, **view, since=at(-1), promise=promise))
        open_now = same(readers, partial(cases.open_cases, **view, promise=promise))
        assert open_now["received_at"].is_monotonic_increasing
        for ask in (cases.received, cases.first_day, cases.unmapped):
            same(readers, partial(ask, **view))
        same(readers, partial(cases.cells, **view, res=9))
        week = {"last_day": at(80) // (24 * HOUR), "weeks": 3}
        same(readers, partial(warning.weekly, **view, **week))
        same(readers, partial(warning.weekly_total, **view, **week))


def test_moments_of_receipt_agree(readers, promise):
    for scope in VIEWS:
        view = {"scope": scope, "as_of": at(80), "promise": promise}
        every = same(readers, partial(receipts.receipts, **view))
        assert same(readers, partial(receipts.receipts, **view, by="zone"))["wait"].dtype == "int64"
        assert len(same(readers, partial(receipts.receipts, **view, every=3))) <= len(every)
        for holidays in ([], [at(0) // (24 * HOUR)]):
            counted = same(readers, partial(receipts.week, **view, worked=[0, 1, 2, 3, 4], holidays=holidays))
            assert counted["n"].sum() == len(every)


def test_what_followed_a_close_agrees(readers):
    for scope in VIEWS:
        view = {"scope": scope, "as_of": at(80)}
        every = same(readers, partial(quality.closes, **view))
        assert set(every["fixed"]) <= {0, 1}
        assert len(same(readers, partial(quality.parts, **view, by="department"))) == len(every)
        turned = same(readers, partial(quality.turns, **view))
        assert set(zip(turned["kind"], turned["when"], strict=True)) <= {("closed", at(10)), ("reopened", at(20))}
    there = same(readers, partial(quality.reports, as_of=at(80), categories=["C01", "C06"], first=at(0), last=at(40)))
    assert len(there) == 2


def test_small_tables_agree(readers):
    assert len(same(readers, lambda r: people.users(r, "line", 3))) == 4
    waves = same(readers, lambda r: people.waves(r, Scope(), 30))
    assert set(waves["n"]) == {4}
    assert len(same(readers, lambda r: people.answers(r, Scope(zone=("800101",)), "t", "b"))) == 4
    assert len(same(readers, lambda r: people.batches(r, at(0), at(2)))) == 1


def test_the_latest_wave_stands_first_and_later_ones_are_not_known(readers):
    assert list(people.waves(readers[0], Scope(), 30)["wave"]) == ["b", "a"]
    assert list(people.waves(readers[0], Scope(), 15)["wave"]) == ["a"]


def test_nothing_gives_frames_with_their_columns(sqlite_store, promise):
    reader = StoreReader(sqlite_store)
    assert list(cases.waits(reader, Scope(), 0, promise)) == ["wait", "ending", "promised", "n", "answered", "part"]
    assert cases.first_day(reader, Scope(), 0) is None
    assert cases.cells(reader, Scope(), 0, 9).empty


def test_a_view_by_promise_gives_every_case_a_due_time(readers, promise):
    scope = replace(Scope(), due_from="promise")
    counted = cases.tally(readers[0], scope, at(80), promise)
    assert "no_target" not in set(counted["reason"])
