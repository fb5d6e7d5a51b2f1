"""What a format is: which heading holds which field, how its times, states and places are to be read.

A format is a description; everything it has in common with others is done elsewhere, once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from nakhon_dash.ingest.dates import Order
from nakhon_dash.ingest.headings import key

if TYPE_CHECKING:
    from nakhon_dash.ingest.draft import Draft

# Fields that a format may hold; a mapping file names them too.
FIELDS = (
    "source_id", "case_no", "channel", "received_at", "first_response_at", "closed_at", "due_at", "modified_at",
    "status", "outcome", "category", "guessed_category", "department", "lat", "lon", "coords", "zone", "subdistrict",
    "province", "address", "community", "stars", "reopen_count", "photo_before", "photo_after", "parent_id",
    "duplicate", "minutes_to_close", "on_time", "text",
)
PERSONAL_FIELDS = ("lat", "lon", "coords", "address", "photo_before", "photo_after", "text")
TIME_FIELDS = ("received_at", "first_response_at", "closed_at", "due_at", "modified_at")
Headings = tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """A complaint format. `fields`: our field -> headings that may hold it, the first one present wins."""

    name: str
    source: str
    fields: Mapping[str, Headings]
    states: Mapping[str, str]
    texts: Headings = ()  # free text: looked at, then dropped
    order: Order = "dmy"
    time_zone: str | None = None  # of naive times and of local days; None is the city's
    zone_due: bool = False  # a time without zone is worth a flag
    to_the_microsecond: bool = False  # so exactly 00:00 means that the time of day was lost
    place: Literal["city", "elsewhere"] = "city"  # elsewhere: positions are taken as they are, zones do not apply
    own: bool = False  # written for us: outcomes are ours, and every closed case keeps its close time
    one_label: bool = False  # the category is one label, whatever commas it holds
    channel: str = ""  # of all cases, where no column tells
    constants: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    adjust: Callable[["Draft"], None] | None = None  # what is peculiar to the format

    def heading(self, name: str, columns: list[str]) -> str | None:
        """The heading among `columns` that holds field `name`."""
        present = {key(column): column for column in columns}
        return next((present[k] for h in self.fields.get(name, ()) if (k := key(h)) in present), None)

    def known_headings(self) -> list[str]:
        return [heading for headings in self.fields.values() for heading in headings] + list(self.texts)


def has(columns: list[str], *needed: str) -> bool:
    """Whether all `needed` headings stand among `columns`, whatever their case and spacing."""
    present = {key(column) for column in columns}
    return all(key(name) in present for name in needed)
