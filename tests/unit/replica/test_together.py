"""Readers who look at the same moment share one snapshot, from different threads."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from nakhon_dash.replica.replica import Replica
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.schema import complaint
from nakhon_dash.store.writer import import_complaints
from tests.unit.store.cases import File, case


def test_two_readers_may_ask_the_same_snapshot_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv("NAKHON_CACHE", str(tmp_path / "cache"))
    engine = open_store(f"sqlite:///{tmp_path / 'store.db'}", write=True)
    import_complaints(engine, File([case(f"K{i}", category="C01") for i in range(50)]))
    replica = Replica(engine)
    replica.sync()
    shared, statement = replica.snapshot(), sa.select(sa.func.count().label("n")).select_from(complaint)
    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda _: int(shared.frame(statement)["n"][0]), range(400)))
    assert found == [50] * 400
    replica.close(remove=True)
    engine.dispose()
