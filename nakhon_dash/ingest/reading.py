"""The door for complaint files: `open_complaints` gives blocks to store, `preview` shows what they will be."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

import pandas as pd

from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import BadFile, Block, Rejected, Skipped
from nakhon_dash.ingest.cases import CaseReader
from nakhon_dash.ingest.detect import Detection, detection_of
from nakhon_dash.ingest.formats import GENERIC, layout_for, layout_named
from nakhon_dash.ingest.layout import Layout
from nakhon_dash.ingest.mapping import Mapping
from nakhon_dash.ingest.mask import masked
from nakhon_dash.ingest.sources import sha256_of
from nakhon_dash.ingest.tables import Table, named, open_table

BLOCK = 5_000
MAX_SOURCE = 40


@dataclass
class Reading:
    """A complaint file that can be read, once. Blocks keep the order of the records.

    When the file breaks off, the blocks before the break are given first and BadFile follows: what was stored stays.
    `notices` holds codes under `notice.` once the blocks are read.
    """

    table: Table
    layout: Layout
    reader: CaseReader
    format: str
    source: str
    sha256: str
    start_after: int = 0
    block_size: int = BLOCK
    mapping: Mapping | None = None
    kind: str = "complaints"
    notices: list[str] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        return self.table.columns

    @property
    def total_bytes(self) -> int:
        return self.table.source.total_bytes

    @property
    def path(self) -> Path:
        return self.table.source.path

    def __iter__(self) -> Iterator[Block]:
        read = self.start_after
        for batch in self.table.batches(self.block_size, self.start_after):
            read = batch.last
            yield self.reader.block(batch)
        if not read:
            self.notices.append("header_only")


def open_complaints(
    path: Path,
    profile: Profile,
    *,
    format: str = "auto",
    mapping: Mapping | None = None,
    source: str | None = None,
    now: datetime | None = None,
    start_after: int = 0,
    block_size: int = BLOCK,
    geography: Path | None = None,
) -> Reading:
    """Opens `path` for reading after record `start_after`; BadFile says what is wrong with it.

    `source` names the system the cases come from, where the format does not; `now` is the time of import;
    `geography` is another folder of boundaries than the profile's.
    """
    if source is not None and not 0 < len(source.strip()) <= MAX_SOURCE:
        raise BadFile("bad_source", limit=MAX_SOURCE)
    table = open_table(Path(path))
    layout = _layout(table, profile, format, mapping)
    moment = int((now.timestamp() if now else time.time()) * 1_000_000)
    name = source or layout.source
    reader = CaseReader(table.columns, layout, profile, source=name, now=moment, geography=geography)
    return Reading(
        table, layout, reader, layout.name, name, sha256_of(Path(path)), start_after, block_size, mapping
    )


def _layout(table: Table, profile: Profile, name: str, mapping: Mapping | None) -> Layout:
    if mapping:
        return mapping.layout(table.columns, profile)
    if name == GENERIC:
        raise BadFile("needs_mapping", columns=", ".join(table.columns[:20]))
    layout = layout_named(name) if name != "auto" else layout_for(table.columns)
    if layout is None:
        raise BadFile("unknown_format", columns=", ".join(table.columns[:20]))
    if layout.heading("source_id", table.columns) is None or layout.heading("received_at", table.columns) is None:
        raise BadFile("wrong_format", name=layout.name, columns=", ".join(table.columns[:20]))
    return layout


@dataclass(frozen=True)
class Preview:
    """The first records of a file: as they stand but for what is personal, as they will be read, and what is wrong."""

    detection: Detection
    raw: pd.DataFrame
    rows: pd.DataFrame
    rejected: list[Rejected]
    skipped: list[Skipped]


def preview(
    path: Path,
    profile: Profile,
    *,
    format: str = "auto",
    mapping: Mapping | None = None,
    source: str | None = None,
    now: datetime | None = None,
    n: int = 20,
    geography: Path | None = None,
) -> Preview:
    """What the first `n` records of `path` become; nothing is stored. Without a fitting format `rows` is empty."""
    table = open_table(Path(path), whole=False)
    batches = list(islice(table.batches(n), 1))
    raw = pd.DataFrame([masked(named(table.columns, row)) for batch in batches for row in batch.rows], dtype=object)
    detection = detection_of(table)
    try:
        layout = _layout(table, profile, format, mapping)
    except BadFile:
        return Preview(detection, raw, pd.DataFrame(), [], [])
    moment = int((now.timestamp() if now else time.time()) * 1_000_000)
    reader = CaseReader(
        table.columns, layout, profile, source=source or layout.source, now=moment, geography=geography
    )
    blocks = [reader.block(batch) for batch in batches]
    return Preview(
        detection,
        raw,
        blocks[0].rows if blocks else pd.DataFrame(),
        [record for block in blocks for record in block.rejected],
        [record for block in blocks for record in block.skipped],
    )
