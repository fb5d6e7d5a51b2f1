"""Log-rank tests of several groups, within strata and over pairs, against scipy and against a count by hand."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from nakhon_dash.analysis.survival_groups import compared, holm, logrank, pairs, risk_table
from tests.unit.analysis.reference import needs_files, table

ROWS = st.lists(
    st.tuples(st.integers(0, 30), st.booleans(), st.sampled_from("abc"), st.sampled_from("xy"), st.integers(1, 3)),
    min_size=2, max_size=60,
)  # fmt: skip


def columns(rows):
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def by_hand(t, done, group, stratum):
    """Observed less expected of the first group, and its variance, summed over strata: two groups."""
    first = group == np.unique(group)[0]
    excess = variance = 0.0
    for layer in np.unique(stratum):
        here = stratum == layer
        for moment in np.unique(t[here & done]):
            risk = here & (t >= moment)
            d, n, mine = (here & done & (t == moment)).sum(), risk.sum(), (risk & first).sum()
            excess += (here & done & first & (t == moment)).sum() - d * mine / n
            variance += mine * (n - mine) * d * (n - d) / (n * n * max(n - 1, 1))
    return excess, variance


def test_two_groups_agree_with_scipy():
    rng = np.random.default_rng(1)
    t, done, group = rng.integers(1, 60, 200), rng.random(200) < 0.7, rng.integers(0, 2, 200)
    sides = [stats.CensoredData.right_censored(t[group == g], ~done[group == g]) for g in (0, 1)]
    expected = stats.logrank(*sides)
    found = logrank(t, done, group)
    assert found.statistic == pytest.approx(expected.statistic**2, rel=1e-9)
    assert found.p == pytest.approx(expected.pvalue, rel=1e-9)


@given(ROWS)
def test_strata_are_summed_before_the_test(rows):
    t, done, group, stratum, _ = columns([row for row in rows if row[2] != "c"] or rows)
    assume(len(np.unique(group)) == 2)
    excess, variance = by_hand(t, done, group, stratum)
    found = logrank(t, done, group, stratum)
    if variance > 1e-12:
        assert (found.df, found.statistic) == (1, pytest.approx(excess**2 / variance, rel=1e-6, abs=1e-9))
    else:
        assert found.df == 0


@given(ROWS, st.randoms())
def test_order_and_names_of_groups_do_not_matter(rows, rng):
    t, done, group, stratum, n = columns(rows)
    assume(len(np.unique(group)) > 1)
    found = logrank(t, done, group, stratum, n)
    renamed = np.array([{"a": "z", "b": "y", "c": "w"}[code] for code in group])
    again = logrank(t, done, renamed, stratum, n)
    shuffled = columns(rng.sample(rows, len(rows)))
    for other in (again, logrank(*shuffled)):
        assert (other.df, other.statistic) == (found.df, pytest.approx(found.statistic, rel=1e-6, abs=1e-8))
    assert found.df == 0 or 0 <= found.p <= 1


@given(ROWS)
def test_every_pair_is_the_test_of_the_two_alone(rows):
    t, done, group, stratum, n = columns(rows)
    found = pairs(risk_table(t, done, group, stratum, n))
    assert [(p.first, p.second) for p in found] == list(combinations(np.unique(group), 2))
    for pair in found:
        two = np.isin(group, (pair.first, pair.second))
        alone = logrank(t[two], done[two], group[two], stratum[two], n[two])
        assert (pair.test.df, pair.test.statistic) == (alone.df, pytest.approx(alone.statistic, rel=1e-6, abs=1e-9))


def test_groups_that_share_no_stratum_cannot_be_compared():
    found = risk_table(np.array([1, 2, 3, 4]), np.ones(4), np.array(list("aabb")), np.array(list("xxyy")))
    assert compared(found).df == 0
    assert np.isnan(pairs(found)[0].p_holm)


def test_who_is_answered_sooner_has_more_answers_than_expected():
    rows = risk_table(np.array([1, 2, 3, 10, 11, 12]), np.ones(6), np.array(list("aaabbb")))
    assert pairs(rows)[0].excess > 0


def test_nobody_answered_leaves_nothing_to_compare():
    assert logrank(np.array([1, 2]), np.array([0, 0]), np.array(["a", "b"])).df == 0


def test_holm_of_four_p_values_is_the_one_of_the_paper():
    # ordered .005 .01 .03 .04: times 4, 3, 2, 1, never falling
    assert list(holm(np.array([0.01, 0.04, 0.03, 0.005]))) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_leaves_out_what_is_not_known():
    assert holm(np.array([np.nan, 0.02]))[1] == 0.02
    assert np.isnan(holm(np.array([np.nan]))).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_lowers_a_p_value_and_keeps_the_order(values):
    p = np.array(values)
    found = holm(p)
    assert (found >= p).all()
    assert (found <= 1).all()
    order = np.argsort(p, kind="stable")
    assert (np.diff(found[order]) >= 0).all()


@needs_files
def test_lung_by_sex_within_performance_agrees_with_a_count_by_hand():
    lung = table("lung")
    lung = lung[lung["ph.ecog"].isin([0, 1, 2])]
    t, done = lung["time"].to_numpy(), (lung["status"] == 2).to_numpy()
    sex, ecog = lung["sex"].to_numpy(), lung["ph.ecog"].to_numpy()
    excess, variance = by_hand(t, done, sex, ecog)
    assert logrank(t, done, sex, ecog).statistic == pytest.approx(excess**2 / variance, rel=1e-10)
    assert logrank(t, done, sex).statistic != pytest.approx(excess**2 / variance, rel=1e-3)
