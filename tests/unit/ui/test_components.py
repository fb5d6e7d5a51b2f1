"""Pictures change in place: watched frame by frame in Chromium while the data behind them changes five times."""

import os
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Iterator
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from nakhon_dash.figures.theme import DARK, LIGHT, Palette
from nakhon_dash.ui import style
from tests.browser.server import CHROMIUM_ARGS, ROOT, chromium, free_port

CHANGES = 5
PICTURES = {"plot": ".nk-plot", "ruler": ".nk-ruler svg[role=img]", "map": "[data-testid=stDeckGlJsonChart] canvas"}
RANGE = "document.querySelector('.nk-plot')._fullLayout.xaxis.range.map(v => Math.round(v * 1e4) / 1e4)"
SAMPLE = """(pictures) => {
  const nodes = Object.fromEntries(Object.entries(pictures).map(([name, at]) => [name, document.querySelector(at)]));
  const opacity = (e) => e ? Number(getComputedStyle(e).opacity) * opacity(e.parentElement) : 1;
  const full = { plot: (e) => e.querySelectorAll('.scatterlayer .trace .point').length >= 12,
                 ruler: (e) => e.childElementCount > 10, map: (e) => e.width > 0 && e.height > 0 };
  const seen = window.seen = { frames: 0, faults: {} };
  const fault = (words) => { seen.faults[words] = (seen.faults[words] ?? 0) + 1; };
  const look = () => {
    seen.frames += 1;
    for (const [name, node] of Object.entries(nodes)) {
      if (document.querySelector(pictures[name]) !== node) fault(name + ': another node');
      else if (!node.getBoundingClientRect().height || !full[name](node)) fault(name + ': blank');
      else if (opacity(node) < 0.99) fault(name + ': faded');
    }
    seen.running = requestAnimationFrame(look);
  };
  look();
}"""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """(address, the file that says which data to show) of the watched page."""
    folder, port = tmp_path_factory.mktemp("live"), free_port()
    turn = folder / "turn"
    turn.write_text("0")
    for name in (".streamlit", "static"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "app.py").write_text(Path(__file__).with_name("live_app.py").read_text("utf-8"), "utf-8")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    env = os.environ | {"LIVE_APP_TURN": str(turn), "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}", turn
    finally:
        process.terminate()
        process.wait()


def _wait(address: str) -> None:
    end = monotonic() + 60
    while monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def page(live: tuple[str, Path]) -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGS)
        shown = browser.new_page(viewport={"width": 1100, "height": 1000}, color_scheme="light")
        shown.goto(live[0])
        shown.wait_for_function("document.querySelectorAll('.nk-plot .point').length >= 12", timeout=60_000)
        shown.wait_for_selector(PICTURES["map"], timeout=60_000)
        yield shown
        browser.close()


def change(page: Page, turn: Path, to: int) -> None:
    written = turn.with_name("next")
    written.write_text(str(to))
    written.replace(turn)  # at once: the page must never read a file that is still empty
    page.wait_for_function(f"document.querySelector('#turn')?.textContent === '{to}'", timeout=90_000)
    page.wait_for_timeout(700)


def map_picture(page: Page) -> np.ndarray:
    """The map once it stands still: the same picture twice."""
    before = b""
    for _ in range(40):
        now = page.locator("[data-testid=stDeckGlJsonChart]").screenshot()
        if now == before:
            break
        before = now
        page.wait_for_timeout(400)
    return np.asarray(Image.open(BytesIO(now)).convert("RGB"), dtype=float)


@pytest.mark.browser
def test_pictures_keep_their_nodes_and_never_show_an_empty_frame(page, live):
    page.evaluate(SAMPLE, PICTURES)
    for k in range(1, CHANGES + 1):
        change(page, live[1], k)
    seen = page.evaluate("() => { cancelAnimationFrame(window.seen.running); return window.seen; }")
    assert seen["frames"] > CHANGES * 5
    assert seen["faults"] == {}
    assert page.locator(PICTURES["ruler"]).get_attribute("aria-label") == f"half within {15 + CHANGES} hours"


@pytest.mark.browser
def test_a_plot_keeps_its_zoom_when_its_data_changes(page, live):
    box = page.locator(".nk-plot .nsewdrag").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 60, steps=5)
    page.mouse.up()
    page.wait_for_timeout(500)
    zoomed = page.evaluate(RANGE)
    before = page.evaluate("document.querySelector('.nk-plot').data.at(-1).y.slice()")
    change(page, live[1], 21)
    change(page, live[1], 22)
    after = page.evaluate("document.querySelector('.nk-plot').data.at(-1).y.slice()")
    assert zoomed[1] - zoomed[0] < 5
    assert page.evaluate(RANGE) == zoomed
    assert before != after


@pytest.mark.browser
def test_a_map_keeps_its_place_when_its_data_changes(page, live):
    change(page, live[1], 40)
    start = map_picture(page)
    box = page.locator(PICTURES["map"]).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y + 40, steps=6)
    page.mouse.up()
    page.mouse.move(5, 5)
    moved = map_picture(page)
    change(page, live[1], 41)
    change(page, live[1], 44)  # the same data as 40
    assert np.abs(moved - start).mean() > 2
    assert np.abs(map_picture(page) - moved).mean() < 1


@pytest.mark.browser
def test_a_plot_takes_the_colours_of_the_theme(page):
    colour = "getComputedStyle(document.querySelector('.nk-plot .scatterlayer .errorbar path')).stroke"
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{colour} !== '{light}'", timeout=30_000)
    assert (light, page.evaluate(colour)) == (_rgb(LIGHT.on), _rgb(DARK.on))


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


def test_the_page_holds_every_colour_in_both_schemes():
    for field in fields(Palette):
        pair = f"light-dark({getattr(LIGHT, field.name)},{getattr(DARK, field.name)})"
        assert f"--{field.name.replace('_', '-')}:{pair}" in style.css()


def test_the_rules_hold_no_colour_of_their_own():
    assert "#" not in style.SHEET.read_text("utf-8").replace("# ", "")


@pytest.mark.parametrize(("scheme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_the_servers_theme_agrees_with_the_palette(scheme, colours):
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][scheme]
    assert theme["primaryColor"] == theme["linkColor"] == colours.accent
    assert theme["backgroundColor"] == theme["sidebar"]["backgroundColor"] == colours.paper
    assert theme["textColor"] == colours.ink
    assert theme["chartCategoricalColors"] == [
        colours.on, colours.late, colours.nd, colours.c2, colours.s4, colours.ink,
    ]  # fmt: skip
    named = {getattr(colours, field.name) for field in fields(Palette)}
    assert set(theme["chartSequentialColors"]) <= named


def test_every_font_that_the_theme_names_is_there():
    faces = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]["fontFaces"]
    assert len(faces) == 8
    assert all((ROOT / face["url"].removeprefix("app/")).is_file() for face in faces)
