"""The next report at the same place, against a slow count of every pair."""

import gzip

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from scipy.spatial import cKDTree

from nakhon_dash.analysis.recurrence import NEVER, Reports, first_returns, metres_per_degree, still_open_near
from nakhon_dash.domain.profile import ROOT

EARTH = Geod(ellps="WGS84")
BOSTON = ROOT.parent / "shared" / "reference" / "cases" / "boston_311_2013_2019.csv.gz"
HERE = (8.43, 99.96)


def reports(*rows):
    """(kind, metres north, metres east, at) of a place in the city."""
    kind, north, east, at = (np.array(column) for column in zip(*rows, strict=True))
    per_north, per_east = metres_per_degree(np.array(HERE[0]))
    return Reports(kind.astype(int), HERE[0] + north / per_north, HERE[1] + east / per_east, at.astype(np.int64))


@pytest.mark.parametrize("lat", [-60.0, 0.0, 8.43, 42.36, 70.0])
def test_fifty_metres_are_those_of_the_ellipsoid(lat):
    north, east = metres_per_degree(np.array(lat))
    for bearing in range(0, 360, 15):
        lon2, lat2, _ = EARTH.fwd(99.96, lat, bearing, 50)
        flat = np.hypot((lat2 - lat) * north, (lon2 - 99.96) * east)
        assert flat == pytest.approx(50, rel=1e-3)


def test_the_next_report_nearby_of_the_same_kind_counts():
    closed = reports((0, 0, 0, 100))
    there = reports((0, 0, 0, 90), (1, 0, 0, 110), (0, 60, 0, 120), (0, 30, 30, 150), (0, 0, 5, 200))
    assert first_returns(closed, there, 1000).tolist() == [50]


@pytest.mark.parametrize(
    ("at", "metres", "expected"),
    [(100, 0, NEVER), (101, 0, 1), (130, 0, 30), (131, 0, NEVER), (110, 49.9, 10), (110, 50.1, NEVER)],
)
def test_edges_of_time_and_place(at, metres, expected):
    found = first_returns(reports((0, 0, 0, 100)), reports((0, metres, 0, at)), 30)
    assert found.tolist() == [expected]


def test_nothing_to_find():
    none = Reports(*(np.array([], dtype) for dtype in (int, float, float, np.int64)))
    one = reports((0, 0, 0, 100))
    assert first_returns(one, none, 30).tolist() == [NEVER]
    assert len(first_returns(none, one, 30)) == 0


points = st.lists(
    st.tuples(st.integers(0, 2), st.floats(-150, 150), st.floats(-150, 150), st.integers(0, 60)), min_size=1,
    max_size=60,
)  # fmt: skip


@settings(deadline=None)
@given(points, points, st.integers(1, 40))
def test_any_set_of_reports_gives_the_answer_of_a_count_of_every_pair(closed, received, within):
    mine, there = reports(*closed), reports(*received)
    assert first_returns(mine, there, within).tolist() == slow(mine, there, within)


@settings(deadline=None)
@given(points, points, st.randoms())
def test_order_does_not_matter(closed, received, random):
    shuffled = random.sample(received, len(received))
    mine = reports(*closed)
    first = first_returns(mine, reports(*received), 20)
    assert np.array_equal(first, first_returns(mine, reports(*shuffled), 20))


def test_a_thousand_reports_on_one_spot_do_not_grow_into_all_pairs():
    many = reports(*((0, 60 if i % 2 else 0, 0, i) for i in range(1000)))
    found = first_returns(many, many, 10_000)
    assert found[:-2].tolist() == [2] * 998
    assert (found[-2:] == NEVER).all()


def slow(closed, received, within):
    """Every pair, distances along the ellipsoid's local plane."""
    north, east = metres_per_degree(closed.lat)
    apart = np.hypot((received.lat[None] - closed.lat[:, None]) * north[:, None],
                     (received.lon[None] - closed.lon[:, None]) * east[:, None])  # fmt: skip
    later = received.when[None] - closed.when[:, None]
    ok = (apart <= 50) & (later > 0) & (later <= within) & (received.kind[None] == closed.kind[:, None])
    return [int(row[good].min()) if good.any() else NEVER for row, good in zip(later, ok, strict=True)]


lasting = st.lists(st.one_of(st.integers(0, 40), st.none()), min_size=60, max_size=60)


@settings(deadline=None)
@given(points, lasting)
def test_repeats_of_open_trouble_are_those_of_a_count_of_every_pair(received, lengths):
    there = reports(*received)
    until = np.array([NEVER if length is None else when + length
                      for when, length in zip(there.when.tolist(), lengths, strict=False)])  # fmt: skip
    assert still_open_near(there, until).tolist() == slow_repeats(there, until)


def slow_repeats(there, until):
    """A report repeats another of its kind that came before it, is near, and ends after it came."""
    north, east = metres_per_degree(there.lat)
    apart = np.hypot((there.lat[None] - there.lat[:, None]) * north[:, None],
                     (there.lon[None] - there.lon[:, None]) * east[:, None])  # fmt: skip
    ok = (apart <= 50) & (there.when[None] > there.when[:, None]) & (there.when[None] < until[:, None])
    return (ok & (there.kind[None] == there.kind[:, None])).any(0).tolist()


@pytest.mark.parametrize(
    ("at", "metres", "kind", "repeats"),
    [(100, 0, 0, False), (101, 0, 0, True), (199, 49.9, 0, True), (200, 0, 0, False), (150, 50.1, 0, False),
     (150, 0, 1, False), (99, 0, 0, False)],
)  # fmt: skip
def test_edges_of_a_repeat(at, metres, kind, repeats):
    there = reports((0, 0, 0, 100), (kind, metres, 0, at))
    assert still_open_near(there, np.array([200, at])).tolist() == [False, repeats]


def test_a_thousand_repeats_on_one_spot_count_once():
    many = reports(*((0, 0, 0, i) for i in range(1000)))
    assert still_open_near(many, np.full(1000, NEVER)).tolist() == [False] + [True] * 999


def test_nothing_repeats_in_nothing():
    none = Reports(*(np.array([], dtype) for dtype in (int, float, float, np.int64)))
    assert len(still_open_near(none, np.array([], np.int64))) == 0


@pytest.mark.reference
@pytest.mark.skipif(not BOSTON.exists(), reason="../shared/reference is not there")
def test_boston_gives_what_a_search_by_tree_gives():
    with gzip.open(BOSTON, "rt", encoding="utf-8", newline="") as whole:
        rows = pd.read_csv(whole, usecols=["open_dt", "closed_dt", "type", "latitude", "longitude"], nrows=60_000)
    rows = rows.dropna().sort_values("open_dt").head(20_000)
    lat, lon = rows["latitude"].to_numpy(float), rows["longitude"].to_numpy(float)
    opened, ended = (pd.to_datetime(rows[name]).to_numpy("datetime64[s]").astype(np.int64)
                     for name in ("open_dt", "closed_dt"))  # fmt: skip
    kind = pd.factorize(rows["type"])[0]
    month = 30 * 86_400
    fast = first_returns(Reports(kind, lat, lon, ended), Reports(kind, lat, lon, opened), month)
    expected = np.full(len(rows), NEVER)
    north, east = metres_per_degree(lat)
    near = cKDTree(np.c_[lat * north.mean(), lon * east.mean()])
    for i in range(5_000):  # a wide catch in the mean plane, then the distance along the ellipsoid
        others = np.array(near.query_ball_point([lat[i] * north.mean(), lon[i] * east.mean()], 60))
        later = opened[others] - ended[i]
        others = others[(later > 0) & (later <= month) & (kind[others] == kind[i])]
        apart = EARTH.inv(np.full(len(others), lon[i]), np.full(len(others), lat[i]), lon[others], lat[others])[2]
        if (close := opened[others][apart <= 50] - ended[i]).size:
            expected[i] = close.min()
    assert (expected[:5_000] < NEVER).sum() > 100
    assert np.array_equal(fast[:5_000], expected[:5_000])
