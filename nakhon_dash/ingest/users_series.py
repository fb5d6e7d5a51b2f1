"""A series of daily user counts: what a single record cannot show, because it depends on the days around it."""

from collections.abc import Iterable
from dataclasses import replace

from nakhon_dash.ingest.block import Entry

BIG_STEP = 0.05  # share of the followers by which one day rarely changes
SMALL_ACCOUNT = 1000  # below it a share says nothing
NUMBERS = ("followers", "targeted_reaches", "blocks")


def in_series(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in file order, flagged gap, counter_decreased or big_step by the days before them.

    Only the first record of a day counts. A later record with the same numbers gets the same flags, so that the
    store sees it as a repetition.
    """
    found = list(entries)
    first: dict[str, Entry] = {}
    for entry in found:
        first.setdefault(entry.key, entry)
    flagged = {entry.key: entry for entry in _flagged(list(first.values()))}
    return [_as_first(entry, flagged[entry.key]) for entry in found]


def _row(entry: Entry) -> dict:
    return entry.rows["channel_users"][0]


def _flagged(entries: list[Entry]) -> Iterable[Entry]:
    before: dict[str, tuple[int, int | None]] = {}
    for entry in sorted(entries, key=lambda e: _row(e)["day_no"]):
        row = _row(entry)
        last = before.get(row["channel"])
        flags = _step(row, *last) if last else []
        followers = row["followers"] if row["followers"] is not None else (last[1] if last else None)
        before[row["channel"]] = (row["day_no"], followers)
        yield _with_flags(entry, (*entry.flags, *flags))


def _step(row: dict, last_day: int, last_followers: int | None) -> list[str]:
    days = row["day_no"] - last_day
    flags = ["gap"] if days > 1 else []
    if row["followers"] is None or last_followers is None:
        return flags
    step = row["followers"] - last_followers
    if step < 0:
        flags.append("counter_decreased")
    if last_followers >= SMALL_ACCOUNT and abs(step) / days > BIG_STEP * last_followers:
        flags.append("big_step")
    return flags


def _as_first(entry: Entry, first: Entry) -> Entry:
    if entry.record == first.record:
        return first
    same = all(_row(entry)[name] == _row(first)[name] for name in NUMBERS)
    return _with_flags(entry, first.flags) if same else entry


def _with_flags(entry: Entry, flags: tuple[str, ...]) -> Entry:
    row = _row(entry) | {"flags": " ".join(flags)}
    return replace(entry, flags=flags, rows={"channel_users": [row]})
