"""Every code that the readers hand out has words in both languages."""

import ast
from pathlib import Path

import pytest

from nakhon_dash.i18n import has
from nakhon_dash.ingest.draft import FLAG_ORDER
from nakhon_dash.ingest.formats import NAMES

INGEST = Path(__file__).parents[3] / "nakhon_dash" / "ingest"
CALLS = {"BadFile": "badfile", "reject": "reason", "Rejected": "reason", "Skipped": "skipped", "mark": "flag"}


def codes():
    for path in INGEST.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name in CALLS:
                texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                yield from (f"{CALLS[name]}.{text}" for text in texts[:1] if text.islower())


@pytest.mark.parametrize("key", sorted({*codes(), *(f"flag.{f}" for f in FLAG_ORDER), *(f"format.{n}" for n in NAMES)}))
def test_a_code_has_words(key):
    assert has(key)


@pytest.mark.parametrize("reason", ["missing_id", "missing_received", "bad_date", "ambiguous_year", "future_date",
                                    "finish_before_received", "duplicate_conflict", "bad_row"])
def test_a_reason_says_what_to_do(reason):
    assert has(f"reason_help.{reason}")
