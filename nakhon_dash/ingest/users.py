"""Daily user counts of a channel: LINE OA Manager exports and our own table, one day a record.

A LINE day is a UTC+9 day (22:00 to 22:00 in Thailand); it is stored under its own date and never shifted.
"""

from datetime import UTC, datetime, timedelta, timezone

from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import day_no
from nakhon_dash.ingest.block import Entry
from nakhon_dash.ingest.entries_columns import columns_of
from nakhon_dash.ingest.entries_record import Count, DayOf, Refused, count_of, day_until
from nakhon_dash.ingest.headings import key

LINE_ZONE = timezone(timedelta(hours=9))
DEFAULT_CHANNEL = "line"
COLUMNS = {
    "date": ("date", "day", "日付", "วันที่"),
    "followers": ("followers", "contacts", "総友だち数", "友だち数", "ผู้ติดตาม", "เพื่อน", "จำนวนเพื่อน", "ผู้ใช้งาน"),
    "targeted_reaches": ("targeted_reaches", "targetedreaches", "targetreaches", "target_reaches", "ターゲットリーチ",
                         "ผู้รับสารตามเป้าหมาย"),
    "blocks": ("blocks", "ブロック数", "ผู้บล็อก", "จำนวนบล็อก"),
    "channel": ("channel", "ช่องทาง"),
}
_LINE_OA = {"contacts", "総友だち数", "友だち数"}


def is_line_oa(columns: list[str]) -> bool:
    """Whether these are the headings of LINE Official Account Manager, English or Japanese."""
    names = {key(column) for column in columns}
    return is_users(columns) and bool(names & _LINE_OA)


def is_users(columns: list[str]) -> bool:
    return {"date", "followers"} <= set(positions(columns))


def positions(columns: list[str]) -> dict[str, int]:
    """Canonical name -> position of the headings that are known."""
    return columns_of(columns, COLUMNS)


def line_day(now: datetime | None) -> int:
    """The LINE day that runs at `now`: no count of a later day can exist."""
    return day_no((now or datetime.now(UTC)).astimezone(LINE_ZONE).date())


def days_of(now: datetime | None) -> DayOf:
    return day_until(line_day(now))


def entry_of(record: int, cells: dict[str, str], source: str, profile: Profile, day_of: DayOf) -> Entry | Refused:
    """One day's counts, or why the record cannot be used. `cells` holds canonical names."""
    day = day_of(cells["date"])
    if day.number is None:
        return Refused(day.fault or "bad_date", cells["date"])
    channel = channel_code(cells.get("channel", ""), profile)
    if channel is None:
        return Refused("unknown_channel", cells["channel"])
    counts = {name: count_of(cells.get(name, "")) for name in ("followers", "targeted_reaches", "blocks")}
    fault = _fault(counts)
    if fault:
        return fault
    numbers = {name: count.value for name, count in counts.items()}
    flags = [*day.flags, *(flag for count in counts.values() for flag in count.flags), *_flags(numbers)]
    row = {"channel": channel, "day_no": day.number, **numbers, "flags": "", "source": source}
    return Entry(record, f"{channel}/{day.number}", {"channel_users": [row]}, tuple(dict.fromkeys(flags)))


def channel_code(text: str, profile: Profile) -> str | None:
    """The profile's code for a channel; LINE when the file does not name one; None when it is unknown."""
    plain = text.strip().lower()
    if not plain:
        return DEFAULT_CHANNEL
    for channel in profile.channel:
        if plain in {label.lower() for label in (channel.code, channel.name_th, channel.name_en, *channel.aliases)}:
            return channel.code
    return None


def _fault(counts: dict[str, Count]) -> Refused | None:
    unreadable = [name for name, count in counts.items() if not count.readable]
    if unreadable:
        return Refused("bad_number", ", ".join(unreadable))
    values = {name: count.value for name, count in counts.items() if count.value is not None}
    if not values:
        return Refused("missing_value")
    followers = values.get("followers", max(values.values()))
    return Refused("inconsistent") if min(values.values()) < 0 or max(values.values()) > followers else None


def _flags(numbers: dict[str, int | None]) -> list[str]:
    followers, reach, blocks = (numbers[name] for name in ("followers", "targeted_reaches", "blocks"))
    flags = ["missing_blocks"] if blocks is None else []
    if followers is None:
        flags.append("missing_followers")
    elif reach is not None and blocks is not None and reach > followers - blocks:
        flags.append("reach_above_reachable")
    return flags
