"""The sentence of the zones layer claims a difference only where intervals are apart."""

from types import SimpleNamespace

from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.i18n import t
from nakhon_dash.measures.cell_counts import ZoneCount
from nakhon_dash.ui.hotspots.layers import zones

PROFILE = read_profile(ROOT / "data" / "city.toml")
PAGE = SimpleNamespace(lang="en", profile=PROFILE, t=lambda key, **values: t(key, "en", **values))


def said(*rows):
    return zones._finding(PAGE, [ZoneCount(code, 10, few, 1000, *rate) for code, few, *rate in rows], "rate")


def test_the_lowest_zone_may_be_uncertain_while_another_is_lower_beyond_doubt():
    words = said(("800101", False, 136, 130, 141), ("800102", False, 119, 114, 125), ("800103", False, 112, 94, 133))
    assert "beyond doubt more than" in words
    assert "119.0" in words


def test_overlapping_zones_do_not_differ():
    words = said(("800101", False, 136, 120, 141), ("800102", False, 119, 114, 125))
    assert "do not differ beyond doubt" in words


def test_zones_with_few_cases_are_not_compared():
    words = said(("800101", False, 136, 120, 141), ("800102", True, None, None, None))
    assert "do not differ beyond doubt" in words
    assert said(("800102", True, None, None, None)) == t("counts.nothing", "en")
