"""Fair comparison and what changed: true words for any view, and choices that outlive a change of language."""

import re

import pytest

from nakhon_dash.i18n import t
from tests.pages.conftest import words_of


def said(test):
    return re.sub(r"<[^>]+>", " ", words_of(test))


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_three_cards_speak_both_languages(app, city_url, lang):
    page = app(city_url, "resolution", lang=lang, period="365d")
    words = words_of(page)
    assert t("funnel.title", lang, whole=t("whole.city", lang)) in words
    assert t("equity.title", lang, hours="48") in words
    assert t("change.title", lang) in words
    assert words.count("nk-funnel") == 1
    assert words.count("nk-rowed") == 2
    assert not re.search(r"\{[a-z_]+\}", said(page))
    assert not re.search(r"\b(C\d\d|8001\d\d|None|nan|NaN)\b", said(page))


@pytest.mark.parametrize(
    "query",
    [
        {"period": "7d", "zone": "800115"},
        {"period": "all"},
        {"department": "AUD"},
        {"department": "PH", "period": "365d"},
        {"category": "C30", "compare": "lastyear"},
        {"period": "2001-01-01..2001-01-31"},
        {"zone": "800101", "category": "C01", "period": "365d"},
        {"period": "90d", "asof": "2026-06-30", "clock": "working"},
    ],
    ids=str,
)
@pytest.mark.parametrize("lang", ["th", "en"])
def test_any_view_gives_cards_without_false_numbers(app, city_url, query, lang):
    words = said(app(city_url, "resolution", lang=lang, **query))
    assert t("change.title", lang) in words
    assert not re.search(r"\b(None|nan|NaN|inf)\b", words)


def test_without_a_period_to_compare_with_the_card_says_how_to_choose_one(app, city_url):
    assert t("change.choose", "en") in said(app(city_url, "resolution", lang="en", compare="none"))
    assert t("change.choose_period", "en") in said(app(city_url, "resolution", lang="en", period="all"))


def test_an_empty_city_is_not_compared(app, empty_url):
    words = said(app(empty_url, "resolution", lang="en"))
    assert t("funnel.nothing", "en") in words
    assert t("change.few_now", "en", cases="0 cases") in words


def test_the_choice_of_parts_outlives_a_change_of_language(app, city_url):
    page = app(city_url, "resolution", lang="en", period="365d")
    page.segmented_control(key="funnel_split").set_value("zone").run()
    page.segmented_control(key="change_split").set_value("department").run()
    page.segmented_control(key="f_lang").set_value("th").run()
    assert [e.value for e in page.exception] == []
    assert page.segmented_control(key="funnel_split").value == "zone"
    assert page.segmented_control(key="change_split").value == "department"
    assert t("change.row_mix_department", "th") in words_of(page)


def test_the_number_on_the_card_is_that_of_nakhon_show(app, city_url):
    from nakhon_dash.domain.profile import current_profile
    from nakhon_dash.domain.view import View
    from nakhon_dash.i18n import numbers
    from nakhon_dash.measures.asking import Ask
    from nakhon_dash.measures.tables import table
    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.reader import StoreReader
    from nakhon_dash.ui import load

    words = words_of(app(city_url, "resolution", lang="en", period="365d"))
    at, profile = load.moment(), current_profile()
    now, before = load.scopes(View(period="365d"), at, profile)
    found = table("mix_change", Ask(StoreReader(open_store(city_url)), profile, now, at.as_of, compare=before))
    total = found.set_index("group").loc["total", "change"]
    assert f'data-figure="change">{numbers.signed(total * 100, 1)}<' in words
