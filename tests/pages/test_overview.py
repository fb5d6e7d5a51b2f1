"""The overview says true things about any city, also a quiet or an empty one."""

import re

import pytest

from nakhon_dash.i18n import t
from tests.pages.conftest import words_of


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_overview_speaks_both_languages(app, city_url, lang):
    said = words_of(app(city_url, lang=lang))
    hours = t("claim.hours", lang, hours="48")
    assert hours in said
    assert t("frame.synthetic", lang) in said
    assert t("brief.title", lang) in said
    assert len(re.findall(r"<li>", said.split('nk-brief">')[1].split("</ol>")[0])) == 5


@pytest.mark.parametrize("lang", ["th", "en"])
def test_no_words_are_left_unfilled_and_no_code_shows(app, city_url, lang):
    said = re.sub(r"<[^>]+>", " ", words_of(app(city_url, lang=lang)))
    assert not re.search(r"\{[a-z_]+\}", said)
    assert not re.search(r"\b(C\d\d|8001\d\d|None|nan|NaN)\b", said)


@pytest.mark.parametrize(
    "query",
    [
        {"period": "7d"},
        {"period": "365d", "compare": "lastyear"},
        {"period": "all"},
        {"period": "fy"},
        {"zone": "800115", "period": "7d"},
        {"category": "C30", "compare": "none"},
        {"dimension": "ECO"},
        {"department": "AUD"},
        {"period": "2001-01-01..2001-01-31"},
        {"period": "junk", "zone": "nowhere", "lang": "fr", "compare": "'; drop table complaint"},
    ],
    ids=str,
)
def test_any_view_gives_a_page(app, city_url, query):
    said = words_of(app(city_url, **query))
    assert "nk-claim" in said


def test_an_empty_store_says_so_and_draws_no_zero_share(app, empty_url):
    said = words_of(app(empty_url, lang="en"))
    assert t("claim.no_data", "en") in said
    assert "0.0%" not in said
    assert t("frame.synthetic", "en") not in said


def test_a_period_without_cases_claims_nothing_about_waiting(app, city_url):
    said = words_of(app(city_url, lang="en", period="2001-01-01..2001-01-31"))
    assert t("claim.empty", "en") in said
    assert t("brief.wait_empty", "en") in said
    assert t("brief.wait_none", "en") not in said


def test_the_share_on_the_card_is_the_share_of_nakhon_show(app, city_url):
    from nakhon_dash.domain.profile import current_profile
    from nakhon_dash.domain.view import View
    from nakhon_dash.i18n.numbers import percent
    from nakhon_dash.measures import compute
    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.reader import StoreReader
    from nakhon_dash.ui import load

    said = words_of(app(city_url, lang="en", period="90d"))
    at, profile = load.moment(), current_profile()
    scope = load.scopes(View(period="90d"), at, profile)[0]
    found = compute("on_time", StoreReader(open_store(city_url)), profile, scope, at.as_of)
    assert f'data-figure="ontime">{percent(found.value)}<' in said


def test_filters_in_the_address_reach_the_sidebar_and_survive_a_change_of_language(app, city_url):
    page = app(city_url, zone="800101", category="C01,C05", lang="en")
    assert page.multiselect(key="f_zone").value == ["800101"]
    page.segmented_control(key="f_lang").set_value("th").run()
    assert page.multiselect(key="f_category").value == ["C01", "C05"]
    assert page.query_params["zone"] == "800101"
    assert "lang" not in page.query_params
