"""The synthetic LINE counts pass the published anchors and are plausible in between."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from nakhon_dash.demo import plan
from nakhon_dash.demo.users import campaign_days, user_blocks
from nakhon_dash.domain.view import day_no, day_of


def series(profile, end):
    entries = [e for b in user_blocks(profile, plan(profile, end=end)) for e in b.entries]
    frame = pd.DataFrame([row for e in entries for row in e.rows["channel_users"]])
    return frame.assign(day=frame["day_no"].map(day_of)) if len(frame) else frame


@pytest.fixture(scope="module")
def users(profile):
    return series(profile, datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.mark.parametrize(("day", "followers"), [(date(2025, 3, 31), 99_918), (date(2025, 11, 20), 112_000)])
def test_the_anchors_are_met_to_the_person(users, day, followers):
    assert users.loc[users["day"] == day, "followers"].tolist() == [followers]


def test_followers_never_fall_and_never_jump(users):
    steps = users["followers"].diff().dropna()
    assert (steps >= 0).all()
    assert (steps / users["followers"].shift().dropna()).max() < 0.05


def test_growth_slows_down_after_the_newest_anchor(users):
    at = users.set_index("day")["followers"]
    last_year = at[date(2026, 11, 20)] - at[date(2025, 11, 20)]
    assert 8_000 < last_year < at[date(2025, 11, 20)] - at[date(2024, 11, 20)]


def test_a_tenth_has_blocked_and_six_in_ten_are_reached(users):
    blocks = users["blocks"] / users["followers"]
    assert blocks.iloc[0] < 0.06
    assert 0.08 < blocks.iloc[-1] < 0.105
    assert 0.55 < users["targeted_reaches"].iloc[-1] / users["followers"].iloc[-1] < 0.65
    assert (users["targeted_reaches"] <= users["followers"] - users["blocks"]).all()


def test_a_few_days_are_missing_and_the_next_one_says_so(users):
    gaps = np.flatnonzero(users["day_no"].diff() > 1)
    assert 2 <= len(gaps) <= 12
    assert list(np.flatnonzero(users["flags"] == "gap")) == list(gaps)


def test_a_campaign_brings_more_friends(users):
    first, last, *_ = campaign_days()[-1]
    at = users.set_index("day")["followers"]
    during = (at[last] - at[first]) / (last - first).days
    before = (at[first - timedelta(days=1)] - at[first - timedelta(days=31)]) / 30
    assert during > 2 * before


def test_only_line_days_that_are_over_are_there(profile):
    early = series(profile, datetime(2026, 11, 22, 14, 59, tzinfo=UTC))
    late = series(profile, datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
    assert early["day"].max() == date(2026, 11, 21)
    assert late["day"].max() == date(2026, 11, 22)
    pd.testing.assert_frame_equal(early, late.iloc[:-1])


def test_before_the_account_there_is_nothing(profile):
    assert len(series(profile, datetime(2020, 5, 1, tzinfo=UTC))) == 0


def test_the_past_is_the_same_before_the_anchors_were_published(profile, users):
    early = series(profile, datetime(2024, 6, 1, 2, tzinfo=UTC))
    assert early["day_no"].max() == day_no(date(2024, 5, 31))
    assert early["followers"].tolist() == users["followers"].head(len(early)).tolist()


def test_a_city_without_anchors_has_users_too(profile):
    other = profile.model_copy(update={"anchor": []})
    users = series(other, datetime(2026, 11, 22, 9, tzinfo=UTC))
    assert 0.5 < users["followers"].max() / other.denominators[other.adoption.default_denominator].people < 0.8
