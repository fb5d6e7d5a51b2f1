"""Rates per 1,000 people and year: residents add up, unknown friends are not guessed."""

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from nakhon_dash.domain import geography
from nakhon_dash.domain.view import Scope, day_no, moment_of
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.rates import friends_by_zone, people_of, rates, shares
from nakhon_dash.measures.tables import table
from nakhon_dash.store.schema import channel_demographic, channel_users
from tests.unit.measures.city import START, at, case, fill

CENTRES = geography.label_points()
DAY = day_no(moment_of(START).date())
YEAR = Scope(DAY, DAY + 364)


def placed(zone, n):
    """`n` cases of a zone, each of its own trouble and place."""
    lon, lat = CENTRES[zone]
    return [case(24 * i, 24 * i + 1, zone=zone, lat=lat, lon=lon + i * 1e-5) for i in range(n)]


@pytest.fixture
def asked(sqlite_store, profile):
    return lambda rows, scope=YEAR: Ask(fill(sqlite_store, *rows), profile, scope, at(24 * 365))


def friends(engine, classes, followers=10_000, blocks=1_000):
    user = {"channel": "line", "day_no": DAY, "followers": followers, "targeted_reaches": None, "blocks": blocks,
            "source": "test", "row_hash": 1, "batch_id": 1, "rev": 1}  # fmt: skip
    base = {"channel": "line", "asked_day_no": DAY, "part": "areas", "source": "test", "row_hash": 1, "batch_id": 1,
            "rev": 1}  # fmt: skip
    with engine.begin() as connection:
        connection.execute(sa.insert(channel_users), [user])
        connection.execute(sa.insert(channel_demographic),
                           [base | {"class": name, "percentage": share} for name, share in classes.items()])


@pytest.mark.parametrize("res", [8, 9, 10])
def test_every_zone_is_shared_out_to_the_last_piece(res):
    whole = pd.DataFrame(shares(res).values()).sum()
    np.testing.assert_allclose(whole, 1, atol=1e-9)


def test_residents_of_all_cells_are_those_of_the_city(asked, profile):
    of_zone = {zone.code: float(zone.latest_population[1]) for zone in profile.zone}
    ask = asked([])
    cells = geography.cells(9)
    assert people_of(ask, cells, 9, of_zone).sum() == pytest.approx(sum(of_zone.values()))


def test_a_filter_of_zones_leaves_the_people_of_the_others_out(asked, profile):
    found = rates(asked(placed("800101", 30), Scope(DAY, DAY + 364, zone=("800101",))))
    assert found.people.sum() == pytest.approx(profile.zones["800101"].latest_population[1])


def test_a_filter_of_cells_counts_their_people_only(asked):
    import h3

    lon, lat = CENTRES["800101"]
    one = h3.latlng_to_cell(lat, lon, 8)
    found = rates(asked(placed("800101", 30), Scope(DAY, DAY + 364, cell=(one,))))
    inside = [h3.cell_to_parent(h3.int_to_str(cell), 8) == one for cell in found.places]
    assert found.people[inside].min() > 0
    assert not found.people[~np.array(inside)].any()


def test_the_rate_of_a_zone_is_its_cases_by_its_residents(asked, profile):
    rows = table("rates", asked(placed("800101", 60) + placed("800102", 20)), "zone").set_index("zone")
    years = 365 / 365.25
    assert rows.loc["800101", "raw"] == pytest.approx(60_000 / profile.zones["800101"].latest_population[1] / years)
    assert ((rows["low"] <= rows["rate"]) & (rows["rate"] <= rows["high"])).all()
    assert rows.loc["800103", ["n", "raw"]].tolist() == [0, 0]


def test_few_cases_tell_neither_count_nor_rate(asked):
    rows = table("rates", asked(placed("800101", 60) + placed("800102", 3)), "zone").set_index("zone")
    assert rows.loc["800102", ["n", "raw", "rate", "low", "high"]].isna().all()
    assert rows.loc["800102", "few"]


def test_friends_are_unknown_unless_the_source_names_every_zone(asked, sqlite_store, profile):
    ask = asked(placed("800101", 60))
    assert friends_by_zone(ask) is None
    assert rates(ask, "zone", per="friends").reason == "no_friends"
    rows = table("rates", ask, "zone")
    assert rows[["friends", "per_friends"]].isna().all(axis=None)
    friends(sqlite_store, {"Bangkok": 80.0, "South": 20.0})
    assert friends_by_zone(asked([])) is None


def test_friends_told_by_zone_carry_a_rate(asked, sqlite_store, profile):
    friends(sqlite_store, {zone.name_en: share for zone, share in zip(profile.zone, (50, 20, 10, 15, 5), strict=True)})
    ask = asked(placed("800101", 60) + placed("800102", 30))
    assert friends_by_zone(ask)["800101"] == 4_500
    found = rates(ask, "zone", per="friends")
    assert (found.reason, found.people[0]) == ("", 4_500)
    assert found.raw[0] == pytest.approx(60_000 / 4_500 / (365 / 365.25))


def test_another_city_and_an_empty_one_have_no_rates(asked):
    far = [case(24 * i, 24 * i + 1, lat=42.3 + i * 1e-4, lon=-71, zone=None, flags="outside_municipality")
           for i in range(40)]  # fmt: skip
    assert rates(asked(far)).reason == "no_population"
    assert table("rates", asked([], Scope()), "cell")["rate"].isna().all()
