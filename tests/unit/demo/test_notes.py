"""Annotations say what the curves show."""

import pandas as pd
import pytest

from nakhon_dash.demo.notes import note_blocks
from nakhon_dash.domain.view import day_no


@pytest.fixture(scope="module")
def notes(profile, five_years):
    return pd.DataFrame([e.rows["annotation"][0] for b in note_blocks(profile, five_years) for e in b.entries])


def test_floods_feasts_campaigns_and_anchors_are_noted(notes):
    counts = notes["kind"].value_counts()
    assert counts["flood"] == 5
    assert counts["festival"] == 10
    assert counts["campaign"] == 4
    assert counts["anchor"] == 2


def test_what_is_invented_says_so_in_both_languages(notes):
    invented = notes[notes["source"] == "demo"]
    assert invented["title_th"].str.contains("ข้อมูลตัวอย่าง").all()
    assert invented["title_en"].str.contains("sample data").all()


def test_anchors_keep_their_published_source(notes, profile):
    anchors = notes[notes["kind"] == "anchor"]
    assert set(anchors["source"]) == {a.source for a in profile.anchor}


def test_nothing_begins_after_the_end(notes, five_years):
    assert notes["day_from"].max() <= day_no(five_years.last_day)
    assert (notes["day_from"] <= notes["day_to"]).all()
