"""What early warning reads: cases of each category and zone by week back from one day, events, and the log."""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import ColumnElement

from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import c, flagged, in_view, number, text
from nakhon_dash.store.schema import alert_log, annotation

WEEK = 7  # days


def _back(last_day: int) -> ColumnElement[int]:
    """Days from `last_day` back to the end of a case's week: 0 = the seven days that end with it, 7 = those before."""
    days = number(last_day) - c.day_no
    return days - days % number(WEEK)


def weekly(reader: Reader, scope: Scope, as_of: int, last_day: int, weeks: int) -> pd.DataFrame:
    """Cases received (information calls left out) in the `weeks` weeks to `last_day`: category, zone, back (whole
    weeks: 0 = the last), n."""
    back = _back(last_day)
    statement = sa.select(c.category, c.zone, back.label("back"), sa.func.count().label("n"))
    found = reader.frame(statement.where(*_within(scope, as_of, last_day, weeks)).group_by(c.category, c.zone, back))
    return found.assign(back=found["back"] // WEEK)


def weekly_total(reader: Reader, scope: Scope, as_of: int, last_day: int, weeks: int) -> pd.DataFrame:
    """The same of all categories and zones together: back, n."""
    back = _back(last_day)
    statement = sa.select(back.label("back"), sa.func.count().label("n"))
    found = reader.frame(statement.where(*_within(scope, as_of, last_day, weeks)).group_by(back))
    return found.assign(back=found["back"] // WEEK)


def _within(scope: Scope, as_of: int, last_day: int, weeks: int) -> list[ColumnElement[bool]]:
    days = scope.days(last_day - WEEK * weeks + 1, last_day)
    return [*in_view(days, as_of), sa.not_(flagged("information_call"))]


def events(reader: Reader, first_day: int, last_day: int) -> pd.DataFrame:
    """Feasts, floods, campaigns that touch these days: day_from, day_to, zone (missing = whole city)."""
    a = annotation.c
    touching = (a.day_from <= last_day, a.day_to >= first_day, a.kind != text("anchor"))
    return reader.frame(sa.select(a.day_from, a.day_to, a.zone).where(*touching).order_by(a.day_from, a.id))


def log(reader: Reader, as_of: int) -> pd.DataFrame:
    """Every logged warning seen by `as_of` (µs), newest week first. The store's own reader only: no replica has it."""
    a = alert_log.c
    columns = [column for column in a if column.name not in ("rev", "decided_by")]
    order = (a.first_day.desc(), a.tier, a.p, a.id)
    return reader.frame(sa.select(*columns).where(a.as_of <= as_of).order_by(*order))
