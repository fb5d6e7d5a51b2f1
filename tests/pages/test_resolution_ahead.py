"""The board of cases due soon: true in any view, its choices survive a change of language."""

import re

import pytest

from nakhon_dash.i18n import t
from tests.pages.conftest import words_of


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_board_and_its_proof_speak_both_languages(app, city_url, lang):
    said = words_of(app(city_url, "resolution", lang=lang))
    assert t("foretold.title", lang) in said
    assert t("board.title", lang) in said
    assert not re.search(r"\{[a-z_]+\}", re.sub(r"<[^>]+>", " ", said))


@pytest.mark.parametrize(
    "query",
    [
        {"period": "2001-01-01..2001-01-31"},
        {"department": "AUD"},
        {"zone": "800115", "category": "C30"},
        {"compare": "none", "period": "all"},
        {"clock": "working"},
    ],
    ids=str,
)
def test_any_view_has_a_board_or_says_that_nothing_is_due(app, city_url, query):
    said = words_of(app(city_url, "resolution", lang="en", **query))
    assert t("board.none", "en", hours=24) in said or t("board.unit", "en") in said


def test_an_empty_store_promises_nothing(app, empty_url):
    said = words_of(app(empty_url, "resolution", lang="en"))
    assert t("board.none", "en", hours=24) in said
    assert t("foretold.none", "en") in said
    assert "Brier" not in said


def test_the_chosen_hours_stay_when_the_language_changes(app, city_url):
    test = app(city_url, "resolution", lang="th")
    choice = next(w for w in test.button_group if w.key == "board_hours")
    choice.set_value(12).run()
    test.query_params["lang"] = "en"
    test.run()
    assert test.session_state["board_hours"] == 12
    assert "12 h ahead" in words_of(test) or t("foretold.none", "en") in words_of(test)
