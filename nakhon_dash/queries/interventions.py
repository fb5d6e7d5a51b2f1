"""What was done somewhere, and the cases around it by cell and week."""

from collections.abc import Sequence

import pandas as pd
import sqlalchemy as sa

from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import c, flagged, in_view, number, reason, text, yes
from nakhon_dash.store.schema import annotation

PIN = 0.6e-5  # degrees around a crowded point of five decimals


def interventions(reader: Reader) -> pd.DataFrame:
    """Notes of the kind `intervention`, newest first: id, day_from, zone, category, cells, title_th, title_en, source,
    batch_id. Category and cells are codes with a space between, missing = all."""
    a = annotation.c
    columns = (a.id, a.day_from, a.zone, a.category, a.cells, a.title_th, a.title_en, a.source, a.batch_id)
    found = sa.select(*columns).where(a.kind == text("intervention")).order_by(a.day_from.desc(), a.id.desc())
    return reader.frame(found)


def weekly(reader: Reader, scope: Scope, as_of: int, res: int, pins: Sequence[tuple[float, float]]) -> pd.DataFrame:
    """Cases of each H3 cell and week from the scope's first day: cell, zone, outside (1 = not in the municipality), day
    (the week's first, counted from 0), n. Cases left out, without a point, or on one of the `pins` (lat, lon) are not.
    """
    cell, since = c[f"h3_{res}"], c.day_no - number(scope.first_day or 0)
    usable = [cell.is_not(None), reason(as_of) == text(""), sa.not_(flagged("placeholder_location"))]
    usable += [sa.not_(sa.and_(c.lat.between(lat - PIN, lat + PIN), c.lon.between(lon - PIN, lon + PIN)))
               for lat, lon in pins]  # fmt: skip
    rows = sa.select(
        cell.label("cell"), c.zone, yes(flagged("outside_municipality")).label("outside"),
        (since - since % number(7)).label("day"),
    ).where(*in_view(scope, as_of), *usable).subquery()  # fmt: skip
    return reader.frame(sa.select(*rows.c, sa.func.count().label("n")).group_by(*rows.c))
