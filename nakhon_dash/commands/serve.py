"""`nakhon serve`: migrate, fill an empty store with the demo city, check the profile, then serve the dashboard."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from nakhon_dash.commands._language import terminal_language
from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import ROOT, ProfileError, current_profile
from nakhon_dash.i18n import t

ENTRY = "nakhon_dash.ui.asgi:app"
UPLOAD_BYTES = 500 * 1024 * 1024  # one websocket message; the same as maxUploadSize in .streamlit/config.toml


def register(app: typer.Typer) -> None:
    app.command("serve")(serve)


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8501,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    demo: Annotated[bool, typer.Option(help="Load the demo city when the store is empty.")] = True,
) -> None:
    """Serve the dashboard; `/_stcore/health` answers when it is ready."""
    lang = terminal_language()
    with _taken(host, port, lang) as door:
        _check_city(lang)
        _prepare_store(lang, demo=demo)
        typer.echo(t("serve.starting", lang))
        _run(door, host, port, lang)


def _fail(words: str) -> typer.Exit:
    typer.echo(words, err=True)
    return typer.Exit(1)


@contextmanager
def _taken(host: str, port: int, lang: str) -> Iterator[socket.socket]:
    """The bound door, taken first: a port in use is said before anything is loaded or written."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        door = socket.socket(family, kind, proto)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
    except OSError as error:
        raise _fail(t("serve.port_taken", lang, host=host, port=port, error=error.strerror)) from error
    with door:
        yield door


def _check_city(lang: str) -> None:
    """Profile and geography can be read; the browser's copies of the base map are those of this city."""
    try:
        for name in geography.LAYERS:
            geography.layer(name)
        geography.publish(ROOT / "static")
    except (ProfileError, geography.GeographyError) as error:
        raise _fail(t("serve.city_bad", lang, path=error.path) + "\n" + "\n".join(error.problems)) from error


def _prepare_store(lang: str, *, demo: bool) -> None:
    """Bring the store to the newest schema and, when it is empty, fill it with the demo city."""
    from nakhon_dash.demo import load, unfinished  # imported late: `nakhon --help` stays quick
    from nakhon_dash.store.batches import is_empty
    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.errors import StoreError

    try:
        engine = open_store(write=True)
        if demo and (is_empty(engine) or unfinished(engine)):
            typer.echo(t("serve.demo_loading", lang))
            load(engine, current_profile(), by="nakhon serve")
        engine.dispose()
    except StoreError as error:
        raise _fail(t(f"store.error.{error.code}", lang, **error.values)) from error


def _run(door: socket.socket, host: str, port: int, lang: str) -> None:
    import uvicorn

    config = uvicorn.Config(
        ENTRY,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=UPLOAD_BYTES,
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(config)
    shown = f"[{host}]" if ":" in host else host
    config.load()  # imports the dashboard: the line below is only said when it can answer
    typer.echo(t("serve.ready", lang, address=f"http://{shown}:{port}"))
    server.run(sockets=[door])
