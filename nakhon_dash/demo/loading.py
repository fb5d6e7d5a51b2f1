"""The synthetic city into the store and out of it: made once, left as it is, replaced, or gone on with."""

import dataclasses
import json
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from nakhon_dash.demo.cases import complaint_blocks
from nakhon_dash.demo.city import KINDS, entry_blocks
from nakhon_dash.demo.plan import SEED, SOURCE, YEARS, Plan, plan
from nakhon_dash.demo.removal import is_demo, remove, standing
from nakhon_dash.demo.shape import shape
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import moment_of
from nakhon_dash.ingest.block import Block, EntryBlock
from nakhon_dash.store.incoming import BatchInfo, ImportResult, Progress
from nakhon_dash.store.schema import annotation, batch, channel_users
from nakhon_dash.store.writer import write_blocks

FORMAT = "demo"
CASES = "complaints"
State = Literal["created", "unchanged", "replaced", "resumed"]


@dataclasses.dataclass(frozen=True)
class Loaded:
    """What became of a call: the plan in force, the batches written now, the rows removed before."""

    state: State
    plan: Plan
    results: list[ImportResult]
    removed: dict[str, int]
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "state": self.state, "source": SOURCE, "synthetic": True, "cases": self.plan.cases,
            "years": self.plan.years, "seed": self.plan.seed,
            "end": self.plan.end.astimezone(self.plan.zone).isoformat(),
            "batches": [dataclasses.asdict(result) for result in self.results], "removed": self.removed,
            "seconds": self.seconds,
        }  # fmt: skip


def load(
    engine: sa.Engine,
    profile: Profile,
    *,
    cases: int | None = None,
    years: float = YEARS,
    seed: int = SEED,
    end: datetime | None = None,
    progress: Progress | None = None,
    by: str | None = None,
) -> Loaded:
    """Brings the store to hold exactly the synthetic city of these arguments, beside whatever real data it has.

    Without `end` a city that was made today counts as up to date. An interrupted call is gone on with by the same call.
    """
    began = time.monotonic()
    there = _rows(engine)
    chosen = _plan(profile, there, cases=cases, years=years, seed=seed, end=end)
    stamp = chosen.stamp(profile)
    same = bool(there) and {row["sha256"] for row in there} == {stamp}
    done = [row["kind"] for row in there if same and row["finished_at"] is not None]
    if CASES in done:
        return Loaded("unchanged", chosen, [], {}, _since(began))
    removed = {} if same or not there else remove(engine)
    results = []
    for kind in _order():
        if kind not in done:
            info = _info(kind, chosen, stamp, by)
            told = progress if kind == CASES else None
            results.append(write_blocks(engine, _blocks(engine, kind, profile, chosen), info, progress=told))
    state: State = "resumed" if same else "replaced" if there else "created"
    return Loaded(state, chosen, results, removed, _since(began))


def unfinished(engine: sa.Engine) -> bool:
    """Whether a call of `load` was interrupted before its last case."""
    there = _rows(engine)
    return bool(there) and all(row["kind"] != CASES or row["finished_at"] is None for row in there)


def _order() -> list[str]:
    """The cases come last, so that they are complete only when all is."""
    return [*(kind for kind in KINDS if kind != CASES), CASES]


def _rows(engine: sa.Engine) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(standing()).mappings()]


def _plan(
    profile: Profile,
    there: list[dict[str, Any]],
    *,
    cases: int | None,
    years: float,
    seed: int,
    end: datetime | None,
) -> Plan:
    wanted = plan(profile, cases=cases, years=years, seed=seed, end=end)
    if end is not None or not there:
        return wanted
    moment = moment_of(json.loads(there[0]["mapping"])["end_at"])
    stored = plan(profile, cases=cases, years=years, seed=seed, end=moment)
    return stored if stored.last_day == wanted.last_day else wanted


def _info(kind: str, chosen: Plan, stamp: str, by: str | None) -> BatchInfo:
    about = {"cases": chosen.cases, "years": chosen.years, "seed": chosen.seed, "end_at": chosen.end_at}
    name = f"synthetic city, {kind}"
    return BatchInfo(kind, SOURCE, FORMAT, stamp, json.dumps(about), name, synthetic=True, by=by)


def _blocks(engine: sa.Engine, kind: str, profile: Profile, chosen: Plan) -> Iterable[Block | EntryBlock]:
    if kind == CASES:
        return complaint_blocks(profile, chosen)
    if kind == "users" and _has_real_users(engine):
        return []  # two series of one account would be one curve with jumps
    blocks = list(entry_blocks(kind, profile, chosen))
    return _without_real_notes(engine, blocks) if kind == "annotation" else blocks


def _real(table: sa.Table) -> sa.Exists:
    return sa.exists().where(batch.c.id == table.c.batch_id, ~is_demo())


def _has_real_users(engine: sa.Engine) -> bool:
    mine = channel_users.c.channel == shape()["users"]["channel"]
    with engine.connect() as connection:
        return connection.execute(sa.select(channel_users.c.id).where(mine, _real(channel_users))).first() is not None


def _without_real_notes(engine: sa.Engine, blocks: list[EntryBlock]) -> list[EntryBlock]:
    columns = (annotation.c.day_from, annotation.c.kind, annotation.c.title_en)
    with engine.connect() as connection:
        real = {tuple(row) for row in connection.execute(sa.select(*columns).where(_real(annotation)))}
    entries = [e for b in blocks for e in b.entries]
    kept = [e for e in entries if not any(tuple(row[c.name] for c in columns) in real for row in e.rows["annotation"])]
    kept = [dataclasses.replace(entry, record=number) for number, entry in enumerate(kept, start=1)]
    return [EntryBlock(first=1, last=len(kept), entries=kept)] if kept else []


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)
