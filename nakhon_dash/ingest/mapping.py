"""A mapping file (TOML): which heading of any table holds which field, and what its words mean.

[mapping] source, name, time_zone, date_order; [columns] field = heading; [constants] field = value;
[values.status|category|department|outcome] word = code.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, ValidationError

from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.case_template import OWN_OUTCOMES
from nakhon_dash.ingest.dates import Order
from nakhon_dash.ingest.headings import key
from nakhon_dash.ingest.layout import FIELDS, Layout
from nakhon_dash.ingest.states import OWN, STATES

MAPPED = tuple(name for name in FIELDS if name not in ("guessed_category", "duplicate", "on_time"))
NEEDED = ("source_id", "received_at")
_WORDS = ("status", "category", "department", "outcome")


class Mapping(BaseModel):
    """A checked mapping; `layout` turns it into a format for one file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    name: str = "generic"
    time_zone: str | None = None
    date_order: Order = "dmy"
    columns: dict[str, str]
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}

    def problems(self, columns: list[str] | None = None, profile: Profile | None = None) -> list[str]:
        """What is wrong, one line each: key, value, what is allowed. Empty when the mapping can be used."""
        return list(_problems(self, columns, profile))

    def layout(self, columns: list[str], profile: Profile) -> Layout:
        """The format for a file with these headings; BadFile names every problem at once."""
        problems = self.problems(columns, profile)
        if problems:
            raise BadFile("bad_mapping", problems="; ".join(problems))
        own = {word.casefold(): code for word, code in self.values.get("status", {}).items()}
        results = {word.casefold(): code for word, code in self.values.get("outcome", {}).items()}
        text = (self.columns["text"],) if "text" in self.columns else ()
        return Layout(
            "generic",
            self.source,
            {field: (heading,) for field, heading in self.columns.items()},
            OWN | own,
            text,
            order=self.date_order,
            time_zone=self.time_zone,
            place="city" if self.time_zone in (None, profile.city.time_zone) else "elsewhere",
            own=True,
            constants=self.constants,
            outcomes=OWN_OUTCOMES | results,
            categories=self.values.get("category", {}),
            departments=self.values.get("department", {}),
        )

    def dumped(self) -> str:
        """The mapping as TOML; `loaded` reads it back unchanged."""
        head = {"source": self.source, "name": self.name, "time_zone": self.time_zone, "date_order": self.date_order}
        lines = [*_table("mapping", {k: v for k, v in head.items() if v}), *_table("columns", self.columns)]
        if self.constants:
            lines += _table("constants", self.constants)
        for field, words in self.values.items():
            lines += _table(f"values.{field}", words)
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.dumped()  # what the store keeps of an import can be used again


def _table(name: str, rows: dict[str, str]) -> list[str]:
    return [f"[{name}]", *(f"{_quoted(k)} = {_quoted(v)}" for k, v in rows.items()), ""]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


def loaded(text: str) -> Mapping:
    """The mapping in a TOML text; BadFile names what is wrong."""
    try:
        raw: dict[str, Any] = tomllib.loads(text)
        head = raw.pop("mapping", {})
        return Mapping.model_validate({**head, **raw})
    except tomllib.TOMLDecodeError as error:
        raise BadFile("bad_mapping", problems=str(error)) from error
    except (ValidationError, TypeError) as error:
        raise BadFile("bad_mapping", problems=_sentences(error)) from error


def load(path: Path) -> Mapping:
    """The mapping in a file; BadFile when it cannot be read or used."""
    try:
        return loaded(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile("unreadable", name=path.name) from error


def _sentences(error: ValidationError | TypeError) -> str:
    if isinstance(error, TypeError):
        return str(error)
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())


def _problems(m: Mapping, columns: list[str] | None, profile: Profile | None) -> Iterator[str]:
    if not m.source.strip() or len(m.source) > 40:
        yield f"source = {m.source!r}: allowed: a name of 1 to 40 characters"
    if m.time_zone and m.time_zone not in available_timezones():
        yield f"time_zone = {m.time_zone!r}: allowed: a time zone like Asia/Bangkok"
    for field in {*m.columns, *m.constants} - set(MAPPED):
        yield f"columns.{field}: unknown; allowed: {', '.join(MAPPED)}"
    for field in NEEDED:
        if field not in m.columns:
            yield f"columns.{field}: missing; allowed: a heading of the file"
    present = {key(name) for name in columns or []}
    for field, heading in m.columns.items():
        if columns is not None and key(heading) not in present:
            yield f"columns.{field} = {heading!r}: not in the file; allowed: {', '.join(columns[:20])}"
    yield from _word_problems(m, profile)


def _word_problems(m: Mapping, profile: Profile | None) -> Iterator[str]:
    allowed: dict[str, list[str]] = {"status": list(STATES), "outcome": sorted(set(OWN_OUTCOMES.values()))}
    if profile:
        allowed |= {"category": list(profile.categories), "department": list(profile.departments)}
    for field, words in m.values.items():
        if field not in _WORDS:
            yield f"values.{field}: unknown; allowed: {', '.join(_WORDS)}"
        for word, code in words.items():
            if field in allowed and code not in allowed[field]:
                yield f"values.{field}.{word} = {code!r}: unknown; allowed: {', '.join(allowed[field])}"
