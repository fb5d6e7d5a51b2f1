"""The layer of new and fading places, and the card that plays the months."""

import pytest

from tests.pages.conftest import words_of


@pytest.mark.parametrize(
    ("lang", "words"), [("th", "จุดสูงเคลื่อนไปอย่างไรตามเวลา"), ("en", "How do high places move over time?")]
)
def test_the_card_and_the_layer_speak_both_languages(app, city_url, lang, words):
    page = app(city_url, "hotspots", lang=lang, layer="emerging")
    assert words in words_of(page)
    assert page.button(key="timeline_play")
    assert page.select_slider(key="timeline_slider").value is not None


def test_a_step_chosen_by_hand_stays_over_a_language_switch(app, city_url):
    page = app(city_url, "hotspots", lang="en")
    last = page.select_slider(key="timeline_slider").value
    page.button(key="timeline_back").click().run()
    assert page.select_slider(key="timeline_slider").value == last - 1
    page.query_params["lang"] = "th"
    page.run()
    assert page.select_slider(key="timeline_slider").value == last - 1


def test_playing_starts_again_from_the_first_step_and_can_be_stopped(app, city_url):
    page = app(city_url, "hotspots", lang="en")
    page.button(key="timeline_play").click().run()
    assert page.button(key="timeline_play").label == "Pause"
    assert page.select_slider(key="timeline_shown").value == 0
    assert page.select_slider(key="timeline_shown").disabled
    page.button(key="timeline_play").click().run()
    assert page.button(key="timeline_play").label == "Play"


def test_counts_hide_cells_with_few_cases(app, city_url):
    page = app(city_url, "hotspots", lang="en", shown="n", every="month")
    assert "fewer than 5" in words_of(page)


def test_an_empty_store_has_a_sentence(app, empty_url):
    page = app(empty_url, "hotspots", lang="en", layer="emerging")
    assert "No whole month or week to show yet" in words_of(page)
    assert "Too short a history" in words_of(page)


def test_a_filter_that_leaves_few_cases_claims_nothing(app, city_url):
    page = app(city_url, "hotspots", lang="en", layer="emerging", category="C29")
    assert "Too few cases to say what is new or fading" in words_of(page)


@pytest.mark.parametrize("query", [{"every": "week"}, {"size": "8"}, {"period": "lastfy"}, {"period": "all"},
                                   {"repeats": "all"}, {"department": "PH"}])  # fmt: skip
def test_every_choice_has_a_layer_and_a_card(app, city_url, query):
    page = app(city_url, "hotspots", lang="en", layer="emerging", **query)
    said = words_of(page)
    assert "weeks to" in said or "months to" in said or "Too short a history" in said
