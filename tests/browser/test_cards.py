"""What the buttons of a card open is whole, on the desk and on a phone."""

import pytest

from nakhon_dash.i18n import t
from tests.browser.conftest import DESK, PHONE
from tests.browser.look import settle

LEAD = "[class*=st-key-card-lead-ontime]"
FITS = """() => {
  const box = document.querySelector('[data-testid=stPopoverBody]').getBoundingClientRect();
  return [...document.querySelectorAll('[data-testid=stPopoverBody] svg')]
    .every(e => e.getBoundingClientRect().right <= box.right + 1) && box.right <= innerWidth + 1;
}"""


def opened(page, number):
    page.locator(f"{LEAD} [data-testid=stPopoverButton]:visible").nth(number).click()
    page.wait_for_selector("[data-testid=stPopoverBody]")
    settle(page)
    return page.locator("[data-testid=stPopoverBody]").inner_text()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_bridge_shows_three_ways_to_count_and_fits(open_page, size):
    page = open_page("/?lang=en&period=90d", size=size)
    said = opened(page, 2)
    for step in ("closed_only", "with_overdue", "matured"):
        assert t(f"bridge.{step}", "en") in said
    assert page.evaluate(FITS)


def test_the_question_mark_opens_the_definition_with_its_fraction(open_page):
    said = opened(open_page("/?lang=en&period=90d"), 0)
    assert t("metric.on_time.definition", "en") in said
    assert "numerator" in said


def test_the_dots_open_the_command_that_prints_the_figure(open_page):
    said = opened(open_page("/?lang=en&period=90d&zone=800101"), 1)
    assert "nakhon show on_time --from" in said
    assert "--zone 800101" in said


@pytest.mark.parametrize(("path", "link"), [("/", ".nk-brief a"), ("/resolution", ".nk-three a")])
def test_a_link_in_a_sentence_leads_to_its_card(open_page, path, link):
    page = open_page(f"{path}?lang=en&period=90d", size=PHONE)
    named = page.evaluate("link => [...document.querySelectorAll(link)].map(a => a.hash.slice(1))", link)
    assert named
    assert page.evaluate("names => names.filter(name => !document.getElementById(name))", named) == []
    page.locator(link).first.click()
    settle(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") > 0
