"""Every table behind a picture, defined once, so that `nakhon show` prints what a card draws.

A figure of record is one number (`metrics.py`); a table is a curve, a list of parts, a comparison. Words stand under
`table.<id>` in `i18n/words/`; the function that fills it in `measures.tables`. Columns hold codes and full precision:
shares 0 to 1, hours as hours, moments as ISO with offset.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """`metrics`: figures of record whose definitions a reader of the table needs; `compared`: needs a compare period;
    `parts`: what it can be split by, the first being the default, () = not split."""

    id: str
    method: str  # the publication, or how it is counted
    metrics: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    compared: bool = False


_ALL: tuple[Table, ...] = (
    Table("by_part", "The figures of each part beside each other.", ("on_time", "median_hours", "p90_hours"),
          ("department", "category", "dimension", "zone", "channel", "month", "weekday")),
    Table("bridge_steps", "Counted; intervals: Wilson 1927.", ("on_time_closed_only", "on_time_with_overdue", "on_time")),
    Table("months", "Shares: p-chart, or Laney 2002, Quality Engineering 14:531-537, where it would flag more than a "
          "third of the months; medians: individuals chart (XmR), NIST handbook 6.3.2.2.", ("on_time", "median_hours"),
          ("month", "fiscal", "year")),
    Table("flow", "Counted: open at the end = open at the start + received - ended.", ("received", "ended", "open"),
          ("month", "week", "day")),
    Table("ageing", "Counted; no estimate.", ("open", "overdue")),
    Table("oldest", "Listed from the store of record; no estimate.", ("open", "overdue")),
)  # fmt: skip

TABLES: dict[str, Table] = {table.id: table for table in _ALL}
