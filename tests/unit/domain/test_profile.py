"""The city profile refuses to start half-configured."""

from pathlib import Path

import pytest

from nakhon_dash.domain.profile import ProfileError, read_profile

SHIPPED = Path(__file__).parents[3] / "data" / "city.toml"


@pytest.fixture(scope="module")
def shipped():
    return read_profile(SHIPPED)


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("hours = 48", "hours = -1", "promise.hours = -1: allowed: Input should be greater than 0"),
        ('"#2E7D32"', '"green"', "dimension[0].colour = 'green': allowed: a colour like #2E7D32"),
        ('department = "PH"', 'department = "PX"', "category C01.department = 'PX': unknown; allowed: PH, PW"),
        ("k = 5", "kk = 5", "privacy.kk = 5: unknown key; allowed: h3_public, h3_staff, k"),
        ('code = "MOB"', 'code = "ENV"', "dimension.code = 'ENV': stands twice"),
        ('"Asia/Bangkok"', '"Asia/Nakhon"', "city.time_zone = 'Asia/Nakhon': allowed: a time zone like Asia/Bangkok"),
        ('= "daytime"\n', '= "night"\n', "adoption.default_denominator = 'daytime'"),
        ('"ถนน"', '"ทางเท้า"', "category.aliases = 'ทางเท้า': stands twice"),
        ("[city]", "[city", "is not TOML"),
    ],
)
def test_a_fault_names_file_key_value_and_what_is_allowed(tmp_path, was, becomes, said):
    text = SHIPPED.read_text("utf-8")
    assert was in text
    path = tmp_path / "city.toml"
    path.write_text(text.replace(was, becomes, 1), "utf-8")
    with pytest.raises(ProfileError) as error:
        read_profile(path)
    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_every_problem_is_named_at_once(tmp_path):
    path = tmp_path / "city.toml"
    wrong = SHIPPED.read_text("utf-8").replace("k = 5", 'k = "five"').replace("hours = 360", "hours = 0")
    path.write_text(wrong, "utf-8")
    with pytest.raises(ProfileError) as error:
        read_profile(path)
    assert len(error.value.problems) == 2


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ProfileError, match="cannot be read"):
        read_profile(tmp_path / "none.toml")


def test_the_shipped_city_is_complete(shipped):
    assert len(shipped.category) == 33
    assert [d.code for d in shipped.dimension] == ["ENV", "MOB", "LIV", "PEO", "ENE", "ECO", "GOV"]
    assert shipped.promise.hours == 48
    assert shipped.baseline.hours == 15 * 24
    assert {d.people for d in shipped.denominator} == {99_652, 110_000, 150_000}
    assert [(a.value, str(a.as_of)) for a in shipped.anchor] == [(99_918, "2025-03-31"), (112_000, "2025-11-20")]
    assert sum(len(names) for names in shipped.communities.values()) == 67


def test_the_zones_add_up_to_the_registered_population(shipped):
    registered = {2010: 108_907, 2014: 106_322, 2017: 104_354, 2019: 102_152, 2020: 100_416, 2021: 99_652}
    for year, total in registered.items():
        assert sum(zone.population[year] for zone in shipped.zone) == total


def test_no_dimension_is_said_to_be_under_way_before_the_city_says_so(shipped):
    assert {d.status for d in shipped.dimension} == {"unknown"}
    assert shipped.dimensions.under_way == 5
