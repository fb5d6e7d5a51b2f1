"""A progress bar with rate and remaining time, on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nakhon_dash.i18n import t
from nakhon_dash.i18n.numbers import decimal

Told = Callable[[int, int], None]  # records, bytes


@contextmanager
def progress_bar(name: str, total_bytes: int, lang: str, *, shown: bool) -> Iterator[Told | None]:
    """Gives what an import calls after each block; None where nobody watches."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"),
               TimeRemainingColumn())
    began = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=total_bytes or None, rate="")

        def told(records: int, done: int) -> None:
            rows = decimal(records / max(time.monotonic() - began, 0.001), 0)
            bar.update(task, completed=done, rate=t("import.rate", lang, rows=rows))

        yield told
