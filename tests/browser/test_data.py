"""The Data page by the real uploader: look, count, import, take back; the language may change on the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.look import settle, text
from tests.browser.server import by_entry, free_port, serving

UPLOADER = '[data-testid="stFileUploaderDropzoneInput"]'
CARD = "[class*=st-key-card-lead-upload]"
CLAIM, BATCHES = ".nk-claim", "[class*=st-key-card-batches]"
LANGUAGE = "[class*=st-key-language]"
TRAFFY = """ticket_id,type,organization,comment,coords,photo,photo_after,address,subdistrict,district,province,timestamp,state,star,count_reopen,last_activity
2025-AAAA01,"{ถนน}",กองช่าง,ข้อความสมมุติ,"99.965,8.415",,,,,,,2025-03-10 01:15:00+00,เสร็จสิ้น,,,2025-03-11 02:00:00+00
2025-AAAA02,"{ถนน}",กองช่าง,ข้อความสมมุติ,"99.965,8.415",,,,,,,2025-03-10 02:40:00+00,รอรับเรื่อง,,,
,"{ถนน}",กองช่าง,ข้อความสมมุติ,"99.965,8.415",,,,,,,2025-03-10 03:05:00+00,รอรับเรื่อง,,,
"""  # noqa: E501 (a heading as the source writes it)
OWN = "เลขรับ;วันแจ้ง;ปัญหา\nA-1;3/1/2568 09:00;ถนน\nA-2;13/1/2568 10:00;ถนน\n"


@pytest.fixture
def own_server(own_city):
    """A server of its own for a city without any data; it outlives the browser, which would report its end."""
    port = free_port()
    with serving(by_entry(port), port, own_city) as server:
        yield server


@pytest.fixture
def page(own_server, new_page):
    opened = new_page(base=own_server.base)
    opened.goto("/data?lang=th")
    settle(opened)
    return opened


def _says(page, selector, words):
    """Wait until the part of the page says it."""
    expect(page.locator(selector).first).to_contain_text(words, timeout=60_000)


def _upload(page, name, words):
    page.set_input_files(UPLOADER, {"name": name, "mimeType": "text/csv", "buffer": words.encode()})
    page.locator("[class*=st-key-data_put_away] button").wait_for()
    settle(page)


def _press(page, key):
    page.locator(f"[class*=st-key-{key}] button").first.click()
    settle(page)


def _speak(page, name):
    page.locator(LANGUAGE).get_by_text(name, exact=True).first.click()
    settle(page)


def _choose(page, key, words):
    box = page.locator(f"[class*=st-key-{key}] input").first
    box.click()
    box.fill(words)
    page.locator('[role="listbox"] [role="option"]').filter(has_text=words).first.click()
    settle(page)


def _chosen(page, key):
    return page.locator(f"[class*=st-key-{key}] input").first.input_value()


def test_a_file_is_counted_imported_and_taken_back(page):
    _says(page, CLAIM, "ยังไม่มีข้อมูลในระบบ")
    _upload(page, "traffy.csv", TRAFFY)
    _says(page, CARD, "Traffy Fondue")
    _press(page, "data_dry")
    _says(page, CARD, "ยังไม่ได้บันทึก")
    assert re.search(r"3 อ่าน = 2 เพิ่ม .* 1 กักไว้", text(page, CARD))
    _says(page, CLAIM, "ยังไม่มีข้อมูลในระบบ")
    _press(page, "data_import")
    _says(page, CLAIM, "2 เรื่อง")
    _says(page, CLAIM, "กักไว้ 1 แถว")
    _press(page, "undo-1")
    _says(page, BATCHES, "จะลบ 2 แถว")
    _press(page, "undo-sure-1")
    _says(page, BATCHES, "ยกเลิกแล้ว")
    _says(page, CLAIM, "ยังไม่มีข้อมูลในระบบ")


def test_the_file_and_the_choices_outlive_a_switch_of_language(page):
    _upload(page, "own.csv", OWN)
    _choose(page, "map_source_id", "เลขรับ")
    _choose(page, "map_received_at", "วันแจ้ง")
    _speak(page, "EN")
    _says(page, CARD, "Match the columns")
    _choose(page, "map_category", "ปัญหา")  # the next run is where old words would come back
    assert _chosen(page, "map_source_id") == "เลขรับ"
    _speak(page, "ไทย")
    _says(page, CARD, "จับคู่คอลัมน์")
    assert _chosen(page, "map_received_at") == "วันแจ้ง"
    page.get_by_role("link", name="วิธีคำนวณ").first.click()
    _says(page, CLAIM, "ตัวเลข")
    page.get_by_role("link", name="ข้อมูล", exact=True).first.click()
    _says(page, CARD, "own.csv")
    assert _chosen(page, "map_category") == "ปัญหา"
    _press(page, "data_import")
    _says(page, CLAIM, "2 เรื่อง")


def test_a_file_that_is_no_table_is_answered_in_words(page):
    _upload(page, "picture.csv", "\x89PNG\r\n\x1a\n\x00")
    _says(page, CARD, "ยังไม่มีอะไรถูกบันทึก")
    _speak(page, "EN")
    _says(page, CARD, "Nothing was stored")
