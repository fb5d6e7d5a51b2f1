"""DataFrame columns as the plain values that database drivers take."""

from typing import Any

import numpy as np
import pandas as pd


def values(column: pd.Series) -> list[Any]:
    """Python values with None for what is missing."""
    array = column.array
    if isinstance(array, pd.arrays.IntegerArray):
        gaps = array.isna()
        if not gaps.any():
            return array.to_numpy(dtype=np.int64).tolist()
        if gaps.all():
            return [None] * len(array)
        return array.to_numpy(dtype=object, na_value=None).tolist()  # type: ignore[arg-type]  # the stubs forget None
    plain = column.to_numpy()
    if plain.dtype.kind == "f":
        gaps = np.isnan(plain)
        if gaps.any():
            plain = plain.astype(object)
            plain[gaps] = None
    return plain.tolist()


def tuples(frame: pd.DataFrame, columns: list[str], *constants: object) -> list[tuple[Any, ...]]:
    """One tuple a row: the columns in this order, then the constants."""
    size = len(frame)
    return list(zip(*(values(frame[name]) for name in columns), *([constant] * size for constant in constants),
                    strict=True))
