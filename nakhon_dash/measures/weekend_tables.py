"""The tables behind the weekend card: every weekday and hour of receipt, and the weekdays on both clocks."""

import numpy as np
import pandas as pd

from nakhon_dash.analysis.intervals import wilson
from nakhon_dash.analysis.survival import curve
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.receipts import Receipts, each, receipts
from nakhon_dash.measures.weekend import DAY_HOURS, WEEK, grid
from nakhon_dash.queries.conditions import HOUR


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
    every, sample = receipts(ask.calendar.whole), each(ask.whole, sample=True)
    out = []
    for code in (*map(str, range(WEEK)), "working", "off"):
        rows, some = (found.where(_of(found, code)) for found in (every, sample))
        if len(rows):
            out.append({"weekday": code} | _on_time(rows) | _median("", rows, rows.wait)
                       | _median("office_", some, some.wait if some.office is None else some.office))  # fmt: skip
    return pd.DataFrame(out)


def _of(rows: Receipts, code: str) -> np.ndarray:
    return rows.weekday == int(code) if code.isdigit() else rows.off == (code == "off")


def share(k: np.ndarray, n: np.ndarray) -> np.ndarray:
    """k / n, NaN where n is 0."""
    return np.divide(k, n, out=np.full(n.shape, np.nan), where=n > 0)


def _on_time(rows: Receipts) -> dict:
    k, n = int(rows.n[rows.on_time == 1].sum()), int(rows.n[rows.on_time >= 0].sum())
    low, high = wilson(k, n) if n else (None, None)
    return {"n": len(rows), "numerator": k, "denominator": n, "on_time": k / n if n else None, "on_time_low": low,
            "on_time_high": high}  # fmt: skip


def _median(name: str, rows: Receipts, wait: np.ndarray) -> dict:
    """Median and its limits in hours; None where not reached."""
    fitted = curve(wait, rows.answered, rows.n)
    ends = (fitted.quantile(0.5), *fitted.quantile_limits(0.5))
    heads = (f"{name}median_hours", f"{name}median_low", f"{name}median_high")
    return {head: None if end is None else end / HOUR for head, end in zip(heads, ends, strict=True)}
