"""Headings of tables: checked, cleaned, compared without regard to spelling variants."""

from collections import Counter

from nakhon_dash.ingest.block import BadFile

MAX_COLUMNS = 2_000


def key(heading: str) -> str:
    """A heading in the form formats are told apart by: lower case, words joined by one underscore."""
    return "_".join(heading.replace("\ufeff", "").replace("_", " ").split()).casefold()


def check_heading(columns: list[str]) -> list[str]:
    """The headings without blanks around them; BadFile for too many, or one name twice."""
    if len(columns) > MAX_COLUMNS:
        raise BadFile("too_many_columns", columns=len(columns), limit=MAX_COLUMNS)
    names = [name.replace("\ufeff", "").strip() for name in columns]
    while names and not names[-1]:
        names.pop()
    twice = [name for name, n in Counter(key(name) for name in names if name).items() if n > 1]
    if twice:
        raise BadFile("duplicate_columns", names=", ".join(twice[:5]))
    return names


def repeats_heading(row: list[str], columns: list[str]) -> bool:
    """Whether a record is the heading again, as in files pasted one after another."""
    return [value.strip() for value in row[: len(columns)]] == columns
