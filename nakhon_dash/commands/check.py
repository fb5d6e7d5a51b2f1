"""`nakhon check`: whether everything the dashboard stands on is in order."""

from collections.abc import Callable

import typer

from nakhon_dash.commands._said import AsJson, Lang, language, out, words_of
from nakhon_dash.domain.geography import LAYERS, GeographyError, layer
from nakhon_dash.domain.profile import ProfileError, current_profile
from nakhon_dash.i18n import t


def register(app: typer.Typer) -> None:
    app.command("check")(check)


def check(as_json: AsJson = False, lang: Lang = None) -> None:
    """Whether profile, geography, store, migrations and replica are in order; exit code 1 when one is not."""
    words = language(lang)
    parts: dict[str, Callable[[str], str | None]] = {
        "profile": _profile, "geography": _geography, "store": _store, "migrations": _migrations, "replica": _replica,
    }
    faults = {name: part(words) for name, part in parts.items()}
    if as_json:
        out({name: {"ok": fault is None, "fault": fault} for name, fault in faults.items()})
    else:
        for name, fault in faults.items():
            verdict = t("check.ok", words) if fault is None else f"{t('check.fault', words)}: {fault}"
            typer.echo(f"{t(f'check.{name}', words)}: {verdict}")
    if any(fault is not None for fault in faults.values()):
        raise typer.Exit(1)


def _profile(lang: str) -> str | None:
    try:
        current_profile()
    except ProfileError as error:
        return words_of(error, lang)
    return None


def _geography(lang: str) -> str | None:
    try:
        for name in LAYERS:
            layer(name)
    except (GeographyError, ProfileError) as error:
        return words_of(error, lang)
    return None


def _store(lang: str) -> str | None:
    """Opens, and SQLite's own look at the file finds nothing."""
    from nakhon_dash.store.engine import damage, open_store
    from nakhon_dash.store.errors import StoreError

    try:
        engine = open_store()
        found = damage(engine)
        engine.dispose()
    except StoreError as error:
        return words_of(error, lang)
    return found


def _migrations(lang: str) -> str | None:
    """The tables, brought to the newest version, are those that this program knows."""
    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.errors import StoreError
    from nakhon_dash.store.migrate import differences

    try:
        engine = open_store()
        differing = differences(engine)
        engine.dispose()
    except StoreError as error:
        return words_of(error, lang)
    return "; ".join(differing) or None


def _replica(lang: str) -> str | None:
    import duckdb
    import sqlalchemy as sa

    from nakhon_dash.replica.replica import Replica
    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.errors import StoreError
    from nakhon_dash.store.reader import StoreReader
    from nakhon_dash.store.schema import complaint

    cases = sa.select(sa.func.count().label("n")).select_from(complaint)
    try:
        engine = open_store()
        replica = Replica(engine)
        replica.sync()
        there, wanted = (int(one.frame(cases)["n"].iloc[0]) for one in (replica, StoreReader(engine)))
        replica.close()
        engine.dispose()
    except StoreError as error:
        return words_of(error, lang)
    except (duckdb.Error, OSError) as error:
        return str(error).split("\n")[0]
    return None if there == wanted else t("check.unlike", lang, there=there, wanted=wanted)
