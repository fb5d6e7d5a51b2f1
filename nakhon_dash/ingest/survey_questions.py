"""What a survey asks: the questions, their scales, and which codes mean "do not know" or "none".

A question sheet is a table (CSV or spreadsheet) with one question a row; the columns are SHEET_COLUMNS.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.entries_columns import columns_of
from nakhon_dash.ingest.tables import open_table

KINDS = ("scale", "choice", "tick", "number")
SHEET_COLUMNS = {
    "question": ("question", "question_id", "รหัสคำถาม", "คำถาม"),
    "text_th": ("text_th", "ข้อความ", "ข้อความภาษาไทย"),
    "text_en": ("text_en", "ข้อความภาษาอังกฤษ"),
    "aspect": ("aspect", "ด้าน"),
    "dimension": ("dimension", "มิติ"),
    "scale_max": ("scale_max", "คะแนนเต็ม"),
    "kind": ("kind", "ชนิด"),
    "reversed": ("reversed", "กลับคะแนน"),
    "dk": ("dk", "dk_codes", "dont_know", "รหัสไม่ทราบ"),
}
YES = frozenset({"1", "y", "yes", "true", "x", "✓", "ใช่", "มี"})
NO = frozenset({"", "0", "n", "no", "false", "ไม่ใช่", "ไม่"})
_THAI_KINDS = {"มาตรวัด": "scale", "ตัวเลือก": "choice", "ทำเครื่องหมาย": "tick", "จำนวน": "number"}


@dataclass(frozen=True)
class Question:
    """One question. `reversed` scales count down (1 is best) and are turned when stored, so that higher is better.

    `group` joins several choices of one question; `assumed` marks a scale whose direction is not documented;
    `counts` is false for facts about the respondent, which are no answer to the survey.
    """

    code: str
    kind: str
    text_th: str | None = None
    text_en: str | None = None
    aspect: str | None = None
    dimension: str | None = None
    low: float = 1
    high: float | None = None
    reversed: bool = False
    dont_know: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    group: str | None = None
    assumed: bool = False
    counts: bool = True

    @property
    def scale_max(self) -> int | None:
        return int(self.high) if self.kind == "scale" and self.high is not None else None

    def row(self, source: str) -> dict[str, Any]:
        """The question as a row of `survey_question`."""
        return {"source": source, "question": self.code, "text_th": self.text_th, "text_en": self.text_en,
                "aspect": self.aspect, "dimension": self.dimension, "scale_max": self.scale_max, "kind": self.kind,
                "reversed": int(self.reversed)}


def read_sheet(path: Path, profile: Profile) -> dict[str, Question]:
    """The questions of a sheet by code, in its order; BadFile names the first row that is wrong."""
    table = open_table(path)
    at = columns_of(table.columns, SHEET_COLUMNS)
    if "question" not in at or "kind" not in at:
        raise BadFile("survey_sheet_columns", file=path.name, columns="question, kind, scale_max")
    questions: dict[str, Question] = {}
    for batch in table.batches(1000):
        for record, row in zip(batch.records, batch.rows, strict=True):
            values = {name: row[column].strip() for name, column in at.items()}
            question = _question(values, record, path, profile)
            if question.code in questions:
                raise _wrong(path, record, "question", question.code, "each code once")
            questions[question.code] = question
        for record, row in batch.odd:
            raise _wrong(path, record, "row", len(row), f"{len(table.columns)} columns")
    return questions


def _question(values: dict[str, str], record: int, path: Path, profile: Profile) -> Question:
    code = values["question"]
    if not code:
        raise _wrong(path, record, "question", "", "a code")
    kind = _THAI_KINDS.get(values["kind"], values["kind"].lower())
    if kind not in KINDS:
        raise _wrong(path, record, "kind", values["kind"], ", ".join(KINDS))
    top = values.get("scale_max", "")
    if kind == "scale" and not (top.isdecimal() and 2 <= int(top) <= 100):
        raise _wrong(path, record, "scale_max", top, "2–100")
    turned = values.get("reversed", "").lower()
    if turned not in YES | NO:
        raise _wrong(path, record, "reversed", turned, "1, 0")
    dimension = values.get("dimension") or None
    if dimension and dimension not in profile.dimensions_by_code:
        raise _wrong(path, record, "dimension", dimension, ", ".join(profile.dimensions_by_code))
    return Question(
        code, kind, values.get("text_th") or None, values.get("text_en") or None, values.get("aspect") or None,
        dimension, low=1 if kind == "scale" else float("-inf"), high=int(top) if kind == "scale" else None,
        reversed=turned in YES, dont_know=frozenset(values.get("dk", "").replace(";", " ").replace(",", " ").split()))


def _wrong(path: Path, record: int, column: str, value: object, allowed: str) -> BadFile:
    return BadFile("survey_sheet_value", file=path.name, record=record, column=column, value=value, allowed=allowed)
