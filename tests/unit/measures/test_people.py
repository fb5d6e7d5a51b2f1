"""Reach of the channel and satisfaction: bands, denominators, waves, and intervals that know the person."""

import numpy as np
import pytest

from nakhon_dash.analysis.intervals import wilson
from nakhon_dash.measures import compute, compute_by, opinion
from nakhon_dash.measures.asking import Ask
from nakhon_dash.store.reader import StoreReader
from tests.unit.measures.city import EVERYTHING, at, case, fill
from tests.unit.measures.people import ask_people, count_users

DAY = at(0) // 86_400_000_000


def test_reach_takes_blocks_off_and_stays_a_band(sqlite_store, profile):
    count_users(sqlite_store, (DAY - 1, 100_000, 8_000, 60_000), (DAY, 110_000, 10_000, 61_000))
    found = compute("reach", StoreReader(sqlite_store), profile, EVERYTHING, at(12), denominator="published")
    assert (found.value, found.low, found.high) == (100 * 100_000 / 110_000, 100 * 61_000 / 110_000, found.value)
    assert (found.level, found.numerator, found.denominator) == (None, 100_000, 110_000)


def test_reach_by_every_denominator_of_the_profile(sqlite_store, profile):
    count_users(sqlite_store, (DAY, 10, 0, None))
    found = compute_by("reach", "denominator", StoreReader(sqlite_store), profile, EVERYTHING, at(12))
    assert [m.group for m in found] == list(profile.denominators)
    assert found[0].low is None


def test_a_day_without_blocks_is_passed_over_not_guessed(sqlite_store, profile):
    count_users(sqlite_store, (DAY - 1, 100, 10, 60), (DAY, 999, None, 70))
    found = compute("friends_active", StoreReader(sqlite_store), profile, EVERYTHING, at(12))
    assert (found.value, found.parts["day_no"]) == (90, DAY - 1)


def test_days_after_the_view_are_not_seen(sqlite_store, profile):
    count_users(sqlite_store, (DAY - 9, 50, 5, 30), (DAY, 100, 10, 60))
    reader = StoreReader(sqlite_store)
    assert compute("friends_active", reader, profile, EVERYTHING.days(None, DAY - 1), at(12)).value == 45
    assert compute("friends_active", reader, profile, EVERYTHING, at(-24)).value == 45


def test_without_counts_reach_is_unknown(sqlite_store, profile):
    found = compute("reach", StoreReader(sqlite_store), profile, EVERYTHING, at(12))
    assert (found.value, found.reason) == (None, "no_data")


def test_cases_per_head_are_a_yearly_rate_with_an_interval(sqlite_store, profile):
    reader = fill(sqlite_store, *[case(i, zone="800103") for i in range(20)])
    scope = EVERYTHING.days(DAY - 364, DAY)
    found = {m.group: m for m in compute_by("report_rate", "zone", reader, profile, scope, at(23))}["800103"]
    people = profile.zones["800103"].latest_population[1]
    assert found.value == pytest.approx(1000 * 20 / people / (365 / 365.25))
    assert found.low < found.value < found.high


def test_cases_without_a_zone_have_no_rate(sqlite_store, profile):
    reader = fill(sqlite_store, case(0, zone=None))
    found = compute_by("report_rate", "zone", reader, profile, EVERYTHING, at(23))
    assert [(m.group, m.reason) for m in found] == [("", "no_population")]


def test_satisfaction_is_the_plain_mean_with_the_person_as_unit(sqlite_store, profile):
    ask_people(sqlite_store, "w1", DAY, [[5, 4], [3, 3], [4, None]])
    found = compute("satisfaction", StoreReader(sqlite_store), profile, EVERYTHING, at(12))
    assert found.value == np.mean([5, 4, 3, 3, 4])
    assert (found.n, found.parts["respondents"]) == (5, 3)
    assert found.low < found.value < found.high


def test_the_latest_wave_of_the_view_speaks(sqlite_store, profile):
    ask_people(sqlite_store, "w1", DAY - 100, [[2], [3]])
    ask_people(sqlite_store, "w2", DAY, [[5], [4]])
    reader = StoreReader(sqlite_store)
    assert compute("satisfaction", reader, profile, EVERYTHING, at(12)).value == 4.5
    assert compute("satisfaction", reader, profile, EVERYTHING.days(None, DAY - 1), at(12)).value == 2.5
    waves = compute_by("satisfaction", "wave", reader, profile, EVERYTHING, at(12))
    assert [(m.group, m.value) for m in waves] == [("w1", 2.5), ("w2", 4.5)]


def test_the_two_best_answers_get_wilson_while_everyone_answers_once(sqlite_store, profile):
    ask_people(sqlite_store, "w1", DAY, [[5], [4], [3], [1]])
    found = compute("top2", StoreReader(sqlite_store), profile, EVERYTHING, at(12))
    assert (found.value, found.numerator, found.denominator) == (0.5, 2, 4)
    assert (found.low, found.high) == wilson(2, 4)


def test_several_answers_of_a_person_widen_the_interval(sqlite_store, profile):
    ask_people(sqlite_store, "w1", DAY, [[5, 5], [1, 1], [5, 5], [2, 4]])
    found = compute("top2", StoreReader(sqlite_store), profile, EVERYTHING, at(12))
    low, high = wilson(5, 8)
    assert found.high - found.low > high - low


def test_weights_shift_the_mean(sqlite_store, profile):
    ask_people(sqlite_store, "w1", DAY, [[5]], weight=3.0, respondent="a")
    ask_people(sqlite_store, "w1", DAY, [[1]], weight=1.0, respondent="b")
    assert compute("satisfaction", StoreReader(sqlite_store), profile, EVERYTHING, at(12)).value == 4.0


def test_answers_split_by_zone_and_by_question(sqlite_store, profile):
    ask_people(sqlite_store, "w1", DAY, [[5, 1], [3, 1]])
    reader = StoreReader(sqlite_store)
    assert [m.group for m in compute_by("satisfaction", "zone", reader, profile, EVERYTHING, at(12))] == ["800101"]
    questions = compute_by("satisfaction", "question", reader, profile, EVERYTHING, at(12))
    assert {m.group: m.value for m in questions} == {"q0": 4.0, "q1": 1.0}


def test_without_a_survey_satisfaction_is_unknown_everywhere(sqlite_store, profile):
    reader = StoreReader(sqlite_store)
    assert compute("satisfaction", reader, profile, EVERYTHING, at(12)).reason == "no_data"
    assert compute("top2", reader, profile, EVERYTHING, at(12)).reason == "no_data"
    assert compute_by("satisfaction", "zone", reader, profile, EVERYTHING, at(12)) == []
    assert opinion.distribution(Ask(reader, profile, EVERYTHING, at(12))) == {}


def test_the_distribution_sums_to_one(sqlite_store, profile):
    ask_people(sqlite_store, "w1", DAY, [[5], [4], [4], [1]])
    found = opinion.distribution(Ask(StoreReader(sqlite_store), profile, EVERYTHING, at(12)))
    assert found == {1: 0.25, 2: 0, 3: 0, 4: 0.5, 5: 0.25}
