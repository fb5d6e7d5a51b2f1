"""What more crews do: found where there is a queue, not claimed where there is none."""

import numpy as np

from nakhon_dash.analysis.queueing import Crews, simulate
from nakhon_dash.analysis.staffing import SIZES, Quarter, fit, foretell, what_if, work_of

OFFICE = tuple(8 <= hour < 17 for hour in range(24))


def quarters(crews, load=0.8, seed=3, weeks=26, hours=2.0):
    """Two quarters of a department whose waits come from a queue for its crews."""
    random = np.random.default_rng(seed)
    n = int((crews.weekday * 5 + crews.weekend * 2) * 9 * load / hours * weeks)
    received = np.sort(random.integers(0, weeks * 7, n) * 24 + np.clip(random.normal(13, 4, n), 0, 23.9))
    wait = simulate(received[None], random.gamma(2, hours / 2, n)[None], [crews])[0]
    return halves(received, wait)


def halves(received, wait, weeks=13):
    out = []
    for start in (0, weeks * 168):
        own = (received >= start) & (received < start + weeks * 168)
        out.append(Quarter(received[own] - start, np.full(own.sum(), 48.0), wait[own], weeks))
    return out


def no_queue(seed=5, n=1_500):
    random = np.random.default_rng(seed)
    received = np.sort(random.uniform(0, 26 * 168, n))
    return halves(received, random.lognormal(3, 0.8, n))


def test_a_queue_is_found_and_its_next_quarter_foretold():
    before, last = quarters(Crews(4, 1, OFFICE))
    crews = fit(before, OFFICE, 0.25)
    assert 3 <= crews.weekday <= 6
    shares = foretell(last, work_of(before, [crews])[0], 13, crews, 60, 1)
    low, high = np.quantile(shares, [0.025, 0.975])
    assert low <= last.on_time <= high


def test_one_more_crew_on_days_off_helps_those_who_lack_one():
    _before, last = quarters(Crews(4, 0, OFFICE), load=0.9)
    crews = Crews(4, 0, OFFICE)
    shares = what_if(last, work_of(last, [crews])[0], [crews, Crews(4, 1, OFFICE), Crews(6, 2, OFFICE)], 40, 2)
    now, one, many = np.median(shares, axis=1)
    assert now + 0.05 < one <= many
    assert ((shares >= 0) & (shares <= 1)).all()


def test_waits_that_no_queue_explains_are_not_shortened_by_crews():
    before, last = no_queue()
    crews = fit(before, (True,) * 24, 1.0)
    assert crews.weekday == SIZES[-1]
    more = Crews(crews.weekday + 2, crews.weekend + 2, crews.hours)
    shares = what_if(last, work_of(last, [crews])[0], [crews, more], 40, 2)
    np.testing.assert_allclose(shares[0], shares[1], atol=0.005)


def test_the_same_question_has_the_same_answer():
    _before, last = quarters(Crews(3, 1, OFFICE))
    crews = Crews(3, 1, OFFICE)
    work = work_of(last, [crews])[0]
    np.testing.assert_array_equal(*(what_if(last, work, [crews], 10, 9) for _ in range(2)))


def test_open_cases_are_late_and_teach_no_work():
    received = np.array([10.0, 20.0, 30.0])
    quarter = Quarter(received, np.full(3, 48.0), np.array([5.0, np.inf, 60.0]), 1)
    assert quarter.on_time == 1 / 3
    assert len(work_of(quarter, [Crews(1, 1, OFFICE)])[0].service) == 2
