"""The log of early warnings: written when seen, decided by people. Undoing an import does not touch it."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.ledger import now
from nakhon_dash.store.rev import change
from nakhon_dash.store.schema import alert_log

OUTCOMES = ("real", "noise", "unclear")
NOTES = ("weather", "event", "campaign", "works", "data")  # why, as far as people know
WEEK = 7
SEEN = ("category", "zone", "observed", "expected", "upper", "p", "q", "tier")


def log(
    engine: sa.Engine, first_day: int, method: str, found: Sequence[dict[str, Any]], *, as_of: int, synthetic: bool
) -> int:
    """Writes the warnings of one week that are new; how many.

    `found` has the keys SEEN. One whose week overlaps a logged one of the same category, zone and tier is the same
    warning seen again, so that a nightly run writes it once.
    """
    if not found:
        return 0
    with change(engine) as at:
        known = at.connection.execute(
            sa.select(alert_log.c.category, alert_log.c.zone, alert_log.c.tier)
            .where(alert_log.c.first_day.between(first_day - WEEK + 1, first_day + WEEK - 1))
        )
        there = {tuple(row) for row in known}
        rest = {"first_day": first_day, "method": method, "as_of": as_of, "logged_at": now(),
                "synthetic": int(synthetic), "rev": at.rev}  # fmt: skip
        new = [{name: one[name] for name in SEEN} | rest for one in found
               if (one["category"], one["zone"], one["tier"]) not in there]  # fmt: skip
        if new:
            at.connection.execute(sa.insert(alert_log), new)
        return len(new)


def decide(engine: sa.Engine, number: int, outcome: str | None, note: str | None = None, by: str | None = None) -> None:
    """What a person found of a logged warning, in codes of OUTCOMES and NOTES; None takes the decision back.

    StoreError `no_warning` when there is none of this number.
    """
    if outcome not in (None, *OUTCOMES) or note not in (None, *NOTES):
        raise ValueError(f"no outcome {outcome} with note {note}")
    values = {"outcome": outcome, "note": note, "decided_by": by, "decided_at": now()}
    if outcome is None:
        values = dict.fromkeys(values)
    with change(engine) as at:
        statement = alert_log.update().where(alert_log.c.id == number).values(rev=at.rev, **values)
        if at.connection.execute(statement).rowcount != 1:
            raise StoreError("no_warning", number=number)


def remove_synthetic(engine: sa.Engine) -> int:
    """Deletes the warnings that came from synthetic cases; how many."""
    theirs = alert_log.c.synthetic == 1
    with engine.connect() as connection:
        if connection.execute(sa.select(alert_log.c.id).where(theirs).limit(1)).first() is None:
            return 0
    with change(engine) as at:
        return at.connection.execute(sa.delete(alert_log).where(theirs)).rowcount
