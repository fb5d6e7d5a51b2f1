"""The verdict layer and the card on what was taken out, as the page shows them."""

import pytest

from tests.pages.conftest import words_of

SAYS = {"th": ("อะไรถูกตัดออกก่อนคำนวณ", "พิกัดใช้ได้", "เรื่องซ้ำ", "พอทดสอบหรือไม่"),
        "en": ("What was taken out before counting?", "Usable points", "Repeats", "Enough to test?")}  # fmt: skip


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_strip_says_what_was_taken_out(app, city_url, lang):
    said = words_of(app(city_url, "hotspots", lang=lang, period="all", layer="gi"))
    assert [word for word in SAYS[lang] if word not in said] == []
    assert {"th": "จาก 24", "en": "of 24"}[lang] in said or {"th": "ไม่มีกลุ่ม", "en": "No cluster"}[lang] in said


def test_repeats_are_counted_every_time_when_the_reader_asks(app, city_url):
    page = app(city_url, "hotspots", lang="en", period="all", repeats="all")
    assert "now counted every time" in words_of(page)
    once = app(city_url, "hotspots", lang="en", period="all")
    assert "counted as one" in words_of(once)


def test_few_cases_are_said_to_be_too_few(app, city_url):
    said = words_of(app(city_url, "hotspots", lang="en", period="30d", category="C01", layer="gi"))
    assert "a verdict needs 30 cases in 10 cells" in said
    assert "Enough to test?" in said


def test_an_empty_store_has_nothing_to_take_out(app, empty_url):
    said = words_of(app(empty_url, "hotspots", lang="en"))
    assert "What was taken out before counting?" in said
    assert "Usable points" not in said
