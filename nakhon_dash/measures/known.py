"""What later news changed in the on-time figure of a past day: as known then, as known today, and why they differ.

Only cases that were told anew, or for the first time, after that day are compared, each with its version of then; the
reasons add up exactly from one figure to the other. What the source says happened after the day counts in neither.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.domain.measure import Measure
from nakhon_dash.measures import promise
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries import known

# The first that fits is the reason of a case; the order decides.
REASONS = ("told_later", "moved", "left_out", "closed_earlier", "open_again", "retimed")
_ON_TIME, _DUE = ("fixed", "deferred"), ("fixed", "deferred", "late", "overdue")


@dataclass(frozen=True)
class Reason:
    """How many cases count otherwise today for one reason, and what that does to numerator and denominator."""

    code: str
    cases: int
    on_time: int
    due: int


@dataclass(frozen=True)
class Rewritten:
    """The on-time figure as known then and today; `reasons` in the order of REASONS, without those of no case.

    `unheard`: the sources of which nobody had told anything by then; for them the times of the source stand.
    """

    then: Measure
    today: Measure
    reasons: tuple[Reason, ...]
    unheard: tuple[str, ...]

    @property
    def cases(self) -> int:
        return sum(one.cases for one in self.reasons)


def rewritten(ask: Ask) -> Rewritten:
    """The figure of the view at its moment; `ask` may be as known then already, or as known today."""

    def compare() -> Rewritten:
        readers = known.then_and_today(ask.reader, ask.as_of)
        then, today = (promise.on_time(Ask(reader, ask.profile, ask.scope, ask.as_of).whole) for reader in readers)
        changed = known.retold(*readers, ask.scope, ask.as_of, ask.profile.promise)
        return Rewritten(then, today, _reasons(changed), tuple(known.unheard(readers[1], readers[0].moment)))

    return ask.once("rewritten", compare)


def known_table(ask: Ask, by: str) -> pd.DataFrame:  # noqa: ARG001 (not split)
    """The figure of then, a row a reason, the figure of today: step, cases, on_time, due, share."""
    found = rewritten(ask)
    rows = [_figure("then", found.then)]
    rows += [{"step": one.code, "cases": one.cases, "on_time": one.on_time, "due": one.due, "share": None}
             for one in found.reasons]  # fmt: skip
    return pd.DataFrame([*rows, _figure("today", found.today)]).astype({"cases": "Int64", "share": "float64"})


def _figure(step: str, one: Measure) -> dict:
    return {"step": step, "cases": None, "on_time": one.numerator, "due": one.denominator, "share": one.value}


def _reasons(both: pd.DataFrame) -> tuple[Reason, ...]:
    if both.empty:
        return ()
    k, d = (_counted(both, states, "today") - _counted(both, states, "then") for states in (_ON_TIME, _DUE))
    answered = both["answered_today"] - both["answered_then"]
    fits = [both["there"] == "right_only", both["seen_then"] != both["seen_today"],
            both["reason_then"].eq("") != both["reason_today"].eq(""), answered > 0, answered < 0]  # fmt: skip
    why = np.select([fit.fillna(False).to_numpy(bool) for fit in fits], REASONS[:-1], REASONS[-1])
    told = pd.DataFrame({"why": why, "k": k, "d": d})[(k != 0) | (d != 0)]
    groups = {str(code): group for code, group in told.groupby("why")}
    return tuple(Reason(code, len(groups[code]), int(groups[code]["k"].sum()), int(groups[code]["d"].sum()))
                 for code in REASONS if code in groups)  # fmt: skip


def _counted(both: pd.DataFrame, states: tuple[str, ...], when: str) -> np.ndarray:
    """1 where the case counts among `states`, 0 where it does not or was not there."""
    inside = both[f"seen_{when}"].eq(1) & both[f"reason_{when}"].eq("") & both[f"state_{when}"].isin(states)
    return inside.to_numpy(bool).astype(np.int64)
