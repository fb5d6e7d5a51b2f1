"""Parts side by side: order, too few, tests that compare like with like."""

import numpy as np
import pytest

from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.tables import table
from nakhon_dash.measures.wait_groups import comparison, groups, linked
from tests.unit.measures.city import EVERYTHING, at, case, fill


@pytest.fixture
def ask(sqlite_store, profile):
    def of(*rows, hours=1_000):
        return Ask(fill(sqlite_store, *rows), profile, EVERYTHING, at(hours))

    return of


def many(first, count, **rest):
    """Cases answered after `first`, `first` + 1 … hours."""
    return [case(i / 60, first + i + i / 60, **rest) for i in range(count)]


def test_parts_stand_in_order_of_their_cases_and_the_empty_one_last(ask):
    rows = [*many(1, 3, department=None), *many(1, 1), *many(1, 2, department="PW")]
    assert [(one.code, one.n) for one in groups(ask(*rows), "department")] == [("PW", 2), ("PH", 1), ("", 3)]


def test_a_part_below_twenty_cases_is_too_small_for_a_figure(ask):
    found = groups(ask(*many(1, 19), *many(1, 20, department="PW")), "department")
    assert [(one.code, one.few) for one in found] == [("PW", False), ("PH", True)]


def test_departments_are_compared_within_the_category_they_share(ask):
    # in each category both are alike; PW has more of the slow category
    rows = [*many(5, 30, category="C01"), *many(100, 10, category="C04"),
            *many(5, 10, category="C01", department="PW"), *many(100, 30, category="C04", department="PW")]  # fmt: skip
    found = comparison(ask(*rows), "department")
    assert found.adjusted is True
    assert not found.apart
    assert table("pairs", ask(), "department")["within"].unique().tolist() == ["category"]


def test_departments_without_a_shared_category_are_compared_as_they_are_and_that_is_said(ask):
    rows = [*many(5, 30, category="C01"), *many(200, 30, category="C04", department="PW")]
    found = comparison(ask(*rows), "department")
    assert (found.adjusted, found.differ) == (False, True)
    pair = found.apart[0]
    assert found.tested[pair.first if pair.excess > 0 else pair.second] == "PH"


def test_one_part_has_nothing_to_be_compared_with(ask):
    found = comparison(ask(*many(1, 25)), "zone")
    assert (found.test, found.pairs, found.differ) == (None, (), False)
    assert table("pairs", ask(), "zone").empty


def test_parts_in_which_nobody_was_answered_cannot_be_told_apart(ask):
    rows = [case(i / 60, zone=zone) for zone in ("800101", "800102") for i in range(25)]
    found = comparison(ask(*rows), "zone")
    assert (found.test.df, found.differ, found.apart) == (0, False, [])


def test_the_table_prints_the_figures_of_record(ask):
    rows = table("groups", ask(*many(1, 21), case(0, 500, "duplicate")), "department")
    assert rows.loc[0, ["group", "n", "median_hours", "p_within", "numerator", "denominator"]].tolist() == [
        "PH", 21, 11, 1, 21, 21]  # fmt: skip


def test_an_empty_view_gives_empty_tables(ask):
    nothing = ask()
    assert [len(table(name, nothing)) for name in ("curve", "groups", "pairs", "outcomes")] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("stratum", "expected"),
    [([0, 0, 1, 1], True), ([0, 1, 2, 3], False), ([0, 0, 0, 0], True), ([0, 0, 1, 2], False)],
)
def test_groups_are_linked_when_shared_strata_lead_to_all(stratum, expected):
    assert linked(np.array([0, 1, 1, 2]), np.array(stratum)) is expected
