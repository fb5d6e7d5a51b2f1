"""A mapping in the making: what the headings suggest, which words of the file are not understood, and the result."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from nakhon_dash.domain.profile import UNMAPPED, Profile
from nakhon_dash.ingest.dates import Order
from nakhon_dash.ingest.labels import Labels, split_labels
from nakhon_dash.ingest.mapping import NEEDED, Mapping
from nakhon_dash.ingest.states import OWN, state_of
from nakhon_dash.ingest.suggest import suggest
from nakhon_dash.ingest.tables import open_table

SAMPLE = 2_000
MAIN = ("source_id", "received_at", "closed_at", "status", "category", "department", "lat", "lon", "coords",
        "subdistrict", "channel")
MORE = ("outcome", "due_at", "first_response_at", "modified_at", "zone", "community", "address", "stars",
        "reopen_count", "photo_before", "photo_after", "parent_id", "text")
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")
WORDS = ("category", "status")  # fields whose words are matched one by one
_NOT_A_CODE = re.compile(r"[^A-Za-z0-9_.:-]+")


@dataclass
class Draft:
    """`columns`: field -> heading; `values`: field -> word of the file -> code."""

    source: str
    time_zone: str
    date_order: Order = "dmy"
    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        return [name for name in NEEDED if name not in self.columns]

    def mapping(self) -> Mapping:
        values = {name: words for name, words in self.values.items() if words}
        return Mapping(source=self.source, time_zone=self.time_zone, date_order=self.date_order,
                       columns=self.columns, values=values, constants=self.constants)


def of(mapping: Mapping, profile: Profile) -> Draft:
    """The draft of a mapping file, to go on with."""
    return Draft(mapping.source, mapping.time_zone or profile.city.time_zone, mapping.date_order,
                 dict(mapping.columns), {k: dict(v) for k, v in mapping.values.items()}, dict(mapping.constants))


def source_name(text: str) -> str:
    """A source name that may stand in an address: Latin letters, digits and . : _ - only."""
    return _NOT_A_CODE.sub("_", text.strip()).strip("_.")[:40] or "own"


def suggested(name: str, sample: dict[str, list[str]], profile: Profile) -> Draft:
    """What headings and values say on their own; the source is named after the file."""
    rows = [list(row) for row in zip(*sample.values(), strict=True)]
    return of(suggest(list(sample), rows, source=source_name(Path(name).name.split(".")[0])), profile)


def sample_of(path: Path) -> dict[str, list[str]]:
    """The first values under each heading, to count words in."""
    table = open_table(path, whole=False)
    rows = [row for batch in islice(table.batches(SAMPLE), 1) for row in batch.rows]
    return {name: [row[at] for row in rows] for at, name in enumerate(table.columns) if name}


def not_understood(name: str, draft: Draft, sample: dict[str, list[str]], profile: Profile) -> list[tuple[str, int]]:
    """Words under the heading of `name` that mean nothing without the mapping, with their counts in the sample."""
    heading = draft.columns.get(name)
    tally = Counter(word for value in sample.get(heading or "", ()) for word in _words(name, value))
    labels = Labels(profile)
    return [(word, n) for word, n in tally.most_common() if not _known(name, word, labels)]


def _words(name: str, value: str) -> tuple[str, ...]:
    if name == "category":
        return split_labels(value)
    return (value.strip(),) if value.strip() else ()


def _known(name: str, word: str, labels: Labels) -> bool:
    if name == "category":
        return labels.category([word]) != UNMAPPED
    return state_of(word, OWN).status != "unknown"
