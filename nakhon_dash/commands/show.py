"""`nakhon show`: any figure of record, for people and for scripts; the same object that the card shows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nakhon_dash.commands._language import terminal_language
from nakhon_dash.commands._table import figures_table, metrics_table, rows_table
from nakhon_dash.commands._view import (
    AsKnown,
    AsOf,
    Clock,
    Codes,
    Compare,
    DueFrom,
    First,
    KnownAt,
    Lang,
    Last,
    Options,
    Text,
    UsageError,
)
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.metrics import METRICS
from nakhon_dash.domain.profile import Profile, ProfileError, current_profile
from nakhon_dash.domain.tables import TABLES
from nakhon_dash.domain.view import Scope, micros, moment_of
from nakhon_dash.i18n import t
from nakhon_dash.i18n.dates import moment_short

if TYPE_CHECKING:
    import pandas as pd

    from nakhon_dash.queries import Reader

ALWAYS = ("metric", "value", "unit", "n", "numerator", "denominator", "low", "high", "level")


def register(app: typer.Typer) -> None:
    app.command("show")(show)


def show(
    metric: Annotated[str | None, typer.Argument(help="Name of the figure or table; --list names them all.")] = None,
    first: First = None, last: Last = None, as_of: AsOf = None, as_known: AsKnown = False, known_at: KnownAt = None,
    dimension: Codes = None, category: Codes = None, department: Codes = None, zone: Codes = None,
    channel: Codes = None, source: Codes = None, cell: Codes = None, due_from: DueFrom = None,
    by: Annotated[str | None, typer.Option("--by", help="Split by dimension, category, zone, month …")] = None,
    clock: Clock = None, compare: Compare = None, denominator: Text = None, lang: Lang = None,
    list_all: Annotated[bool, typer.Option("--list", help="Name every figure.")] = False,
    tables: Annotated[bool, typer.Option("--tables", help="Name every table.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
) -> None:  # fmt: skip
    """Print a figure of record, or the table behind a picture; all days unless --from or --to say otherwise."""
    words = lang if lang in ("th", "en") else terminal_language()
    codes = {"dimension": dimension, "category": category, "department": department, "zone": zone,
             "channel": channel, "source": source, "cell": cell}  # fmt: skip
    options = Options(words, first, last, as_of, due_from, clock, compare, codes, as_known, known_at)
    try:
        if list_all or tables:
            named = (metrics_list(words) if list_all else []) + (tables_list(words) if tables else [])
            typer.echo(_json(named) if as_json else metrics_table(words))
            return
        with readable_store(words):
            name = _named(metric, by, words)
            if name in TABLES:
                _show_table(name, by, options, as_json=as_json)
            else:
                _show(name, by, denominator, options, as_json=as_json)
    except UsageError as error:
        raise _fail(error.words, 2) from error
    except ProfileError as error:
        raise _fail(str(error), 1) from error


def _fail(words: str, code: int) -> typer.Exit:
    typer.echo(words, err=True)
    return typer.Exit(code)


def _named(metric: str | None, by: str | None, lang: str) -> str:
    """The figure or table, if it exists and can be split by `by`."""
    known = METRICS | TABLES
    allowed = ", ".join(known)
    if metric is None:
        raise UsageError("show.need_metric", lang, allowed=allowed)
    if metric not in known:
        raise UsageError("show.bad_metric", lang, value=metric, allowed=allowed)
    if by is not None and by not in known[metric].parts:
        parts = ", ".join(known[metric].parts) or t("show.nothing", lang)
        raise UsageError("show.bad_by", lang, metric=metric, value=by, allowed=parts)
    return metric


def _show(metric: str, by: str | None, denominator: str | None, options: Options, *, as_json: bool) -> None:
    from nakhon_dash.measures import compute, compute_by

    profile = current_profile()
    if denominator not in (None, *profile.denominators):
        raise UsageError("show.bad_code", options.lang, option="denominator", value=denominator,
                         allowed=", ".join(profile.denominators))  # fmt: skip
    reader, moment = store_and_moment(options, profile)
    scope = options.scope(profile, reader, moment)
    if by is None:
        found = [compute(metric, reader, profile, scope, moment, denominator=denominator)]
    else:
        found = compute_by(metric, by, reader, profile, scope, moment)
    if as_json:
        known = _known(options, profile, moment)
        rows = [as_dict(one, scope, profile) | known for one in found]
        typer.echo(_json(rows[0] if by is None else rows))
    else:
        typer.echo(figures_table(found, scope, profile, options.lang, by))
        _say_known(options, profile, moment)


def _show_table(name: str, by: str | None, options: Options, *, as_json: bool) -> None:
    from nakhon_dash.measures.asking import Ask
    from nakhon_dash.measures.tables import table

    profile = current_profile()
    reader, moment = store_and_moment(options, profile)
    scope = options.scope(profile, reader, moment)
    ask = Ask(reader, profile, scope, moment, compare=options.compared(scope))
    if TABLES[name].compared and ask.compare is None:
        raise UsageError("show.need_compare", options.lang, table=name)
    rows = table(name, ask, by)
    if as_json:
        shown = {"table": name, "by": by or next(iter(TABLES[name].parts), None), "as_of": _iso(moment, profile),
                 "rev": reader.rev, "view": scope.as_dict(), "rows": _plain_rows(rows)}  # fmt: skip
        if ask.compare is not None:
            shown["compared_with"] = ask.compare.as_dict()
        typer.echo(_json(shown | _known(options, profile, moment)))
    else:
        typer.echo(rows_table(name, rows, scope, profile, moment, reader.rev, options.lang))
        _say_known(options, profile, moment)


def _known(options: Options, profile: Profile, as_of: int) -> dict[str, str]:
    """Since when news does not count, where that was asked."""
    known = options.known(profile, as_of)
    return {} if known is None else {"known_at": _iso(known, profile)}


def _say_known(options: Options, profile: Profile, as_of: int) -> None:
    known = options.known(profile, as_of)
    if known is not None:
        moment = moment_short(moment_of(known).astimezone(profile.tz), options.lang)
        typer.echo(t("known.asked", options.lang, moment=moment))


def _plain_rows(rows: "pd.DataFrame") -> list[dict]:
    """Rows as JSON knows them: missing is null, numbers are Python's own."""
    return rows.astype(object).where(rows.notna(), None).to_dict("records")


def _iso(moment: int, profile: Profile) -> str:
    return moment_of(moment).astimezone(profile.tz).isoformat()


def store_and_moment(options: Options, profile: Profile) -> tuple["Reader", int]:
    """A reader on the store, as it was known then if asked so, and --as-of, by default now."""
    from nakhon_dash.queries import known as known_then
    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.errors import StoreError
    from nakhon_dash.store.reader import StoreReader

    asked = options.moment(profile)
    try:
        engine = open_store()
    except OSError as error:  # a folder that cannot be made or entered
        raise StoreError("unreachable", store=error.filename, detail=error.strerror) from error
    moment = micros(datetime.now(UTC)) if asked is None else asked
    known = options.known(profile, moment)
    store = StoreReader(engine)
    return store if known is None else known_then.AsKnown(store, known), moment


@contextmanager
def readable_store(lang: str) -> Iterator[None]:
    """Whatever the store refuses inside ends the command with one sentence and exit code 1."""
    from sqlalchemy.exc import DBAPIError

    from nakhon_dash.store.errors import StoreError

    try:
        yield
    except StoreError as error:
        problem = t(f"store.error.{error.code}", lang, **error.values)
        raise _fail(t("show.no_store", lang, problem=problem), 1) from error
    except DBAPIError as error:
        problem = str(error.orig).splitlines()[0]
        raise _fail(t("show.no_store", lang, problem=problem), 1) from error


def as_dict(found: Measure, scope: Scope, profile: Profile) -> dict[str, Any]:
    """The contract for scripts; `group`, `reason` and `parts` stand only where there are some."""
    out: dict[str, Any] = {"group": found.group or None} if found.group is not None else {}
    out |= {name: getattr(found, name) for name in ALWAYS}
    out |= {"as_of": _iso(found.as_of, profile), "rev": found.rev, "excluded": found.excluded, "view": scope.as_dict()}
    return out | {name: getattr(found, name) for name in ("reason", "parts") if getattr(found, name)}


def metrics_list(lang: str) -> list[dict[str, Any]]:
    """Every figure of record with what a script needs to ask for it."""
    return [
        {"metric": m.id, "name": t(f"metric.{m.id}.name", lang), "unit": m.unit, "better": m.better,
         "source": m.source, "formula": m.formula, "by": list(m.parts)}
        for m in METRICS.values()
    ]  # fmt: skip


def tables_list(lang: str) -> list[dict[str, Any]]:
    """Every table of record."""
    return [
        {"table": table.id, "name": t(f"table.{table.id}.name", lang), "by": list(table.parts),
         "compare": table.compared}
        for table in TABLES.values()
    ]  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
