"""Stored scans: whole or not at all, found again by their filters, told when data changed since."""

import sqlalchemy as sa

from nakhon_dash.demo import remove
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries.scans import latest
from nakhon_dash.store import scans
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.rev import current_rev
from nakhon_dash.store.schema import batch

ABOUT = {"model": "permutation", "first_day": 20_000, "last_day": 20_364, "runs": 999, "seed": 1, "res": 9,
         "cases": 400, "places": 60, "reason": None, "as_of": 50, "data_rev": 0}  # fmt: skip
CLUSTER = {"cell": "896486a0003ffff", "observed": 12, "p": 0.001}
DRAINS = Scope(1, 2, category=("C02", "C01"))


def write(engine, scope=DRAINS, synthetic=False, **more):
    return scans.write(engine, scope, ABOUT | more, [CLUSTER], synthetic=synthetic)


def read(engine, scope=DRAINS, model="permutation", as_of=100):
    return latest(StoreReader(engine), model, scans.filters_of(scope), as_of).to_dict("records")


def imported(engine, rev):
    row = {"kind": "complaints", "source": "city", "synthetic": 0, "started_at": 1, "rev": rev}
    zero = dict.fromkeys(("rows_read", "inserted", "updated", "unchanged", "merged", "skipped", "quarantined"), 0)
    with engine.begin() as connection:
        connection.execute(sa.insert(batch), row | zero)


def test_what_was_written_is_read_back_as_it_was(any_store):
    write(any_store)
    (row,) = read(any_store)
    assert {name: row[name] for name in ABOUT} == ABOUT
    assert scans.clusters_of(row["clusters"]) == [CLUSTER]
    assert (row["synthetic"], row["newer"]) == (0, 0)
    assert row["made_at"] > 0


def test_filters_find_their_result_in_whatever_order_they_were_chosen(any_store):
    write(any_store)
    assert read(any_store, Scope(7, 8, category=("C01", "C02")))
    assert read(any_store, Scope()) == []
    assert read(any_store, Scope(category=("C01",))) == []
    assert read(any_store, model="poisson") == []


def test_the_newest_result_stands_and_none_of_the_future(any_store):
    write(any_store, cases=1)
    write(any_store, cases=2)
    write(any_store, cases=3, as_of=200)
    assert [row["cases"] for row in read(any_store)] == [2]
    assert [row["cases"] for row in read(any_store, as_of=200)] == [3]
    assert read(any_store, as_of=49) == []


def test_an_import_after_the_scan_is_told_and_another_scan_is_not(any_store):
    imported(any_store, 1)
    write(any_store, data_rev=1)
    write(any_store, Scope())
    assert read(any_store)[0]["newer"] == 0
    imported(any_store, 9)
    assert read(any_store)[0]["newer"] == 1


def test_the_demo_takes_its_results_with_it(any_store):
    write(any_store, synthetic=True)
    write(any_store, cases=7)
    before = current_rev(any_store)
    remove(any_store)
    assert [row["cases"] for row in read(any_store)] == [7]
    assert scans.remove_synthetic(any_store) == 0
    assert current_rev(any_store) == before + 1
