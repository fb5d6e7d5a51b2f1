"""One block of small tables (users, survey, annotation) into the store; a record may become several rows."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from nakhon_dash.store import before, bulk
from nakhon_dash.store.incoming import Record, Tally
from nakhon_dash.store.lengths import REASON, any_too_long, shortened
from nakhon_dash.store.repeats import resolve
from nakhon_dash.store.schema import annotation, channel_demographic, channel_users, survey_answer, survey_question
from nakhon_dash.store.seen import Seen, Sight
from nakhon_dash.store.target import Conflict, Target


@dataclass(frozen=True)
class Shape:
    """How rows of a table are found: its key, of which `group` is looked up at once for many `among`."""

    table: sa.Table
    key: tuple[str, ...]
    group: tuple[str, ...]
    among: str


SHAPES = {shape.table.name: shape for shape in (
    Shape(channel_users, ("channel", "day_no"), ("channel",), "day_no"),
    Shape(channel_demographic, ("channel", "asked_day_no", "part", "class"), ("channel",), "asked_day_no"),
    Shape(survey_question, ("source", "question"), ("source",), "question"),
    Shape(survey_answer, ("source", "wave", "respondent", "question"), ("source", "wave"), "respondent"),
    Shape(annotation, ("day_from", "kind", "title_en"), ("kind",), "day_from"),
)}
# A question is described by every record that answers it: it does not say whether the record itself is new.
SHARED = survey_question.name
OWN = ("id", "row_hash", "batch_id", "rev")
LATER = ("category", "cells")  # columns that older stores did not have: empty ones leave the hash of a row as it was
Key = tuple[Any, ...]


@dataclass
class Stored:
    id: int
    row_hash: int
    batch_id: int


@dataclass
class Work:
    """What a block does to one table."""

    shape: Shape
    there: dict[Key, Stored]
    done: dict[Key, str] = field(default_factory=dict)  # key -> new | changed | same
    new: list[Key] = field(default_factory=list)
    changed: list[tuple[Any, ...]] = field(default_factory=list)
    foreign: list[int] = field(default_factory=list)  # ids to keep as they were
    gone: list[int] = field(default_factory=list)  # ids of rows that a record does not have any more

    @property
    def columns(self) -> list[str]:
        return content(self.shape.table)


def content(table: sa.Table) -> list[str]:
    """Columns that the file gives."""
    return [column.name for column in table.columns if column.name not in OWN]


def canonical(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row with every content column, in plain Python types; what is missing gets the column's default."""
    return {name: _plain(table.c[name], row.get(name)) for name in content(table)}


def _plain(column: sa.Column, value: Any) -> Any:  # noqa: ANN401
    if value is None:
        return column.default.arg if isinstance(column.default, sa.ColumnDefault) else None
    return column.type.python_type(value)


def row_hash(row: dict[str, Any]) -> int:
    """A signed 64-bit hash of a canonical row."""
    known = {name: value for name, value in row.items() if name not in LATER or value is not None}
    text = json.dumps(known, ensure_ascii=False, sort_keys=True)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def sight(entry: Record) -> Sight:
    """What the file shows of a record; its flags may tell of its neighbours and are left out of the hash."""
    rows = {name: [canonical(SHAPES[name].table, row) | {"flags": ""} for row in many]
            for name, many in sorted(entry.rows.items())}
    return Sight(entry.record, row_hash(rows), None, " ".join(entry.flags))


def apply(target: Target, entries: Sequence[Record], seen: Seen, tally: Tally) -> list[Conflict]:
    """Writes a block's records and counts them; gives those that go to quarantine."""
    entries, refused = _fitting(entries)
    repeats = resolve([entry.key for entry in entries], [sight(entry) for entry in entries], seen)
    for _, how in repeats.merged:
        tally.merge(how)
    standing = [entries[i] for i in repeats.standing]
    works = {name: Work(SHAPES[name], _stored(target, SHAPES[name], rows))
             for name, rows in _by_table(standing).items()}
    for entry in standing:
        tally.accept(_outcome(entry, works, target))
        tally.flag(" ".join(entry.flags))
    if not target.dry:
        for work in works.values():
            _write(target, work)
    return [*refused, *(_refused(entries[i], "duplicate_conflict") for i in repeats.conflicts)]


def _fitting(entries: Sequence[Record]) -> tuple[list[Record], list[Conflict]]:
    """The records that every engine can hold, and the others with the column that does not fit."""
    long = {entry.record: name for entry in entries if (name := any_too_long(
        (SHAPES[table].table, row) for table, rows in entry.rows.items() for row in rows))}
    refused = [_refused(entry, REASON, long[entry.record]) for entry in entries if entry.record in long]
    return [entry for entry in entries if entry.record not in long], refused


def replay(entries: Sequence[Record], seen: Seen) -> None:
    """Sees again what an interrupted batch had committed; no record ever replaces another one of its file."""
    entries, _ = _fitting(entries)
    resolve([entry.key for entry in entries], [sight(entry) for entry in entries], seen)


def _by_table(entries: Sequence[Record]) -> dict[str, list[dict[str, Any]]]:
    out: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in entries:
        for name, rows in entry.rows.items():
            out[name] += [canonical(SHAPES[name].table, row) for row in rows]
    return out


def _stored(target: Target, shape: Shape, rows: list[dict[str, Any]]) -> dict[Key, Stored]:
    groups: dict[Key, dict[Any, None]] = defaultdict(dict)
    for row in rows:
        groups[tuple(row[name] for name in shape.group)][row[shape.among]] = None
    found = {}
    wanted = (*shape.key, "id", "row_hash", "batch_id")
    for group, among in groups.items():
        fixed = dict(zip(shape.group, group, strict=True))
        for one in bulk.find(target.change, shape.table, wanted, fixed, shape.among, list(among)):
            found[tuple(one[:len(shape.key)])] = Stored(*one[len(shape.key):])
    return found


def _outcome(entry: Record, works: dict[str, Work], target: Target) -> str:
    """inserted when all rows are new, unchanged when all stand as they are, else updated."""
    fates = {name: [_settle(works[name], row, target) for row in rows] for name, rows in entry.rows.items()}
    stale = _stale(entry, works, target)
    telling = [fate for name, many in fates.items() for fate in many if name != SHARED or len(fates) == 1]
    if set(telling) == {"new"} and not stale:
        return "inserted"
    return "unchanged" if set(telling) <= {"same"} and not stale else "updated"


def _stale(entry: Record, works: dict[str, Work], target: Target) -> bool:
    """Takes away stored answers that a whole questionnaire (key: wave/respondent) does not give any more."""
    work, rows = works.get(survey_answer.name), entry.rows.get(survey_answer.name, [])
    if work is None or not rows or entry.key != f"{rows[0]['wave']}/{rows[0]['respondent']}":
        return False
    given = {tuple(canonical(survey_answer, row)[name] for name in work.shape.key) for row in rows}
    person = next(iter(given))[:-1]
    old = [stored for key, stored in work.there.items() if key[:-1] == person and key not in given]
    work.foreign += [stored.id for stored in old if stored.batch_id != target.batch_id]
    work.gone += [stored.id for stored in old]
    return bool(old)


def _settle(work: Work, given: dict[str, Any], target: Target) -> str:
    row = canonical(work.shape.table, given)
    key = tuple(row[name] for name in work.shape.key)
    if key in work.done:
        return work.done[key]
    old, hashed = work.there.get(key), row_hash(row)
    values = (*row.values(), hashed, target.batch_id, target.change.rev)
    if old is None:
        work.new.append(values)
    elif old.row_hash != hashed:
        work.changed.append((*values, old.id))
        if old.batch_id != target.batch_id:
            work.foreign.append(old.id)
    work.done[key] = "new" if old is None else "same" if old.row_hash == hashed else "changed"
    return work.done[key]


def _write(target: Target, work: Work) -> None:
    columns = [*work.columns, "row_hash", "batch_id", "rev"]
    before.keep(target.change, work.shape.table, target.batch_id, work.foreign)
    before.remove(target.change, work.shape.table, work.gone)
    bulk.update(target.change, work.shape.table, columns, work.changed)
    bulk.insert(target.change, work.shape.table, columns, work.new)


def _refused(entry: Record, reason: str, detail: str = "") -> Conflict:
    rows = {name: json.dumps(many, ensure_ascii=False, default=str) for name, many in entry.rows.items()}
    return Conflict(entry.record, shortened({"key": entry.key} | rows, 2_000), reason, detail)
