"""A profile with other codes gets a demo city too: nothing but its own codes."""

import json
from datetime import UTC, datetime

import pandas as pd
import pytest
import shapely

from nakhon_dash.demo import generate, plan
from nakhon_dash.demo.survey import survey_blocks

END = datetime(2026, 3, 1, 5, tzinfo=UTC)
ZONES = {"east": shapely.box(5.0, 52.0, 5.05, 52.04), "west": shapely.box(4.95, 52.0, 5.0, 52.04)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    at = tmp_path_factory.mktemp("geo")
    road = shapely.LineString([(4.96, 52.01), (5.04, 52.03)])
    layers = {
        "zones": list(ZONES.items()),
        "municipality": [("", shapely.union_all(list(ZONES.values())))],
        "roads": [("", road)],
        "canals": [],
    }
    for name, shapes in layers.items():
        features = [
            {"type": "Feature", "properties": {"code": code}, "geometry": json.loads(shapely.to_geojson(area))}
            for code, area in shapes
        ]
        (at / f"{name}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return at


@pytest.fixture(scope="module")
def other(profile):
    zone = profile.zone[0]
    keep = [c for c in profile.category if c.code in ("C00", "C01", "C05")]
    own = profile.categories["C10"].model_copy(update={"code": "TRAM", "aliases": []})
    return profile.model_copy(
        update={
            "city": profile.city.model_copy(update={"time_zone": "Europe/Amsterdam"}),
            "zone": [
                zone.model_copy(update={"code": "east", "population": {2020: 30_000}}),
                zone.model_copy(update={"code": "west", "population": {2020: 10_000}}),
            ],
            "category": [*keep, own],
            "channel": [c for c in profile.channel if c.code in ("web", "app")],
            "neighbours": {},
            "privacy": profile.privacy.model_copy(update={"sensitive_categories": []}),
        }
    )


@pytest.fixture(scope="module")
def rows(other, folder):
    # a fresh object: lookups of the copied profile must not be those of the original
    fresh = type(other).model_validate(other.model_dump())
    return pd.concat([b.rows for b in generate(fresh, cases=6000, years=2, end=END, folder=folder)])


def test_only_codes_of_the_profile_are_used(rows):
    assert set(rows["category"]) == {"C00", "C01", "C05", "TRAM"}
    assert set(rows["zone"].dropna()) == {"east", "west"}
    assert set(rows["channel"]) == {"web", "app"}
    assert set(rows["department"].dropna()) == {"PH", "PW"}
    assert rows["tambon"].isna().all()


def test_its_zones_report_by_their_people(rows):
    assert rows["zone"].value_counts(normalize=True)["east"] == pytest.approx(0.75, abs=0.03)


def test_its_days_are_its_own(rows):
    local = pd.to_datetime(rows["received_at"], unit="us", utc=True).dt.tz_convert("Europe/Amsterdam")
    assert rows["hour"].to_numpy().tolist() == local.dt.hour.to_numpy().tolist()
    assert rows["received_at"].max() <= plan_end()


def plan_end():
    return int(END.timestamp() * 1_000_000)


def test_it_is_surveyed_in_its_own_zones(other):
    fresh = type(other).model_validate(other.model_dump())
    entries = [e for b in survey_blocks(fresh, plan(fresh, end=END)) for e in b.entries]
    assert {e.rows["survey_answer"][0]["zone"] for e in entries[1:]} == {"east", "west"}
