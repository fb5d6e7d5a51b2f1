"""Killed at any moment, an import leaves whole blocks; the same import again ends as if nothing had happened."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from nakhon_dash.store.batches import batches
from nakhon_dash.store.digest import digest
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.rev import current_rev
from nakhon_dash.store.schema import complaint, complaint_past
from nakhon_dash.store.undo import undo
from nakhon_dash.store.writer import import_complaints, import_entries
from tests.unit.store.cases import File, case, followers
from tests.unit.store.killed import BLOCK, file, prepare

ROOT = Path(__file__).parents[3]
# more kills for a long run: NAKHON_KILLS=20 pytest tests/unit/store/test_resume.py
KILLS = int(os.environ.get("NAKHON_KILLS", "3"))
BLOCKS = len(file().records) // BLOCK


def opened(url):
    store = open_store(url)
    prepare(store)
    return store


def content(store):
    with store.connect() as connection:
        revs = connection.execute(sa.select(complaint.c.source_id, complaint.c.rev).order_by(complaint.c.source_id))
        past = complaint_past.c
        versions = connection.execute(
            sa.select(past.source_id, past.row_hash, past.rev).order_by(past.source_id, past.known_from))
        return digest(store), current_rev(store), [tuple(row) for row in revs], [tuple(row) for row in versions]


def told(store):
    return {name: batches(store)[0][name] for name in ("rows_read", "inserted", "updated", "unchanged", "merged",
                                                       "quarantined", "reasons", "merged_by", "flags")}


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """The same import without interruption."""
    store = opened(f"sqlite:///{tmp_path_factory.mktemp('clean') / 'store.db'}")
    import_complaints(store, file())
    yield store
    store.dispose()


def kill_after(url, blocks, pause):
    """Starts the import and kills it `pause` seconds after the block; gives how much it had said to have done."""
    process = subprocess.Popen([sys.executable, "-m", "tests.unit.store.killed", url], cwd=ROOT, text=True,
                               stdout=subprocess.PIPE)
    for _ in range(blocks):
        process.stdout.readline()
    try:
        process.wait(pause)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_import_ends_like_a_clean_one(any_store_url, clean, seed):
    store, chance = opened(any_store_url), random.Random(seed)
    for _ in range(2):  # the resumed one is killed too
        kill_after(any_store_url, chance.randrange(BLOCKS // 3), chance.random() / 20)
        newest = batches(store)[0]
        assert newest["rows_read"] % BLOCK == 0
        assert newest["rows_read"] == sum(newest[name] for name in ("inserted", "updated", "unchanged", "merged",
                                                                    "skipped", "quarantined"))
    result = import_complaints(store, file())
    assert result.read == len(file().records)
    assert (content(store), told(store)) == (content(clean), told(clean))
    store.dispose()


class StoppedError(Exception):
    """Stands for whatever ends a process."""


def stop_after(records):
    def stop(read, _bytes):
        if read >= records:
            raise StoppedError

    return stop


@pytest.mark.parametrize("blocks", range(0, BLOCKS, 6))
def test_an_import_stopped_after_any_block_goes_on(sqlite_url, clean, blocks):
    store = opened(sqlite_url)
    with pytest.raises(StoppedError):
        import_complaints(store, file(), progress=stop_after(blocks * BLOCK))
    assert batches(store)[0]["incomplete"]
    import_complaints(store, file())
    assert (content(store), told(store)) == (content(clean), told(clean))
    assert len(batches(store)) == 2
    store.dispose()


def test_a_resumed_import_may_read_in_other_blocks(any_store):
    records = [case(f"K{i % 7}", changed=i) for i in range(20)]
    with pytest.raises(StoppedError):
        import_complaints(any_store, File(records, 6), progress=stop_after(12))
    result = import_complaints(any_store, File(records, 5))
    assert (result.inserted, result.merged_by) == (7, {"superseded": 13})


def test_an_interrupted_batch_can_be_undone(any_store):
    prepare(any_store)
    before = digest(any_store)
    with pytest.raises(StoppedError):
        import_complaints(any_store, file(), progress=stop_after(60))
    undo(any_store, batches(any_store)[0]["id"])
    assert digest(any_store) == before
    import_complaints(any_store, file())
    assert not batches(any_store)[0]["incomplete"]


def test_a_series_goes_on_after_an_interruption(any_store):
    file = File([followers(1, 10), followers(2, 11), followers(1, 99), followers(3, 12)], 1, kind="users")
    with pytest.raises(StoppedError):
        import_entries(any_store, file, progress=stop_after(2))
    result = import_entries(any_store, file)
    assert (result.read, result.inserted, result.reasons) == (4, 3, {"duplicate_conflict": 1})


def test_a_file_that_breaks_off_leaves_the_blocks_before(any_store):
    class Broken(File):
        def __iter__(self):
            yield from list(super().__iter__())[:2]
            raise StoppedError

    with pytest.raises(StoppedError):
        import_complaints(any_store, Broken([case(f"K{i}") for i in range(9)]))
    assert (batches(any_store)[0]["rows_read"], batches(any_store)[0]["incomplete"]) == (6, True)


def test_a_file_that_cannot_be_read_leaves_no_batch(any_store):
    class Unreadable(File):
        def __iter__(self):
            raise StoppedError

    with pytest.raises(StoppedError):
        import_complaints(any_store, Unreadable([]))
    assert batches(any_store) == []


def test_two_imports_of_one_file_at_once_do_not_write_twice(any_store):
    taken = File([case(f"K{i}") for i in range(9)])

    def another(read, _bytes):
        if read == 3:
            import_complaints(any_store, taken)

    with pytest.raises(StoreError, match="batch_taken"):
        import_complaints(any_store, taken, progress=another)
    assert (len(batches(any_store)), batches(any_store)[0]["inserted"]) == (1, 9)


def test_a_reader_that_drops_a_record_is_found_out(any_store):
    class Careless(File):
        def block(self, start, records):
            whole = super().block(start, records)
            return type(whole)(whole.first, whole.last + 1, whole.rows)

    with pytest.raises(StoreError, match="lost_records"):
        import_complaints(any_store, Careless([case("A")]))
