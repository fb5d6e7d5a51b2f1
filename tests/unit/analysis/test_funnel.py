"""Funnel limits are the exact binomial ones, and a part is named only when chance does not explain it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from nakhon_dash.analysis.funnel import FEWEST_PARTS, funnel, limits, overdispersion

SHARES = st.floats(0.02, 0.98)
SIZES = st.lists(st.integers(1, 5_000), min_size=1, max_size=30)


def interpolated(p, n, centre):
    """Spiegelhalter's definition, from the library's binomial."""
    r = int(binom.ppf(p, n, centre))
    upto, below = binom.cdf(r, n, centre), binom.cdf(r - 1, n, centre)
    return min(max((r - (upto - p) / (upto - below)) / n, 0), 1)


@given(SIZES, SHARES, st.sampled_from([0.95, 0.998]))
def test_limits_are_the_interpolated_binomial_quantiles(sizes, centre, level):
    low, high = limits(sizes, centre, level)
    tail = (1 - level) / 2
    assert low == pytest.approx([interpolated(tail, n, centre) for n in sizes], abs=1e-8)
    assert high == pytest.approx([1 - interpolated(tail, n, 1 - centre) for n in sizes], abs=1e-8)


@given(st.integers(1, 300), SHARES, st.sampled_from([0.95, 0.998]))
def test_a_count_is_outside_when_chance_gives_it_or_a_further_one_less_often_than_the_tail(n, centre, level):
    (low,), (high,) = limits([n], centre, level)
    counts, tail = np.arange(n + 1), (1 - level) / 2
    assert list(counts / n < low - 1e-9) == list(binom.cdf(counts, n, centre) < tail - 1e-9)
    assert list(counts / n > high + 1e-9) == list(binom.sf(counts - 1, n, centre) < tail - 1e-9)


def test_all_of_a_few_on_time_is_no_surprise():
    assert list(funnel([870, 5], [1_000, 5]).outside) == [0, 0]


@given(SIZES, SHARES)
def test_limits_lie_inside_one_another_and_inside_zero_to_one(sizes, centre):
    (low95, high95), (low998, high998) = limits(sizes, centre, 0.95), limits(sizes, centre, 0.998)
    for a, b in ((low998, low95), (low95, high95), (high95, high998)):
        assert (a <= b + 1e-12).all()
    assert (low998 >= 0).all()
    assert (high998 <= 1).all()


def test_limits_narrow_with_the_number_of_cases():
    low, high = limits([10, 100, 1_000, 10_000], 0.87, 0.95)
    assert (np.diff(low) > 0).all()
    assert (np.diff(high) < 0).all()
    assert high[-1] - low[-1] == pytest.approx(2 * 1.96 * (0.87 * 0.13 / 10_000) ** 0.5, rel=0.02)


def test_a_large_part_far_from_the_rest_is_outside_and_a_small_one_is_not():
    found = funnel([870, 870, 600, 1], [1_000, 1_000, 1_000, 2])
    assert list(found.outside) == [2, 2, -2, 0]
    assert found.phi is None
    assert not found.widened


@given(st.permutations(range(12)))
def test_the_order_of_the_parts_does_not_matter(order):
    rng = np.random.default_rng(4)
    n = rng.integers(20, 900, 12)
    k = rng.binomial(n, 0.8)
    straight, mixed = funnel(k, n), funnel(k[list(order)], n[list(order)])
    assert list(straight.outside[list(order)]) == list(mixed.outside)
    assert straight.phi == pytest.approx(mixed.phi)


def test_chance_alone_rarely_widens_and_rarely_names():
    rng = np.random.default_rng(8)
    n = rng.integers(30, 2_000, 20)
    runs = [funnel(rng.binomial(n, 0.87), n) for _ in range(400)]
    assert np.mean([run.widened for run in runs]) < 0.05
    assert np.mean([(abs(run.outside) == 2).mean() for run in runs]) < 0.004
    assert np.mean([(run.outside != 0).mean() for run in runs]) == pytest.approx(0.05, abs=0.015)


def test_parts_that_all_scatter_more_than_chance_widen_the_limits():
    rng = np.random.default_rng(9)
    n = np.full(25, 1_000)
    found = funnel(rng.binomial(n, np.clip(rng.normal(0.8, 0.06, 25), 0, 1)), n)
    assert found.widened
    assert found.phi > 10
    assert (abs(found.outside) == 2).sum() <= 1


def test_one_far_part_does_not_widen_the_limits():
    n = np.full(20, 400)
    k = np.full(20, 340)
    k[0] = 200
    found = funnel(k, n)
    assert overdispersion(found.z) < 1.5
    assert found.outside[0] == -2


def test_few_parts_are_never_widened():
    n = np.full(FEWEST_PARTS - 1, 500)
    assert not funnel(np.linspace(200, 480, FEWEST_PARTS - 1).astype(int), n).widened


@pytest.mark.parametrize("k", [0, 7])
def test_all_or_none_on_time_is_outside_of_nothing(k):
    found = funnel([k, k], [7, 7])
    assert list(found.outside) == [0, 0]
    assert list(found.z) == [0, 0]
