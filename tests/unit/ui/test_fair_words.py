"""What the cards say about differences and changes is true, whichever way they go."""

from dataclasses import replace

import pytest

from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.domain.view import Scope, View, day_no, moment_of
from nakhon_dash.i18n import t
from nakhon_dash.measures import fairness as measured
from nakhon_dash.measures import mix
from nakhon_dash.measures.asking import Ask
from nakhon_dash.ui.page import Page
from nakhon_dash.ui.resolution import change, fairness
from tests.unit.measures.city import at, case, fill

DAY = day_no(moment_of(at(0)).date())
EARLIER = 24 * 3_600_000_000


def cases(kept, late, **rest):
    return [case(1, 10, **rest)] * kept + [case(1, 100, **rest)] * late


def before(rows):
    return [{**row, "received_at": row["received_at"] - EARLIER} for row in rows]


@pytest.fixture
def page(sqlite_store):
    def of(rows, lang="en", **scope):
        profile = read_profile(ROOT / "data" / "city.toml")
        now = Scope(DAY, DAY, **scope)
        ask = Ask(fill(sqlite_store, *rows), profile, now, at(1_000), compare=replace(now, first_day=DAY - 1,
                                                                                      last_day=DAY - 1))  # fmt: skip
        return Page(View(lang=lang), profile, None, now, ask, ask.earlier)

    return of


def said(page, by="zone"):
    return fairness.finding(page, by, measured.compared(page.now, by))


ZONES = {name: {"zone": code} for name, code in (("a", "800101"), ("b", "800102"), ("c", "800103"), ("d", "800118"))}


def test_a_zone_far_below_is_named_and_the_others_are_not(page):
    words = said(page(cases(900, 100, **ZONES["a"]) + cases(880, 120, **ZONES["b"]) + cases(60, 40, **ZONES["c"])))
    assert words.startswith("Truly below the city: <b>Khlang</b>")
    assert "Tha Wang" not in words


def test_a_zone_far_above_is_named(page):
    words = said(page(cases(600, 400, **ZONES["a"]) + cases(610, 390, **ZONES["b"]) + cases(99, 1, **ZONES["c"])))
    assert words.startswith("Truly above the city: <b>Khlang</b>")


def test_zones_alike_do_not_differ(page):
    assert said(page(cases(90, 10, **ZONES["a"]) + cases(46, 4, **ZONES["b"]))) == t(
        "funnel.none", "en", unit="zone", whole="the city"
    )


def test_between_the_limits_nothing_is_certain(page):
    words = said(page(cases(870, 130, **ZONES["a"]) + cases(77, 23, **ZONES["b"])))
    assert words.startswith("<b>No zone differs from the city for certain</b>")
    assert "Tha Wang" in words


def test_where_everything_scatters_it_says_so(page):
    rows = [
        row for i in range(1, 21) for row in cases(100 - 4 * (i % 10) - 10, 4 * (i % 10) + 10, category=f"C{i:02d}")
    ]
    assert "scatter more than chance" in said(page(rows), "category")


@pytest.mark.parametrize(
    ("rows", "key"),
    [([], "nothing"), ([case(999)], "nothing"), (cases(2, 1), "too_few"), (cases(9, 1), "alone"),
     ([case(1, 1.01)] * 9, "alone")],
)  # fmt: skip
def test_too_little_to_compare_is_said(page, rows, key):
    assert said(page(rows)) == t(f"funnel.{key}", "en", n=5)


def test_a_filtered_view_is_not_called_the_city(page):
    assert fairness.whole_of(page(cases(9, 1), department=("PH",))) == "the whole of this view"
    assert fairness.whole_of(page([])) == "the city"


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        (cases(90, 10, **ZONES["a"]) + cases(88, 12, **ZONES["b"]), "same"),
        (cases(90, 10, **ZONES["a"]) + cases(40, 60, **ZONES["b"]), "differ"),
        (cases(90, 10, **ZONES["a"]), "alone"),
        ([case(999)], None),
    ],
)
def test_the_verdict_on_zones_fits_the_numbers(page, rows, key):
    names = {"best": "Nai Mueang", "worst": "Tha Wang"}
    assert fairness.verdict(page(rows)) == (t(f"equity.{key}", "en", **names) if key else t("funnel.nothing", "en"))


def changed(page, now, then, by="category"):
    here = page(now + before(then))
    assert not change.missing_why(here)
    return change.finding(here, by, mix.moved(here.now, by))


def test_the_same_work_done_worse_is_named(page):
    words = changed(page, cases(60, 40) + cases(50, 0, category="C06"), cases(95, 5) + cases(50, 0, category="C06"))
    assert "0.0 points</b> from a different mix of work ·" in words
    assert "from the same work on time less often" in words
    assert "truly less often on time: Uncollected garbage −23.3 points" in words


def test_the_same_work_done_better_is_named(page):
    words = changed(page, cases(95, 5), cases(60, 40))
    assert "truly more often on time: Uncollected garbage +35.0 points" in words
    assert "less often" not in words


def test_more_hard_work_is_mix_and_blames_nobody(page):
    words = changed(
        page, cases(90, 10) + cases(100, 100, category="C06"), cases(270, 30) + cases(10, 10, category="C06")
    )
    assert "different mix of work (more Standing or flash flood)" in words
    assert "no single category changed beyond noise" in words


def test_parts_that_move_apart_are_both_named_though_the_whole_stands_still(page):
    words = changed(page, cases(95, 5) + cases(60, 40, category="C06"), cases(60, 40) + cases(95, 5, category="C06"))
    assert "truly more often on time: Uncollected garbage" in words
    assert "truly less often on time: Standing or flash flood" in words


@pytest.mark.parametrize(("now", "then", "key"), [(10, 100, "few_now"), (100, 10, "few_before")])
def test_too_few_cases_in_a_period_are_not_split(page, now, then, key):
    assert change.missing_why(page(cases(now, 0) + before(cases(then, 0)))) == t(
        f"change.{key}", "en", cases="10 cases"
    )
