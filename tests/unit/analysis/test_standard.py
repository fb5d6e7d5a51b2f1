"""Adjusting for the mix of work removes what the mix explains, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from nakhon_dash.analysis.intervals import wilson
from nakhon_dash.analysis.standard import association, spread, standardise

# Admissions to Berkeley by sex (rows: men, women) and department: Bickel, Hammel & O'Connell 1975, Science 187:398.
ADMITTED = np.array([[512, 353, 120, 138, 53, 22], [89, 17, 202, 131, 94, 24]])
APPLIED = np.array([[825, 560, 325, 417, 191, 373], [108, 25, 593, 375, 393, 341]])


def test_a_part_with_hard_work_is_not_blamed_for_it():
    n = np.array([[900, 100], [100, 900]])
    found = standardise(n * np.array([0.9, 0.5]), n)
    assert found.observed / found.n == pytest.approx([0.86, 0.54])
    assert found.share == pytest.approx([0.7, 0.7])


def test_observed_and_expected_add_up_over_the_whole():
    found = standardise(ADMITTED, APPLIED)
    assert found.expected.sum() == pytest.approx(found.observed.sum())


def test_one_stratum_leaves_the_share_and_its_interval_as_they_are():
    found = standardise([[40], [10]], [[50], [40]])
    assert found.share == pytest.approx([0.8, 0.25])
    assert [found.low[1], found.high[1]] == pytest.approx(wilson(10, 40))


def test_a_part_that_works_alone_has_nothing_to_compare_with():
    found = standardise([[40, 0], [0, 10]], [[50, 0], [0, 40]])
    assert found.overlap == pytest.approx([0, 0])
    assert found.share == pytest.approx([found.centre, found.centre])


def test_women_were_not_admitted_less_for_equal_departments():
    statistic, df = association(ADMITTED, APPLIED)
    assert statistic == pytest.approx(1.5246, abs=5e-5)  # the published Mantel-Haenszel statistic, no correction
    assert df == 1
    found = spread(ADMITTED, APPLIED)
    assert found.p == pytest.approx(0.2169, abs=5e-5)
    assert (found.best, found.worst) == (1, 0)
    assert found.low < 0 < found.high


@given(st.lists(st.tuples(st.integers(2, 60), st.integers(0, 60)), min_size=2, max_size=6))
def test_with_one_stratum_the_test_is_pearsons(rows):
    n = np.array([[n] for n, _ in rows])
    k = np.minimum(np.array([[k] for _, k in rows]), n)
    if not 0 < k.sum() < n.sum():
        assert association(k, n) == (0.0, 0)
        return
    pearson = chi2_contingency(np.hstack([k, n - k]), correction=False).statistic
    statistic, df = association(k, n)
    assert statistic == pytest.approx(pearson * (n.sum() - 1) / n.sum(), rel=1e-6, abs=1e-9)
    assert df == len(rows) - 1


def test_parts_that_do_not_differ_are_called_different_one_time_in_twenty():
    rng = np.random.default_rng(5)
    n = rng.integers(5, 200, (5, 12))
    rate = rng.uniform(0.5, 0.98, 12)
    runs = [spread(rng.binomial(n, rate), n) for _ in range(600)]
    assert np.mean([run.p < 0.05 for run in runs]) == pytest.approx(0.05, abs=0.025)
    assert np.mean([run.low > 0 for run in runs]) < 0.05


@pytest.mark.parametrize("zones", [2, 5, 15])
def test_the_interval_holds_the_true_adjusted_share_at_least_95_times_in_a_hundred(zones):
    rng = np.random.default_rng(zones)
    n = rng.integers(1, 120, (zones, 10))
    truth = np.clip(rng.uniform(0.5, 0.97, 10) + rng.normal(0, 0.05, (zones, 1)), 0.02, 0.98)
    target = standardise(n * truth, n).share
    held = []
    for _ in range(400):
        found = standardise(rng.binomial(n, truth), n)
        held.append((found.low <= target) & (target <= found.high))
    assert 0.945 < np.mean(held) <= 1
    assert np.mean(held, axis=0).min() > 0.92


def test_one_part_has_no_gap_and_no_freedom():
    assert spread([[3]], [[5]]) is None
    assert association([[3]], [[5]]) == (0.0, 0)


def test_a_share_never_passes_the_whole():
    found = standardise([[10, 0], [80, 20]], [[10, 0], [100, 100]])
    assert (found.share <= 1).all()
    assert (found.high <= 1).all()
