"""The truth table of all 17 classes, the Mann-Kendall answers, and taus of Boston."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from nakhon_dash.analysis import emerging
from tests.unit.analysis.reference import needs_files, table

TRUTH = [
    ("NNNNNNNNNH", 0, 1, "new_hot"), ("NNNNNNNHHH", 0, 1, "consecutive_hot"),
    ("HHHHHHHHHH", 2.5, 0.01, "intensifying_hot"), ("HHHHHHHHHH", 0.1, 0.9, "persistent_hot"),
    ("HHHHHHHHHH", -2.5, 0.01, "diminishing_hot"), ("HNHNNHNNNH", 0, 1, "sporadic_hot"),
    ("CNHNNNNNNH", 0, 1, "oscillating_hot"), ("HHHHHHHHHN", 0, 1, "historical_hot"),
    ("HHHHHHHHHC", 0, 1, "historical_hot"), ("NNNNNNNNNN", 0, 1, "none"), ("NHHNNNNNNN", 0, 1, "none"),
    ("CCCCCCCCNH", 0, 1, "new_hot"), ("HHHHNHHHHH", 2.5, 0.01, "intensifying_hot"),
    ("NNNNNNNNNC", 0, 1, "new_cold"), ("NNNNNNNCCC", 0, 1, "consecutive_cold"),
    ("CCCCCCCCCC", -2.5, 0.01, "intensifying_cold"), ("CCCCCCCCCC", 0.1, 0.9, "persistent_cold"),
    ("CCCCCCCCCC", 2.5, 0.01, "diminishing_cold"), ("CNCNNCNNNC", 0, 1, "sporadic_cold"),
    ("HNCNNNNNNC", 0, 1, "oscillating_cold"), ("CCCCCCCCCN", 0, 1, "historical_cold"),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "z", "p", "expected"), TRUTH)
def test_each_history_has_its_class(steps, z, p, expected):
    hot, cold = (np.array([step == sign for step in steps]) for sign in "HC")
    assert emerging.classify(hot, cold, z, p) == expected


def test_the_table_reaches_every_class():
    assert {row[3] for row in TRUTH} == set(emerging.CLASSES)


@given(st.lists(st.sampled_from("HCN"), min_size=10, max_size=14), st.floats(-3, 3), st.floats(0, 1))
def test_hot_and_cold_mirror_each_other(steps, z, p):
    hot, cold = (np.array([step == sign for step in steps]) for sign in "HC")
    a, b = emerging.classify(hot, cold, z, p), emerging.classify(cold, hot, -z, p)
    assert b == a.replace("_hot", "_x").replace("_cold", "_hot").replace("_x", "_cold")


def test_ten_rising_values_give_the_published_trend():
    found = emerging.mann_kendall(np.arange(1, 11))
    assert (found.s, found.variance, found.slope, found.tau) == (45, 125, 1, 1)
    assert found.z == pytest.approx(3.93548, abs=1e-5)
    assert found.p == pytest.approx(8.303e-05, abs=1e-8)


def test_equal_values_have_no_trend():
    found = emerging.mann_kendall(np.full(8, 3.0))
    assert (found.s, found.z, found.p) == (0, 0, 1)


def test_too_few_steps_are_refused():
    with pytest.raises(ValueError, match="9 steps"):
        emerging.emerging(np.zeros((9, 4)), sparse.csr_array(np.eye(4)))


def test_a_spot_that_lights_up_at_the_end_is_new_and_one_that_lasts_is_not():
    random = np.random.default_rng(5)
    cube = random.poisson(3, (12, 60)).astype(float)
    cube[:, 10:13] += 25
    cube[-1, 40:43] += 40
    weights = sparse.csr_array(np.eye(60) + np.eye(60, k=1) + np.eye(60, k=-1))
    found = emerging.emerging(cube, weights, lag=0)
    assert found.classes[41] == "new_hot"
    assert found.classes[11] in ("persistent_hot", "intensifying_hot", "diminishing_hot")
    assert found.classes[25] == "none"


def test_an_even_city_has_no_class():
    found = emerging.emerging(np.ones((10, 5)), sparse.csr_array(np.eye(5)))
    assert set(found.classes) == {"none"}


@needs_files
def test_boston_taus_are_those_of_the_reference():
    rows, links = table("ehsa_boston"), table("ehsa_boston_queen")
    cube = rows.pivot_table(index="year", columns="region_id", values="value")
    place = {region: i for i, region in enumerate(cube.columns)}
    near = np.eye(len(place))
    for a, b in links.itertuples(index=False):
        near[place[a], place[b]] = near[place[b], place[a]] = 1
    expected = table("ehsa_boston_tau").set_index("region_id")["tau"].reindex(cube.columns).to_numpy()
    found = [emerging.mann_kendall(column).tau for column in _by_slice(cube.to_numpy(), near).T]
    np.testing.assert_allclose(found, expected, atol=1e-4)


def _by_slice(cube, near):
    """z as the reference computes it: mean and spread of each year, row-standardised, this year and the one before."""
    out = np.empty_like(cube)
    for t, row in enumerate(cube):
        steps = [t] if t == 0 else [t, t - 1]
        lagged = sum(near @ cube[s] for s in steps) / (near.sum(1) * len(steps))
        n, mean, sd = len(row), row.mean(), row.std()
        s1 = len(steps) * (1 / (near.sum(1) * len(steps))) ** 2 * near.sum(1)
        out[t] = (lagged - mean) / (sd * np.sqrt((n * s1 - 1) / (n - 1)))
    return out


def test_a_cube_is_weighed_by_this_step_and_the_ones_before():
    random = np.random.default_rng(3)
    cube, near = random.poisson(2, (12, 5)).astype(float), np.eye(5) + np.eye(5, k=1) + np.eye(5, k=-1)
    n, mean, sd = cube.size, cube.mean(), cube.std()
    found = emerging.emerging(cube, sparse.csr_array(near), lag=2)
    for step, cell in np.ndindex(cube.shape):
        bins = [cube[s, c] for s in range(max(step - 2, 0), step + 1) for c in np.flatnonzero(near[cell])]
        m = len(bins)
        z = (sum(bins) - m * mean) / (sd * np.sqrt((n * m - m**2) / (n - 1)))
        assert found.z[step, cell] == pytest.approx(z, abs=1e-9)


def test_cells_with_less_land_are_not_cold_for_it():
    land = np.repeat([1.0, 0.2], [54, 6])
    cube = np.round(50 * np.tile(land, (10, 1)) + np.random.default_rng(2).normal(0, 1, (10, 60)))
    weights = sparse.csr_array(np.eye(60))
    assert (emerging.emerging(cube, weights).z[:, 54:] < -2).all()
    found = emerging.emerging(cube, weights, land=land)
    assert abs(found.z[:, 54:].mean()) < 1
    assert set(found.classes) == {"none"}
