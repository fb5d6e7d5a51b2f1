"""Files into the store: one transaction a block, every record counted, interruptions resumed.

Killed at any moment, whole blocks stay and the batch is incomplete; the same import again goes on after them.
"""

import dataclasses
import gc
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from nakhon_dash.store import complaints, entries, ledger, quarantine
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.incoming import BatchInfo, ImportResult, Progress, Reading, info_of
from nakhon_dash.store.ledger import Ledger
from nakhon_dash.store.rev import Change, change
from nakhon_dash.store.seen import Seen
from nakhon_dash.store.target import Target


def import_complaints(engine: sa.Engine, reading: Reading, *, progress: Progress | None = None, by: str | None = None,
                      dry_run: bool = False, synthetic: bool = False) -> ImportResult:
    """Complaints of one file; a dry run counts without writing. Errors of the reader leave whole blocks behind."""
    info = info_of(reading, "complaints", by=by, synthetic=synthetic)
    return write_blocks(engine, reading, info, progress=progress, dry_run=dry_run)


def import_entries(engine: sa.Engine, reading: Reading, *, kind: str | None = None, progress: Progress | None = None,
                   by: str | None = None, dry_run: bool = False, synthetic: bool = False) -> ImportResult:
    """Users, a survey or annotations of one file; `kind` defaults to the reading's own."""
    info = info_of(reading, kind or str(getattr(reading, "kind", "")), by=by, synthetic=synthetic)
    return write_blocks(engine, reading, info, progress=progress, dry_run=dry_run)


def write_blocks(engine: sa.Engine, blocks: Iterable[Any], info: BatchInfo, *, progress: Progress | None = None,
                 dry_run: bool = False) -> ImportResult:
    """Blocks from anywhere (a file, the demo city) as one batch; both kinds of block, by `info.kind`."""
    began = time.monotonic()
    coming = iter(blocks)
    first = next(coming, None)  # a file that cannot be read at all leaves no batch behind
    book = ledger.preview(engine, info) if dry_run else ledger.take_up(engine, info)
    with Seen() as seen:
        run = _Run(engine, info, book, seen, dry_run)
        for block in _with_first(first, coming):
            run.take(block)
            if progress:
                progress(book.done, block.bytes_done)
    if not dry_run:
        ledger.close(engine, book)
    return ImportResult.of(None if dry_run else book.id, info, book.tally, began)


def _with_first(first: Any | None, rest: Iterator[Any]) -> Iterator[Any]:  # noqa: ANN401
    if first is not None:
        yield first
        yield from rest


@dataclasses.dataclass
class _Run:
    engine: sa.Engine
    info: BatchInfo
    book: Ledger
    seen: Seen
    dry: bool

    def take(self, block: Any) -> None:  # noqa: ANN401 (a complaint or record block)
        """One block: seen again where it was committed before, else written and counted."""
        _check(block)
        if block.first <= self.book.done:
            self._replay(_part(block, block.first, min(block.last, self.book.done)))
        if block.last > self.book.done:
            self._write(_part(block, max(block.first, self.book.done + 1), block.last))

    def _replay(self, block: Any) -> None:  # noqa: ANN401
        if self.info.kind != "complaints":
            entries.replay(block.entries, self.seen)
            return
        with self.engine.connect() as connection:
            complaints.replay(self._target(Change(connection, 0)), block.rows, self.seen)

    def _write(self, block: Any) -> None:  # noqa: ANN401
        if self.dry:
            with self.engine.connect() as connection:
                self._apply(Change(connection, 0), block)
            self.book.done = block.last
            return
        with _no_collection(), change(self.engine) as at:
            refused = self._apply(at, block)
            quarantine.refuse(at, self.book.id, self.book.earlier, refused)
            ledger.move_on(at, self.book, block.last)

    def _apply(self, at: Change, block: Any) -> list[Any]:  # noqa: ANN401
        if self.info.kind == "complaints":
            conflicts = complaints.apply(self._target(at), block.rows, self.seen, self.book.tally)
        else:
            conflicts = entries.apply(self._target(at), block.entries, self.seen, self.book.tally)
        refused = [*block.rejected, *conflicts]
        quarantine.count(self.book.tally, refused)
        for one in block.skipped:
            self.book.tally.skip(one.reason)
        return refused

    def _target(self, at: Change) -> Target:
        return Target(at, self.book.id, self.book.began_at, self.dry)


@contextmanager
def _no_collection() -> Iterator[None]:
    """A block is a few hundred thousand small values, all alive: looking for cycles among them costs a quarter."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _accepted(block: Any) -> Any:  # noqa: ANN401
    return block.rows if hasattr(block, "rows") else block.entries


def _check(block: Any) -> None:  # noqa: ANN401
    """Every record of a block must be somewhere in it: StoreError `lost_records` when a reader drops one."""
    there = len(_accepted(block)) + len(block.rejected) + len(block.skipped)
    if there != block.last - block.first + 1:
        raise StoreError("lost_records", first=block.first, last=block.last, there=there)


def _part(block: Any, first: int, last: int) -> Any:  # noqa: ANN401
    """Records `first`..`last` of a block."""
    if (first, last) == (block.first, block.last):
        return block
    lists = {name: [one for one in getattr(block, name) if first <= one.record <= last]
             for name in ("rejected", "skipped", "entries") if hasattr(block, name)}
    if hasattr(block, "rows"):
        lists["rows"] = block.rows[block.rows["record"].between(first, last)]
    return dataclasses.replace(block, first=first, last=last, **lists)
