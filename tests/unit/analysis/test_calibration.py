"""A forecast that is right is found right, a wrong one is found wrong, and nobody peeks."""

from dataclasses import replace

import numpy as np
import pytest

from nakhon_dash.analysis import breach
from nakhon_dash.analysis import calibration as cal

DAY, NOW, YEAR = 24, 500 * 24, 400 * 24


def city(n=40_000, seed=11, quick_by_day=4.0, change_at=None):
    """Two categories answered at known rates, faster by day; from `change_at` on at half the rates."""
    random = np.random.default_rng(seed)
    received = np.sort(random.integers(0, NOW, n))
    category = random.integers(0, 2, n)
    needed = random.exponential(1.0, n) * np.where(category == 0, 60.0, 150.0)
    hours = np.arange(NOW + 3_000)
    rate = np.where((hours % 24 >= 8) & (hours % 24 < 18), quick_by_day, 1.0)
    if change_at is not None:
        rate = np.where(hours >= change_at, rate / 4, rate)
    done = np.concatenate(([0.0], rate.cumsum()))
    closed = np.searchsorted(done, done[received] + needed).clip(max=NOW + 3_000)
    return breach.History(received, closed, np.full(n, breach.NEVER), received + 48, category, hour=1)


def foretold(history, weeks=12, horizons=(6, 12, 24)):
    return cal.foretell(history, NOW, horizons=horizons, weeks=weeks, window=YEAR)


def test_a_known_process_is_foretold_within_its_intervals_at_every_horizon():
    for horizon, found in foretold(city()).items():
        rows = cal.groups(found)
        outside = [g for g in rows if not g.low <= g.foretold <= g.high]
        assert len(rows) == 8, horizon
        assert len(outside) <= 1, (horizon, rows)
        assert found.chance.mean() == pytest.approx(found.broken.mean(), abs=0.02)
        assert found.brier < found.brier_of_common_share


def test_a_city_that_suddenly_slows_down_is_seen_as_wrongly_foretold():
    found = cal.foretell(city(change_at=NOW - 7 * DAY), NOW, horizons=(24,), weeks=1, window=YEAR)[24]
    rows = cal.groups(found)
    assert sum(not g.low <= g.foretold <= g.high for g in rows) > len(rows) / 2
    assert found.broken.mean() > found.chance.mean() + 0.1


def test_nothing_is_known_of_what_came_after_the_origin():
    whole = city()
    cut = NOW - 7 * DAY
    later = replace(whole, closed=np.where(whole.closed > cut, breach.NEVER, whole.closed))
    first, second = (cal.foretell(h, NOW, horizons=(24,), weeks=2, window=YEAR)[24] for h in (whole, later))
    chances = [f.chance[f.origin < cut - DAY] for f in (first, second)]
    np.testing.assert_array_equal(*chances)


def test_a_case_is_foretold_once_for_each_horizon_while_it_is_open():
    never = breach.NEVER
    h = breach.History(np.array([0, 0, 0]), np.array([never, 10, 47]), np.full(3, never), np.full(3, 48),
                       np.zeros(3, int), hour=1)  # fmt: skip
    found = cal.foretell(h, 168, horizons=(12, 24), weeks=1, window=100)
    assert found[24].origin.tolist() == [24, 24]
    assert found[12].origin.tolist() == [36, 36]
    assert found[12].broken.tolist() == [True, False]


def test_few_cases_make_no_groups():
    few = cal.Foretold(np.zeros(19), np.full(19, 0.5), np.zeros(19, bool))
    assert cal.groups(few) == []
    assert cal.Foretold(np.zeros(0), np.zeros(0), np.zeros(0, bool)).brier is None


@pytest.mark.parametrize("n", [20, 77, 1_000])
def test_groups_hold_every_case_once_in_order(n):
    random = np.random.default_rng(n)
    found = cal.Foretold(np.zeros(n), random.random(n), random.random(n) < 0.5)
    rows = cal.groups(found)
    assert sum(g.n for g in rows) == n
    assert sum(g.broken for g in rows) == found.broken.sum()
    assert [g.foretold for g in rows] == sorted(g.foretold for g in rows)


def test_days_are_checked_one_by_one():
    found = foretold(city(), weeks=2, horizons=(24,))[24]
    check = cal.check(found, NOW - 14 * DAY, 14, DAY)
    assert check.days == 14
    assert check.actual == pytest.approx(check.expected, rel=0.1)
    assert check.inside >= 10
