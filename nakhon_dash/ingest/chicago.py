"""Chicago 311 (`v6vf-nfxy`): Central time, month first; marks duplicates and calls that only asked for information."""

import numpy as np

from nakhon_dash.ingest.draft import Draft
from nakhon_dash.ingest.layout import Layout, has
from nakhon_dash.ingest.states import CHICAGO

NAME = "chicago"
KIND = "complaints"
_INFORMATION = "311 INFORMATION ONLY CALL"


def _adjust(draft: Draft) -> None:
    draft.outcome[np.array([text.lower() == "true" for text in draft.texts("duplicate")], bool)] = "duplicate"
    draft.mark("information_call", np.array([text.upper() == _INFORMATION for text in draft.texts("category")], bool))


LAYOUT = Layout(
    NAME,
    "chicago311",
    {
        "source_id": ("sr_number",),
        "case_no": ("legacy_sr_number",),
        "received_at": ("created_date",),
        "modified_at": ("last_modified_date",),
        "closed_at": ("closed_date",),
        "status": ("status",),
        "category": ("sr_type",),
        "channel": ("origin",),
        "community": ("community_area",),
        "duplicate": ("duplicate",),
        "parent_id": ("parent_sr_number",),
        "lat": ("latitude",),
        "lon": ("longitude",),
    },
    CHICAGO,
    order="mdy",
    time_zone="America/Chicago",
    place="elsewhere",
    one_label=True,
    adjust=_adjust,
)


def matches(columns: list[str]) -> bool:
    return has(columns, "sr_number", "sr_type", "created_date")
