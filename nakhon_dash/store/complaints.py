"""One block of complaints into the store: what is new, what changed, what repeats."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.store import before, bulk, versions
from nakhon_dash.store.incoming import ACCEPTED, Tally
from nakhon_dash.store.lengths import REASON, shortened, too_long
from nakhon_dash.store.repeats import Repeats, resolve
from nakhon_dash.store.rev import Change
from nakhon_dash.store.rows import tuples, values
from nakhon_dash.store.schema import complaint, complaint_event, undo_log
from nakhon_dash.store.seen import Seen, Sight
from nakhon_dash.store.target import Conflict, Target

OWN = ("id", "batch_id", "rev", "known_from")  # columns that the store gives, not the file
CONTENT = [column.name for column in complaint.columns if column.name not in OWN]
EARLIER_CLOSE = "earlier close"
POINT = ("lat", "lon", "h3_8", "h3_9", "h3_10")  # of a refused record nobody needs to see the house
MASK = "•••"


@dataclass(frozen=True)
class Event:
    """A moment of a case that its row does not hold."""

    kind: str
    detail: str | None = None


# Columns of a block that become events.
EVENTS = {"prior_closed_at": Event("closed", EARLIER_CLOSE), "reopened_at": Event("reopened")}


@dataclass(frozen=True)
class Stored:
    """What is known of a row that the store already has."""

    id: int
    row_hash: int
    modified_at: int | None
    batch_id: int


def sights(rows: pd.DataFrame) -> tuple[list[str], list[Sight]]:
    """The keys of the rows and what a file shows of each."""
    keys = [f"{source}\x1f{key}" for source, key in zip(rows["source"], rows["source_id"], strict=True)]
    shown = zip(values(rows["record"]), values(rows["row_hash"]), values(rows["modified_at"]), values(rows["flags"]),
                strict=True)
    return keys, [Sight(*one, "inserted") for one in shown]


def stored(change: Change, rows: pd.DataFrame) -> dict[str, Stored]:
    """What the store has of these keys."""
    found: dict[str, Stored] = {}
    wanted = ("source_id", "id", "row_hash", "modified_at", "batch_id")
    for source, part in rows.groupby("source", sort=False)["source_id"]:
        for key, *rest in bulk.find(change, complaint, wanted, {"source": source}, "source_id", part.tolist()):
            found[f"{source}\x1f{key}"] = Stored(*rest)
    return found


def apply(target: Target, rows: pd.DataFrame, seen: Seen, tally: Tally) -> list[Conflict]:
    """Writes a block's rows and counts them; gives the records that go to quarantine."""
    rows, refused = _fitting(rows)
    keys, shown = sights(rows)
    repeats = resolve(keys, shown, seen)
    for _, how in repeats.merged:
        tally.merge(how)
    standing = rows if len(repeats.standing) == len(rows) else rows.iloc[repeats.standing]
    there = stored(target.change, standing)
    old = [there.get(keys[i]) for i in repeats.standing]
    outcomes = [_outcome(stands, shown[i]) for i, stands in zip(repeats.standing, old, strict=True)]
    if not target.dry:
        _write(target, standing, outcomes, old)
    _count(tally, repeats, outcomes, keys, shown, seen)
    if not target.dry:
        _write_events(target, standing, outcomes)
    return [*refused, *(_refused(rows.iloc[i], "duplicate_conflict") for i in repeats.conflicts)]


def _fitting(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Conflict]]:
    """The rows that every engine can hold, and the others."""
    long = too_long(rows)
    if not long.any():
        return rows, []
    return rows[~long], [_refused(row, REASON) for _, row in rows[long].iterrows()]


def _outcome(old: Stored | None, new: Sight) -> str:
    if old is None:
        return "inserted"
    if old.row_hash == new.row_hash:
        return "unchanged"
    older = new.modified_at is not None and old.modified_at is not None and new.modified_at < old.modified_at
    return "superseded" if older else "updated"


def _write(target: Target, rows: pd.DataFrame, outcomes: list[str], there: list[Stored | None]) -> None:
    marks = (target.batch_id, target.change.rev, target.known_at)
    columns = [*CONTENT, "batch_id", "rev", "known_from"]
    new = _where(rows, outcomes, "inserted")
    bulk.insert(target.change, complaint, columns, tuples(new, CONTENT, *marks))
    old = [row for row, outcome in zip(there, outcomes, strict=True) if row and outcome == "updated"]
    if old:
        foreign = [row.id for row in old if row.batch_id != target.batch_id]
        before.keep(target.change, complaint, target.batch_id, foreign)
        versions.keep(target, foreign)
        changed = tuples(_where(rows, outcomes, "updated"), CONTENT, *marks)
        with_ids = [(*row, stands.id) for row, stands in zip(changed, old, strict=True)]
        bulk.update(target.change, complaint, columns, with_ids)


def _where(rows: pd.DataFrame, outcomes: list[str], wanted: str) -> pd.DataFrame:
    mask = np.fromiter((outcome == wanted for outcome in outcomes), bool, len(outcomes))
    return rows if mask.all() else rows[mask]


def _count(tally: Tally, repeats: Repeats, outcomes: list[str], keys: list[str], shown: list[Sight],
           seen: Seen) -> None:
    """Counts the standing rows; one that replaces a version of an earlier block takes that version's place."""
    outcomes = list(outcomes)
    place = {i: n for n, i in enumerate(repeats.standing)} if repeats.replaced else {}
    for i, replaced in repeats.replaced.items():
        if replaced.outcome in ACCEPTED:
            tally.accept(replaced.outcome, -1)
            tally.flag(replaced.flags, -1)
            tally.merge("superseded")
            if replaced.outcome == "inserted" and outcomes[place[i]] == "updated":
                outcomes[place[i]] = "inserted"
    counts = Counter(outcomes)
    for outcome in ACCEPTED:
        tally.accept(outcome, counts[outcome])
    for _ in range(counts["superseded"]):
        tally.merge("superseded")
    pairs = list(zip(repeats.standing, outcomes, strict=True))
    for codes, count in Counter(shown[i].flags for i, outcome in pairs if outcome != "superseded").items():
        tally.flag(codes, count)
    seen.replace({keys[i]: shown[i]._replace(outcome=outcome) for i, outcome in pairs if outcome != "inserted"})


def _write_events(target: Target, rows: pd.DataFrame, outcomes: list[str]) -> None:
    """Keeps what the row of a case cannot hold: an earlier close and when it was opened again, each once."""
    names = [name for name in EVENTS if name in rows]
    told = rows[names].notna().any(axis=1).to_numpy()
    kept = np.fromiter((outcome != "superseded" for outcome in outcomes), bool, len(outcomes))
    rows = rows[told & kept]
    if rows.empty:
        return
    there = stored(target.change, rows)
    ids = [there[key].id for key in sights(rows)[0]]
    wanted = {(row, EVENTS[name].kind, at): EVENTS[name].detail
              for name in names for row, at in zip(ids, values(rows[name]), strict=True) if at is not None}
    known = set(bulk.find(target.change, complaint_event, ("complaint_id", "kind", "at"), {}, "complaint_id", ids))
    columns = ("complaint_id", "kind", "at", "detail", "batch_id", "known_at", "rev")
    rest = (target.batch_id, target.known_at, target.change.rev)
    new = [(*one, detail, *rest) for one, detail in wanted.items() if one not in known]
    bulk.insert(target.change, complaint_event, columns, new)


def _refused(row: pd.Series, reason: str) -> Conflict:
    fields = {name: row[name] for name in CONTENT if name != "row_hash"}
    raw = {name: MASK if name in POINT else str(value)
           for name, value in fields.items() if not pd.isna(value) and value != ""}
    return Conflict(int(row["record"]), shortened(raw), reason)


def replay(target: Target, rows: pd.DataFrame, seen: Seen) -> None:
    """Sees again what a batch that was interrupted had committed, without writing or counting it."""
    rows, _ = _fitting(rows)
    keys, shown = sights(rows)
    repeats = resolve(keys, shown, seen)
    there = stored(target.change, rows)
    own = [row.id for row in there.values() if row.batch_id == target.batch_id]
    logged = bulk.find(target.change, undo_log, ("row_id",),
                       {"batch_id": target.batch_id, "table_name": complaint.name}, "row_id", own)
    updated = {row[0] for row in logged}
    past = {keys[i]: shown[i]._replace(outcome=_past(there[keys[i]], shown[i], target.batch_id, updated))
            for i in repeats.standing if keys[i] in there}
    seen.replace(past)


def _past(row: Stored, shown: Sight, batch_id: int, updated: set[int]) -> str:
    if row.batch_id == batch_id:
        return "updated" if row.id in updated else "inserted"
    return "unchanged" if row.row_hash == shown.row_hash else "superseded"
