"""Places that are not heard: silence beside people, never beside fields; repeats make no place loud."""

import numpy as np
import pytest

from nakhon_dash.domain import geography
from nakhon_dash.domain.view import Scope, day_no, moment_of
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.quiet import quiet
from nakhon_dash.measures.tables import table
from tests.unit.measures.city import EVERYTHING, START, at, case, fill

CENTRES = geography.label_points()
DAY = day_no(moment_of(START).date())
YEAR = Scope(DAY, DAY + 363)


def spread(numbers, repeats=None, seed=3):
    """Troubles of each zone over the year, with so many reports each; places apart, so that no trouble is another's."""
    random, rows = np.random.default_rng(seed), []
    for zone, n in numbers.items():
        lon, lat = CENTRES[zone]
        for i, hour in enumerate(random.uniform(0, 24 * 363, n)):
            for again in range((repeats or {}).get(zone, 1)):
                place = {"lat": lat + (i % 40) * 5e-5, "lon": lon + (i // 40) * 5e-5}
                rows.append(case(hour + again / 10, hour + 0.3, zone=zone, **place))
    return rows


@pytest.fixture
def asked(sqlite_store, profile):
    return lambda rows, scope=YEAR: Ask(fill(sqlite_store, *rows), profile, scope, at(24 * 364))


@pytest.fixture
def even(profile):
    """Troubles by zone as many as its people lead one to expect."""
    return {zone.code: round(zone.latest_population[1] / 100) for zone in profile.zone}


def test_a_city_as_expected_has_no_quiet_zone(asked, even):
    found = quiet(asked(spread(even)))
    assert (found.quietest, found.quiet, found.reason) == (None, 0, "")
    assert found.expected.sum() == found.troubles.sum()


def test_a_zone_heard_half_as_often_is_found_with_its_interval(asked, even):
    found = quiet(asked(spread(even | {"800118": even["800118"] // 2})))
    place = found.quietest
    assert found.places[place] == "800118"
    assert found.found.low[place] < found.found.ratio[place] < found.found.high[place] < 1
    assert found.verdict[place] == "quiet_far"
    assert found.quiet == 1


def test_many_cases_make_a_small_lack_sure_but_not_large(asked, even):
    many = {zone: 5 * n for zone, n in even.items()}
    found = quiet(asked(spread(many | {"800118": round(many["800118"] * 0.87)})))
    assert found.verdict[found.places.index("800118")] == "quiet"


def test_a_place_that_tells_everything_three_times_is_not_three_times_the_trouble(asked, even):
    found = quiet(asked(spread(even, {"800101": 3})))
    loud = found.places.index("800101")
    assert found.reports[loud] > 2.5 * found.troubles[loud]
    assert found.troubles.sum() == pytest.approx(sum(even.values()), rel=0.05)
    assert found.quiet == 0
    assert found.repeats(loud)[0] > 0.6


def test_repeats_say_whether_silence_may_be_untold_trouble(asked, even):
    half = even | {"800118": even["800118"] // 2}
    found = quiet(asked(spread(half, {"800101": 2, "800102": 2, "800103": 2})))
    assert found.told(found.quietest) == "less"
    rows = table("quiet", asked([]), "zone").set_index("zone")
    assert rows.loc["800118", "told"] == "less"
    assert rows.loc["800118", "repeats"] < rows.loc["800118", "repeats_rest"]


def test_clumps_of_reports_make_the_interval_wider(asked, even):
    lon, lat = CENTRES["800103"]
    burst = [case(500 + i / 99, 900, zone="800103", source_id=f"B-{i}",
                  lat=lat - i // 20 * 6e-4, lon=lon - i % 20 * 6e-4)
             for i in range(240)]  # fmt: skip
    plain = quiet(asked(spread(even)))
    clumped = quiet(asked(burst))
    assert plain.dispersion == pytest.approx(1, abs=0.35)
    assert clumped.dispersion > 1.5
    width = [(found.found.high - found.found.low)[0] for found in (plain, clumped)]
    assert width[1] > width[0]


def test_cells_without_people_are_not_judged(asked, even, monkeypatch):
    def people_of(ask, cells, res, of_zone):
        return np.r_[0, np.ones(len(cells) - 1)]

    monkeypatch.setattr("nakhon_dash.measures.quiet.people_of", people_of)
    found = quiet(asked(spread(even)), "cell")
    assert found.verdict[0] == "empty"
    assert np.isnan(found.found.q[0])


@pytest.mark.parametrize(("rows", "scope", "reason"), [
    ([], EVERYTHING, "few"), (spread({"800101": 5}), YEAR, "few"),
    (spread({"800101": 60}), Scope(DAY, DAY + 363, zone=("800101",)), "few"),
])  # fmt: skip
def test_few_cases_or_one_place_have_no_quiet_place(asked, rows, scope, reason):
    found = quiet(asked(rows, scope))
    assert (found.reason, found.quietest) == (reason, None)


def test_what_a_few_cases_would_give_away_is_missing(asked, even):
    rows = table("quiet", asked(spread(even | {"800115": 3})), "zone").set_index("zone")
    assert rows.loc["800115", ["troubles", "reports", "ratio", "low", "high", "repeats"]].isna().all()
    assert rows.loc["800115", "expected"] > 0


def test_a_short_view_does_not_pretend_to_know_the_scatter(asked, even):
    assert quiet(asked(spread(even), Scope(DAY, DAY + 4))).dispersion is None
