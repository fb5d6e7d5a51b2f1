"""Feasts, floods and campaigns of the city's calendar, with their names."""

import pandas as pd
import sqlalchemy as sa

from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import text
from nakhon_dash.store.schema import annotation


def titled(reader: Reader, first_day: int, last_day: int) -> pd.DataFrame:
    """Events that touch these days, the first first: day_from, day_to, kind, title_th, title_en."""
    a = annotation.c
    touching = (a.day_from <= last_day, a.day_to >= first_day, a.kind != text("anchor"))
    columns = (a.day_from, a.day_to, a.kind, a.title_th, a.title_en)
    return reader.frame(sa.select(*columns).where(*touching).order_by(a.day_from, a.id))
