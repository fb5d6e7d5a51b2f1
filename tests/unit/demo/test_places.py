"""Where the synthetic cases lie, and the faults of their pins."""

import pytest

from nakhon_dash.domain import geography


def count_by_cell(rows):
    return rows["h3_9"].value_counts().reindex(geography.cells(9), fill_value=0)


def flagged(cases, flag):
    return cases["flags"].str.split().map(lambda flags: flag in flags)


def test_three_in_100_have_no_position(cases):
    lost = flagged(cases, "no_location")
    assert lost.mean() == pytest.approx(0.03, abs=0.004)
    assert cases["lat"].isna().equals(lost)
    assert 0.6 < cases.loc[lost, "zone"].notna().mean() < 0.9


def test_one_placeholder_pin_repeats_and_is_not_mapped(cases):
    pin = cases[flagged(cases, "placeholder_location")]
    assert len(pin) / len(cases) == pytest.approx(0.006, abs=0.0015)
    assert len(pin[["lat", "lon"]].drop_duplicates()) == 1
    assert pin["h3_9"].isna().all()


def test_points_outside_the_municipality_are_flagged_and_have_no_zone(cases):
    known = cases[cases["lat"].notna()]
    inside = geography.inside(known["lon"], known["lat"])
    assert (~inside == flagged(known, "outside_municipality")).all()
    assert 0.01 < (~inside).mean() < 0.02
    assert known.loc[~inside, "zone"].isna().all()
    assert known.loc[inside, "zone"].notna().all()


def test_zones_report_by_their_people(cases, profile):
    shares = cases["zone"].value_counts(normalize=True)
    people = {code: zone.latest_population[1] for code, zone in profile.zones.items()}
    for code, count in people.items():
        assert shares[code] == pytest.approx(count / sum(people.values()), abs=0.02), code


@pytest.mark.parametrize(
    ("categories", "days_ago"),
    [(("C05", "C06", "C07"), (365, 0)), (("C01", "C02", "C03"), (60, 0)), (("C15", "C26"), (1000, 550))],
)
def test_a_planted_hotspot_stands_out_among_cells(cases, five_years, categories, days_ago):
    age = (five_years.end_at - cases["received_at"]) / 86.4e9
    rows = cases[cases["category"].isin(categories) & (age < days_ago[0]) & (age >= days_ago[1])]
    cells = count_by_cell(rows)
    assert cells.max() > 8 * cells.mean()


def test_one_hotspot_emerges_and_one_fades(cases, five_years):
    age = (five_years.end_at - cases["received_at"]) / 86.4e9
    waste = cases["category"].isin(["C01", "C02", "C03"])
    emerging = count_by_cell(cases[waste & (age < 60)]).idxmax()
    before = count_by_cell(cases[waste & (age > 100) & (age < 465)])[emerging] / 365
    assert count_by_cell(cases[waste & (age < 60)])[emerging] / 60 > 6 * before
    lamps = cases["category"] == "C15"
    fading = count_by_cell(cases[lamps & (age > 550)]).idxmax()
    once = count_by_cell(cases[lamps & (age > 550)])[fading] / (five_years.days - 550)
    assert once > 5 * count_by_cell(cases[lamps & (age < 30)])[fading] / 30
