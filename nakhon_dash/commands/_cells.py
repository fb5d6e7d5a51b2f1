"""`nakhon export cells`: the map as a file, its method beside it. The ending of the file names the format."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import typer

from nakhon_dash.commands._view import Options, UsageError
from nakhon_dash.commands.show import store_and_moment
from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import micros
from nakhon_dash.i18n import t
from nakhon_dash.i18n.numbers import decimal

CODES = ("gi", "counts", "moran", "emerging")
RESOLUTIONS = (8, 9, 10)
STEPS = ("", "month", "week")
KINDS = ("gpkg", "geojson", "parquet", "csv", "png", "py")


def export_cells(
    options: Options, to: Path, layer: str, res: int, *, every: str, collapse: bool, complete: bool, dark: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Writes the file, and its method as .method.json and .method.txt; counts below k only when `complete`."""
    kind, words = to.suffix.removeprefix(".").lower(), options.lang
    for option, value, allowed in (("to", kind, KINDS), ("layer", layer, CODES), ("res", res, RESOLUTIONS),
                                   ("every", every, STEPS)):
        if value not in allowed:
            raise UsageError("show.bad_code", words, option=option, value=value, allowed=", ".join(map(str, allowed)))
    from nakhon_dash.measures.asking import Ask
    from nakhon_dash.measures.taken import take
    from nakhon_dash.report import sidecar
    from nakhon_dash.report.cases import log
    from nakhon_dash.store.batches import facts
    from nakhon_dash.store.engine import open_store

    profile, made = current_profile(), micros(datetime.now(UTC))
    reader, moment = store_and_moment(options, profile)
    ask = Ask(reader, profile, options.scope(profile, reader, moment), moment)
    engine = open_store()
    told = sidecar.told(ask, layer, res, made, facts(engine, made).synthetic, collapse=collapse, every=every)
    taken = take(ask, layer, res, collapse=collapse, whole=complete, every=every)
    _write(to, _content(kind, ask, taken, told, words, dark=dark))
    for name, text in sidecar.files(to.stem, taken, told).items():
        _write(to.with_name(name), text.encode())
    log(engine, made, f"cells {kind} {layer} {res}{' complete' if complete else ''}", ask.scope, len(taken.rows),
        reader.rev)  # fmt: skip
    if as_json:
        out = {"what": "cells", "file": str(to), "rows": len(taken.rows), "suppressed": taken.hidden, "layer": layer,
               "res": res, "as_of": told.iso(moment), "rev": reader.rev, "view": ask.scope.as_dict()}  # fmt: skip
        typer.echo(json.dumps(out, ensure_ascii=False))
    else:
        typer.echo(t("take.done", words, n=decimal(len(taken.rows), 0), file=to, hidden=decimal(taken.hidden, 0)))


def _content(kind: str, ask, taken, told, lang: str, *, dark: bool) -> bytes:  # noqa: ANN001 (dear imports)
    if kind == "py":
        from nakhon_dash.report.script import script

        return script(told).encode()
    if kind == "png":
        from nakhon_dash.report.map_png import png

        return png(ask, taken, told, lang, dark=dark)
    from nakhon_dash.report.cells import FORMATS

    return FORMATS[kind](taken, told)


def _write(to: Path, content: bytes) -> None:
    """Whole or not at all."""
    draft = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)
