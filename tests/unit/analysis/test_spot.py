"""What makes one place busy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from nakhon_dash.analysis.spot import most_within, peak_hours, poisson_above, poisson_band

LAT, LON = 8.43, 99.96
METRE = 1 / 110_600


def test_cases_at_one_point_are_counted_together():
    lat = LAT + METRE * np.array([0, 0, 4, 9, 25, 300])
    assert most_within(lat, np.full(6, LON), 10) == 4
    assert most_within(np.array([]), np.array([]), 10) == 0
    assert most_within(lat[-1:], np.array([LON]), 10) == 1


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(0, 200)), min_size=1, max_size=40))
def test_against_every_pair(spots):
    metres = np.array(spots).round(1)
    apart = np.hypot(*(metres[:, None, :] - metres[None, :, :]).transpose(2, 0, 1))
    lat, lon = LAT + metres[:, 0] * METRE, LON + metres[:, 1] / 110_120
    slack = [int((apart <= 10 * scale).sum(1).max()) for scale in (0.97, 1.03)]
    assert slack[0] <= most_within(lat, lon, 10) <= slack[1]


def test_the_busiest_hours_are_found_round_midnight():
    counts = np.ones(24)
    counts[[22, 23, 0, 1]] = 20
    assert peak_hours(counts) == (22, 4)


def test_an_even_day_and_a_few_cases_have_no_peak():
    assert peak_hours(np.full(24, 10)) is None
    assert peak_hours(np.eye(24)[8] * 20) is None


@pytest.mark.parametrize("mean", [0.01, 0.7, 3.0, 20.5, 400.0])
def test_the_band_is_that_of_the_poisson(mean):
    low, high = poisson_band(np.array([mean]))
    assert (low[0], high[0]) == (stats.poisson.ppf(0.025, mean), stats.poisson.ppf(0.975, mean))


def test_nothing_is_expected_where_nothing_happens():
    assert [end[0] for end in poisson_band(np.zeros(1))] == [0, 0]


def test_more_than_expected():
    assert poisson_above(np.array([9, 0]), np.array([3.0, 2.0])) == pytest.approx([stats.poisson.sf(8, 3), 1])
