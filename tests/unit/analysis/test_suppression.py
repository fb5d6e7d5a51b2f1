"""No small count can be worked out from the sums that stand beside it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.analysis.suppression import given_back, hide

K = 5


def _parents(size, each):
    return [np.arange(first, min(first + each, size)) for first in range(0, size, each)]


def test_without_small_counts_nothing_is_hidden():
    assert not hide(np.array([0, 5, 900]), K, [np.arange(3)]).any()


def test_a_small_count_never_stands_alone_in_its_sum():
    hidden = hide(np.array([3, 40, 12, 0, 7, 9]), K, _parents(6, 3))
    assert hidden.tolist() == [True, False, True, False, False, False]


def test_two_small_counts_that_are_few_together_take_a_third():
    assert hide(np.array([1, 1, 6, 8]), K, [np.arange(4)]).tolist() == [True, True, True, False]


def test_a_difference_of_two_sums_gives_nothing_back():
    """Both sums alone are safe: 2 + 3 and 2 + 3 + 4; their difference would tell the 4."""
    groups = [np.array([0, 1, 5]), np.array([0, 1, 2]), np.array([2, 3, 4])]
    n = np.array([2, 3, 4, 20, 30, 40])
    assert given_back(np.array([True, True, True, False, False, False]), groups).tolist() == [2]
    assert len(given_back(hide(n, K, groups), groups)) == 0


counts = st.lists(st.integers(0, 12), min_size=4, max_size=40)


@given(counts, st.integers(2, 7), st.integers(2, 9))
def test_no_sum_reveals_a_hidden_cell(values, each, clustered):
    n = np.array(values)
    groups = [*_parents(len(n), each), np.arange(1, min(clustered, len(n))), np.arange(len(n))]
    hidden = hide(n, K, groups)
    assert hidden[(n > 0) & (n < K)].all()
    told = [group for group in groups if not (hidden[group].all() and n[group].sum() < K)]
    assert len(given_back(hidden, told)) == 0 or hidden.all()
    for group in told:
        inside = group[hidden[group]]
        if len(inside) and len(inside) < len(group):
            assert len(inside) >= 2
            assert n[inside].sum() >= K


@given(counts, st.permutations(range(6)))
def test_the_order_of_the_sums_hides_no_small_count_less(values, order):
    n = np.array(values)
    groups = [*_parents(len(n), 8), np.arange(len(n))]
    for turned in (groups, groups[::-1]):
        assert hide(n, K, turned)[(n > 0) & (n < K)].all()


@pytest.mark.parametrize("size", [0, 1])
def test_nothing_and_one_count_are_no_fault(size):
    assert hide(np.full(size, 3), K, [np.arange(size)]).tolist() == [True] * size
