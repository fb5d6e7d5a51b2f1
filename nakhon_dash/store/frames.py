"""Answers as DataFrames whose dtypes do not depend on the engine that gave them.

Whole numbers are int64, or Int64 where one is missing; other numbers float64; truth values bool or boolean; text is
object with None. The statement's own types decide; what it leaves open is decided by the values.
"""

from collections.abc import Sequence
from decimal import Decimal
from types import NoneType
from typing import Any, Literal

import numpy as np
import pandas as pd
import sqlalchemy as sa

Kind = Literal["int", "float", "bool", "text", "unknown"]
_KINDS: tuple[tuple[type, Kind], ...] = (
    (sa.Boolean, "bool"), (sa.Integer, "int"), (sa.Numeric, "float"), (sa.String, "text"),
)


def kinds(statement: sa.Select | sa.CompoundSelect) -> list[Kind]:
    """What each column of a statement holds, in order."""
    return [_kind(column.type) for column in statement.selected_columns]


def _kind(declared: sa.types.TypeEngine) -> Kind:
    return next((kind for base, kind in _KINDS if isinstance(declared, base)), "unknown")


def frame(names: Sequence[str], columns: Sequence[Sequence[Any]], declared: Sequence[Kind]) -> pd.DataFrame:
    """A frame from columns of Python values."""
    made = {name: _array(values, kind) for name, values, kind in zip(names, columns, declared, strict=True)}
    return pd.DataFrame(made, columns=list(names), copy=False)


def _array(values: Sequence[Any], kind: Kind) -> Any:  # noqa: ANN401 (what a DataFrame takes as a column)
    types = set(map(type, values))
    missing = np.zeros(len(values), bool)
    if NoneType in types:
        missing = np.fromiter((value is None for value in values), bool, len(values))
    known = [value for value in values if value is not None] if missing.any() else values
    kind = _settled(kind, types - {NoneType}, known)
    if kind == "text":
        return pd.Series(values, dtype=object)
    if kind == "float":
        return _spread(np.array(known, float), missing, np.nan)
    if kind == "bool":
        return masked(_spread(np.array(known, bool), missing, False), missing)
    whole = [int(value) for value in known] if types - {int, NoneType} else known
    return masked(_spread(np.array(whole, np.int64), missing, 0), missing)


def _settled(kind: Kind, types: set[type], known: Sequence[Any]) -> Kind:
    """The kind, corrected by what is there: an engine may answer a whole-number expression with fractions."""
    if kind == "int" and types & {float, Decimal} and any(value != int(value) for value in known):
        return "float"
    if kind != "unknown":
        return kind
    if str in types:
        return "text"
    if types == {bool}:
        return "bool"
    return "int" if types == {int} else "float"


def _spread(known: np.ndarray, missing: np.ndarray, filler: Any) -> np.ndarray:  # noqa: ANN401
    """The known values in their places, the filler where one is missing."""
    if len(known) == len(missing):
        return known
    out = np.full(len(missing), filler, known.dtype)
    out[~missing] = known
    return out


def masked(values: np.ndarray, missing: np.ndarray) -> Any:  # noqa: ANN401 (a numpy or pandas array)
    """The values, nullable only where one is missing."""
    if not missing.any():
        return values
    array = pd.arrays.BooleanArray if values.dtype == bool else pd.arrays.IntegerArray
    return array(values, missing)
