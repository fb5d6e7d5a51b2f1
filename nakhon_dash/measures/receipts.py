"""Cases of a part by the moment of their receipt, as arrays: every case, or counted when there are very many."""

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from nakhon_dash.domain.calendar import office_calendar, weekday
from nakhon_dash.measures.asking import Ask, Key, Part, key_of
from nakhon_dash.measures.clock import office_waits
from nakhon_dash.queries import cases
from nakhon_dash.queries import receipts as query

SAMPLE = 50_000  # so many cases of a view too large to be told singly


@dataclass(frozen=True)
class Receipts:
    """Arrays of equal length, a row for `n` cases. `wait` µs on the calendar, `office` in office time (absent when
    counted); `off` = received on a day off; `on_time` 1, 0, or -1 outside the base."""

    weekday: np.ndarray
    hour: np.ndarray
    off: np.ndarray
    wait: np.ndarray
    answered: np.ndarray
    on_time: np.ndarray
    n: np.ndarray
    office: np.ndarray | None = None

    def __len__(self) -> int:
        return int(self.n.sum())

    def where(self, chosen: np.ndarray) -> "Receipts":
        arrays = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        return Receipts(**{name: array[chosen] for name, array in arrays.items()})

    def waited(self, ask: Ask) -> np.ndarray:
        """Waits on the clock of the question."""
        return self.wait if ask.scope.clock is None or self.office is None else self.office


def receipts(part: Part) -> Receipts:
    """Every case; the whole of a view of very many is counted in steps of six minutes on the calendar clock."""
    ask = part.ask
    if part.by is None and ask.scope.clock is None and ask.large:
        return ask.once("week", lambda: _counted(ask))
    return each(part)


def each(part: Part, *, sample: bool = False) -> Receipts:
    """One row a case, with office time; `sample`: of very many cases only each so many, evenly taken."""
    ask = part.ask
    every = len(receipts(part)) // SAMPLE + 1 if sample and part.by is None and ask.large else 1

    def split() -> dict[Key, Receipts]:
        rows = query.receipts(ask.reader, ask.scope, ask.as_of, ask.profile.promise, part.by, every)
        if part.by is None:
            return {"": _singly(rows, ask)}
        return {key_of(key): _singly(group, ask) for key, group in rows.groupby("part", dropna=False, sort=False)}

    found: dict[Key, Receipts] = ask.once(("receipts", part.by, every), split)
    return found[part.key] if part.key in found else next(iter(found.values())).where(np.zeros(0, dtype="int64"))


def first_day(ask: Ask) -> int:
    """The first day of the view, of its cases when it has an open start; tomorrow without cases."""
    if ask.scope.first_day is not None:
        return ask.scope.first_day
    found = ask.once("first_day", lambda: cases.first_day(ask.reader, ask.scope, ask.as_of))
    return ask.last_day + 1 if found is None else found


def _singly(rows: pd.DataFrame, ask: Ask) -> Receipts:
    day = rows["day"].to_numpy("int64")
    return Receipts(
        weekday=weekday(day), hour=rows["hour"].to_numpy("int64"), off=office_calendar(ask.profile).off(day),
        wait=rows["wait"].to_numpy("int64"), answered=rows["answered"].to_numpy(bool),
        on_time=rows["on_time"].to_numpy("int64"), n=np.ones(len(day), dtype="int64"),
        office=office_waits(rows, ask.profile).to_numpy(),
    )  # fmt: skip


def _counted(ask: Ask) -> Receipts:
    calendar = office_calendar(ask.profile)
    holidays = calendar.holidays(first_day(ask), ask.last_day).tolist()
    rows = query.week(ask.reader, ask.scope, ask.as_of, ask.profile.promise, sorted(calendar.weekdays), holidays)
    arrays = {name: rows[name].to_numpy("int64") for name in ("weekday", "hour", "wait", "on_time", "n")}
    return Receipts(off=rows["off"].to_numpy(bool), answered=rows["answered"].to_numpy(bool), **arrays)
