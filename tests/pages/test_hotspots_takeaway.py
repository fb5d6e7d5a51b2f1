"""The card that hands out files: what it offers, for which view, and that each download leaves a line."""

import re

import pytest

from nakhon_dash.i18n import t
from nakhon_dash.report.cells import FORMATS
from tests.pages.conftest import words_of

KEYS = {f"take-{kind}" for kind in (*FORMATS, "png", "py")}


def offered(test):
    return {button.key for button in test.download_button if button.key in KEYS}


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_card_offers_every_file_with_its_citation(app, city_url, lang):
    test = app(city_url, "hotspots", lang=lang, period="all")
    said = words_of(test)
    assert t("take.card", lang) in said
    assert offered(test) == KEYS
    (cited,) = {block.value for block in test.code if "data rev" in block.value and "import" not in block.value}
    assert t("take.layer.gi", lang) in cited
    assert t("take.synthetic_all", lang) in cited
    assert not re.search(r"\{[a-z_]+\}|\bnan\b|\bNone\b", cited + said)


def test_the_files_are_those_of_the_layer_on_the_map(app, city_url):
    said = words_of(app(city_url, "hotspots", lang="en", period="all", layer="counts", cells="8"))
    assert re.search(rf"<b>{t('take.layer.counts', 'en')}</b>: \d+ cells", said)


@pytest.mark.parametrize(
    "query", [{"period": "2001-01-01..2001-01-31"}, {"zone": "800115", "category": "C30"}], ids=str
)
def test_a_view_of_few_cases_hands_out_nothing(app, city_url, query):
    test = app(city_url, "hotspots", lang="en", **query)
    assert t("take.too_few", "en", k=5) in words_of(test)
    assert offered(test) == set()


def test_an_empty_store_hands_out_nothing(app, empty_url):
    test = app(empty_url, "hotspots", lang="th")
    assert t("take.card", "th") in words_of(test)
    assert offered(test) == set()
