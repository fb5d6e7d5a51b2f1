"""Published answers: the Columbus data, global and local; and maps that hold no cluster."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from nakhon_dash.analysis import moran
from tests.unit.analysis.reference import needs_files, table


def columbus():
    rows, links = table("columbus_ref"), table("columbus_queen").to_numpy() - 1
    weights = np.zeros((len(rows), len(rows)))
    weights[links[:, 0], links[:, 1]] = weights[links[:, 1], links[:, 0]] = 1
    return rows, moran.row_standardised(sparse.csr_array(weights))


def chain(n):
    return sparse.csr_array(np.eye(n, k=1) + np.eye(n, k=-1))


@needs_files
def test_columbus_crime_clusters_as_published():
    rows, weights = columbus()
    found = moran.moran(rows["CRIME"].to_numpy(), weights)
    assert found.i == pytest.approx(0.50018855718, abs=1e-8)
    assert found.z == pytest.approx(5.58938267504, abs=1e-8)


@needs_files
def test_local_values_and_their_z_are_those_of_the_reference():
    rows, weights = columbus()
    found = moran.local(rows["CRIME"].to_numpy(), weights, runs=99)
    np.testing.assert_allclose(found.i, rows["Ii"], atol=1e-8)
    np.testing.assert_allclose(found.z, rows["Zi"], atol=1e-8)


@needs_files
def test_relabelling_agrees_with_the_analytic_p():
    rows, weights = columbus()
    found = moran.local(rows["CRIME"].to_numpy(), weights)
    assert np.corrcoef(found.p, rows["p"])[0, 1] > 0.99


def test_a_chain_of_like_beside_like_is_positive_and_of_unlike_negative():
    weights = moran.row_standardised(chain(8))
    assert moran.moran(np.array([1, 1, 1, 1, 5, 5, 5, 5]), weights).i > 0.6
    assert moran.moran(np.array([1, 5] * 4), weights).i == pytest.approx(-1)


def test_high_among_high_and_low_among_low_are_named():
    x = np.r_[np.full(20, 9.0), np.full(20, 1.0)] + np.random.default_rng(2).normal(0, 0.1, 40)
    near = sum(np.eye(40, k=k) + np.eye(40, k=-k) for k in (1, 2, 3))
    found = moran.local(x, moran.row_standardised(sparse.csr_array(near)), runs=999).verdict()
    assert found[10] == "HH"
    assert found[30] == "LL"


def test_relabelling_comes_near_to_every_possible_one():
    x, weights = np.array([9.0, 7, 8, 1, 2, 4, 0, 3]), moran.row_standardised(chain(8))
    found, lag = moran.local(x, weights), weights @ (x - x.mean())
    for cell in range(8):
        others, m = np.delete(x - x.mean(), cell), int(np.diff(weights.indptr)[cell])
        means = np.array([others[list(pick)].mean() for pick in combinations(range(7), m)])
        tails = (means >= lag[cell] - 1e-9).mean(), (means <= lag[cell] + 1e-9).mean()
        assert found.p[cell] == pytest.approx(min(2 * min(tails), 1), abs=0.03)


def test_cells_that_all_touch_each_other_say_nothing():
    weights = moran.row_standardised(sparse.csr_array(np.ones((5, 5))))
    assert (moran.local(np.array([1.0, 2, 3, 4, 50]), weights, runs=99).p == 1).all()


def test_equal_values_are_no_cluster():
    assert moran.moran(np.ones(9), chain(9)) is None
    assert set(moran.local(np.ones(9), moran.row_standardised(chain(9)), runs=19).verdict()) == {"ns"}


def test_a_cell_without_neighbours_is_never_significant():
    weights = sparse.csr_array(np.zeros((5, 5)))
    assert set(moran.local(np.arange(5), weights, runs=19).verdict()) == {"ns"}


@given(st.lists(st.floats(-100, 100), min_size=5, max_size=20), st.floats(0.1, 50), st.floats(-50, 50))
def test_scale_and_origin_do_not_matter(values, scale, shift):
    x, weights = np.round(np.array(values), 3), moran.row_standardised(chain(len(values)))
    a, b = moran.moran(x, weights), moran.moran(x * scale + shift, weights)
    if a is not None and b is not None and np.ptp(x) > 0.01:
        assert a.i == pytest.approx(b.i, abs=1e-6)
