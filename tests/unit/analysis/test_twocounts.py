"""Two counts side by side: against scipy's exact tests, and what must hold of any counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from nakhon_dash.analysis.intervals import rate_ratio
from nakhon_dash.analysis.twocounts import compared, conditional_p

COUNTS = st.integers(0, 400)
PAIRS = st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=30)


@pytest.mark.parametrize(("a", "b", "share"), [(12, 3, 0.5), (3, 12, 0.5), (0, 7, 0.3), (7, 0, 0.3), (40, 41, 0.5)])
def test_p_is_twice_the_smaller_binomial_tail(a, b, share):
    tails = [stats.binomtest(a, a + b, share, alternative=side).pvalue for side in ("less", "greater")]
    assert conditional_p(np.array([a]), np.array([b]), share)[0] == pytest.approx(min(2 * min(tails), 1))


def test_ratio_has_the_limits_of_the_exact_comparison():
    found = compared(np.array([20, 5]), np.array([10, 0]), 30.0, 15.0)
    assert found.ratio[0] == pytest.approx(1)
    assert (found.ratio_low[0], found.ratio_high[0]) == pytest.approx(rate_ratio(20, 10, 2.0))
    assert np.isinf(found.ratio_high[1])


def test_breast_cancer_after_fluoroscopy():
    """Rothman & Greenland, Modern Epidemiology, table 14-1: 41 in 28,010 and 15 in 19,017 woman-years: ratio 1.86."""
    found = compared(np.array([41]), np.array([15]), 28_010.0, 19_017.0)
    assert found.ratio[0] == pytest.approx(1.856, abs=0.001)
    assert (found.ratio_low[0], found.ratio_high[0]) == pytest.approx((1.005, 3.61), abs=0.01)


@given(PAIRS, st.floats(1, 1e4), st.floats(1, 1e4))
def test_swapping_sides_turns_the_answer_round(pairs, of_a, of_b):
    a, b = np.array(pairs).T
    one, other = compared(a, b, of_a, of_b), compared(b, a, of_b, of_a)
    assert one.p == pytest.approx(other.p, abs=1e-9)
    assert one.difference == pytest.approx(-other.difference)
    assert one.low == pytest.approx(-other.high)
    assert (one.low <= one.difference).all()
    assert (one.difference <= one.high).all()
    assert ((one.p >= 0) & (one.p <= 1)).all()


@given(PAIRS)
def test_order_does_not_matter(pairs):
    a, b = np.array(pairs).T
    order = np.argsort(a * 1000 + b, kind="stable")
    assert compared(a[order], b[order], 3, 2).q == pytest.approx(compared(a, b, 3, 2).q[order])


def test_nothing_on_either_side_is_no_finding():
    found = compared(np.zeros(3), np.zeros(3), 10, 10)
    assert (found.verdict == 0).all()
    assert np.isnan(found.ratio).all()


def test_cells_without_a_change_are_rarely_called():
    random = np.random.default_rng(7)
    called = [np.any(compared(*random.poisson(6, (2, 180)), 1, 1).verdict) for _ in range(200)]
    assert np.mean(called) <= 0.05
