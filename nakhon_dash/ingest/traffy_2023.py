"""Traffy Fondue, export since late 2023: Bangkok time, close times, latitude and longitude often exchanged."""

from nakhon_dash.ingest.layout import Layout, has
from nakhon_dash.ingest.states import TRAFFY
from nakhon_dash.ingest.traffy_fields import CHANNEL, FIELDS, SOURCE, TEXTS

NAME = "traffy_2023"
KIND = "complaints"
LAYOUT = Layout(NAME, SOURCE, FIELDS, TRAFFY, TEXTS, channel=CHANNEL)


def matches(columns: list[str]) -> bool:
    return has(columns, "ticket_id", "timestamp", "state", "timestamp_finished")
