"""The Methods page explains every figure of the registry, in both languages, with its value in the reader's view."""

import re

import pytest

from nakhon_dash.domain.metrics import METRICS
from nakhon_dash.domain.tables import TABLES
from nakhon_dash.i18n import t
from nakhon_dash.ui.methods import matches
from nakhon_dash.ui.methods_rules import SECTIONS
from tests.pages.conftest import words_of


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_figure_is_explained(app, city_url, lang):
    said = words_of(app(city_url, "methods", lang=lang))
    for metric in METRICS:
        assert f'id="{metric}"' in said
        for part in ("name", "question", "definition"):
            assert t(f"metric.{metric}.{part}", lang).split("<")[0].split("&")[0] in said
    for table in TABLES:
        assert f'id="{table}"' in said
    for name in SECTIONS:
        assert t(f"methods.{name}.title", lang) in said


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_empty_city_says_unknown_and_never_zero(app, empty_url, lang):
    said = words_of(app(empty_url, "methods", lang=lang))
    assert t("unknown.no_cases", lang) in said
    assert not re.search(r'data-figure="on_time"', said)


def test_no_words_are_left_unfilled(app, city_url):
    said = re.sub(r"<[^>]+>", " ", words_of(app(city_url, "methods", lang="en")))
    assert not re.search(r"\{[a-z_]+\}", said)


def test_each_figure_has_the_command_that_prints_it(app, city_url):
    test = app(city_url, "methods", lang="en")
    commands = [code.value for code in test.code]
    assert [command.split()[2] for command in commands] == [*METRICS, *TABLES]
    assert all("--as-of" in command for command in commands)


def test_the_search_finds_words_of_either_language(app, city_url):
    test = app(city_url, "methods", lang="en")
    test.text_input(key="methods_words").set_value("มัธยฐาน").run()
    said = words_of(test)
    assert 'id="median_hours"' in said
    assert 'id="reach"' not in said


def test_a_search_without_a_find_says_so_and_runs_no_markup(app, city_url):
    test = app(city_url, "methods", lang="en")
    test.text_input(key="methods_words").set_value("<b>zzz").run()
    assert "&lt;b&gt;zzz" in words_of(test)


def test_a_search_matches_every_word():
    assert matches("metric.on_time", "promise WILSON", "on_time") is False
    assert matches("metric.on_time", "promise due", "on_time")
    assert matches("metric.on_time", "", "on_time")


def test_published_values_name_their_source(app, city_url):
    said = words_of(app(city_url, "methods", lang="en"))
    assert "99,918 people" in said
    assert "31 Mar 2025" in said
