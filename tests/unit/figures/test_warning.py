"""The weeks of one series over what was to be expected."""

import re
from math import nan

import pytest

from nakhon_dash.figures.warning import FLOOR, TOP, expected_weeks


def drawn(counts, path, band):
    return expected_weeks(counts, path, band, label="C01 & C02", ends=("25 May", "22 Nov"), value="9")


def bars(picture):
    place = r'x="([\d.]+)%" y="([\d.]+)" width="[\d.]+%" height="([\d.]+)"'
    return re.findall(rf'<rect {place} fill="var\(--accent\)"(.*?)/>', picture)


def test_only_weeks_above_their_limit_stand_out():
    found = bars(drawn([2, 9, 3, 9], [2.0, 3, 3, 3], [5.0, 9, 6, 6]))
    assert ["opacity" in rest for *_place, rest in found] == [True, True, True, False]
    assert [float(height) for _x, _y, height, _rest in found] == pytest.approx([11.1, 50, 16.7, 50], abs=0.1)


def test_the_highest_of_count_and_limit_fills_the_picture():
    picture = drawn([1, 2], [1.0, 1.0], [10.0, 10.0])
    assert f"M0 {TOP:g} L1 {TOP:g}" in picture
    assert [float(height) for _x, _y, height, _rest in bars(picture)] == pytest.approx([(FLOOR - TOP) / 10,
                                                                                        (FLOOR - TOP) / 5])


def test_unknown_weeks_have_no_band_and_split_it():
    picture = drawn([1, 1, 1, 1], [nan, 2.0, nan, 2.0], [nan, 4.0, nan, 4.0])
    assert picture.count('fill="var(--noise)"') == 2
    assert "nan" not in picture


def test_the_picture_says_its_finding_and_names_its_ends():
    picture = drawn([9], [3.0], [6.0])
    assert 'role="img"' in picture
    assert "C01 &amp; C02" in picture
    assert ">25 May<" in picture
    assert ">22 Nov<" in picture
    assert ">9<" in picture


def test_no_week_at_all_is_an_empty_picture():
    assert bars(drawn([], [], [])) == []
