"""A statement on a DuckDB cursor, answered with the dtypes of `store.frames`."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from nakhon_dash.replica.language import text_and_values
from nakhon_dash.replica.tables import Connection
from nakhon_dash.store.frames import Kind, frame, kinds, masked


def answer(cursor: Connection, statement: sa.Select) -> pd.DataFrame:
    """The answer as a frame; whole numbers stay exact however large."""
    text, values = text_and_values(statement)
    found = cursor.sql(text, params=values).to_arrow_table()
    columns = [_array(column.combine_chunks(), kind) for column, kind in zip(found.columns, kinds(statement),
                                                                             strict=True)]
    return pd.DataFrame(dict(zip(found.column_names, columns, strict=True)), columns=found.column_names, copy=False)


def _array(column: Any, kind: Kind) -> Any:  # noqa: ANN401 (Arrow in, what a DataFrame takes as a column out)
    if kind in ("int", "unknown") and pa.types.is_integer(column.type):
        missing = np.asarray(column.is_null())
        whole = column.cast(pa.int64())
        return masked((whole.fill_null(0) if column.null_count else whole).to_numpy(zero_copy_only=False), missing)
    if kind in ("float", "unknown") and pa.types.is_floating(column.type):
        return column.to_numpy(zero_copy_only=False).astype(float)
    if pa.types.is_string(column.type):
        return pd.Series(_words(column), dtype=object)
    # sums of whole numbers, truth values and the rare rest: by value, like the store
    return frame(["value"], [column.to_pylist()], [kind])["value"]


def _words(column: Any) -> np.ndarray:  # noqa: ANN401
    """Text as Python strings, each different one made once: columns of codes repeat a few."""
    coded = column.dictionary_encode()
    words = np.array([*coded.dictionary.to_pylist(), None], object)  # the last stands for what is missing
    return words[coded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)]
