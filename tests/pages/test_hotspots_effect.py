"""The card that judges interventions: none, too young, judged; in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.ingest.entries import open_entries
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.undo import undo
from nakhon_dash.store.writer import import_entries
from tests.pages.conftest import words_of

HEAD = "day_from,kind,zone,title_th,title_en,source,category,cells\n"


@pytest.fixture
def noted(city_url, tmp_path):
    """noted(days ago, …) puts interventions into the city and takes them back afterwards."""
    engine, batches = open_store(city_url, write=True), []

    def note(*lines):
        path = tmp_path / "notes.csv"
        rows = [f"{date.today() - timedelta(days=ago)},intervention,{rest}\n" for ago, rest in lines]
        path.write_text(HEAD + "".join(rows), "utf-8")
        found = open_entries("annotation", path, current_profile(), now=datetime.now(UTC))
        batches.append(import_entries(engine, found).batch)

    yield note
    for batch in batches:
        undo(engine, batch)
    engine.dispose()



@pytest.mark.parametrize(("lang", "said"), [("th", "ยังไม่มีมาตรการที่บันทึกไว้"), ("en", "No action has been recorded")])
def test_without_an_intervention_it_says_so(app, city_url, lang, said):
    assert said in words_of(app(city_url, "hotspots", lang=lang))


def test_an_empty_store_says_so_too(app, empty_url):
    assert "ยังไม่มีมาตรการที่บันทึกไว้" in words_of(app(empty_url, "hotspots"))


@pytest.mark.parametrize(("lang", "said"), [("th", "ช่วง 95%"), ("en", "95% interval")])
def test_a_zone_is_judged_and_the_young_one_waits(app, city_url, noted, lang, said):
    noted((150, "800102,แยกขยะ <b>,Sorting <b>,works,,"), (10, "800102,เพิ่งเริ่ม,Just begun,works,,"))
    test = app(city_url, "hotspots", lang=lang)
    words = words_of(test)
    assert said in words
    assert "Sorting <b>" not in words
    choice = next(one for one in test.selectbox if one.key == "effect_choice")
    choice.set_value(_code(city_url, "Just begun")).run()
    assert [e.value for e in test.exception] == []
    late = {"th": "ผ่านไป 1 สัปดาห์เต็ม", "en": "full weeks since it began: 1"}[lang]
    assert late in words_of(test)


def _code(url, title):
    engine = open_store(url)
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT id FROM annotation WHERE title_en = :t"), {"t": title}).scalar_one()
    engine.dispose()
    return str(found)


def test_the_whole_city_has_nothing_to_compare_with(app, city_url, noted):
    noted((150, ",ทั้งเมือง,Everywhere,works,C01,"))
    assert "ทำทั้งเมือง จึงไม่มีช่องเทียบ" in words_of(app(city_url, "hotspots"))
