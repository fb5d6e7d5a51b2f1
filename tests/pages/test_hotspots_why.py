"""The cards why, kinds and compare say true things about any view, and what is clicked filters the page."""

import re

import pytest

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import View
from nakhon_dash.i18n import t
from nakhon_dash.measures.spots import spots
from nakhon_dash.ui import load
from tests.pages.conftest import words_of

LEFT_OVER = re.compile(r"\{[a-z_]+\}|\b(None|nan|NaN)\b")


def said_by(page):
    """What the page says, marks taken out."""
    return re.sub(r"<[^>]+>", " ", words_of(page))


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_cards_speak_both_languages(app, city_url, lang):
    said = said_by(app(city_url, "hotspots", lang=lang, period="all"))
    assert t("why.firm_title", lang) in said
    assert t("kinds.title", lang) in said
    assert t("ab.title", lang) in said
    assert not LEFT_OVER.search(said)


def test_the_card_tells_the_first_group_of_the_map(app, city_url):
    said = words_of(app(city_url, "hotspots", lang="en", period="all"))
    at = load.moment()
    scope = load.scopes(View(period="all"), at, current_profile())[0]
    first = spots(load.ask(at, scope)).clusters[0]
    assert f"<b>{first.cases:,} cases in {len(first.cells)} cell" in said
    assert f"{first.expected:,.0f} expected" in said


def test_the_button_filters_every_page_and_the_chip_takes_it_back(app, city_url):
    page = app(city_url, "hotspots", lang="en", period="all")
    page.button(key="why_filter").click().run()
    cells = page.query_params["cell"]
    assert cells
    assert t("why.unfilter", "en") == page.button(key="why_filter").label
    page.switch_page("pages/resolution.py").run()
    assert not page.exception
    page.button(key="f_cell").click().run()
    assert "cell" not in page.query_params


def test_a_bar_filters_and_a_second_click_undoes_it(app, city_url):
    page = app(city_url, "hotspots", lang="en", period="all")
    key = next(button.key for button in page.button if (button.key or "").startswith("kind_"))
    page.button(key=key).click().run()
    assert page.query_params["category"] in (key[5:], [key[5:]])
    page.button(key=key).click().run()
    assert "category" not in page.query_params
    assert not page.exception


@pytest.mark.parametrize(
    "query",
    [
        {"period": "7d"},
        {"period": "7d", "spot": "9", "compare": "none"},
        {"period": "all", "spot": "896434a3483ffff", "ab": "category"},
        {"period": "all", "spot": "87650c1a3ffffff", "ab": "zone"},
        {"period": "365d", "compare": "lastyear", "repeats": "all", "kinds_of": "city"},
        {"period": "365d", "cell": "896434a3483ffff,896434a348bffff", "category": "C01"},
        {"period": "all", "ab": "zone", "ab_a": "800102", "ab_b": "800101", "department": "AUD"},
        {"period": "2001-01-01..2001-01-31", "ab": "category"},
    ],
    ids=str,
)
def test_any_view_gives_cards(app, city_url, query):
    said = said_by(app(city_url, "hotspots", lang="en", **query))
    assert t("kinds.title", "en") in said
    assert t("ab.title", "en") in said
    assert not LEFT_OVER.search(said)


def test_an_empty_store_says_so(app, empty_url):
    said = said_by(app(empty_url, "hotspots", lang="en"))
    assert t("why.too_few", "en") in said
    assert t("kinds.none", "en") in said
