"""Traffy Fondue, answers of the search endpoint as CSV: other names, list texts, an automatic label."""

from nakhon_dash.ingest.layout import Layout, has
from nakhon_dash.ingest.states import TRAFFY
from nakhon_dash.ingest.traffy_fields import CHANNEL, FIELDS, SOURCE, TEXTS

NAME = "traffy_api"
KIND = "complaints"
LAYOUT = Layout(NAME, SOURCE, FIELDS, TRAFFY, TEXTS, zone_due=True, to_the_microsecond=True, channel=CHANNEL)


def matches(columns: list[str]) -> bool:
    return has(columns, "ticket_id", "coords", "timestamp", "state", "problem_type_abdul")
