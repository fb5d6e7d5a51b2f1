"""Shares within so many days of a close, when some closes are too new to tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from nakhon_dash.analysis.followup import DAY, shares_of_causes, whole_days, within
from nakhon_dash.analysis.intervals import wilson


def days(*values):
    return np.array([round(value * DAY) for value in values], np.int64)


@pytest.mark.parametrize(
    ("follow_up", "expected"),
    [([], 0), ([45], 30), ([0.5], 0), ([3.9, 20, 40], 3), ([*range(1, 31)], 21), ([60] * 12 + [1] * 90, 30)],
)
def test_days_are_those_to_which_enough_were_followed(follow_up, expected):
    assert whole_days(days(*follow_up)) == expected


def test_everyone_followed_is_a_plain_share_with_wilson():
    found = within(days(1, 10, 31, 40, 50), np.array([True, True, True, False, False]), 30)
    assert (found.share, found.k, found.n) == (0.4, 2, 5)
    assert (found.low, found.high) == wilson(2, 5)


def test_the_newest_closes_count_as_long_as_they_were_followed():
    time, happened = days(2, 5, 5, 9, 12, 20, 30, 30), np.array([1, 0, 1, 0, 1, 0, 0, 0], bool)
    found = within(time, happened, 30)
    oracle = ecdf(CensoredData(uncensored=time[happened], right=time[~happened]))
    assert found.share == pytest.approx(1 - float(oracle.sf.evaluate(30 * DAY)), abs=1e-12)
    limits = oracle.sf.confidence_interval(method="log-log")
    assert found.low == pytest.approx(1 - float(limits.high.evaluate(30 * DAY)), abs=1e-9)
    assert found.high == pytest.approx(1 - float(limits.low.evaluate(30 * DAY)), abs=1e-9)


def test_nothing_seen_yet_is_not_nothing_for_sure():
    found = within(days(*[5] * 40, *[30] * 10), np.zeros(50, bool), 30)
    assert (found.share, found.low) == (0, 0)
    assert found.high == wilson(0, 10)[1]


causes = st.lists(st.tuples(st.floats(0, 40), st.integers(-1, 2)), min_size=1, max_size=80)


@given(causes, st.integers(1, 30))
def test_the_shares_of_all_causes_and_the_rest_add_up(rows, until):
    time, cause = days(*(row[0] for row in rows)), np.array([row[1] for row in rows])
    parts = shares_of_causes(time, cause, 3, until)
    assert (parts >= 0).all()
    assert parts.sum() == pytest.approx(within(time, cause >= 0, until).share, abs=1e-9)


def test_first_causes_of_a_fully_followed_group_are_counted():
    time, cause = days(0, 0, 4, 9, 31, 60, 60, 60), np.array([0, 0, 1, 2, 2, -1, -1, -1])
    assert shares_of_causes(time, cause, 3, 30).tolist() == [0.25, 0.125, 0.125]
