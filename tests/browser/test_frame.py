"""The frame in a real browser: filters outlive the language, shared links open alike, junk does no harm."""

import pytest

from tests.browser.look import faults, query, settle, text

QUICK = "/methods"  # a page without map and charts
ZONE = "[class*=st-key-f_zone]"
LANGUAGE = "[class*=st-key-language]"
CHIP = '[data-testid="stMultiSelect"] > :not(template) [data-tag]'  # React keeps a second copy in a template
HEADING = {"ไทย": "ตัวกรอง", "EN": "Filters"}
SIDEBAR = '[data-testid="stSidebar"]'


def _choose_first(page, widget):
    """Choose the first option of a multiselect; returns its words."""
    page.locator(f"{widget} input").first.click()
    option = page.locator('[role="option"]:not([data-key="__select_all__"])').first
    words = " ".join(option.inner_text().split())
    option.click()
    page.keyboard.press("Escape")
    page.locator(f"{widget} {CHIP}").first.wait_for()
    settle(page)
    return words


def _speak(page, name):
    """Switch the language and wait until the filters speak it."""
    page.locator(LANGUAGE).get_by_text(name, exact=True).first.click()
    page.locator(SIDEBAR).get_by_text(HEADING[name]).first.wait_for()
    settle(page)


def _chips(page, widget):
    return [" ".join(chip.split()) for chip in page.locator(f"{widget} {CHIP}").all_inner_texts()]


def test_a_filter_outlives_the_switch_of_language(open_page):
    page = open_page(QUICK)
    thai = _choose_first(page, ZONE)
    code = query(page)["zone"]
    _speak(page, "EN")
    assert query(page)["zone"] == code
    english = _chips(page, ZONE)
    assert len(english) == 1
    assert english != [thai]
    page.locator("[class*=st-key-f_compare] input").first.click()  # the next run is where old words would come back
    page.locator('[role="listbox"] [role="option"]').last.click()
    page.wait_for_url("**compare=none**")
    settle(page)
    assert (query(page)["zone"], query(page)["lang"]) == (code, "en")
    assert _chips(page, ZONE) == english
    _speak(page, "ไทย")
    assert _chips(page, ZONE) == [thai]


def test_a_filter_outlives_the_change_of_page(open_page):
    page = open_page(QUICK)
    words = _choose_first(page, ZONE)
    page.get_by_role("link", name="ภาพรวม").first.click()
    page.wait_for_url(lambda address: QUICK not in address)
    settle(page)
    assert _chips(page, ZONE) == [words]
    assert "zone" in query(page)


def test_a_shared_link_opens_the_same_filters_in_the_other_language(open_page):
    first = open_page(QUICK)
    thai = _choose_first(first, ZONE)
    shared = first.url.split("#")[0]
    joined = "&" if "?" in shared else "?"
    second = open_page(f"{shared}{joined}lang=en")
    assert query(second)["zone"] == query(first)["zone"]
    assert len(_chips(second, ZONE)) == 1
    assert _chips(second, ZONE) != [thai]


@pytest.mark.parametrize(
    "junk",
    [
        "zone=..%2F..%2Fetc&dimension=ZZZ&period=99d&lang=xx&compare=%27%3B--",
        "period=2026-99-99..2020-01-01&category=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "period=fy2999&channel=" + "x" * 3000,
        "period=0001-01-01..9999-12-31&zone=%00%ff",
    ],
)
def test_any_address_gives_a_valid_page(open_page, junk):
    page = open_page(f"/?{junk}")
    assert faults(page) == []
    assert not {"zone", "dimension", "category", "channel"} & query(page).keys()


def test_the_sidebar_speaks_the_language_of_the_page(open_page):
    assert "ตัวกรอง" in text(open_page(f"{QUICK}?lang=th"), SIDEBAR)
    assert "Filters" in text(open_page(f"{QUICK}?lang=en"), SIDEBAR)


def test_a_first_visit_speaks_thai(open_page):
    page = open_page("/")
    assert "ภาพรวม" in text(page)
    assert "lang" not in query(page)


def test_the_tab_carries_the_name_of_the_product(open_page):
    assert "Nakhon Dash" in open_page(QUICK).title()


SCHEME = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme"


def test_a_reader_chooses_light_or_dark_for_every_page_and_keeps_the_view(open_page):
    page = open_page("/?period=90d")
    assert page.evaluate(SCHEME) == "light"
    with page.expect_navigation():
        page.locator(".nk-scheme").click()
    settle(page)
    assert page.evaluate(SCHEME) == "dark"
    assert query(page) == {"period": "90d"}
    page.goto("/methods")
    settle(page)
    assert page.evaluate(SCHEME) == "dark"
