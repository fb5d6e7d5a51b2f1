"""What is open now. Left out are cases without a close that are no case of their own; closed ones are not meant."""

from nakhon_dash.domain.measure import Measure
from nakhon_dash.measures.asking import Part
from nakhon_dash.measures.counts import OPEN
from nakhon_dash.queries.conditions import HOUR


def open_now(part: Part) -> Measure:
    c, n = part.standing, part.standing.every(*OPEN)
    oldest = None if c.first_open is None else (part.ask.as_of - c.first_open) / HOUR
    no_target = n - c.timed(*OPEN)
    parts = {"overdue": c.timed("overdue"), "not_yet_due": c.timed("waiting"), "no_target": no_target,
             "oldest_hours": oldest}  # fmt: skip
    return part.measure("open", n, n, numerator=n, excluded=c.left_out_of_waits, parts=parts)


def overdue(part: Part) -> Measure:
    """Open past due; the denominator is the open cases that have a due time."""
    c = part.standing
    n, base = c.timed("overdue"), c.timed(*OPEN)
    return part.measure("overdue", n, n, numerator=n, denominator=base, excluded=c.left_out)
