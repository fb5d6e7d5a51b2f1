"""Files of the small tables (user counts, surveys, notes) -> blocks of entries for the store."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import BadFile, Entry, EntryBlock, Rejected, Skipped
from nakhon_dash.ingest.entries_formats import FORMATS, Format, Job, Outcome
from nakhon_dash.ingest.entries_record import Refused, rejected
from nakhon_dash.ingest.sources import sha256_of
from nakhon_dash.ingest.survey_tables import sheet_beside
from nakhon_dash.ingest.tables import Batch, open_table
from nakhon_dash.ingest.users_series import in_series

KINDS = ("users", "survey", "annotation")
BLOCK = 200
MAX_DAYS = 50_000  # days of a series are compared with each other, so they are held together: more than 130 years


class Reading:
    """An opened file; iterating reads it from the beginning and gives its blocks in order."""

    def __init__(self, job: Job, chosen: Format) -> None:
        self.path, self.format, self.source, self.kind = job.path, chosen.NAME, job.source, chosen.KIND
        self.sha256 = sha256_of(job.path)
        self.columns = job.table.columns
        self.total_bytes = job.table.source.total_bytes
        self.notices: list[str] = []  # codes under `notice.`, once the blocks are read
        self._job, self._chosen = job, chosen
        chosen.reader(job)  # faults of the question sheet show before the first block

    def __iter__(self) -> Iterator[EntryBlock]:
        blocks = self._blocks()
        return iter(_as_series(blocks)) if self._chosen.series else blocks

    def _blocks(self) -> Iterator[EntryBlock]:
        one = self._chosen.reader(self._job)
        kept = frozenset(self._chosen.kept(self._job))
        batch = None
        for batch in self._job.table.batches(BLOCK):
            yield _block(batch, one, self.columns, kept)
        if batch is None:
            self.notices.append("header_only")


def open_entries(kind: str, path: Path, profile: Profile, *, format: str = "auto",
                 source: str | None = None, now: datetime | None = None, questions: Path | None = None,
                 asked: date | None = None) -> Reading:
    """The file as a table of `kind` (users, survey, annotation); BadFile when it is none.

    `questions` is the question sheet of a survey (default: one that lies beside the file); `asked` the day that a
    LINE answer without a date is about. Records are read on iteration.
    """
    path = Path(path)
    table = open_table(path)
    chosen = _chosen(kind, format, table.columns)
    job = Job(path, table, source or chosen.NAME, profile, now or datetime.now(UTC),
              questions or (sheet_beside(path) if kind == "survey" else None), asked)
    return Reading(job, chosen)


def format_of(columns: list[str], kind: str | None = None) -> Format | None:
    """The first format that the headings fit, of `kind` or any."""
    return next((f for f in FORMATS if kind in (None, f.KIND) and f.matches(columns)), None)


def _chosen(kind: str, name: str, columns: list[str]) -> Format:
    if name != "auto":
        found = next((f for f in FORMATS if (name, kind) == (f.NAME, f.KIND)), None)
        if found is None:
            raise BadFile("entries_format", format=name, allowed=", ".join(f.NAME for f in FORMATS if kind == f.KIND))
        if not found.matches(columns):
            raise BadFile("entries_other_format", format=name, columns=", ".join(columns[:8]))
        return found
    found = format_of(columns, kind)
    if found is None:
        other = format_of(columns)
        if other:
            raise BadFile("entries_other_kind", kind=kind, found=other.KIND)
        raise BadFile("entries_unknown", kind=kind, columns=", ".join(columns[:8]))
    return found


def _block(batch: Batch, one: Callable[[int, list[str]], Outcome], columns: list[str],
           kept: frozenset[int]) -> EntryBlock:
    entries: list[Entry] = []
    refused: list[Rejected] = [rejected(record, Refused("bad_row", str(len(row))), columns, row, kept)
                               for record, row in batch.odd]
    passed = {"empty_row": batch.empty, "repeated_heading": batch.repeated, "example_row": batch.examples}
    skipped = [Skipped(record, why) for why, records in passed.items() for record in records]
    for record, row in zip(batch.records, batch.rows, strict=True):
        found = one(record, row)
        if isinstance(found, Entry):
            entries.append(found)
        elif isinstance(found, Skipped):
            skipped.append(found)
        else:
            refused.append(rejected(record, found, columns, row, kept))
    return EntryBlock(batch.first, batch.last, entries, refused, skipped, batch.bytes_done)


def _as_series(blocks: Iterable[EntryBlock]) -> Iterator[EntryBlock]:
    """The blocks with flags that depend on other days, for which all of them must be read first."""
    held: list[EntryBlock] = []
    fault = None
    try:
        for block in blocks:
            held.append(block)
            if block.last > MAX_DAYS:
                raise BadFile("entries_too_many", limit=MAX_DAYS)
    except BadFile as error:
        if error.code == "entries_too_many":
            raise
        fault = error  # the file broke off: what stands before the break is still handed out
    flagged = {entry.record: entry for entry in in_series(entry for block in held for entry in block.entries)}
    for block in held:
        yield replace(block, entries=[flagged[entry.record] for entry in block.entries])
    if fault:
        raise fault
