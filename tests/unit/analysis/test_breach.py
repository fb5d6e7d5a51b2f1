"""Chances of open cases, their sum, and what they may know."""

import numpy as np
import pytest

from nakhon_dash.analysis import breach
from nakhon_dash.analysis.survival import curve
from nakhon_dash.analysis.tempo import HOURS, Tempo, learn_tempo

LEVEL = Tempo(np.ones(HOURS), 1)
KIND = np.array([100])


def steady(n=10_000):
    """Answered after 1, 2, … 100 hours, equally often."""
    waits = np.tile(np.arange(1, 101), n // 100).astype(float)
    return curve(waits, np.ones(len(waits), bool))


def one(forecast, now, due, kind=KIND):
    return float(forecast.chances(kind, np.array([0]), now, np.array([due]))[0])


def test_a_case_halfway_through_breaks_with_the_share_that_still_waits_at_the_due_time():
    assert one(breach.Forecast(LEVEL, steady(), {}), 20, 48) == pytest.approx(52 / 80)


def test_a_kind_of_its_own_is_drawn_towards_all_the_less_the_more_it_has_seen():
    never = curve(np.full(40, 1_000.0), np.ones(40, bool))
    few = breach.Forecast(LEVEL, steady(), {100: never})
    assert one(few, 20, 48) == pytest.approx((40 * 1 + 60 * 52 / 80) / 100)
    many = breach.Forecast(LEVEL, steady(), {100: curve(np.full(40_000, 1_000.0), np.ones(40_000, bool))})
    assert one(many, 20, 48) > 0.999
    assert one(many, 20, 48, np.array([200])) == pytest.approx(52 / 80)


def test_older_than_every_answered_case_is_taken_as_certain():
    assert one(breach.Forecast(LEVEL, steady(), {100: steady()}), 500, 501) == 1


def test_a_quicker_pace_lowers_every_chance_but_not_certainty():
    chances = [one(breach.Forecast(LEVEL, steady(), {}, pace), 20, 48) for pace in (0.5, 1, 2)]
    assert chances == sorted(chances, reverse=True)
    assert one(breach.Forecast(LEVEL, steady(), {}, 2), 500, 501) == 1


def test_the_interval_of_certain_cases_is_their_number():
    assert breach.count_interval(np.array([1.0, 1.0, 0.0])) == (2, 2)
    assert breach.count_interval(np.array([])) == (0, 0)


@pytest.mark.parametrize("n", [20, 3_000])
def test_the_interval_holds_its_level_for_few_and_for_many(n):
    chance = np.full(n, 0.3)
    low, high = breach.count_interval(chance)
    drawn = np.random.default_rng(3).binomial(n, 0.3, 20_000)
    assert 0.9 <= ((drawn >= low) & (drawn <= high)).mean() < 0.96


def test_a_case_that_left_ends_its_wait_and_one_that_never_counted_teaches_nothing():
    never = breach.NEVER
    h = breach.History(np.zeros(3, int), np.array([never, 5, never]), np.array([3, never, 0]), np.full(3, 48),
                       np.zeros(3, int), hour=1)  # fmt: skip
    pooled = breach.learn_at(h, 10, 100).pooled
    assert (pooled.n, pooled.n_events) == (2, 2)


def test_what_comes_later_is_not_learnt():
    random = np.random.default_rng(7)
    received = np.sort(random.integers(0, 2_400, 3_000))
    closed = received + random.exponential(30, 3_000).astype(int)
    stays, one = np.full(3_000, breach.NEVER), np.zeros(3_000, int)
    known = [breach.History(received, answers, stays, received + 48, one, hour=1)
             for answers in (closed, np.where(closed > 1_900, breach.NEVER, closed))]  # fmt: skip
    first, second = (breach.learn_at(h, 1_900, 1_400) for h in known)
    np.testing.assert_array_equal(first.pooled.s, second.pooled.s)
    np.testing.assert_array_equal(first.tempo.pace, second.tempo.pace)
    assert first.pace == second.pace == pytest.approx(1, abs=0.15)


def test_limits_of_one_category_that_are_alike_are_one_kind():
    assert len(set(breach.kinds(np.array([1, 1, 1, 2]), np.array([48, 50, 24, 48]), hour=1))) == 3


def test_the_clock_of_the_city_stands_still_while_nobody_answers():
    """Crews that answer from 8 to 18 only: a night ages a case by little, a day by all the rest."""
    start = np.arange(0, 24 * 700)
    end = (start // 24 + 1) * 24 + 8 + start % 10
    tempo = learn_tempo(start, end, np.ones(len(start), bool), 1)
    night, day = tempo.between(np.array([24 * 70 + 20, 24 * 70 + 8]), np.array([24 * 70 + 30, 24 * 70 + 18]))
    assert night < day / 5
    assert tempo.between(np.array([0]), np.array([HOURS]))[0] == pytest.approx(HOURS, rel=0.2)


def test_without_answers_the_clock_is_the_clock_on_the_wall():
    tempo = learn_tempo(np.array([0, 5]), np.array([50, 50]), np.zeros(2, bool), 1)
    assert tempo.between(np.array([3]), np.array([40]))[0] == 37
