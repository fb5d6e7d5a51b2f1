"""One cell of a survey -> a score where higher is better, or the reason why there is none."""

import math
from dataclasses import dataclass

from nakhon_dash.ingest.survey_questions import YES, Question

NO_ANSWER = frozenset({"", "na", "n/a", "null", "none", "-", "ไม่ตอบ"})
DONT_KNOW = frozenset({"don't know", "dont know", "do not know", "no opinion", "ไม่ทราบ", "ไม่มีความเห็น"})
LABELS: dict[int, dict[str, int]] = {
    5: {
        "very satisfied": 5, "satisfied": 4, "neutral": 3, "dissatisfied": 2, "very dissatisfied": 1,
        "มากที่สุด": 5, "มาก": 4, "ปานกลาง": 3, "น้อย": 2, "น้อยที่สุด": 1,
        "พอใจมากที่สุด": 5, "พอใจมาก": 4, "พอใจปานกลาง": 3, "พอใจน้อย": 2, "พอใจน้อยที่สุด": 1,
        "strongly agree": 5, "agree": 4, "disagree": 2, "strongly disagree": 1,
        "excellent": 5, "good": 4, "fair": 3, "below average": 2, "poor": 1,
    },
    4: {
        "very satisfied": 4, "satisfied": 3, "dissatisfied": 2, "very dissatisfied": 1,
        "พอใจมาก": 4, "พอใจ": 3, "ไม่ค่อยพอใจ": 2, "ไม่พอใจ": 2, "ไม่พอใจเลย": 1,
        "strongly agree": 4, "agree": 3, "disagree": 2, "strongly disagree": 1,
    },
}
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True)
class Answer:
    """`score` is None exactly when `missing` says why (dont_know, out_of_range, none_chosen)."""

    score: float | None
    missing: str | None = None
    flags: tuple[str, ...] = ()


def answer(text: str, question: Question) -> Answer | None:
    """The answer in a cell; None when the question was not answered."""
    plain = " ".join(text.split())
    digits = plain.translate(_THAI_DIGITS)
    flags = ("thai_digits",) if digits != plain else ()
    low = digits.lower()
    if low in NO_ANSWER:
        return None
    if question.kind == "tick":
        return Answer(1.0, None, flags) if low in YES else Answer(None, "out_of_range", ("out_of_range",))
    code = low.removesuffix(".0")
    if code in question.dont_know or low in DONT_KNOW:
        return Answer(None, "dont_know", flags)
    if code in question.none:
        return Answer(None, "none_chosen", flags)
    number = _number(low)
    if number is not None:
        return _scored(number, question, flags)
    label = LABELS.get(question.scale_max or 0, {}).get(low)
    # a label says what it means, so a reversed scale is not turned again
    return Answer(float(label), None, ("label_text",)) if label else Answer(None, "out_of_range", ("out_of_range",))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _scored(number: float, question: Question, flags: tuple[str, ...]) -> Answer:
    high = math.inf if question.high is None else question.high
    whole = question.kind != "choice" or number == int(number)
    if not (question.low <= number <= high and whole):
        return Answer(None, "out_of_range", (*flags, "out_of_range"))
    return Answer(question.low + high - number if question.reversed else number, None, flags)
