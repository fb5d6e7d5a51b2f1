"""Queues with known answers, and what more crews may and may not do."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nakhon_dash.analysis.queueing import Crews, duty_hours, service_times, simulate

ALWAYS = (True,) * 24
OFFICE = tuple(8 <= hour < 17 for hour in range(24))


def erlang_c_wait(arrivals, service, crews):
    """Mean time in the queue of M/M/c (Erlang 1917); `arrivals` an hour, mean `service` hours."""
    load = arrivals * service
    last = load**crews / math.factorial(crews) * crews / (crews - load)
    waits = last / (sum(load**k / math.factorial(k) for k in range(crews)) + last)
    return waits * service / (crews - load)


@pytest.mark.parametrize(("crews", "load"), [(1, 0.6), (2, 0.8), (5, 0.85)])
def test_the_mean_wait_is_that_of_erlang(crews, load):
    random, runs, n = np.random.default_rng(crews), 60, 6_000
    arrivals = load * crews / 5.0
    received = np.cumsum(random.exponential(1 / arrivals, (runs, n)), axis=1)
    service = random.exponential(5.0, (runs, n))
    queue = (simulate(received, service, [Crews(crews, crews, ALWAYS)] * runs) - service)[:, n // 4 :].mean(axis=1)
    error = queue.std(ddof=1) / math.sqrt(runs)
    assert queue.mean() == pytest.approx(erlang_c_wait(arrivals, 5.0, crews), abs=3 * error + 0.01)


CASES = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 20)), min_size=1, max_size=40)


@given(CASES, st.integers(1, 4), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_nobody_waits_longer_when_crews_are_added(cases, crews, more):
    received = np.array([sorted(a for a, _ in cases)])
    service = np.array([[s for _, s in cases]])
    few, many = (simulate(received, service, [Crews(c, c, OFFICE)]) for c in (crews, crews + more))
    assert (many <= few + 1e-9).all()


@given(CASES)
@settings(max_examples=30, deadline=None)
def test_with_a_crew_for_every_case_nobody_queues(cases):
    received = np.array([sorted(a for a, _ in cases)])
    service = np.array([[s for _, s in cases]])
    waits = simulate(received, service, [Crews(60, 60, ALWAYS)])
    np.testing.assert_allclose(waits, service, atol=2 / 60 + 1e-6)


def test_without_a_crew_on_days_off_a_case_of_saturday_is_begun_on_monday():
    received, service = np.array([[5 * 24 + 10.0]]), np.array([[2.0]])
    assert simulate(received, service, [Crews(1, 0, OFFICE)])[0, 0] == pytest.approx(2 * 24 + 8 + 2 - 10)
    assert simulate(received, service, [Crews(1, 1, OFFICE)])[0, 0] == pytest.approx(2)


def test_work_goes_on_the_next_morning():
    received, service = np.array([[16.0]]), np.array([[3.0]])
    assert simulate(received, service, [Crews(1, 1, OFFICE)])[0, 0] == pytest.approx(1 + 15 + 2)


def test_runs_with_different_crews_do_not_touch_each_other():
    random = np.random.default_rng(2)
    received = np.tile(np.sort(random.uniform(0, 400, 200)), (3, 1))
    service = np.tile(random.exponential(4, 200), (3, 1))
    crews = [Crews(2, 1, OFFICE), Crews(3, 3, OFFICE), Crews(2, 2, OFFICE)]
    together = simulate(received, service, crews)
    for i, own in enumerate(crews):
        np.testing.assert_allclose(together[i], simulate(received[:1], service[:1], [own])[0])


def test_the_work_of_a_single_crew_is_read_off_its_closes():
    random = np.random.default_rng(4)
    received, service = np.sort(random.uniform(0, 500, 100)), random.integers(1, 300, 100) / 60
    crews = Crews(1, 1, OFFICE)
    closed = received + simulate(received[None], service[None], [crews])[0]
    np.testing.assert_allclose(service_times(received, closed, crews), service, atol=2 / 60)


def test_the_hours_of_work_are_those_in_which_cases_close():
    closed = np.concatenate([np.full(50, 9.5), np.full(40, 15.2), np.full(1, 23.0)])
    assert duty_hours(closed) == tuple(9 <= hour <= 15 for hour in range(24))
    assert duty_hours(np.zeros(0)) == (True,) * 24
