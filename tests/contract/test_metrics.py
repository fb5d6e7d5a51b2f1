"""Every figure of record is defined, worded, computed and documented, once."""

import importlib.util
import unicodedata

import pytest

from nakhon_dash.domain.metrics import METRICS, Unit
from nakhon_dash.domain.profile import ROOT
from nakhon_dash.domain.tables import TABLES
from nakhon_dash.i18n import catalogue, has
from nakhon_dash.measures import COMPUTE
from nakhon_dash.measures.tables import FILL
from nakhon_dash.queries.conditions import REASONS

WORDS = ("name", "question", "definition", "formula", "caveat")
LONGEST_TITLE = 40  # Thai letters; vowels and tone marks above and below do not count


@pytest.mark.parametrize("metric", METRICS)
def test_a_figure_has_all_its_words_in_both_languages(metric):
    for part in WORDS:
        words = catalogue()[f"metric.{metric}.{part}"]
        assert words["th"].strip()
        assert words["en"].strip()


@pytest.mark.parametrize("metric", METRICS)
def test_a_title_fits_a_card(metric):
    title = catalogue()[f"metric.{metric}.question"]["th"]
    assert sum(unicodedata.category(letter) != "Mn" for letter in title) <= LONGEST_TITLE


def test_words_exist_for_figures_only():
    worded = {key.split(".")[1] for key in catalogue() if key.startswith("metric.")}
    assert worded == set(METRICS)


def test_every_figure_has_a_function_and_every_function_a_figure():
    assert list(COMPUTE) == list(METRICS)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_worded_filled_and_built_on_figures_of_record(name):
    for part in ("name", "definition", "caveat"):
        assert all(catalogue()[f"table.{name}.{part}"][lang].strip() for lang in ("th", "en"))
    assert name in FILL
    assert set(TABLES[name].metrics) <= set(METRICS)
    assert name not in METRICS


def test_every_filling_function_belongs_to_a_table():
    assert list(FILL) == list(TABLES)


def test_units_directions_and_reasons_have_words():
    keys = [f"unit.{unit}" for unit in Unit] + [f"better.{m.better}" for m in METRICS.values()]
    keys += [f"excluded.{reason}" for reason in REASONS]
    assert [key for key in keys if not has(key)] == []


def test_the_documents_are_current():
    place = importlib.util.spec_from_file_location("make_docs", ROOT / "scripts" / "make_docs.py")
    make_docs = importlib.util.module_from_spec(place)
    place.loader.exec_module(make_docs)
    for path, make in make_docs.DOCUMENTS.items():
        assert path.read_text("utf-8") == make(), "run: make docs"
