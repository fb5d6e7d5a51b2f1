"""Medians of many groups are those of the curve of each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.analysis.survival import curve
from nakhon_dash.analysis.weekend import medians

cases = st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.integers(0, 3)), max_size=60)


@given(cases)
def test_each_group_has_the_median_of_its_own_curve(rows):
    durations, answered, group = (np.array([row[i] for row in rows], dtype=kind)
                                  for i, kind in enumerate(("int64", bool, "int64")))  # fmt: skip
    found = medians(durations, answered, group, 4)
    for i in range(4):
        own = curve(durations[group == i], answered[group == i]).quantile(0.5)
        assert found[i] == pytest.approx(np.nan if own is None else own, nan_ok=True)


@given(cases)
def test_rows_that_stand_for_several_cases_are_those_cases(rows):
    durations, answered, group = (np.array([row[i] for row in rows], dtype="int64") for i in range(3))
    alike, n = np.unique(np.stack([durations, answered, group]), axis=1, return_counts=True)
    np.testing.assert_array_equal(
        medians(durations, answered.astype(bool), group, 4), medians(alike[0], alike[1].astype(bool), alike[2], 4, n)
    )


@given(cases, st.randoms())
def test_the_order_of_cases_does_not_matter(rows, random):
    mixed = rows.copy()
    random.shuffle(mixed)

    def of(some):
        durations, answered, group = (np.array([row[i] for row in some], dtype="int64") for i in range(3))
        return medians(durations, answered.astype(bool), group, 4)

    np.testing.assert_array_equal(of(rows), of(mixed))


def test_open_cases_count_for_the_time_they_have_waited():
    # of four, two are answered after 1 and 5 hours, two are open after 3: the median is not 3 but unknown until 5
    durations, answered = np.array([1, 5, 3, 3]), np.array([True, True, False, False])
    assert medians(durations, answered, np.zeros(4, dtype=int), 1).tolist() == [5]


def test_long_waits_in_microseconds_keep_every_digit():
    wait = np.array([200 * 365 * 86_400_000_001])
    assert medians(wait, np.array([True]), np.array([511]), 512)[511] == wait[0]


def test_more_groups_than_a_key_can_hold_are_refused():
    with pytest.raises(ValueError, match="512"):
        medians(np.array([1]), np.array([True]), np.array([0]), 513)
