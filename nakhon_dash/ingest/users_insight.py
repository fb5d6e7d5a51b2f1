"""Answers of the LINE Insight service as JSON: follower counts of a day, and what is known about the friends.

One real answer names no date. It comes as {"date": …, "response": …} in a list, or alone with the date in the file's
name. Percentages are stored as given, under the service's own class names.
"""

import json
import re
from typing import Any

from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest import users
from nakhon_dash.ingest.block import Entry, Skipped
from nakhon_dash.ingest.entries_record import DayOf, Refused
from nakhon_dash.ingest.headings import key

NOT_READY = ("unready", "out_of_service")
SUM_TOLERANCE = 1.0  # percentages are rounded to tenths, class by class
_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4}-?\d\d-?\d\d)(?!\d)")
_NUMBERS = {"followers": "followers", "targetedReaches": "targeted_reaches", "blocks": "blocks"}


def is_pairs(columns: list[str]) -> bool:
    """A list of {date asked for, response}."""
    return {"date", "response"} <= set(map(key, columns))


def is_followers(columns: list[str]) -> bool:
    """One answer of the follower service, alone."""
    names = set(map(key, columns))
    return "status" in names and names <= {"status", "followers", "targetedreaches", "blocks"}


def is_demographic(columns: list[str]) -> bool:
    """One answer of the demographic service, alone."""
    return "available" in set(map(key, columns))


def date_in(name: str) -> str:
    """The date that a file name holds, as text; empty when there is none."""
    found = _DATE_IN_NAME.search(name)
    return found[1] if found else ""


def answer_of(columns: list[str], row: list[str], default_date: str) -> tuple[str, dict[str, Any]]:
    """(date asked for, the answer) of a JSON record."""
    cells = {column: _value(text) for column, text in zip(columns, row, strict=True) if text != ""}
    response = cells.get("response")
    if "response" in cells or "date" in cells:
        return str(cells.get("date", "")) or default_date, response if isinstance(response, dict) else {}
    return default_date, cells


def _value(text: str) -> Any:  # noqa: ANN401 (any JSON value)
    if text[:1] not in ("{", "["):
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def entry_of(record: int, date: str, answer: dict[str, Any], source: str, profile: Profile,
             day_of: DayOf) -> Entry | Refused | Skipped:
    """What one answer of either service becomes."""
    if "available" in answer:
        return _demographic(record, date, answer, source, day_of)
    if "status" not in answer:
        return Refused("api_error", str(answer.get("message", ""))[:200])
    if answer["status"] in NOT_READY:
        return Skipped(record, "not_ready")
    if answer["status"] != "ready":
        return Refused("unknown_status", str(answer["status"])[:80])
    cells = {name: str(answer[field]) for field, name in _NUMBERS.items() if answer.get(field) is not None}
    return users.entry_of(record, {"date": date, **cells}, source, profile, day_of)


def _demographic(record: int, date: str, answer: dict[str, Any], source: str,
                 day_of: DayOf) -> Entry | Refused | Skipped:
    if str(answer["available"]).lower() != "true":
        return Skipped(record, "not_ready")
    day = day_of(date)
    if day.number is None:
        return Refused(day.fault or "bad_date", date)
    shares = [(part, *_share(item)) for part, items in answer.items() if isinstance(items, list) for item in items]
    if not shares:
        return Refused("missing_value")
    if any(share is None or not 0 <= share <= 100 for _, _, share in shares):
        return Refused("inconsistent")
    base = {"channel": users.DEFAULT_CHANNEL, "asked_day_no": day.number, "source": source}
    rows = [base | {"part": part[:40], "class": name[:60], "percentage": share} for part, name, share in shares]
    return Entry(record, f"demographic/{day.number}", {"channel_demographic": rows}, (*day.flags, *_sums(rows)))


def _share(item: object) -> tuple[str, float | None]:
    """(class name as the service spells it, percentage)."""
    if not isinstance(item, dict):
        return "", None
    name = next((str(value) for field, value in item.items() if field != "percentage"), "")
    try:
        return name, float(item["percentage"])
    except (KeyError, TypeError, ValueError):
        return name, None


def _sums(rows: list[dict[str, Any]]) -> list[str]:
    """A part whose classes do not add up to 100 may count people twice, as an old and a new age class together."""
    parts = {row["part"] for row in rows}
    sums = [sum(row["percentage"] for row in rows if row["part"] == part) for part in parts]
    return ["sum_not_100"] if any(abs(total - 100) > SUM_TOLERANCE for total in sums) else []
