"""The shared sample files end in the store exactly as their description says."""

import re
from pathlib import Path

import pytest

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.ingest.entries import open_entries
from nakhon_dash.ingest.reading import open_complaints
from nakhon_dash.store.digest import digest
from nakhon_dash.store.undo import undo
from nakhon_dash.store.writer import import_complaints, import_entries

FORMATS = Path(__file__).parents[4] / "shared" / "reference" / "formats"
EXPECTED = FORMATS / "EXPECTED.md"
ROW = re.compile(r"^\| ([\w.]+) \| (\d+)[^|]*\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
KINDS = {"line": "users", "survey": "survey"}
pytestmark = [pytest.mark.reference, pytest.mark.skipif(not EXPECTED.exists(), reason="../shared is not here")]


def expected():
    found = ROW.findall(EXPECTED.read_text("utf-8")) if EXPECTED.exists() else [("none", *"00000")]
    return {name: tuple(map(int, counts)) for name, *counts in found}


def imported(store, name):
    path, profile, kind = FORMATS / name, current_profile(), KINDS.get(name.split("_")[0], "complaints")
    if kind == "complaints":
        return import_complaints(store, open_complaints(path, profile))
    return import_entries(store, open_entries(kind, path, profile))


@pytest.mark.parametrize("name", expected())
def test_every_record_ends_where_it_should(sqlite_store, name):
    before = digest(sqlite_store)
    first = imported(sqlite_store, name)
    assert (first.read, first.inserted, first.merged, first.skipped, first.quarantined) == expected()[name]
    after = digest(sqlite_store)
    again = imported(sqlite_store, name)
    assert (again.read, again.inserted, again.updated, digest(sqlite_store)) == (first.read, 0, 0, after)
    undo(sqlite_store, again.batch)
    undo(sqlite_store, first.batch)
    assert digest(sqlite_store) == before
