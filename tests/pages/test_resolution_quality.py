"""The card about closing says true things about any view."""

import re

import pytest

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import View
from nakhon_dash.i18n import t
from nakhon_dash.i18n.numbers import share, share_digits
from nakhon_dash.measures import compute
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.ui import load
from tests.pages.conftest import words_of


def card_of(page):
    """What the page says, marks taken out."""
    return re.sub(r"<[^>]+>", " ", words_of(page))


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_card_speaks_both_languages(app, city_url, lang):
    said = card_of(app(city_url, "resolution", lang=lang, period="365d"))
    assert t("metric.clean_close.question", lang) in said
    assert t("quality.cost_rereported", lang) in said
    assert t("quality.row.after_photo", lang) in said
    assert not re.search(r"\{[a-z_]+\}", said)


def test_the_share_is_that_of_nakhon_show_and_the_points_add_up(app, city_url):
    page = app(city_url, "resolution", lang="en", period="365d")
    at, profile = load.moment(), current_profile()
    scope = load.scopes(View(period="365d"), at, profile)[0]
    found = compute("clean_close", StoreReader(open_store(city_url)), profile, scope, at.as_of)
    said = words_of(page)
    value = share(found.value, found.n).rstrip("%")
    assert f'data-figure="quality">{value}<' in said
    label = re.search(rf'aria-label="{t("quality.costs_label", "en", left=value + "%")}: ([^"]*)"', said)
    taken = sum(float(number) for number in re.findall(r"−([\d.]+)", label[1]))
    assert float(value) + taken == pytest.approx(100, abs=10.0 ** -(share_digits(found.n) + 1))


@pytest.mark.parametrize(
    "query",
    [
        {"period": "7d"},
        {"period": "all"},
        {"compare": "none"},
        {"compare": "lastyear", "period": "90d"},
        {"department": "AUD"},
        {"zone": "800115", "period": "7d"},
        {"period": "2001-01-01..2001-01-31"},
    ],
    ids=str,
)
def test_any_view_gives_a_card(app, city_url, query):
    said = card_of(app(city_url, "resolution", lang="en", **query))
    assert t("metric.clean_close.question", "en") in said
    assert not re.search(r"\b(None|nan|NaN|\{[a-z]+\})\b", said)


def test_a_period_without_cases_says_so(app, city_url):
    said = card_of(app(city_url, "resolution", lang="en", period="2001-01-01..2001-01-31"))
    assert t("quality.why_no_cases", "en") in said
    assert t("quality.row.stars_mean", "en") not in said


def test_an_empty_store_has_no_share(app, empty_url):
    said = card_of(app(empty_url, "resolution", lang="en"))
    assert t("quality.why_no_cases", "en") in said
