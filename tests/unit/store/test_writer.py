"""Importing complaints: every record counted once, repeated imports change nothing, later versions win."""

import pytest
import sqlalchemy as sa

from nakhon_dash.store.batches import batches, quarantined
from nakhon_dash.store.rev import current_rev
from nakhon_dash.store.schema import complaint, complaint_event, quarantine
from nakhon_dash.store.writer import import_complaints
from tests.unit.store.cases import HOUR, MORNING, File, case, rejected, skipped

pytestmark = pytest.mark.filterwarnings("error")


def counts(result):
    names = ("read", "inserted", "updated", "unchanged", "merged", "skipped", "quarantined")
    return {name: getattr(result, name) for name in names if getattr(result, name)}


def stored(store, *columns):
    with store.connect() as connection:
        chosen = [complaint.c[name] for name in ("source_id", *columns)]
        rows = connection.execute(sa.select(*chosen).order_by(complaint.c.source_id))
        return [tuple(row) for row in rows]


def test_a_file_is_stored_once_whatever_it_is_called(any_store):
    file = File([case("A"), case("B"), case("C"), case("D")])
    assert counts(import_complaints(any_store, file)) == {"read": 4, "inserted": 4}
    assert counts(import_complaints(any_store, file)) == {"read": 4, "unchanged": 4}
    assert [key for key, in stored(any_store)] == ["A", "B", "C", "D"]


def test_a_later_export_updates_what_changed(any_store):
    import_complaints(any_store, File([case("A"), case("B")]))
    result = import_complaints(any_store, File([case("A", closed=20), case("B"), case("C")]))
    assert counts(result) == {"read": 3, "inserted": 1, "updated": 1, "unchanged": 1}
    assert stored(any_store, "status") == [("A", "closed"), ("B", "received"), ("C", "received")]


def test_an_older_export_does_not_overwrite_a_newer_one(any_store):
    import_complaints(any_store, File([case("A", changed=9, closed=8)]))
    result = import_complaints(any_store, File([case("A", changed=2)]))
    assert (counts(result), result.merged_by) == ({"read": 1, "merged": 1}, {"superseded": 1})
    assert stored(any_store, "status") == [("A", "closed")]


def test_the_same_case_twice_in_a_file_is_merged(any_store):
    result = import_complaints(any_store, File([case("A"), case("B"), case("A"), case("C"), case("A")]))
    assert counts(result) == {"read": 5, "inserted": 3, "merged": 2}
    assert result.merged_by == {"duplicate_exact": 2}


@pytest.mark.parametrize("size", [1, 2, 10], ids="blocks of {}".format)
def test_the_later_version_in_a_file_wins_wherever_it_stands(any_store, size):
    file = File([case("A", changed=1), case("B"), case("A", changed=3, closed=2), case("A", changed=2)], size)
    result = import_complaints(any_store, file)
    assert counts(result) == {"read": 4, "inserted": 2, "merged": 2}
    assert result.merged_by == {"superseded": 2}
    assert stored(any_store, "status") == [("A", "closed"), ("B", "received")]


@pytest.mark.parametrize("size", [1, 10], ids="blocks of {}".format)
def test_two_versions_without_a_later_one_keep_the_first(any_store, size):
    file = File([case("A", closed=1), case("A", closed=2), case("B", changed=1), case("B", changed=1, closed=1)], size)
    result = import_complaints(any_store, file)
    assert (counts(result), result.reasons) == ({"read": 4, "inserted": 2, "quarantined": 2},
                                                {"duplicate_conflict": 2})
    kept = list(quarantined(any_store))
    assert [(row["row_no"], row["reason"], row["raw"]["source_id"]) for row in kept] == [
        (2, "duplicate_conflict", "A"), (4, "duplicate_conflict", "B")]


def test_the_point_of_a_refused_version_is_masked(any_store):
    where = {"lat": 8.43512, "lon": 99.96234}
    import_complaints(any_store, File([case("A", closed=1, **where), case("A", closed=2, **where)]))
    (kept,) = quarantined(any_store)
    assert [kept["raw"][name] for name in ("lat", "lon", "h3_9", "h3_10")] == ["•••"] * 4


def test_a_version_that_replaces_an_unchanged_one_is_an_update(any_store):
    import_complaints(any_store, File([case("A", changed=1)]))
    result = import_complaints(any_store, File([case("A", changed=1), case("A", changed=2, closed=1)], 1))
    assert counts(result) == {"read": 2, "updated": 1, "merged": 1}


def test_flags_are_counted_for_accepted_records_only(any_store):
    file = File([case("A", changed=1, flags="no_location"), case("A", changed=2, flags="be_year"),
                 case("B", flags="be_year instant_close"), case("B", flags="be_year instant_close")], 1)
    assert import_complaints(any_store, file).flags == {"be_year": 2, "instant_close": 1}


def test_refused_and_empty_records_are_counted_with_their_reasons(any_store):
    file = File([rejected(), case("A"), skipped(), rejected("missing_id")])
    result = import_complaints(any_store, file)
    assert counts(result) == {"read": 4, "inserted": 1, "skipped": 1, "quarantined": 2}
    assert result.reasons == {"bad_date": 1, "missing_id": 1}
    assert result.skipped_by == {"not_ready": 1}


def test_the_same_file_again_does_not_repeat_its_quarantine(any_store):
    file = File([rejected(), case("A"), case("A", closed=1)])
    import_complaints(any_store, file)
    assert counts(import_complaints(any_store, file)) == {"read": 3, "unchanged": 1, "quarantined": 2}
    with any_store.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(quarantine)).scalar() == 2


def test_a_dry_run_says_the_same_and_writes_nothing(any_store):
    import_complaints(any_store, File([case("A", changed=1), case("B")]))
    before = current_rev(any_store)
    file = File([case("A", changed=2), case("B"), case("A", changed=3), case("C"), rejected(), case("C")], 2)
    dry = import_complaints(any_store, file, dry_run=True)
    assert (dry.batch, current_rev(any_store)) == (None, before)
    assert counts(dry) == counts(import_complaints(any_store, file))


def test_an_earlier_close_is_kept_as_an_event_once(any_store):
    file = File([case("A", prior=5), case("B")])
    import_complaints(any_store, file)
    import_complaints(any_store, file)
    import_complaints(any_store, File([case("A", prior=5, changed=9), case("B", prior=7)]))
    with any_store.connect() as connection:
        events = connection.execute(
            sa.select(complaint.c.source_id, complaint_event.c.kind, complaint_event.c.detail)
            .join(complaint, complaint.c.id == complaint_event.c.complaint_id).order_by(complaint.c.source_id)).all()
    assert [tuple(event) for event in events] == [("A", "closed", "earlier close"), ("B", "closed", "earlier close")]


def test_a_reopening_is_kept_as_an_event_beside_the_close_before_it(any_store):
    for changed in (8, 9):
        import_complaints(any_store, File([case("A", prior=5, reopened=6, closed=7, changed=changed), case("B")]))
    with any_store.connect() as connection:
        columns = (complaint_event.c.kind, complaint_event.c.at, complaint_event.c.detail)
        events = [tuple(event) for event in connection.execute(sa.select(*columns).order_by(complaint_event.c.at))]
    assert events == [("closed", MORNING + 5 * HOUR, "earlier close"), ("reopened", MORNING + 6 * HOUR, None)]


def test_every_block_carries_a_change_number_of_its_own(any_store):
    import_complaints(any_store, File([case("A"), case("B"), case("C")], 2))
    revs = dict(stored(any_store, "rev"))
    assert revs["A"] == revs["B"] < revs["C"] < current_rev(any_store)


def test_a_batch_says_what_came_in(any_store):
    import_complaints(any_store, File([case("A", flags="be_year"), rejected()]), by="clerk", synthetic=True)
    (batch,) = batches(any_store)
    assert (batch["file_name"], batch["by"], batch["synthetic"]) == ("cases.csv", "clerk", 1)
    assert (batch["rows_read"], batch["inserted"], batch["quarantined"]) == (2, 1, 1)
    assert (batch["flags"], batch["reasons"], batch["incomplete"]) == ({"be_year": 1}, {"bad_date": 1}, False)


def test_all_columns_come_back_as_they_went_in(any_store):
    full = case("A", closed=2.5, lat=8.43312345678, lon=99.9612345, stars=4, photo_after=1, labels="ถนน|ทางเท้า",
                community="ท่าวัง", zone="800101", parent_id="Z-1", flags="be_year")
    file = File([full])
    import_complaints(any_store, file)
    row = next(iter(file)).rows.iloc[0]
    names = ("lat", "lon", "stars", "photo_after", "labels", "community", "h3_9", "res_min", "day_no", "row_hash")
    ((_, *values),) = stored(any_store, *names)
    assert values == [row[name] for name in names]
    assert stored(any_store, "photo_before", "first_response_at") == [("A", None, None)]


def test_a_value_that_does_not_fit_is_refused_on_every_engine(any_store):
    result = import_complaints(any_store, File([case("A"), case("K" * 121), case("B", parent_id="P" * 500)]))
    assert (result.inserted, result.reasons) == (1, {"too_long": 2})
    assert all(len(row["raw"]["source_id"]) < 310 for row in quarantined(any_store))


def test_progress_follows_the_blocks(sqlite_store):
    told = []
    import_complaints(sqlite_store, File([case("A"), case("B"), case("C")], 2), progress=lambda *at: told.append(at))
    assert told == [(2, 2), (3, 3)]


def test_an_empty_file_is_a_batch_of_nothing(any_store):
    assert counts(import_complaints(any_store, File([]))) == {}
