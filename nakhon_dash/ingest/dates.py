"""One date or date and time as people write it: both eras, Thai digits and months, any order, 12-hour clocks, Excel.

The order of day and month belongs to the format and is never guessed row by row. Rules for years: four digits from
2400 up are Buddhist Era; two digits 60-99 mean 25xx BE; other two digits may be either era and are refused.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

Order = Literal["dmy", "mdy", "ymd"]
SECOND = 1_000_000
DAY = 86_400 * SECOND
BE_FROM, BE_OFFSET = 2400, 543
EXCEL_DAYS = (20_000, 80_000)  # 1954 to 2119
_EPOCH = date(1970, 1, 1).toordinal()
_EXCEL_EPOCH = date(1899, 12, 30).toordinal()
_NO_DATE = {date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)}  # what programs write for "none"
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_MONTHS = (
    "มกราคม ม.ค. มค january jan", "กุมภาพันธ์ ก.พ. กพ february feb", "มีนาคม มี.ค. มีค march mar",
    "เมษายน เม.ย. เมย april apr", "พฤษภาคม พ.ค. พค may", "มิถุนายน มิ.ย. มิย june jun", "กรกฎาคม ก.ค. กค july jul",
    "สิงหาคม ส.ค. สค august aug", "กันยายน ก.ย. กย september sep sept", "ตุลาคม ต.ค. ตค october oct",
    "พฤศจิกายน พ.ย. พย november nov", "ธันวาคม ธ.ค. ธค december dec",
)
_MONTH_NO = {name.rstrip("."): no for no, names in enumerate(_MONTHS, 1) for name in names.split()}
_CLOCK = (
    r"(?:[\sT]+(?:เวลา\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"(?:\s*น\.?)?\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?)?"
)
_NUMBERS = re.compile(r"(?P<a>\d{1,4})([-/.])(?P<b>\d{1,2})\2(?P<c>\d{1,4})" + _CLOCK, re.I)
_WORDS = re.compile(
    r"(?P<a>\d{1,2})[\s-]*(?P<month>[^\W\d_][^\d\s-]*)[\s,-]*(?:พ\.?ศ\.?|ค\.?ศ\.?)?\s*(?P<c>\d{2,4}),?" + _CLOCK, re.I
)
_COMPACT = re.compile(
    r"(?P<a>\d{4})(?P<b>\d{2})(?P<c>\d{2})(?:[T ]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?(?P<zone>z)?",
    re.I,
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EMPTY_CLOCK = {"hour": None, "minute": None, "second": None, "part": None, "half": None, "zone": None}


class Moment(NamedTuple):
    """Microseconds of the wall clock (of `offset`, if the text names one), or the reason there are none."""

    local: int = 0
    offset: int | None = None
    error: str = ""  # bad_date | ambiguous_year | no_date (a stand-in such as 01/01/1900)
    flags: tuple[str, ...] = ()
    date_only: bool = False


@lru_cache(maxsize=65_536)
def read_moment(text: str, order: Order = "dmy") -> Moment:
    """The moment written in `text`; never raises."""
    plain = " ".join(text.translate(_THAI_DIGITS).split())
    flags = ["thai_digits"] if plain.translate(_THAI_DIGITS) != " ".join(text.split()) else []
    if _SERIAL.fullmatch(plain) and EXCEL_DAYS[0] <= float(plain) <= EXCEL_DAYS[1]:
        seconds = round((float(plain) + _EXCEL_EPOCH - _EPOCH) * 86_400)
        return Moment(seconds * SECOND, None, "", tuple(flags), plain.isdigit())
    found = _NUMBERS.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found:
        return _moment(found, _order_of(found, order), flags)
    found = _WORDS.fullmatch(plain)
    month = _MONTH_NO.get(found["month"].lower().rstrip(".")) if found else None
    if not found or not month:
        return Moment(error="bad_date")
    if not found["month"].isascii():
        flags.append("thai_month")
    return _moment(found, (found["c"], month, int(found["a"])), flags)


def _order_of(found: re.Match[str], order: Order) -> tuple[str, int, int]:
    """(year as written, month, day)."""
    a, b, c = found["a"], found["b"], found["c"]
    if len(a) > 2 or order == "ymd":
        return a, int(b), int(c)
    return (c, int(a), int(b)) if order == "mdy" else (c, int(b), int(a))


def year_ce(written: str) -> tuple[int, bool] | None:
    """(year CE, was Buddhist Era); None when two digits may be either era."""
    year = int(written)
    if len(written) <= 2:
        return (2500 + year - BE_OFFSET, True) if 60 <= year <= 99 else None
    return (year - BE_OFFSET, True) if year >= BE_FROM else (year, False)


def _moment(found: re.Match[str], parts: tuple[str, int, int], flags: list[str]) -> Moment:
    written, month, day = parts
    year = year_ce(written)
    if year is None:
        possible = 1 <= month <= 12 and 1 <= day <= 31
        return Moment(error="ambiguous_year" if possible else "bad_date")
    if year[1]:
        flags = ["be_year", *flags]
    clock = _EMPTY_CLOCK | found.groupdict()
    try:
        on = date(year[0], month, day)
        time = _time_of_day(clock)
    except ValueError:
        return Moment(error="bad_date")
    if on in _NO_DATE:
        return Moment(error="no_date", flags=tuple(flags))
    if on.year < 1900:
        return Moment(error="bad_date")
    local = (on.toordinal() - _EPOCH) * DAY + time
    return Moment(local, _offset(clock["zone"]), "", tuple(flags), clock["hour"] is None)


def _time_of_day(clock: dict[str, str | None]) -> int:
    if clock["hour"] is None:
        return 0
    hour, minute, second = int(clock["hour"]), int(clock["minute"] or 0), int(clock["second"] or 0)
    if clock["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if clock["half"][0].lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(hour)
    part = int((clock["part"] or "0").ljust(6, "0")[:6])
    return ((hour * 60 + minute) * 60 + second) * SECOND + part


def _offset(zone: str | None) -> int | None:
    if not zone:
        return None
    digits = zone[1:].replace(":", "")
    if not digits.isdigit():
        return 0
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return (-1 if zone[0] == "-" else 1) * minutes * 60 * SECOND
