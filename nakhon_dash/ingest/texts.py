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
_WRONGLY_DECODED = re.compile("\ufffd|à[¸¹]|(?:เ[ธน][\u0080-\u00ff\u0e01-\u0e5b€‚…•–—“”‘’]){3}")
_FORMULA = frozenset("=+-@\t\r")

FLAGS = ("pii_phone", "pii_email", "formula_text", "html_text", "mojibake")


def scan(texts: list[str]) -> dict[str, np.ndarray]:
    """Flag -> which texts carry it."""
    size = len(texts)
    found = {name: np.zeros(size, bool) for name in FLAGS}
    for at, text in enumerate(texts):
        if not text:
            continue
        if text[0] in _FORMULA:
            found["formula_text"][at] = True
        if _MAYBE_PHONE.search(text) and PHONE.search(text):
            found["pii_phone"][at] = True
        if "@" in text and EMAIL.search(text):
            found["pii_email"][at] = True
        if "<" in text and _MARKUP.search(text):
            found["html_text"][at] = True
        if ("\ufffd" in text or "à" in text or "เธ" in text) and _WRONGLY_DECODED.search(text):
            found["mojibake"][at] = True
    return found
