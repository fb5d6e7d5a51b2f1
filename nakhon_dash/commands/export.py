"""`nakhon export`: the cases behind the figures, or the cells of the map, as a file.

Who can run it reads the store, so the cases may hold points; cells of few cases are told only when asked for.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from nakhon_dash.commands._cells import export_cells
from nakhon_dash.commands._language import terminal_language
from nakhon_dash.commands._view import (
    AsKnown,
    AsOf,
    Codes,
    DueFrom,
    First,
    KnownAt,
    Lang,
    Options,
    UsageError,
)
from nakhon_dash.commands.show import readable_store, store_and_moment
from nakhon_dash.domain.profile import ProfileError, current_profile
from nakhon_dash.domain.view import micros, moment_of
from nakhon_dash.i18n import t
from nakhon_dash.i18n.numbers import decimal

KINDS = ("cases", "cells")
# --to names the file here, so the last day has a name of its own
Until = Annotated[str | None, typer.Option("--until", help="Last local day of receipt, included.")]


def register(app: typer.Typer) -> None:
    app.command("export")(export)


def export(
    what: Annotated[str, typer.Argument(help="cases or cells")],
    to: Annotated[Path, typer.Option("--to", help="The file to write: .csv for cases; .gpkg, .geojson, "
                                             ".parquet, .csv, .png or .py for cells.")],
    first: First = None, until: Until = None, as_of: AsOf = None, as_known: AsKnown = False,
    known_at: KnownAt = None,
    dimension: Codes = None, category: Codes = None, department: Codes = None, zone: Codes = None,
    channel: Codes = None, source: Codes = None, cell: Codes = None, due_from: DueFrom = None, lang: Lang = None,
    excel: Annotated[bool, typer.Option("--excel", help="Mark the file as UTF-8 for spreadsheets.")] = False,
    layer: Annotated[str, typer.Option(help="cells: gi, counts, moran or emerging.")] = "gi",
    res: Annotated[int, typer.Option(help="cells: H3 resolution 8, 9 or 10.")] = 9,
    every: Annotated[str, typer.Option(help="cells, emerging: month or week; default: what fits.")] = "",
    with_repeats: Annotated[bool, typer.Option("--with-repeats", help="cells: count repeats of open trouble.")] = False,
    complete: Annotated[bool, typer.Option("--complete", help="cells: for stewards; hide no cell.")] = False,
    dark: Annotated[bool, typer.Option("--dark", help="cells: a dark picture.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
) -> None:  # fmt: skip
    """Write every case of the view with its state at the moment spoken of, or the cells of the map with their class."""
    words = lang if lang in ("th", "en") else terminal_language()
    codes = {"dimension": dimension, "category": category, "department": department, "zone": zone,
             "channel": channel, "source": source, "cell": cell}  # fmt: skip
    try:
        if what not in KINDS:
            raise UsageError("export.what", words)
        with readable_store(words):
            options = Options(words, first, until, as_of, due_from, codes=codes, as_known=as_known,
                              known_at=known_at)  # fmt: skip
            if what == "cells":
                export_cells(options, to, layer, res, every=every, collapse=not with_repeats, complete=complete,
                             dark=dark, as_json=as_json)  # fmt: skip
            else:
                _export(options, to, excel=excel, as_json=as_json)
    except UsageError as error:
        raise _fail(error.words, 2) from error
    except ProfileError as error:
        raise _fail(str(error), 1) from error
    except OSError as error:
        raise _fail(t("export.cannot_write", words, file=to, problem=error.strerror or error), 1) from error


def _fail(words: str, code: int) -> typer.Exit:
    typer.echo(words, err=True)
    return typer.Exit(code)


def _export(options: Options, to: Path, *, excel: bool, as_json: bool) -> None:
    from nakhon_dash.report.cases import log, write_cases
    from nakhon_dash.store.engine import open_store

    profile = current_profile()
    reader, moment = store_and_moment(options, profile)
    scope = options.scope(profile, reader, moment)
    engine, known = open_store(), options.known(profile, moment)
    n = write_cases(engine, profile, scope, moment, to, excel=excel, known=known)
    log(engine, micros(datetime.now(UTC)), "cases", scope, n, reader.rev)
    if as_json:
        spoken = moment_of(moment).astimezone(profile.tz).isoformat()
        out = {"what": "cases", "file": str(to), "rows": n, "as_of": spoken, "rev": reader.rev, "view": scope.as_dict()}
        if known is not None:
            out["known_at"] = moment_of(known).astimezone(profile.tz).isoformat()
        typer.echo(json.dumps(out, ensure_ascii=False))
    else:
        typer.echo(t("export.done", options.lang, n=decimal(n, 0), file=to))
