"""Traffy Fondue, classic public dump: UTC times written +00, `coords` as lon,lat, no close time."""

from nakhon_dash.ingest.layout import Layout, has
from nakhon_dash.ingest.states import TRAFFY
from nakhon_dash.ingest.traffy_fields import CHANNEL, FIELDS, SOURCE, TEXTS

NAME = "traffy_classic"
KIND = "complaints"
LAYOUT = Layout(NAME, SOURCE, FIELDS, TRAFFY, TEXTS, zone_due=True, to_the_microsecond=True, channel=CHANNEL)


def matches(columns: list[str]) -> bool:
    later = has(columns, "timestamp_finished") or has(columns, "problem_type_abdul")
    return has(columns, "ticket_id", "coords", "timestamp", "state") and not later
