"""Published answers: salmonella agona by a reference program, and what a limit must obey whatever the counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from nakhon_dash.analysis import farrington
from tests.unit.analysis.reference import needs_files, table


def seasonal(weeks, seed, mean=6.0):
    time = np.arange(weeks)
    return np.random.default_rng(seed).poisson(mean * np.exp(0.5 * np.sin(2 * np.pi * time / 52)), weeks)


@needs_files
def test_salmonella_agona_has_the_reference_limits_in_all_52_weeks():
    counts, known = table("agona")["y"].to_numpy(float), table("farr_ref")
    for row in known.itertuples():
        seen = counts[None, : row.i]
        found = farrington.forecast(seen, years=3)
        limit = farrington.upper(found.mean, found.phi, alpha=0.05)[0]
        judged = bool(farrington.enough(seen)[0])
        assert judged is not np.isnan(row.flex_nb)
        assert not judged or limit == row.flex_nb
        assert (judged and counts[row.i - 1] > limit) == bool(row.al_nb == 1)
        if judged:
            assert found.phi[0] == pytest.approx(row.phi, abs=1.3e-5)
            assert found.mean[0] == pytest.approx(row.mu0, abs=1e-4)


@needs_files
def test_the_alarms_of_salmonella_agona_are_the_published_three():
    known = table("farr_ref")
    assert known["i"][known["al_nb"] == 1].tolist() == [262, 263, 264]
    limits = known["flex_nb"][:12].tolist()
    assert limits[:9] + limits[10:11] == [4] * 10
    assert np.isnan(limits[9])
    assert np.isnan(limits[11])


def test_a_level_city_expects_its_mean():
    counts = np.full((2, 264), 10.0)
    counts[1] = 3
    found = farrington.forecast(counts, years=5, shown=26)
    assert found.path == pytest.approx(counts[:, -26:], rel=1e-6)
    assert found.phi.tolist() == [1, 1]
    assert farrington.upper(found.mean, found.phi, 0.01).tolist() == stats.poisson.ppf(0.99, [10, 3]).tolist()


def test_a_season_is_expected_to_return():
    week = np.arange(264)
    counts = np.where((week - 263) % 52 == 0, 20.0, 4.0)[None, :]
    counts[0, 260:] = 0  # what happens now must not matter
    widened = np.where(np.isin((week - 263) % 52, [0, 1, 2, 3, 49, 50, 51]), 20.0, 4.0)[None, :]
    assert farrington.forecast(widened, years=5).mean[0] == pytest.approx(20, rel=0.01)
    assert farrington.forecast(widened, years=5, shown=26).path[0, 0] == pytest.approx(4, rel=0.01)


def test_the_last_half_year_does_not_move_what_is_expected():
    quiet = seasonal(264, seed=3)
    loud = quiet.copy()
    loud[-26:] *= 10
    both = farrington.forecast(np.array([quiet, loud]), years=5)
    assert both.mean[0] == both.mean[1]
    assert both.phi[0] == both.phi[1]


def test_a_past_outbreak_raises_the_limit_less_when_it_is_made_light():
    counts = seasonal(264, seed=4).astype(float)
    counts[263 - 104] = 90
    back = np.arange(263, 26, -1)
    x = np.column_stack([np.ones(len(back)), -back / 263])
    y = counts[None, 263 - back]
    plain = farrington.quasi_poisson(x, y)
    weights = farrington.down_weighted(x, y, plain)
    lighter = farrington.quasi_poisson(x, y, weights, start=plain)
    assert weights.sum() == pytest.approx(len(back))
    assert weights[0, 263 - 104] < 0.2
    assert lighter.phi[0] < plain.phi[0]


def test_the_regression_solves_its_own_equations():
    y = seasonal(120, seed=5)[None, :].astype(float)
    week = np.arange(120)
    x = np.column_stack([np.ones(120), np.sin(2 * np.pi * week / 52), week / 120])
    fit = farrington.quasi_poisson(x, y)
    assert x.T @ (y - fit.mean)[0] == pytest.approx(np.zeros(3), abs=1e-6)


def test_series_fitted_together_are_those_fitted_alone():
    counts = np.array([seasonal(264, seed, mean) for seed, mean in ((1, 2), (2, 9), (3, 30))])
    together = farrington.forecast(counts, years=5)
    alone = [farrington.forecast(counts[i : i + 1], years=5) for i in range(3)]
    assert together.mean == pytest.approx([one.mean[0] for one in alone], rel=1e-7)
    assert together.phi == pytest.approx([one.phi[0] for one in alone], rel=1e-6)


def test_no_cases_at_all_expect_none():
    found = farrington.forecast(np.zeros((1, 264)), years=5)
    assert found.mean[0] < 1e-6
    assert farrington.upper(found.mean, found.phi, 0.01)[0] <= 0


@given(st.floats(0.05, 60), st.floats(1, 8), st.integers(0, 90))
@settings(max_examples=60, deadline=None)
def test_tails_are_those_of_the_negative_binomial(mean, phi, count):
    phi = 1.0 if phi < 1.001 else phi
    law = stats.poisson(mean) if phi == 1 else stats.nbinom(mean / (phi - 1), 1 / phi)
    assert farrington.tail(np.array([count]), np.array([mean]), np.array([phi]))[0] == pytest.approx(
        law.sf(count - 1), abs=1e-10)
    limit = farrington.upper(np.array([mean]), np.array([phi]), 0.01)[0]
    assert law.sf(limit) <= 0.01 + 1e-12
    assert limit <= 0 or law.sf(limit - 1) > 0.01 - 1e-12


def test_years_of_comparison_follow_history():
    assert [farrington.years_of(weeks) for weeks in (0, 54, 55, 158, 159, 263, 900)] == [0, 0, 1, 2, 3, 5, 5]


def test_a_year_has_one_near_level_of_seven_weeks_and_nine_of_five():
    levels = farrington.seasons(np.arange(52))
    assert np.bincount(levels).tolist() == [7] + [5] * 9
    assert farrington.seasons(np.array([0, 3, 49, 52, 55])).tolist() == [0] * 5
