"""Pages as Streamlit's own test harness runs them, through app.py, on a small synthetic city."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nakhon_dash import demo
from nakhon_dash.domain.profile import current_profile
from nakhon_dash.store.engine import open_store

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture(scope="package")
def city_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with two years and 3,000 cases of the synthetic city."""
    url = f"sqlite:///{tmp_path_factory.mktemp('pages') / 'city.db'}"
    engine = open_store(url, write=True)
    demo.load(engine, current_profile(), cases=3_000, years=2, seed=3, end=datetime.now(UTC))
    engine.dispose()
    return url


@pytest.fixture
def empty_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., AppTest]]:
    """`app(url, page, **query)` runs a page on a store and fails on any exception in it."""

    def run(url: str, page: str = "", **query: str) -> AppTest:
        monkeypatch.setenv("NAKHON_DATABASE_URL", url)
        monkeypatch.setenv("NAKHON_CACHE", str(tmp_path / "cache"))
        st.cache_resource.clear()
        st.cache_data.clear()
        test = AppTest.from_file(str(APP), default_timeout=60)
        test.query_params.update(query)
        test.run()
        if page:
            test.switch_page(f"pages/{page}.py").run()
        assert [e.value for e in test.exception] == []
        return test

    yield run
    st.cache_resource.clear()


def words_of(test: AppTest) -> str:
    """Everything that the page says."""
    return "\n".join(element.value for element in test.markdown)


@pytest.fixture(scope="session", autouse=True)
def _from_the_root() -> Iterator[None]:
    """Streamlit looks for its settings in the working directory."""
    was = Path.cwd()
    os.chdir(APP.parent)
    yield
    os.chdir(was)
