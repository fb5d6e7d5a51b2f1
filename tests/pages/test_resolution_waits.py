"""The cards of waiting times say true things about any view, in both languages."""

import re

import pytest

from nakhon_dash.i18n import t
from tests.pages.conftest import words_of


def card_words(said, title):
    """What stands after the title of one card, up to the next."""
    return said.split(f'<h3 class="nk-title">{title}</h3>')[1].split('<h3 class="nk-title">')[0]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_cards_speak_both_languages(app, city_url, lang):
    said = words_of(app(city_url, "resolution", lang=lang, period="90d"))
    department = t("groups.by_department", lang)
    titles = (t("curve.title", lang), t("groups.title", lang, part=department), t("outcomes.title", lang))
    for title in titles:
        words = card_words(said, title)
        assert 'role="img"' in words
        assert not re.search(r"\{[a-z_]+\}|\b(None|nan|NaN|C\d\d)\b", re.sub(r"<[^>]+>", " ", words))
    assert t("groups.mixed", lang) in said


@pytest.mark.parametrize(
    "query",
    [{"period": "all"}, {"period": "7d", "department": "EDU"}, {"category": "C14", "period": "30d", "compare": "none"},
     {"period": "2001-01-01..2001-01-31"}, {"clock": "working", "period": "90d"}],
    ids=str,
)  # fmt: skip
def test_any_view_has_its_cards(app, city_url, query):
    said = words_of(app(city_url, "resolution", lang="en", **query))
    assert card_words(said, t("outcomes.title", "en"))


def test_an_empty_store_claims_nothing(app, empty_url):
    said = words_of(app(empty_url, "resolution", lang="en"))
    assert t("curve.none", "en") in card_words(said, t("curve.title", "en"))
    assert t("outcomes.none", "en") in said


def test_on_the_working_clock_the_promise_is_not_drawn(app, city_url):
    said = words_of(app(city_url, "resolution", lang="en", period="90d", clock="working"))
    words = card_words(said, t("curve.title", "en"))
    assert "var(--gold)" not in words
    assert t("curve.working", "en") in words


def test_the_split_survives_a_change_of_language(app, city_url):
    page = app(city_url, "resolution", lang="en", period="90d")
    page.segmented_control(key="groups_split").set_value("zone").run()
    assert t("groups.title", "en", part=t("groups.by_zone", "en")) in words_of(page)
    page.segmented_control(key="f_lang").set_value("th").run()
    assert page.segmented_control(key="groups_split").value == "zone"
    assert t("groups.title", "th", part=t("groups.by_zone", "th")) in words_of(page)
