"""The replica gives the answers of the store, follows it, and is made anew when it does not fit."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from pandas.testing import assert_frame_equal

from nakhon_dash.replica import files
from nakhon_dash.replica.replica import Replica, Snapshot
from nakhon_dash.replica.router import Follower
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.rev import current_rev
from nakhon_dash.store.schema import FOLLOWED, complaint, complaint_event, survey_answer
from nakhon_dash.store.undo import undo
from nakhon_dash.store.writer import import_complaints, import_entries
from tests.unit.store.cases import File, answers, case, followers

c = complaint.c
CASES = [
    case("A", closed=30, lat=8.43312345678, lon=99.9612345, stars=5, zone="800101", category="C01"),
    case("B", closed=80.5, prior=3, category="C02", zone="800103"), case("C", category="C01", zone="800101"),
    case("D", closed=0.1, category="C06", stars=1), case("E", changed=4, closed=4, category="C02"),
]
STATEMENTS = {
    "every column": sa.select(complaint).order_by(c.source_id),
    "counts by category": sa.select(c.category, sa.func.count().label("n")).group_by(c.category).order_by(c.category),
    "counts under conditions": sa.select(sa.func.count().filter(c.closed_at.is_not(None)).label("closed"),
                                         sa.func.count().filter(c.stars > 5).label("none"), sa.func.count().label("n")),
    "sums and means": sa.select(sa.func.sum(c.closed_at - c.received_at).label("total"),
                                sa.func.sum(c.stars).label("s"), sa.func.avg(c.res_min).label("mean"),
                                sa.func.min(c.lat).label("lat")),
    "division of whole numbers": sa.select(c.source_id, (c.res_min / 60).label("hours"),
                                           (c.res_min // 60).label("whole"),
                                           (c.day_no % 7).label("day")).order_by(c.source_id),
    "choices": sa.select(c.source_id, sa.case((c.stars >= 4, 1), else_=0).label("good"), (c.res_min > 60).label("late"),
                         sa.func.coalesce(c.zone, "none").label("zone")).order_by(c.source_id),
    "casts": sa.select(sa.cast(c.lat, sa.Float).label("lat"), sa.cast(sa.func.sum(c.h3_9), sa.BigInteger).label("h"))
    .group_by(c.lat).order_by(c.lat.is_(None), c.lat),
    "nothing": sa.select(c.source_id, c.stars, c.lat, sa.func.avg(c.res_min).label("m")).where(c.category == "C99")
    .group_by(c.source_id, c.stars, c.lat),
    "large whole numbers": sa.select(sa.func.sum(c.h3_10).label("cells"), sa.func.max(c.row_hash).label("hash")),
    "one of many": sa.select(c.source_id).order_by(c.source_id)
    .where(c.category.in_(["C01", "C06"]), c.zone.is_not(None)),
    "events": sa.select(c.source_id, complaint_event.c.kind).join_from(complaint, complaint_event,
                                                                       complaint_event.c.complaint_id == c.id),
    "answers": sa.select(survey_answer.c.question, sa.func.avg(survey_answer.c.score).label("mean"))
    .group_by(survey_answer.c.question).order_by(survey_answer.c.question),
}


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("NAKHON_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def filled(store):
    import_complaints(store, File(CASES))
    import_entries(store, File([answers("r1", 4, 5), answers("r2", 2, None)], kind="survey"))
    import_entries(store, File([followers(1, 10)], kind="users"))
    return store


@pytest.fixture
def replica(any_store):
    made = Replica(any_store)
    yield made
    made.close()


def level(replica):
    """Whether store and replica hold the same rows and change number."""
    store = StoreReader(replica.engine)
    for table in FOLLOWED:
        statement = sa.select(table).order_by(table.c.id)
        assert_frame_equal(replica.frame(statement), store.frame(statement))
    return replica.rev == store.rev


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_has_one_answer_wherever_it_is_asked(sqlite_store, request, name):
    postgres = request.getfixturevalue("postgres_store")
    statement, given = STATEMENTS[name], []
    for store in (filled(sqlite_store), filled(postgres)):
        copy = Replica(store)
        copy.sync()
        given += [StoreReader(store).frame(statement), copy.frame(statement)]
        copy.close()
    own = [name for name in ("batch_id", "rev", "id", "known_from") if name in given[0]]
    for other in given[1:]:
        assert_frame_equal(given[0].drop(columns=own), other.drop(columns=own))


def test_a_replica_follows_what_is_new_changed_and_taken_back(replica):
    replica.sync()
    assert level(replica)
    filled(replica.engine)
    replica.sync()
    assert level(replica)
    later = import_complaints(replica.engine, File([case("A", stars=1), case("F"), case("B", prior=9)]))
    replica.sync()
    assert level(replica)
    undo(replica.engine, later.batch)
    replica.sync()
    assert level(replica)


def test_whole_numbers_with_gaps_stay_whole_and_text_is_text(replica):
    filled(replica.engine)
    replica.sync()
    frame = replica.frame(sa.select(c.stars, c.res_min, c.day_no, c.lat, c.zone))
    assert [str(dtype) for dtype in frame.dtypes] == ["Int64", "Int64", "int64", "float64", "object"]
    assert None in frame["zone"].tolist()


def test_a_page_run_sees_one_state(replica):
    filled(replica.engine)
    replica.sync()
    page = replica.snapshot()
    import_complaints(replica.engine, File([case("Z")]))
    replica.sync()
    counted = sa.select(sa.func.count().label("n")).select_from(complaint)
    assert (page.frame(counted)["n"].tolist(), replica.frame(counted)["n"].tolist()) == ([5], [6])
    assert page.rev < replica.rev


def test_a_replica_is_kept_for_the_next_process(sqlite_store, cache):
    filled(sqlite_store)
    first = Replica(sqlite_store)
    first.sync()
    rev = first.rev
    first.close()
    finished = subprocess.Popen([sys.executable, "-c", ""])
    finished.wait()
    first.path.rename(first.path.with_name(first.path.name.replace(str(os.getpid()), str(finished.pid))))
    second = Replica(sqlite_store)
    assert (second.rev, [path.name for path in cache.glob("*.duckdb")]) == (rev, [second.path.name])
    second.close()


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 20_000], ids=["empty", "text", "zeros"])
def test_a_damaged_replica_is_made_anew(sqlite_store, content):
    filled(sqlite_store)
    files.own_file(Replica(sqlite_store).store).write_bytes(content)
    again = Replica(sqlite_store)
    again.sync()
    assert level(again)
    again.close()


def test_a_replica_of_another_store_is_made_anew(sqlite_store, tmp_path, monkeypatch):
    other = filled(open_store(f"sqlite:///{tmp_path / 'other.db'}"))
    path = cache_path = files.cache_folder() / "replica-shared.duckdb"
    monkeypatch.setattr(files, "own_file", lambda _store: cache_path)
    first = Replica(other)
    first.sync()
    first.close()
    second = Replica(sqlite_store)
    second.sync()
    assert (level(second), second.path) == (True, path)
    second.close()
    other.dispose()


def test_a_replica_ahead_of_its_store_is_made_anew(sqlite_store):
    filled(sqlite_store)
    first = Replica(sqlite_store)
    first.sync()
    first.close()
    with sqlite_store.begin() as connection:
        connection.execute(sa.text("UPDATE meta SET number = 1 WHERE key = 'rev'"))
    second = Replica(sqlite_store)
    assert second.rev == -1
    second.close()


def test_files_of_dead_processes_go_and_those_of_the_living_stay(sqlite_store, cache):
    finished = subprocess.Popen([sys.executable, "-c", ""])
    finished.wait()
    cache.mkdir(exist_ok=True)
    dead, living = (cache / f"replica-{pid}-00000000.duckdb" for pid in (finished.pid, os.getppid()))
    dead.touch(), living.touch()
    Replica(sqlite_store).close()
    assert (dead.exists(), living.exists()) == (False, True)


def test_the_store_answers_while_the_replica_is_being_made(sqlite_store):
    filled(sqlite_store)
    follower = Follower(sqlite_store)
    assert isinstance(follower.reader(patience=0), StoreReader)
    assert isinstance(follower.reader(patience=60), Snapshot)
    follower.close()


def test_the_store_answers_when_the_replica_fails(sqlite_store, monkeypatch):
    import duckdb

    filled(sqlite_store)
    follower = Follower(sqlite_store)
    follower.reader(patience=60)
    import_complaints(sqlite_store, File([case("Z")]))
    with monkeypatch.context() as broken:
        broken.setattr(Replica, "sync", lambda _self: (_ for _ in ()).throw(duckdb.IOException("disk full")))
        assert isinstance(follower.reader(patience=60), StoreReader)
    assert isinstance(follower.reader(patience=60), Snapshot)
    follower.close()


IMPORTER = """
import sys
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.writer import import_complaints
from tests.unit.store.cases import File, case
store = open_store(sys.argv[1])
import_complaints(store, File([case(f"X{i}", stars=i % 5 + 1) for i in range(300)], size=10))
"""


def test_the_replica_follows_while_another_process_imports(any_store_url, replica):
    root = Path(__file__).parents[3]
    importer = subprocess.Popen([sys.executable, "-c", IMPORTER, any_store_url], cwd=root)
    counted, seen = sa.select(sa.func.count().label("n"), sa.func.max(c.rev).label("rev")), []
    while importer.poll() is None:
        replica.sync()
        page = replica.snapshot()
        seen.append(page.frame(counted).iloc[0])
        assert seen[-1]["n"] % 10 == 0, "half a block was seen"
    assert importer.returncode == 0
    replica.sync()
    assert level(replica)
    assert pd.Series([row["n"] for row in seen]).is_monotonic_increasing
    assert replica.rev == current_rev(replica.engine)
