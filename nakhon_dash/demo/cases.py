"""The synthetic complaints, block by block: what the city's own system would hold at the end of the plan."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from nakhon_dash.demo.ground import Ground, hotspot_of
from nakhon_dash.demo.plan import BLOCK, DAY, SOURCE, Plan
from nakhon_dash.demo.returns import failed_repairs, move_back
from nakhon_dash.demo.seasons import Calendar
from nakhon_dash.demo.shape import kinds, shape, weights
from nakhon_dash.demo.state import known_where, state_at_end
from nakhon_dash.demo.waits import answers, course
from nakhon_dash.domain.profile import UNMAPPED, Profile
from nakhon_dash.ingest.block import Block
from nakhon_dash.ingest.canonical import finish

_MONTH_DAYS = 365.25 / 12
_PARENT_WITHIN = 14 * DAY


def complaint_blocks(profile: Profile, plan: Plan, folder: Path | None = None) -> Iterator[Block]:
    """All cases of the plan in blocks of BLOCK rows, in order of the day of receipt; memory does not grow with them."""
    calendar = Calendar(plan, kinds(profile))
    ground = Ground(profile, plan, folder)
    until = np.cumsum(calendar.day_counts())
    for number, first in enumerate(range(0, plan.cases, BLOCK)):
        last = min(first + BLOCK, plan.cases)
        day = np.searchsorted(until, np.arange(first, last), side="right")
        rows = _rows(profile, calendar, ground, day, first, plan.random("cases", number))
        yield Block(first=first + 1, last=last, rows=rows)


def _rows(
    profile: Profile, calendar: Calendar, ground: Ground, day: np.ndarray, first: int, random: np.random.Generator
) -> pd.DataFrame:
    size = len(day)
    received = calendar.moments(day, random)
    order = np.argsort(received, kind="stable")
    received, day = received[order], day[order]
    kind = calendar.categories(day, random)
    answer = answers(calendar, kind, random)
    parent = _parents(kind, received, answer)
    months = (calendar.plan.days - 1 - day) / _MONTH_DAYS
    hotspot = hotspot_of(kind, months, calendar.kinds, random)
    place = _places(profile, ground, answer, hotspot, parent, random)
    life = course(calendar, kind, day, received, answer, random)
    codes = np.array(calendar.kinds.codes, dtype=object)
    own = random.spawn(1)[0]
    move_back(ground, place, failed_repairs(codes[kind], received, life, parent, own), own)
    ids = np.array([case_number(first + i + 1) for i in range(size)], dtype=object)
    age = calendar.years_before_end[day] / max(calendar.plan.years, 1)
    state = state_at_end(life, received, age, calendar.plan.end_at, random)
    frame = {
        "source": np.full(size, SOURCE, dtype=object),
        "source_id": ids,
        "case_no": ids,
        "channel": _channels(profile, size, random),
        "received_at": received,
        "category": codes[kind],
        "parent_id": known_where(np.asarray(state["outcome"] == "duplicate"), ids[parent]),
    }
    flags = state.pop("flags") + np.where(codes[kind] == UNMAPPED, " no_category", "") + place.pop("flags")
    frame |= place | state | {"flags": np.array([text.strip() for text in flags], dtype=object)}
    frame["record"] = np.arange(first + 1, first + size + 1)
    return _without_pins(finish(pd.DataFrame(frame), profile))


def case_number(number: int) -> str:
    """A case number that no real system gives: everyone sees that the case is synthetic."""
    return f"SYN-{number:06d}"


def _parents(kind: np.ndarray, received: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """For each duplicate the newest case of its category before it; a duplicate without one becomes an own case."""
    order = np.lexsort((received, kind))
    duplicate = answer[order] == "duplicate"
    position = np.where(duplicate, -1, np.arange(len(order)))
    newest = np.maximum.accumulate(position)
    candidate = order[np.maximum(newest, 0)]
    ok = (newest >= 0) & (kind[candidate] == kind[order]) & (received[order] - received[candidate] < _PARENT_WITHIN)
    parent = np.full(len(order), -1)
    parent[order] = np.where(ok & duplicate, candidate, -1)
    answer[(answer == "duplicate") & (parent < 0)] = "fixed"
    return parent


def _channels(profile: Profile, size: int, random: np.random.Generator) -> np.ndarray:
    codes, share = weights(shape()["channel"], list(profile.channels))
    return np.array(codes, dtype=object)[random.choice(len(codes), size, p=share)]


def _places(
    profile: Profile,
    ground: Ground,
    answer: np.ndarray,
    hotspot: np.ndarray,
    parent: np.ndarray,
    random: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Columns lat, lon, zone, tambon and flags, with the faults that real pins have."""
    table, size = shape()["place"], len(answer)
    points = ground.places(size, random)
    for number in range(len(ground.hotspots)):
        mine = np.flatnonzero(hotspot == number)
        points[mine] = ground.near_hotspot(number, len(mine), random)
    again = np.flatnonzero(parent >= 0)
    points[again] = ground.beside(points[parent[again]], random)
    chance = random.random(size)
    pin = (chance < table["pin"]) & (answer != "out_of_area")
    points[pin] = ground.pin
    beyond = (answer == "out_of_area") | ((chance >= table["pin"]) & (chance < table["pin"] + table["outside"]))
    points[beyond] = ground.beyond(int(beyond.sum()), random)
    zone = ground.zone_of(points)
    lost = ~pin & (random.random(size) < table["missing"])
    zone[lost & (random.random(size) >= table["missing_zone_known"])] = None
    points[lost] = np.nan
    tambon = np.full(size, None, dtype=object)
    if profile.neighbours:
        tambon[beyond] = random.choice(list(profile.neighbours), int(beyond.sum()))
    flags = np.select([lost, pin, beyond], [" no_location", " placeholder_location", " outside_municipality"], "")
    return {"lat": points[:, 1], "lon": points[:, 0], "zone": zone, "tambon": tambon, "flags": flags.astype(object)}


def _without_pins(rows: pd.DataFrame) -> pd.DataFrame:
    """No map cell for the placeholder pin: it says where a phone opened, not where the trouble is."""
    pin = rows["flags"].str.contains("placeholder_location").to_numpy()
    rows.loc[pin, ["h3_8", "h3_9", "h3_10"]] = pd.NA
    return rows
