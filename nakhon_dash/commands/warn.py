"""`nakhon warn`: what is unusual in the last complete week of the whole city, written into the log; run it nightly."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

from nakhon_dash.commands._said import AsJson, Lang, fail, language, out, words_of
from nakhon_dash.commands._view import AsOf, Options, UsageError
from nakhon_dash.domain.profile import ProfileError, current_profile
from nakhon_dash.domain.view import Scope, day_of, micros
from nakhon_dash.i18n import t
from nakhon_dash.i18n.numbers import decimal

if TYPE_CHECKING:
    import sqlalchemy as sa

    from nakhon_dash.measures.warning import Warning, Week


def register(app: typer.Typer) -> None:
    app.command("warn")(warn)


def warn(as_of: AsOf = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Write alerts and watches of the last complete week into the log; a warning seen again is written once."""
    from nakhon_dash.store.errors import StoreError

    words = language(lang)
    try:
        asked = Options(words, as_of=as_of).moment(current_profile())
        week, new = _written(asked)
    except UsageError as error:
        typer.echo(error.words, err=True)
        raise typer.Exit(2) from error
    except (StoreError, ProfileError) as error:
        raise fail(words_of(error, words)) from error
    if as_json:
        out(_plain(week) | {"new": new})
    else:
        typer.echo(_told(week, new, words))


def _written(asked: int | None) -> "tuple[Week, int]":
    from nakhon_dash.measures.moments import spoken_moment
    from nakhon_dash.measures.warning import warned
    from nakhon_dash.measures.warning_record import write
    from nakhon_dash.store.batches import data_time
    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.reader import StoreReader

    engine: sa.Engine = open_store()
    now = datetime.now(UTC)
    moment = spoken_moment(data_time(engine, micros(now)), now) if asked is None else asked
    week = warned(StoreReader(engine), current_profile(), Scope(), moment)
    new = write(engine, week, moment)
    engine.dispose()
    return week, new


def _plain(week: "Week") -> dict[str, Any]:
    found = [{name: getattr(one, name) for name in ("tier", "category", "zone", "observed", "expected", "limit", "p",
                                                    "q")} for one in week.found]  # fmt: skip
    return {"first_day": str(day_of(week.first_day)), "last_day": str(day_of(week.last_day)), "method": week.method,
            "tested": len(week.tested), "found": found}  # fmt: skip


def _told(week: "Week", new: int, lang: str) -> str:
    from nakhon_dash.i18n.dates import day_range

    days = day_range(day_of(week.first_day), day_of(week.last_day), lang)
    if week.method is None:
        return t("warning.said.short", lang, days=days)
    head = t("warning.said.done", lang, days=days, found=len(week.found), tested=len(week.tested), new=new)
    return "\n".join([head, *(f"  {_line(one, lang)}" for one in week.found)])


def _line(one: "Warning", lang: str) -> str:
    profile = current_profile()
    named = ((profile.categories.get(one.category), one.category),
             (profile.zones.get(one.zone), one.zone or t("place.no_zone", lang)))  # fmt: skip
    category, zone = (row.name(lang) if row else code for row, code in named)
    return t("warning.said.line", lang, tier=t(f"warning.tier.{one.tier}", lang), category=category, zone=zone,
             observed=one.observed, expected=decimal(one.expected, 1), limit=one.limit)  # fmt: skip
