"""A first look at the held file: what it is, its first rows as they stand and as they will be read. Stores nothing."""

import zipfile
from dataclasses import dataclass, field
from itertools import islice

import pandas as pd

from nakhon_dash.domain.profile import Profile, current_profile
from nakhon_dash.ingest import mapping as mappings
from nakhon_dash.ingest.block import BadFile, EntryBlock, Rejected, Skipped
from nakhon_dash.ingest.boundaries import import_boundaries
from nakhon_dash.ingest.boundaries_file import FORMATS as SHAPES
from nakhon_dash.ingest.detect import Detection, detection_of
from nakhon_dash.ingest.entries import open_entries
from nakhon_dash.ingest.mask import masked
from nakhon_dash.ingest.reading import preview
from nakhon_dash.ingest.tables import Batch, named, open_table
from nakhon_dash.ui.data.held import Held

ROWS = 20
TABLES = {"users": ("channel_users", "channel_demographic"), "survey": ("survey_answer",),
          "annotation": ("annotation",)}


@dataclass(frozen=True)
class Look:
    """`kind` is None when no format knows the heading. `rows` are canonical columns, still as codes."""

    kind: str | None
    format: str | None
    detection: Detection | None = None
    raw: pd.DataFrame = field(default_factory=pd.DataFrame)
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    rejected: tuple[Rejected, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    records: int = 0  # looked at
    boundaries: dict | None = None

    @property
    def needs_mapping(self) -> bool:
        return self.kind is None or self.format == "generic"


def look(held: Held) -> Look:
    """The look for the choices in force, kept until one changes; BadFile when the file cannot be read at all."""
    chosen = held.choices
    asked = (chosen.kind, chosen.format, chosen.mapping, held.questions)
    if asked not in held.looked:
        held.looked[asked] = _look(held, current_profile())
    return held.looked[asked]


def _look(held: Held, profile: Profile) -> Look:
    if is_shape(held):
        found = import_boundaries(held.path, profile, source=held.name, dry_run=True)
        return Look("boundaries", found["format"], records=found["read"], boundaries=found)
    table = open_table(held.path, whole=False)
    batch = next(islice(table.batches(ROWS), 1), None)
    raw = _raw(table.columns, batch)
    detection = detection_of(table)
    kind, name = _chosen(held, detection)
    records = batch.last if batch else 0
    if kind is None:
        return Look(None, None, detection, raw, records=records)
    if kind == "complaints":
        made = mappings.loaded(held.choices.mapping) if held.choices.mapping else None
        seen = preview(held.path, profile, format=name or "auto", mapping=made, n=ROWS)
        return Look(kind, name, detection, raw, seen.rows, tuple(seen.rejected), tuple(seen.skipped), records)
    return _entries(held, profile, Look(kind, name, detection, raw, records=records))


def _chosen(held: Held, detection: Detection) -> tuple[str | None, str | None]:
    """Kind and format: the reader's word wins over the detection; a mapping makes any table one of complaints."""
    if held.choices.mapping:
        return "complaints", "generic"
    if held.choices.kind == "auto":
        return detection.kind, detection.format
    return (None, None) if held.choices.format == "generic" else (held.choices.kind, held.choices.format)


def is_shape(held: Held) -> bool:
    """Whether the file is one of shapes: by ending, by what a zip holds, or by the first words of a JSON."""
    ending = held.path.suffix.lower()
    if ending not in SHAPES:
        return False
    if ending == ".zip":
        try:
            with zipfile.ZipFile(held.path) as archive:
                return any(name.lower().endswith(".shp") for name in archive.namelist())
        except zipfile.BadZipFile:
            return False
    if ending == ".json":
        with held.path.open("rb") as file:
            return b"FeatureCollection" in file.read(4096)
    return True


def _raw(columns: list[str], batch: Batch | None) -> pd.DataFrame:
    """The first rows as they stand in the file, personal parts masked."""
    rows = [masked(named(columns, row)) for row in batch.rows] if batch else []
    return pd.DataFrame(rows, columns=list(named(columns, [""] * len(columns))), dtype=object)


def _entries(held: Held, profile: Profile, base: Look) -> Look:
    reading = open_entries(str(base.kind), held.path, profile, format=base.format or "auto", questions=held.questions)
    blocks: list[EntryBlock] = list(islice(reading, 1))
    if not blocks:
        return base
    first = blocks[0]
    rows = [line | {"flags": " ".join(entry.flags)} for entry in first.entries
            for name in TABLES[str(base.kind)] for line in entry.rows.get(name, [])]
    return Look(base.kind, base.format, base.detection, base.raw, pd.DataFrame(rows[: ROWS * 5]),
                tuple(r for r in first.rejected if r.record <= ROWS),
                tuple(s for s in first.skipped if s.record <= ROWS), base.records)


def unreadable(held: Held) -> BadFile | None:
    """Why the file cannot be read with the choices in force; None when it can."""
    try:
        look(held)
    except BadFile as error:
        return error
    return None
