"""The early-warning card: what it finds, what it writes, what people decide, and what a replay says."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from nakhon_dash import demo
from nakhon_dash.domain.profile import current_profile
from nakhon_dash.store import alerts
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.schema import alert_log
from tests.pages.conftest import words_of

FLOOD = {"category": "C01", "zone": "800101", "observed": 20, "expected": 4.5, "upper": 9.0, "p": 1e-6, "q": 1e-4,
         "tier": "alert"}  # fmt: skip


@pytest.fixture
def logged(city_url):
    """One logged alert of last year, taken out again afterwards."""
    engine = open_store(city_url, write=True)
    alerts.log(engine, 19_000, "farrington", [FLOOD], as_of=1, synthetic=True)
    with engine.connect() as connection:
        number = connection.execute(sa.select(alert_log.c.id)).scalar_one()
    yield engine, number
    alerts.remove_synthetic(engine)
    engine.dispose()


def outcome_of(engine):
    with engine.connect() as connection:
        return tuple(connection.execute(sa.select(alert_log.c.outcome, alert_log.c.note)).one())


@pytest.mark.parametrize(("lang", "words"), [("th", ("สัปดาห์นี้มีอะไรผิดปกติ", "ยังไม่มีการเตือนในสมุดบันทึก")),
                                             ("en", ("What is unusual this week?", "No warning has been logged yet"))])
def test_the_card_says_what_it_found_in_both_languages(app, city_url, lang, words):
    said = words_of(app(city_url, "resolution", lang=lang))
    assert all(one in said for one in words)


def test_an_empty_store_makes_no_claim(app, empty_url):
    said = words_of(app(empty_url, "resolution", lang="en"))
    assert "less than 9 weeks of data" in said
    assert "Replay 52 weeks" not in said


def test_the_replay_runs_when_it_is_asked_for(app, city_url):
    test: AppTest = app(city_url, "resolution", lang="en")
    assert "weeks replayed" not in words_of(test)
    test.button("warning_replay").click().run()
    assert "weeks replayed" in words_of(test)


def test_a_decision_is_stored_and_outlives_a_change_of_language(app, city_url, logged):
    engine, number = logged
    test: AppTest = app(city_url, "resolution", lang="en")
    assert "1 logged, none decided" in words_of(test)
    test.selectbox(f"warning_{number}").select("real").run()
    assert outcome_of(engine) == ("real", None)
    test.selectbox(f"warning_{number}_note").select("weather").run()
    assert outcome_of(engine) == ("real", "weather")
    assert "of 1 decided, 1 real" in words_of(test)
    test.query_params["lang"] = "th"
    test.run()
    assert "ใน 1 ครั้งที่ตรวจแล้ว เกิดจริง 1" in words_of(test)
    assert outcome_of(engine) == ("real", "weather")
    test.selectbox(f"warning_{number}").select("open").run()
    assert outcome_of(engine) == (None, None)


def test_the_overview_and_the_card_tell_of_the_same_week(app, city_url):
    card, overview = words_of(app(city_url, "resolution", lang="en")), words_of(app(city_url, lang="en"))
    alert = '<span class="nk-tag nk-al">alert</span>'
    assert (alert in card) is (alert in overview)


def test_a_filter_that_leaves_few_cases_is_told_plainly(app, city_url):
    said = words_of(app(city_url, "resolution", lang="en", category="C30", zone="800103"))
    assert "no category in any zone has enough cases to be judged" in said


def test_half_a_year_is_judged_by_the_weeks_before_and_the_city_by_its_days(app, tmp_path):
    url = f"sqlite:///{tmp_path / 'young.db'}"
    engine = open_store(url, write=True)
    demo.load(engine, current_profile(), cases=2_000, years=0.5, seed=3, end=datetime.now(UTC))
    engine.dispose()
    said = words_of(app(url, "resolution", lang="en"))
    assert "Less than a year of history" in said
    assert "The whole city" in said
