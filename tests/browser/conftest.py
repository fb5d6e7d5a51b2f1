"""Real Chromium on a real server: one small demo city for all tests, the network cut, every fault a failure."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.look import Watch, settle
from tests.browser.server import CHROMIUM_ARGS, City, Server, by_entry, chromium, free_port, serving

DESK, PHONE = (1440, 900), (390, 844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; closed after this folder, because its event loop would stand in the way of other tests."""
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Two years of the synthetic city, 6,000 cases, written once; tests that write take `own_city`."""
    made = City(tmp_path_factory.mktemp("city"))
    made.run("demo", "--cases", "6000", "--years", "2", "--seed", "7")
    return made


@pytest.fixture
def own_city(tmp_path: Path) -> City:
    """An empty place for a store, for tests that fill or change it themselves."""
    return City(tmp_path)


@pytest.fixture(scope="package")
def server(city: City) -> Iterator[Server]:
    port = free_port()
    with serving(by_entry(port), port, city) as running:
        yield running


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages of a size and scheme; afterwards any outside request, console error or exception is a failure."""
    contexts, watches = [], []

    def make(size: tuple[int, int] = DESK, scheme: str = "light", base: str | None = None) -> Page:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=width < 600, base_url=base
        )
        page = context.new_page()
        contexts.append(context)
        watches.append(Watch(page))
        return page

    yield make
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []


@pytest.fixture
def open_page(new_page: Callable[..., Page], server: Server) -> Callable[..., Page]:
    """Opens an address of the running city and waits until it has settled."""

    def visit(address: str = "/", **how: object) -> Page:
        page = new_page(base=server.base, **how)
        page.goto(address)
        settle(page)
        return page

    return visit
