"""Due cases and cases on time, crossed: the same on every engine, and the numbers of the headline share."""

import pandas as pd

from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.queries.cases import tally
from nakhon_dash.queries.shares import crossed
from nakhon_dash.store.reader import StoreReader
from tests.unit.measures.city import EVERYTHING, at, case, fill
from tests.unit.queries.test_portable import DuckReader

NOW = at(100)
PROMISE = read_profile(ROOT / "data" / "city.toml").promise
BY = ("zone", "department", "category")
ROWS = [
    case(1, 10), case(1, 60), case(1, 49), case(2, 50), case(2), case(90), case(90, 95), case(1, 10, zone=None),
    case(1, 10, department=None), case(1, 5, outcome="duplicate"), case(1, 5, flags="information_call"),
    case(1, 5, outcome="deferred_to_budget", category="C06"), case(1, None, due_at=None), case(1, 150),
    case(1, None, status="closed"),
]  # fmt: skip


def test_every_engine_counts_alike(any_store):
    fill(any_store, *ROWS)
    found = [
        crossed(reader, EVERYTHING, NOW, PROMISE, BY).sort_values(list(BY), ignore_index=True)
        for reader in (StoreReader(any_store), DuckReader(any_store))
    ]
    pd.testing.assert_frame_equal(*found, check_dtype=False)
    assert found[0]["n"].sum() == 9
    assert found[0]["k"].sum() == 6


def test_the_sums_are_those_of_the_tally(sqlite_store):
    reader = fill(sqlite_store, *ROWS)
    counted = tally(reader, EVERYTHING, NOW, PROMISE)
    due = counted[(counted["reason"] == "") & counted["state"].isin(["fixed", "deferred", "late", "overdue"])]
    found = crossed(reader, EVERYTHING, NOW, PROMISE, BY)
    assert found["n"].sum() == due["n"].sum()
    assert found["k"].sum() == due.loc[due["state"].isin(["fixed", "deferred"]), "n"].sum()
