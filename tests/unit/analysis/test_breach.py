"""Chances of open cases, their sum, and the check on past days."""

import numpy as np
import pytest

from nakhon_dash.analysis import breach

HOUR = 1


def steady(n=1_000, category="A"):
    """Answered after 1, 2, … 100 hours, equally often."""
    waits = np.tile(np.arange(1, 101), n // 100)
    return waits, np.ones(len(waits), bool), np.full(len(waits), category)


def test_a_case_halfway_through_breaks_with_the_share_that_still_waits_at_the_due_time():
    curves = breach.learn(*steady())
    chance = breach.chances(curves, np.array(["A"]), np.array([20]), np.array([48]))
    assert chance[0] == pytest.approx(52 / 80)


def test_a_category_with_few_answers_borrows_the_common_curve():
    waits, answered, category = steady()
    category = category.copy()
    category[:10] = "B"
    curves = breach.learn(waits, answered, category)
    assert curves.of("B") is curves.pooled
    assert curves.of("never seen") is curves.pooled


def test_older_than_every_answered_case_is_taken_as_certain():
    curves = breach.learn(*steady())
    assert breach.chances(curves, np.array(["A"]), np.array([500]), np.array([501]))[0] == 1


def test_the_interval_of_certain_cases_is_their_number():
    assert breach.count_interval(np.array([1.0, 1.0, 0.0])) == (2, 2)
    assert breach.count_interval(np.array([])) == (0, 0)


@pytest.mark.parametrize("n", [20, 3_000])
def test_the_interval_holds_its_level_for_few_and_for_many(n):
    chance = np.full(n, 0.3)
    low, high = breach.count_interval(chance)
    drawn = np.random.default_rng(3).binomial(n, 0.3, 20_000)
    assert 0.9 <= ((drawn >= low) & (drawn <= high)).mean() < 0.96


def history(n=6_000):
    random = np.random.default_rng(7)
    received = np.sort(random.integers(0, 100 * 24, n))
    closed = received + random.exponential(30, n).astype(int)
    never = np.full(n, breach.NEVER)
    return breach.History(received, closed, never, received + 48, np.full(n, "A"))


def test_the_check_on_past_days_agrees_with_what_happened():
    check = breach.backtest(history(), 99 * 24, day=24, days=14, window=60 * 24)
    assert check.days == 14
    assert check.actual == pytest.approx(check.expected, rel=0.15)
    assert check.inside >= 10


def test_the_check_does_not_see_what_came_later():
    known = history()
    later = breach.History(known.received, np.where(known.closed > 80 * 24, breach.NEVER, known.closed), known.left,
                           known.due, known.category)  # fmt: skip
    assert len(breach.open_at(known, 79 * 24)) == len(breach.open_at(later, 79 * 24))
    first, second = (breach.learn_at(h, 79 * 24, 60 * 24).pooled.s for h in (known, later))
    np.testing.assert_array_equal(first, second)


def test_a_case_that_left_is_neither_open_nor_learnt_from():
    h = breach.History(np.array([0, 0]), np.array([breach.NEVER, 5]), np.array([3, breach.NEVER]), np.array([48, 48]),
                       np.array(["A", "A"]))  # fmt: skip
    assert list(breach.open_at(h, 2)) == [0, 1]
    assert list(breach.open_at(h, 4)) == [1]
    assert breach.learn_at(h, 10, 100).pooled.n == 1
