"""Which parts of a view wait longer: medians and 9-in-10 side by side, and whether they differ beyond chance."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.analysis.survival_groups import Pair, Test, compared, pairs, risk_table
from nakhon_dash.domain.measure import Measure
from nakhon_dash.measures import promise, waiting
from nakhon_dash.measures.asking import Ask, Part

FEWEST = 20  # parts with fewer cases get no figure on a card and take no part in the tests
LEVEL = 0.05


@dataclass(frozen=True)
class Group:
    """One part: `n` cases that are not left out, open ones included."""

    code: str | None
    n: int
    median: Measure
    ninth: Measure
    within: Measure  # within the promise, on the calendar
    on_time: Measure

    @property
    def few(self) -> bool:
        return self.n < FEWEST


@dataclass(frozen=True)
class Comparison:
    """`test` of all parts, None when fewer than two have FEWEST cases; `tested` are those, as pairs name them.

    `adjusted`: parts were compared within the same category. False for departments means that their categories
    overlap too little for it; None that nothing had to be adjusted.
    """

    test: Test | None
    tested: tuple[str, ...]
    pairs: tuple[Pair, ...]
    adjusted: bool | None

    @property
    def differ(self) -> bool:
        return self.test is not None and self.test.df > 0 and self.test.p < LEVEL

    @property
    def apart(self) -> list[Pair]:
        """Pairs that differ after Holm's correction, the clearest first."""
        found = [pair for pair in self.pairs if pair.p_holm < LEVEL]
        return sorted(found, key=lambda pair: (pair.p_holm, -pair.test.statistic))


def groups(ask: Ask, by: str) -> list[Group]:
    """Every part with cases, by number of cases: an order, not a ranking. The empty value stands last."""

    def find() -> list[Group]:
        found = [_group(part) for part in ask.parts(by)]
        return sorted((one for one in found if one.n), key=lambda one: (not one.code, -one.n))

    return ask.once(("wait groups", by), find)


def _group(part: Part) -> Group:
    median = waiting.median_hours(part)
    rest = waiting.p90_hours(part), waiting.p_within(part), promise.on_time(part)
    return Group(part.group, median.n, median, *rest)


def comparison(ask: Ask, by: str) -> Comparison:
    """Log-rank tests of the parts with FEWEST cases or more; departments within category where that can be done."""
    return ask.once(("wait tests", by), lambda: _compared(ask, by))


def _compared(ask: Ask, by: str) -> Comparison:
    tested = [part for part in ask.parts(by) if part.group and int(part.waits["n"].sum()) >= FEWEST]
    codes = tuple(part.group or "" for part in tested)
    if len(tested) < 2:
        return Comparison(None, codes, (), None)
    frames = [part.waits for part in tested]
    rows = pd.concat(frames, ignore_index=True)
    member = np.repeat(np.arange(len(frames)), [len(frame) for frame in frames])
    stratum = pd.factorize(rows["stratum"], use_na_sentinel=False)[0] if by == "department" else None
    adjusted = None if stratum is None else linked(member, stratum)
    columns = (rows["wait"].to_numpy("int64"), rows["answered"].to_numpy(bool), member)
    table = risk_table(*columns, stratum if adjusted else None, rows["n"].to_numpy("int64"))
    return Comparison(compared(table), codes, tuple(pairs(table)), adjusted)


def linked(member: np.ndarray, stratum: np.ndarray) -> bool:
    """Whether shared strata lead from every group to every other: only then can all be compared within strata."""
    holds = np.zeros((member.max() + 1, stratum.max() + 1), bool)
    holds[member, stratum] = True
    reached = holds[:1].any(0)
    for _ in range(len(holds)):
        reached = holds[(holds & reached).any(1)].any(0)
    return bool((holds & reached).any(1).all())


def groups_table(ask: Ask, by: str) -> pd.DataFrame:
    """One row a part, most cases first."""
    return pd.DataFrame([
        {
            "group": one.code, "n": one.n, "answered": one.median.numerator,
            "median_hours": one.median.value, "median_low": one.median.low, "median_high": one.median.high,
            "p90_hours": one.ninth.value, "p90_low": one.ninth.low, "p90_high": one.ninth.high,
            "p_within": one.within.value, "p_within_low": one.within.low, "p_within_high": one.within.high,
            "on_time": one.on_time.value, "numerator": one.on_time.numerator, "denominator": one.on_time.denominator,
        }
        for one in groups(ask, by)
    ])  # fmt: skip


def pairs_table(ask: Ask, by: str) -> pd.DataFrame:
    """The test of all parts (a and b empty), then every pair; `within` names what was held equal."""
    found = comparison(ask, by)
    if found.test is None:
        return pd.DataFrame()
    within = "category" if found.adjusted else ""
    whole = {"a": "", "b": "", "sooner": "", "statistic": found.test.statistic, "df": found.test.df,
             "p": found.test.p, "p_holm": None, "within": within}  # fmt: skip
    rows = [
        {"a": found.tested[pair.first], "b": found.tested[pair.second],
         "sooner": found.tested[pair.first if pair.excess > 0 else pair.second] if pair.excess else "",
         "statistic": pair.test.statistic, "df": pair.test.df, "p": pair.test.p, "p_holm": pair.p_holm,
         "within": within}
        for pair in found.pairs
    ]  # fmt: skip
    return pd.DataFrame([whole, *rows])
