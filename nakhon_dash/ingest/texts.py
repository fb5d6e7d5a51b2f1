"""What free text contains that must not travel on: contact data, formulas, markup, wrongly decoded letters.

Texts are looked at before they are dropped; only the findings stay, as flags.
"""

import re

import numpy as np

PHONE = re.compile(
    r"(?<![\d๐-๙])(?<!\d[:.])(?:"  # not inside a number, nor inside a time such as 02:00:00.000000
    r"(?:\+?[6๖]{2}[-. ]?|[0๐])[\d๐-๙]{1,2}[-. ]?[\d๐-๙]{3}[-. ]?[\d๐-๙]{3,4}"  # Thai, 9 or 10 digits
    r"|\(?[\d๐-๙]{3}\)?[-. ][\d๐-๙]{3}[-. ][\d๐-๙]{4}"  # 3-3-4
    r")(?![\d๐-๙])"
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
CITIZEN_ID = re.compile(r"(?<!\d)\d[- ]?\d{4}[- ]?\d{5}[- ]?\d{2}[- ]?\d(?!\d)")
_MAYBE_PHONE = re.compile(r"[\d๐-๙][-. ()]*(?:[\d๐-๙][-. ()]*){7}[\d๐-๙]")
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>")
# UTF-8 Thai read as Windows-1252 (à¸…) or as cp874 (เธ…เน…), or bytes that fitted no encoding.
_WRONGLY_DECODED = re.compile("\ufffd|à[¸¹]|(?:เ[ธน].){3}")
_SIGNS = ("\ufffd", "à", "เธ")
_APART = "\x1f"
_FORMULA = frozenset("=+-@\t\r")


def scan(texts: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Flag -> which texts carry it; flags that no text carries are left out."""
    every = _APART.join(texts)
    found = {"formula_text": [text[:1] in _FORMULA for text in texts], "pii_phone": _phones(texts, every)}
    if "@" in every:
        found["pii_email"] = [bool("@" in text and EMAIL.search(text)) for text in texts]
    if "<" in every:
        found["html_text"] = [bool("<" in text and _MARKUP.search(text)) for text in texts]
    if any(sign in every for sign in _SIGNS):
        found["mojibake"] = [bool(_WRONGLY_DECODED.search(text)) for text in texts]
    return {flag: np.array(marks, bool) for flag, marks in found.items() if any(marks)}


def _phones(texts: tuple[str, ...], every: str) -> list[bool]:
    """One search through all texts together, then a closer look at the few that may hold a number."""
    marks = [False] * len(texts)
    ends = np.cumsum([len(text) + len(_APART) for text in texts])
    for maybe in _MAYBE_PHONE.finditer(every):
        at = int(np.searchsorted(ends, maybe.start(), side="right"))
        marks[at] = marks[at] or bool(PHONE.search(texts[at]))
    return marks
