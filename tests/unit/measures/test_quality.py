"""Closed is not fixed: instant closes, reopenings, new reports at the place, photos, stars."""

import pytest
import sqlalchemy as sa

from nakhon_dash.analysis.intervals import wilson
from nakhon_dash.analysis.recurrence import metres_per_degree
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures import compute, compute_by
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.quality import quality, rows
from nakhon_dash.store.schema import complaint, complaint_event
from tests.unit.measures.city import EVERYTHING, HOUR, START, at, case, fill

DAY = 24
LAT, LON = 8.43, 99.96


def here(metres=0.0):
    return {"lat": LAT + metres / float(metres_per_degree(LAT)[0]), "lon": LON}


def far(i):
    """A place of its own for each case."""
    return here(1_000 * (i + 1))


@pytest.fixture
def told(sqlite_store, profile):
    """told("rereport_rate", cases, events, hours) -> the measure; events are (case number, kind, hours)."""

    def of(metric, cases, events=(), hours=100 * DAY, scope=EVERYTHING):
        reader = fill(sqlite_store, *cases)
        happen(sqlite_store, events)
        return compute(metric, reader, profile, scope, at(hours))

    return of


def happen(engine, events):
    with engine.begin() as connection:
        ids = connection.execute(sa.select(complaint.c.id).order_by(complaint.c.id)).scalars().all()
        for number, kind, hours in events:
            detail = "earlier close" if kind == "closed" else None
            row = {"complaint_id": ids[number], "at": at(hours), "kind": kind, "detail": detail, "batch_id": 1,
                   "known_at": at(hours), "rev": 1}  # fmt: skip
            connection.execute(sa.insert(complaint_event), row)


def test_a_new_report_of_the_kind_at_the_place_within_30_days_counts(told):
    cases = [case(0, 10, **here()), case(2 * DAY, 3 * DAY, **here(40)), case(0, 10, **far(1)), case(0, 10, **far(2))]
    found = told("rereport_rate", cases)
    assert (found.numerator, found.denominator, found.value) == (1, 4, 0.25)
    assert (found.low, found.high) == wilson(1, 4)
    assert found.parts == {"days": 30}


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (case(5, 20, **here(10)), "reported while the first was open: a duplicate"),
        (case(2 * DAY, 3 * DAY, **here(60)), "elsewhere"),
        (case(2 * DAY, 3 * DAY, category="C02", **here()), "another kind"),
        (case(40 * DAY, 41 * DAY, **here()), "too late"),
        (case(2 * DAY, 3 * DAY, flags="placeholder_location", **here()), "the pin of a phone"),
        (case(2 * DAY, 3 * DAY, flags="information_call", **here()), "a question, not a report"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_new_report(told, second, why):
    assert told("rereport_rate", [case(0, 10, **here()), second]).numerator == 0, why


def test_the_new_report_may_lie_outside_the_view(told):
    cases = [case(0, 10, **here()), case(2 * DAY, 3 * DAY, department="EN", zone="800102", **here())]
    found = told("rereport_rate", cases, scope=Scope(department=("PH",)))
    assert (found.numerator, found.denominator) == (1, 1)


def test_cases_without_a_point_are_left_out_and_counted(told):
    cases = [case(0, 10, **here()), case(0, 10), case(0, 10, flags="placeholder_location", **here())]
    found = told("rereport_rate", cases)
    assert found.denominator == 1
    assert found.excluded == {"no_point": 2}


def test_new_closes_count_for_as_long_as_they_were_followed(told):
    old = [case(i, i + 10, **far(i)) for i in range(20)]
    young = [case(90 * DAY, 90 * DAY + 10, **far(i)) for i in range(40, 80)]
    back = [case(91 * DAY, None, **far(40))]
    found = told("rereport_rate", [*old, *young, *back])
    assert found.parts == {"days": 30}
    assert found.value == pytest.approx(1 / 60)  # nobody was censored before it came


def test_a_share_is_told_for_the_days_that_were_followed_only(told):
    cases = [case(0, 10, **far(i)) for i in range(30)]
    assert told("rereport_rate", cases, hours=8 * DAY).parts == {"days": 7}


def test_closes_of_today_tell_nothing_yet(told):
    found = told("rereport_rate", [case(0, 10, **far(i)) for i in range(30)], hours=12)
    assert (found.value, found.reason, found.n) == (None, "follow_up_short", 30)


def test_reopening_counts_from_the_first_close(told):
    cases = [case(0, 20 * DAY, reopen_count=1), case(0, 10), case(0, 10), case(0, 10)]
    events = [(0, "closed", 10), (0, "reopened", 5 * DAY)]
    found = told("reopen_rate", cases, events)
    assert (found.value, found.numerator, found.denominator) == (0.25, 1, 4)
    assert told("reopen_rate", [], hours=4 * DAY).numerator == 0, "not opened again yet"


def test_a_case_that_is_open_again_was_closed_once(told):
    cases = [case(0, None, None, status="reopened", reopen_count=1), case(0, 10)]
    found = told("reopen_rate", cases, [(0, "closed", 10), (0, "reopened", 40 * DAY)])
    assert (found.numerator, found.denominator) == (0, 2), "opened again after more than 30 days"


def test_reopenings_without_a_time_are_a_plain_share(told):
    found = told("reopen_rate", [case(0, 90, reopen_count=2), case(0, 10), case(0, 10), case(99 * DAY, None)])
    assert found.value == pytest.approx(1 / 3)
    assert found.parts == {"days": None, "undated": 1}


def test_what_comes_after_a_reopening_is_a_duplicate(told):
    cases = [case(0, 20 * DAY, reopen_count=1, **here()), case(6 * DAY, 7 * DAY, **here())]
    found = told("rereport_rate", cases, [(0, "closed", 10), (0, "reopened", 5 * DAY)])
    assert found.numerator == 0


def test_clean_closes_and_their_costs_add_up(told):
    cases = [
        case(0, 0.1, **here()),  # instant, and reported again
        case(2 * DAY, 3 * DAY, **here()),
        case(0, 20 * DAY, reopen_count=1, **far(1)),
        case(0, 10, **far(2)),
        case(5 * DAY, 6 * DAY, **far(2)),  # reported again
        case(0, 10, "duplicate", **here()), case(0, 0.1, "referred_out", **far(3)),  # no answers
    ]  # fmt: skip
    found = told("clean_close", cases, [(2, "closed", 10), (2, "reopened", 4 * DAY)])
    assert (found.numerator, found.denominator) == (2, 5)
    costs = [found.parts[cause] for cause in ("instant", "reopened", "rereported")]
    assert costs == pytest.approx([0.2, 0.2, 0.2])
    assert found.value + sum(costs) == pytest.approx(1, abs=1e-12)
    assert (found.parts["days"], found.parts["undated"]) == (30, 0)
    assert found.excluded == {"duplicate": 1, "referred_out": 1}


def test_photos_of_which_nobody_tells_are_left_out(told):
    cases = [case(0, 9, photo_after=n) for n in (1, 1, 1, 0, None)]
    found = told("after_photo", [*cases, case(0, 9, "deferred_to_budget", photo_after=0)])
    assert (found.numerator, found.denominator, found.value) == (3, 4, 0.75)
    assert found.excluded == {"photo_not_told": 1}


def test_a_source_without_photos_says_so(told):
    found = told("after_photo", [case(0, 9, photo_after=None)])
    assert (found.value, found.reason) == (None, "not_told")


def test_stars_with_the_interval_of_student(told):
    found = told("stars_mean", [case(0, 9, stars=n) for n in (5, 4, 4, 2, None)])
    assert (found.value, found.n) == (3.75, 4)
    assert found.low == pytest.approx(3.75 - 3.182446 * 1.258306 / 2, abs=1e-5)  # t(3), s of 5 4 4 2
    assert found.high == 5.0
    assert found.parts == {"closed": 5, "rated_share": 0.8}
    low = told("stars_low", [])
    assert (low.numerator, low.denominator) == (1, 4)


def test_one_rating_has_no_interval(told):
    found = told("stars_mean", [case(0, 9, stars=3)])
    assert (found.value, found.low, found.high) == (3.0, None, None)


def test_a_source_that_never_tells_of_reopening_has_no_rate_of_it(told):
    found = told("reopen_rate", [case(0, 9, **far(i)) for i in range(20)])
    assert (found.value, found.reason) == (None, "not_told")
    assert found.excluded == {"reopen_not_told": 20}
    assert told("clean_close", []).parts["silent"] == 20
    other = case(0, 30, source="traffy", reopen_count=1, **far(30))
    both = told("reopen_rate", [other | {"source_id": "X-1"}])
    assert (both.numerator, both.denominator) == (1, 1)


def test_without_a_category_the_labels_of_the_source_tell_the_kind(told):
    cases = [case(0, 10, category="C00", labels=label, **here()) for label in ("Pothole", "Rat bite", None)]
    back = case(2 * DAY, 3 * DAY, category="C00", labels="Pothole", **here())
    found = told("rereport_rate", [*cases, back])
    assert (found.numerator, found.denominator) == (1, 3)
    assert found.excluded == {"no_kind": 1}


@pytest.mark.parametrize("metric", ["clean_close", "reopen_rate", "rereport_rate", "after_photo", "stars_mean",
                                    "stars_low"])  # fmt: skip
@pytest.mark.parametrize("cases", [[], [case(0)], [case(0, 9, "duplicate")]], ids=["empty", "open", "aside"])
def test_without_a_close_there_is_a_reason(told, metric, cases):
    found = told(metric, cases)
    assert found.value is None
    assert found.reason in ("no_cases", "none_fixed", "none_rated")


def test_departments_add_up_to_the_whole(sqlite_store, profile):
    cases = [case(i, i + 0.1 if i % 7 == 0 else i + 20, department="PH" if i % 3 else "EN", **far(i % 40))
             for i in range(80)]  # fmt: skip
    reader = fill(sqlite_store, *cases)
    whole = compute("clean_close", reader, profile, EVERYTHING, at(100 * DAY))
    parts = compute_by("clean_close", "department", reader, profile, EVERYTHING, at(100 * DAY))
    assert {part.group for part in parts} == {"PH", "EN"}
    assert sum(part.numerator for part in parts) == whole.numerator
    assert sum(part.denominator for part in parts) == whole.denominator == 80


def test_both_periods_are_read_after_the_same_days(sqlite_store, profile):
    before = [case(i, i + 10, **far(i)) for i in range(20)]
    back = [case(12 * DAY, None, **far(i)) for i in range(5)]
    now = [case(30 * DAY + i, 30 * DAY + i + 10, **far(i)) for i in range(40, 60)]
    reader = fill(sqlite_store, *before, *back, *now)
    first = START // (DAY * HOUR)
    scope = Scope(first + 30, first + 40)
    ask = Ask(reader, profile, scope, at(40 * DAY), compare=Scope(first, first + 8))
    row = next(row for row in rows(ask) if row.now.metric == "rereport_rate")
    assert (row.now.parts["days"], row.before.parts["days"]) == (7, 7)
    assert row.before.value == 0, "what came back on day 12 is not held against it"
    table = quality(ask, "").set_index("metric")
    assert table.loc["rereport_rate", "days"] == 7
    assert table.loc["rereport_rate", "noise"]
