"""Published answers: sudden infant deaths of North Carolina; a density that adds up to the points."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nakhon_dash.analysis.smoothing import credible, density, empirical_bayes
from tests.unit.analysis.reference import needs_files, table


@needs_files
def test_north_carolina_rates_are_those_of_the_reference():
    rows = table("nc_ref")
    found = empirical_bayes(rows["SID74"].to_numpy(), rows["BIR74"].to_numpy())
    assert found.spread == pytest.approx(7.692930647e-07, abs=1e-15)
    assert found.common == pytest.approx(0.002021444894, abs=1e-12)
    np.testing.assert_allclose(found.rate, rows["EB"], atol=1e-10)


def test_a_small_place_is_drawn_further_than_a_large_one():
    found = empirical_bayes(np.array([5, 500, 800]), np.array([100, 10_000, 40_000]))
    assert found.raw[0] == found.raw[1]
    assert found.rate[0] < found.rate[1] < found.raw[1]


def test_a_place_without_people_has_no_rate_and_a_city_without_people_none():
    assert np.isnan(empirical_bayes(np.array([1, 2]), np.array([0, 100])).rate[0])
    assert empirical_bayes(np.array([1, 2]), np.array([0, 0])) is None


def test_places_that_differ_by_chance_only_share_one_rate():
    found = empirical_bayes(np.array([10, 11, 9, 10]), np.array([100, 100, 100, 100]))
    assert found.spread == 0
    np.testing.assert_allclose(found.rate, found.common)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5_000)), min_size=2, max_size=30))
def test_a_smoothed_rate_lies_between_the_raw_and_the_common_rate(places):
    counts, people = np.array(places).T
    found = empirical_bayes(counts, people)
    low, high = np.minimum(found.raw, found.common), np.maximum(found.raw, found.common)
    assert ((found.rate >= low - 1e-12) & (found.rate <= high + 1e-12)).all()


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5_000)), min_size=2, max_size=30))
@example([(0, 185), (2, 1)])  # so skewed that the mean lies beyond the upper quantile
def test_the_limits_of_a_smoothed_rate_hold_it(places):
    counts, people = np.array(places).T
    found = empirical_bayes(counts, people)
    low, high = credible(found, counts, people)
    assert ((low <= found.rate + 1e-12) & (found.rate <= high + 1e-12)).all()


def test_smoothing_makes_the_limits_of_small_places_narrower():
    counts, people = np.array([4, 60, 150, 900]), np.array([1_000, 10_000, 30_000, 90_000])
    low, high = credible(empirical_bayes(counts, people), counts, people)
    assert high[0] - low[0] < (10.2416 - 1.0899) / 1_000  # the exact Poisson limits of a count of 4


def test_a_place_without_people_has_no_limits():
    counts, people = np.array([1, 2, 30]), np.array([0, 100, 400])
    low, high = credible(empirical_bayes(counts, people), counts, people)
    assert np.isnan([low[0], high[0]]).all()
    assert np.isfinite([low[1], high[1]]).all()


def test_density_adds_up_to_the_points_and_peaks_where_they_are():
    random = np.random.default_rng(4)
    x, y = random.normal(600_000, 30, 500), random.normal(930_000, 30, 500)
    found = density(x, y, 150)
    assert found.value.sum() * found.step**2 / 1e6 == pytest.approx(500, rel=0.005)
    row, column = np.unravel_index(found.value.argmax(), found.value.shape)
    assert found.west + (column + 0.5) * found.step == pytest.approx(600_000, abs=40)
    assert found.south + (row + 0.5) * found.step == pytest.approx(930_000, abs=40)


def test_density_is_that_of_the_exact_kernel():
    x, y = np.array([0.0, 400.0]), np.array([0.0, 100.0])
    found = density(x, y, 100)
    rows, columns = (np.arange(size) for size in found.value.shape)
    gx, gy = found.west + (columns + 0.5) * found.step, found.south + (rows + 0.5) * found.step
    exact = sum(np.exp(-((gx[None] - a) ** 2 + (gy[:, None] - b) ** 2) / 2e4) for a, b in zip(x, y, strict=True))
    assert np.abs(found.value - exact / (2 * np.pi * 1e4) * 1e6).max() < 0.03 * found.value.max() * 4


def test_no_points_have_no_density():
    assert density(np.array([]), np.array([]), 100) is None
