"""Mix and performance add up to the change exactly, whatever groups come and go."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.analysis.decompose import decompose
from nakhon_dash.analysis.intervals import newcombe

GROUP = st.tuples(st.integers(0, 500), st.floats(0, 1), st.integers(0, 500), st.floats(0, 1))


def _arrays(groups):
    n0, r0, n1, r1 = (np.array(column) for column in zip(*groups, strict=True))
    return np.floor(n0 * r0), n0, np.floor(n1 * r1), n1


@given(st.lists(GROUP, min_size=1, max_size=40))
def test_the_parts_add_up_to_the_change(groups):
    k0, n0, k1, n1 = _arrays(groups)
    found = decompose(k0, n0, k1, n1)
    if not n0.sum() or not n1.sum():
        assert found is None
        return
    change = k1.sum() / n1.sum() - k0.sum() / n0.sum()
    assert found.mix.sum() + found.performance.sum() == pytest.approx(change, abs=1e-12)
    assert found.total == pytest.approx(change, abs=1e-12)
    low, high = found.limits
    both = (n0 > 0) & (n1 > 0)
    assert np.isnan(low[~both]).all()
    assert (low[both] <= found.performance[both] + 1e-12).all()
    assert (found.performance[both] <= high[both] + 1e-12).all()
    assert found.performance[~both] == pytest.approx(0)


@given(st.lists(GROUP, min_size=2, max_size=12), st.randoms())
def test_the_order_of_the_groups_does_not_matter(groups, chance):
    order = list(range(len(groups)))
    chance.shuffle(order)
    straight, mixed = decompose(*_arrays(groups)), decompose(*_arrays([groups[i] for i in order]))
    if straight is not None:
        assert straight.mix[order] == pytest.approx(mixed.mix, abs=1e-12)
        assert straight.performance[order] == pytest.approx(mixed.performance, abs=1e-12)


@given(st.lists(GROUP, min_size=1, max_size=12))
def test_looking_backward_turns_every_sign(groups):
    k0, n0, k1, n1 = _arrays(groups)
    there, back = decompose(k0, n0, k1, n1), decompose(k1, n1, k0, n0)
    if there is not None:
        assert there.mix == pytest.approx(-back.mix, abs=1e-12)
        assert there.performance == pytest.approx(-back.performance, abs=1e-12)


def test_equal_shares_and_other_work_is_all_mix():
    found = decompose([90, 50], [100, 100], [180, 5], [200, 10])
    assert found.performance == pytest.approx([0, 0])
    assert found.mix.sum() == pytest.approx(185 / 210 - 0.7)


def test_equal_work_done_worse_is_all_performance():
    found = decompose([90, 50], [100, 100], [80, 50], [100, 100])
    assert found.mix == pytest.approx([0, 0])
    assert found.performance == pytest.approx([-0.05, 0])


def test_more_of_the_hard_work_lowers_through_its_own_group():
    """Floods, half on time, grow from 10 to 30 in 100; both groups give part of the fall, none gives a gain."""
    found = decompose([81, 5], [90, 10], [63, 15], [70, 30])
    assert found.total == pytest.approx(-0.08)
    assert found.mix == pytest.approx([-0.016, -0.064])


def test_a_group_of_one_period_is_all_mix():
    found = decompose([90, 0], [100, 0], [90, 2], [100, 20])
    assert found.performance == pytest.approx([0, 0])
    assert found.mix[1] < 0
    assert np.isnan(found.rate0[1])


def test_intervals_are_newcombes_times_the_weight():
    found = decompose([56], [70], [48], [80])
    assert (found.limits[0][0], found.limits[1][0]) == pytest.approx(newcombe(48, 80, 56, 70))
    assert found.performance_limits == pytest.approx(found.total_limits)
    assert found.mix_limits == pytest.approx((0, 0))  # one group: no other work is possible


def test_without_a_real_change_all_parts_are_noise_about_19_times_in_20():
    rng = np.random.default_rng(6)
    n0, n1, rate = rng.integers(10, 400, 20), rng.integers(10, 400, 20), rng.uniform(0.5, 0.98, 20)
    clean, held, mixed = [], [], []
    share0, share1 = n0 / n0.sum(), n1 / n1.sum()
    true = decompose(n0 * rate, n0, n1 * rate, n1).mix.sum()
    for _ in range(500):
        a, b = rng.multinomial(n0.sum(), share0), rng.multinomial(n1.sum(), share1)
        found = decompose(rng.binomial(a, rate), a, rng.binomial(b, rate), b)
        low, high = found.limits
        clean.append(bool(((low <= 0) & (high >= 0)).all()))
        held.append(found.performance_limits[0] <= 0 <= found.performance_limits[1])
        mixed.append(found.mix_limits[0] <= true <= found.mix_limits[1])
    assert np.mean(clean) == pytest.approx(0.95, abs=0.025)
    assert np.mean(held) == pytest.approx(0.95, abs=0.025)
    assert np.mean(mixed) > 0.93
