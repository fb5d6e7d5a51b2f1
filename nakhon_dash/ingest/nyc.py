"""NYC Open Data 311: the export, the API spelling, extracts of its columns. Eastern time, month first."""

from nakhon_dash.ingest.layout import Layout, has
from nakhon_dash.ingest.states import NYC

NAME = "nyc"
KIND = "complaints"
LAYOUT = Layout(
    NAME,
    "nyc311",
    {
        "source_id": ("unique_key",),
        "received_at": ("created_date",),
        "closed_at": ("closed_date",),
        "due_at": ("due_date",),
        "status": ("status",),
        "category": ("complaint_type", "problem_(formerly_complaint_type)"),
        "channel": ("open_data_channel_type",),
        "community": ("borough",),
        "lat": ("latitude",),
        "lon": ("longitude",),
    },
    NYC,
    ("resolution_description",),
    order="mdy",
    time_zone="America/New_York",
    place="elsewhere",
    one_label=True,
)


def matches(columns: list[str]) -> bool:
    return has(columns, "unique_key", "created_date", "closed_date")
