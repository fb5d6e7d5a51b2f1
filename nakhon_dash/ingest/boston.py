"""Analyze Boston 311: Eastern time, a due time of its own, and a published label that says whether it was kept."""

import numpy as np

from nakhon_dash.ingest.draft import Draft
from nakhon_dash.ingest.layout import Layout, has
from nakhon_dash.ingest.states import BOSTON

NAME = "boston"
KIND = "complaints"


def _adjust(draft: Draft) -> None:
    """Without a due time a case is out of the on-time base; the label is compared where both times are known."""
    due, closed = draft.times["due_at"], draft.times["closed_at"]
    draft.mark("no_target", ~due.known)
    labels = np.array([label.upper() for label in draft.texts("on_time")], object)
    both = due.known & closed.known & (draft.status == "closed")
    said, kept = labels == "ONTIME", closed.utc <= due.utc
    draft.mark("label_mismatch", both & np.isin(labels.astype(str), ("ONTIME", "OVERDUE")) & (said != kept))


LAYOUT = Layout(
    NAME,
    "boston311",
    {
        "source_id": ("case_enquiry_id",),
        "received_at": ("open_dt",),
        "due_at": ("sla_target_dt", "target_dt"),
        "closed_at": ("closed_dt",),
        "on_time": ("on_time", "ontime", "ontime_status"),
        "status": ("case_status",),
        "category": ("type",),
        "channel": ("source",),
        "community": ("neighborhood",),
        "photo_before": ("submitted_photo", "submittedphoto"),
        "photo_after": ("closed_photo", "closedphoto"),
        "lat": ("latitude",),
        "lon": ("longitude",),
    },
    BOSTON,
    ("closure_reason", "case_title"),
    order="mdy",
    time_zone="America/New_York",
    place="elsewhere",
    one_label=True,
    adjust=_adjust,
)


def matches(columns: list[str]) -> bool:
    return has(columns, "case_enquiry_id", "open_dt", "closed_dt")
