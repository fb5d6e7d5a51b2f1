"""What went wrong, in the reader's words, and how the commands end on it."""

import json
from typing import Annotated, Any

import typer

from nakhon_dash.commands._language import terminal_language
from nakhon_dash.i18n import has, t

Lang = Annotated[str | None, typer.Option(help="th or en; default: the language of the terminal.")]
AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]


def language(chosen: str | None) -> str:
    return chosen if chosen in ("th", "en") else terminal_language()


def words_of(error: Exception, lang: str) -> str:
    """A refusal of a file, the profile, the geography or the store as a sentence."""
    from nakhon_dash.ingest.block import BadFile
    from nakhon_dash.store.errors import StoreError

    if isinstance(error, BadFile) and has(f"badfile.{error.code}"):
        return t(f"badfile.{error.code}", lang, **error.values)
    if isinstance(error, StoreError):
        return t(f"store.error.{error.code}", lang, **error.values)
    return str(error)


def named(key: str, lang: str) -> str:
    """The words for `subject.code`; the code itself where the catalogue has none."""
    return t(key, lang) if has(key) else key.partition(".")[2]


def fail(words: str) -> typer.Exit:
    """Says it and gives exit code 1."""
    typer.echo(words, err=True)
    return typer.Exit(1)


def out(value: Any) -> None:  # noqa: ANN401 (anything JSON can hold)
    typer.echo(json.dumps(value, ensure_ascii=False))
