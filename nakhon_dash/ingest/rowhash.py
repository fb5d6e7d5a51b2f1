"""A number for the content of a row, so that two readings of one case compare without comparing every column.

Own arithmetic, because the number is stored: a library's hash may change between versions and would turn every row
of the next import into an update.
"""

from hashlib import blake2b

import numpy as np
import pandas as pd

from nakhon_dash.ingest.block import COMPLAINT_DTYPES

# Left out: the key itself (rows are compared within one key) and what follows from other columns.
_NOT_CONTENT = {
    "source", "source_id", "h3_8", "h3_9", "h3_10", "day_no", "month_no", "hour", "dow", "closed_day_no", "res_min",
    "res_bin",
}
CONTENT = (*(c for c in COMPLAINT_DTYPES if c not in _NOT_CONTENT), "prior_closed_at")
_NULL = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(0x100000001B3)


def _mixed(values: np.ndarray) -> np.ndarray:
    """The finaliser of splitmix64: every input bit moves every output bit."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _text_number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _unlike_the_key(frame: pd.DataFrame) -> pd.Series:
    """Case numbers, with the many that repeat the key left out: rows are compared within one key."""
    numbers = frame["case_no"].to_numpy()
    return pd.Series(np.where(numbers == frame["source_id"].to_numpy(), "", numbers), dtype=object)


def _numbers(column: pd.Series) -> np.ndarray:
    if column.dtype == object:
        codes, texts = pd.factorize(column.to_numpy())
        table = np.fromiter((_text_number(str(t)) for t in texts), np.uint64, len(texts))
        return np.append(table, _NULL)[codes]
    if column.dtype == "float64":
        plain = column.to_numpy() + 0.0  # -0.0 and 0.0 are one number
        return np.where(np.isnan(plain), _NULL, plain.view(np.uint64))
    if column.dtype == "Int64":
        filled = column.array.to_numpy(dtype="int64", na_value=0).view(np.uint64)
        return np.where(column.isna().to_numpy(), _NULL, filled)
    return column.to_numpy().view(np.uint64)


def row_hashes(frame: pd.DataFrame) -> np.ndarray:
    """int64 a row over the content columns of a canonical frame; the dtypes must be the canonical ones."""
    total = np.full(len(frame), _NULL, np.uint64)
    for name in CONTENT:
        column = _unlike_the_key(frame) if name == "case_no" else frame[name]
        total = _mixed(total * _STEP + _numbers(column))
    return total.view(np.int64)
