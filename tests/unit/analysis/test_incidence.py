"""Several ways to end: shares, what is left, limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.analysis.incidence import endings
from nakhon_dash.analysis.survival import curve
from tests.unit.analysis.reference import needs_files, table

ROWS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=50)
KINDS = (1, 2, 3)


def columns(rows):
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def test_while_nobody_is_open_the_share_and_its_variance_are_those_of_a_count():
    rng = np.random.default_rng(4)
    t, kind = rng.integers(0, 50, 300), rng.integers(1, 4, 300)
    found = endings(t, kind, KINDS)
    for way in KINDS:
        share = ((kind == way) & (t <= 20)).mean()
        assert float(found.at(way, 20)) == pytest.approx(share, abs=1e-12)
        i = int(np.searchsorted(found.t, 20, side="right")) - 1
        assert found.variance[way - 1, i] == pytest.approx(share * (1 - share) / 300, rel=1e-9)


@given(ROWS)
def test_one_way_to_end_is_the_kaplan_meier_curve_with_its_limits(rows):
    t, kind, n = columns(rows)
    found, other = endings(t, kind, (1,), n), curve(t, kind == 1, n)
    np.testing.assert_allclose(found.s, other.s, atol=1e-12)
    for time in (0, 5, 29):
        low, high = other.limits(time)
        if low is not None and 0 < float(found.at(1, time)) < 1:
            assert found.limits(1, time) == pytest.approx((1 - high, 1 - low), abs=1e-7)


@given(ROWS)
def test_endings_and_those_who_wait_make_a_whole(rows):
    t, kind, n = columns(rows)
    found = endings(t, kind, KINDS, n)
    np.testing.assert_allclose(found.f.sum(0) + found.s, 1, atol=1e-12)
    assert (np.diff(found.f, axis=1) >= 0).all()
    long = endings(np.repeat(t, n), np.repeat(kind, n), KINDS)
    np.testing.assert_allclose(found.f, long.f, atol=1e-12)
    np.testing.assert_allclose(found.variance, long.variance, atol=1e-12)


@given(ROWS)
def test_limits_hold_the_share_between_0_and_1(rows):
    t, kind, n = columns(rows)
    found = endings(t, kind, KINDS, n)
    for way in KINDS:
        low, high = found.limits(way, 15)
        if low is not None:
            assert 0 <= low <= float(found.at(way, 15)) <= high <= 1


def slowly(found, k, time, at_risk):
    """The variance at one time, term by term from the formula of the docstring."""
    inside = found.t <= time
    f, s = found.f[k][inside], found.s[inside]
    d, n = found.events[:, inside], at_risk[inside]
    before, last = np.concatenate(([1.0], s[:-1])), f[-1]
    total = 0.0
    for i in range(len(f)):
        p = d[:, i] / n[i]
        later = (last - f[i]) / s[i] if s[i] > 0 else 0.0
        weights = np.where(np.arange(len(p)) == k, 1 - later, -later)
        total += before[i] ** 2 / n[i] * ((weights**2 * p).sum() - (weights * p).sum() ** 2)
    return total


def test_running_sums_give_the_variance_of_each_time():
    rng = np.random.default_rng(9)
    t, kind = rng.integers(0, 40, 500), rng.integers(0, 4, 500)
    found = endings(t, kind, KINDS)
    at_risk = np.array([(t >= moment).sum() for moment in found.t])
    for k in range(3):
        for i in (0, 7, 25, len(found.t) - 1):
            assert found.variance[k, i] == pytest.approx(slowly(found, k, found.t[i], at_risk), rel=1e-9)


def test_nobody_gives_nothing_not_an_error():
    found = endings([], [], KINDS)
    assert (found.n, float(found.at(1, 5)), float(found.waiting(5)), found.limits(1, 5)) == (0, 0, 1, (None, None))


def test_all_open_have_no_ending():
    found = endings([3, 4], [0, 0], KINDS)
    assert (float(found.waiting(10)), found.limits(2, 10)) == (1, (None, None))


@needs_files
def test_the_interval_agrees_with_one_from_resampling_the_patients():
    rows = table("mgus2")
    t, kind = rows["t"].to_numpy(), rows["e"].to_numpy()
    found = endings(t, kind, (1, 2))
    rng = np.random.default_rng(12)
    again = [float(endings(t[pick], kind[pick], (1, 2)).at(1, 120)) for pick in rng.integers(0, len(t), (400, len(t)))]
    i = int(np.searchsorted(found.t, 120, side="right")) - 1
    assert np.sqrt(found.variance[0, i]) == pytest.approx(np.std(again), rel=0.1)
