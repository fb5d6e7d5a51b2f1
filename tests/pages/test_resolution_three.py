"""The lead card of the resolution page: three figures from one list, and no claim that the view does not bear."""

import re

import pytest

from nakhon_dash.i18n import t
from tests.pages.conftest import words_of


def card(said):
    return said.split('class="nk-bridge"')[1] if 'class="nk-bridge"' in said else ""


@pytest.mark.parametrize("lang", ["th", "en"])
def test_three_ways_to_count_stand_beside_each_other(app, city_url, lang):
    said = words_of(app(city_url, "resolution", lang=lang, period="365d"))
    assert t("three.title", lang) in said
    for step in ("closed_only", "with_overdue", "matured"):
        assert t(f"bridge.{step}", lang) in card(said)
    shown = [float(value) for value in re.findall(r'nk-v">([\d.]+)%', card(said))]
    assert len(shown) == 3
    assert shown == sorted(shown, reverse=True)


@pytest.mark.parametrize("query", [{"period": "2001-01-01..2001-01-31"}, {"category": "C30", "period": "7d"},
                                   {"period": "all"}, {"department": "AUD", "compare": "none"}], ids=str)  # fmt: skip
def test_any_view_says_something_true(app, city_url, query):
    said = re.sub(r"<[^>]+>", " ", words_of(app(city_url, "resolution", lang="en", **query)))
    assert t("three.title", "en") in said
    assert not re.search(r"\{[a-z_]+\}|\bNone\b|\bnan\b", said)


def test_an_empty_store_draws_no_bar(app, empty_url):
    said = words_of(app(empty_url, "resolution", lang="en"))
    assert card(said) == ""
    assert t("three.none_due", "en") in said
