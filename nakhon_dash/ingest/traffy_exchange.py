"""Traffy Fondue Exchange API, `download-issues/v2`: Bangkok time to the microsecond, `status` in words."""

from nakhon_dash.ingest.layout import Layout, has
from nakhon_dash.ingest.states import TRAFFY
from nakhon_dash.ingest.traffy_fields import CHANNEL, FIELDS, SOURCE, TEXTS

NAME = "traffy_exchange"
KIND = "complaints"
LAYOUT = Layout(NAME, SOURCE, FIELDS, TRAFFY, TEXTS, to_the_microsecond=True, channel=CHANNEL)


def matches(columns: list[str]) -> bool:
    return has(columns, "ticket_id", "timestamp", "status", "timestamp_finished")
