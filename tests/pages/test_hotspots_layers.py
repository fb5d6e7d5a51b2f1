"""The layers of rates, Moran clusters, density and quiet zones, as the page shows them."""

import json
import re

import pytest

from nakhon_dash.i18n import t
from tests.pages.conftest import words_of

MINE = ("rates", "moran", "density", "quiet")
MOST_BYTES = 300_000
VIEWS = [{"period": "2001-01-01..2001-01-31"}, {"period": "7d", "category": "C30"}, {"period": "all"},
         {"period": "365d", "zone": "800115"}, {"period": "365d", "department": "PH", "repeats": "all"},
         {"period": "365d", "rate_by": "zone", "quiet_by": "cell", "bandwidth": "150"}]  # fmt: skip


def text_of(test):
    return re.sub(r"<[^>]+>", " ", words_of(test))


def deck_of(test):
    found = test.get("deck_gl_json_chart")[0].proto.json
    assert len(found.encode()) < MOST_BYTES
    return {layer["id"]: layer for layer in json.loads(found)["layers"]}


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("layer", MINE)
def test_a_layer_says_what_it_shows_and_does_not(app, city_url, layer, lang):
    test = app(city_url, "hotspots", lang=lang, period="all", layer=layer)
    said = text_of(test)
    shows = {"rates": "shows_residents"}.get(layer, "shows")
    hides = {"rates": "hides_cell", "quiet": "hides_zone"}.get(layer, "hides")
    assert t(f"{layer}.{shows}", lang) in said
    assert t(f"{layer}.{hides}", lang) in said
    assert not re.search(r"\{[a-z_]+\}|\bNone\b|\bnan\b", said)


@pytest.mark.parametrize("layer", MINE)
@pytest.mark.parametrize("query", VIEWS, ids=str)
def test_any_view_has_a_map_and_a_sentence(app, city_url, query, layer):
    test = app(city_url, "hotspots", lang="en", layer=layer, **query)
    said = text_of(test)
    assert not re.search(r"\{[a-z_]+\}|\bNone\b|\bnan\b|\b8001\d\d\b", said)
    deck = json.dumps(deck_of(test))
    assert "nan" not in deck
    assert "NaN" not in deck


@pytest.mark.parametrize("layer", MINE)
def test_an_empty_store_claims_nothing(app, empty_url, layer):
    test = app(empty_url, "hotspots", lang="en", layer=layer)
    says = {"rates": "counts.nothing", "density": "counts.nothing", "quiet": "quiet.few"}
    expected = t(says[layer], "en") if layer in says else t("moran.too_few", "en", cases=30, cells=10)
    assert expected in text_of(test)


def test_friends_by_zone_are_not_invented(app, city_url):
    test = app(city_url, "hotspots", lang="en", layer="rates", per="friends")
    assert t("rates.no_friends", "en") in text_of(test)
    deck = deck_of(test)
    assert [layer["id"] for name, layer in deck.items() if name in ("cells", "edge", "shapes") and layer["data"]] == []


def test_density_is_drawn_as_areas_and_called_no_verdict(app, city_url):
    deck = deck_of(app(city_url, "hotspots", lang="en", layer="density", period="all"))
    assert 1 < len(deck["shapes"]["data"]) <= 4_000
    assert all("not significance" in row["tip"] for row in deck["shapes"]["data"])


def test_a_choice_survives_the_language(app, city_url):
    test = app(city_url, "hotspots", lang="en", layer="density", period="all", bandwidth="400")
    assert "Gaussian kernel, 400 m" in text_of(test)
    test.query_params["lang"] = "th"
    test.run()
    assert test.query_params["bandwidth"] in ("400", ["400"])
