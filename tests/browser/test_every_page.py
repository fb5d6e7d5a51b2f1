"""Every page, both languages, desk and phone, light and dark: nothing leaves, breaks, is cut off or lacks a glyph."""

import re

import pytest

from nakhon_dash.i18n import catalogue
from tests.browser.conftest import DESK, PHONE
from tests.browser.look import clipped, faults, missing_glyphs, text
from tests.browser.server import ROOT

PICTURES = ROOT / "artifacts" / "browser"
PAGES = ["/", *(f"/{path.stem}" for path in sorted((ROOT / "pages").glob("*.py")) if path.stem != "overview")]
SIZES = {"desk": DESK, "phone": PHONE}
THAI = re.compile(r"[\u0e00-\u0e7f]")
DOTTED = re.compile(r"\b[a-z_]+(?:\.[a-z0-9_]+)+\b")


def _picture(page, *parts):
    PICTURES.mkdir(parents=True, exist_ok=True)
    name = "-".join((part.strip("/") or "home") for part in parts)
    page.screenshot(path=PICTURES / f"{name}.png")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole(open_page, server, address, lang, size):
    said = len(server.said())
    page = open_page(f"{address}?lang={lang}", size=SIZES[size])
    _picture(page, address, lang, size)
    assert faults(page) == []
    assert clipped(page) == []
    assert missing_glyphs(page) == []
    assert "Traceback" not in server.said()[said:]
    words = text(page, '[data-testid="stMain"]')
    assert THAI.search(words) or lang == "en"
    assert catalogue().keys() & set(DOTTED.findall(words)) == set()  # a key where its words should be


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_in_the_dark(open_page, address):
    page = open_page(f"{address}?lang=th", scheme="dark")
    _picture(page, address, "th", "dark")
    assert faults(page) == []
    assert missing_glyphs(page) == []


@pytest.mark.parametrize("address", PAGES)
def test_a_phone_never_scrolls_sideways(open_page, address):
    page = open_page(address, size=PHONE)
    assert page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth") <= 1
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 1
