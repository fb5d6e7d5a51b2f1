"""How numbers are written."""

import pytest

from nakhon_dash.i18n import numbers


def test_a_share_just_below_the_target_is_not_rounded_up_to_it():
    assert numbers.share(0.9996, 10_000) == "99.9%"
    assert numbers.share(1.0, 10_000) == "100.0%"
    assert numbers.in_hundred(0.996) == 99


def test_a_tiny_share_is_not_written_as_nothing():
    assert numbers.share(0.0001, 50_000) == "0.1%"
    assert numbers.share(0.0, 50_000) == "0.0%"


def test_small_groups_get_no_decimal():
    assert numbers.share(0.869, 60) == "87%"
    assert numbers.share(0.869, 600) == "86.9%"


def test_a_signed_interval_uses_the_word():
    assert numbers.span(numbers.signed(-0.8, 1), numbers.signed(2.7, 1), "th") == "−0.8 ถึง +2.7"
    assert numbers.share_span(0.846, 0.888, "en") == "84.6–88.8"


@pytest.mark.parametrize(
    ("hours", "th", "en"),
    [(0.5, "30 นาที", "30 min"), (19, "19 ชม.", "19 h"), (71.4, "71 ชม.", "71 h"), (148.8, "6.2 วัน", "6.2 d")],
)
def test_waiting_times_are_hours_then_days(hours, th, en):
    assert numbers.duration(hours, "th") == th
    assert numbers.duration(hours, "en") == en


def test_an_interval_without_upper_end_is_not_zero():
    assert numbers.duration_span(30.0, None, "en") == "30 h or more"


@pytest.mark.parametrize(
    ("hours", "shown"), [(0.94, ("+0.9", "hours")), (-5.66, ("−5.7", "hours")), (12.4, ("+12", "hours")),
                         (-80, ("−3.3", "days")), (0.01, ("0.0", "hours"))]
)  # fmt: skip
def test_a_difference_of_waits_has_its_sign(hours, shown):
    assert numbers.hours_change(hours) == shown


def test_both_ends_of_a_difference_have_one_unit_and_an_open_end_is_said():
    assert numbers.hours_change_span(-0.8, 2.7, "en") == "−0.8 to +2.7 h"
    assert numbers.hours_change_span(-10, 90, "en") == "−0.4 to +3.8 d"
    assert numbers.hours_change_span(1.0, None, "en") == "+1.0 to unknown h"


def test_nothing_is_not_minus_nothing():
    assert numbers.signed(-0.04, 1) == "0.0"
    assert numbers.signed(0.04, 1) == "0.0"
