"""The complaint formats, in the order they are tried; names are what `--format` takes."""

from typing import Protocol

from nakhon_dash.ingest import (
    boston,
    case_template,
    chicago,
    nyc,
    open311,
    traffy_2023,
    traffy_api,
    traffy_classic,
    traffy_exchange,
)
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.layout import Layout

GENERIC = "generic"


class Format(Protocol):
    NAME: str
    KIND: str
    LAYOUT: Layout

    def matches(self, columns: list[str]) -> bool: ...


COMPLAINTS: tuple[Format, ...] = (
    traffy_api, traffy_classic, traffy_2023, traffy_exchange, open311, nyc, boston, chicago, case_template,
)
NAMES = (*(form.NAME for form in COMPLAINTS), GENERIC)


def layout_named(name: str) -> Layout:
    """The layout of a format by name; BadFile names those there are."""
    for form in COMPLAINTS:
        if name == form.NAME:
            return form.LAYOUT
    raise BadFile("no_such_format", name=name, names=", ".join(NAMES))


def layout_for(columns: list[str]) -> Layout | None:
    """The layout of the first format that knows the headings, None when none does."""
    return next((form.LAYOUT for form in COMPLAINTS if form.matches(columns)), None)
