"""`nakhon scan`: clusters in space and time under some filters, kept in the store for every reader; run it nightly."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nakhon_dash.commands._said import AsJson, Lang, fail, language, out, words_of
from nakhon_dash.commands._view import AsOf, Codes, Options, UsageError
from nakhon_dash.domain.profile import ProfileError, current_profile
from nakhon_dash.domain.view import day_of, micros
from nakhon_dash.i18n import t
from nakhon_dash.i18n.numbers import count, decimal

if TYPE_CHECKING:
    from nakhon_dash.analysis.scan import Progress
    from nakhon_dash.measures.scanning import Cluster, Result, Setting

Model = Annotated[str, typer.Option(help="permutation: new today, cases only; poisson: by residents, looking back.")]
Days = Annotated[int, typer.Option(min=28, max=3_653, help="Days of history, ending today.")]
Runs = Annotated[int, typer.Option(min=19, max=99_999, help="Relabelled cities; p is never below 1/(runs + 1).")]


def register(app: typer.Typer) -> None:
    app.command("scan")(scan)


def scan(
    model: Model = "permutation", days: Days = 365, category: Codes = None, zone: Codes = None, runs: Runs = 999,
    as_of: AsOf = None, as_json: AsJson = False, lang: Lang = None,
) -> None:  # fmt: skip
    """Look for clusters in space and time and keep what was found; the page shows the newest result of its filters."""
    from nakhon_dash.measures.scanning import MODELS, Setting
    from nakhon_dash.store.errors import StoreError

    words = language(lang)
    options = Options(words, as_of=as_of, codes={"category": category, "zone": zone})
    try:
        if model not in MODELS:
            raise UsageError("show.bad_code", words, option="model", value=model, allowed=", ".join(MODELS))
        result = _kept(options, Setting(model, days, runs), words, shown=not as_json)
    except UsageError as error:
        typer.echo(error.words, err=True)
        raise typer.Exit(2) from error
    except (StoreError, ProfileError) as error:
        raise fail(words_of(error, words)) from error
    if as_json:
        out(_plain(result))
    else:
        typer.echo(_told(result, words))


def _kept(options: Options, how: "Setting", lang: str, *, shown: bool) -> "Result":
    from nakhon_dash.measures.moments import spoken_moment
    from nakhon_dash.measures.scanning import save, search
    from nakhon_dash.store.batches import data_time
    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.reader import StoreReader

    engine, profile = open_store(), current_profile()
    reader, now, asked = StoreReader(engine), datetime.now(UTC), options.moment(profile)
    moment = spoken_moment(data_time(engine, micros(now)), now) if asked is None else asked
    scope = options.scope(profile, reader, moment)
    with _bar(how.runs, lang, shown=shown) as progress:
        result = search(reader, profile, scope, moment, how, progress)
    save(engine, result, scope)
    engine.dispose()
    return result


@contextmanager
def _bar(runs: int, lang: str, *, shown: bool) -> "Iterator[Progress | None]":
    """Runs done of all, on a terminal only."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(t("scan.running", lang), total=runs)

        def progress(run: int) -> bool:
            bar.update(task, completed=run)
            return True

        yield progress


def _plain(result: "Result") -> dict[str, Any]:
    from nakhon_dash.measures.scanning import cluster_rows

    found = [row | {"llr": one.llr, "cells": one.cells}
             for row, one in zip(cluster_rows(result), result.clusters, strict=True)]  # fmt: skip
    return {"model": result.model, "from": str(day_of(result.first_day)), "to": str(day_of(result.last_day)),
            "cases": result.cases, "places": result.places, "runs": result.runs, "seed": result.seed,
            "reason": result.reason, "found": found}  # fmt: skip


def _told(result: "Result", lang: str) -> str:
    from nakhon_dash.i18n.dates import day_range

    days = day_range(day_of(result.first_day), day_of(result.last_day), lang)
    if result.reason is not None:
        return t(f"scan.said.{result.reason}", lang, days=days, cases=count(result.cases, lang))
    told = [one for one in result.clusters if result.tier(one) != "chance"]
    head = t("scan.said.done", lang, days=days, cases=count(result.cases, lang), places=decimal(result.places, 0),
             found=count(len(told), lang, "clusters"), runs=decimal(result.runs, 0))  # fmt: skip
    return "\n".join([head, *(f"  {_line(result, one, lang)}" for one in told)])


def _line(result: "Result", one: "Cluster", lang: str) -> str:
    from nakhon_dash.i18n.dates import day_range

    row = current_profile().zones.get(one.zone or "")
    return t("scan.said.line", lang, tier=t(f"scan.tier.{result.tier(one)}", lang),
             zone=row.name(lang) if row else one.zone or t("place.no_zone", lang), metres=decimal(one.metres, 0),
             days=day_range(day_of(one.first_day), day_of(one.last_day), lang), observed=decimal(one.observed, 0),
             expected=decimal(one.expected, 1), p=decimal(one.p, 4))  # fmt: skip
