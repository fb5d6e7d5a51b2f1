"""What is unusual this week: every category in every zone judged by its own history.

Weeks are seven complete local days back from the last complete day before `as_of`; only receipts count, so later
closures change nothing. Filters apply, the period of the view does not.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from nakhon_dash.analysis import ears, warning
from nakhon_dash.analysis.farrington import years_of
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope, day_no, day_of, moment_of
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries import Reader, cases
from nakhon_dash.queries import warning as rows_of

WEEK = 7
SECOND = 1_000_000
LIVE = 0.1  # a week with less than this share of a usual week's cases lies before the records begin
DAYS_OF_CITY = 120
NEAREST = 3


@dataclass(frozen=True)
class Warning:
    """A category in a zone with more cases than expected in the week. `limit`: the largest ordinary count.

    `tier`: alert (false-discovery rate under a tenth), watch (p under one in a hundred), or '' (as expected).
    `weeks`, `path`, `band`: counts, expected counts and limits of the last weeks, this one last; only of those with a
    tier and of the first NEAREST.
    """

    category: str
    zone: str
    observed: int
    expected: float
    limit: int
    p: float
    q: float
    tier: str
    weeks: tuple[int, ...] = ()
    path: tuple[float, ...] = ()
    band: tuple[float, ...] = ()

    @property
    def ratio(self) -> float | None:
        return self.observed / self.expected if self.expected > 0 else None


@dataclass(frozen=True)
class Week:
    """The judgement of one week. `tested` of `series` had enough cases to be judged; `found`: alerts, then watches.

    `method` is None when there is too little history: then nothing is judged. `city`: the last day of the whole city
    by EARS C2, only below a year of history.
    """

    first_day: int
    last_day: int
    weeks_before: int
    method: str | None
    series: int
    tested: tuple[Warning, ...]
    city: ears.Day | None

    @property
    def found(self) -> list[Warning]:
        return [one for one in self.tested if one.tier]

    @property
    def years(self) -> int:
        """Years of comparison, for the method that compares years."""
        return years_of(self.weeks_before)


@dataclass(frozen=True)
class History:
    """Counts of each series (row) by week, the latest last; `known` of the weeks before it have records."""

    category: list[str]
    zone: list[str]
    counts: np.ndarray
    known: int


def last_complete_day(ask: Ask) -> int:
    """The last local day that is over at `as_of`; a day counts as over in its last second."""
    local = moment_of(ask.as_of + SECOND).astimezone(ask.profile.tz).date()
    return day_no(local) - 1


def history(ask: Ask, weeks: int = warning.LONGEST) -> History:
    """The last `weeks` weeks under the filters; cases without a zone are a series of their own, zone ''."""

    def read() -> History:
        scope, last = replace(ask.scope.days(None, None), clock=None, due_from=None), last_complete_day(ask)
        found = rows_of.weekly(ask.reader, scope, ask.as_of, last, weeks)
        total = found
        if scope != Scope(source=scope.source):
            total = rows_of.weekly_total(ask.reader, Scope(source=scope.source), ask.as_of, last, weeks)
        known = _known(np.bincount(total["back"], weights=total["n"], minlength=weeks))
        return _history(found.fillna({"zone": ""}), weeks, known)

    return ask.once(("weekly history", weeks), read)


def _history(found: pd.DataFrame, weeks: int, known: int) -> History:
    (a, categories), (b, zones) = (pd.factorize(found[name], sort=True) for name in ("category", "zone"))
    pairs, row = np.unique(a * max(len(zones), 1) + b, return_inverse=True)
    counts = np.zeros((len(pairs), weeks))
    counts[row, weeks - 1 - found["back"].to_numpy("int64")] = found["n"].to_numpy("int64")
    first, second = np.divmod(pairs, max(len(zones), 1))
    return History([str(categories[i]) for i in first], [str(zones[i]) for i in second], counts, known)


def _known(totals: np.ndarray) -> int:
    """Weeks of records before the latest (element 0): a stray old date begins no history, a first week may be cut."""
    if not totals.any():
        return 0
    live = np.flatnonzero(totals >= LIVE * np.median(totals[totals > 0]))
    return max(int(live[-1]) - (live[-1] < len(totals) - 1), 0)


def warnings(ask: Ask) -> Week:
    """The last complete week."""

    def judge() -> Week:
        past, last = history(ask), last_complete_day(ask)
        judged = warning.judge(past.counts, past.known) if len(past.counts) else None
        tested = _tested(past, judged) if judged is not None else ()
        method = warning.method_of(past.known)
        city = _city(ask, last) if method in (None, "eight_weeks") else None
        return Week(last - WEEK + 1, last, past.known, method, len(past.counts), tested, city)

    return ask.once("warnings", judge)


def warned(reader: Reader, profile: Profile, scope: Scope, as_of: int) -> Week:
    """The last complete week before `as_of` under the filters of `scope`."""
    return warnings(Ask(reader, profile, scope, as_of))


def _tested(past: History, judged: warning.Judged) -> tuple[Warning, ...]:
    rank = np.where(judged.alert, 0, np.where(judged.watch, 1, 2))
    chosen = np.flatnonzero(judged.tested)
    chosen = chosen[np.lexsort((judged.p[chosen], rank[chosen]))]
    shown = chosen[: max(int((rank[chosen] < 2).sum()), NEAREST)]
    weeks = past.counts[:, -min(warning.SHOWN, past.known + 1) :]
    bands = dict(zip(shown.tolist(), judged.band(shown), strict=True))

    def one(i: int) -> Warning:
        picture = {}
        if i in bands:
            last = weeks.shape[1]
            picture = {"weeks": tuple(int(n) for n in weeks[i]), "path": tuple(judged.path[i, -last:].tolist()),
                       "band": tuple(bands[i][-last:].tolist())}  # fmt: skip
        return Warning(past.category[i], past.zone[i], int(judged.observed[i]), float(judged.expected[i]),
                       int(judged.limit[i]), float(judged.p[i]), float(judged.q[i]), ("alert", "watch", "")[rank[i]],
                       **picture)  # fmt: skip

    return tuple(one(int(i)) for i in chosen)


def _city(ask: Ask, last: int) -> ears.Day | None:
    days = cases.received(ask.reader, ask.scope.days(last - DAYS_OF_CITY + 1, last), ask.as_of)
    if days.empty:
        return None
    numbers = days["part"].to_numpy("int64")
    counts = np.zeros(last - int(numbers.min()) + 1)
    counts[numbers - int(numbers.min())] = days["n"].to_numpy("int64")
    return ears.last_day(counts)


def table(ask: Ask, _by: str) -> pd.DataFrame:
    """Every series that was judged, alerts first: what was counted, expected and ordinary, p, q, tier."""
    return rows(warnings(ask))


def rows(week: Week) -> pd.DataFrame:
    """The judgement of a week as a table; the city's last day, where it is judged, comes last."""
    ends = {"method": week.method, "first_day": str(day_of(week.first_day)), "last_day": str(day_of(week.last_day))}
    out: list[dict] = [{"tier": one.tier or None, "category": one.category, "zone": one.zone or None,
                        "observed": one.observed, "expected": one.expected, "limit": one.limit, "ratio": one.ratio,
                        "p": one.p, "q": one.q, **ends} for one in week.tested]  # fmt: skip
    if week.city is not None:
        day, end = week.city, str(day_of(week.last_day))
        out.append({"tier": "watch" if day.unusual else None, "category": None, "zone": None,
                    "observed": day.observed, "expected": day.expected, "limit": day.limit,
                    "ratio": day.observed / day.expected if day.expected else None, "p": day.p, "q": None,
                    "method": "ears_c2", "first_day": end, "last_day": end})  # fmt: skip
    return pd.DataFrame(out)
