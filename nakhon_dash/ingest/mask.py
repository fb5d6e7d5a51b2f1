"""A record that goes to quarantine, with everything personal in it masked."""

import re
from collections.abc import Collection

from nakhon_dash.ingest.dates import read_moment
from nakhon_dash.ingest.texts import CITIZEN_ID, EMAIL, PHONE

MASK = "•••"
_CODE = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9_-]{1,30}")  # T1, 2025-AAAA01; no word and no plain number
MAX_VALUE = 200
_PERSONAL = re.compile(
    r"text|desc|comment|note|address|addr|photo|image|media|phone|tel|mobile|(?<!file)name|email|mail|contact|reporter"
    r"|resolution|closure_reason|title|street|cross|intersection|location|landmark|coord|geom|house|bbl|user|line_id|(?:^|[\s_])(?:lat|lon|lng)(?:g?itu[dt]e|g)?$"
    r"|รายละเอียด|ข้อความ|หมายเหตุ|ที่อยู่|บ้านเลขที่|รูป|ภาพ|โทร|เบอร์|ชื่อ|ผู้แจ้ง|ผู้ร้อง|อีเมล|ถนน|ซอย|พิกัด|บัตรประชาชน",
    re.IGNORECASE,
)
# Names of things, not of people or places where people live.
_PUBLIC = re.compile(
    r"^(service_name|agency.?name|location.?type|file_name|channel.*|community.*|facility.*)$", re.IGNORECASE
)


def masked(record: dict[str, str], known: Collection[str] | None = None) -> dict[str, str]:
    """`record` without the values of personal columns, and without phone, id and e-mail numbers anywhere.

    With `known`, columns under any other heading are masked too: nobody knows what they hold.
    """
    return {
        name: _value(name, value) if known is None or name in known or not value.strip() else MASK
        for name, value in record.items()
    }


def masked_loose(record: dict[str, str]) -> dict[str, str]:
    """A record whose values may stand under the wrong headings: only codes and times are shown."""
    return {name: value if _is_code(value.strip()) else MASK for name, value in record.items()}


def _is_code(value: str) -> bool:
    if not value or not read_moment(value).error:
        return True
    return bool(_CODE.fullmatch(value)) and not PHONE.search(value) and not CITIZEN_ID.search(value)


def is_personal(heading: str) -> bool:
    """Whether a column may hold personal data, by its heading; in doubt it does."""
    return bool(_PERSONAL.search(heading)) and not _PUBLIC.match(heading)


def _value(name: str, value: str) -> str:
    if value and (is_personal(name) or name.startswith("+")):
        return MASK
    text = value.replace("\0", "")
    for pattern in (EMAIL, CITIZEN_ID, PHONE):
        text = pattern.sub(MASK, text)
    return text if len(text) <= MAX_VALUE else text[:MAX_VALUE] + "…"
