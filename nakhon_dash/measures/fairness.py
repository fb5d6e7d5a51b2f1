"""Who differs from the whole by more than chance, and is the promise equal for equal work?

Everything here counts the cases of the headline share: due by now, not left out. Statements are asked once a question.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.analysis.funnel import Funnel, funnel
from nakhon_dash.analysis.intervals import wilson
from nakhon_dash.analysis.standard import Adjusted, Spread, spread, standardise
from nakhon_dash.domain.measure import Measure
from nakhon_dash.measures.asking import Ask, Key, Part, key_of
from nakhon_dash.queries.shares import crossed

STRATA = "category"
CROSSED = ("zone", "department", STRATA)
FEWEST = 5  # below this many cases due a share says nothing
ENOUGH = 20  # zones with fewer cases due do not make the gap
ALIKE = 0.05  # below this share of work that others also do, nothing can be compared


def due_cases(ask: Ask) -> pd.DataFrame:
    """Due cases (n) and cases on time (k) by zone, department and category."""
    return ask.once("due_cases", lambda: crossed(ask.reader, ask.scope, ask.as_of, ask.profile.promise, CROSSED))


def parts_of(ask: Ask, by: str) -> list[tuple[Part, int, int]]:
    """Each part that has due cases with k and n, in the order of the profile; the empty value last."""
    rows = due_cases(ask)
    sums = rows.groupby(by, dropna=False, sort=False)[["k", "n"]].sum()
    found = [
        (Part(ask, by, key_of(key)), int(k), int(n)) for key, (k, n) in zip(sums.index, sums.to_numpy(), strict=True)
    ]
    return sorted(found, key=lambda row: row[0].rank)


@dataclass(frozen=True)
class Compared:
    """`parts` (at least `FEWEST` cases due each) in the order of `funnel`'s arrays; `few` have too few to say."""

    parts: list[Part]
    k: np.ndarray
    n: np.ndarray
    funnel: Funnel
    few: list[tuple[Part, int, int]]


def compared(ask: Ask, by: str) -> Compared | None:
    """The parts against the share of all of them together; None when none has enough cases."""

    def compute() -> Compared | None:
        rows = parts_of(ask, by)
        kept, few = [row for row in rows if row[2] >= FEWEST], [row for row in rows if row[2] < FEWEST]
        if not kept:
            return None
        k, n = (np.array([row[i] for row in kept]) for i in (1, 2))
        centre = sum(row[1] for row in rows) / sum(row[2] for row in rows)
        return Compared([row[0] for row in kept], k, n, funnel(k, n, centre), few)

    return ask.once(("compared", by), compute)


def funnel_table(ask: Ask, by: str) -> pd.DataFrame:
    """Each part against the limits of chance at its own number of cases; too few cases: no limits, no verdict."""
    found = compared(ask, by)
    few = [
        {"group": part.group, "n": n, "numerator": k, "share": k / n} for part, k, n in parts_of(ask, by) if n < FEWEST
    ]
    if found is None:
        return pd.DataFrame(few)
    f = found.funnel
    rows = pd.DataFrame({
        "group": [part.group for part in found.parts], "n": found.n, "numerator": found.k, "share": f.share,
        "city": f.centre, "low_95": f.inner[0], "high_95": f.inner[1], "low_998": f.outer[0], "high_998": f.outer[1],
        "z": f.z, "outside": pd.array(f.outside, dtype="Int64"),
        "phi": np.nan if f.phi is None else f.phi, "widened": f.widened,
    })  # fmt: skip
    return pd.concat([rows, pd.DataFrame(few)], ignore_index=True) if few else rows


@dataclass(frozen=True)
class Mixed:
    """Cases by part (rows) and category (columns), and what adjusting for the categories gives."""

    parts: list[Part]
    k: np.ndarray
    n: np.ndarray
    adjusted: Adjusted

    def place(self, key: Key) -> int | None:
        return next((i for i, part in enumerate(self.parts) if part.key == key), None)


def mixed(ask: Ask, by: str) -> Mixed | None:
    """The parts' work by category; None when no case is due."""

    def compute() -> Mixed | None:
        rows = due_cases(ask)
        if rows.empty:
            return None
        parts = [part for part, _, _ in parts_of(ask, by)]
        place = {part.key: i for i, part in enumerate(parts)}
        row = np.array([place[key_of(key)] for key in rows[by]])
        column, strata = pd.factorize(rows[STRATA], use_na_sentinel=False)
        k, n = np.zeros((2, len(parts), len(strata)))
        np.add.at(k, (row, column), rows["k"].to_numpy(dtype=float))
        np.add.at(n, (row, column), rows["n"].to_numpy(dtype=float))
        return Mixed(parts, k, n, standardise(k, n))

    return ask.once(("mixed", by), compute)


def adjusted_on_time(part: Part) -> Measure:
    """The share on time as it would be with the whole's mix of categories; of the whole it is the share itself."""
    metric, ask = "adjusted_on_time", part.ask
    rows = due_cases(ask)
    if part.by is None:
        k, n = int(rows["k"].sum()), int(rows["n"].sum())
        if not n:
            return part.unknown(metric, "none_due" if part.counts.received else "no_cases")
        low, high = wilson(k, n)
        return part.measure(metric, k / n, n, numerator=k, denominator=n, low=low, high=high,
                            excluded=part.counts.left_out,
                            parts={"expected": k, "unadjusted": k / n, "whole": k / n})  # fmt: skip
    found = mixed(ask, part.by)
    i = None if found is None else found.place(part.key)
    if found is None or i is None:
        return part.unknown(metric, "none_due", excluded=part.counts.left_out)
    a = found.adjusted
    k, n = int(a.observed[i]), int(a.n[i])
    rest: dict = {
        "numerator": k, "denominator": n, "excluded": part.counts.left_out,
        "parts": {"expected": float(a.expected[i]), "unadjusted": k / n, "whole": a.centre,
                  "overlap": float(a.overlap[i])},
    }  # fmt: skip
    if a.overlap[i] < ALIKE:
        return part.unknown(metric, "nothing_alike", n, **rest)
    return part.measure(metric, float(a.share[i]), n, low=float(a.low[i]), high=float(a.high[i]), **rest)


@dataclass(frozen=True)
class Gap:
    """Two named zones furthest apart for equal work; `spread` says by how much and whether chance explains it."""

    best: Part
    worst: Part
    n: int
    spread: Spread


def gap_of(ask: Ask) -> Gap | None:
    """The widest gap between zones with enough cases and work in common; None with fewer than two of them."""

    def compute() -> Gap | None:
        found = mixed(ask, "zone")
        if found is None:
            return None
        enough = (found.adjusted.n >= ENOUGH) & (found.adjusted.overlap >= ALIKE)
        kept = [i for i, part in enumerate(found.parts) if part.key is not None and enough[i]]
        apart = spread(found.k, found.n, kept)
        if apart is None:
            return None
        return Gap(found.parts[apart.best], found.parts[apart.worst], int(found.n[kept].sum()), apart)

    return ask.once("zone_gap", compute)


def zone_gap(part: Part) -> Measure:
    """Best less worst zone, adjusted; the interval holds for all pairs at once. `parts` hold the test of all zones."""
    found, excluded = gap_of(part.ask), part.counts.left_out
    if found is None:
        n = int(due_cases(part.ask)["n"].sum())
        return part.unknown("zone_gap", "one_zone" if n else "none_due", n, excluded=excluded)
    s = found.spread
    return part.measure("zone_gap", s.gap, found.n, low=s.low, high=s.high, excluded=excluded,
                        parts={"chi_square": s.statistic, "df": s.df, "p": s.p})  # fmt: skip
