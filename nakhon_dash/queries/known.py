"""The store as it was known at an earlier moment: the same statements, answered without what was told later.

A case counts from the moment the batch that told it began, in the version that stood then. Before the first batch of
its source nobody had told anything: there the times of the source stand for it, with what it said first of each case.
Small tables (users, survey, annotations) keep no versions and answer as they stand.
"""

from functools import partial

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.sql import visitors

from nakhon_dash.domain.profile import Promise
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import answered, due, in_view, reason, state, yes
from nakhon_dash.store.schema import batch, complaint, complaint_event, complaint_past

c, p, e, b = complaint.c, complaint_past.c, complaint_event.c, batch.c


class AsKnown:
    """A `queries.Reader` that answers as known at `moment` (µs); batches that were undone were never known."""

    def __init__(self, reader: Reader, moment: int) -> None:
        self.reader = reader
        self.moment = moment
        self.rev = reader.rev
        self._known = _tables(reader, moment)

    def frame(self, statement: sa.Select) -> pd.DataFrame:
        """The answer of one statement, with the dtypes that the reader gives."""
        return self.reader.frame(self.adapted(statement))

    def adapted(self, statement: sa.Select) -> sa.Select:
        """The statement with what was known in the place of the tables; itself when nothing was told later."""
        if not self._known:
            return statement
        return visitors.replacement_traverse(statement, {}, partial(_replaced, self._known, {}))  # type: ignore[return-value]


def alike(reader: Reader, other: Reader) -> Reader:
    """`other` as known at the moment of `reader`, or as it stands when `reader` is no `AsKnown`."""
    return AsKnown(other, reader.moment) if isinstance(reader, AsKnown) else other


def then_and_today(reader: Reader, moment: int) -> tuple["AsKnown", Reader]:
    """The same store as known at `moment` (that of `reader` where it has one) and as known today."""
    return (reader, reader.reader) if isinstance(reader, AsKnown) else (AsKnown(reader, moment), reader)


def data_time(reader: Reader, moment: int) -> int | None:
    """The latest receipt, closing or change of a case up to `moment` (µs) that the reader knows; None without cases."""
    columns = (c.received_at, c.closed_at, c.modified_at)
    latest = [sa.func.max(sa.case((column <= moment, column))).label(column.name) for column in columns]
    found = reader.frame(sa.select(*latest)).iloc[0].dropna()
    return int(found.max()) if len(found) else None


def unheard(reader: Reader, moment: int) -> list[str]:
    """Sources of which no batch had begun by `moment`."""
    return sorted(source for source, (first, _) in listening_since(reader).items() if first > moment)


def retold(then: "AsKnown", today: Reader, scope: Scope, as_of: int, promise: Promise) -> pd.DataFrame:
    """Cases told anew, or for the first time, after the moment of `then`: how they stand at `as_of` by each reader.

    Columns: id; seen (1 = in the view), reason ('' = not left out), state, answered (0/1), each with _then and _today;
    there (both, right_only = not known then).
    """
    due_time = due(scope, promise)
    columns = (c.id, yes(sa.and_(*in_view(scope, as_of))).label("seen"), reason(as_of, due_time).label("reason"),
               state(as_of, due_time).label("state"), yes(answered(as_of)).label("answered"))  # fmt: skip
    changed = c.id.in_(sa.select(p.case_id).where(p.known_until > then.moment))
    new = sa.and_(c.known_from > then.moment, c.source.not_in(unheard(today, then.moment)))
    before = then.frame(sa.select(*columns).where(changed))
    after = today.frame(sa.select(*columns).where(sa.or_(changed, new)))
    return before.merge(after, on="id", how="outer", suffixes=("_then", "_today"), indicator="there")


def listening_since(reader: Reader) -> dict[str, tuple[int, int]]:
    """When the first and the last batch of each source of cases began (µs)."""
    statement = sa.select(b.source, sa.func.min(b.started_at).label("first"), sa.func.max(b.started_at).label("last"))
    found = reader.frame(statement.where(b.kind == "complaints", b.undone_at.is_(None)).group_by(b.source))
    columns = (found[name].tolist() for name in ("source", "first", "last"))
    return {source: (first, last) for source, first, last in zip(*columns, strict=True)}


def _tables(reader: Reader, moment: int) -> dict[sa.FromClause, sa.FromClause]:
    """What stands for which table; empty when the tables themselves are right."""
    late = unheard(reader, moment)
    told_later = any(last > moment for source, (_, last) in listening_since(reader).items() if source not in late)
    replaced = late and not reader.frame(sa.select(p.id).limit(1)).empty
    if not (told_later or replaced):
        return {}
    return {complaint: _cases(moment, late).subquery("complaint_known"),
            complaint_event: _events(moment, late).subquery("event_known")}  # fmt: skip


def _cases(moment: int, late: list[str]) -> sa.CompoundSelect:
    standing, version = c.known_from <= moment, sa.and_(p.known_from <= moment, p.known_until > moment)
    if late:
        never_replaced = c.id.not_in(sa.select(p.case_id))
        first = p.id.in_(sa.select(sa.func.min(p.id)).group_by(p.case_id))
        standing = sa.case((c.source.in_(late), never_replaced), else_=standing)
        version = sa.case((p.source.in_(late), first), else_=version)
    as_before = {"id": p.case_id, "batch_id": p.told_by}
    past = [as_before.get(column.name, p[column.name]).label(column.name) for column in complaint.columns]
    return sa.union_all(sa.select(*complaint.columns).where(standing), sa.select(*past).where(version))


def _events(moment: int, late: list[str]) -> sa.Select:
    unheard = e.complaint_id.in_(sa.select(c.id).where(c.source.in_(late)))
    return sa.select(*complaint_event.columns).where(sa.or_(e.known_at <= moment, unheard) if late
                                                     else e.known_at <= moment)  # fmt: skip


def _replaced(known: dict[sa.FromClause, sa.FromClause], aliases: dict[sa.FromClause, sa.FromClause], element: object,
              **_: object) -> object:
    """The stand-in of a table, of an alias of it, or of a column of either; None for all else."""
    if isinstance(element, sa.FromClause):
        return _stand_in(known, aliases, element)
    if isinstance(element, sa.ColumnClause) and isinstance(element.table, sa.FromClause):
        table = _stand_in(known, aliases, element.table)
        return None if table is None else table.c[element.key]
    return None


def _stand_in(known: dict[sa.FromClause, sa.FromClause], aliases: dict[sa.FromClause, sa.FromClause],
              table: sa.FromClause) -> sa.FromClause | None:
    if table in known:
        return known[table]
    if isinstance(table, sa.Alias) and table.element in known:
        if table not in aliases:
            whole = known[table.element]
            assert isinstance(whole, sa.Subquery)
            aliases[table] = whole.element.subquery(table.name)
        return aliases[table]
    return None
