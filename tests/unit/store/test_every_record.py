"""Whatever a file holds, every record ends somewhere, once."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nakhon_dash.store.batches import quarantined
from nakhon_dash.store.digest import digest
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.undo import undo
from nakhon_dash.store.writer import import_complaints
from tests.unit.store.cases import File, case, rejected, skipped

cases = st.builds(case, st.sampled_from("ABCD"), closed=st.sampled_from([None, 1, 2]),
                  changed=st.sampled_from([None, 1, 2, 3]), flags=st.sampled_from(["", "be_year"]))
records = st.lists(st.one_of(cases, cases, cases, st.builds(rejected), st.builds(skipped)), max_size=12)
files = st.builds(File, records, st.integers(1, 5))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(files, min_size=1, max_size=3))
def test_read_is_the_sum_of_what_became_of_records(tmp_path_factory, given_files):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('any') / 'store.db'}")
    digests = [digest(store)]
    done = []
    for file in given_files:
        dry = import_complaints(store, file, dry_run=True)
        result = import_complaints(store, file)
        assert result.read == len(file.records) == (result.inserted + result.updated + result.unchanged
                                                    + result.merged + result.skipped + result.quarantined)
        assert (sum(result.reasons.values()), sum(result.merged_by.values())) == (result.quarantined, result.merged)
        assert min(result.inserted, result.updated, result.unchanged, *result.flags.values()) >= 0
        assert (dry.inserted, dry.updated, dry.merged_by) == (result.inserted, result.updated, result.merged_by)
        again = import_complaints(store, file)
        assert (again.inserted, again.updated, again.quarantined) == (0, 0, result.quarantined)
        done += [result.batch, again.batch]
        digests.append(digest(store))
    for file, before in zip(reversed(given_files), reversed(digests[:-1]), strict=True):
        undo(store, done.pop())
        undo(store, done.pop())
        assert digest(store) == before, file
    assert list(quarantined(store)) == []
    store.dispose()
