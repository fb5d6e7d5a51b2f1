"""Laney's p' limits: the p-chart where points differ by chance alone, wider where large points differ by more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.analysis.charts import laney, p_chart, xmr

groups = st.lists(st.tuples(st.integers(1, 400), st.integers(0, 400)), min_size=2, max_size=30)


def test_with_equal_sizes_it_is_the_individuals_chart_of_the_shares():
    k = np.array([500, 530, 480, 520, 510, 490])
    n = np.full(6, 1_000)
    found, other = laney(k, n), xmr(k / n)
    assert found.centre == pytest.approx(other.centre)
    assert found.low == pytest.approx(other.low)
    assert found.high == pytest.approx(other.high)


def test_the_standardised_moving_range_is_redone_by_hand():
    k, n = np.array([80, 150, 60]), np.array([100, 200, 100])
    p = 290 / 400
    z = [(a / b - p) / (p * (1 - p) / b) ** 0.5 for a, b in zip(k, n, strict=True)]
    spread = (abs(z[1] - z[0]) + abs(z[2] - z[1])) / 2 / 1.128
    half = 3 * spread * (p * (1 - p) / 200) ** 0.5
    assert laney(k, n).low[1] == pytest.approx(max(p - half, 0))


def test_huge_points_that_wander_are_no_longer_all_outside():
    rng = np.random.default_rng(3)
    n = np.full(24, 50_000)
    k = rng.binomial(n, 0.9 + rng.normal(0, 0.01, 24))
    assert p_chart(k, n).outside(k / n).mean() > 0.5
    assert laney(k, n).outside(k / n).mean() < 0.1


@given(groups)
def test_limits_stay_inside_0_and_1_and_hold_the_centre(rows):
    n = np.array([size for size, _ in rows])
    k = np.minimum(np.array([hits for _, hits in rows]), n)
    found = laney(k, n)
    assert (found.low >= 0).all()
    assert (found.high <= 1).all()
    assert (found.low <= found.centre + 1e-12).all()
    assert (found.high >= found.centre - 1e-12).all()


def test_without_variation_or_with_one_point_it_is_the_p_chart():
    for k, n in (([5, 5], [5, 5]), ([0, 0], [4, 9]), ([3], [4]), ([3, 0], [4, 0])):
        found, plain = (chart(np.array(k), np.array(n)) for chart in (laney, p_chart))
        assert found.high == pytest.approx(plain.high, nan_ok=True)
