"""A past day is shown as it was known then, says so, and leads back to now."""

from datetime import UTC, datetime, timedelta

import pytest

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import micros
from nakhon_dash.i18n import dates, t
from nakhon_dash.store import ledger
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.writer import import_complaints
from tests.pages.conftest import words_of
from tests.unit.store.cases import HOUR, File, case

TODAY = datetime.now(UTC).astimezone(current_profile().tz).date()
DAY = TODAY - timedelta(days=10)
ASKED = DAY.isoformat()


@pytest.fixture
def corrected_url(tmp_path, monkeypatch):
    """Twenty cases told before DAY and one on it; three were closed in time, which was told four days after DAY."""
    url = f"sqlite:///{tmp_path / 'corrected.db'}"
    engine = open_store(url, write=True)
    received = micros(datetime.now(UTC) - timedelta(days=14))
    first = [case(f"K{i}", received_at=received, closed_at=None) for i in range(20)]
    late = [one | {"closed_at": received + HOUR, "status": "closed", "outcome": "fixed", "modified_at": received + 9}
            for one in first[:3]]  # fmt: skip
    fresh = [case("L", received_at=micros(datetime.now(UTC) - timedelta(days=10)))]
    for days, records in ((14, first), (10, fresh), (6, late)):
        told_at = micros(datetime.now(UTC) - timedelta(days=days)) + HOUR // 60
        monkeypatch.setattr(ledger, "now", lambda told_at=told_at: told_at)
        import_complaints(engine, File(records))
    engine.dispose()
    return url


def chosen(test):
    found = test.query_params.get("asof", "")
    return found[0] if isinstance(found, list) else found


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("page", ["overview", "resolution", "methods", "data"])
def test_every_page_can_look_back(app, city_url, page, lang):
    test = app(city_url, page, lang=lang, asof=ASKED)
    said = t("known.banner", lang, day=dates.day_medium(DAY, lang))
    assert (said in words_of(test)) == (page != "data")  # what is stored is not a figure of a day


def test_the_card_says_what_that_day_did_not_know(app, corrected_url):
    test = app(corrected_url, "resolution", lang="en", asof=ASKED, period="all")
    said = words_of(test)
    assert "<b>0%</b><small>0 of 20 cases</small>" in said
    assert "<b>15%</b><small>3 of 20 cases</small>" in said
    assert "3 cases closed by then but told later</dt><dd>on time +3 · due 0" in said
    copied = "\n".join(block.value for block in test.code)
    assert "Known that day: 0% (0 of 20 cases). Known today: 15% (3 of 20 cases), because of 3 cases closed" in copied
    assert "nakhon show known" in copied
    assert "--as-known" in copied


def test_without_a_past_day_there_is_no_card_and_no_banner(app, corrected_url):
    said = words_of(app(corrected_url, "resolution", lang="en", period="all"))
    assert t("known.title", "en") not in said
    assert t("known.banner_note", "en") not in said


@pytest.mark.parametrize("day", ["2999-01-01", "1999-01-01", "soon", TODAY.isoformat()])
def test_a_day_that_cannot_be_shown_is_dropped(app, city_url, day):
    assert chosen(app(city_url, "resolution", lang="th", asof=day)) == ""


def test_the_switch_goes_to_yesterday_and_the_button_back_to_now(app, city_url):
    test = app(city_url, "resolution", lang="th")
    test.toggle(key="f_past").set_value(True).run()
    assert chosen(test) == (TODAY - timedelta(days=1)).isoformat()
    test.date_input(key="f_past_day").set_value(DAY).run()
    assert chosen(test) == ASKED
    test.segmented_control(key="f_lang").set_value("en").run()
    assert (chosen(test), test.date_input(key="f_past_day").value) == (ASKED, DAY)
    test.button(key="past_back").click().run()
    assert (chosen(test), test.toggle(key="f_past").value) == ("", False)
    assert [e.value for e in test.exception] == []


def test_an_empty_store_offers_no_past_day(app, empty_url):
    test = app(empty_url, "resolution", lang="en", asof=ASKED)
    assert (chosen(test), [one.key for one in test.toggle]) == ("", [])
