"""Published answers: EARS limits by a reference program; the last day of a city with weekdays."""

import numpy as np
import pytest
from scipy.stats import norm

from nakhon_dash.analysis import ears
from tests.unit.analysis.reference import needs_files, table


@needs_files
@pytest.mark.parametrize(("method", "gap", "alarms"), [("C1", ears.C1_GAP, [283, 284, 294]),
                                                       ("C2", ears.C2_GAP, [264, 283, 284, 285])])
def test_limits_are_those_of_the_reference(method, gap, alarms):
    counts, known = table("agona")["y"].to_numpy(float), table(f"ears_{method}")
    week = known["i"].to_numpy()
    limit = ears.baseline(counts, gap).limit(norm.isf(0.001))[week - 1]
    assert limit == pytest.approx(known["ub"].to_numpy(), abs=1e-10)
    assert week[counts[week - 1] > limit].tolist() == alarms


def test_c2_leaves_two_days_between_and_too_few_days_give_no_limit():
    found = ears.baseline(np.array([1, 2, 3, 4, 5, 6, 7, 90, 90, 8.0]), ears.C2_GAP)
    assert found.mean[-1] == 4
    assert found.sd[-1] == pytest.approx(np.sqrt(28 / 6))
    assert np.isnan(found.mean[:-1]).all()
    assert np.isnan(ears.baseline(np.arange(5.0), ears.C1_GAP).mean).all()


def test_a_busy_monday_is_ordinary_and_a_busy_sunday_is_not():
    week = np.array([40.0, 20, 20, 20, 20, 5, 5])
    monday = ears.last_day(np.append(np.tile(week, 12), 40))
    assert monday.observed == 40
    assert monday.expected == pytest.approx(40, rel=0.1)
    assert monday.p > 0.2
    sunday = np.tile(week, 12)
    sunday[-1] = 40
    found = ears.last_day(sunday)
    assert found.expected == pytest.approx(5, abs=2.5)
    assert found.observed > found.limit
    assert found.p < 0.01


def test_short_and_empty_series_make_no_claim():
    assert ears.last_day(np.ones(27)) is None
    assert ears.last_day(np.zeros(40)).p == 1
