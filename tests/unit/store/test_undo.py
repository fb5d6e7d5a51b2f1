"""Undo restores exactly what was before, and refuses where a later batch built on it."""

import pytest
import sqlalchemy as sa

from nakhon_dash.store.batches import batches
from nakhon_dash.store.digest import digest
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.rev import current_rev
from nakhon_dash.store.schema import complaint, tombstone
from nakhon_dash.store.undo import undo
from nakhon_dash.store.writer import import_complaints, import_entries
from tests.unit.store.cases import File, answers, case, followers, rejected

FIRST = [case("A", changed=1), case("B", lat=8.43312345678, lon=99.96), rejected(), case("C", prior=2)]
LATER = [case("A", changed=2, closed=1), case("B", stars=2), case("D", prior=3), rejected("missing_id")]


def keys(store):
    with store.connect() as connection:
        return list(connection.execute(sa.select(complaint.c.source_id).order_by(complaint.c.source_id)).scalars())


def test_undo_restores_what_was_before(any_store):
    import_complaints(any_store, File(FIRST))
    before, rev = digest(any_store), current_rev(any_store)
    result = import_complaints(any_store, File(LATER))
    assert digest(any_store) != before
    counts = undo(any_store, result.batch)
    assert counts == {"restored": 2, "removed": 1, "events": 1, "quarantine": 1}
    assert digest(any_store) == before
    assert current_rev(any_store) > rev


def test_undoing_everything_leaves_an_empty_store(any_store):
    empty = digest(any_store)
    first, second = import_complaints(any_store, File(FIRST)), import_complaints(any_store, File(LATER))
    undo(any_store, second.batch)
    undo(any_store, first.batch)
    assert digest(any_store) == empty
    assert all(batch["undone_at"] for batch in batches(any_store))


def test_rows_that_go_leave_tombstones(any_store):
    undo(any_store, import_complaints(any_store, File([case("A"), case("B", prior=1)])).batch)
    with any_store.connect() as connection:
        names = connection.execute(sa.select(tombstone.c.table_name).order_by(tombstone.c.table_name)).scalars()
        assert list(names) == ["complaint", "complaint", "complaint_event"]


def test_a_batch_is_undone_once(any_store):
    batch = import_complaints(any_store, File(FIRST)).batch
    undo(any_store, batch)
    with pytest.raises(StoreError, match="already_undone"):
        undo(any_store, batch)
    with pytest.raises(StoreError, match="no_batch"):
        undo(any_store, 999)


def test_undo_is_refused_when_a_later_batch_changed_the_same_rows(any_store):
    first, second = import_complaints(any_store, File(FIRST)), import_complaints(any_store, File(LATER))
    before = digest(any_store)
    with pytest.raises(StoreError) as refused:
        undo(any_store, first.batch)
    assert refused.value.values == {"batch": first.batch, "later": str(second.batch)}
    assert digest(any_store) == before


def test_rows_of_a_later_batch_may_be_kept(any_store):
    import_complaints(any_store, File([case("A")]))
    base = digest(any_store)
    synthetic = import_complaints(any_store, File([case("A", stars=1), case("B"), case("C")]))
    real = import_complaints(any_store, File([case("A", stars=5), case("B", stars=5)]))
    undo(any_store, synthetic.batch, keep_later=True)
    assert keys(any_store) == ["A", "B"]
    undo(any_store, real.batch)
    assert (keys(any_store), digest(any_store)) == (["A"], base)


def test_after_an_undo_the_file_can_be_imported_again(any_store):
    first = import_complaints(any_store, File(FIRST))
    full = digest(any_store)
    undo(any_store, first.batch)
    again = import_complaints(any_store, File(FIRST))
    assert (again.inserted, again.quarantined) == (3, 1)
    assert digest(any_store) == full


def test_small_tables_are_undone_alike(any_store):
    import_entries(any_store, File([followers(1, 10), followers(2, 12)], kind="users"))
    before = digest(any_store)
    later = import_entries(any_store, File([followers(2, 13), followers(3, 14)], kind="users"))
    survey = import_entries(any_store, File([answers("r1", 4, 5)], kind="survey"))
    undo(any_store, later.batch)
    undo(any_store, survey.batch)
    assert digest(any_store) == before


def test_the_same_content_has_the_same_digest_on_both_engines(sqlite_store, request):
    other = request.getfixturevalue("postgres_store")
    for store in (sqlite_store, other):
        import_complaints(store, File(FIRST))
        import_complaints(store, File(LATER, size=1))
        import_entries(store, File([answers("r1", 4, 5.0), followers(1, 10)], kind="survey"))
    assert digest(sqlite_store) == digest(other)


def test_the_digest_sees_a_single_value(sqlite_store):
    import_complaints(sqlite_store, File(FIRST))
    before = digest(sqlite_store)
    with sqlite_store.begin() as connection:
        connection.execute(complaint.update().where(complaint.c.source_id == "A").values(hour=23))
    assert digest(sqlite_store) != before
