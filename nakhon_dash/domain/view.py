"""The view: which cases a reader looks at, as codes only, and the same as resolved days.

`View` is what the address and the sidebar hold; `Scope` is what queries take.
Days are local days of the place where the case was reported, both ends included.
"""

import calendar
import re
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

EPOCH = date(1970, 1, 1)
PERIODS = ("7d", "30d", "90d", "365d", "fy", "lastfy", "all")
COMPARES = ("previous", "lastyear", "none")
DUE_FROM = ("source", "promise")
CLOCKS = ("calendar", "working")
FILTERS = ("dimension", "category", "department", "zone", "channel", "source", "cell")
_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,40}")
_CELL = re.compile(r"8[89a][0-9a-f]{13}")  # H3, of the resolutions that the store keeps


def day_no(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    return EPOCH + timedelta(days=int(number))


def micros(moment: datetime) -> int:
    """Microseconds since 1970-01-01T00:00Z of an aware moment: the store's unit of time."""
    delta = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def moment_of(value: int) -> datetime:
    """The UTC moment of the store's microseconds."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(value))


@dataclass(frozen=True)
class Scope:
    """Resolved filters: day numbers (both ends included, None = open) and codes (empty = all).

    `cell` are H3 cells of resolution 8, 9 or 10: only cases with a usable point in one of them.
    `clock` measures waiting times only: None = calendar hours, "working" = office hours of the profile.
    """

    first_day: int | None = None
    last_day: int | None = None
    dimension: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    cell: tuple[str, ...] = ()
    due_from: str | None = None
    clock: str | None = None

    def days(self, first: int | None, last: int | None) -> "Scope":
        return replace(self, first_day=first, last_day=last)

    @property
    def everywhere(self) -> "Scope":
        """The same without the filter of cells."""
        return replace(self, cell=())

    def as_dict(self) -> dict:
        """The scope for people and machines: ISO days, codes."""
        out: dict = {
            "from": str(day_of(self.first_day)) if self.first_day is not None else None,
            "to": str(day_of(self.last_day)) if self.last_day is not None else None,
        }
        out |= {name: list(getattr(self, name)) for name in FILTERS if getattr(self, name)}
        return out | {name: getattr(self, name) for name in ("due_from", "clock") if getattr(self, name)}


@dataclass(frozen=True)
class View:
    """One reader's choice, as codes. Any address gives a valid view: what is not allowed is dropped.

    `asof` is a past day (ISO) to be seen as it was known at its end, "" = now.
    """

    period: str = "30d"
    compare: str = "previous"
    dimension: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    cell: tuple[str, ...] = ()
    clock: str = "calendar"
    asof: str = ""
    lang: str = field(default="th")

    def to_query(self) -> dict[str, str]:
        """The address of the view: only what differs from the default."""
        pairs = {}
        for f in fields(self):
            value = getattr(self, f.name)
            if value != f.default:
                pairs[f.name] = ",".join(value) if isinstance(value, tuple) else value
        return pairs

    @classmethod
    def from_query(cls, query: dict[str, str], allowed: dict[str, list[str]] | None = None) -> "View":
        """The view of an address; codes not in `allowed[filter]` (when given) are dropped."""
        view = cls()
        if query.get("lang") in ("th", "en"):
            view = replace(view, lang=query["lang"])
        if valid_period(query.get("period", "")):
            view = replace(view, period=query["period"])
        if query.get("compare") in COMPARES:
            view = replace(view, compare=query["compare"])
        if query.get("clock") in CLOCKS:
            view = replace(view, clock=query["clock"])
        if valid_day(query.get("asof", "")):
            view = replace(view, asof=query["asof"])
        chosen: dict[str, Any] = {}
        for name in FILTERS:
            codes = dict.fromkeys(c for c in query.get(name, "").split(",") if _CODE.fullmatch(c))
            known = allowed.get(name) if allowed else None
            chosen[name] = tuple(c for c in codes if known is None or c in known)
        chosen["cell"] = tuple(cell for cell in chosen["cell"] if valid_cell(cell))
        return replace(view, **chosen)

    def scope(self, today: date, first_data_day: date | None = None, fiscal_start: int = 10) -> Scope:
        """The view's period resolved on `today`."""
        first, last = period_days(self.period, today, first_data_day or today, fiscal_start)
        chosen = {name: getattr(self, name) for name in FILTERS}
        clock = None if self.clock == "calendar" else self.clock
        return Scope(day_no(first), day_no(last), clock=clock, **chosen)

    def compare_scope(self, today: date, first_data_day: date | None = None, fiscal_start: int = 10) -> Scope | None:
        """The period to compare with, of equal length, or None."""
        now = self.scope(today, first_data_day, fiscal_start)
        return None if self.compare == "none" or self.period == "all" else compared(now, self.compare)


def compared(scope: Scope, how: str) -> Scope | None:
    """The period of equal length before, or the same days `lastyear`; None when the scope has an open end."""
    if scope.first_day is None or scope.last_day is None:
        return None
    if how == "lastyear":
        return scope.days(*(day_no(year_before(day_of(d))) for d in (scope.first_day, scope.last_day)))
    length = scope.last_day - scope.first_day + 1
    return scope.days(scope.first_day - length, scope.first_day - 1)


def valid_cell(text: str) -> bool:
    """Whether this is the number of an H3 cell, in small letters, of a resolution that the store keeps."""
    return bool(_CELL.fullmatch(text))


def valid_day(text: str) -> bool:
    """Whether this is a day written 2026-11-22."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def valid_period(period: str) -> bool:
    if period in PERIODS:
        return True
    if re.fullmatch(r"fy2[0-9]{3}", period):
        return True
    found = _RANGE.fullmatch(period)
    if not found:
        return False
    try:
        first, last = (date.fromisoformat(d) for d in found.groups())
    except ValueError:
        return False
    return first <= last


def fiscal_year(day: date, start_month: int = 10) -> int:
    """Fiscal year (CE) of a day: ปีงบประมาณ N runs from 1 Oct N-1 to 30 Sep N."""
    return day.year + (1 if start_month > 1 and day.month >= start_month else 0)


def fiscal_days(year: int, start_month: int = 10) -> tuple[date, date]:
    """First and last day of fiscal year `year` (CE)."""
    first = date(year - (1 if start_month > 1 else 0), start_month, 1)
    return first, date(first.year + 1, first.month, 1) - timedelta(days=1)


def year_before(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, min(day.day, last))


def period_days(period: str, today: date, first_data_day: date, fiscal_start: int = 10) -> tuple[date, date]:
    """First and last day of a period code on `today`; `fy` and `lastfy` never end after today."""
    if period == "all":
        return min(first_data_day, today), today
    if period in ("fy", "lastfy") or period.startswith("fy"):
        this = fiscal_year(today, fiscal_start)
        year = {"fy": this, "lastfy": this - 1}.get(period) or int(period[2:])
        first, last = fiscal_days(year, fiscal_start)
        return first, max(first, min(last, today))
    found = _RANGE.fullmatch(period)
    if found:
        return date.fromisoformat(found[1]), date.fromisoformat(found[2])
    return today - timedelta(days=int(period.rstrip("d")) - 1), today
