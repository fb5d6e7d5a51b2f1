"""What the city's system shows of a case at the end of the plan: nothing that happens later is known yet."""

import numpy as np
import pandas as pd

from nakhon_dash.demo.plan import DAY
from nakhon_dash.demo.shape import shape, weights
from nakhon_dash.demo.waits import FIXED, HOUR, NEVER, Course
from nakhon_dash.ingest.canonical import integers

_LATE = 48 * HOUR
_INSTANT = 10 * 60 * 1_000_000
_WAITS_LONG = 10 * DAY


def state_at_end(
    life: Course, received: np.ndarray, age: np.ndarray, end: int, random: np.random.Generator
) -> dict[str, np.ndarray | pd.Series]:
    """Columns of status, outcome, times, stars, photos, reopenings and flags as known at `end`.

    `age` is 0 for a case at the end of the plan and 1 at its start.
    """
    responded, closed, reopened, again = (
        _known(moment, end) for moment in (life.responded, life.closed, life.reopened, life.closed_again)
    )
    is_reopened = reopened != NEVER
    closed_at = np.where(is_reopened, again, closed)
    is_closed = closed_at != NEVER
    status = _status(is_closed, is_reopened, responded != NEVER, end - received, random)
    known = [np.where(moment == NEVER, received, moment) for moment in (responded, closed, reopened, again)]
    wait = np.where(is_closed, closed_at - received, 0)
    flags = np.where(is_closed & (wait < _INSTANT), " instant_close", "").astype(object)
    flags += np.where(is_reopened, " reopened", "")
    flags += np.where(is_closed & (life.answer == "duplicate"), " marked_duplicate", "")
    return {
        "first_response_at": _moments(responded),
        "closed_at": _moments(closed_at),
        "modified_at": np.maximum.reduce(known),
        "status": status,
        "blocked_reason": _blocked(status, end - received, random),
        "outcome": known_where(is_closed, life.answer),
        "stars": _stars(is_closed, wait, random),
        "reopen_count": is_reopened.astype(np.int64),
        "photo_before": (random.random(len(received)) < shape()["after"]["photo_before"]).astype(np.int64),
        "photo_after": _photo_after(is_closed, life.answer, age, random),
        "prior_closed_at": _moments(np.where(is_reopened, closed, NEVER)),
        "reopened_at": _moments(reopened),
        "flags": flags,
    }


def known_where(mask: np.ndarray, values: np.ndarray) -> np.ndarray:
    """`values` where the mask holds, elsewhere None."""
    found = np.full(len(mask), None, dtype=object)
    found[mask] = values[mask]
    return found


def _known(moment: np.ndarray, end: int) -> np.ndarray:
    return np.where(moment <= end, moment, NEVER)


def _moments(values: np.ndarray) -> pd.Series:
    return integers(values, values == NEVER)


def _status(
    closed: np.ndarray, reopened: np.ndarray, responded: np.ndarray, age: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    working = random.random(len(age)) < np.clip(age / (12 * HOUR), 0.1, 0.95)
    open_ = np.where(responded, np.where(working, "in_progress", "acknowledged"), "received")
    return np.where(closed, "closed", np.where(reopened, "reopened", open_)).astype(object)


def _blocked(status: np.ndarray, age: np.ndarray, random: np.random.Generator) -> np.ndarray:
    table = shape()["blocked"]
    reasons, share = weights(table, list(table))
    reason = np.array(reasons, dtype=object)[random.choice(len(reasons), len(status), p=share)]
    return known_where((status == "in_progress") & (age > _WAITS_LONG), reason)


def _stars(closed: np.ndarray, wait: np.ndarray, random: np.random.Generator) -> pd.Series:
    table = shape()["after"]
    usual, late = np.cumsum(table["stars"]), np.cumsum(table["stars_late"])
    chance = random.random(len(wait))
    limits = np.where((wait > _LATE)[:, None], late, usual)
    stars = 1 + np.minimum((limits < chance[:, None]).sum(axis=1), 4)
    return integers(stars, ~closed | (random.random(len(wait)) >= table["rated"]))


def _photo_after(
    closed: np.ndarray, answer: np.ndarray, age: np.ndarray, random: np.random.Generator
) -> pd.Series:
    first, last = shape()["after"]["photo_after"]
    taken = (answer == FIXED) & (random.random(len(age)) < last + (first - last) * np.minimum(age, 1))
    return integers(taken.astype(np.int64), ~closed)
