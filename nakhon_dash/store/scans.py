"""Results of scans, each written whole in one transaction. Undoing an import does not touch them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from nakhon_dash.domain.view import FILTERS, Scope
from nakhon_dash.store.ledger import now
from nakhon_dash.store.rev import change
from nakhon_dash.store.schema import scan_result


def filters_of(scope: Scope) -> str:
    """The filters of a scope as one text, the same whatever the order in which they were chosen; no days."""
    chosen = {name: sorted(getattr(scope, name)) for name in FILTERS if getattr(scope, name)}
    return json.dumps(chosen, sort_keys=True)


def clusters_of(stored: str) -> list[dict[str, Any]]:
    """The clusters of a row of `scan_result`, as they were written."""
    found: list[dict[str, Any]] = json.loads(stored)
    return found


def write(
    engine: sa.Engine, scope: Scope, about: Mapping[str, Any], clusters: Sequence[Mapping[str, Any]], *, synthetic: bool
) -> int:
    """Stores one result; its number. `about`: the columns of `scan_result` that say what was scanned and how."""
    with change(engine) as at:
        row = dict(about) | {
            "filters": filters_of(scope), "clusters": json.dumps(list(clusters)), "synthetic": int(synthetic),
            "made_at": now(), "rev": at.rev,
        }  # fmt: skip
        made = at.connection.execute(scan_result.insert().values(row).returning(scan_result.c.id))
        return int(made.scalar_one())


def remove_synthetic(engine: sa.Engine) -> int:
    """Deletes the results that came from synthetic cases; how many."""
    theirs = scan_result.c.synthetic == 1
    with engine.connect() as connection:
        if connection.execute(sa.select(scan_result.c.id).where(theirs).limit(1)).first() is None:
            return 0
    with change(engine) as at:
        return at.connection.execute(sa.delete(scan_result).where(theirs)).rowcount
