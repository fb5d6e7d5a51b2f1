"""`nakhon undo`: take one import back, exactly."""

from typing import Annotated

import typer

from nakhon_dash.commands._said import AsJson, Lang, fail, language, out, words_of
from nakhon_dash.i18n import t
from nakhon_dash.i18n.numbers import decimal


def register(app: typer.Typer) -> None:
    app.command("undo")(undo_batch)


def undo_batch(
    batch: Annotated[int, typer.Argument(help="Number of the import, as `nakhon status` lists it.")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Take an import back: what it added goes, what it changed returns. Refused when a later import built on it."""
    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.errors import StoreError
    from nakhon_dash.store.undo import undo

    words = language(lang)
    try:
        engine = open_store()
        counts = undo(engine, batch)
        engine.dispose()
    except StoreError as error:
        raise fail(words_of(error, words)) from error
    if as_json:
        out({"batch": batch} | counts)
    else:
        typer.echo(t("undo.done", words, batch=batch, **{name: decimal(n, 0) for name, n in counts.items()}))
