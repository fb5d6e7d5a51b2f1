"""Values longer than their column: SQLite would take them and PostgreSQL would not, so both refuse the record."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from nakhon_dash.store.schema import complaint

# Columns of a complaint that hold what the file says; the others hold codes of the profile.
FREE = ("source_id", "case_no", "parent_id", "tambon")
REASON = "too_long"


def limits(table: sa.Table) -> dict[str, int]:
    """Column -> how many characters it holds."""
    return {column.name: column.type.length for column in table.columns
            if isinstance(column.type, sa.String) and column.type.length}


def too_long(rows: pd.DataFrame) -> np.ndarray:
    """Which complaints do not fit."""
    found = np.zeros(len(rows), bool)
    for name in FREE:
        limit = limits(complaint)[name]
        found |= np.fromiter((value is not None and len(value) > limit for value in rows[name]), bool, len(rows))
    return found


def row_too_long(table: sa.Table, row: dict[str, Any]) -> str | None:
    """The first column whose value does not fit."""
    return next((name for name, limit in limits(table).items() if len(str(row.get(name) or "")) > limit), None)


def shortened(raw: dict[str, Any], most: int = 300) -> dict[str, Any]:
    """A refused record with the beginning of each value: enough to find it."""
    return {name: value if len(str(value)) <= most else f"{str(value)[:most]}…" for name, value in raw.items()}


def any_too_long(rows: Iterable[tuple[sa.Table, dict[str, Any]]]) -> str | None:
    """The first column that does not fit in any of the rows."""
    return next((name for table, row in rows if (name := row_too_long(table, row))), None)
