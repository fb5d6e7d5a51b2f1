"""From times and words to the life of a case: received, answered, closed or open, reopened; and what cannot be."""

import numpy as np
import pandas as pd

from nakhon_dash.ingest.clock import local_from_utc
from nakhon_dash.ingest.dates import SECOND
from nakhon_dash.ingest.draft import Draft
from nakhon_dash.ingest.states import State, state_of
from nakhon_dash.ingest.times import MARKS, is_midnight

MINUTE = 60 * SECOND
TOLERANCE = MINUTE  # clocks of two systems may differ
CLOCK_AHEAD = 5 * MINUTE  # the clock of the source may run ahead of ours
INSTANT = 10 * MINUTE
RESOLVED = ("fixed", "deferred_to_budget", "duplicate")  # outcomes whose close time is a finish time
ANSWERED = ("fixed", "deferred_to_budget")
_VITAL = ("received_at", "closed_at", "due_at", "first_response_at")
MAX_ID = 120


def check_identity(draft: Draft) -> list[str]:
    ids = draft.texts("source_id")
    draft.reject("missing_id", _where(not v for v in ids), lambda _: draft.heading("source_id") or "source_id")
    too_long = np.array(list(map(len, ids)), np.int64) > MAX_ID
    if "\0" in "".join(ids):
        too_long |= _where("\0" in v for v in ids)
    draft.reject("bad_row", too_long, lambda at: f"id: {len(ids[at])}")
    return ids


def check_times(draft: Draft, now: int) -> None:
    """Takes out records without a usable time of report, or with a date that does not exist or lies ahead."""
    times = draft.times
    received, closed = times["received_at"], times["closed_at"]
    missing = ~received.known & pd.isna(received.errors)
    draft.reject("missing_received", missing, lambda at: draft.value("received_at", at))
    for field in _VITAL:
        for reason in ("bad_date", "ambiguous_year"):
            wrong = times[field].errors == reason
            if wrong.any():
                draft.reject(reason, wrong, lambda at, field=field: draft.value(field, at))  # type: ignore[misc]
    for field in ("received_at", "closed_at"):
        ahead = times[field].known & (times[field].utc > now + CLOCK_AHEAD)
        draft.reject("future_date", ahead, lambda at, field=field: draft.value(field, at))  # type: ignore[misc]
    early = closed.known & received.known & (closed.utc < received.utc - TOLERANCE)
    draft.reject(
        "finish_before_received", early, lambda at: f"{draft.value('received_at', at)}; {draft.value('closed_at', at)}"
    )
    for flag in MARKS:
        for field in _VITAL:
            if times[field].marks[flag].any():
                draft.mark(flag, times[field].marks[flag])


def read_states(draft: Draft) -> None:
    """Status, outcome and what holds a case up, from the words of the source; without words, from the close time."""
    if draft.has("status"):
        table = dict(draft.layout.states)
        codes, labels = pd.factorize(np.array(draft.texts("status"), object))
        states = [state_of(label, table) for label in labels]
        silent = draft.layout.own & np.array([not label for label in labels], bool)[codes]
    else:
        codes, states, silent = np.zeros(draft.size, int), [State("unknown")], np.ones(draft.size, bool)
    if draft.size:
        # without a word the close time tells
        codes = np.where(silent, len(states) + draft.times["closed_at"].known, codes)
        states += [State("received"), State("closed", "fixed")]
        parts = zip(*states, strict=True)
        draft.status, draft.outcome, draft.blocked = (np.array(part, object)[codes] for part in parts)
    if draft.layout.own:
        _own_outcomes(draft)


def _own_outcomes(draft: Draft) -> None:
    for at, word in enumerate(draft.texts("outcome")):
        outcome = draft.layout.outcomes.get(word.casefold())
        if outcome:
            draft.outcome[at] = outcome
            draft.blocked[at] = None


def settle(draft: Draft) -> None:
    """Close times, earlier closes, durations worth a flag. Runs after what is peculiar to the format."""
    received, given = draft.times["received_at"], draft.times["closed_at"]
    status, outcome = draft.status, draft.outcome
    deferred = (outcome == "deferred_to_budget") & given.known
    status[deferred & (status == "in_progress")] = "closed"
    ended = status == "closed"
    keeps = ended if draft.layout.own else ended & np.isin(outcome.astype(str), RESOLVED)
    closed = given.known & keeps
    dropped = given.known & ~keeps & (outcome == "not_actionable")
    prior = given.known & ~keeps & ~dropped
    slip = closed & (given.utc < received.utc)
    closed_at = np.where(slip, received.utc, given.utc)
    draft.mark("closed_before_received", slip)
    draft.mark("reopened", prior | (draft.layout.own & (status == "reopened")))
    draft.mark("no_finish_time", ended & ~closed & np.isin(outcome.astype(str), ANSWERED))
    draft.mark("unknown_status", status == "unknown")
    draft.mark("marked_duplicate", outcome == "duplicate")
    spent = closed_at - received.utc
    draft.mark("zero_duration", closed & ~slip & (spent < SECOND))
    draft.mark("instant_close", closed & ~slip & (spent >= SECOND) & (spent < INSTANT))
    _mark_lost_hours(draft, closed_at, closed)
    draft.columns |= {"closed_at": (closed_at, closed), "prior_closed_at": (given.utc, prior)}
    _answer(draft)


def _mark_lost_hours(draft: Draft, closed_at: np.ndarray, closed: np.ndarray) -> None:
    """A stamp at exactly midnight is a day without a time of day, where one such stamp is no chance."""
    received = draft.times["received_at"]
    zone = draft.clock.zone
    midnight = received.known & is_midnight(local_from_utc(received.utc, zone))
    both = midnight & closed & is_midnight(local_from_utc(closed_at, zone))
    draft.mark("midnight_only", received.date_only | both | (midnight & draft.layout.to_the_microsecond))


def _answer(draft: Draft) -> None:
    first, received = draft.times["first_response_at"], draft.times["received_at"]
    early = first.known & (first.utc < received.utc - TOLERANCE)
    draft.mark("response_before_received", early)
    draft.columns["first_response_at"] = (np.maximum(first.utc, received.utc), first.known & ~early)


def _where(found) -> np.ndarray:  # noqa: ANN001 (a generator of truths)
    return np.array(list(found), bool)
