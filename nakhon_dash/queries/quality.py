"""What became of closed cases: their closes, reopenings, photos and stars, and what was reported after them.

Points are for distances inside one computation; no figure, table or picture gets them.
"""

import pandas as pd
import sqlalchemy as sa

from nakhon_dash.domain.profile import UNMAPPED
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import (
    BY,
    answered,
    c,
    flagged,
    in_view,
    number,
    reason,
    text,
    yes,
)
from nakhon_dash.store.schema import complaint
from nakhon_dash.store.schema import complaint_event as event

_DAY = 86_400_000_000
_EARLIER_CLOSE = "earlier close"  # as the store's writer names it


def _opened_again() -> sa.ColumnElement[bool]:
    return sa.or_(c.reopen_count > number(0), flagged("reopened"))


def _kind() -> sa.ColumnElement[str]:
    """What two reports of one trouble have in common: the category; without one the source's own labels, or null."""
    own = text(f"{UNMAPPED}|") + sa.type_coerce(c.labels, sa.String())
    return sa.case((c.category == text(UNMAPPED), own), else_=c.category)


def _counted(scope: Scope, as_of: int) -> list[sa.ColumnElement[bool]]:
    """Cases that are not left out and have an answer by `as_of`, or had one before they were opened again."""
    return [*in_view(scope, as_of), reason(as_of) == text(""), sa.or_(answered(as_of), _opened_again())]


def closes(reader: Reader, scope: Scope, as_of: int) -> pd.DataFrame:
    """One row a case that has, or had, an answer.

    Columns: id, source, category, kind (missing = not known), received_at, closed_at (its last close; missing = open at
    `as_of`), fixed (0/1: that close was a repair), again (0/1: the source says that it was opened again), lat and lon
    (missing = no usable point), photo_after, stars.
    """
    known = answered(as_of)
    usable = sa.not_(flagged("placeholder_location"))
    statement = sa.select(
        c.id, c.source, c.category, _kind().label("kind"), c.received_at,
        sa.type_coerce(sa.case((known, c.closed_at)), sa.BigInteger()).label("closed_at"),
        yes(sa.and_(known, c.outcome == text("fixed"))).label("fixed"),
        yes(_opened_again()).label("again"),
        sa.case((usable, c.lat)).label("lat"), sa.case((usable, c.lon)).label("lon"),
        c.photo_after, c.stars,
    ).where(*_counted(scope, as_of))  # fmt: skip
    return reader.frame(statement)


def parts(reader: Reader, scope: Scope, as_of: int, by: str) -> pd.DataFrame:
    """The part of each case of `closes`: id, part."""
    return reader.frame(sa.select(c.id, BY[by].label("part")).where(*_counted(scope, as_of)))


def turns(reader: Reader, scope: Scope, as_of: int) -> pd.DataFrame:
    """The first earlier close and the first reopening of the view's cases, whenever they were: id, kind, when."""
    statement = (
        sa.select(event.c.complaint_id.label("id"), event.c.kind, sa.func.min(event.c.at).label("when"))
        .select_from(event.join(complaint, c.id == event.c.complaint_id))
        .where(*in_view(scope, as_of), sa.or_(
            event.c.kind == text("reopened"),
            sa.and_(event.c.kind == text("closed"), event.c.detail == text(_EARLIER_CLOSE)),
        ))
        .group_by(event.c.complaint_id, event.c.kind)
    )  # fmt: skip
    return reader.frame(statement)


def telling(reader: Reader, sources: list[str]) -> set[str]:
    """Those of the sources that ever told of a case opened again."""
    found = reader.frame(sa.select(c.source).where(c.source.in_(sources), _opened_again()).group_by(c.source))
    return set(found["source"])


def reports(reader: Reader, as_of: int, categories: list[str], first: int, last: int) -> pd.DataFrame:
    """Every case of these categories received after `first` and until `last` (µs), whatever the view filters.

    Columns: kind, lat, lon, received_at. Without those that name no usable point, and information calls.
    """
    day = sa.and_(c.day_no >= first // _DAY - 1, c.day_no <= last // _DAY + 1)  # local days; these have an index
    window = sa.and_(c.received_at > number(first), c.received_at <= number(min(last, as_of)))
    here = (c.lat.is_not(None), c.lon.is_not(None), sa.not_(flagged("placeholder_location")),
            sa.not_(flagged("information_call")))  # fmt: skip
    statement = sa.select(_kind().label("kind"), c.lat, c.lon, c.received_at)
    return reader.frame(statement.where(day, window, c.category.in_(categories), *here))
