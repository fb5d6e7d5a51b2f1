"""Published answers: Freireich's leukaemia trial, and the outputs of a reference program kept beside the repository."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.analysis.incidence import endings
from nakhon_dash.analysis.survival import curve
from nakhon_dash.analysis.survival_groups import logrank
from tests.unit.analysis.reference import needs_files, table

# Freireich et al. 1963, weeks in remission; + = still in remission
DRUG = ([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
PLACEBO = ([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [])


def arrays(arm):
    ended, waiting = arm
    return np.array(ended + waiting), np.array([True] * len(ended) + [False] * len(waiting))


def both():
    (a, a_end), (b, b_end) = arrays(DRUG), arrays(PLACEBO)
    return np.concatenate([a, b]), np.concatenate([a_end, b_end]), np.repeat(["drug", "placebo"], [len(a), len(b)])


def test_leukaemia_medians_and_limits_are_the_published_ones():
    drug, placebo = curve(*arrays(DRUG)), curve(*arrays(PLACEBO))
    assert (drug.quantile(0.5), placebo.quantile(0.5)) == (23, 8)
    assert drug.quantile_limits(0.5) == (13, None)
    assert placebo.quantile_limits(0.5) == (4, 11)


def test_leukaemia_share_and_restricted_mean_are_the_published_ones():
    drug, placebo = curve(*arrays(DRUG)), curve(*arrays(PLACEBO))
    assert float(drug.at(10)) == pytest.approx(0.752941, abs=1e-6)
    assert drug.limits(10) == pytest.approx((0.503200, 0.889362), abs=1e-6)
    assert drug.restricted_mean(20) == pytest.approx((16.116527, 1.251560), abs=1e-6)
    assert placebo.restricted_mean(20) == pytest.approx((8.428571, 1.268083), abs=1e-6)


def test_leukaemia_log_rank_is_the_published_one():
    found = logrank(*both())
    assert (found.statistic, found.df) == (pytest.approx(16.7929, abs=1e-4), 1)
    assert found.p == pytest.approx(4.169e-05, rel=1e-3)


def test_log_rank_of_one_group_is_refused():
    with pytest.raises(ValueError, match="two groups"):
        logrank(np.array([1.0]), np.array([True]), np.array(["a"]))


def test_the_median_of_an_even_number_is_the_middle():
    assert curve([10, 20, 30, 40], [1, 1, 1, 1]).quantile(0.5) == 25


@pytest.mark.parametrize("n", [1, 2, 3, 7, 10, 999, 1000])
def test_without_open_cases_the_median_is_the_plain_one(n):
    waits = np.random.default_rng(n).integers(0, 5_000, n)
    assert curve(waits, np.ones(n)).quantile(0.5) == np.median(waits)


def test_a_curve_that_stays_above_half_has_no_median():
    open_mostly = curve([1, 5, 5, 5], [1, 0, 0, 0])
    assert open_mostly.quantile(0.5) is None
    assert open_mostly.quantile_limits(0.5)[1] is None


def test_an_answer_in_the_same_instant_counts():
    at_once = curve([0, 0, 10], [1, 1, 1])
    assert float(at_once.at(0)) == pytest.approx(1 / 3)
    assert at_once.quantile(0.5) == 0


def test_nobody_gives_an_empty_curve_not_an_error():
    nobody = curve([], [])
    assert (nobody.n, nobody.quantile(0.5), float(nobody.at(5))) == (0, None, 1.0)


def test_until_someone_waits_the_share_is_the_exact_fraction():
    waits = np.arange(1, 8)
    assert float(curve(waits, np.ones(7)).at(3)) == 4 / 7


def test_limits_are_unknown_where_all_or_nobody_waits():
    found = curve([1, 2, 3], [1, 1, 1])
    assert found.limits(0.5) == (None, None)
    assert found.limits(3) == (None, None)


WAITS = st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.integers(1, 4)), min_size=1, max_size=60)


@given(WAITS, st.randoms())
def test_a_curve_falls_inside_0_and_1_and_does_not_mind_the_order(rows, rng):
    found = curve(*map(np.array, zip(*rows, strict=True)))
    assert ((found.s >= 0) & (found.s <= 1)).all()
    assert (np.diff(found.s) <= 1e-12).all()
    rng.shuffle(rows)
    again = curve(*map(np.array, zip(*rows, strict=True)))
    np.testing.assert_array_equal(found.s, again.s)


@given(WAITS)
def test_a_row_of_several_cases_counts_as_several_rows(rows):
    t, done, n = map(np.array, zip(*rows, strict=True))
    short, long = curve(t, done, n), curve(np.repeat(t, n), np.repeat(done, n))
    np.testing.assert_array_equal(short.s, long.s)
    np.testing.assert_array_equal(short.at_risk, long.at_risk)
    assert (short.n, short.n_events, short.last) == (long.n, long.n_events, long.last)


@needs_files
def test_lung_curve_agrees_with_the_reference_program():
    rows, expected = table("lung"), table("lung_km")
    found = curve(rows["time"].to_numpy(), (rows["status"] == 2).to_numpy())
    low, high = found.band()
    events = expected["d"] > 0
    np.testing.assert_allclose(found.s, expected["S"][events], atol=1e-12)
    np.testing.assert_allclose(low[:-1], expected["lo"][events][:-1], atol=1e-9)
    np.testing.assert_allclose(high[:-1], expected["hi"][events][:-1], atol=1e-9)
    assert (found.quantile(0.5), *found.quantile_limits(0.5)) == (310, 284, 361)
    assert found.restricted_mean(365) == pytest.approx((263.222, 7.79886), rel=1e-5)
    assert found.limits(365) == pytest.approx((0.338714, 0.478381), abs=1e-6)


@needs_files
@pytest.mark.parametrize(
    ("name", "time", "ended", "group", "statistic", "medians"),
    [
        ("lung", "time", lambda r: r["status"] == 2, "sex", 10.3267, [(270, 210, 306), (426, 345, 524)]),
        ("ovarian", "futime", lambda r: r["fustat"] == 1, "rx", 1.06274, None),
        ("aml", "time", lambda r: r["status"] == 1, "x", 3.39639, [(31, 13, None), (23, 5, 33)]),
        ("waltons", "T", lambda r: r["E"] == 1, "group", 122.249, [(58, 56, 60), (26, 19, 29)]),
    ],
)
def test_groups_agree_with_the_reference_program(name, time, ended, group, statistic, medians):
    rows = table(name)
    t, e, g = rows[time].to_numpy(), ended(rows).to_numpy(), rows[group].to_numpy()
    # the table prints six digits
    assert logrank(t, e, g).statistic == pytest.approx(statistic, rel=1e-5)
    found = [curve(t[g == code], e[g == code]) for code in np.unique(g)]
    if medians:
        assert [(c.quantile(0.5), *c.quantile_limits(0.5)) for c in found] == medians


@needs_files
def test_ovarian_medians_and_lung_with_three_groups():
    rows = table("ovarian")
    arms = [rows[rows["rx"] == arm] for arm in (1, 2)]
    assert [curve(a["futime"].to_numpy(), a["fustat"].to_numpy()).quantile(0.5) for a in arms] == [638, None]
    lung = table("lung")
    lung = lung[lung["ph.ecog"].isin([0, 1, 2])]
    found = logrank(lung["time"].to_numpy(), (lung["status"] == 2).to_numpy(), lung["ph.ecog"].to_numpy())
    assert (found.df, found.statistic) == (2, pytest.approx(18.0121, abs=1e-4))
    assert found.p == pytest.approx(0.000123, abs=1e-6)


@needs_files
def test_competing_endings_agree_with_the_reference_program():
    rows = table("mgus2")
    t, e = rows["t"].to_numpy(), rows["e"].to_numpy()
    found = endings(t, e, (1, 2))
    for kind, expected in ((1, [0.0341037, 0.0637222, 0.0998137]), (2, [0.3203670, 0.5318177, 0.7240280])):
        assert list(found.at(kind, np.array([60, 120, 240]))) == pytest.approx(expected, abs=1e-7)
    assert 1 - float(curve(t, e == 1).at(240)) == pytest.approx(0.2096, abs=5e-5)
