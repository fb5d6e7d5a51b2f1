"""Published answers: the California school samples; and the plain case by hand."""

import numpy as np
import pytest

from nakhon_dash.analysis.sampling import mean
from tests.unit.analysis.reference import needs_files, table


def test_one_answer_a_person_gives_the_textbook_error():
    y = np.array([1, 2, 3, 4, 5, 5])
    found = mean(y, np.arange(6))
    assert found.value == y.mean()
    assert found.se == pytest.approx(y.std(ddof=1) / np.sqrt(6))


def test_answers_of_one_person_are_not_new_evidence():
    once = mean(np.array([1.0, 5, 3, 4]), np.arange(4))
    thrice = mean(np.repeat([1.0, 5, 3, 4], 3), np.repeat(np.arange(4), 3))
    assert (thrice.n, thrice.units, thrice.se) == (12, 4, pytest.approx(once.se))


def test_one_person_gives_a_mean_without_an_interval():
    found = mean(np.array([4.0, 5.0]), np.array([1, 1]))
    assert (found.value, found.se, found.low) == (4.5, None, None)


def test_a_share_keeps_its_interval_inside_zero_and_one():
    found = mean(np.array([1.0] * 9 + [0.0]), np.arange(10), share=True)
    assert 0 < found.low < 0.9 < found.high < 1
    assert mean(np.ones(4), np.arange(4), share=True).high is None


@needs_files
def test_stratified_schools_give_the_published_errors():
    rows = table("apistrat")
    weights, strata = rows["pw"].to_numpy(), rows["stype"].to_numpy()
    found = mean(rows["api00"].to_numpy(), np.arange(len(rows)), weights, strata)
    assert (found.value, found.se) == pytest.approx((662.28736, 9.53613), abs=1e-4)  # without finite correction
    alone = mean(rows["api00"].to_numpy(), np.arange(len(rows)), weights)
    assert alone.se == pytest.approx(9.58543, abs=1e-4)


@needs_files
def test_clustered_schools_give_the_published_mean():
    rows = table("apiclus1")
    found = mean(rows["api00"].to_numpy(), rows["dnum"].to_numpy(), rows["pw"].to_numpy())
    # the published error has a finite correction over 757 districts
    assert found.value == pytest.approx(644.1694, abs=1e-4)
    assert found.se * np.sqrt(1 - 15 / 757) == pytest.approx(23.54224, abs=1e-3)
