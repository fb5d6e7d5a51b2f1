"""The weekend card claims what its interval allows, in both languages, on both clocks, for any view."""

import re

import pytest

from nakhon_dash.i18n import t
from tests.pages.conftest import words_of


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("clock", ["calendar", "working"])
def test_the_card_speaks_both_languages_on_both_clocks(app, city_url, lang, clock):
    said = words_of(app(city_url, "resolution", lang=lang, clock=clock, period="all"))
    assert t("metric.weekend_penalty.question", lang) in said
    assert "nk-week" in said
    assert t("weekend.source_office" if clock == "working" else "weekend.source", lang) in said
    assert not re.search(r"\{[a-z_]+\}|\bnan\b|\bNone\b", said)


@pytest.mark.parametrize(
    "query",
    [
        {"period": "7d"},
        {"period": "2001-01-01..2001-01-31"},
        {"department": "AUD", "period": "7d"},
        {"zone": "800115", "category": "C30"},
        {"period": "30d", "compare": "none", "clock": "working"},
    ],
    ids=str,
)
def test_any_view_gives_a_card_without_a_false_claim(app, city_url, query):
    said = words_of(app(city_url, "resolution", lang="en", **query))
    assert t("metric.weekend_penalty.question", "en") in said
    assert not re.search(r"\bnan\b|\bNone\b", said)


def test_an_empty_store_claims_nothing_about_weekends(app, empty_url):
    said = words_of(app(empty_url, "resolution", lang="en"))
    assert t("unknown.no_cases", "en") in said
    assert "nk-week" not in said
    assert all(t(f"weekend.{claim}", "en") not in said for claim in ("longer", "shorter", "unclear"))


def test_the_cells_show_the_share_on_time_when_asked_and_keep_it_over_a_language(app, city_url):
    test = app(city_url, "resolution", lang="en", period="all")
    test.button_group(key="weekend_shown").set_value("on_time").run()
    test.query_params["lang"] = "th"
    test.run()
    assert [e.value for e in test.exception] == []
    assert test.button_group(key="weekend_shown").value == "on_time"
    head = words_of(test).split("18:00")[1][:60]
    assert t("weekend.end_on_time", "th") in head


def test_the_clock_stands_in_the_sidebar_and_in_the_address(app, city_url):
    test = app(city_url, "resolution", lang="en")
    assert test.selectbox(key="f_clock").label == t("filter.clock", "en")
    test.selectbox(key="f_clock").set_value("working").run()
    assert test.query_params["clock"] == "working"
    assert t("weekend.source_office", "en") in words_of(test)
    test.button(key="clear_filters").click().run()
    assert "clock" not in test.query_params


@pytest.mark.parametrize("page", ["", "resolution"])
def test_the_claim_is_the_same_on_both_clocks(app, city_url, page):
    claims = [words_of(app(city_url, page, lang="en", clock=clock)).split("nk-claim")[1].split("</h1>")[0]
              for clock in ("calendar", "working")]  # fmt: skip
    assert claims[0] == claims[1]
