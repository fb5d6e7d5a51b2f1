"""Records of a format -> a block of canonical complaints. Every record ends as a row, a rejected or a skipped one."""

from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest import lifecycle, places, texts
from nakhon_dash.ingest.block import Block, Rejected, Skipped
from nakhon_dash.ingest.canonical import finish, integers
from nakhon_dash.ingest.details import NOTHING, read_details
from nakhon_dash.ingest.draft import Draft
from nakhon_dash.ingest.headings import key
from nakhon_dash.ingest.labels import Labels, split_labels
from nakhon_dash.ingest.layout import FIELDS, PERSONAL_FIELDS, Layout
from nakhon_dash.ingest.mask import masked, masked_loose
from nakhon_dash.ingest.places import Gazetteer, Positions
from nakhon_dash.ingest.tables import Batch, named
from nakhon_dash.ingest.times import Clock

PLACE_WORDS = ("subdistrict", "zone", "province", "address")


class CaseReader:
    """Reads batches of one file: lookups are kept between them."""

    def __init__(
        self, columns: list[str], layout: Layout, profile: Profile, *, source: str, now: int, geography: Path | None
    ) -> None:
        self.columns, self.layout, self.profile, self.source, self.now = columns, layout, profile, source, now
        zone = ZoneInfo(layout.time_zone) if layout.time_zone else profile.tz
        self.clock = Clock(zone, layout.order, layout.zone_due)
        self._fields = {field: layout.heading(field, columns) for field in FIELDS}
        self._shown = {name for field, name in self._fields.items() if name and field not in PERSONAL_FIELDS}
        self._texts = [name for name in columns if name == self._fields["text"] or key(name) in map(key, layout.texts)]
        self._labels = Labels(profile, dict(layout.categories), dict(layout.departments))
        self._gazetteer = Gazetteer(profile, geography)

    def block(self, batch: Batch) -> Block:
        draft = Draft(batch, self.columns, self.layout, self.clock, self._fields)
        ids = lifecycle.check_identity(draft)
        lifecycle.read_states(draft)
        if self.layout.adjust:
            self.layout.adjust(draft)
        lifecycle.check_times(draft, self.now)
        lifecycle.settle(draft)
        self._name(draft)
        self._place(draft)
        read_details(draft)
        self._scan(draft)
        usable = pd.isna(draft.reasons)
        return Block(
            batch.first, batch.last, self._rows(draft, ids, usable), self._rejected(draft, usable), _skipped(batch),
            batch.bytes_done,
        )

    def _name(self, draft: Draft) -> None:
        """Category, labels, department, channel."""
        codes, texts = _distinct(draft.texts("category"))
        own = [self._split(text) for text in texts]
        unnamed = np.array([not labels for labels in own], bool)[codes]
        category, labels = _picked([self._labels.category(o) for o in own], codes), _picked(map(_joined, own), codes)
        if unnamed.any():
            guesses = draft.texts("guessed_category")
            for at in np.flatnonzero(unnamed).tolist():
                guess = self._split(guesses[at])
                category[at], labels[at] = self._labels.category(guess), _joined(guess)
        draft.mark("no_category", pd.isna(labels))
        draft.mark("category_guessed", unnamed & ~pd.isna(labels))
        draft.columns |= {"category": category, "labels": labels}
        if draft.has("department"):
            codes, texts = _distinct(draft.texts("department"))
            draft.columns["department"] = _picked(map(self._labels.department, texts), codes)
        channels = draft.texts("channel") if draft.has("channel") else [self.layout.channel] * draft.size
        codes, texts = _distinct(channels)
        draft.columns["channel"] = _picked(map(self._labels.channel, texts), codes)

    def _split(self, text: str) -> tuple[str, ...]:
        if not self.layout.one_label:
            return split_labels(text)
        return (text.replace("|", "/"),) if text and text.casefold() not in NOTHING else ()

    def _place(self, draft: Draft) -> None:
        city = self.layout.place == "city"
        lat, lon = places.split_pairs(draft.texts("coords")) if draft.has("coords") else ([""] * draft.size,) * 2
        if draft.has("lat"):
            lat, lon = draft.texts("lat"), draft.texts("lon")
        where = places.positions(lat, lon, self.profile, may_swap=city)
        for flag, marked in where.marks.items():
            draft.mark(flag, marked)
        draft.columns |= {"lat": where.lat, "lon": where.lon}
        if city:
            self._zone(draft, where)

    def _zone(self, draft: Draft, where: Positions) -> None:
        """Zone by point, else by words; a point outside keeps the tambon that the words name, and no zone."""
        zones, outside = self._gazetteer.zones_at(where)
        draft.mark("outside_municipality", outside)
        tambons = zones.copy()
        for at in np.flatnonzero(pd.isna(zones)).tolist():
            subdistrict, zone, province, address = (draft.text(name, at) for name in PLACE_WORDS)
            tambons[at] = self._gazetteer.tambon(subdistrict or zone, province, address)
            if outside[at]:  # words that contradict the point do not count
                tambons[at] = None if tambons[at] in self._gazetteer.whole_zones else tambons[at]
            elif tambons[at] in self._gazetteer.zone_codes:
                zones[at] = tambons[at]
        draft.columns |= {"zone": zones, "tambon": tambons}

    def _scan(self, draft: Draft) -> None:
        for heading in self._texts:
            for flag, marked in texts.scan(draft.raw(heading)).items():
                draft.mark(flag, marked)

    def _rows(self, draft: Draft, ids: list[str], usable: np.ndarray) -> pd.DataFrame:
        received, due = draft.times["received_at"], draft.times["due_at"]
        modified = draft.times["modified_at"]
        columns: dict[str, object] = {
            "record": np.array(draft.batch.records, np.int64), "source": [self.source] * draft.size, "source_id": ids,
            "received_at": received.utc, "modified_at": (modified.utc, modified.known), "due_at": (due.utc, due.known),
            "status": draft.status, "outcome": draft.outcome, "blocked_reason": draft.blocked, "flags": draft.flags(),
        } | draft.columns
        frame = pd.DataFrame({name: _column(values) for name, values in columns.items()}, copy=False)
        if not usable.all():
            frame = frame[usable].reset_index(drop=True)
        return finish(frame, self.profile, time_zone=self.layout.time_zone)

    def _rejected(self, draft: Draft, usable: np.ndarray) -> list[Rejected]:
        batch = draft.batch
        out = [
            Rejected(batch.records[at], draft.reasons[at], draft.details[at], self._raw(batch.rows[at]))
            for at in np.flatnonzero(~usable).tolist()
        ]
        for record, row in batch.odd:
            raw = masked_loose(named(self.columns, row))
            out.append(Rejected(record, "bad_row", f"{len(row)} ≠ {len(self.columns)}", raw))
        return sorted(out, key=lambda r: r.record)

    def _raw(self, row: list[str]) -> dict[str, str]:
        return masked(named(self.columns, row), self._shown)


def _distinct(texts: list[str]) -> tuple[np.ndarray, list[str]]:
    """(where each text stands, the distinct texts)."""
    codes, distinct = pd.factorize(np.array(texts, object))
    return codes, distinct.tolist()


def _picked(values: Iterable[str | None], codes: np.ndarray) -> np.ndarray:
    return np.array([*values, None], object)[codes]


def _joined(labels: tuple[str, ...]) -> str | None:
    return "|".join(labels).replace("\0", "") or None


def _column(values: object) -> pd.Series:
    if isinstance(values, tuple):
        numbers, known = values
        return integers(numbers, ~known)
    if isinstance(values, np.ndarray) and values.dtype != object:
        return pd.Series(values)
    return pd.Series(values, dtype=object)


def _skipped(batch: Batch) -> list[Skipped]:
    found = {"empty_row": batch.empty, "repeated_heading": batch.repeated, "example_row": batch.examples}
    return sorted((Skipped(n, why) for why, records in found.items() for n in records), key=lambda s: s.record)
