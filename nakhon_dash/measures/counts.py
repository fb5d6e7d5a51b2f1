"""Counts of one part of a view, from the tally."""

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from nakhon_dash.queries.conditions import REASONS

OPEN = ("overdue", "waiting")
ANSWERED = ("fixed", "deferred", "early", "late")


@dataclass
class Counts:
    """Cases of a part. `states` counts the cases with a due time that are not left out; `untimed` those that only lack
    a due time: out of the on-time base, not out of the waiting time or the backlog."""

    received: int = 0
    information: int = 0
    excluded: Counter = field(default_factory=Counter)
    states: Counter = field(default_factory=Counter)
    untimed: Counter = field(default_factory=Counter)
    instant: int = 0
    first_open: int | None = None  # earliest receipt of an open case, µs

    @property
    def left_out(self) -> dict[str, int]:
        """Cases out of the on-time base, by reason."""
        return {reason: self.excluded[reason] for reason in REASONS if self.excluded[reason]}

    @property
    def left_out_of_waits(self) -> dict[str, int]:
        """Cases out of waiting times and backlog, by reason: a case without a target still waits."""
        return {reason: n for reason, n in self.left_out.items() if reason != "no_target"}

    def timed(self, *states: str) -> int:
        return sum(self.states[state] for state in states)

    def every(self, *states: str) -> int:
        return self.timed(*states) + sum(self.untimed[state] for state in states)

    @property
    def on_time(self) -> int:
        return self.timed("fixed", "deferred")

    @property
    def late(self) -> int:
        return self.timed("late", "overdue")

    @property
    def not_yet_due(self) -> int:
        return self.timed("early", "waiting")

    @property
    def due(self) -> int:
        return self.on_time + self.late


def count(tally: pd.DataFrame) -> dict[str | int | None, Counts]:
    """Counts by part; `tally` as `queries.cases.tally` gives it."""
    out: dict[str | int | None, Counts] = {}
    for part, information, reason, state, instant, n, first in tally.itertuples(index=False):
        key = None if pd.isna(part) else part if isinstance(part, str) else int(part)
        _add(out.setdefault(key, Counts()), int(information), reason, state, int(instant), int(n), int(first))
    return out


def _add(to: Counts, information: int, reason: str, state: str, instant: int, n: int, first: int) -> None:
    if information:
        to.information += n
    else:
        to.received += n
    if reason:
        to.excluded[reason] += n
    if reason not in ("", "no_target"):
        return
    (to.untimed if reason else to.states)[state] += n
    to.instant += n if instant else 0
    if state in OPEN:
        to.first_open = first if to.first_open is None else min(to.first_open, first)
