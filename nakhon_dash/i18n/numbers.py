"""One way to write a number, in both languages. Pure; never rounds up to a target it did not reach."""

import math
from decimal import ROUND_HALF_EVEN, Decimal

from nakhon_dash.i18n import t

MINUS, EN_DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
SMALL_N = 100  # below this a share has no decimal: it would promise precision that is not there
HOURS_UNTIL = 72  # up to here waiting times are hours, then days


def decimal(value: float, digits: int) -> str:
    """`value` with `digits` decimals, thousands separated, a true minus sign; 0.9996 with one digit as % stays 99.9."""
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    return f"{exact:,}".replace("-", MINUS) if exact else f"{abs(exact):,}"


def percent(value: float, digits: int = 1) -> str:
    """A share (0 to 1) times 100; never shown as 100 or 0 unless it is."""
    shown = decimal(value * 100, digits)
    step = 10.0**-digits
    if value < 1 and value * 100 + step / 2 >= 100:
        return decimal(100 - step, digits)
    if value > 0 and value * 100 < step / 2:
        return decimal(step, digits)
    return shown


def share(value: float, n: int | None = None) -> str:
    """A share in a card: 86.9%, or 87% when it stands on fewer than 100 cases."""
    return f"{percent(value, share_digits(n))}%"


def share_digits(n: int | None) -> int:
    return 0 if n is not None and n < SMALL_N else 1


def share_prose(value: float, lang: str, n: int | None = None) -> str:
    """A share in a sentence: ร้อยละ 86.9 or 86.9%."""
    number = percent(value, share_digits(n))
    return t("number.percent_prose", lang, value=number)


def span(low: str, high: str, lang: str) -> str:
    """Two written ends as an interval: en dash, or the word when a sign is present."""
    if any(mark in low + high for mark in (MINUS, "+")):
        return t("number.span_signed", lang, low=low, high=high)
    return f"{low}{EN_DASH}{high}"


def share_span(low: float, high: float, lang: str, n: int | None = None) -> str:
    digits = share_digits(n)
    return span(percent(low, digits), percent(high, digits), lang)


def signed(value: float, digits: int = 0) -> str:
    """+4, −1.2, or 0 without a sign."""
    shown = decimal(value, digits)
    return f"+{shown}" if value > 0 and shown.strip("0.") else shown


def points(difference: float, lang: str, n: int | None = None) -> str:
    """A difference of two shares (0 to 1) in points: −1.2 จุด."""
    return t("number.points", lang, value=signed(difference * 100, share_digits(n)))


def points_span(low: float, high: float, lang: str, n: int | None = None) -> str:
    """The interval of a difference of two shares in points: −0.8 ถึง +2.7."""
    digits = share_digits(n)
    return span(signed(low * 100, digits), signed(high * 100, digits), lang)


def count(value: float, lang: str, noun: str = "cases") -> str:
    """1,128 เรื่อง / 1,128 cases; `noun` is a key under `noun.` with `_one` for English singular."""
    number = decimal(value, 0)
    key = f"noun.{noun}_one" if value == 1 else f"noun.{noun}"
    return t("number.with_noun", lang, value=number, noun=t(key, lang))


def hours_number(hours: float) -> tuple[str, str]:
    """(number, unit key) of a waiting time: hours below 72, then days with one decimal."""
    if hours < 1:
        return decimal(hours * 60, 0), "minutes"
    if hours < HOURS_UNTIL:
        return decimal(hours, 0), "hours"
    days = hours / 24
    return decimal(days, 1 if days < 100 else 0), "days"


def duration(hours: float, lang: str) -> str:
    """19 ชม. · 6.2 วัน / 19 h · 6.2 d."""
    number, unit = hours_number(hours)
    return t(f"number.duration_{unit}", lang, value=number)


def duration_span(low: float | None, high: float | None, lang: str) -> str:
    """18–20 ชม.; an open end is written as such, never as 0."""
    if low is None or not math.isfinite(low):
        return t("number.not_reached", lang)
    if high is None or not math.isfinite(high):
        return t("number.at_least", lang, value=duration(low, lang))
    (a, unit_a), (b, unit_b) = hours_number(low), hours_number(high)
    if unit_a == unit_b:
        return t(f"number.duration_{unit_a}", lang, value=a if a == b else span(a, b, lang))
    return f"{duration(low, lang)} {EN_DASH} {duration(high, lang)}"


def hours_change(hours: float, longest: float | None = None) -> tuple[str, str]:
    """(signed number, unit key) of a difference of waiting times; `longest` decides on hours or days, if given."""
    size = abs(hours if longest is None else longest)
    if size >= HOURS_UNTIL:
        return signed(hours / 24, 1), "days"
    return signed(hours, 1 if size < 10 else 0), "hours"


def hours_change_span(low: float | None, high: float | None, lang: str) -> str:
    """−0.8 ถึง +2.7 ชม.; an end that is not reached is written as such."""
    longest = max(abs(end) for end in (low, high, 0.0) if end is not None)
    ends = [t("number.open_end", lang) if end is None else hours_change(end, longest)[0] for end in (low, high)]
    unit = hours_change(longest)[1]
    return t(f"number.duration_{unit}", lang, value=t("number.span_signed", lang, low=ends[0], high=ends[1]))


def in_hundred(value: float) -> int:
    """A share as whole cases in 100; 0 and 100 only when exact."""
    whole = round(value * 100)
    return min(max(whole, 1 if value > 0 else 0), 99 if value < 1 else 100)
