"""How a synthetic case goes on: its answer, when it comes, and whether the case is opened again."""

from dataclasses import dataclass

import numpy as np

from nakhon_dash.demo.plan import DAY
from nakhon_dash.demo.seasons import Calendar
from nakhon_dash.demo.shape import shape

HOUR = DAY // 24
FIXED, DEFERRED = "fixed", "deferred_to_budget"
ASIDE = ("duplicate", "referred_out", "not_actionable", "out_of_area")
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Course:
    """What will become of each case, as if the end of the plan did not exist. Times in microseconds, NEVER = not."""

    answer: np.ndarray  # the outcome once closed
    responded: np.ndarray
    closed: np.ndarray  # the first close
    reopened: np.ndarray
    closed_again: np.ndarray


def answers(calendar: Calendar, kind: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The outcome that each case will have when it is closed."""
    table = shape()["outcome"]
    chance = random.random(len(kind))
    found = np.full(len(kind), FIXED, dtype=object)
    found[random.random(len(kind)) < calendar.kinds.deferred[kind]] = DEFERRED
    low = 0.0
    for name in ASIDE:
        high = low + table[name]["share"]
        found[(chance >= low) & (chance < high)] = name
        low = high
    return found


def course(
    calendar: Calendar,
    kind: np.ndarray,
    day: np.ndarray,
    received: np.ndarray,
    answer: np.ndarray,
    random: np.random.Generator,
) -> Course:
    """The further life of cases of category number `kind`, received on `day` of the plan at `received`."""
    table = shape()["after"]
    hours = _hours(calendar, kind, day, answer, random)
    closed = _rested(calendar, kind, day, received + (hours * 3600).astype(np.int64) * 1_000_000, random)
    again = (answer == FIXED) & (random.random(len(kind)) < table["reopened"])
    reopened = closed + _lognormal(table["reopened_after_hours"], 0.9, len(kind), random)
    second = reopened + _lognormal(table["fixed_again_hours"], 0.8, len(kind), random)
    return Course(
        answer=answer,
        responded=_responses(received, closed, random),
        closed=closed,
        reopened=np.where(again, reopened, NEVER),
        closed_again=np.where(again, second, NEVER),
    )


def _hours(
    calendar: Calendar, kind: np.ndarray, day: np.ndarray, answer: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    wait, outcome, kinds = shape()["wait"], shape()["outcome"], calendar.kinds
    score = random.standard_normal(len(kind))
    pace = calendar.pace[day]
    hours = kinds.hours[kind] * pace * np.exp(wait["spread"] * score)
    late = random.random(len(kind)) < np.minimum(kinds.late[kind] * calendar.late[day], 0.9)
    slow = kinds.late_hours[kind] * np.sqrt(pace) * np.exp(wait["late_spread"] * score)
    hours = np.where(late & (answer == FIXED), slow, hours)
    deferred = outcome["deferred_hours"] * pace * np.exp(outcome["deferred_spread"] * score)
    hours = np.where(answer == DEFERRED, deferred, hours)
    for name in ASIDE:
        hours = np.where(answer == name, outcome[name]["hours"] * np.exp(outcome["spread"] * score), hours)
    at_once = random.random(len(kind)) < wait["instant"]
    return np.where(at_once, random.uniform(0.02, 0.15, len(kind)), hours)


def _rested(
    calendar: Calendar, kind: np.ndarray, day: np.ndarray, closed: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    """Closings at night put off to the next morning, but for emergencies and what was closed within the hour."""
    wait = shape()["wait"]
    dusk, dawn = (hour * HOUR for hour in wait["night"])
    since_dusk = (closed - calendar.midnights[day] - dusk) % DAY
    night = since_dusk < (dawn - dusk) % DAY
    moved = night & ~calendar.kinds.emergency[kind] & (random.random(len(kind)) < wait["night_rest"])
    morning = closed - since_dusk + (dawn - dusk) % DAY + (random.beta(2, 3, len(kind)) * 4 * HOUR).astype(np.int64)
    return np.where(moved, _whole_seconds(morning), closed)


def _responses(received: np.ndarray, closed: np.ndarray, random: np.random.Generator) -> np.ndarray:
    wait = shape()["wait"]
    size = len(received)
    first = np.minimum(received + _lognormal(wait["response_hours"], wait["response_spread"], size, random), closed)
    return np.where(random.random(size) < wait["no_response"], NEVER, first)


def _lognormal(median_hours: float, spread: float, size: int, random: np.random.Generator) -> np.ndarray:
    hours = median_hours * np.exp(spread * random.standard_normal(size))
    return _whole_seconds((hours * HOUR).astype(np.int64))


def _whole_seconds(moments: np.ndarray) -> np.ndarray:
    return moments // 1_000_000 * 1_000_000
