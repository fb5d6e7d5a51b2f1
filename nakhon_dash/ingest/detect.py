"""What a file is, by its heading: kind, format, encoding, delimiter. Nothing is imported."""

from dataclasses import dataclass
from pathlib import Path

from nakhon_dash.ingest.entries import format_of
from nakhon_dash.ingest.formats import layout_for
from nakhon_dash.ingest.tables import Table, open_table


@dataclass(frozen=True)
class Detection:
    """`kind` and `format` are None when no format knows the heading: such a file needs a mapping."""

    kind: str | None
    format: str | None
    encoding: str
    delimiter: str
    container: str
    columns: list[str]


def detect(path: Path) -> Detection:
    """The detection of `path` from its beginning; BadFile when it is no table at all."""
    return detection_of(open_table(path, whole=False))


def detection_of(table: Table) -> Detection:
    layout = layout_for(table.columns)
    other = None if layout else format_of(table.columns)
    kind, name = ("complaints", layout.name) if layout else (other.KIND, other.NAME) if other else (None, None)
    source = table.source
    return Detection(kind, name, source.encoding, table.delimiter, source.container, table.columns)
