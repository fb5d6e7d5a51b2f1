"""Rows per second of a whole import (reading, every check, writing) beside the plainest way that pandas has.

    python -m bench.imports [--rows 200000] [--write]

`--write` puts the figures into docs/benchmark.md. The file is invented: Traffy Fondue's classic layout, with the odd
values that real files have. The baseline reads text and writes text: no dates, no checks, no keys, no second import.
"""

import argparse
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import sqlalchemy as sa

from bench.page import section
from nakhon_dash.commands.imports import BLOCK
from nakhon_dash.domain.profile import current_profile
from nakhon_dash.ingest.reading import open_complaints
from nakhon_dash.store.engine import open_store, store_url
from nakhon_dash.store.writer import import_complaints
from tests.cluster import cluster, installed

LABELS = ["ถนน", "น้ำท่วม", "ไฟฟ้าส่องสว่าง", "ความสะอาด", "ท่อระบายน้ำ", "เสียงรบกวน"]
STATES = ["เสร็จสิ้น", "รอรับเรื่อง", "กำลังดำเนินการ", "ส่งต่อ"]


@dataclass(frozen=True)
class Run:
    """One way into one store."""

    name: str
    rows: int
    wall: float
    core: float

    @property
    def rate(self) -> float:
        return self.rows / self.wall


def invented(rows: int, path: Path) -> None:
    """A file in Traffy's classic layout: one point in a hundred is missing, one text in fifty holds a line break."""
    chance = np.random.default_rng(48)
    received = pd.to_datetime(np.sort(chance.integers(1_600_000_000, 1_730_000_000, rows)), unit="s", utc=True)
    changed = received + pd.to_timedelta(chance.lognormal(2.5, 1.5, rows), unit="h")
    lat, lon = chance.normal(8.43, 0.01, rows), chance.normal(99.963, 0.01, rows)
    points = np.where(chance.random(rows) < 0.01, "", [f"{x:.5f},{y:.5f}" for x, y in zip(lon, lat, strict=True)])
    text = np.where(chance.random(rows) < 0.02, "ท่อตัน\nน้ำขัง", "ถนนเป็นหลุมหน้าตลาดตัวอย่าง")
    pd.DataFrame({
        "ticket_id": [f"2024-{i:08d}" for i in range(rows)],
        "type": [f"{{{label}}}" for label in chance.choice(LABELS, rows)],
        "organization": "สำนักช่าง (ตัวอย่าง)", "comment": text, "coords": points,
        "photo": "https://example.org/a.jpg", "photo_after": np.where(chance.random(rows) < 0.7,
                                                                      "https://example.org/b.jpg", ""),
        "address": "ถนนตัวอย่าง ตำบลในเมือง", "subdistrict": "ในเมือง", "district": "เมืองนครศรีธรรมราช",
        "province": "นครศรีธรรมราช", "timestamp": received.strftime("%Y-%m-%d %H:%M:%S.%f+00"),
        "state": chance.choice(STATES, rows, p=[0.85, 0.06, 0.06, 0.03]),
        "star": np.where(chance.random(rows) < 0.08, chance.integers(1, 6, rows).astype(str), ""),
        "count_reopen": chance.choice(["0", "1"], rows, p=[0.97, 0.03]),
        "last_activity": changed.strftime("%Y-%m-%d %H:%M:%S.%f+00"),
    }).to_csv(path, index=False, encoding="utf-8-sig")


def timed(name: str, rows: int, work: Callable[[], object]) -> Run:
    wall, core = time.perf_counter(), time.process_time()
    work()
    run = Run(name, rows, time.perf_counter() - wall, time.process_time() - core)
    print(f"{run.name}: {run.rate:,.0f} rows/s, {run.rows / run.core:,.0f} rows per core second of this process")
    return run


def imported(path: Path, url: str) -> None:
    engine = open_store(url)
    result = import_complaints(engine, open_complaints(path, current_profile(), block_size=BLOCK))
    engine.dispose()
    assert result.read == result.inserted + result.unchanged + result.quarantined


def by_pandas_sqlite(path: Path, file: Path) -> None:
    with sqlite3.connect(file) as connection:
        pd.read_csv(path).to_sql("complaint", connection, index=False)
    connection.close()


def by_pandas_postgres(path: Path, url: str) -> None:
    engine = sa.create_engine(store_url(url))
    pd.read_csv(path).to_sql("plain", engine, index=False)
    engine.dispose()


def measure(rows: int) -> list[list[Run]]:
    """For each store: first import, same file again, baseline."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path = folder / "traffy.csv"
        invented(rows, path)
        own, plain = f"sqlite:///{folder / 'store.db'}", folder / "plain.db"
        found = [[timed("SQLite, import", rows, lambda: imported(path, own)),
                  timed("SQLite, the same file again", rows, lambda: imported(path, own)),
                  timed("SQLite, pandas read_csv + to_sql", rows, lambda: by_pandas_sqlite(path, plain))]]
        if installed():
            url = f"{stack.enter_context(cluster(durable=True))}/postgres"
            found.append([timed("PostgreSQL, import", rows, lambda: imported(path, url)),
                          timed("PostgreSQL, the same file again", rows, lambda: imported(path, url)),
                          timed("PostgreSQL, pandas read_csv + to_sql", rows, lambda: by_pandas_postgres(path, url))])
    return found


def table(found: list[list[Run]]) -> str:
    lines = ["| way | rows/s | rows per core second | against pandas |", "|---|--:|--:|--:|"]
    for runs in found:
        for run in runs:
            ratio = f"{run.rate / runs[-1].rate:.2f}"
            lines.append(f"| {run.name} | {run.rate:,.0f} | {run.rows / run.core:,.0f} | {ratio} |")
    return "\n".join(lines)


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--rows", type=int, default=200_000)
    wanted.add_argument("--write", action="store_true")
    asked = wanted.parse_args()
    load = os.getloadavg()[0]
    found = table(measure(asked.rows))
    print(found)
    if asked.write:
        about = (f"{asked.rows:,} invented rows in Traffy Fondue's classic layout, {os.cpu_count()} cores, load "
                 f"{load:.1f} before the run. An import reads, checks, flags and places every row and writes it with "
                 f"its keys, one durable transaction each {BLOCK:,} rows; pandas only moves text.")
        section("Imports", f"{about}\n\n{found}", command=f"python -m bench.imports --rows {asked.rows} --write")


if __name__ == "__main__":
    main()
