"""The migrations make exactly the tables that the schema describes."""

import subprocess
import sys

import pytest
import sqlalchemy as sa

from nakhon_dash.store import migrate
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.rev import current_rev, store_id


def test_the_migrated_store_is_the_schema(any_store):
    assert migrate.differences(any_store) == []


def test_a_table_that_differs_is_named(any_store):
    with any_store.begin() as connection:
        connection.execute(sa.text("ALTER TABLE annotation ADD COLUMN extra INTEGER"))
    assert "extra" in migrate.differences(any_store)[0]


def test_a_new_store_begins_at_change_zero_with_a_name_of_its_own(any_store):
    assert current_rev(any_store) == 0
    assert len(store_id(any_store)) == 32


def test_opening_again_changes_nothing(any_store_url):
    first = open_store(any_store_url)
    name = store_id(first)
    first.dispose()
    second = open_store(any_store_url)
    assert store_id(second) == name
    second.dispose()


def test_two_processes_may_start_on_an_empty_store_at_once(any_store_url):
    code = "import sys; from nakhon_dash.store.engine import open_store; open_store(sys.argv[1]).dispose()"
    starts = [subprocess.Popen([sys.executable, "-c", code, any_store_url]) for _ in range(3)]
    assert [start.wait(60) for start in starts] == [0, 0, 0]
    engine = open_store(any_store_url)
    assert current_rev(engine) == 0
    engine.dispose()


def test_a_store_from_a_newer_program_is_refused(sqlite_url, sqlite_store):
    with sqlite_store.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer"):
        open_store(sqlite_url)


def test_the_newest_version_is_the_newest_file():
    assert migrate.head() == max(path.name[:4] for path in (migrate.FOLDER / "versions").glob("0*.py"))


def test_an_address_of_another_kind_is_refused():
    with pytest.raises(StoreError, match="bad_url"):
        open_store("mysql://city@127.0.0.1/store")


def test_a_store_that_does_not_answer_is_said_so():
    with pytest.raises(StoreError, match="unreachable"):
        open_store("postgresql://city:hidden@127.0.0.1:1/store")
