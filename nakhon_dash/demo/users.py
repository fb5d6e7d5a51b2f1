"""The synthetic LINE account: followers through the published anchors of the profile, blocks and targeted reach."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from nakhon_dash.demo.feasts import flood
from nakhon_dash.demo.plan import SOURCE, Plan
from nakhon_dash.demo.shape import shape
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import day_no, day_of
from nakhon_dash.ingest.block import Entry, EntryBlock

_LINE_DAY = timedelta(hours=9)  # a LINE day is a UTC+9 day


def user_blocks(profile: Profile, plan: Plan) -> Iterator[EntryBlock]:
    """One entry a LINE day that was over at the end of the plan, but for a few missing days; none before the account.

    The account's history does not depend on `years`: the anchors stay where they were published.
    """
    first = shape()["users"]["from"]
    last = _last_line_day(plan)
    if last <= first or shape()["users"]["channel"] not in profile.channels:
        return
    entries = _entries(profile, plan, first, last)
    yield EntryBlock(first=1, last=len(entries), entries=entries)


def campaign_days() -> list[tuple[date, date, str, str]]:
    """(first day, last day, Thai title, English title) of every campaign of the shape table."""
    table = shape()["users"]["campaign"]
    return [(c["day"], c["day"] + timedelta(days=c["days"] - 1), c["title_th"], c["title_en"]) for c in table]


def _last_line_day(plan: Plan) -> date:
    return (datetime.fromtimestamp(plan.end.timestamp(), UTC) + _LINE_DAY).date() - timedelta(days=1)


def _entries(profile: Profile, plan: Plan, first: date, last: date) -> list[Entry]:
    table, random = shape()["users"], plan.random("users", 1)
    knots = _knots(profile, first)
    days = np.arange(day_no(first), max(day_no(last), *knots) + 1)
    followers = _followers(plan, knots, days)
    way = (days - days[0]) / table["ripe_days"]
    wobble = random.normal(0, 1, (len(days), 2))  # day by day, so that a later end changes no earlier day
    blocks = np.interp(way, [0, 1], table["blocks"]) * (1 + 0.004 * wobble[:, 0])
    blocked = np.round(followers * blocks).astype(int)
    reach = np.interp(way, [0, 1], table["reach"]) + 0.003 * wobble[:, 1]
    reached = np.round((followers - blocked) * reach).astype(int)
    missing = _missing(plan, days, knots)
    kept = [i for i, day in enumerate(days) if day <= day_no(last) and day not in missing]
    rows: list[dict[str, Any]] = [
        {
            "channel": table["channel"], "day_no": int(days[i]), "followers": int(followers[i]),
            "targeted_reaches": int(reached[i]), "blocks": int(blocked[i]),
            "flags": "gap" if int(days[i]) - 1 in missing else "", "source": SOURCE,
        }
        for i in kept
    ]  # fmt: skip
    return [_entry(number, row) for number, row in enumerate(rows, start=1)]


def _entry(record: int, row: dict[str, Any]) -> Entry:
    key = f"{row['channel']}|{day_of(row['day_no'])}"
    return Entry(record, key, {"channel_users": [row]}, tuple(row["flags"].split()))


def _knots(profile: Profile, first: date) -> dict[int, int]:
    """Day number -> followers that the series must pass: the first day and the anchors, oldest first."""
    table = shape()["users"]
    anchors = {day_no(a.as_of): a.value for a in profile.anchor if a.metric == "line_users" and a.as_of > first}
    if not anchors:
        people = profile.denominators[profile.adoption.default_denominator].people
        anchors = {day_no(first) + round(4.5 * 365.25): round(people * table["without_anchors"])}
    start = min(table["first"], min(anchors.values()))
    return {day_no(first): start} | dict(sorted(anchors.items()))


def _followers(plan: Plan, knots: dict[int, int], days: np.ndarray) -> np.ndarray:
    """Cumulative followers: never falling, exact on the knots, slowing down after the last of them."""
    table = shape()["users"]
    steps = plan.random("users", 2).gamma(1 / table["day_noise"] ** 2, table["day_noise"] ** 2, len(days))
    steps *= _rises(plan, days)
    followers = np.empty(len(days))
    pairs = list(pairwise(knots.items()))
    for number, ((begin, low), (stop, high)) in enumerate(pairs):
        part = (days > begin) & (days <= stop)
        way = (days[part] - begin) / (stop - begin)
        grown = np.cumsum(steps[part] * (way ** (table["rise"] - 1) if number == 0 else 1))
        followers[part] = low + (max(high, low) - low) * grown / grown[-1]
    (begin, low), (stop, high) = pairs[-1]
    pace = (high - low) / (stop - begin) * (1.0 if len(pairs) > 1 else 0.5)
    after = days > stop
    slower = np.exp(-(days[after] - stop) / table["slowing_days"])
    followers[after] = high + np.cumsum(steps[after] * slower) * pace
    followers[days == days[0]] = knots[int(days[0])]
    return np.floor(followers + 1e-6).astype(np.int64)


def _rises(plan: Plan, days: np.ndarray) -> np.ndarray:
    """How many times the usual new followers each day brings: campaigns and floods."""
    rises = np.ones(len(days))
    events = [(c["day"], c["days"], c["rise"]) for c in shape()["users"]["campaign"]]
    years = range(day_of(int(days[0])).year, day_of(int(days[-1])).year + 1)
    floods = [flood(plan, year) for year in years]
    events += [(f.first, (f.last - f.first).days + 1, shape()["users"]["flood"]["rise"]) for f in floods]
    for first, length, rise in events:
        rises[(days >= day_no(first)) & (days < day_no(first) + length)] *= rise
    return rises


def _missing(plan: Plan, days: np.ndarray, knots: dict[int, int]) -> set[int]:
    drawn = days[plan.random("users", 3).random(len(days)) < shape()["users"]["missing"]]
    return {int(day) for day in drawn} - set(knots)
