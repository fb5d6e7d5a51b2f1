"""What the readers of small tables share: days, whole numbers, and records that cannot be used."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nakhon_dash.ingest.block import Rejected
from nakhon_dash.ingest.dates import DAY, read_moment
from nakhon_dash.ingest.mask import MASK
from nakhon_dash.ingest.texts import CITIZEN_ID, EMAIL, PHONE

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True)
class Refused:
    """Why a record cannot be used: a reason code, and the value at fault."""

    reason: str
    detail: str = ""


@dataclass(frozen=True)
class Day:
    """A day as `number` (days since 1970-01-01), or the `fault` that it could not be read for."""

    number: int | None
    flags: tuple[str, ...] = ()
    fault: str | None = None


DayOf = Callable[[str], Day]


def day_until(latest: int) -> DayOf:
    """A reader of days that refuses those after day `latest` as future_date. Order where unclear: day, month, year."""

    def day_of(text: str) -> Day:
        moment = read_moment(text.strip(), "dmy")
        if moment.error:
            return Day(None, fault="bad_date" if moment.error == "no_date" else moment.error)
        number = moment.local // DAY
        return Day(None, fault="future_date") if number > latest else Day(number, moment.flags)

    return day_of


@dataclass(frozen=True)
class Count:
    """A whole number, None when the cell is empty; `readable` is false when it holds something else."""

    value: int | None
    flags: tuple[str, ...] = ()
    readable: bool = True


def count_of(text: str) -> Count:
    """A count as people write it: thousands separators, Thai digits, a trailing .0."""
    plain = "".join(text.split())
    digits = plain.translate(_THAI_DIGITS)
    flags = ("thai_digits",) if digits != plain else ()
    if not digits or digits.lower() in ("-", "na", "n/a", "null", "none", "nan"):
        return Count(None, flags)
    try:
        value = float(digits.replace(",", ""))
    except ValueError:
        return Count(None, flags, readable=False)
    fits = value == value and abs(value) < 1e15 and value == int(value)
    return Count(int(value), flags) if fits else Count(None, flags, readable=False)


def rejected(record: int, refused: Refused, columns: list[str], row: list[str], kept: Iterable[int]) -> Rejected:
    """The record for quarantine: columns that the reader does not know are masked, for they may hold a name or free
    text; in the others phone numbers, citizen ids and e-mail addresses are."""
    known = set(kept)
    raw = {}
    for at, value in enumerate(row):
        name = columns[at] if at < len(columns) and columns[at] else f"column {at + 1}"
        raw[name] = without_contacts(value)[:500] if at in known or not value.strip() else MASK
    return Rejected(record, refused.reason, without_contacts(refused.detail)[:200], raw)


def without_contacts(text: str) -> str:
    for pattern in (EMAIL, CITIZEN_ID, PHONE):
        text = pattern.sub(MASK, text)
    return text
