"""Stored results of scans, newest first. The store's own reader only: no replica has them."""

import pandas as pd
import sqlalchemy as sa

from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import number, text
from nakhon_dash.store.schema import batch, scan_result

s = scan_result.c


def latest(reader: Reader, model: str, filters: str, as_of: int) -> pd.DataFrame:
    """The newest result of these filters (as `store.scans.filters_of`) that speaks of a moment up to `as_of` (µs): its
    row of `scan_result`, and `newer` (1 = a batch was imported or undone since); no row when there is none."""
    since = sa.select(sa.func.max(batch.c.rev)).scalar_subquery()
    newer = sa.case((since > s.data_rev, number(1)), else_=number(0))
    statement = (
        sa.select(*(column for column in s if column.name not in ("filters", "rev")), newer.label("newer"))
        .where(s.model == text(model), s.filters == filters, s.as_of <= as_of)
        .order_by(s.as_of.desc(), s.id.desc())
        .limit(1)
    )
    return reader.frame(statement)
