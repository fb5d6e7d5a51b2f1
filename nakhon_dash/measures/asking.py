"""One question to the data: who answers, in which view, as of when; and its parts.

Statements are asked once and kept as long as the question lives, so that several figures of one view share them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from nakhon_dash.analysis.intervals import LEVEL
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.metrics import METRICS
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope, day_no, day_of, moment_of
from nakhon_dash.measures.clock import on_clock
from nakhon_dash.measures.counts import Counts, count
from nakhon_dash.queries import Reader, cases
from nakhon_dash.queries.conditions import ANSWERS

Key = str | int | None
WAITS = ("wait", "answered", "promised", "n")
EXACT = 200_000  # views up to so many cases have their waits to the microsecond


@dataclass(frozen=True)
class Ask:
    """A view of the data at one moment (µs). `denominator` names the residents that `reach` divides by.

    `compare` is the view's period to compare with, for figures about a change.
    """

    reader: Reader
    profile: Profile
    scope: Scope
    as_of: int
    denominator: str | None = None
    compare: Scope | None = None
    _kept: dict = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: object, ask: Callable[[], Any]) -> Any:  # noqa: ANN401
        """The answer to `ask`, asked at the first call only."""
        if key not in self._kept:
            self._kept[key] = ask()
        return self._kept[key]

    def counts(self, by: str | None = None) -> dict[Key, Counts]:
        return self.once(("counts", by), lambda: count(self._frame(cases.tally, by)))

    def standing(self, by: str | None = None) -> dict[Key, Counts]:
        """Counts of the cases without a close only: quicker, enough for the backlog."""

        def ask() -> dict[Key, Counts]:
            return count(cases.tally(self.reader, self.scope, self.as_of, self.profile.promise, by, standing=True))

        return self.once(("standing", by), ask)

    def waits(self, by: str | None = None) -> dict[Key, pd.DataFrame]:
        """Waiting times by part on the clock of the view; those of departments with the category as `stratum`."""

        def split() -> dict[Key, pd.DataFrame]:
            if by is None or by == "department":
                rows = self.endings
                rows = rows[rows["ending"].to_numpy() < len(ANSWERS)]
            else:
                rows = cases.waits(self.reader, self.scope, self.as_of, self.profile.promise, by, coarse=self.large)
            rows = on_clock(rows, self.scope, self.profile)
            if by is None:
                return {"": rows} if len(rows) else {}
            return {key_of(part): group for part, group in rows.groupby("part", dropna=False, sort=False)}

        return self.once(("waits", by), split)

    @property
    def endings(self) -> pd.DataFrame:
        """Waits of every case with a known end or none, by calendar: one statement for all that the view asks of waits.

        Columns as `cases.waits`; part is the department, stratum the category (it may explain a difference).
        """

        def ask() -> pd.DataFrame:
            return cases.waits(self.reader, self.scope, self.as_of, self.profile.promise, "department",
                               within="category", endings=True, coarse=self.large)  # fmt: skip

        return self.once("endings", ask)

    @property
    def large(self) -> bool:
        """Whether waits are told to the minute, alike ones together: quick for a million cases."""
        return self.whole.counts.received > EXACT

    def _frame(self, ask: Callable[..., pd.DataFrame], by: str | None) -> pd.DataFrame:
        return ask(self.reader, self.scope, self.as_of, self.profile.promise, by)

    @property
    def whole(self) -> "Part":
        return Part(self)

    def parts(self, by: str) -> list["Part"]:
        """One part for each value of `by` that has cases, in the order of the profile."""
        return sorted((Part(self, by, key) for key in self.counts(by)), key=lambda part: part.rank)

    def unbound(self) -> "Ask":
        """The same filters without a period."""
        return Ask(self.reader, self.profile, self.scope.days(None, None), self.as_of, self.denominator)

    def within(self, cells: tuple[str, ...]) -> "Ask":
        """The same question about the cases in these H3 cells of the map; () = wherever they are."""
        if cells == self.scope.cell:
            return self
        scope = replace(self.scope, cell=cells)
        compare = None if self.compare is None else replace(self.compare, cell=cells)
        return self.once(("within", cells), lambda: replace(self, scope=scope, compare=compare, _kept={}))

    @cached_property
    def calendar(self) -> "Ask":
        """The same question on the calendar clock, on which the promise runs whatever clock the reader chose."""
        if self.scope.clock is None:
            return self
        return replace(self, scope=replace(self.scope, clock=None), _kept={})

    @cached_property
    def earlier(self) -> "Ask | None":
        """The same question about the period to compare with."""
        return None if self.compare is None else replace(self, scope=self.compare, compare=None, _kept={})

    @cached_property
    def today(self) -> date:
        """The city's day of `as_of`."""
        return moment_of(self.as_of).astimezone(self.profile.tz).date()

    @property
    def last_day(self) -> int:
        """The last day of the view, never after `as_of`."""
        today = day_no(self.today)
        return today if self.scope.last_day is None else min(self.scope.last_day, today)


@dataclass(frozen=True)
class Part:
    """The whole of a view (`by` None) or the cases in which column `by` has the value `key`."""

    ask: Ask
    by: str | None = None
    key: Key = ""

    @property
    def counts(self) -> Counts:
        return self.ask.counts(self.by).get(self.key, Counts())

    @property
    def standing(self) -> Counts:
        return self.ask.standing(self.by).get(self.key, Counts())

    @property
    def waits(self) -> pd.DataFrame:
        """Columns wait, answered, promised, n of the cases that are not left out; may be empty. A row is n cases."""
        found = self.ask.waits(self.by).get(self.key)
        return pd.DataFrame({name: [] for name in WAITS}, dtype="int64") if found is None else found

    @property
    def calendar(self) -> "Part":
        return replace(self, ask=self.ask.calendar)

    @property
    def group(self) -> str | None:
        """The code of the part as text: months as 2026-11, days as 2026-11-22; '' when the column is empty."""
        if self.by is None:
            return None
        if self.key is None:
            return ""
        if self.by == "month":
            return f"{int(self.key) // 12:04d}-{int(self.key) % 12 + 1:02d}"
        return str(day_of(int(self.key))) if self.by == "day" else str(self.key)

    @property
    def rank(self) -> tuple:
        """Order of the profile, then of the code; the empty value last."""
        named = getattr(self.ask.profile, self.by or "", None)
        codes = [row.code for row in named] if isinstance(named, list) else []
        place = codes.index(self.key) if self.key in codes else len(codes)
        return self.key is None, place, self.key if isinstance(self.key, int) else 0, str(self.key)

    def measure(self, metric: str, value: float | int | None, n: int, **rest: Any) -> Measure:  # noqa: ANN401
        """The figure with what always travels with it: unit, moment, change number, part."""
        if rest.get("low") is not None or rest.get("high") is not None:
            rest.setdefault("level", LEVEL)
        ask = self.ask
        return Measure(metric, value, METRICS[metric].unit, n, ask.as_of, ask.reader.rev, group=self.group, **rest)

    def unknown(self, metric: str, reason: str, n: int = 0, **rest: Any) -> Measure:  # noqa: ANN401
        return replace(self.measure(metric, None, n, **rest), reason=reason)


def key_of(value: Any) -> Key:  # noqa: ANN401
    """A value of a frame as a plain key: None when missing, int for whole numbers."""
    if pd.isna(value):
        return None
    return value if isinstance(value, str) else int(value)
