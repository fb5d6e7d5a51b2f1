"""A fresh process, asked for a page address first: the frame is there, however the server was started.

Streamlit's old multipage mode would run the file of the page without `app.py`; switching it off rests on a private
attribute, so its effect is watched here with a page that has no guard of its own.
"""

import sys
from contextlib import contextmanager

import pytest

from tests.browser.look import faults, settle, text
from tests.browser.server import ROOT, by_entry, by_streamlit, free_port, serving

STARTS = {"nakhon serve": by_entry, "streamlit run": by_streamlit}
UNGUARDED_APP = """
from pathlib import Path
import streamlit as st
page = st.navigation([st.Page(Path(__file__).parent / "pages" / "inner.py", title="Inside", url_path="inner"),
                      st.Page(lambda: st.write("welcome"), title="Door", default=True)])
st.write("GATE")
st.stop()
page.run()
"""
ENTRY = """
from pathlib import Path
from nakhon_dash.ui import asgi
import streamlit as st
app = st.App(Path(__file__).parent / "app.py")
"""


@contextmanager
def _fresh(new_page, command, port, city, address):
    """The first page that a new process is asked for; the page is gone before its server is."""
    with serving(command, port, city) as server:
        page = new_page(base=server.base)
        page.goto(address)
        settle(page)
        yield page
        page.context.close()


@pytest.mark.parametrize("address", ["/methods", "/data", "/"])
@pytest.mark.parametrize("start", STARTS)
def test_the_first_request_of_a_process_meets_the_frame(new_page, city, start, address):
    port = free_port()
    with _fresh(new_page, STARTS[start](port), port, city, address) as page:
        seen = text(page)
        assert "ภาพรวม" in seen
        assert "วิธีคำนวณ" in seen
        assert "ตัวกรอง" in seen
        assert faults(page) == []
        names = page.locator('[data-testid="stSidebarNav"] a, [data-testid="stTopNavLink"]').all_inner_texts()
        assert not {"overview", "data", "methods", "app"} & {name.strip().lower() for name in names}


def test_the_entry_closes_the_old_multipage_mode(new_page, own_city, tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "inner.py").write_text("import streamlit as st\nst.write('INNER')\n", "utf-8")
    (tmp_path / "app.py").write_text(UNGUARDED_APP, "utf-8")
    (tmp_path / "entry.py").write_text(ENTRY, "utf-8")
    (tmp_path / "static").symlink_to(ROOT / "static")
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--app-dir", str(tmp_path), "--port", str(port), "entry:app"]
    with _fresh(new_page, command, port, own_city, "/inner") as page:
        seen = text(page)
    assert "GATE" in seen
    assert "INNER" not in seen
