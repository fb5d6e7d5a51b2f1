"""A small city with a planted outbreak: found where and when it is, kept, read back; noise seldom alerts."""

import h3
import numpy as np
import pytest

from nakhon_dash.domain.view import Scope
from nakhon_dash.measures import scanning
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.scanning import Setting, Stopped, latest, save, search
from nakhon_dash.measures.tables import table
from nakhon_dash.store.rev import current_rev
from nakhon_dash.store.schema import scan_result
from tests.unit.measures.city import EVERYTHING, START, at, case, fill

DAY = 24
FIRST = START // 86_400_000_000
MIDDLE = (8.4304, 99.9631)  # inside the municipality
QUICK = Setting(days=120, runs=99)


def spots(n=12):
    """Middles of cells in a patch of the city."""
    return [h3.cell_to_latlng(cell) for cell in sorted(h3.grid_disk(h3.latlng_to_cell(*MIDDLE, 9), 2))[:n]]


def placed(key, hours, place, **rest):
    """Answered within the hour, so that the next one is no repeat of trouble still open."""
    lat, lon = place
    cell = h3.str_to_int(h3.latlng_to_cell(lat, lon, 10))
    return case(hours, hours + 1, source_id=key, lat=lat, lon=lon, h3_10=cell, **rest)


def noise(n=240, days=120, seed=1, **rest):
    """Cases scattered over places (some metres about: no pins) and days, of thirty categories."""
    random = np.random.default_rng(seed)
    where = np.array(spots())[random.integers(12, size=n)] + random.uniform(-4e-4, 4e-4, (n, 2))
    return [placed(f"n{i}", random.uniform(0, days * DAY - 1), tuple(where[i]), category=f"C{i % 30:02d}", **rest)
            for i in range(n)]  # fmt: skip


def outbreak(n=14, days=(117, 120)):
    """Cases of the last three days at one place, metres apart."""
    lat, lon = spots()[5]
    hours = np.linspace(days[0] * DAY, days[1] * DAY - 2, n)
    return [placed(f"o{i}", hour, (lat + 6e-4 * (i % 4 - 1.5), lon + 6e-4 * (i // 4 - 1.5)))
            for i, hour in enumerate(hours)]  # fmt: skip


@pytest.fixture
def reader(sqlite_store):
    return lambda *rows: fill(sqlite_store, *rows)


def found(reader, profile, how=QUICK, scope=EVERYTHING, progress=None):
    return search(reader, profile, scope, at(120 * DAY - 1), how, progress)


def test_an_outbreak_is_found_with_its_days_and_place(reader, profile):
    result = found(reader(*noise(), *outbreak()), profile, Setting(days=120, runs=999))
    first = result.clusters[0]
    assert (result.reason, result.last_day - result.first_day + 1) == (None, 120)
    assert 245 <= result.cases <= 254  # the rest repeats trouble still open
    assert h3.latlng_to_cell(*spots()[5], 9) in first.cells
    assert (first.first_day, first.last_day) == (FIRST + 117, FIRST + 120)  # seven hours ahead of UTC
    assert first.observed >= 14
    assert first.expected < 3
    assert first.p == 0.001
    assert result.recurrence(first) == 1000
    assert result.tier(first) == "alert"
    assert first.zone == "800101"
    assert 200 <= first.metres <= 1_700


def test_noise_seldom_alerts(sqlite_store, profile):
    alerts = 0
    for seed in range(12):
        with sqlite_store.begin() as connection:
            connection.exec_driver_sql("DELETE FROM complaint")
        result = found(fill(sqlite_store, *noise(90, seed=seed)), profile, Setting(days=120, runs=39))
        alerts += any(one.p <= scanning.LIKELY for one in result.clusters)
    assert alerts <= 3  # of 12 at .05: more than 3 in under 1 of 100 tries


def test_the_period_of_the_view_does_not_matter_and_filters_do(reader, profile):
    store = reader(*noise(), *outbreak())
    whole = found(store, profile)
    assert found(store, profile, scope=Scope(FIRST + 3, FIRST + 4)).clusters == whole.clusters
    assert found(store, profile, scope=Scope(category=("C01",))).cases < whole.cases


def test_what_happened_after_the_moment_is_not_known(reader, profile):
    store = reader(*noise(), *outbreak())
    result = search(store, profile, EVERYTHING, at(116 * DAY), QUICK)
    assert all(one.p > 0.01 for one in result.clusters)
    assert result.last_day == FIRST + 116


@pytest.mark.parametrize("rows", [[], [placed("one", 5, MIDDLE)], [case(5)]])
@pytest.mark.parametrize("model", scanning.MODELS)
def test_few_cases_make_no_claim(reader, profile, rows, model):
    result = found(reader(*rows), profile, Setting(model, 120, 19))
    assert (result.reason, result.clusters) == ("too_few", ())


def test_residents_are_what_a_look_back_sets_cases_against(reader, profile):
    store = reader(*noise(400), *outbreak(16, days=(40, 58)))
    result = found(store, profile, Setting("poisson", 120, 99))
    assert result.reason is None
    assert result.clusters[0].p <= 0.05
    assert result.recurrence(result.clusters[0]) is None
    assert result.tier(result.clusters[0]) == "likely"
    assert result.places > 150  # every cell with people, zeros too
    one_zone = found(store, profile, Setting("poisson", 120, 19), Scope(zone=("800101",)))
    assert one_zone.places < result.places


def test_cases_of_another_city_have_no_residents_here(reader, profile):
    away = [placed(f"a{i}", i * 20, (13.75 + i / 1e4, 100.5), flags="outside_municipality") for i in range(40)]
    result = found(reader(*away), profile, Setting("poisson", 120, 19))
    assert (result.reason, result.places) == ("no_residents", 0)


def test_the_same_seed_gives_the_same_answer(reader, profile):
    store = reader(*noise(80), *outbreak(6))
    assert found(store, profile).clusters == found(store, profile).clusters


def test_a_stopped_scan_is_no_result(reader, profile):
    runs = []
    with pytest.raises(Stopped):
        found(reader(*noise()), profile, progress=lambda run: runs.append(run) or run < 5)
    assert runs == [0, 1, 2, 3, 4, 5]


def test_a_stored_result_is_read_back_as_it_was(any_store, profile):
    store = fill(any_store, *noise(60), *outbreak(8))
    result = found(store, profile)
    before = current_rev(any_store)
    save(any_store, result, EVERYTHING)
    ask = Ask(store, profile, Scope(1, 2), at(121 * DAY))
    read = latest(ask, "permutation")
    assert read.clusters == result.clusters
    assert (read.runs, read.seed, read.data_rev, read.newer) == (99, QUICK.seed, before, False)
    assert latest(ask, "poisson") is None


def test_the_table_prints_the_clusters_or_that_there_are_none(sqlite_store, profile):
    store = fill(sqlite_store, *noise(60), *outbreak(8))
    ask = Ask(store, profile, EVERYTHING, at(121 * DAY))
    assert table("scan", ask).empty
    save(sqlite_store, found(store, profile), EVERYTHING)
    save(sqlite_store, found(store, profile, Setting("poisson", 120, 19), Scope(zone=("800199",))), EVERYTHING)
    ask = Ask(store, profile, EVERYTHING, at(121 * DAY))
    rows = table("scan", ask)
    assert rows["rank"].tolist() == list(range(1, len(rows) + 1))
    assert rows["ri_days"][0] == 1 / rows["p"][0]
    assert rows["ratio"][0] == rows["observed"][0] / rows["expected"][0]
    (none,) = table("scan", ask, "poisson").to_dict("records")
    assert (none["rank"], none["tier"]) == (None, "no_residents")


def test_no_point_of_a_case_is_kept(sqlite_store, profile):
    store = fill(sqlite_store, *noise(60), *outbreak(8))
    save(sqlite_store, found(store, profile), EVERYTHING)
    with sqlite_store.connect() as connection:
        kept = connection.execute(scan_result.select()).one().clusters
    middles = {round(h3.cell_to_latlng(one)[0], 6) for one in h3.grid_disk(h3.latlng_to_cell(*MIDDLE, 9), 9)}
    assert {one["lat"] for one in scanning.scans.clusters_of(kept)} <= middles
