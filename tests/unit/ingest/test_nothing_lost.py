"""Whatever stands in a file of a known heading: every record is a row, refused or passed over, and nothing crashes."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nakhon_dash.ingest.block import COMPLAINT_DTYPES, OUTCOMES, STATUSES
from nakhon_dash.ingest.draft import FLAG_ORDER
from nakhon_dash.ingest.formats import COMPLAINTS
from tests.unit.ingest.cases_of import PROFILE, Read

ODD = [
    "", " ", "N/A", "💡", "nan", "inf", "-inf", "1e309", "-0", "9" * 40, "0,0", "99.965,8.415", "['99.9', '8.4']",
    "{ถนน}", "[", "['", "{", "Closed", "เสร็จสิ้น", "true", "=1+1", "'", '"', "a\nb", "\u202e", "\ufeff", "๑๒", "0.0",
    "2025-03-10 08:00:00", "2568-03-10", "10/03/2568 25:00", "31/02/2025", "01/01/1900", "9999-12-31 23:59:59",
    "0000-00-00", "45726.5", "1e5", "03/09/2025 02:30:00 AM", "8.415", "99.965", "42.3594", "-71.0587", "999",
]
CELLS = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12))


def heading(form):
    """All headings a format knows, spelled one way each, that it is told by."""
    names = [names[0] for names in form.LAYOUT.fields.values()]
    return list(dict.fromkeys([*names, *form.LAYOUT.texts]))


@pytest.mark.parametrize("form", COMPLAINTS, ids=lambda form: form.NAME)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_record_is_accounted_for(tmp_path, form, data):
    columns = heading(form)
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(columns) - 1, max_size=len(columns) + 1), max_size=5))
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    path = tmp_path / "cases.csv"
    path.write_bytes(text.getvalue().encode("utf-8", "replace"))
    read = Read(path, format=form.NAME, block_size=3)
    seen = [*read.rows, *read.rejected, *read.skipped]
    assert sorted(seen) == list(range(1, (read.blocks[-1].last if read.blocks else 0) + 1))
    for block in read.blocks:
        assert block.rows.dtypes.astype(str).loc[list(COMPLAINT_DTYPES)].to_dict() == COMPLAINT_DTYPES
        assert set(block.rows["status"]) <= set(STATUSES)
        assert set(block.rows["outcome"]) <= {*OUTCOMES, None}
        assert set(block.rows["category"]) <= set(PROFILE.categories)
        assert {flag for flags in block.rows["flags"] for flag in flags.split()} <= set(FLAG_ORDER)
        assert block.rows["source_id"].str.len().between(1, 120).all()
        assert not block.rows.astype(str).map(lambda value: "\0" in value).to_numpy().any()
