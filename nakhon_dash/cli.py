"""The command `nakhon`: exit code 0 done, 1 bad input, 2 usage."""

import importlib
import pkgutil

import typer

from nakhon_dash import commands

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Nakhon Dash: from files to a live dashboard.")

for _module in sorted(m.name for m in pkgutil.iter_modules(commands.__path__)):
    if not _module.startswith("_"):
        importlib.import_module(f"nakhon_dash.commands.{_module}").register(app)


@app.callback()
def _commands() -> None:
    """A command is always named, even where there is only one."""


def main() -> None:
    app()


if __name__ == "__main__":
    main()
