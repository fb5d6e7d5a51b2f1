"""Months, backlog and oldest cases on the resolution page, in both languages and in views with little to show."""

import re

import pytest

from nakhon_dash.i18n import t
from tests.pages.conftest import words_of

VIEWS = [{"period": "2001-01-01..2001-01-31"}, {"category": "C30", "period": "7d"}, {"period": "all"},
         {"period": "365d", "clock": "working"}, {"zone": "800115", "department": "AUD"}]  # fmt: skip


def text_of(test):
    return re.sub(r"<[^>]+>", " ", words_of(test))


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_cards_speak_both_languages(app, city_url, lang):
    test = app(city_url, "resolution", lang=lang)
    said = text_of(test)
    for key in ("months.title", "flow.title", "oldest.title", "months.share_name"):
        assert t(key, lang) in said
    assert not re.search(r"\{[a-z_]+\}", said)


@pytest.mark.parametrize("query", VIEWS, ids=str)
def test_any_view_gives_sentences_and_no_code(app, city_url, query):
    said = text_of(app(city_url, "resolution", lang="en", **query))
    assert t("flow.title", "en") in said
    assert not re.search(r"\{[a-z_]+\}|\bNone\b|\bnan\b|\b(C\d\d|8001\d\d)\b", said)


def test_an_empty_store_has_nothing_open_and_no_months(app, empty_url):
    said = text_of(app(empty_url, "resolution", lang="en"))
    assert t("oldest.none", "en") in said
    assert t("months.none", "en") in said
    assert t("flow.no_before", "en") in said


def test_the_choice_of_years_survives_a_change_of_language(app, city_url):
    test = app(city_url, "resolution", lang="en")
    test.segmented_control(key="months_grain").set_value("fiscal").run()
    assert t("months.method_years", "en") in text_of(test)
    test.query_params["lang"] = "th"
    test.run()
    assert t("months.method_years", "th") in text_of(test)
    assert [e.value for e in test.exception] == []


def test_the_list_shows_numbers_of_cases_and_no_point(app, city_url):
    said = words_of(app(city_url, "resolution", lang="en"))
    rows = said.split('nk-old">')[1].split("</ul>")[0]
    assert 1 <= rows.count("<li>") <= 10
    assert "SYN-" in rows
    assert not re.search(r"\b(8\.\d{3,}|99\.\d{3,})\b", rows)


def test_the_command_of_a_card_without_a_period_names_no_day(app, city_url):
    commands = [code.value for code in app(city_url, "resolution", lang="en").code if "show oldest" in code.value]
    assert len(commands) == 1
    assert "--from" not in commands[0]
