"""The log of early warnings: written once, decided by people, synthetic ones removed with the demo city."""

import pytest
import sqlalchemy as sa

from nakhon_dash.demo import remove
from nakhon_dash.store import alerts
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.rev import current_rev
from nakhon_dash.store.schema import alert_log

FLOOD = {"category": "C01", "zone": "800101", "observed": 20, "expected": 4.5, "upper": 9.0, "p": 1e-6, "q": 1e-4,
         "tier": "alert"}  # fmt: skip
NOISE = FLOOD | {"category": "C02", "p": 0.008, "q": 0.4, "tier": "watch"}


def write(engine, first_day=20_000, rows=(FLOOD, NOISE), synthetic=False):
    return alerts.log(engine, first_day, "farrington", rows, as_of=5, synthetic=synthetic)


def stored(engine):
    with engine.connect() as connection:
        return connection.execute(sa.select(alert_log).order_by(alert_log.c.id)).mappings().all()


def test_a_warning_is_written_once_however_often_it_is_seen(any_store):
    assert write(any_store) == 2
    assert write(any_store) == 0
    assert [(row["tier"], row["observed"], row["outcome"]) for row in stored(any_store)] == [
        ("alert", 20, None), ("watch", 20, None)]


def test_an_overlapping_week_is_the_same_warning_and_the_next_week_is_not(any_store):
    write(any_store)
    assert write(any_store, 20_006) == 0
    assert write(any_store, 20_007) == 2
    assert write(any_store, 20_003, [NOISE | {"tier": "alert"}]) == 1


def test_nothing_seen_changes_nothing(any_store):
    before = current_rev(any_store)
    assert write(any_store, rows=[]) == 0
    assert current_rev(any_store) == before


def test_a_decision_is_kept_and_can_be_taken_back(any_store):
    write(any_store)
    number = stored(any_store)[0]["id"]
    before = current_rev(any_store)
    alerts.decide(any_store, number, "real", "weather", by="duty")
    row = stored(any_store)[0]
    assert (row["outcome"], row["note"], row["decided_by"]) == ("real", "weather", "duty")
    assert row["decided_at"] > 0
    assert row["rev"] == current_rev(any_store) == before + 1
    alerts.decide(any_store, number, None)
    row = stored(any_store)[0]
    assert [row[name] for name in ("outcome", "note", "decided_by", "decided_at")] == [None] * 4


def test_free_text_is_no_outcome_and_no_note(any_store):
    write(any_store)
    with pytest.raises(ValueError, match="no outcome"):
        alerts.decide(any_store, 1, "perhaps")
    with pytest.raises(ValueError, match="no outcome"):
        alerts.decide(any_store, 1, "real", "somebody told me")
    with pytest.raises(StoreError, match="no_warning"):
        alerts.decide(any_store, 99, "real")


def test_the_demo_takes_its_warnings_with_it(any_store):
    write(any_store, synthetic=True)
    write(any_store, 20_100, [FLOOD])
    assert remove(any_store) == {}
    assert [row["first_day"] for row in stored(any_store)] == [20_100]
