"""Notes on the time axis: campaigns, floods, interventions, published figures; one note a record."""

import re

import h3

from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import Entry
from nakhon_dash.ingest.entries_columns import columns_of
from nakhon_dash.ingest.entries_record import DayOf, Refused
from nakhon_dash.ingest.survey import zone_code

COLUMNS = {
    "day_from": ("day_from", "from", "ตั้งแต่วันที่", "วันที่เริ่ม"),
    "day_to": ("day_to", "to", "ถึงวันที่", "วันที่สิ้นสุด"),
    "zone": ("zone", "เขต", "ตำบล"),
    "kind": ("kind", "ชนิด"),
    "title_th": ("title_th", "ชื่อเรื่อง", "ชื่อภาษาไทย"),
    "title_en": ("title_en", "ชื่อภาษาอังกฤษ"),
    "source": ("source", "แหล่งที่มา"),
    "category": ("category", "ประเภท", "หมวด"),
    "cells": ("cells", "h3", "ช่องแผนที่"),
}
CELL = re.compile(r"8[89a][0-9a-f]{13}")  # H3, of the resolutions that the store keeps
KINDS = {
    "campaign": ("รณรงค์", "ประชาสัมพันธ์"), "flood": ("น้ำท่วม",), "drought": ("ภัยแล้ง",), "festival": ("เทศกาล",),
    "intervention": ("มาตรการ",), "anchor": ("ตัวเลขที่เผยแพร่",), "outage": ("ระบบขัดข้อง",), "other": ("อื่นๆ", "อื่น ๆ"),
}


def positions(columns: list[str]) -> dict[str, int]:
    return columns_of(columns, COLUMNS)


def is_annotation(columns: list[str]) -> bool:
    found = set(positions(columns))
    return "day_from" in found and bool(found & {"title_th", "title_en"})


def entry_of(record: int, cells: dict[str, str], profile: Profile, day_of: DayOf) -> Entry | Refused:
    """One note, or why the record cannot be used. A title in one language stands for both, and is flagged."""
    first = day_of(cells["day_from"]) if cells["day_from"] else None
    if first is None:
        return Refused("missing_value", "day_from")
    last = day_of(cells["day_to"]) if cells.get("day_to") else first
    for day, name in ((first, "day_from"), (last, "day_to")):
        if day.number is None:
            return Refused(day.fault or "bad_date", cells[name])
    if (last.number or 0) < (first.number or 0):
        return Refused("inconsistent", "day_to < day_from")
    zone = zone_code(cells.get("zone"), profile)
    if cells.get("zone") and zone is None:
        return Refused("unknown_zone", cells["zone"])
    about = _about(cells, profile)
    if isinstance(about, Refused):
        return about
    titles = {name: cells.get(name, "")[:300] for name in ("title_th", "title_en")}
    if not any(titles.values()) or not cells.get("source"):
        return Refused("missing_value", "source" if any(titles.values()) else "title_th, title_en")
    kind = _kind(cells.get("kind", ""))
    flags = [*first.flags, *last.flags, *([] if kind else ["unknown_kind"]),
             *([] if all(titles.values()) else ["title_one_language"])]
    row = {"day_from": first.number, "day_to": last.number, "zone": zone, "kind": kind or "other",
           "title_th": titles["title_th"] or titles["title_en"], "title_en": titles["title_en"] or titles["title_th"],
           "source": cells["source"][:120]} | about
    return Entry(record, f"{row['day_from']}/{row['kind']}/{row['title_en']}", {"annotation": [row]},
                 tuple(dict.fromkeys(flags)))


def _about(cells: dict[str, str], profile: Profile) -> dict[str, str] | Refused:
    """Categories and map cells of the note, each once and in order with a space between; only what the file gives."""
    given = {name: sorted(set(cells.get(name, "").replace(",", " ").split())) for name in ("category", "cells")}
    for code in given["category"]:
        if code not in profile.categories:
            return Refused("unknown_category", code)
    for cell in given["cells"]:
        if not CELL.fullmatch(cell) or not h3.is_valid_cell(cell):
            return Refused("bad_cell", cell)
    if len({cell[1] for cell in given["cells"]}) > 1:
        return Refused("bad_cell", cells["cells"])  # cells of two sizes may hold each other
    return {name: " ".join(codes) for name, codes in given.items() if codes}


def _kind(text: str) -> str | None:
    plain = text.strip().lower()
    return next((kind for kind, aliases in KINDS.items() if plain == kind or plain in aliases), None)
