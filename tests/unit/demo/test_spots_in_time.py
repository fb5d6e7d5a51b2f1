"""The planted hotspots along time: what two years of months say of the new and of the fading one."""

from collections import Counter

import numpy as np
import pytest

from nakhon_dash.analysis.emerging import emerging
from nakhon_dash.measures import ground


def classes(cases, end, categories):
    """Class and cases of each cell: 24 whole months before the month of the end."""
    cells = ground.cells(9)
    rows = cases[cases["category"].isin(categories) & cases["h3_9"].isin(cells)]
    step = rows["month_no"].to_numpy("int64") - (end.year * 12 + end.month - 1 - 24)
    known = (step >= 0) & (step < 24)
    place = np.searchsorted(cells, rows["h3_9"].to_numpy("int64"))
    n = np.bincount((step * len(cells) + place)[known], minlength=24 * len(cells)).reshape(24, -1)
    found = emerging(n, ground.rings(cells.tolist(), 1), land=ground.share(cells, 9))
    return np.array(found.classes), n


@pytest.mark.parametrize(
    ("categories", "months", "expected"),
    [
        (("C01", "C02", "C03"), slice(-1, None), {"new_hot", "consecutive_hot", "intensifying_hot"}),
        (("C15", "C26"), slice(0, 24), {"diminishing_hot", "historical_hot"}),
    ],
)
def test_a_planted_spot_is_classed_as_what_it_is(cases, five_years, categories, months, expected):
    found, n = classes(cases, five_years.end, categories)
    assert found[n[months].sum(0).argmax()] in expected
    assert Counter(found[np.isin(found, list(expected))]).total() >= 2
