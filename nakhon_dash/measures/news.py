"""What is unusual this week, and what was imported."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from nakhon_dash.analysis.charts import exceedance, upper_limit
from nakhon_dash.analysis.spatial import false_discovery
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope, day_no
from nakhon_dash.measures.asking import Ask, key_of
from nakhon_dash.queries import Reader, cases, people

WEEKS_BEFORE = 8
WATCH_P = 0.01  # about one series in a hundred by chance
ALERT_Q = 0.10  # one false alert in ten
FEWEST = 3  # one or two cases are no news


@dataclass(frozen=True)
class Excess:
    """A category in a zone with more cases in the seven days to as_of than the eight weeks before lead to expect.

    `tier`: alert (false-discovery rate under a tenth) or watch (p under one in a hundred). `limit`: the last
    ordinary count.
    """

    category: str
    zone: str
    n: int
    expected: float
    limit: int
    p: float
    q: float
    tier: str


@dataclass(frozen=True)
class Batch:
    """An import, or the undoing of one, at `at` (µs)."""

    id: int
    kind: str
    source: str
    synthetic: bool
    file_name: str | None
    at: int
    undone: bool
    inserted: int
    updated: int
    quarantined: int


@dataclass(frozen=True)
class Changes:
    """`excess`: most surprising first; None when there are no nine weeks of data to judge by."""

    excess: list[Excess] | None
    batches: list[Batch]


def changes(reader: Reader, profile: Profile, scope: Scope, since: int, as_of: int) -> Changes:
    """Unusual weeks at `as_of` under the filters of `scope`, and imports after `since`; its period does not matter."""
    return Changes(excess(Ask(reader, profile, scope, as_of)), _batches(reader, since, as_of))


def excess(ask: Ask) -> list[Excess] | None:
    """Series above their limit; places without a zone are not a series."""

    def find() -> list[Excess] | None:
        open_ended = ask.scope.days(None, None)
        first = cases.first_day(ask.reader, open_ended, ask.as_of)
        if first is None or first > day_no(ask.today) - 7 * (WEEKS_BEFORE + 1):
            return None
        rows = cases.weeks(ask.reader, open_ended, ask.as_of, WEEKS_BEFORE + 1).dropna(subset=["zone"])
        return _judged(rows) if len(rows) else []

    return ask.once("excess", find)


def _judged(rows: pd.DataFrame) -> list[Excess]:
    before = rows[[f"w{i}" for i in range(1, WEEKS_BEFORE + 1)]].to_numpy("float64")
    now, total, squares = rows["w0"].to_numpy("float64"), before.sum(1), (before**2).sum(1)
    p = exceedance(now, total, squares, WEEKS_BEFORE)
    q = false_discovery(p)
    mean = total / WEEKS_BEFORE
    unusual = (now >= FEWEST) & (now > mean) & ((p < WATCH_P) | (q < ALERT_Q))
    chosen = np.flatnonzero(unusual)
    return [
        Excess(str(rows["category"].iloc[i]), str(rows["zone"].iloc[i]), int(now[i]), float(mean[i]),
               upper_limit(total[i], squares[i], WEEKS_BEFORE, WATCH_P), float(p[i]), float(q[i]),
               "alert" if q[i] < ALERT_Q else "watch")
        for i in chosen[np.argsort(p[chosen], kind="stable")]
    ]  # fmt: skip


def _batches(reader: Reader, since: int, until: int) -> list[Batch]:
    rows = people.batches(reader, since, until).to_dict("records")
    return [_batch({str(name): value for name, value in row.items()}) for row in rows]


def _batch(row: dict[str, Any]) -> Batch:
    undone, finished = key_of(row["undone_at"]), key_of(row["finished_at"])
    at = int((finished if undone is None else undone) or 0)
    return Batch(row["id"], row["kind"], row["source"], bool(row["synthetic"]), row["file_name"], at,
                 undone is not None, row["inserted"], row["updated"], row["quarantined"])  # fmt: skip
