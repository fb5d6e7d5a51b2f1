"""The synthetic city goes into a store, is left as it is, replaced, gone on with and taken out again."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
import sqlalchemy as sa

from nakhon_dash.demo import load, loading, remove, unfinished
from nakhon_dash.demo.plan import BLOCK
from nakhon_dash.domain.view import day_no
from nakhon_dash.ingest.block import Block, Entry, EntryBlock
from nakhon_dash.ingest.canonical import finish
from nakhon_dash.store.digest import digest
from nakhon_dash.store.incoming import BatchInfo
from nakhon_dash.store.schema import (
    annotation,
    batch,
    channel_users,
    complaint,
    survey_answer,
    tombstone,
)
from nakhon_dash.store.undo import undo
from nakhon_dash.store.writer import write_blocks

END = datetime(2023, 3, 1, 9, 30, tzinfo=UTC)  # one survey wave and no anchor yet: quick to write

FEW = {"cases": 120, "years": 1, "end": END}


def count(engine, table, *where) -> int:
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar_one()


def demo_rows(engine) -> int:
    mine = {table: table.c.source == "demo" for table in (complaint, channel_users, survey_answer)}
    return sum(count(engine, table, where) for table, where in mine.items())


def real_cases(profile):
    received = 1_750_000_000_000_000
    frame = pd.DataFrame({"source": ["own"], "source_id": ["1"], "received_at": [received], "status": ["received"],
                          "category": ["C01"]})  # fmt: skip
    return [Block(1, 1, finish(frame, profile))]


def real_users(day: date, followers: int):
    row = {"channel": "line", "day_no": day_no(day), "followers": followers, "targeted_reaches": 1, "blocks": 1,
           "flags": "", "source": "line_oa"}  # fmt: skip
    return [EntryBlock(1, 1, [Entry(1, str(day), {"channel_users": [row]})])]


def info(kind: str) -> BatchInfo:
    return BatchInfo(kind, "own", "template", "0" * 64)


def test_everything_is_labelled_synthetic(any_store, profile):
    loaded = load(any_store, profile, **FEW)
    assert loaded.state == "created"
    assert count(any_store, complaint) == count(any_store, complaint, complaint.c.source == "demo") == 120
    with any_store.connect() as connection:
        batches = connection.execute(sa.select(batch)).mappings().all()
    assert {row["kind"] for row in batches} == {"users", "survey", "annotation", "complaints"}
    assert {(row["synthetic"], row["source"]) for row in batches} == {(1, "demo")}
    assert all("synthetic" in row["file_name"] and row["finished_at"] for row in batches)
    assert count(any_store, annotation) >= 3


def test_the_same_city_twice_changes_nothing(sqlite_store, profile):
    load(sqlite_store, profile, **FEW)
    again = load(sqlite_store, profile, **FEW)
    assert again.state == "unchanged"
    assert count(sqlite_store, batch) == 4
    assert count(sqlite_store, tombstone) == 0


def test_without_an_end_the_city_of_today_is_kept(sqlite_store, profile):
    first = load(sqlite_store, profile, cases=50, years=0.5)
    again = load(sqlite_store, profile, cases=50, years=0.5)
    if again.plan.last_day == first.plan.last_day:  # not across midnight
        assert again.state == "unchanged"
        assert again.plan.end == first.plan.end


def test_another_city_replaces_the_earlier_one(sqlite_store, profile):
    load(sqlite_store, profile, **FEW)
    other = load(sqlite_store, profile, **FEW | {"seed": 3, "cases": 90})
    assert other.state == "replaced"
    assert other.removed["complaints"] == 120
    assert count(sqlite_store, complaint) == 90
    assert count(sqlite_store, tombstone, tombstone.c.table_name == "complaint") == 120


def test_a_changed_profile_makes_another_city(sqlite_store, profile):
    load(sqlite_store, profile, **FEW)
    assert load(sqlite_store, profile.model_copy(update={"neighbours": {}}), **FEW).state == "replaced"


def test_an_interrupted_city_is_gone_on_with(sqlite_store, profile, monkeypatch):
    many = FEW | {"cases": 2 * BLOCK}
    whole = loading.complaint_blocks

    def broken(*arguments):
        yield next(whole(*arguments))
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "complaint_blocks", broken)
    with pytest.raises(KeyboardInterrupt):
        load(sqlite_store, profile, **many)
    assert unfinished(sqlite_store)
    assert count(sqlite_store, complaint) == BLOCK
    monkeypatch.setattr(loading, "complaint_blocks", whole)
    loaded = load(sqlite_store, profile, **many)
    assert loaded.state == "resumed"
    assert [result.kind for result in loaded.results] == ["complaints"]
    assert count(sqlite_store, complaint) == 2 * BLOCK
    assert not unfinished(sqlite_store)


def test_removal_takes_the_demo_and_leaves_real_data(any_store, profile):
    write_blocks(any_store, real_cases(profile), info("complaints"))
    before = digest(any_store)
    load(any_store, profile, **FEW)
    counts = remove(any_store)
    assert counts["complaints"] == 120
    assert demo_rows(any_store) == 0
    assert count(any_store, annotation) == 0
    assert count(any_store, complaint) == 1
    assert count(any_store, batch, batch.c.undone_at.is_(None)) == 1
    assert digest(any_store) == before
    assert remove(any_store) == {}


def test_the_city_can_come_back_after_it_was_removed(sqlite_store, profile):
    load(sqlite_store, profile, **FEW)
    remove(sqlite_store)
    assert load(sqlite_store, profile, **FEW).state == "created"
    assert count(sqlite_store, complaint) == 120


def test_real_user_counts_are_never_overwritten(sqlite_store, profile):
    write_blocks(sqlite_store, real_users(date(2022, 3, 31), 5), info("users"))
    load(sqlite_store, profile, **FEW)
    with sqlite_store.connect() as connection:
        assert connection.execute(sa.select(channel_users.c.followers)).scalars().all() == [5]
    assert count(sqlite_store, complaint) == 120


def test_real_notes_are_never_overwritten(sqlite_store, profile):
    anchor = profile.anchor[0]
    row = {"day_from": day_no(anchor.as_of), "day_to": day_no(anchor.as_of), "zone": None, "kind": "anchor",
           "title_th": "x", "title_en": anchor.title_en, "source": "own"}  # fmt: skip
    write_blocks(sqlite_store, [EntryBlock(1, 1, [Entry(1, "x", {"annotation": [row]})])], info("annotation"))
    load(sqlite_store, profile, **FEW | {"end": datetime(2025, 5, 1, tzinfo=UTC)})
    assert count(sqlite_store, annotation, annotation.c.title_en == anchor.title_en, annotation.c.source == "own") == 1


def test_a_real_count_that_replaced_a_synthetic_one_stays_when_the_demo_goes(sqlite_store, profile):
    load(sqlite_store, profile, **FEW)
    real = write_blocks(sqlite_store, real_users(END.date() - timedelta(days=30), 77), info("users"))
    remove(sqlite_store)
    with sqlite_store.connect() as connection:
        assert connection.execute(sa.select(channel_users.c.followers)).scalars().all() == [77]
    undo(sqlite_store, real.batch)
    assert count(sqlite_store, channel_users) == 0


@pytest.mark.parametrize("end", [datetime(2020, 1, 1, tzinfo=UTC)])
def test_a_city_before_its_account_and_surveys_has_cases_only(sqlite_store, profile, end):
    load(sqlite_store, profile, cases=10, years=0.05, end=end)
    assert count(sqlite_store, complaint) == 10
    assert count(sqlite_store, channel_users) == count(sqlite_store, survey_answer) == 0
