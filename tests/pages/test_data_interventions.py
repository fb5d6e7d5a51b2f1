"""The form of the Data page: a note is stored as an import, refused with a reason, and taken back by undo."""

import pytest
import sqlalchemy as sa

from nakhon_dash.store import batches
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.schema import annotation
from nakhon_dash.store.undo import undo
from tests.pages.conftest import words_of


def _notes(url):
    engine = open_store(url)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(annotation)).mappings().all()
    engine.dispose()
    return rows


def _send(test, lang):
    words = {"th": "บันทึก", "en": "Record"}[lang]
    next(one for one in test.button if one.label == words).click().run()
    assert [e.value for e in test.exception] == []


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_note_is_stored_and_can_be_taken_back(app, empty_url, lang):
    test = app(empty_url, "data", lang=lang)
    test.selectbox(key="noted_zone").set_value("800102")
    test.multiselect(key="noted_category").set_value(["C05"])
    test.text_input(key="noted_title_th").set_value("ลอกท่อ")
    test.text_input(key="noted_source").set_value("กองช่าง")
    _send(test, lang)
    (row,) = _notes(empty_url)
    assert (row["kind"], row["zone"], row["category"], row["title_en"]) == ("intervention", "800102", "C05", "ลอกท่อ")
    engine = open_store(empty_url, write=True)
    undo(engine, batches.batches(engine)[0]["id"])
    engine.dispose()
    assert _notes(empty_url) == []


@pytest.mark.parametrize(("lang", "said"), [("th", "ยังบันทึกไม่ได้"), ("en", "Not recorded")])
def test_a_note_that_cannot_be_used_says_why_and_leaves_nothing(app, empty_url, lang, said):
    test = app(empty_url, "data", lang=lang)
    _send(test, lang)
    assert said in words_of(test)
    assert _notes(empty_url) == []
