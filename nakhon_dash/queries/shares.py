"""Cases that are due and cases on time, crossed by several columns at once. One statement."""

import pandas as pd
import sqlalchemy as sa

from nakhon_dash.domain.profile import Promise
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import BY, answered, c, due, in_view, number, reason, text, yes


def crossed(reader: Reader, scope: Scope, as_of: int, promise: Promise, by: tuple[str, ...]) -> pd.DataFrame:
    """Due cases that are not left out, for each combination of `by` that has any: the columns of `by`, n, k (on time).

    The same cases as the headline share: n is its denominator, k its numerator.
    """
    due_time = due(scope, promise)
    rows = (
        sa.select(
            *(BY[name].label(name) for name in by),
            yes(sa.and_(answered(as_of), c.closed_at <= due_time)).label("kept"),
        )
        .where(*in_view(scope, as_of), due_time <= number(as_of), reason(as_of) == text(""))
        .subquery()
    )
    keys = [rows.c[name] for name in by]
    return reader.frame(
        sa.select(*keys, sa.func.count().label("n"), sa.func.sum(rows.c.kept).label("k")).group_by(*keys)
    )
