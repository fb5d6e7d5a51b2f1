"""A file imported by another process shows on an open page, frame by frame without flicker, and nothing is lost."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.look import numbers, query, settle, text
from tests.browser.server import by_entry, free_port, serving

PATIENCE = 60_000  # ms; the benchmark says how soon, this test only that
LATE_CASES = 40

# Every frame until told to stop: the number of open cases, whether chart and map stand there, and how opaque they are.
SAMPLE = """() => {
  const plot = document.querySelector('.nk-plot');
  const map = document.querySelector('[data-testid=stDeckGlJsonChart] canvas');
  window.nkFrames = []; window.nkFirst = {plot, map}; window.nkStay = true;
  const opacity = (e) => { let o = 1; for (; e; e = e.parentElement) o *= +getComputedStyle(e).opacity; return o; };
  const look = () => {
    const figure = document.querySelector('[data-figure=open]');
    const ink = plot.querySelector('.main-svg .trace, .main-svg .scatterlayer');
    window.nkFrames.push({
      figure: figure ? figure.innerText : '', plot: plot.isConnected && !!ink, map: map.isConnected && map.width > 0,
      opacity: Math.min(opacity(plot), opacity(map), figure ? opacity(figure) : 0)});
    if (window.nkStay) requestAnimationFrame(look);
  };
  look();
}"""


RANGE = "() => [...document.querySelector('.nk-plot')._fullLayout.xaxis.range]"


def zoom_in(page: Page) -> list[float]:
    """The months shown after the reader has drawn a box over some of them."""
    plot = page.locator(".nk-plot .nsewdrag")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, y, steps=5)
    page.mouse.up()
    page.wait_for_function("() => { const [a, b] = document.querySelector('.nk-plot')._fullLayout.xaxis.range;"
                           " return b - a < 6; }", timeout=PATIENCE)
    return page.evaluate(RANGE)


@pytest.fixture
def late_cases(tmp_path: Path) -> Path:
    """Cases of our template, received 60 hours ago and still open."""
    rows = [["case_no", "channel", "received_at", "status", "category", "lat", "lon"]]
    for i in range(LATE_CASES):
        received = datetime.now(UTC) + timedelta(hours=7) - timedelta(hours=60, minutes=i)
        rows.append([f"LIVE-{i}", "line", f"{received:%Y-%m-%d %H:%M}", "received", "C05", "8.4350", "99.9620"])
    path = tmp_path / "late.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def test_an_import_elsewhere_redraws_the_open_page_in_place(own_city, new_page, late_cases):
    own_city.run("demo", "--cases", "4000", "--years", "2", "--seed", "5")
    port = free_port()
    with serving(by_entry(port), port, own_city) as server:
        page = new_page(base=server.base)
        page.goto("/?lang=en&period=90d")
        page.wait_for_selector(".nk-plot .main-svg", timeout=PATIENCE)
        page.wait_for_selector("[data-testid=stDeckGlJsonChart] canvas", timeout=PATIENCE)
        settle(page)
        zoomed = zoom_in(page)
        page.evaluate("() => { window.nkSameDocument = true; }")
        before = numbers(text(page, "[data-figure=open]"))[0]
        page.evaluate(SAMPLE)

        own_city.run("import", "complaints", str(late_cases))
        page.wait_for_function(
            "was => parseFloat(document.querySelector('[data-figure=open]').innerText.replace(',', '')) != was",
            arg=before, timeout=PATIENCE,
        )
        settle(page)
        page.evaluate("() => { window.nkStay = false; }")

        assert numbers(text(page, "[data-figure=open]"))[0] == before + LATE_CASES
        frames = page.evaluate("() => window.nkFrames")
        assert len(frames) > 10
        assert [f for f in frames if not f["figure"] or not f["plot"] or not f["map"]] == []
        assert min(f["opacity"] for f in frames) == 1
        assert page.evaluate("""() => nkFirst.plot === document.querySelector('.nk-plot')
            && nkFirst.map === document.querySelector('[data-testid=stDeckGlJsonChart] canvas')""")
        assert page.evaluate(RANGE) == zoomed
        assert page.evaluate("() => window.nkSameDocument") is True
        assert query(page) == {"lang": "en", "period": "90d"}
        page.close()  # before its server goes, which it would report as a fault
