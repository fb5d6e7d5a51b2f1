"""Early warning: many series of weekly counts judged in their last week, by the best method their history allows.

Three years of history: Farrington flexible. A year and four weeks: quasi-Poisson regression with trend and two
harmonics. Eight weeks: a Poisson or negative binomial limit from the eight weeks before. Less: no judgement.
Two tiers: an alert has a false-discovery rate below one in ten (Benjamini & Hochberg 1995), a watch p below one in a
hundred.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nakhon_dash.analysis import farrington
from nakhon_dash.analysis.charts import exceedance
from nakhon_dash.analysis.farrington import Forecast
from nakhon_dash.analysis.spatial import false_discovery

WATCH_P = 0.01  # about one series in a hundred by chance
ALERT_Q = 0.10  # one false alert in ten
FEWEST = 3  # one or two cases are no news
SHOWN = 26  # weeks of a picture
WEEKS_BEFORE = 8
ONE_YEAR, YEARS_OF_HARMONICS, RECENT = 52, 3, 4
THREE_YEARS = 3 * farrington.YEAR + farrington.HALF_WINDOW
WEEKS_IN_YEAR = 365.25 / 7
LONGEST = farrington.YEARS_MOST * farrington.YEAR + farrington.HALF_WINDOW + 1  # weeks that are ever looked at


@dataclass(frozen=True)
class Judged:
    """The last week of each series. `tested`: enough cases to be judged; elsewhere p and q are 1 and no tier is given.

    `path`: what was to be expected of the last weeks, the week in question last, NaN where nothing is known; `limit`:
    its largest ordinary count; `phi`: variance / mean, NaN where the limit comes from the eight weeks before.
    """

    method: str
    observed: np.ndarray
    expected: np.ndarray
    limit: np.ndarray
    p: np.ndarray
    q: np.ndarray
    tested: np.ndarray
    path: np.ndarray
    phi: np.ndarray

    def band(self, series: np.ndarray) -> np.ndarray:
        """The largest ordinary count in each week of the path of some series."""
        path, phi = self.path[series], np.repeat(self.phi[series][:, None], SHOWN, axis=1)
        out = np.where(np.isnan(path), np.nan, np.repeat(self.limit[series][:, None], SHOWN, axis=1))
        known = np.isfinite(path) & np.isfinite(phi)
        out[known] = farrington.upper(path[known], phi[known], WATCH_P)
        return out

    @property
    def unusual(self) -> np.ndarray:
        return self.tested & (self.observed >= FEWEST) & (self.observed > self.expected)

    @property
    def alert(self) -> np.ndarray:
        return self.unusual & (self.q < ALERT_Q)

    @property
    def watch(self) -> np.ndarray:
        return self.unusual & (self.p < WATCH_P) & ~self.alert


def method_of(weeks_before: int) -> str | None:
    """farrington, harmonics, eight_weeks, or None when so few weeks before allow no judgement."""
    if weeks_before >= THREE_YEARS:
        return "farrington"
    if weeks_before >= ONE_YEAR + RECENT:
        return "harmonics"
    return "eight_weeks" if weeks_before >= WEEKS_BEFORE else None


def judge(counts: np.ndarray, weeks_before: int) -> Judged | None:
    """`counts` (series, weeks), the week in question last; `weeks_before` of them are history, the rest unknown.

    None when there is too little history. Series below five cases in the last four weeks are not tested.
    """
    method = method_of(weeks_before)
    if method is None:
        return None
    counts = np.asarray(counts, dtype=float)
    tested = farrington.enough(counts)
    chosen = counts[tested]
    path = np.zeros((len(counts), SHOWN))
    p, q = np.ones(len(counts)), np.ones(len(counts))
    limit, phi = np.zeros(len(counts)), np.full(len(counts), np.nan)
    if tested.any():
        path[tested], phi[tested], over = _METHODS[method](chosen, weeks_before)
        p[tested] = over(chosen[:, -1])
        q[tested] = false_discovery(p[tested])
        limit[tested] = farrington.largest_ordinary(over, len(chosen), WATCH_P)
    return Judged(method, counts[:, -1], path[:, -1], limit, p, q, tested, path, phi)


Over = Callable[[np.ndarray], np.ndarray]  # P(so many or more), one count a series
Learnt = tuple[np.ndarray, np.ndarray, Over]  # path, phi, tail


def _farrington(counts: np.ndarray, weeks_before: int) -> Learnt:
    return _plug_in(farrington.forecast(counts, farrington.years_of(weeks_before), SHOWN))


def _harmonics(counts: np.ndarray, weeks_before: int) -> Learnt:
    """The last four weeks are left out; a short history leaves its mean uncertain, which widens the limit."""
    length = min(weeks_before, YEARS_OF_HARMONICS * ONE_YEAR)
    back, ahead = np.arange(length, RECENT, -1), np.arange(SHOWN - 1, -1, -1)
    y = counts[:, counts.shape[1] - 1 - back]
    return _plug_in(farrington.learnt(_waves(back, length), y, _waves(ahead, length), uncertain=True))


def _waves(back: np.ndarray, length: int) -> np.ndarray:
    angle = 2 * np.pi * back / WEEKS_IN_YEAR
    once, twice = (np.sin(angle), np.cos(angle)), (np.sin(2 * angle), np.cos(2 * angle))
    return np.column_stack([np.ones(len(back)), *once, *twice, -back / length])


def _eight_weeks(counts: np.ndarray, _weeks_before: int) -> Learnt:
    before = counts[:, -1 - WEEKS_BEFORE : -1]
    total, squares = before.sum(1), (before**2).sum(1)
    path = np.repeat(total[:, None] / WEEKS_BEFORE, SHOWN, axis=1)
    path[:, : SHOWN - WEEKS_BEFORE - 1] = np.nan
    return path, np.full(len(counts), np.nan), lambda count: exceedance(count, total, squares, WEEKS_BEFORE)


def _plug_in(found: Forecast) -> Learnt:
    return found.path, found.phi, lambda count: farrington.tail(count, found.mean, found.phi)


_METHODS: dict[str, Callable[[np.ndarray, int], Learnt]] = {
    "farrington": _farrington, "harmonics": _harmonics, "eight_weeks": _eight_weeks,
}  # fmt: skip


@dataclass(frozen=True)
class Replay:
    """Past weeks judged as they would have been: one row a week, the newest first. `above`: more than expected."""

    alert: np.ndarray
    watch: np.ndarray
    tested: np.ndarray
    above: np.ndarray

    @property
    def lasted(self) -> tuple[int, int]:
        """Of the alerts whose following week is known: how many stayed above expectation, and how many there are."""
        again = self.alert[1:]
        return int((again & self.above[:-1]).sum()), int(again.sum())

    @property
    def lasted_usually(self) -> tuple[int, int]:
        """The same of all judged series without alert: what chance alone gives."""
        other = self.tested[1:] & ~self.alert[1:]
        return int((other & self.above[:-1]).sum()), int(other.sum())


def replay(counts: np.ndarray, weeks_before: int, weeks: int) -> Replay | None:
    """The last `weeks` weeks, each judged by what was known before it; None where history is too short for one."""
    done = [judge(counts[:, : counts.shape[1] - back], weeks_before - back) for back in range(weeks)]
    known = [week for week in done if week is not None]
    if not known:
        return None
    alert, watch = np.array([week.alert for week in known]), np.array([week.watch for week in known])
    above = np.array([week.observed > week.expected for week in known])
    return Replay(alert, watch, np.array([week.tested for week in known]), above)
