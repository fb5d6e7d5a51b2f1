"""Whole tables out of the store as Arrow: the first load of a replica, ordered by day so that filters skip.

PostgreSQL is read through ADBC. A SQLite file is not: ADBC brings its own copy of SQLite, and when two copies open
one file in one process, closing either drops the file locks of both, which can damage the store under a writer.
"""

from collections.abc import Iterator

import pyarrow as pa
import sqlalchemy as sa

from nakhon_dash.replica.tables import arrow_schema

ROWS_AT_ONCE = 20_000


def tables(connection: sa.Connection, table: sa.Table) -> Iterator[pa.Table]:
    """All rows of one table, in parts that fit into memory."""
    if connection.dialect.name == "postgresql":
        yield from _by_adbc(connection, table)
    else:
        yield from in_parts(connection, sa.select(table).order_by(*_order(table)), table)


def _order(table: sa.Table) -> list[sa.Column]:
    return [table.c.day_no] if "day_no" in table.c else [table.c.id]


def in_parts(connection: sa.Connection, statement: sa.Select, table: sa.Table) -> Iterator[pa.Table]:
    """The rows of a statement over one table, through the store's own driver."""
    schema = arrow_schema(table)
    result = connection.execution_options(stream_results=True).execute(statement)
    for rows in result.partitions(ROWS_AT_ONCE):
        columns = zip(*rows, strict=True)
        arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
        yield pa.Table.from_arrays(arrays, schema=schema)


def _by_adbc(connection: sa.Connection, table: sa.Table) -> Iterator[pa.Table]:
    # imported here: only stores on PostgreSQL need it
    from adbc_driver_postgresql import dbapi

    address = connection.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    statement = sa.select(table).order_by(*_order(table)).compile(dialect=connection.dialect)
    with dbapi.connect(address) as source, source.cursor() as cursor:
        cursor.execute(str(statement))
        for batch in cursor.fetch_record_batch():
            yield pa.Table.from_batches([batch]).cast(arrow_schema(table))
