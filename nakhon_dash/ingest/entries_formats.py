"""The formats of the small tables: how each is told by its headings, and the reader of one record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import day_no
from nakhon_dash.ingest import annotation, users, users_insight
from nakhon_dash.ingest.block import Entry, Skipped
from nakhon_dash.ingest.entries_columns import columns_of
from nakhon_dash.ingest.entries_record import Refused, day_until
from nakhon_dash.ingest.survey_layouts import LONG_COLUMNS, Layout, kcmo
from nakhon_dash.ingest.survey_tables import (
    OneRecord,
    is_kcmo,
    is_long,
    is_wide,
    long_reader,
    wide_layout,
    wide_reader,
)
from nakhon_dash.ingest.tables import Table

PLAN_AHEAD_DAYS = 3660  # a note may announce something; a count or an answer may not
Outcome = Entry | Refused | Skipped


@dataclass(frozen=True)
class Job:
    """One file to read, and what the caller said about it."""

    path: Path
    table: Table
    source: str
    profile: Profile
    now: datetime
    questions: Path | None
    asked: date | None

    @property
    def today(self) -> int:
        return day_no(self.now.astimezone(self.profile.tz).date())


@dataclass(frozen=True)
class Format:
    """How files of one kind are told by their headings and read. `kept(job)`: columns safe to show in quarantine."""

    NAME: str
    KIND: str
    matches: Callable[[list[str]], bool]
    reader: Callable[[Job], Callable[[int, list[str]], Outcome]]
    kept: Callable[[Job], Iterable[int]]
    series: bool = False


def _counts(job: Job) -> Callable[[int, list[str]], Outcome]:
    at, day_of = users.positions(job.table.columns), users.days_of(job.now)

    def one(record: int, row: list[str]) -> Outcome:
        cells = {name: row[place].strip() for name, place in at.items()}
        return users.entry_of(record, cells, job.source, job.profile, day_of)

    return one


def _insight(job: Job) -> Callable[[int, list[str]], Outcome]:
    day_of = users.days_of(job.now)
    default = job.asked.isoformat() if job.asked else users_insight.date_in(job.path.name)
    changed = datetime.fromtimestamp(job.path.stat().st_mtime, users.LINE_ZONE).date().isoformat()

    def one(record: int, row: list[str]) -> Outcome:
        asked, answer = users_insight.answer_of(job.table.columns, row, default)
        # the answer on demographics is about now; the file was written when it was asked
        asked = asked or (changed if "available" in answer else "")
        return users_insight.entry_of(record, asked, answer, job.source, job.profile, day_of)

    return one


def _notes(job: Job) -> Callable[[int, list[str]], Outcome]:
    at, day_of = annotation.positions(job.table.columns), day_until(job.today + PLAN_AHEAD_DAYS)

    def one(record: int, row: list[str]) -> Outcome:
        cells = {name: row[place].strip() for name, place in at.items()}
        return annotation.entry_of(record, cells, job.profile, day_of)

    return one


def _kcmo(job: Job) -> OneRecord:
    return wide_reader(kcmo(job.table.columns), job.source, job.profile, day_until(job.today))


def _wide_layout(job: Job) -> Layout:
    return wide_layout(job.table.columns, job.questions, job.profile)


def _wide(job: Job) -> OneRecord:
    return wide_reader(_wide_layout(job), job.source, job.profile, day_until(job.today))


def _long(job: Job) -> OneRecord:
    return long_reader(job.table.columns, job.questions, job.source, job.profile, day_until(job.today))


def _named(columns: dict[str, tuple[str, ...]]) -> Callable[[Job], Iterable[int]]:
    return lambda job: columns_of(job.table.columns, columns).values()


def _all(job: Job) -> Iterable[int]:
    return range(len(job.table.columns))


def _places(layout: Layout) -> set[int]:
    return {*layout.person.values(), *layout.questions}


FORMATS = (
    Format("line_oa", "users", users.is_line_oa, _counts, _named(users.COLUMNS), series=True),
    Format("line_insight", "users", users_insight.is_pairs, _insight, _all, series=True),
    Format("line_insight_followers", "users", users_insight.is_followers, _insight, _all, series=True),
    Format("line_insight_demographic", "users", users_insight.is_demographic, _insight, _all),
    Format("users", "users", users.is_users, _counts, _named(users.COLUMNS), series=True),
    Format("survey_kcmo", "survey", is_kcmo, _kcmo, lambda job: _places(kcmo(job.table.columns))),
    Format("survey_long", "survey", is_long, _long, _named(LONG_COLUMNS)),
    Format("survey_wide", "survey", is_wide, _wide, lambda job: _places(_wide_layout(job))),
    Format("annotation", "annotation", annotation.is_annotation, _notes, _named(annotation.COLUMNS)),
)
