"""Parts are compared on the cases of the headline share; equal work is compared with equal work."""

import numpy as np
import pandas as pd
import pytest

from nakhon_dash.domain.view import Scope, day_no, moment_of
from nakhon_dash.measures import fairness, promise
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.tables import table
from tests.unit.measures.city import EVERYTHING, at, case, fill

NOW = at(1_000)
DAY = day_no(moment_of(at(0)).date())


def cases(kept, late, **rest):
    return [case(1, 10, **rest)] * kept + [case(1, 100, **rest)] * late


@pytest.fixture
def ask(sqlite_store, profile):
    def of(rows, scope=EVERYTHING, **rest):
        return Ask(fill(sqlite_store, *rows), profile, scope, NOW, **rest)

    return of


CITY = [
    *cases(90, 10, zone="800101", category="C01"), *cases(5, 5, zone="800101", category="C06"),
    *cases(9, 1, zone="800102", category="C01"), *cases(50, 50, zone="800102", category="C06"),
    *cases(2, 1, zone=None, category="C00", department=None),
]  # fmt: skip
LEFT_OUT = [
    case(1, 5, outcome="duplicate"), case(1, 5, flags="information_call"), case(990), case(1, None, due_at=None),
    case(1, None, status="closed", outcome="fixed"), case(990, 995),
]  # fmt: skip


@pytest.mark.parametrize("by", ["zone", "department", "category"])
def test_the_parts_have_the_numerator_and_denominator_of_on_time(ask, by):
    asked = ask([*CITY, *LEFT_OUT])
    headline = {part.key: promise.on_time(part) for part in asked.parts(by)}
    found = {part.key: (k, n) for part, k, n in fairness.parts_of(asked, by)}
    assert found == {key: (m.numerator, m.denominator) for key, m in headline.items() if m.n}


def test_a_zone_with_hard_work_is_level_once_the_work_is_equal(ask):
    asked = ask(CITY)
    m = {part.key: fairness.adjusted_on_time(part) for part in asked.parts("zone")}
    assert m["800102"].parts["unadjusted"] == pytest.approx(59 / 110)
    assert m["800101"].value == pytest.approx(m["800102"].value)
    assert m["800101"].low < m["800101"].value < m["800101"].high
    assert m[None].reason == "nothing_alike"
    gap = fairness.zone_gap(asked.whole)
    assert gap.value == pytest.approx(0)
    assert gap.parts["p"] == pytest.approx(1)


def test_the_whole_is_its_own_share(ask):
    asked = ask(CITY)
    whole, plain = fairness.adjusted_on_time(asked.whole), promise.on_time(asked.whole)
    assert (whole.value, whole.low, whole.high, whole.n) == (plain.value, plain.low, plain.high, plain.n)


def test_a_zone_that_is_slower_at_the_same_work_is_found(ask):
    asked = ask([*cases(90, 10, zone="800101"), *cases(40, 60, zone="800102")])
    gap = fairness.zone_gap(asked.whole)
    assert gap.parts["p"] < 0.001
    assert 0 < gap.low < gap.value
    found = fairness.gap_of(asked)
    assert (found.best.key, found.worst.key) == ("800101", "800102")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [([], "none_due"), ([case(999)], "none_due"), (cases(9, 1, zone="800101"), "one_zone"),
     (cases(3, 1) + cases(2, 0, zone="800102"), "one_zone")],
)  # fmt: skip
def test_without_two_zones_there_is_no_gap(ask, rows, reason):
    assert fairness.zone_gap(ask(rows).whole).reason == reason


@pytest.mark.parametrize("rows", [[], [case(999)]])
def test_without_cases_the_tables_are_empty(ask, rows):
    asked = ask(rows)
    assert fairness.adjusted_on_time(asked.whole).value is None
    assert table("funnel", asked, "zone").empty
    assert fairness.mixed(asked, "zone") is None


def test_the_funnel_judges_nobody_with_too_few_cases(ask):
    found = table("funnel", ask(CITY), "zone").set_index("group")
    assert list(found.index) == ["800101", "800102", ""]
    assert pd.isna(found.loc["", "outside"])
    assert pd.isna(found.loc["", "low_95"])
    assert found.loc["800102", "outside"] == -2
    assert found.loc["800101", "city"] == pytest.approx(156 / 223)


def compared(ask, now, before):
    """`before` a day earlier than `now`."""
    rows = [{**row, "received_at": row["received_at"] - 24 * 3_600_000_000} for row in before]
    return ask([*now, *rows], Scope(DAY, DAY), compare=Scope(DAY - 1, DAY - 1))


def test_more_floods_are_mix_and_slower_drains_are_performance(ask):
    before = cases(80, 10, category="C01") + cases(5, 5, category="C06")
    now = cases(60, 10, category="C01") + cases(15, 15, category="C06")
    found = table("mix_change", compared(ask, now, before), "category").set_index("group")
    parts, total = found.drop(index="total"), found.loc["total"]
    assert total["r1"] - total["r0"] == pytest.approx(total["mix"] + total["performance"], abs=1e-12)
    assert parts[["mix", "performance"]].to_numpy().sum() == pytest.approx(total["change"], abs=1e-12)
    assert total["mix"] < 0
    assert parts.loc["C06", "performance"] == 0
    assert parts.loc["C06", "mix"] < 0


def test_a_category_that_is_new_has_no_performance(ask):
    found = table("mix_change", compared(ask, cases(5, 5) + cases(0, 5, category="C06"), cases(9, 1)), "category")
    new = found.set_index("group").loc["C06"]
    assert (new["n0"], new["performance"]) == (0, 0)
    assert np.isnan(new["low"])
    assert np.isnan(new["r0"])


def test_without_a_case_in_one_of_the_periods_nothing_is_split(ask):
    assert table("mix_change", compared(ask, cases(5, 5), []), "category").empty


def test_without_a_period_to_compare_with_the_table_is_refused(ask):
    with pytest.raises(ValueError, match="period"):
        table("mix_change", ask(CITY))
