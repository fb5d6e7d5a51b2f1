"""Writes the generated documents, or with --check says which of them are out of date (exit code 1).

    .venv/bin/python scripts/make_docs.py [--check]
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from nakhon_dash.domain.metrics import METRICS, Metric  # noqa: E402
from nakhon_dash.domain.tables import TABLES, Table  # noqa: E402
from nakhon_dash.i18n import t  # noqa: E402

LANGS = {"en": "English", "th": "ไทย"}
HEAD = """# Figures of record

Made by `make docs` from `nakhon_dash/domain/metrics.py`, `nakhon_dash/domain/tables.py` and `nakhon_dash/i18n/words/`;
do not edit. `nakhon show <id>` prints the figure or table.

Symbols: as_of = the moment spoken of; due = due time; closed = time of the answer; A = answered by as_of with an
outcome fixed or deferred_to_budget; S(t) = share still waiting after t (Kaplan-Meier).
"""


def entry(metric: Metric) -> str:
    """One figure in both languages, then what is the same in both."""
    lines = [f"## `{metric.id}`"]
    for lang, name in LANGS.items():
        words = {part: t(f"metric.{metric.id}.{part}", lang) for part in ("name", "definition", "formula", "caveat")}
        lines.append(f"**{name}: {words['name']}.** {words['definition']}  \n{words['formula']}  \n*{words['caveat']}*")
    facts = [
        f"unit {t(f'unit.{metric.unit}', 'en')}",
        f"{t(f'better.{metric.better}', 'en')}",
        f"source {metric.source}",
        f"too few below n = {metric.min_n}" if metric.min_n else "no smallest base",
        f"split by {', '.join(metric.parts)}" if metric.parts else "not split",
    ]
    lines += [f"```\n{metric.formula}\n```", metric.method, " · ".join(facts)]
    return "\n\n".join(lines)


def table_entry(table: Table) -> str:
    """One table in both languages, then how to ask for it."""
    lines = [f"## `{table.id}`"]
    for lang, name in LANGS.items():
        words = {part: t(f"table.{table.id}.{part}", lang) for part in ("name", "definition", "caveat")}
        lines.append(f"**{name}: {words['name']}.** {words['definition']}  \n*{words['caveat']}*")
    facts = [
        f"built on {', '.join(table.metrics)}" if table.metrics else "",
        f"split by {', '.join(table.parts)}" if table.parts else "not split",
        "needs --compare" if table.compared else "",
    ]
    return "\n\n".join([*lines, table.method, " · ".join(fact for fact in facts if fact)])


def metrics_page() -> str:
    tables = ["# Tables of record", *map(table_entry, TABLES.values())]
    return "\n\n".join([HEAD.rstrip(), *map(entry, METRICS.values()), *tables]) + "\n"


DOCUMENTS = {ROOT / "docs" / "metrics.md": metrics_page}


def main() -> int:
    stale = [path for path, make in DOCUMENTS.items() if not path.exists() or path.read_text("utf-8") != make()]
    for path in stale:
        if "--check" in sys.argv:
            print(f"{path.relative_to(ROOT)} is out of date: make docs")
        else:
            path.write_text(DOCUMENTS[path](), encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
