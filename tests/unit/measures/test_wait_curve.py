"""The curve at readable hours, and how cases end."""

import numpy as np
import pytest

from nakhon_dash.domain.view import Scope, day_no, moment_of
from nakhon_dash.measures import asking
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.outcomes import KINDS, outcomes, share
from nakhon_dash.measures.tables import table
from nakhon_dash.measures.wait_curve import drawn, standing
from tests.unit.measures.city import EVERYTHING, at, case, fill


@pytest.fixture
def ask(sqlite_store, profile):
    def of(*rows, hours=1_000, **rest):
        return Ask(fill(sqlite_store, *rows), profile, EVERYTHING, at(hours), **rest)

    return of


def test_a_point_says_who_waits_who_was_answered_and_who_is_followed(ask):
    found = standing(ask(case(0, 10), case(0, 48), case(0, 60), case(950)).whole, 48)
    assert (found.still, found.answered, found.at_risk) == (0.5, 2, 3)
    assert found.low < found.still < found.high


def test_nothing_is_said_beyond_the_longest_follow_up(ask):
    found = standing(ask(case(990), case(950, 960)).whole, 100)
    assert (found.still, found.low, found.at_risk) == (None, None, 0)


def test_when_all_are_answered_nobody_waits_however_long_one_looks(ask):
    assert standing(ask(case(0, 10)).whole, 900).still == 0


def test_the_table_names_half_and_nine_in_ten_and_stands_beside_the_period_before(sqlite_store, profile):
    reader = fill(sqlite_store, *[case(48, 48 + w) for w in range(1, 11)], *[case(0, 2 * w) for w in range(1, 11)])
    day = day_no(moment_of(at(48)).date())
    ask = Ask(reader, profile, Scope(day, day), at(1_000), compare=Scope(day - 2, day - 2))
    rows = table("curve", ask).set_index("mark")
    assert rows.loc["half", "hours"] == 5.5
    assert rows.loc["half", "before_still"] == pytest.approx(0.8)
    assert rows.loc["nine_in_ten", "hours"] == 9.5


def test_the_drawn_curve_stops_where_follow_up_stops(ask):
    found = drawn(ask(case(990), case(950, 960)).whole, np.array([1.0, 20.0, 60.0]))
    assert found.still[0] == 1
    assert np.isnan(found.still[2])


def test_a_duplicate_and_a_referral_are_endings_and_the_rest_still_waits(ask):
    rows = [case(0, 10), case(0, 20, "duplicate"), case(0, 30, "referred_out"), case(0, 40, "out_of_area"), case(0)]
    found = outcomes(ask(*rows))
    assert {kind: share(found, kind, 48).value for kind in KINDS} == pytest.approx(
        {"fixed": 0.2, "deferred_to_budget": 0, "referred_out": 0.2, "duplicate": 0.2, "aside": 0.2}
    )
    waiting = share(found, "waiting", 48)
    assert (waiting.value, waiting.cases) == (pytest.approx(0.2), 1)
    assert waiting.low < 0.2 < waiting.high


def test_an_end_without_a_time_is_left_out_and_counted(ask):
    rows = [case(0, 10), case(0, None, "duplicate"), case(0, None, status="closed", flags="no_finish_time"),
            case(0, 1, flags="information_call")]  # fmt: skip
    found = outcomes(ask(*rows))
    assert (found.n, found.excluded) == (1, {"no_finish_time": 2, "information_call": 1})


def test_an_outcome_of_later_is_not_known_yet(ask):
    found = outcomes(ask(case(0, 10), case(0, 50, "duplicate"), hours=40))
    assert share(found, "duplicate", 30).value == 0
    assert share(found, "waiting", 30).value == 0.5
    assert share(found, "waiting", 48).value is None


def test_a_large_view_has_the_same_shares_at_whole_hours(ask, monkeypatch):
    rows = [case(0, 10.3), case(0, 20, "duplicate"), case(0, 47.999), case(0, 100.2, "referred_out"), case(0)]
    exact = table("outcomes", ask(*rows))
    monkeypatch.setattr(asking, "EXACT", 0)
    rough = table("outcomes", ask())
    np.testing.assert_allclose(exact["share"], rough["share"])
    np.testing.assert_array_equal(exact["cases"], rough["cases"])
