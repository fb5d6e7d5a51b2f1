"""Counts against expected counts: exact limits, and scatter that is or is not chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from nakhon_dash.analysis.ratio import dispersion, ratios


def test_the_limits_are_those_of_the_exact_poisson_interval():
    found = ratios(np.array([10, 0, 25]), np.array([20.0, 4.0, 25.0]))
    np.testing.assert_allclose(found.low[0] * 20, 4.795389, atol=1e-6)  # Garwood's table for a count of 10
    np.testing.assert_allclose(found.high[0] * 20, 18.390356, atol=1e-6)
    assert (found.low[1], found.ratio[1]) == (0, 0)
    assert found.high[1] * 4 == pytest.approx(-np.log(0.025))
    assert found.ratio[2] == 1


def test_the_chance_is_twice_the_smaller_tail():
    found = ratios(np.array([3, 30]), np.array([10.0, 15.0]))
    assert found.p[0] == pytest.approx(2 * stats.poisson.cdf(3, 10))
    assert found.p[1] == pytest.approx(2 * stats.poisson.sf(29, 15))


@given(st.integers(0, 200), st.floats(0.1, 300), st.floats(1, 8))
def test_more_scatter_never_narrows_the_interval_and_it_holds_the_ratio(count, expected, scatter):
    plain = ratios(np.array([count]), np.array([expected]))
    wide = ratios(np.array([count]), np.array([expected]), scatter)
    assert wide.low[0] <= plain.low[0] + 1e-9
    assert plain.high[0] <= wide.high[0] + 1e-9
    assert wide.low[0] <= wide.ratio[0] <= wide.high[0]
    assert (wide.high[0] < 1) <= (wide.p[0] < 0.05)


def test_a_place_where_nothing_is_expected_is_not_judged_and_costs_no_power():
    with_it = ratios(np.array([2, 5, 9]), np.array([10.0, 0.0, 8.0]))
    without = ratios(np.array([2, 9]), np.array([10.0, 8.0]))
    assert np.isnan(with_it.ratio[1])
    np.testing.assert_allclose(with_it.q[[0, 2]], without.q)


def test_random_cases_scatter_as_chance_even_when_they_are_few():
    random = np.random.default_rng(5)
    found = [dispersion(random.integers(0, 40, 400), random.integers(0, 50, 400)) for _ in range(60)]
    assert np.mean(found) == pytest.approx(1, abs=0.01)


def test_a_flood_that_hits_the_whole_city_is_no_scatter_and_one_that_hits_a_place_is():
    random = np.random.default_rng(6)
    place, step = random.integers(0, 5, 3_000), random.integers(0, 52, 3_000)
    everywhere = np.r_[place, random.integers(0, 5, 900)], np.r_[step, np.full(900, 20)]
    one = np.r_[place, np.full(300, 2)], np.r_[step, np.full(300, 20)]
    assert dispersion(*everywhere) == pytest.approx(1, abs=0.3)
    assert dispersion(*one) > 3


def test_every_case_told_twice_is_twice_the_scatter():
    random = np.random.default_rng(7)
    place, step = random.integers(0, 20, 2_000), random.integers(0, 60, 2_000)
    assert dispersion(np.repeat(place, 2), np.repeat(step, 2)) == pytest.approx(2, abs=0.2)


@pytest.mark.parametrize("place", [[], [0], [0, 0, 0]])
def test_one_place_or_none_tells_nothing_of_scatter(place):
    assert dispersion(np.array(place, dtype=int), np.arange(len(place))) is None
