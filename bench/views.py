"""Milliseconds to compute every table that the page Resolution shows for one view, through the replica.

    python -m bench.views [--cases 64000 1000000] [--write]

One question is shared by all tables. `read` is the time in statements, `compute` the rest. What runs at a button or
is kept for the day is left out. The baseline is one pandas group-by of the same cases, loaded already.
"""

import argparse
import os
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from bench.page import section
from nakhon_dash import demo
from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import View, micros
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.tables import table
from nakhon_dash.queries import Reader
from nakhon_dash.replica.router import reader
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.schema import complaint

PERIODS = ("30d", "365d", "all")
# what the page Resolution computes for a view; simulations run at a button, whole days are kept until midnight
RESOLUTION = (
    "bridge_steps", "months", "flow", "ageing", "oldest", "funnel", "mix_change", "weekday_hour", "weekdays", "quality",
    "curve", "groups", "outcomes", "breach_board", "due_soon",
)  # fmt: skip
ROUNDS = 3


def question(source: Reader, period: str, now: datetime) -> Ask:
    """The question that a page asks about `period`, compared with the period before."""
    profile, view = current_profile(), View(period=period)
    first = date(now.year - 6, 1, 1)
    today = now.astimezone(profile.tz).date()
    compare = view.compare_scope(today, first) or View(period="365d").compare_scope(today, first)
    return Ask(source, profile, view.scope(today, first), micros(now), compare=compare)


class Timed:
    """A reader that adds up the time of its statements (ms)."""

    def __init__(self, source: Reader) -> None:
        self.source, self.rev, self.ms, self.statements = source, source.rev, 0.0, 0

    def frame(self, statement: sa.Select) -> pd.DataFrame:
        began = time.perf_counter()
        try:
            return self.source.frame(statement)
        finally:
            self.ms += (time.perf_counter() - began) * 1000
            self.statements += 1


def spent(source: Reader, period: str, now: datetime) -> tuple[dict[str, float], Timed]:
    """Milliseconds of each table, in the order of the list; later ones use what earlier ones have asked."""
    timed = Timed(source)
    ask, out = question(timed, period, now), {}
    for name in RESOLUTION:
        began = time.perf_counter()
        table(name, ask)
        out[name] = (time.perf_counter() - began) * 1000
    return out, timed


def plain(source: Reader) -> float:
    """Milliseconds of the baseline: count, median and share by division with pandas, all rows in memory."""
    columns = (complaint.c[name] for name in ("department", "res_min", "closed_at", "due_at"))
    rows = source.frame(sa.select(*columns))
    began = time.perf_counter()
    rows.groupby("department").agg(n=("due_at", "size"), median=("res_min", "median"))
    (rows["closed_at"] <= rows["due_at"]).groupby(rows["department"]).mean()
    return (time.perf_counter() - began) * 1000


def measured(cases: int) -> list[str]:
    """Lines for the page: the total of each period with its dearest tables."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NAKHON_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'views.db'}"
        os.environ["NAKHON_CACHE"] = str(Path(folder) / "cache")
        engine, now = open_store(write=True), datetime.now(UTC)
        demo.load(engine, current_profile(), cases=cases, years=5, seed=7, end=now)
        source = level(engine)
        for period in PERIODS:
            rounds = [spent(source, period, now) for _ in range(ROUNDS)]
            middle = pd.DataFrame([tables for tables, _ in rounds]).median()
            dear = ", ".join(f"{name} {ms:.0f}" for name, ms in middle.nlargest(5).items())
            total = statistics.median(sum(tables.values()) for tables, _ in rounds)
            read = statistics.median(timed.ms for _, timed in rounds)
            lines.append(f"| {cases:,} | {period} | {total:.0f} | {read:.0f} in {rounds[0][1].statements} | "
                         f"{total - read:.0f} | {total / plain(source):.1f} | {dear} |")  # fmt: skip
        engine.dispose()
    return lines


def level(engine: sa.Engine) -> Reader:
    """The replica, once it has all rows."""
    for _ in range(600):
        found = reader(engine)
        if type(found).__name__ != "StoreReader":
            return found
        time.sleep(0.5)
    raise RuntimeError("the replica did not become level")


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--cases", type=int, nargs="+", default=[64_000, 1_000_000])
    wanted.add_argument("--write", action="store_true", help="put the figures into docs/benchmark.md")
    asked = wanted.parse_args()
    columns = ("cases in the store", "period", "all tables, ms", "read, ms in statements", "compute, ms",
               "× pandas baseline", "dearest, ms")  # fmt: skip
    head = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    lines = [*head, *(line for cases in asked.cases for line in measured(cases))]
    print("\n".join(lines))
    if asked.write:
        intro = f"Median of {ROUNDS} rounds; every table that the page Resolution computes for one view."
        section("Views", intro + "\n\n" + "\n".join(lines), command="python -m bench.views --write")


if __name__ == "__main__":
    main()
