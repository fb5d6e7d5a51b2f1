"""The staffing question on the page: asked on demand, answered or refused in words, kept over a change of language."""

import pytest

from nakhon_dash.i18n import t
from tests.pages.conftest import words_of


def button(test):
    return next(b for b in test.button if b.key == "staffing_play")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_nothing_is_played_until_asked(app, city_url, lang):
    said = words_of(app(city_url, "resolution", lang=lang))
    assert t("staffing.title", lang) in said
    assert t("staffing.none", lang) in said or t("staffing.ask", lang, runs=200) in said


def test_an_empty_store_offers_no_game(app, empty_url):
    test = app(empty_url, "resolution", lang="en")
    assert t("staffing.none", "en") in words_of(test)
    assert [b for b in test.button if b.key == "staffing_play"] == []


def test_the_answer_is_checked_or_refused_and_stays_when_the_language_changes(app, busy_url):
    test = app(busy_url, "resolution", lang="th")
    button(test).click().run()
    assert [e.value for e in test.exception] == []
    assert t("staffing.check", "th") in words_of(test)
    test.query_params["lang"] = "en"
    test.run()
    said = words_of(test)
    assert t("staffing.check", "en") in said
    assert t("staffing.assumes", "en") in said
    test.number_input(key="staffing_weekday").set_value(2).run()
    assert t("staffing.ask", "en", runs=200) in words_of(test)


def test_no_crew_more_is_no_question(app, busy_url):
    test = app(busy_url, "resolution", lang="en")
    test.number_input(key="staffing_weekend").set_value(0).run()
    assert button(test).disabled


@pytest.fixture(scope="module")
def busy_url(tmp_path_factory):
    """Half a year of one busy division."""
    from datetime import UTC, datetime

    from nakhon_dash import demo
    from nakhon_dash.domain.profile import current_profile
    from nakhon_dash.store.engine import open_store

    url = f"sqlite:///{tmp_path_factory.mktemp('busy') / 'city.db'}"
    engine = open_store(url, write=True)
    demo.load(engine, current_profile(), cases=4_000, years=1, seed=4, end=datetime.now(UTC))
    engine.dispose()
    return url
