"""Cases by cell and zone: the sum is kept, few cases are not told, the size of the cells fits the data."""

import h3
import pandas as pd
import pytest

from nakhon_dash.domain import geography
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.cell_counts import ENOUGH, count_cells, count_zones, fitting
from nakhon_dash.measures.tables import table
from tests.unit.measures.city import EVERYTHING, at, case, fill

CENTRES = geography.label_points()


def placed(zone, n, spread=0.0):
    """`n` cases of a zone, each a little farther east: never a repeat, never one point."""
    lon, lat = CENTRES[zone]
    return [case(i, i + 1, zone=zone, lat=lat, lon=lon + i * spread, h3_9=None) for i in range(n)]


@pytest.fixture
def asked(sqlite_store, profile):
    return lambda rows, scope=EVERYTHING: Ask(fill(sqlite_store, *rows), profile, scope, at(2_000))


def test_every_case_is_in_one_cell_and_one_zone(asked):
    ask = asked(placed("800101", 12, 1e-5) + placed("800102", 7, 1e-5))
    for res in (8, 9, 10):
        assert count_cells(ask, res).n.sum() == 19
    assert {zone.zone: zone.n for zone in count_zones(ask)}["800101"] == 12
    assert sum(zone.n for zone in count_zones(ask)) == 19


def test_few_cases_are_missing_in_the_table_and_none_is_zero(asked):
    rows = table("cell_counts", asked(placed("800101", 12, 1e-6) + placed("800102", 3, 1e-6)), "cell9")
    lon, lat = CENTRES["800102"]
    told = rows.set_index("cell")["n"]
    assert pd.isna(told[h3.latlng_to_cell(lat, lon, 9)])
    assert (told.dropna() == 0).sum() == len(told) - 2
    assert told.dropna().sum() == 12


def test_cells_are_small_where_cases_are_many(asked):
    assert fitting(asked(placed("800101", 40, 1e-6))) == 10


def test_cells_are_larger_where_cases_are_few(asked):
    thin = asked(placed("800102", 30, 2e-4))
    found = {res: count_cells(thin, res) for res in (9, 10)}
    filled = found[10].n[found[10].n > 0]
    assert (filled >= found[10].k).mean() < ENOUGH
    assert fitting(thin) < 10
    assert count_cells(thin).res == fitting(thin)


def test_a_city_without_cases_has_its_cells_all_zero(asked):
    found = count_cells(asked([]))
    assert found.n.sum() == 0
    assert len(found.cells) == len(geography.cells(8))
    assert not found.few.any()


def test_the_rate_of_a_zone_stands_in_its_interval_and_few_cases_have_none(asked, profile):
    rows = placed("800101", 30, 1e-5) + placed("800102", 2, 1e-5)
    zones = {zone.zone: zone for zone in count_zones(asked(rows))}
    told, hidden = zones["800101"], zones["800102"]
    assert told.low < told.rate < told.high
    assert told.residents == profile.zones["800101"].latest_population[1]
    assert hidden.few
    assert (hidden.rate, hidden.low) == (None, None)
    assert zones["800103"].rate == 0


def test_a_filter_of_zones_leaves_the_others_out(asked):
    from dataclasses import replace

    ask = asked(placed("800101", 6, 1e-5), replace(EVERYTHING, zone=("800101",)))
    assert [zone.zone for zone in count_zones(ask)] == ["800101"]
    assert table("cell_counts", ask, "zone")["n"].tolist() == [6]


def test_repeats_of_open_trouble_count_once_unless_all_are_asked_for(asked):
    lon, lat = CENTRES["800101"]
    rows = [case(i, None, zone="800101", lat=lat, lon=lon) for i in range(6)]
    ask = asked(rows)
    assert table("cell_counts", ask, "zone-all").set_index("zone")["n"]["800101"] == 6
    assert table("cell_counts", ask, "zone").set_index("zone")["few"]["800101"]
    assert table("cell_counts", ask, "cell9-all")["n"].max() == 6
