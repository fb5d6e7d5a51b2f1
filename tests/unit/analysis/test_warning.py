"""Which method judges a week, and what is said of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nakhon_dash.analysis import warning


def city(series, weeks, seed=1, mean=3.0):
    return np.random.default_rng(seed).poisson(mean, (series, weeks)).astype(float)


@pytest.mark.parametrize(("weeks", "method"), [
    (7, None), (8, "eight_weeks"), (55, "eight_weeks"), (56, "harmonics"), (158, "harmonics"), (159, "farrington"),
])  # fmt: skip
def test_the_method_follows_the_history(weeks, method):
    assert warning.method_of(weeks) == method
    found = warning.judge(city(5, weeks + 1), weeks)
    assert (found and found.method) == method


@pytest.mark.parametrize("weeks", [8, 20, 56, 110, 159, 263])
def test_one_outbreak_among_many_places_is_an_alert_and_nothing_else_is(weeks):
    counts = city(60, weeks + 1, seed=2)
    counts[:, -1] = 3
    counts[7, -1] = 30
    found = warning.judge(counts, weeks)
    assert np.flatnonzero(found.alert).tolist() == [7]
    assert found.observed[7] > found.limit[7] > found.expected[7]
    assert not found.watch.any()


def test_two_cases_are_no_news_and_quiet_places_are_not_judged():
    counts = np.zeros((2, 264))
    counts[0, -1] = 2
    counts[1, -4:] = [0, 0, 0, 5]
    found = warning.judge(counts, 263)
    assert found.tested.tolist() == [False, True]
    assert not found.unusual[0]
    assert found.p[0] == 1
    assert found.alert[1]


def test_a_quiet_city_raises_nothing():
    found = warning.judge(np.zeros((4, 264)), 263)
    assert not found.tested.any()
    assert not found.alert.any()
    assert not found.watch.any()


@given(st.integers(0, 10_000), st.sampled_from([9, 60, 160]))
@settings(max_examples=20, deadline=None)
def test_the_order_of_places_does_not_matter_and_shares_are_shares(seed, weeks):
    counts = city(12, weeks + 1, seed)
    order = np.random.default_rng(seed).permutation(12)
    one, two = warning.judge(counts, weeks), warning.judge(counts[order], weeks)
    assert one.p[order] == pytest.approx(two.p, abs=1e-9)
    assert one.limit[order] == pytest.approx(two.limit)
    assert ((one.p >= 0) & (one.p <= one.q + 1e-12) & (one.q <= 1)).all()


@pytest.mark.parametrize("weeks", [20, 110, 263])
def test_more_cases_are_never_less_surprising(weeks):
    counts = np.repeat(city(1, weeks + 1, seed=6, mean=4), 20, axis=0)
    counts[:, -1] = np.arange(20)
    counts[:, -2] = 6
    p = warning.judge(counts, weeks).p
    assert (np.diff(p) <= 1e-12).all()


def test_the_band_ends_at_the_limit_of_the_week():
    for weeks in (20, 110, 263):
        found = warning.judge(city(6, weeks + 1), weeks)
        band = found.band(np.arange(6))
        assert band.shape == (6, warning.SHOWN)
        assert band[found.tested, -1] == pytest.approx(found.limit[found.tested])
    short = warning.judge(city(6, 21), 20)
    assert np.isnan(short.path[short.tested][:, : warning.SHOWN - 9]).all()


def test_noise_raises_few_alarms():
    alerts = watches = 0
    for seed in range(8):
        found = warning.judge(city(120, 264, seed), 263)
        alerts, watches = alerts + found.alert.sum(), watches + found.watch.sum()
    assert alerts <= 8
    assert watches <= 8 * 120 * 0.03


def test_a_rise_that_lasts_is_told_from_one_that_does_not():
    counts = np.full((2, 264 + 3), 5.0)
    counts[0, -3:] = 40
    counts[1, -3:] = [40, 4, 4]
    found = warning.replay(counts, 266, weeks=4)
    assert found.alert[:, 0].tolist() == [True, True, True, False]
    assert found.alert[:, 1].tolist() == [False, False, True, False]
    assert found.lasted == (2, 3)
    assert warning.replay(counts[:, :5], 4, weeks=3) is None
