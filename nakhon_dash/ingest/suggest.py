"""A first mapping for a table that no format knows, for a person to correct: by headings, then by the look of values.

The order of day and month is judged over all sample values together; where they do not tell, day first is assumed.
"""

import re

from nakhon_dash.ingest.case_template import FIELDS as TEMPLATE
from nakhon_dash.ingest.dates import Order, read_moment
from nakhon_dash.ingest.formats import COMPLAINTS
from nakhon_dash.ingest.headings import key
from nakhon_dash.ingest.mapping import MAPPED, Mapping

_HINTS = {
    "source_id": r"(^|_)(id|no|number|ref)$|เลขที่|รหัส|ลำดับ",
    "received_at": r"creat|open|receiv|report|request|รับแจ้ง|วันที่แจ้ง|รับเรื่อง",
    "closed_at": r"clos|finish|complet|resolv|ปิด|เสร็จ",
    "due_at": r"due|target|expect|กำหนด",
    "modified_at": r"updat|modif|ล่าสุด",
    "status": r"status|state|สถานะ",
    "category": r"categ|type|problem|ประเภท|หมวด",
    "department": r"depart|agency|organi|หน่วยงาน|กอง|สำนัก",
    "channel": r"channel|origin|ช่องทาง",
    "community": r"communit|neighbo|ชุมชน",
    "subdistrict": r"tambon|subdistrict|ตำบล",
    "address": r"address|ที่อยู่|สถานที่",
    "lat": r"^lat|ละติจูด",
    "lon": r"^(lon|lng)|ลองจิจูด",
    "stars": r"star|rating|ดาว|คะแนน",
    "text": r"comment|descr|detail|รายละเอียด|ข้อความ",
}
_TIMES = ("received_at", "first_response_at", "closed_at", "due_at", "modified_at")
_SLASHED = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b")
_ENOUGH = 0.8


def suggest(columns: list[str], sample_rows: list[list[str]], *, source: str = "city") -> Mapping:
    """A mapping that may lack fields: `Mapping.problems` tells which. No heading is used twice but for the id."""
    values = {name: [row[n].strip() for row in sample_rows if len(row) > n] for n, name in enumerate(columns)}
    order = _order(values)
    found: dict[str, str] = {}
    for field in MAPPED:
        heading = _by_heading(field, columns, set(found.values()))
        if heading and (field not in _TIMES or _are_times(values[heading], order)):
            found[field] = heading
    if "received_at" not in found:
        free = [name for name in columns if name not in found.values() and _are_times(values[name], order)]
        found |= {"received_at": free[0]} if free else {}
    if "source_id" not in found:
        unique = [n for n in columns if n not in found.values() and values[n] and len(set(values[n])) == len(values[n])]
        found |= {"source_id": unique[0]} if unique else {}
    return Mapping(source=source, date_order=order, columns=found)


def _by_heading(field: str, columns: list[str], taken: set[str]) -> str | None:
    exact = {key(heading) for heading in TEMPLATE.get(field, ())}
    for form in COMPLAINTS:
        exact |= {key(heading) for heading in form.LAYOUT.fields.get(field, ())}
    free = [name for name in columns if name and name not in taken]
    named = next((name for name in free if key(name) in exact), None)
    hint = re.compile(_HINTS[field]) if field in _HINTS else None
    return named or next((name for name in free if hint and hint.search(key(name))), None)


def _order(values: dict[str, list[str]]) -> Order:
    pairs = [found for texts in values.values() for text in texts if (found := _SLASHED.match(text))]
    day_first = sum(int(pair[1]) > 12 for pair in pairs)
    month_first = sum(int(pair[2]) > 12 for pair in pairs)
    return "mdy" if month_first > day_first else "dmy"


def _are_times(texts: list[str], order: Order) -> bool:
    written = [text for text in texts if text]
    read = sum(not read_moment(text, order).error for text in written)
    return not texts or (bool(written) and read >= _ENOUGH * len(written))
