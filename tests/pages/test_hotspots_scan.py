"""The scan card and its layer: no claim before a scan, one run for all, cancel, and what was kept, by its age."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import Scope, micros
from nakhon_dash.measures import scanning
from nakhon_dash.measures.scanning import Setting, save, search
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.schema import scan_result
from nakhon_dash.ui.hotspots import scan_run
from tests.pages.conftest import words_of


@pytest.fixture
def store(city_url):
    """The city's store without results of scans, before and after."""
    engine = open_store(city_url, write=True)
    clear = sa.delete(scan_result)
    scan_run._KNOWN.clear()
    yield engine
    for run in scan_run._KNOWN.values():
        run.stop.set()
        assert run.ended.wait(60)
    with engine.begin() as connection:
        connection.execute(clear)
    engine.dispose()


def kept(engine, model="permutation", runs=19, scope=None, days_ago=0):
    moment = micros(datetime.now(UTC)) - days_ago * 86_400_000_000 - 60_000_000
    scope = scope or Scope()
    result = search(StoreReader(engine), current_profile(), scope, moment, Setting(model, runs=runs))
    save(engine, result, scope)
    return result


def stored(engine):
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(scan_result)).scalar_one()


@pytest.mark.parametrize(("lang", "words"), [("th", "ยังไม่เคยค้นหาด้วยตัวกรองนี้"), ("en", "have not been scanned yet")])
def test_nothing_is_claimed_before_a_scan(app, city_url, store, lang, words):
    test: AppTest = app(city_url, "hotspots", lang=lang)
    assert words in words_of(test)
    assert test.button("scan_start").label in ("ค้นหา", "Scan")


@pytest.mark.parametrize("model", scanning.MODELS)
@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_kept_result_is_shown_with_its_age(app, city_url, store, model, lang):
    result = kept(store, model)
    said = words_of(app(city_url, "hotspots", lang=lang, scan=model, layer="scan"))
    assert {"th": "ผลจากข้อมูลถึง", "en": "Result from data up to"}[lang] in said
    assert f"{result.cases:,}" in said
    assert ("p = " in said or "p ไม่เกิน" in said or "p of at most" in said) is (model == "poisson")


def test_a_result_of_other_filters_is_not_shown(app, city_url, store):
    kept(store)
    assert "have not been scanned yet" in words_of(app(city_url, "hotspots", lang="en", category="C01"))


def test_an_old_result_says_how_far_behind_it_is(app, city_url, store):
    kept(store, days_ago=3)
    assert "3 days behind this page" in words_of(app(city_url, "hotspots", lang="en"))


def test_pressed_twice_one_scan_runs_and_its_result_is_kept_once(app, city_url, store):
    test: AppTest = app(city_url, "hotspots", lang="en")
    with scan_run._TURN:  # the thread waits, so that both presses meet it at work
        test.button("scan_start").click().run()
        (run,) = scan_run._KNOWN.values()
        again = scan_run.start(store, current_profile(), Scope(), 0, Setting())
        assert again is run
        test.run()
        assert "scan_stop" in [button.key for button in test.button]
    assert run.ended.wait(120)
    assert (run.outcome, stored(store)) == ("done", 1)
    assert "Result from data up to" in words_of(test.run())


def test_a_stopped_scan_leaves_nothing(app, city_url, store):
    test: AppTest = app(city_url, "hotspots", lang="en")
    with scan_run._TURN:
        test.button("scan_start").click().run()
        test.button("scan_stop").click().run()
    (run,) = scan_run._KNOWN.values()
    assert run.ended.wait(60)
    assert (run.outcome, stored(store)) == ("stopped", 0)
    test.query_params["lang"] = "th"
    assert "หยุดแล้ว ไม่มีผลใหม่" in words_of(test.run())


def test_a_scan_that_fails_says_so_and_leaves_nothing(app, city_url, store, monkeypatch):
    def broken(*_args):
        raise RuntimeError("no room")

    monkeypatch.setattr(scan_run, "search", broken)
    test: AppTest = app(city_url, "hotspots", lang="en")
    test.button("scan_start").click().run()
    (run,) = scan_run._KNOWN.values()
    assert run.ended.wait(60)
    assert (run.outcome, stored(store)) == ("failed", 0)
    assert "The scan failed" in words_of(test.run())


@pytest.mark.parametrize("query", [{}, {"layer": "scan"}, {"layer": "scan", "scan": "poisson", "period": "all"}])
def test_an_empty_store_makes_no_claim(app, empty_url, query):
    assert "have not been scanned yet" in words_of(app(empty_url, "hotspots", lang="en", **query))


def test_few_cases_are_told_plainly(app, city_url, store):
    kept(store, scope=Scope(category=("C30",), zone=("800103",)))
    said = words_of(app(city_url, "hotspots", lang="en", category="C30", zone="800103", layer="scan"))
    assert "nothing was looked for" in said


def test_a_look_at_a_past_day_starts_nothing(app, city_url, store):
    test: AppTest = app(city_url, "hotspots", lang="en", asof="2026-01-05")
    assert "scan_start" not in [button.key for button in test.button]


def test_the_choice_of_the_question_outlives_a_change_of_language(app, city_url, store):
    kept(store, "poisson")
    test: AppTest = app(city_url, "hotspots", lang="en")
    test.button_group("scan_model").set_value("poisson").run()
    assert "lead to expect" in words_of(test)
    test.query_params["lang"] = "th"
    assert "ผลจากข้อมูลถึง" in words_of(test.run())
