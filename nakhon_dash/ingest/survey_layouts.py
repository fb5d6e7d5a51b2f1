"""Where a survey file keeps what: known column names, and one published layout with its question sheet.

A layout knows which columns name respondent and wave and describe the person; every other column it lists is a
question. Columns that it does not list are not read, so that names and free text never enter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nakhon_dash.ingest.survey_questions import Question

PERSON_COLUMNS = {
    "respondent": ("respondent", "respondent_id", "pid", "รหัสผู้ตอบ", "ผู้ตอบ", "ผู้ตอบแบบสอบถาม", "ลำดับผู้ตอบ"),
    "wave": ("wave", "round", "รอบ", "รอบสำรวจ", "ครั้งที่"),
    "asked_on": ("asked_on", "date", "วันที่ตอบ", "วันที่สำรวจ"),
    "weight": ("weight", "น้ำหนัก", "ค่าถ่วงน้ำหนัก"),
    "stratum": ("stratum", "ชั้นภูมิ"),
    "cluster": ("cluster", "psu", "กลุ่มตัวอย่าง"),
    "zone": ("zone", "เขต", "ตำบล"),
    "age_band": ("age_band", "age", "ช่วงอายุ", "อายุ"),
    "gender": ("gender", "sex", "เพศ"),
    "channel": ("channel", "ช่องทาง"),
    "complaint_id": ("complaint_id", "case_no", "เลขที่คำร้อง"),
}
LONG_COLUMNS = PERSON_COLUMNS | {
    "question": ("question", "question_id", "คำถาม", "รหัสคำถาม"),
    "score": ("score", "answer", "คะแนน", "คำตอบ"),
    "scale_max": ("scale_max", "คะแนนเต็ม"),
    "aspect": ("aspect", "ด้าน"),
    "dimension": ("dimension", "มิติ"),
}


@dataclass(frozen=True)
class Layout:
    """`person` maps canonical names to positions; `questions` maps positions to questions; `codes` the codes of a
    person column that are allowed (others become unknown, flagged out_of_range)."""

    person: Mapping[str, int]
    questions: Mapping[int, Question]
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)


_DK = frozenset({"9"})
_GOOD = {"kind": "scale", "high": 5, "dont_know": _DK, "aspect": "satisfaction"}
_ASSUMED = _GOOD | {"aspect": "opinion", "assumed": True}


def _pick(items: int) -> dict[str, Any]:
    return {"kind": "choice", "high": items, "none": frozenset({"99"}), "aspect": "priority"}


def _reversed(top: int, aspect: str) -> dict[str, Any]:
    return {"kind": "scale", "high": top, "reversed": True, "dont_know": _DK, "aspect": aspect}


_TICK = {"kind": "tick", "aspect": "mentioned"}
_OFTEN = {"kind": "scale", "high": 4, "dont_know": _DK, "aspect": "frequency"}
_YES_NO = {"kind": "choice", "high": 2, "dont_know": _DK, "aspect": "used"}

# Question number -> how it is answered, as the publisher documents it; what is not documented is not read.
KCMO: dict[int, dict[str, Any]] = {
    **dict.fromkeys((1, 2, 3, 5, 7, 9, 11, 12, 14, 15, 17), _GOOD),
    **dict.fromkeys((19, 32), _ASSUMED),
    4: _pick(16), 6: _pick(7), 8: _pick(4), 10: _pick(10), 13: _pick(10), 16: _pick(5), 18: _pick(4), 20: _pick(6),
    21: _pick(6), 22: _TICK, 23: _TICK, 25: _reversed(4, "agreement"), 26: _OFTEN, 27: _OFTEN,
    28: _reversed(5, "quality"), 29: _reversed(5, "quality"), 30: _reversed(5, "change"), 31: _YES_NO,
    34: {"kind": "choice", "high": 2, "counts": False, "aspect": "person", "dont_know": _DK},
    36: {"kind": "number", "low": 0, "high": 120, "counts": False, "aspect": "person"},
}
_KCMO_PERSON = {"respondent": "id", "wave": "quarte", "channel": "method", "stratum": "counci", "age_band": "q40_w",
                "gender": "q41_w"}
_KCMO_CODES = {"stratum": frozenset("123456")}
_KCMO_COLUMN = re.compile(r"q(\d+)(?:_(\d+|[a-z]))?")


def kcmo(columns: list[str]) -> Layout:
    """The layout of the published coded resident survey, 1–5 scales with 9 for "do not know"."""
    names = [column.strip().lower() for column in columns]
    questions = {}
    for position, name in enumerate(names):
        found = _KCMO_COLUMN.fullmatch(name)
        spec = KCMO.get(int(found[1])) if found else None
        if found and spec:
            group = f"q{found[1]}" if "none" in spec else None
            questions[position] = Question(name, group=group, **spec)
    person = {canonical: names.index(name) for canonical, name in _KCMO_PERSON.items() if name in names}
    return Layout(person, questions, _KCMO_CODES)
