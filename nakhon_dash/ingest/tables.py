"""A file as a table of text: heading, then records in batches, whatever it was (CSV, spreadsheet, JSON).

Records are counted from 1 after the heading; lines without any value are no records. A record that does not fit the
heading is kept apart with its fields, so that nothing is lost.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal, Protocol

from nakhon_dash.ingest.archives import CHUNK, Stream
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.headings import check_heading, repeats_heading
from nakhon_dash.ingest.jsontable import JsonRows
from nakhon_dash.ingest.sources import Source, open_source
from nakhon_dash.ingest.spreadsheets import SheetRows

MAX_FIELD = 1_000_000
DELIMITERS = ",;\t|"
EXAMPLE = "ตัวอย่าง/example"  # begins the row of our templates that shows how to fill them in
Kind = Literal["csv", "xlsx", "json"]
Row = list[str]


class Rows(Protocol):
    """Rows of a source, without the heading; after the last one `fault` says whether the file broke off."""

    columns: list[str]
    fault: BadFile | None

    def __iter__(self) -> Iterator[Row]: ...

    def position(self) -> int: ...

    def close(self) -> None: ...


@dataclass
class Batch:
    """Records `first`..`last`: `rows` fit the heading and stand at `records`; `odd` do not; `empty`, `repeated` and
    `examples` hold no data of their own."""

    first: int
    last: int
    records: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    odd: list[tuple[int, Row]] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    examples: list[int] = field(default_factory=list)
    bytes_done: int = 0


@dataclass(frozen=True)
class Table:
    """A readable table; `batches` reads it from the beginning each time."""

    source: Source
    kind: Kind
    columns: list[str]
    delimiter: str = ""

    def rows(self) -> Rows:
        if self.kind == "xlsx":
            return SheetRows(self.source)
        if self.kind == "json":
            return JsonRows(self.source, self.columns)
        return CsvRows(self.source, self.delimiter)

    def batches(self, size: int, start_after: int = 0) -> Iterator[Batch]:
        """Batches of `size` records after record `start_after`; BadFile at the end when the file broke off.

        What stands before a break is handed out first; a record that is cut by it is not.
        """
        rows = self.rows()
        try:
            yield from _batches(rows, self.columns, size, start_after)
        finally:
            rows.close()


def open_table(path: Path, *, whole: bool = True) -> Table:
    """The table in `path`; BadFile when it is none. `whole=False` judges the encoding by the beginning."""
    source = open_source(path, whole=whole)
    if source.content == "spreadsheet":
        sheet = SheetRows(source)
        sheet.close()
        return Table(source, "xlsx", check_heading(sheet.columns))
    with source.text(source.stream()) as text:
        start = text.read(CHUNK)
    if start.lstrip("\ufeff \t\r\n")[:1] in ("[", "{"):
        objects = JsonRows(source)
        objects.close()
        return Table(source, "json", check_heading(objects.columns))
    delimiter = _delimiter(start)
    heading = CsvRows(source, delimiter)
    heading.close()
    return Table(source, "csv", check_heading(heading.columns), delimiter)


class CsvRows:
    """Rows of a delimited text; quotes may hold delimiters and line ends."""

    def __init__(self, source: Source, delimiter: str) -> None:
        csv.field_size_limit(MAX_FIELD)
        self.fault: BadFile | None = None
        self._stream: Stream = source.stream()
        self._text = source.text(self._stream)
        self._reader = csv.reader(self._text, delimiter=delimiter)
        try:
            self.columns = self._heading()
        except BadFile:
            self.close()
            raise

    def _heading(self) -> Row:
        try:
            row = next((r for r in self._reader if any(map(str.strip, r)) and not _is_hint(r)), None)
        except csv.Error as error:
            raise BadFile("field_too_long", record=0) from error
        if row is None:
            raise self._stream.fault or BadFile("empty")
        return row

    def __iter__(self) -> Iterator[Row]:
        rows = filter(None, self._reader)
        try:
            yield from rows if type(self._stream) is Stream else self._held_back(rows)
        except csv.Error:
            self.fault = BadFile("field_too_long", record=0)
        self.fault = self.fault or self._stream.fault

    def _held_back(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Each row once the next one is read, because a packed file that breaks off cuts its last row."""
        held = next(rows, None)
        for row in rows:
            if held:
                yield held
            held = row
        if held and not self._stream.fault:
            yield held

    def position(self) -> int:
        return self._stream.position()

    def close(self) -> None:
        self._text.close()


def _is_hint(row: Row) -> bool:
    """The line `sep=;` that some programs write for Excel, split or not."""
    return row[0].lower().startswith("sep=")


def _delimiter(start: str) -> str:
    """The delimiter that gives the heading most columns; a comma when there is one column only."""

    def width(delimiter: str) -> int:
        lines = start.splitlines(keepends=True)
        try:
            return max(len(r) for r in islice(csv.reader(lines, delimiter=delimiter), 3) if not _is_hint(r or [""]))
        except (csv.Error, ValueError):
            return 0

    return max(DELIMITERS, key=width)


def _batches(rows: Rows, columns: list[str], size: int, start_after: int) -> Iterator[Batch]:
    stream, done = iter(rows), 0
    while chunk := list(islice(stream, size if done >= start_after else min(size, start_after - done))):
        first, done = done + 1, done + len(chunk)
        if first > start_after:
            yield _sorted_out(chunk, first, columns, rows.position())
    if rows.fault:
        rows.fault.values["record"] = done + 1
        raise rows.fault


def _sorted_out(chunk: list[Row], first: int, columns: list[str], position: int) -> Batch:
    batch = Batch(first, first + len(chunk) - 1, bytes_done=position)
    width = len(columns)
    starts = {row[0] for row in chunk}
    example = any(start.startswith(EXAMPLE) for start in starts)
    if set(map(len, chunk)) == {width} and not example and not starts & {"", columns[0]}:  # the usual case
        batch.records, batch.rows = list(range(first, batch.last + 1)), chunk
        return batch
    for record, row in enumerate(chunk, first):
        if not any(map(str.strip, row)):
            batch.empty.append(record)
        elif repeats_heading(row, columns):
            batch.repeated.append(record)
        elif row[0].startswith(EXAMPLE):
            batch.examples.append(record)
        else:
            _fitted(batch, record, row, width)
    return batch


def _fitted(batch: Batch, record: int, row: Row, width: int) -> None:
    if len(row) > width and not any(map(str.strip, row[width:])):
        row = row[:width]  # delimiters without a value at the end of a line
    if len(row) == width:
        batch.records.append(record)
        batch.rows.append(row)
    else:
        batch.odd.append((record, row))


def named(columns: list[str], row: Iterable[str]) -> dict[str, str]:
    """Fields of a record by heading; fields beyond the heading are numbered."""
    fields = list(row)
    names = [*columns, *(f"+{n}" for n in range(1, len(fields) - len(columns) + 1))]
    return {name or f"column {n}": value for n, (name, value) in enumerate(zip(names, fields, strict=False), 1)}
