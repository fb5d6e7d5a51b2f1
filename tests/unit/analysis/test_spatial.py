"""Published answers: Getis & Ord 1996, the Columbus data, and six points of a reference program."""

import h3.api.basic_int as h3
import numpy as np
import pytest
from scipy import sparse
from scipy.special import ndtr

from nakhon_dash.analysis import spatial
from tests.unit.analysis.reference import needs_files, table


def within(points, distance):
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2)
    return sparse.csr_array((gaps <= distance).astype(float))


def test_six_points_give_the_reference_z():
    points = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)])
    z = spatial.gi_star(np.array([2, 3, 3.2, 5, 8, 7]), within(points, 15))
    expected = [-1.397276262, -0.289177616, 0.650649635, -0.289177616, 1.234520884, 2.024243309]
    np.testing.assert_allclose(z, expected, atol=1e-8)


def test_z_does_not_depend_on_the_scale_of_the_weights():
    points = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)])
    x, binary = np.array([2, 3, 3.2, 5, 8, 7]), within(points, 15)
    rows = sparse.diags_array(1 / binary.sum(1)) @ binary
    np.testing.assert_allclose(spatial.gi_star(x, sparse.csr_array(rows)), spatial.gi_star(x, binary), atol=1e-12)


def test_equal_cells_are_never_hot():
    x, weights = np.ones(6), sparse.csr_array(np.ones((6, 6)))
    assert not spatial.gi_star(x, weights).any()
    assert (spatial.quick_p(x, weights, np.zeros(6)) == 1).all()


@needs_files
def test_getis_and_ord_pixels_give_the_book_values():
    rows = table("getisord")
    points, x = rows[["x", "y"]].to_numpy(), rows["val"].to_numpy()
    pixel = int(np.flatnonzero((points == (210, 210)).all(1))[0])
    found = [spatial.gi_star(x, within(points, d))[pixel] for d in (30, 60, 90, 120, 150)]
    assert found == pytest.approx([1.450779807, 1.900558883, 2.096938746, 1.981906852, 1.306698444], abs=1e-8)


@needs_files
def test_false_discovery_keeps_78_of_114_pixels():
    rows = table("getisord")
    z = spatial.gi_star(rows["val"].to_numpy(), within(rows[["x", "y"]].to_numpy(), 30))
    p = 2 * ndtr(-np.abs(z))
    assert (p < 0.05).sum() == 114
    assert (spatial.false_discovery(p) < 0.05).sum() == 78
    assert (p * len(p) < 0.05).sum() == 9


def columbus():
    rows, links = table("columbus_ref"), table("columbus_queen").to_numpy() - 1
    weights = np.eye(len(rows))
    weights[links[:, 0], links[:, 1]] = weights[links[:, 1], links[:, 0]] = 1
    return rows, sparse.csr_array(weights)


@needs_files
def test_columbus_crime_gives_the_reference_z():
    rows, weights = columbus()
    z = spatial.gi_star(rows["CRIME"].to_numpy(), weights)
    np.testing.assert_allclose(z, rows["gstar"], atol=1e-8)
    assert (z.max(), z.argmax() + 1) == (pytest.approx(3.47505135616), 16)
    assert (z.min(), z.argmin() + 1) == (pytest.approx(-2.85102317658), 32)
    p = 2 * ndtr(-np.abs(z))
    assert ((p < 0.05).sum(), (spatial.false_discovery(p) < 0.05).sum()) == (18, 9)


@needs_files
def test_columbus_relabelling_gives_the_published_p_both_ways():
    rows, weights = columbus()
    x = rows["CRIME"].to_numpy()
    z = spatial.gi_star(x, weights)
    assert spatial.permutation_p(x, weights)[:3] == pytest.approx([0.157, 0.186, 0.450], abs=0.02)
    assert spatial.quick_p(x, weights, z)[:3] == pytest.approx([0.1510, 0.1796, 0.4406], abs=1e-4)


def disk(steps):
    return sorted(h3.grid_disk(h3.latlng_to_cell(8.43, 99.96, 9), steps))


def test_a_planted_spot_is_found_and_stays_one_cluster():
    cells = disk(9)
    x = np.random.default_rng(1).poisson(10, len(cells)).astype(float)
    spot = set(h3.grid_disk(cells[0], 1))
    x += [40 if cell in spot else 0 for cell in cells]
    found = spatial.verdict(x, spatial.rings(cells, 1), 1)
    hot = (found.q < 0.05) & (found.z > 0)
    assert hot[0]
    assert spatial.clusters(spatial.rings(cells, 1), hot).max() == 0


def test_relabelling_is_the_same_at_every_call():
    cells = disk(2)
    x, weights = np.arange(len(cells)), spatial.rings(cells, 1)
    assert (spatial.permutation_p(x, weights, 300) == spatial.permutation_p(x, weights, 300)).all()


def test_two_spots_apart_are_two_clusters():
    line = sparse.csr_array(np.eye(5) + np.eye(5, k=1) + np.eye(5, k=-1))
    assert list(spatial.clusters(line, np.array([True, True, False, False, True]))) == [0, 0, -1, -1, 1]
    assert list(spatial.clusters(line, np.zeros(5, bool))) == [-1] * 5


def test_a_ring_of_a_cell_alone_holds_the_cell():
    assert spatial.rings(disk(0), 2).toarray() == [[1.0]]
    assert spatial.rings([], 1).shape == (0, 0)


def relabelled(x, weights, runs, seed=5):
    """The plain way: all values over all cells, run by run."""
    random, observed = np.random.default_rng(seed), weights @ x
    drawn = np.array([weights @ random.permutation(x) for _ in range(runs)])
    above, below = ((drawn >= observed - 1e-9).sum(0), (drawn <= observed + 1e-9).sum(0))
    return np.minimum(2 * (np.minimum(above, below) + 1) / (runs + 1), 1)


@pytest.mark.parametrize("k", [1, 2, 4])
def test_drawing_for_the_widest_ring_is_relabelling_the_whole_map(k):
    random, cells = np.random.default_rng(k), disk(4)
    x, weights = random.negative_binomial(0.7, 0.2, len(cells)).astype(float), spatial.rings(cells, k)
    values, weighted = spatial.on_land(x, weights, random.uniform(0.2, 1, len(cells)))
    slow, fast = relabelled(values, weighted, 6_000), spatial.permutation_p(values, weighted)
    error = 4 * np.sqrt(2 * slow * (1 - slow / 2) * (1 / 6_000 + 1 / 9_999)) + 4e-4
    assert (np.abs(slow - fast) < error).all()


@pytest.mark.parametrize("k", [1, 2])
def test_the_quick_tail_is_near_the_relabelling(k):
    random, cells = np.random.default_rng(3), disk(8)
    weights = spatial.rings(cells, k)
    x, land = random.poisson(6, len(cells)), random.uniform(0.3, 1, len(cells))
    found = [spatial.verdict(x, weights, k, method, land) for method in ("quick", "permutation")]
    assert np.abs(found[0].p - found[1].p).max() < 0.04


def test_whole_cells_give_gi_star_of_the_counts():
    x, weights = np.random.default_rng(2).poisson(4, len(disk(5))), spatial.rings(disk(5), 1)
    values, weighted = spatial.on_land(x, weights, np.ones(len(x)))
    np.testing.assert_allclose(spatial.gi_star(values, weighted), spatial.gi_star(x, weights), atol=1e-9)


def test_what_is_expected_adds_up_to_what_was_counted():
    x, cells = np.arange(19), disk(2)
    found = spatial.verdict(x, spatial.rings(cells, 1), 1, land=np.linspace(0.1, 1, 19))
    assert found.expected.sum() == pytest.approx(x.sum())


def test_cells_in_any_order_have_the_same_rings():
    cells = disk(3)
    mixed = list(np.random.default_rng(1).permutation(cells))
    back = np.argsort(np.argsort(mixed))
    assert (spatial.rings(mixed, 2).toarray() == spatial.rings(cells, 2).toarray()[back][:, back]).all()


def test_a_ring_that_is_the_whole_map_says_nothing():
    x, weights = np.array([1.0, 5, 9]), sparse.csr_array(np.ones((3, 3)))
    assert not spatial.gi_star(x, weights).any()
    assert (spatial.quick_p(x, weights, np.zeros(3)) == 1).all()
    assert (spatial.permutation_p(x, weights, 99) == 1).all()
