"""Cases of a view as points: for cells, clusters and distances inside a computation; no picture gets them."""

import pandas as pd
import sqlalchemy as sa

from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import answered, c, flagged, in_view, number, reason, text, yes


def points(reader: Reader, scope: Scope, as_of: int) -> pd.DataFrame:
    """One row a case that is not left out: id, category, zone, received_at, closed_at (missing = open at `as_of`), lat,
    lon (missing = none), cell (H3 of resolution 10, as stored), placeholder (1 = a pin that the profile knows as
    nobody's place), outside (1 = not in the municipality), hour, dow, month_no, day_no."""
    closed = sa.type_coerce(sa.case((answered(as_of), c.closed_at)), sa.BigInteger())
    statement = sa.select(
        c.id, c.category, c.zone, c.received_at, closed.label("closed_at"), c.lat, c.lon,
        c.h3_10.label("cell"),
        yes(flagged("placeholder_location")).label("placeholder"),
        yes(flagged("outside_municipality")).label("outside"),
        c.hour, c.dow, c.month_no, c.day_no,
    ).where(*in_view(scope, as_of), reason(as_of) == text(""))  # fmt: skip
    return reader.frame(statement)


def crowded(reader: Reader, scope: Scope, as_of: int, fewest: int) -> pd.DataFrame:
    """Points of five decimals that at least `fewest` cases share: lat, lon, n; and how many cases have a point at all
    in the column `of`."""
    lat, lon = (sa.func.round(sa.cast(column, sa.Numeric(12, 7)), 5) for column in (c.lat, c.lon))
    inside = (*in_view(scope, as_of), c.lat.is_not(None))
    every = sa.select(sa.func.count()).where(*inside).scalar_subquery()
    statement = (
        sa.select(lat.label("lat"), lon.label("lon"), sa.func.count().label("n"), every.label("of"))
        .where(*inside)
        .group_by(lat, lon)
        .having(sa.func.count() >= number(fewest))
    )
    return reader.frame(statement).astype({"lat": "float64", "lon": "float64"})
