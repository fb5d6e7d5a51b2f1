"""The smaller facts of a case: stars, photos, reopenings, parents, communities."""

import re

import numpy as np
import pandas as pd

from nakhon_dash.ingest.dates import SECOND
from nakhon_dash.ingest.draft import Draft
from nakhon_dash.ingest.lifecycle import MAX_ID

MINUTE = 60 * SECOND
MISMATCH = 2  # minutes: stored minutes are whole, and spreadsheets drop the seconds
_NO = frozenset({"", "no", "n", "0", "false", "none", "ไม่มี", "ไม่"})
NOTHING = frozenset({"", "n/a", "na", "null", "none", "unspecified", "-"})
_NUMBER = re.compile(r"-?\d{1,9}(?:\.0*)?")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
MAX_REOPENED = 32_767


def whole_number(text: str) -> int | None:
    """The whole number written in `text`, None when it is none."""
    plain = text.translate(_THAI_DIGITS)
    return int(float(plain)) if _NUMBER.fullmatch(plain) else None


def read_details(draft: Draft) -> None:
    """Fills the columns that no other step needs."""
    _stars(draft)
    _reopened(draft)
    for name in ("photo_before", "photo_after"):
        if draft.has(name):
            draft.columns[name] = _photos(draft.texts(name), blank_is_no=not draft.layout.own)
    ids, numbers = draft.texts("source_id"), draft.texts("case_no")
    if draft.has("case_no"):
        draft.columns["case_no"] = [_fitting(number) or own for number, own in zip(numbers, ids, strict=True)]
    else:
        draft.columns["case_no"] = ids
    if draft.has("parent_id"):
        draft.columns["parent_id"] = [_fitting(text) for text in draft.texts("parent_id")]
    if draft.has("community"):
        draft.columns["community"] = [_named(text) for text in draft.texts("community")]
    _check_minutes(draft)


def _fitting(text: str) -> str | None:
    return text if text and len(text) <= MAX_ID and text.casefold() not in NOTHING else None


def _named(text: str) -> str | None:
    return None if text.casefold() in NOTHING else text.replace("\0", "")


def _stars(draft: Draft) -> None:
    codes, texts = pd.factorize(np.array(draft.texts("stars"), object))
    numbers = [whole_number(text) for text in texts]
    valid = np.array([n is not None and 1 <= n <= 5 for n in numbers], bool)
    rated = np.array([bool(text) and n != 0 for text, n in zip(texts, numbers, strict=True)], bool)
    draft.mark("star_invalid", (rated & ~valid)[codes])  # 0 means not rated
    draft.columns["stars"] = (np.array([n or 0 for n in numbers], np.int64)[codes], valid[codes])


def _reopened(draft: Draft) -> None:
    codes, texts = pd.factorize(np.array(draft.texts("reopen_count"), object))
    counts = np.array([min(max(whole_number(text) or 0, 0), MAX_REOPENED) for text in texts], np.int64)[codes]
    draft.mark("reopened", counts > 0)
    draft.columns["reopen_count"] = counts


def _photos(texts: list[str], *, blank_is_no: bool) -> tuple[np.ndarray, np.ndarray]:
    """Whether a photo exists: an address that ends in / is an empty folder."""
    yes = np.array([bool(text) and text[-1] != "/" and text.casefold() not in _NO for text in texts], bool)
    known = np.ones(len(texts), bool) if blank_is_no else np.array(list(map(bool, texts)), bool)
    return yes.astype(np.int64), known


def _check_minutes(draft: Draft) -> None:
    """The times win; stored minutes that disagree with them are worth a flag."""
    if not draft.has("minutes_to_close"):
        return
    closed, received = draft.times["closed_at"], draft.times["received_at"]
    stored = [whole_number(text) for text in draft.texts("minutes_to_close")]
    known = closed.known & received.known & np.array([n is not None for n in stored], bool)
    spent = (closed.utc - received.utc) // MINUTE
    apart = np.abs(spent - np.array([n or 0 for n in stored], np.int64))
    draft.mark("duration_mismatch", known & (apart >= MISMATCH))
