"""Which column of a file is which, by the headings that people and exports use."""

from collections.abc import Iterable

from nakhon_dash.ingest.headings import key


def columns_of(columns: Iterable[str], known: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Canonical name -> position, for the headings that are known."""
    names = {key(alias): name for name, aliases in known.items() for alias in aliases}
    found: dict[str, int] = {}
    for position, column in enumerate(columns):
        name = names.get(key(column))
        if name is not None:
            found.setdefault(name, position)
    return found
