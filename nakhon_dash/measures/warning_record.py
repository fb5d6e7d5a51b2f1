"""How good early warning is: what people found of logged warnings, and a replay of the last year without people."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa

from nakhon_dash.analysis import warning
from nakhon_dash.analysis.intervals import wilson
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope, day_of, moment_of
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.warning import WEEK, History, Week, history, last_complete_day
from nakhon_dash.queries import Reader
from nakhon_dash.queries import warning as rows_of
from nakhon_dash.store import alerts
from nakhon_dash.store.batches import has_synthetic

TIERS = ("alert", "watch")
YEAR = 52


@dataclass(frozen=True)
class Share:
    """k of n with its Wilson interval; unknown when n is 0."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        return self.k / self.n if self.n else None

    @property
    def ends(self) -> tuple[float | None, float | None]:
        return wilson(self.k, self.n) if self.n else (None, None)


@dataclass(frozen=True)
class Precision:
    """What became of the logged warnings of a tier: `real` of those decided as real or noise."""

    tier: str
    logged: int
    unclear: int
    real: Share

    @property
    def undecided(self) -> int:
        return self.logged - self.unclear - self.real.n


@dataclass(frozen=True)
class Past:
    """The `weeks` weeks before this one judged as they would have been, each only by what came before it.

    `lasted`: of the alerts, those whose next week was above expectation too; `in_event`: those in a week with a feast,
    flood or campaign. `_usual`: the same of every judged series without alert, that is, by chance.
    """

    weeks: int
    alerts: int
    watches: int
    lasted: Share
    lasted_usual: Share
    in_event: Share
    in_event_usual: Share


def logbook(ask: Ask) -> pd.DataFrame:
    """Logged warnings as codes, newest first; `ask` must read the store itself."""
    return ask.once("alert log", lambda: rows_of.log(ask.reader, ask.as_of))


def write(engine: sa.Engine, week: Week, as_of: int) -> int:
    """Puts the alerts and watches of a week of the whole city into the log; how many were new."""
    rows = [{"category": one.category, "zone": one.zone, "observed": one.observed, "expected": one.expected,
             "upper": float(one.limit), "p": one.p, "q": one.q, "tier": one.tier} for one in week.found]  # fmt: skip
    if not rows or week.method is None:
        return 0
    return alerts.log(engine, week.first_day, week.method, rows, as_of=as_of, synthetic=has_synthetic(engine))


def precision(ask: Ask) -> list[Precision]:
    """For each tier that has logged warnings."""
    rows = logbook(ask)
    out = []
    for tier in TIERS:
        outcome = rows.loc[rows["tier"] == tier, "outcome"]
        real, noise, unclear = (int((outcome == code).sum()) for code in ("real", "noise", "unclear"))
        if len(outcome):
            out.append(Precision(tier, len(outcome), unclear, Share(real, real + noise)))
    return out


def replay(ask: Ask, weeks: int = YEAR) -> Past | None:
    """None where history is too short for a single week with a next one."""

    def run() -> Past | None:
        past = history(ask, warning.LONGEST + weeks)
        done = warning.replay(past.counts, past.known, weeks + 1) if len(past.counts) else None
        if done is None or len(done.alert) < 2:
            return None
        during = _during(ask, past, len(done.alert))[1:]
        alert, other = done.alert[1:], (done.tested & ~done.alert)[1:]
        return Past(len(alert), int(alert.sum()), int(done.watch[1:].sum()), Share(*done.lasted),
                    Share(*done.lasted_usually), Share(int((alert & during).sum()), int(alert.sum())),
                    Share(int((other & during).sum()), int(other.sum())))  # fmt: skip

    return ask.once(("replay", weeks), run)


def replayed(reader: Reader, profile: Profile, scope: Scope, as_of: int) -> Past | None:
    """The replay under the filters of `scope`; its period does not matter."""
    return replay(Ask(reader, profile, scope, as_of))


def _during(ask: Ask, past: History, weeks: int) -> np.ndarray:
    """Whether an event touches the week (row, latest first) in the series' zone (column)."""
    last = last_complete_day(ask) - WEEK * np.arange(weeks)
    zone, out = np.array(past.zone), np.zeros((weeks, len(past.zone)), dtype=bool)
    events = rows_of.events(ask.reader, int(last[-1]) - WEEK + 1, int(last[0]))
    for first, final, place in zip(events["day_from"], events["day_to"], events["zone"].fillna(""), strict=True):
        touched = (last >= int(first)) & (last - WEEK + 1 <= int(final))
        out |= touched[:, None] & ((zone == place) if place else True)
    return out


def log_table(ask: Ask, _by: str) -> pd.DataFrame:
    """Every logged warning with what people found."""
    rows = logbook(ask)
    return pd.DataFrame({
        "first_day": [str(day_of(day)) for day in rows["first_day"]],
        "last_day": [str(day_of(day + WEEK - 1)) for day in rows["first_day"]],
        **{name: rows[name] for name in ("tier", "category", "zone", "method", "observed", "expected", "upper", "p",
                                         "q", "synthetic", "outcome", "note")},
        "logged_at": [moment_of(at).astimezone(ask.profile.tz).isoformat() for at in rows["logged_at"]],
    })  # fmt: skip


def precision_table(ask: Ask, _by: str) -> pd.DataFrame:
    """What became of logged warnings, by tier."""
    return pd.DataFrame([
        {"tier": one.tier, "logged": one.logged, "real": one.real.k, "noise": one.real.n - one.real.k,
         "unclear": one.unclear, "undecided": one.undecided, "precision": one.real.value,
         "low": one.real.ends[0], "high": one.real.ends[1]} for one in precision(ask)
    ])  # fmt: skip


def replay_table(ask: Ask, _by: str) -> pd.DataFrame:
    """The replay of a year: alerts and watches a week, and how alerts compare with what chance gives."""
    past = replay(ask)
    if past is None:
        return pd.DataFrame()
    a_week = [{"what": what, "numerator": n, "denominator": past.weeks, "value": n / past.weeks, "low": None,
               "high": None} for what, n in (("alerts_a_week", past.alerts), ("watches_a_week", past.watches))]
    shares = ("lasted", "lasted_usual", "in_event", "in_event_usual")
    return pd.DataFrame(a_week + [_row(name, getattr(past, name)) for name in shares])


def _row(what: str, share: Share) -> dict:
    low, high = share.ends
    return {"what": what, "numerator": share.k, "denominator": share.n, "value": share.value, "low": low, "high": high}
