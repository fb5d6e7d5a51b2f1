"""The tables behind the weekend card: every weekday and hour of receipt, and the weekdays on both clocks."""

import numpy as np
import pandas as pd

from nakhon_dash.analysis.intervals import wilson
from nakhon_dash.analysis.survival import curve
from nakhon_dash.domain.calendar import weekday
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.weekend import DAY_HOURS, WEEK, grid, rows_of
from nakhon_dash.queries.conditions import HOUR

CLOCKS = {"": "wait", "office_": "office"}


def weekday_hour(ask: Ask, by: str) -> pd.DataFrame:  # noqa: ARG001 (tables of record share one shape)
    """weekday (0 = Monday), hour, n, median_hours (missing = not reached), numerator, denominator, on_time."""
    found = grid(ask)
    if not found.n.sum():
        return pd.DataFrame()
    return pd.DataFrame({
        "weekday": np.repeat(np.arange(WEEK), DAY_HOURS), "hour": np.tile(np.arange(DAY_HOURS), WEEK),
        "n": found.n.ravel(), "median_hours": found.median.ravel(), "numerator": found.on_time.ravel(),
        "denominator": found.due.ravel(), "on_time": share(found.on_time, found.due).ravel(),
    })  # fmt: skip


def weekdays(ask: Ask, by: str) -> pd.DataFrame:  # noqa: ARG001
    """One row a weekday of receipt (0 = Monday), then "working" and "off"; only days that have cases.

    On time with Wilson limits; median with Brookmeyer-Crowley limits in calendar hours and (office_…) office hours.
    """
    rows = rows_of(ask.whole)
    day, off = weekday(rows["day"].to_numpy("int64")), rows["off"].to_numpy(bool)
    chosen = {str(i): day == i for i in range(WEEK)} | {"working": ~off, "off": off}
    return pd.DataFrame([{"weekday": code} | _figures(rows[mask]) for code, mask in chosen.items() if mask.any()])


def share(k: np.ndarray, n: np.ndarray) -> np.ndarray:
    """k / n, NaN where n is 0."""
    return np.divide(k, n, out=np.full(n.shape, np.nan), where=n > 0)


def _figures(rows: pd.DataFrame) -> dict:
    good = rows["on_time"].to_numpy("int64")
    k, n = int((good == 1).sum()), int((good >= 0).sum())
    low, high = wilson(k, n) if n else (None, None)
    out: dict = {"n": len(rows), "numerator": k, "denominator": n, "on_time": k / n if n else None,
                 "on_time_low": low, "on_time_high": high}  # fmt: skip
    for name, column in CLOCKS.items():
        fitted = curve(rows[column].to_numpy("int64"), rows["answered"].to_numpy(bool))
        ends = (fitted.quantile(0.5), *fitted.quantile_limits(0.5))
        heads = (f"{name}median_hours", f"{name}median_low", f"{name}median_high")
        out |= {head: None if end is None else end / HOUR for head, end in zip(heads, ends, strict=True)}
    return out
