"""The staffing question on a store: answered where a queue is, refused with a reason where it is not."""

import numpy as np
import pytest

from nakhon_dash.analysis.queueing import Crews, simulate
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.staffing import Estimate, believable, candidates, staffing
from nakhon_dash.measures.tables import table
from tests.unit.measures.city import EVERYTHING, at, case, fill

WEEKS = 30
NOW = WEEKS * 168.0
OFFICE = tuple(8 <= hour < 17 for hour in range(24))
SHIFT = 7  # local hours ahead of UTC, in which the rows are written


def rows_of(received, wait, **rest):
    """Rows whose times are local hours since a Monday."""
    return [case(a - SHIFT, a - SHIFT + w if a + w < NOW else None, **rest)
            for a, w in zip(received, wait, strict=True)]  # fmt: skip


def queue(crews, load=0.85, seed=3, hours=2.0):
    random = np.random.default_rng(seed)
    n = int((crews.weekday * 5 + crews.weekend * 2) * 9 * load / hours * WEEKS)
    received = np.sort(random.integers(0, WEEKS * 7 - 2, n) * 24 + np.clip(random.normal(13, 4, n), 0, 23.9))
    return received, simulate(received[None], random.gamma(2, hours / 2, n)[None], [crews])[0]


def asked(reader, profile, *more, department="PH"):
    return staffing(reader, profile, EVERYTHING, department, more or ((0, 1),), at(NOW))


def test_more_crews_help_where_cases_queue_for_them(sqlite_store, profile):
    reader = fill(sqlite_store, *rows_of(*queue(Crews(4, 0, OFFICE))))
    found = asked(reader, profile, (0, 1), (2, 2))
    assert found.reason is None
    assert found.checked.holds(found.actual)
    one, many = found.options
    assert one.gain.low > 0
    assert many.on_time.value >= one.on_time.value > found.now.value
    assert found.crews.hours == OFFICE
    rows = table("staffing", Ask(reader, profile, Scope(department=("PH",)), at(NOW)))
    assert list(rows["row"]) == ["actual", "foretold", "now", "what_if", "what_if", "what_if"]
    assert rows["on_time"].between(0, 1).all()


def test_waits_without_a_queue_promise_nothing(sqlite_store, profile):
    random = np.random.default_rng(5)
    received = np.sort(random.uniform(0, NOW, 2_000))
    found = asked(fill(sqlite_store, *rows_of(received, random.lognormal(3, 0.8, 2_000))), profile)
    assert (found.reason, found.options, found.crews) == ("no_queue", (), None)


def test_a_quarter_unlike_the_one_before_is_not_explained(sqlite_store, profile):
    random = np.random.default_rng(6)
    received = np.sort(random.uniform(0, NOW, 2_000))
    slower = np.where(received > NOW - 14 * 168, 3.0, 1.0)
    found = asked(fill(sqlite_store, *rows_of(received, random.lognormal(3, 0.8, 2_000) * slower)), profile)
    assert (found.reason, found.options) == ("misses", ())
    assert not found.checked.holds(found.actual)


def test_few_cases_give_a_reason_and_no_number(sqlite_store, profile):
    reader = fill(sqlite_store, *[case(i * 10.0, i * 10.0 + 5) for i in range(50)])
    found = asked(reader, profile)
    assert (found.reason, found.now, found.checked) == ("few", None, None)
    assert asked(reader, profile, department="PW").reason == "few"
    assert table("staffing", Ask(reader, profile, EVERYTHING, at(NOW))).empty


def test_crews_that_the_city_names_are_used(sqlite_store, profile):
    named = [d.model_copy(update={"crews_weekday": 4, "crews_weekend": 0}) if d.code == "PH" else d
             for d in profile.department]  # fmt: skip
    city = profile.model_copy(update={"department": named})
    city.__dict__.pop("departments", None)
    found = asked(fill(sqlite_store, *rows_of(*queue(Crews(4, 0, OFFICE)))), city)
    assert (found.crews.weekday, found.crews.weekend, found.given) == (4, 0, True)


@pytest.mark.parametrize(
    ("checked", "now", "actual", "said"),
    [((0.8, 0.7, 0.9), 0.82, 0.8, True), ((0.8, 0.7, 0.9), 0.82, 0.95, False),
     ((0.6, 0.2, 0.9), 0.6, 0.6, False), ((0.8, 0.7, 0.9), 0.9, 0.8, False)],
)  # fmt: skip
def test_a_model_is_believed_only_when_it_hits_narrowly_and_plays_the_quarter_again(checked, now, actual, said):
    assert believable(Estimate(*checked), Estimate(now, 0, 1), actual) is said


def test_only_departments_with_two_quarters_of_cases_can_be_asked_about(sqlite_store, profile):
    many = rows_of(np.arange(0, NOW, 20.0), np.full(int(NOW // 20), 5.0))
    reader = fill(sqlite_store, *many, case(10, 12, department="PW", source="few"))
    assert candidates(reader, profile, EVERYTHING, at(NOW)) == ["PH"]
