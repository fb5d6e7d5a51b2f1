"""Many rows at once, by the shortest way that each engine has: raw executemany on SQLite, COPY on PostgreSQL.

Nothing else writes meanwhile: the caller's `Change` holds the store's only write lock.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from nakhon_dash.store.rev import Change

Row = Sequence[Any]


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def cursor(change: Change) -> Any:  # noqa: ANN401 (the driver's own cursor)
    """A driver cursor inside the transaction; the caller closes it."""
    return change.connection.connection.cursor()


def insert(change: Change, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """New rows; the caller knows that their keys are not there yet."""
    if rows and change.on_postgres:
        _copy(change, f'"{table.name}"', columns, rows)
    elif rows:
        _many(change, f'INSERT INTO "{table.name}" ({quoted(columns)}) VALUES ({_marks(columns)})', rows)


def update(change: Change, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Overwrites `columns` of stored rows; each row is its values followed by its id."""
    if rows and change.on_postgres:
        _update_from_copy(change, table, columns, rows)
    elif rows:
        changes = ", ".join(f'"{name}" = ?' for name in columns)
        _many(change, f'UPDATE "{table.name}" SET {changes} WHERE "id" = ?', rows)


def find(change: Change, table: sa.Table, wanted: Sequence[str], fixed: dict[str, Any], column: str,
         values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The `wanted` columns of rows whose `column` is one of `values` and whose other key columns are `fixed`."""
    mark = "%s" if change.on_postgres else "?"
    among = "= ANY(%s)" if change.on_postgres else "IN (SELECT value FROM json_each(?))"
    where = " AND ".join([*(f'"{name}" = {mark}' for name in fixed), f'"{column}" {among}'])
    many = list(values) if change.on_postgres else json.dumps(list(values))
    handle = cursor(change)
    handle.execute(f'SELECT {quoted(wanted)} FROM "{table.name}" WHERE {where}', (*fixed.values(), many))
    rows = handle.fetchall()
    handle.close()
    return rows


def _marks(columns: Sequence[str]) -> str:
    return ", ".join("?" * len(columns))


def _many(change: Change, statement: str, rows: Sequence[Row]) -> None:
    handle = cursor(change)
    handle.executemany(statement, rows)
    handle.close()


def _copy(change: Change, target: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    handle = cursor(change)
    with handle.copy(f"COPY {target} ({quoted(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    handle.close()


def _update_from_copy(change: Change, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    incoming = f'"incoming_{table.name}"'
    handle = cursor(change)
    handle.execute(f'CREATE TEMP TABLE IF NOT EXISTS {incoming} (LIKE "{table.name}") ON COMMIT DELETE ROWS')
    handle.execute(f"TRUNCATE {incoming}")
    names = [column.name for column in table.columns if column.name not in columns and column.name != "id"]
    for name in names:  # only the columns given are filled
        handle.execute(f'ALTER TABLE {incoming} ALTER "{name}" DROP NOT NULL')
    _copy(change, incoming, [*columns, "id"], rows)
    changes = ", ".join(f'"{name}" = i."{name}"' for name in columns)
    handle.execute(f'UPDATE "{table.name}" t SET {changes} FROM {incoming} i WHERE t."id" = i."id"')
    handle.close()
