"""How cases end and when: answered, deferred, referred, duplicate, set aside; the rest still wait.

Here the outcomes that leave the on-time figures are endings that compete. Always on the calendar clock.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.analysis.incidence import Endings, endings
from nakhon_dash.analysis.survival import Curve, curve
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries import cases
from nakhon_dash.queries.conditions import HOUR

ASIDE = "aside"  # nothing the city can do: not actionable, outside the area
KINDS = ("fixed", "deferred_to_budget", "referred_out", "duplicate", ASIDE)
_ASIDE = ("not_actionable", "out_of_area")
# the place in KINDS of each ending of a statement; the last answers for -1, not ended
_KIND = np.array([KINDS.index(ASIDE if code in _ASIDE else code) for code in cases.ENDINGS] + [-1])
GRID = (1, 6, 24, 48, 72, 168, 360, 720)  # hours of the table


@dataclass(frozen=True)
class Outcomes:
    """`found` in microseconds, its kinds being places in KINDS; `waiting` the curve of those with no ending yet.

    `excluded`: rows left out, by reason.
    """

    found: Endings
    waiting: Curve
    excluded: dict[str, int]

    @property
    def n(self) -> int:
        return self.found.n

    @property
    def followed_hours(self) -> float:
        """How long the oldest case has been followed; nothing is known beyond."""
        return self.found.last / HOUR


def outcomes(ask: Ask) -> Outcomes:
    """The endings of a view's cases, open cases counted as open."""

    def find() -> Outcomes:
        rows = ask.endings
        kind = _KIND[rows["ending"].to_numpy("int64")]
        wait, n = rows["wait"].to_numpy("int64"), rows["n"].to_numpy("int64")
        counts = ask.whole.counts
        left = {"no_finish_time": counts.received - int(n.sum()), "information_call": counts.information}
        found = endings(wait, kind, tuple(range(len(KINDS))), n)
        return Outcomes(found, curve(wait, kind >= 0, n), {reason: k for reason, k in left.items() if k})

    return ask.once("outcomes", find)


@dataclass(frozen=True)
class Share:
    """The share that ended in way `kind` (or "waiting") by so many hours; None when nobody was followed so long."""

    kind: str
    hours: float
    value: float | None
    low: float | None
    high: float | None
    cases: int | None


def share(all_: Outcomes, kind: str, hours: float) -> Share:
    """One value with its interval; limits are None where the share is 0 or 1."""
    time, found = hours * HOUR, all_.found
    done = found.t <= time
    if not found.n or (time > found.last and float(found.waiting(time)) > 0):
        return Share(kind, hours, None, None, None, None)
    if kind == "waiting":
        low, high = all_.waiting.limits(time)
        return Share(kind, hours, float(found.waiting(time)), low, high, found.n - int(found.events[:, done].sum()))
    k = KINDS.index(kind)
    low, high = found.limits(k, time)
    return Share(kind, hours, float(found.at(k, time)), low, high, int(found.events[k, done].sum()))


def outcomes_table(ask: Ask, by: str) -> pd.DataFrame:  # noqa: ARG001 (a table of no parts)
    """For each way to end and hour of GRID: share, limits, cases so far; "waiting" is what has not ended."""
    found = outcomes(ask)
    if not found.n:
        return pd.DataFrame()
    rows = [share(found, kind, hours) for kind in (*KINDS, "waiting") for hours in GRID]
    return pd.DataFrame([
        {"ending": one.kind, "hours": one.hours, "share": one.value, "low": one.low, "high": one.high,
         "cases": one.cases, "n": found.n} for one in rows
    ])  # fmt: skip
