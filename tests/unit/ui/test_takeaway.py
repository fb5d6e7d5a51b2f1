"""What the buttons of the card hand out, without a browser."""

import json

import pytest
import sqlalchemy as sa

from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.measures.asking import Ask
from nakhon_dash.report.sidecar import told
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.schema import export_log
from nakhon_dash.ui import load
from nakhon_dash.ui.hotspots import takeaway
from tests.unit.measures.city import EVERYTHING, at, case, fill


@pytest.mark.parametrize(("kind", "head"), [("csv", b"PK"), ("gpkg", b"PK"), ("png", b"\x89PNG"), ("py", b'"""')])
def test_each_file_is_made_and_leaves_a_line(sqlite_store, monkeypatch, kind, head):
    rows = [case(i, i + 1, lat=8.43 + i % 7 / 500, lon=99.96) for i in range(60)]
    fill(sqlite_store, *rows)
    monkeypatch.setattr(load, "engine", lambda: sqlite_store)
    ask = Ask(StoreReader(sqlite_store), read_profile(ROOT / "data" / "city.toml"), EVERYTHING, at(1_000))
    about = told(ask, "gi", 9, at(1_000), "none")
    made = {"png": lambda: takeaway._png(ask, about, "th", dark=False), "py": lambda: takeaway._script(ask, about)}
    content = made.get(kind, lambda: takeaway._kit(ask, about, kind))()
    assert content.startswith(head)
    with sqlite_store.connect() as connection:
        (line,) = connection.execute(sa.select(export_log)).mappings().all()
    assert (line["by"], json.loads(line["what"])["what"]) == ("page", f"cells {kind} gi 9")
    assert line["rows"] > 0
