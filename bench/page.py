"""docs/benchmark.md: one section for each benchmark, replaced when it runs again."""

import re
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "benchmark.md"
HEAD = "# Benchmarks\n\nMeasured by `make bench`; every ratio is between runs of the same minute on one machine.\n"


def section(title: str, text: str, *, command: str) -> None:
    """Writes a section, in the place of the one with that title."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else HEAD
    day = datetime.now(UTC).date()
    body = f"## {title}\n\n`{command}`, {day}\n\n{text.strip()}\n"
    pattern = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    known = pattern.search(page)
    page = pattern.sub(lambda _: f"{body}\n", page) if known else f"{page.rstrip()}\n\n{body}"
    PAGE.write_text(page.rstrip() + "\n", "utf-8")
