"""A batch of records on its way to canonical rows: fields as text, times, findings, and what cannot be used."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import pandas as pd

from nakhon_dash.ingest.headings import key
from nakhon_dash.ingest.layout import TIME_FIELDS, Layout
from nakhon_dash.ingest.tables import Batch
from nakhon_dash.ingest.times import Clock, Times, read_times

# Flags stand in this order in a row, so that equal findings are equal text.
FLAG_ORDER = (
    "be_year", "thai_digits", "thai_month", "naive_time_assumed", "dst_ambiguous", "dst_nonexistent",
    "placeholder_date", "midnight_only", "no_finish_time", "closed_before_received", "response_before_received",
    "zero_duration", "instant_close", "duration_mismatch", "reopened", "unknown_status", "no_target", "label_mismatch",
    "marked_duplicate", "information_call", "no_category", "category_guessed", "no_location", "bad_location",
    "location_swapped", "outside_municipality", "placeholder_location", "star_invalid", "out_of_range", "pii_phone",
    "pii_email", "formula_text", "html_text", "mojibake",
)

Fields = dict[str, str | None]  # our field -> the heading that holds it in this file


class Draft:
    """Columns of one batch. `reasons` holds why a record cannot be used, None where it can."""

    def __init__(self, batch: Batch, columns: list[str], layout: Layout, clock: Clock, fields: Fields) -> None:
        self.batch, self.layout, self.clock = batch, layout, clock
        self.size = len(batch.rows)
        self._at = {name: n for n, name in enumerate(columns)}
        self._headings, self._fields = columns, fields
        self._cells: list[tuple[str, ...]] = list(zip(*batch.rows, strict=False))
        self._texts: dict[str, list[str]] = {}
        self.marks: dict[str, np.ndarray] = {}
        self.reasons = np.full(self.size, None, object)
        self.details = np.full(self.size, "", object)
        self.status = np.full(self.size, "unknown", object)
        self.outcome = np.full(self.size, None, object)
        self.blocked = np.full(self.size, None, object)
        self.columns: dict[str, object] = {}

    def heading(self, field: str) -> str | None:
        return self._fields[field]

    def has(self, field: str) -> bool:
        return self.heading(field) is not None or field in self.layout.constants

    def texts(self, field: str) -> list[str]:
        """The values of a field without blanks around them; empty where the file has none. Do not change them."""
        if field not in self._texts:
            self._texts[field] = self._stripped(field)
        return self._texts[field]

    def _stripped(self, field: str) -> list[str]:
        constant = self.layout.constants.get(field, "")
        heading = self.heading(field)
        if heading is None or not self._cells:
            return [constant] * self.size
        values = list(map(str.strip, self._cells[self._at[heading]]))
        return [value or constant for value in values] if constant else values

    def text(self, field: str, at: int) -> str:
        """The value of a field in one record, without blanks around it."""
        heading = self.heading(field)
        constant = self.layout.constants.get(field, "")
        return (self._cells[self._at[heading]][at].strip() if heading else "") or constant

    def notes(self, name: str) -> list[str]:
        """The values of a free-text column by its usual heading; empty where the file has none."""
        heading = next((h for h in self._headings if key(h) == key(name)), None)
        return list(self.raw(heading)) if heading and self._cells else [""] * self.size

    def raw(self, heading: str) -> tuple[str, ...]:
        """The values under a heading exactly as they are."""
        return self._cells[self._at[heading]] if self._cells else ()

    @cached_property
    def times(self) -> dict[str, Times]:
        return {field: read_times(self.texts(field), self.clock) for field in TIME_FIELDS}

    def mark(self, flag: str, where: np.ndarray) -> None:
        """Adds a flag to the records where `where` is true."""
        self.marks[flag] = self.marks[flag] | where if flag in self.marks else where.copy()

    def reject(self, reason: str, where: np.ndarray, detail: Callable[[int], str]) -> None:
        """Takes records out of use, unless an earlier reason holds already."""
        for at in np.flatnonzero(where & pd.isna(self.reasons)).tolist():
            self.reasons[at], self.details[at] = reason, detail(at)

    def value(self, field: str, at: int) -> str:
        """`heading = value` of one record, to be shown with a reason."""
        heading = self.heading(field)
        return f"{heading} = {self.raw(heading)[at].strip()}" if heading else field

    def flags(self) -> np.ndarray:
        """The flags of every record as text, in fixed order."""
        used = [flag for flag in FLAG_ORDER if flag in self.marks and self.marks[flag].any()]
        codes = np.zeros(self.size, np.int64)
        for bit, flag in enumerate(used):
            codes |= self.marks[flag].astype(np.int64) << bit
        distinct, where = np.unique(codes, return_inverse=True)
        words = [" ".join(flag for bit, flag in enumerate(used) if code >> bit & 1) for code in distinct.tolist()]
        return np.array(words, object)[where] if words else np.full(self.size, "", object)
