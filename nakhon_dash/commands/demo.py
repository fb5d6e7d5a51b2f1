"""`nakhon demo`: the synthetic city into the store, or out of it."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from datetime import time as clock
from typing import TYPE_CHECKING, Annotated

import typer

from nakhon_dash.commands._language import terminal_language
from nakhon_dash.domain.geography import GeographyError
from nakhon_dash.domain.profile import Profile, ProfileError, current_profile
from nakhon_dash.i18n import t
from nakhon_dash.i18n.dates import day_range
from nakhon_dash.i18n.numbers import decimal

if TYPE_CHECKING:
    from nakhon_dash.demo import Loaded

Lang = Annotated[str | None, typer.Option(help="th or en; default: the language of the terminal.")]


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    cases: Annotated[int | None, typer.Option(min=0, help="Default: as many as a city of its size has.")] = None,
    years: Annotated[float, typer.Option(min=0.01, max=50)] = 5.0,
    seed: Annotated[int, typer.Option(min=0)] = 48,
    end: Annotated[str | None, typer.Option(help="Last moment known, local time; default: now.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the synthetic city, leave real data.")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Lang = None,
) -> None:
    """Fill the store with a synthetic city, labelled as such; the same arguments give the same city."""
    words = lang if lang in ("th", "en") else terminal_language()
    from nakhon_dash.store.errors import StoreError  # imported late: `nakhon --help` stays quick

    try:
        if remove:
            _remove(words, as_json=as_json)
        else:
            _load(current_profile(), cases, years, seed, end, words, as_json=as_json)
    except StoreError as error:
        raise _fail(t(f"store.error.{error.code}", words, **error.values)) from error
    except (ProfileError, GeographyError) as error:
        raise _fail(str(error)) from error


def _load(
    profile: Profile, cases: int | None, years: float, seed: int, end: str | None, lang: str, *, as_json: bool
) -> None:
    from nakhon_dash.demo import load, plan
    from nakhon_dash.store.engine import open_store

    until = _moment(end, profile, lang)
    total = plan(profile, cases=cases, years=years, seed=seed, end=until).cases
    engine = open_store(write=True)
    with _progress(total, lang, shown=not as_json) as progress:
        loaded = load(engine, profile, cases=cases, years=years, seed=seed, end=until, progress=progress)
    engine.dispose()
    typer.echo(json.dumps(loaded.as_dict(), ensure_ascii=False) if as_json else _sentence(loaded, lang))


def _remove(lang: str, *, as_json: bool) -> None:
    from nakhon_dash.demo import remove
    from nakhon_dash.store.engine import open_store

    engine = open_store(write=True)
    removed = remove(engine)
    engine.dispose()
    if as_json:
        typer.echo(json.dumps({"state": "removed" if removed else "none", "removed": removed}))
    else:
        rows = decimal(sum(removed.values()), 0)
        typer.echo(t("demo.removed", lang, rows=rows) if removed else t("demo.none", lang))


def _sentence(loaded: "Loaded", lang: str) -> str:
    plan = loaded.plan
    told = t(
        f"demo.{loaded.state}",
        lang,
        cases=decimal(plan.cases, 0),
        days=day_range(plan.first_day, plan.last_day, lang),
        seconds=decimal(loaded.seconds, 1),
    )
    return f"{told}\n{t('demo.mark', lang)}"


def _moment(text: str | None, profile: Profile, lang: str) -> datetime | None:
    """The end asked for: a local day means its last second, a time without zone is local."""
    if text is None:
        return None
    try:
        if len(text) == len("2026-11-30"):
            return datetime.combine(date.fromisoformat(text), clock(23, 59, 59), profile.tz)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        typer.echo(t("demo.bad_end", lang, value=text), err=True)
        raise typer.Exit(2) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=profile.tz)


@contextmanager
def _progress(cases: int, lang: str, *, shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar with rate and remaining time on a terminal, nothing elsewhere."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    began = time.monotonic()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(t("demo.writing", lang), total=cases, rate="")

        def told(done: int, _bytes: int) -> None:
            per_second = done / max(time.monotonic() - began, 0.001)
            bar.update(task, completed=done, rate=t("demo.rate", lang, rows=decimal(per_second, 0)))

        yield told


def _fail(words: str) -> typer.Exit:
    typer.echo(words, err=True)
    return typer.Exit(1)
