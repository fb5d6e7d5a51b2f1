"""The large map in a real browser with the network cut: drawn, clicked, switched, in two languages and on a phone."""

import io

import h3
import numpy as np
import pytest
from PIL import Image

from nakhon_dash.domain import geography
from nakhon_dash.figures.map import fit
from nakhon_dash.figures.map_room import Frame
from nakhon_dash.figures.theme import LIGHT, rgba
from nakhon_dash.i18n import t
from nakhon_dash.ui.hotspots.map import NARROW, WIDE
from tests.browser.conftest import PHONE
from tests.browser.look import clipped, query, settle, text

MAP = ".st-key-hotmap [data-testid=stDeckGlJsonChart]"
SIDE = ".st-key-card-why"
VIEW = "/hotspots?lang=en&period=all&layer=counts&cells=9"
SAME = 0.02  # share of pixels that may differ: edges, and what a live page changed
TRIES = 6
PALE = 0.1  # share of pixels that an outline and a card of another height may change, and pale colours would exceed
COLOURS = 12  # ground, water, roads, outline, classes: fewer means that the map is blank


def shot(page):
    """The map as pixels."""
    page.wait_for_timeout(1_500)  # the canvas draws after the page has settled
    return np.asarray(Image.open(io.BytesIO(page.locator(MAP).screenshot())).convert("RGB"))


def colours(pixels):
    return {tuple(colour) for colour in pixels.reshape(-1, 3)[::7].tolist()}


def pixel_of(page, cell, size=WIDE):
    """Where a cell is on the screen at the view that the page opens with."""
    box = page.locator(MAP).bounding_box()
    view = fit(geography.outline().bounds, size[0] - 12, size[1] - 12)
    lat, lon = h3.cell_to_latlng(cell)
    x, y = Frame(view, box["width"], box["height"]).pixel(np.array([[lon, lat]]))[0]
    return float(x), float(y)


@pytest.fixture
def cell():
    lon, lat = geography.label_points()["800118"]
    return h3.latlng_to_cell(lat, lon, 9)


def click(page, at):
    """Clicks until the choice is in the address: a canvas that is not painted yet hears nothing."""
    for _ in range(TRIES):
        page.locator(MAP).click(position={"x": at[0], "y": at[1]})
        page.wait_for_timeout(3_000)
        settle(page)
        if "spot" in query(page):
            return
    raise AssertionError(f"{TRIES} clicks chose nothing")


def test_the_map_is_drawn_with_the_network_cut(open_page):
    pixels = shot(open_page(VIEW))
    found = colours(pixels)
    assert len(found) >= COLOURS
    assert tuple(rgba(LIGHT.land)[:3]) in found
    assert (0, 0, 0) not in found


def test_a_click_on_a_cell_chooses_it_and_another_language_or_layer_keeps_it(open_page, cell):
    page = open_page(VIEW)
    before, said = shot(page), text(page, SIDE)
    click(page, pixel_of(page, cell))
    assert query(page)["spot"] == cell
    assert text(page, SIDE) != said
    page.mouse.move(5, 5)
    assert (shot(page) != before).mean() < PALE
    page.locator("[class*=st-key-f_lang] button", has_text="ไทย").click()
    settle(page)
    assert t("counts.shows", "th") in text(page)
    assert (query(page)["spot"], query(page)["layer"]) == (cell, "counts")
    page.locator("[class*=st-key-hot_layer] button").nth(1).click()
    settle(page)
    assert (query(page)["spot"], query(page)["layer"]) == (cell, "zones")


def test_a_map_that_was_moved_stays_where_it_is_when_the_layer_changes(open_page, cell):
    page = open_page(VIEW)
    shot(page)
    x, y = pixel_of(page, cell)
    box = page.locator(MAP).bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 400)
    page.mouse.down()
    page.mouse.move(box["x"] + 360, box["y"] + 320, steps=20)
    page.mouse.up()
    moved = shot(page)
    page.locator("[class*=st-key-hot_layer] button").nth(1).click()
    settle(page)
    page.locator("[class*=st-key-hot_layer] button").nth(0).click()
    settle(page)
    assert (shot(page) != moved).mean() < SAME
    click(page, (x + 60, y - 80))
    near = h3.grid_disk(cell, 1)  # a drag begins a few pixels late, and the city moves as much less
    assert query(page)["spot"] in near


def test_on_a_phone_the_whole_city_fits_and_no_word_is_cut(open_page, cell):
    page = open_page(VIEW, size=PHONE)
    pixels = shot(page)
    assert abs(pixels.shape[0] - NARROW[1]) <= 2
    assert len(colours(pixels)) >= COLOURS
    assert clipped(page) == []
    click(page, pixel_of(page, cell, NARROW))
    assert query(page)["spot"] == cell
