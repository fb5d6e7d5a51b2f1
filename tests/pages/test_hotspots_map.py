"""The map and the frame of the hotspots page: any view gives a sentence and a map, choices survive a language."""

import json
import re

import h3
import pytest

from nakhon_dash.domain import geography
from nakhon_dash.i18n import t
from nakhon_dash.ui.hotspots.layers import LAYERS
from tests.pages.conftest import words_of

VIEWS = [{"period": "2001-01-01..2001-01-31"}, {"period": "7d", "category": "C30"}, {"period": "all"},
         {"period": "365d", "zone": "800115"}, {"compare": "none", "category": "C01,C02"}]  # fmt: skip
COUNTING = ("counts", "zones")


def text_of(test):
    return re.sub(r"<[^>]+>", " ", words_of(test))


def deck_of(test):
    found = test.get("deck_gl_json_chart")[0]
    return {layer["id"]: layer for layer in json.loads(found.proto.json)["layers"]}


def address(test, name):
    value = test.query_params[name]
    return value if isinstance(value, str) else value[0]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_page_says_what_the_layer_shows_and_what_not(app, city_url, lang):
    test = app(city_url, "hotspots", lang=lang, period="365d", layer="counts")
    said = text_of(test)
    for key in ("hotmap.title", "hotmap.shows", "counts.hides", "hotmap.credit", "hotmap.north"):
        assert t(key, lang) in said
    assert not re.search(r"\{[a-z_]+\}", said)


@pytest.mark.parametrize("layer", COUNTING)
@pytest.mark.parametrize("query", VIEWS, ids=str)
def test_any_view_gives_a_claim_and_a_map_and_no_code(app, city_url, query, layer):
    test = app(city_url, "hotspots", lang="en", layer=layer, **query)
    said = text_of(test)
    assert "nk-claim" in words_of(test)
    assert not re.search(r"\{[a-z_]+\}|\bNone\b|\bnan\b|\b(C\d\d|8001\d\d)\b", said)
    assert deck_of(test)["outline"]["data"].startswith("app/static/geo/municipality")


@pytest.mark.parametrize("layer", COUNTING)
def test_an_empty_store_says_so_and_has_a_map_without_numbers(app, empty_url, layer):
    test = app(empty_url, "hotspots", lang="en", layer=layer)
    assert t("counts.nothing", "en") in text_of(test)
    assert t("claim.no_data", "en") in text_of(test)


def test_few_cases_are_neither_judged_nor_told(app, city_url):
    said = text_of(app(city_url, "hotspots", lang="en", layer="counts", cells="10", period="7d", zone="800115"))
    assert t("hotclaim.few", "en", what="") in said or t("claim.empty", "en") in said


def test_the_map_holds_cells_and_no_case(app, city_url):
    test = app(city_url, "hotspots", lang="en", period="365d", layer="counts", cells="9")
    made = deck_of(test)
    told = {row["h3"] for name in ("cells-0", "edge-0") for row in made[name]["data"]}
    assert told == {h3.int_to_str(cell) for cell in geography.cells(9)}
    assert set(made["cells-0"]["data"][0]) == {"h3", "k", "tip"}
    assert len(test.get("deck_gl_json_chart")[0].proto.json.encode()) <= 300_000


def test_layer_spot_and_size_survive_a_change_of_language(app, city_url):
    cell = h3.int_to_str(geography.cells(9)[100])
    test = app(city_url, "hotspots", lang="en", period="365d", layer="counts", cells="9", spot=cell)
    assert len(deck_of(test)["clusters"]["data"]["features"]) == 1
    test.query_params["lang"] = "th"
    test.run()
    assert [e.value for e in test.exception] == []
    assert t("counts.shows", "th") in text_of(test)
    assert len(deck_of(test)["clusters"]["data"]["features"]) == 1
    assert (address(test, "spot"), address(test, "cells")) == (cell, "9")


def test_the_switch_changes_the_layer_and_the_address(app, city_url):
    test = app(city_url, "hotspots", lang="en", period="365d", layer="counts")
    test.segmented_control(key="hot_layer").set_value("zones").run()
    assert t("zones.hides_rate", "en") in text_of(test)
    assert address(test, "layer") == "zones"
    test.segmented_control(key="hot_unit").set_value("n").run()
    assert t("zones.hides_n", "en") in text_of(test)


def test_a_layer_or_spot_that_does_not_exist_is_dropped(app, city_url):
    test = app(city_url, "hotspots", lang="en", layer="nonsense", spot="<b>", cells="77")
    assert "<b>" not in str(test.query_params.get("spot", ""))
    assert test.session_state["own_layer"] in LAYERS


def test_the_sentence_of_the_zones_names_one_that_is_beyond_doubt_lower_or_says_that_none_is(app, city_url):
    test = app(city_url, "hotspots", lang="en", layer="zones", unit="rate", period="all")
    words = text_of(test)
    assert ("beyond doubt more than" in words) != ("do not differ beyond doubt" in words)
