"""Known effects are found, none are invented: simulated cities with seasons, uneven cells and noisy weeks."""

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from nakhon_dash.analysis import interrupted as it

SIDE, WEEKS, WEEK = 14, 120, 90


def squares(side=SIDE):
    """Which cells of a square grid touch."""
    place = np.arange(side * side)
    y, x = place // side, place % side
    close = np.maximum(abs(y[:, None] - y), abs(x[:, None] - x)) == 1
    return sparse.csr_array(close.astype(float))


def city(seed, effect=1.0, place=(100, 101), noise=0.15, mean=2.0):
    """Gamma levels, one season for all, weeks that scatter more than chance; `effect` at `place` from WEEK on."""
    rng = np.random.default_rng(seed)
    level = rng.gamma(4, mean / 4, SIDE * SIDE)
    season = np.exp(0.4 * np.sin(2 * np.pi * np.arange(WEEKS) / 52) + rng.normal(0, 0.1, WEEKS))
    means = np.outer(level, season) * rng.gamma(1 / noise, noise, (SIDE * SIDE, WEEKS))
    means[list(place), WEEK:] *= effect
    return rng.poisson(means)


NEAR = squares()


def test_the_ratio_by_hand():
    """Kept counts: 40 -> 20 inside, 100 -> 80 outside: (20/40) / (80/100) = 0.625."""
    inside, control = np.array([10] * 4 + [5] * 4), np.array([25] * 4 + [20] * 4)
    found = it.ratio_of_ratios(inside, control, 4)
    half = stats.t.ppf(0.975, 6) * sqrt(1 / 40 + 1 / 20 + 1 / 100 + 1 / 80)
    assert found.ratio == pytest.approx(0.625)
    assert (found.low, found.high) == pytest.approx((0.625 * exp(-half), 0.625 * exp(half)))
    assert (found.dispersion, found.inside, found.control) == (1.0, (40, 20), (100, 80))


def test_the_dispersion_is_pearsons():
    """2 x weeks table: Pearson's chi-squared of the weeks before and after against their own shares."""
    inside, control = np.array([2, 18, 3, 20, 15, 1, 14, 2]), np.array([20, 21, 19, 22, 20, 19, 21, 20])
    found = it.ratio_of_ratios(inside, control, 4)
    chi2 = sum(stats.chi2_contingency(np.array([inside[part], control[part]]), correction=False).statistic
               for part in (slice(0, 4), slice(4, 8)))  # fmt: skip
    assert found.dispersion == pytest.approx(chi2 / 6)


def test_no_case_left_is_an_answer_and_too_few_before_is_none():
    gone = it.ratio_of_ratios(np.array([10] * 4 + [0] * 4), np.array([10] * 8), 4)
    assert 0 < gone.ratio < 0.05
    assert it.ratio_of_ratios(np.array([1] * 4 + [9] * 4), np.array([10] * 8), 4) is None
    assert it.ratio_of_ratios(np.array([10] * 8), np.array([10] * 4 + [0] * 4), 4) is None


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=16, max_size=40), st.randoms())
def test_order_of_weeks_does_not_matter_and_the_interval_holds_the_ratio(weeks, random):
    early, late = weeks[:8], weeks[8:]
    found = it.ratio_of_ratios(*np.array(early + late).T, 8)
    random.shuffle(early)
    random.shuffle(late)
    again = it.ratio_of_ratios(*np.array(early + late).T, 8)
    assert (found is None) == (again is None)
    if found is not None:
        assert found.low <= found.ratio <= found.high
        assert again.low == pytest.approx(found.low)


def test_a_season_of_all_is_no_effect():
    season = np.repeat([30, 10], 20)
    found = it.ratio_of_ratios(season, season * 3, 20)
    assert found.ratio == pytest.approx(1)


def test_controls_are_alike_and_far_enough():
    found = it.study(city(1), NEAR, (100, 101), WEEK)
    assert it.LEAST <= len(found.controls) <= it.MOST
    assert not set(found.controls) & set(np.flatnonzero(it.around(NEAR, np.array([100, 101]))).tolist())
    counts = city(1)[:, WEEK - it.MATCHED : WEEK].sum(axis=1)
    own, every = counts[[100, 101]].mean(), counts[list(found.controls)]
    assert abs(every.mean() - own) < counts.std() / 2


def test_too_few_weeks_or_cells_give_none():
    counts = city(1)
    assert it.study(counts, NEAR, (100,), it.FEWEST_BEFORE - 1) is None
    assert it.study(counts, NEAR, (100,), WEEKS - it.FEWEST_AFTER + 1) is None
    assert it.study(counts, NEAR, (100,), WEEK, barred=np.ones(len(counts), bool)) is None
    assert it.study(np.zeros_like(counts), NEAR, (100,), WEEK) is None


@pytest.mark.parametrize("effect", [0.5, 1.0, 1.5])
def test_the_interval_covers_known_effects(effect):
    """200 seeded cities: nine in ten intervals of 95 % at least hold the truth, and the middle is right."""
    found = [it.study(city(seed, effect), NEAR, (100, 101), WEEK).estimate for seed in range(200)]
    assert np.mean([one.low <= effect <= one.high for one in found]) >= 0.90
    assert np.mean([log(one.ratio) for one in found]) == pytest.approx(log(effect), abs=0.05)


def test_without_an_effect_the_placebos_say_so():
    """p among placebo places is uniform: in 100 cities without an effect (Kolmogorov-Smirnov)."""
    values = []
    for seed in range(100):
        counts = city(1_000 + seed)
        real = it.study(counts, NEAR, (100, 101), WEEK)
        placebos = it.at_other_places(counts, NEAR, real)
        assert len(placebos) == it.PLACES
        values.append(it.chance(it.as_large(real, placebos), len(placebos)))
    assert np.mean(np.array(values) <= 0.05) <= 0.10
    assert stats.kstest(values, "uniform").pvalue > 0.01


def test_a_halving_stands_out_among_places_and_weeks():
    counts = city(3, effect=0.4)
    real = it.study(counts, NEAR, (100, 101), WEEK)
    for placebos in (it.at_other_places(counts, NEAR, real), it.at_other_weeks(counts, NEAR, real)):
        assert len(placebos) >= it.ENOUGH
        assert it.as_large(real, placebos) == 0


def test_placebos_never_touch_what_was_done():
    counts = city(5)
    real = it.study(counts, NEAR, (100, 101), WEEK)
    closed = set(np.flatnonzero(it.around(NEAR, np.array([100, 101]))).tolist())
    for one in it.at_other_places(counts, NEAR, real):
        assert not closed & (set(one.place) | set(one.controls))
        assert len(one.place) == 2
    assert all(one.week + one.after <= WEEK for one in it.at_other_weeks(counts, NEAR, real))


def test_few_placebos_give_no_chance():
    assert it.chance(0, it.ENOUGH - 1) is None
    assert it.chance(0, 39) == 1 / 40


def test_what_was_expected_follows_the_controls():
    inside, control = np.array([10] * 8 + [5] * 4), np.array([20] * 8 + [40] * 4)
    middle, low, high = it.expected(inside, control, 8, np.arange(12) // 4, 1.0)
    assert middle.tolist() == [40, 40, 80]
    assert (low < middle).all()
    assert (middle < high).all()
