"""The replica's tables: the store's followed ones with the same names and columns, without keys or indexes."""

import hashlib

import duckdb
import pyarrow as pa
import sqlalchemy as sa

from nakhon_dash.store.schema import FOLLOWED

STATE = "replica_state"
Connection = duckdb.DuckDBPyConnection
# SmallInteger before Integer: it is one
_TYPES: tuple[tuple[type, str, pa.DataType], ...] = (
    (sa.SmallInteger, "SMALLINT", pa.int16()), (sa.BigInteger, "BIGINT", pa.int64()),
    (sa.Integer, "INTEGER", pa.int32()), (sa.Float, "DOUBLE", pa.float64()), (sa.String, "VARCHAR", pa.string()),
)


def _found(column: sa.Column) -> tuple[str, pa.DataType]:
    return next((name, arrow) for base, name, arrow in _TYPES if isinstance(column.type, base))


def arrow_schema(table: sa.Table) -> pa.Schema:
    """The columns of a table as Arrow fields."""
    return pa.schema([pa.field(column.name, _found(column)[1]) for column in table.columns])


def _definition(table: sa.Table) -> str:
    columns = ", ".join(f'"{column.name}" {_found(column)[0]}' for column in table.columns)
    return f'CREATE TABLE "{table.name}" ({columns})'


def schema_hash() -> str:
    """Changes whenever a followed table does: a replica of another shape is rebuilt."""
    return hashlib.sha256("\n".join(_definition(table) for table in FOLLOWED).encode()).hexdigest()


def create(connection: Connection, store: str) -> None:
    """Empty tables and a state that stands before every change."""
    for table in FOLLOWED:
        connection.execute(_definition(table))
    connection.execute(f"CREATE TABLE {STATE} (store_id VARCHAR, schema_hash VARCHAR, rev BIGINT)")
    connection.execute(f"INSERT INTO {STATE} VALUES (?, ?, -1)", [store, schema_hash()])


def state(connection: Connection) -> tuple[str, str, int] | None:
    """(store id, schema hash, rev) of a replica; None when the file is none."""
    try:
        rows = connection.execute(f"SELECT store_id, schema_hash, rev FROM {STATE}").fetchall()
    except duckdb.CatalogException:
        return None
    return rows[0]


def set_rev(connection: Connection, rev: int) -> None:
    connection.execute(f"UPDATE {STATE} SET rev = ?", [rev])
