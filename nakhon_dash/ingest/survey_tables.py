"""Survey files of three layouts: a question a column (wide), an answer a row (long), and one published coded layout."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import BadFile, Entry
from nakhon_dash.ingest.entries_columns import columns_of
from nakhon_dash.ingest.entries_record import DayOf, Refused
from nakhon_dash.ingest.headings import key
from nakhon_dash.ingest.survey import answer_row, person_of, wide_entry
from nakhon_dash.ingest.survey_layouts import LONG_COLUMNS, PERSON_COLUMNS, Layout
from nakhon_dash.ingest.survey_questions import Question, read_sheet
from nakhon_dash.ingest.survey_values import answer

OneRecord = Callable[[int, list[str]], Entry | Refused]
SHEET_NAMES = ("{stem}_questions", "{stem}.questions", "questions")
SHEET_ENDINGS = (".csv", ".xlsx")


def is_kcmo(columns: list[str]) -> bool:
    return {"id", "quarte", "q1_01", "q2_01"} <= set(map(key, columns))


def is_long(columns: list[str]) -> bool:
    return {"respondent", "wave", "question", "score"} <= set(columns_of(columns, LONG_COLUMNS))


def is_wide(columns: list[str]) -> bool:
    found = set(columns_of(columns, LONG_COLUMNS))
    return {"respondent", "wave"} <= found and "question" not in found and len(columns) > 2


def sheet_beside(path: Path) -> Path | None:
    """The question sheet in the same folder, if one is there under a name that belongs to `path`."""
    stem = path.name.split(".")[0]
    for name in SHEET_NAMES:
        for ending in SHEET_ENDINGS:
            sheet = path.with_name(name.format(stem=stem) + ending)
            if sheet.is_file() and sheet != path:
                return sheet
    return None


def wide_layout(columns: list[str], sheet: Path | None, profile: Profile) -> Layout:
    """Columns named as in the question sheet are questions; BadFile when there is no sheet or nothing fits it."""
    if sheet is None:
        raise BadFile("survey_questions_missing")
    questions = {key(code): question for code, question in read_sheet(sheet, profile).items()}
    person = columns_of(columns, PERSON_COLUMNS)
    found = {at: questions[key(c)] for at, c in enumerate(columns) if key(c) in questions}
    if not found:
        raise BadFile("survey_questions_elsewhere", file=sheet.name)
    return Layout({name: at for name, at in person.items() if at not in found}, found)


class QuestionRows:
    """Hands each question to the store once, with the first record that answers it.

    A later record of the same key carries the same questions again, so that it still compares as a repetition.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._given: set[str] = set()
        self._with: dict[str, list[dict[str, Any]]] = {}

    def add(self, entry: Entry, questions: list[Question]) -> Entry:
        rows = self._with.get(entry.key)
        if rows is None:
            new = {q.code: q for q in questions if q.code not in self._given}
            rows = [question.row(self._source) for question in new.values()]
            if not rows:
                return entry
            self._given |= set(new)
            self._with[entry.key] = rows
        return replace(entry, rows={"survey_question": rows, **entry.rows})


def wide_reader(layout: Layout, source: str, profile: Profile, day_of: DayOf) -> OneRecord:
    given = QuestionRows(source)
    questions = list(layout.questions.values())

    def one(record: int, row: list[str]) -> Entry | Refused:
        entry = wide_entry(record, row, layout, source, profile, day_of)
        return entry if isinstance(entry, Refused) else given.add(entry, questions)

    return one


def long_reader(columns: list[str], sheet: Path | None, source: str, profile: Profile, day_of: DayOf) -> OneRecord:
    """One answer a record. The scale comes from the question sheet, else from the record itself."""
    known = read_sheet(sheet, profile) if sheet else {}
    at = columns_of(columns, LONG_COLUMNS)
    if not known and "scale_max" not in at:
        raise BadFile("survey_questions_missing")
    given, layout = QuestionRows(source), Layout(at, {})

    def one(record: int, row: list[str]) -> Entry | Refused:
        person = person_of(row, layout, profile, day_of)
        if isinstance(person, Refused):
            return person
        cells = {name: row[place].strip() for name, place in at.items()}
        question = known.get(cells["question"]) or _question(cells, profile)
        if isinstance(question, Refused):
            return question
        found = answer(cells["score"], question)
        if found is None:
            return Refused("empty_response", question.code)
        flags = tuple(dict.fromkeys((*person.flags, *found.flags)))
        rows = {"survey_answer": [answer_row(question, found, person, source)]}
        return given.add(Entry(record, f"{person.wave}/{person.respondent}/{question.code}", rows, flags), [question])

    return one


def _question(cells: dict[str, str], profile: Profile) -> Question | Refused:
    code, top, dimension = cells["question"], cells.get("scale_max", ""), cells.get("dimension", "")
    if not code:
        return Refused("missing_question")
    if not (top.isdecimal() and 2 <= int(top) <= 100):
        return Refused("bad_scale", top)
    known = dimension if dimension in profile.dimensions_by_code else None
    return Question(code[:60], "scale", aspect=cells.get("aspect", "")[:20] or None, dimension=known, high=int(top))
