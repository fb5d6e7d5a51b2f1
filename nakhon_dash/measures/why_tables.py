"""The card about one place as rows: its figures, kinds, hours, months and open cases. Fewer than k are not told.

The place is the cells that the view is filtered by (`--cell`), else the first group.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.spots import OF
from nakhon_dash.measures.why import Beside, Why, city_kinds, filtered, why

ALL = "-all"  # repeats of trouble still open counted too
FIGURES = ("figure", "value", "low", "high", "n", "city", "beyond_noise")


def why_table(ask: Ask, by: str) -> pd.DataFrame:
    """By figure, kind, hour, month or open; empty without a place or with fewer than k cases in it, but for the kinds:
    then those of the whole map."""
    collapse, k = not by.endswith(ALL), ask.profile.privacy.k
    spot = filtered(ask, collapse=collapse)
    if spot is None and by.removesuffix(ALL) == "kind":
        every = city_kinds(ask, collapse=collapse)
        return every.assign(n=masked(every["n"], k))
    return rows(why(ask, spot, collapse=collapse), k, by.removesuffix(ALL))


def rows(found: Why | None, k: int, by: str) -> pd.DataFrame:
    return pd.DataFrame() if found is None else BY[by](found, k)


def _figures(found: Why, k: int) -> pd.DataFrame:
    spot = found.spot
    told = [("cells", len(spot.cells)), ("cases", spot.n), ("expected", spot.expected)]
    if found.robust is not None:
        told += [("robust", found.robust.hot), ("robust_of", OF)]
    lines: list[tuple] = [(name, value, None, None, spot.n, None, None) for name, value in told]
    point = found.one_point / spot.n if found.one_point >= k else None
    lines.append(("one_point", point, None, None, spot.n, None, None))
    lines += [_beside("rereport_rate", found.returns, k), _beside("median_hours", found.waits, k)]
    n = len(found.open)
    lines.append(("open", n if n == 0 or n >= k else None, None, None, spot.n, None, None))
    return pd.DataFrame(lines, columns=list(FIGURES))


def _beside(name: str, found: Beside, k: int) -> tuple:
    here, beyond = found.here, None if found.gap.noise is None else not found.gap.noise
    if here.n < k:
        return name, None, None, None, None, found.city.value, None
    return name, here.value, here.low, here.high, here.n, found.city.value, beyond


def masked(n: pd.Series, k: int) -> pd.Series:
    """Counts from 1 to k - 1 as missing."""
    return n.astype("Int64").mask((n > 0) & (n < k))


def kinds_frame(kinds: pd.DataFrame, k: int) -> pd.DataFrame:
    """Categories with what fewer than k cases say taken out."""
    few = (kinds["n"] < k) & (kinds["n"] > 0)
    return kinds.assign(n=masked(kinds["n"], k), p=kinds["p"].mask(few), q=kinds["q"].mask(few),
                        city=masked(kinds["city"], k), expected=kinds["expected"].mask(kinds["city"] < k))  # fmt: skip


def _hours(found: Why, k: int) -> pd.DataFrame:
    """n of each hour; `peak` marks the hours with most cases where the day is uneven beyond chance."""
    at = np.arange(24)
    first, length = found.peak or (0, 0)
    return pd.DataFrame({"hour": at, "n": masked(pd.Series(found.hours), k), "peak": (at - first) % 24 < length})


def _months(found: Why, k: int) -> pd.DataFrame:
    month = found.months["month_no"]
    named = [f"{no // 12:04d}-{no % 12 + 1:02d}" for no in month]
    return found.months.assign(month=named, n=masked(found.months["n"], k), city=masked(found.months["city"], k))[
        ["month", "n", "expected", "low", "high", "city"]]  # fmt: skip


def _open(found: Why, k: int) -> pd.DataFrame:
    return found.open if len(found.open) >= k else found.open.iloc[:0]


BY: dict[str, Callable[[Why, int], pd.DataFrame]] = {
    "figure": _figures, "kind": lambda found, k: kinds_frame(found.kinds, k), "hour": _hours, "month": _months,
    "open": _open,
}  # fmt: skip
