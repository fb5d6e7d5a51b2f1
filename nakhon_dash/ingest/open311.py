"""Open311 GeoReport v2, JSON or CSV: times with a zone, `expected_datetime` is the due time."""

import re

import numpy as np

from nakhon_dash.ingest.draft import Draft
from nakhon_dash.ingest.layout import Layout, has
from nakhon_dash.ingest.states import OPEN311

NAME = "open311"
KIND = "complaints"
_DUPLICATE = re.compile(r"\bduplicate\b|เรื่องซ้ำ", re.IGNORECASE)
_NOTES = "status_notes"


def _adjust(draft: Draft) -> None:
    """The last update of a closed request is its close; notes may say that it repeats another one."""
    closed = draft.status == "closed"
    draft.times["closed_at"].known &= closed
    draft.times["closed_at"].errors[~closed] = None
    notes = draft.notes(_NOTES)
    draft.outcome[np.array([bool(_DUPLICATE.search(text)) for text in notes], bool)] = "duplicate"


LAYOUT = Layout(
    NAME,
    "open311",
    {
        "source_id": ("service_request_id",),
        "status": ("status",),
        "category": ("service_name", "service_code"),
        "guessed_category": ("service_code",),
        "department": ("agency_responsible",),
        "received_at": ("requested_datetime",),
        "closed_at": ("updated_datetime",),
        "modified_at": ("updated_datetime",),
        "due_at": ("expected_datetime",),
        "address": ("address",),
        "lat": ("lat", "latitude"),
        "lon": ("long", "lon", "longitude"),
        "photo_before": ("media_url",),
    },
    OPEN311,
    ("description", _NOTES),
    zone_due=True,
    one_label=True,
    adjust=_adjust,
)


def matches(columns: list[str]) -> bool:
    return has(columns, "service_request_id", "status", "requested_datetime")
