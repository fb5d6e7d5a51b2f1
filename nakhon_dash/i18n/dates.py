"""Dates and times as Thai and English readers write them. Buddhist Era = CE + 543, formatted by ourselves because
locale data prints "ค.ศ." for Thai."""

from datetime import date, datetime

from nakhon_dash.i18n import t
from nakhon_dash.i18n.numbers import EN_DASH

BE = 543
_MONTHS = {
    "th": [
        "มกราคม",
        "กุมภาพันธ์",
        "มีนาคม",
        "เมษายน",
        "พฤษภาคม",
        "มิถุนายน",
        "กรกฎาคม",
        "สิงหาคม",
        "กันยายน",
        "ตุลาคม",
        "พฤศจิกายน",
        "ธันวาคม",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_SHORT = {
    "th": ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_DAYS = {
    "th": ["วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_DAYS_SHORT = {
    "th": ["จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}


def year(ce: int, lang: str) -> int:
    """2569 / 2026."""
    return ce + BE if lang == "th" else ce


def month_short(month: int, lang: str) -> str:
    return _SHORT[lang][month - 1]


def day_short(d: date, lang: str) -> str:
    """22 พ.ย. 69 / 22 Nov 2026: captions only."""
    shown = f"{year(d.year, lang) % 100:02d}" if lang == "th" else str(d.year)
    return f"{d.day} {_SHORT[lang][d.month - 1]} {shown}"


def day_long(d: date, lang: str) -> str:
    """22 พฤศจิกายน 2569 / 22 November 2026."""
    return f"{d.day} {_MONTHS[lang][d.month - 1]} {year(d.year, lang)}"


def day_medium(d: date, lang: str) -> str:
    """22 พ.ย. 2569 / 22 Nov 2026."""
    return f"{d.day} {_SHORT[lang][d.month - 1]} {year(d.year, lang)}"


def day_bare(d: date, lang: str) -> str:
    """22 พ.ย. / 22 Nov: axis ends."""
    return f"{d.day} {_SHORT[lang][d.month - 1]}"


def weekday(d: date, lang: str, *, short: bool = False) -> str:
    return (_DAYS_SHORT if short else _DAYS)[lang][d.weekday()]


def clock(moment: datetime, lang: str) -> str:
    """08:12 น. / 08:12."""
    return t("date.clock", lang, value=f"{moment:%H:%M}")


def moment_short(moment: datetime, lang: str) -> str:
    """22 พ.ย. 69 08:12 น. / 22 Nov 2026, 08:12."""
    return t("date.moment", lang, day=day_short(moment, lang), clock=clock(moment, lang))


def day_range(first: date, last: date, lang: str) -> str:
    """24 ต.ค. – 22 พ.ย. 2569; parts that both ends share stand once."""
    if first == last:
        return day_medium(first, lang)
    if first.year != last.year:
        return f"{day_medium(first, lang)} {EN_DASH} {day_medium(last, lang)}"
    if first.month != last.month:
        return f"{day_bare(first, lang)} {EN_DASH} {day_medium(last, lang)}"
    return f"{first.day}{EN_DASH}{day_medium(last, lang)}"


def fiscal_year_name(ce: int, lang: str) -> str:
    """ปีงบฯ 2570 / FY2027."""
    return t("date.fiscal_year", lang, year=year(ce, lang))
