"""What the small tables say: users of a channel, survey answers, batches."""

import pandas as pd
import sqlalchemy as sa

from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import text
from nakhon_dash.store.schema import batch, channel_demographic, channel_users, survey_answer, survey_question

u, a, q, b = channel_users.c, survey_answer.c, survey_question.c, batch.c


def users(reader: Reader, channel: str, last_day: int) -> pd.DataFrame:
    """Days up to `last_day` with their counts, oldest first: day_no, followers, targeted_reaches, blocks."""
    statement = sa.select(u.day_no, u.followers, u.targeted_reaches, u.blocks).order_by(u.day_no)
    return reader.frame(statement.where(u.channel == channel, u.day_no <= last_day))


def demographic(reader: Reader, channel: str, last_day: int) -> pd.DataFrame:
    """Who the users are, as the channel last told up to `last_day`: part (gender, age, area …), class, percentage."""
    d = channel_demographic.c
    told = (d.channel == channel, d.asked_day_no <= last_day)
    last = sa.select(sa.func.max(d.asked_day_no)).where(*told).scalar_subquery()
    columns = (d.part, d["class"], d.percentage)
    return reader.frame(sa.select(*columns).where(d.channel == channel, d.asked_day_no == last).order_by(d.id))


def waves(reader: Reader, scope: Scope, last_day: int) -> pd.DataFrame:
    """Survey waves not later than `last_day`, latest first: source, wave, last (day_no or missing), n answers."""
    last = sa.func.max(a.asked_day_no)
    statement = sa.select(a.source, a.wave, last.label("last"), sa.func.count().label("n")).select_from(_SCALES)
    statement = statement.where(*_scored(scope)).group_by(a.source, a.wave)
    found = reader.frame(statement.having(sa.or_(last.is_(None), last <= last_day)))
    return found.sort_values(["last", "wave"], ascending=False, na_position="last", ignore_index=True)


def answers(reader: Reader, scope: Scope, source: str, wave: str) -> pd.DataFrame:
    """Scored answers on scales of one wave: respondent, question, aspect, zone, dimension, score, scale_max, weight,
    stratum, cluster. Don't-know and missing answers are not scores."""
    columns = (a.respondent, a.question, a.aspect, a.zone, a.dimension, a.score, a.scale_max, a.weight, a.stratum,
               a.cluster)  # fmt: skip
    chosen = (a.source == source, a.wave == wave, *_scored(scope))
    return reader.frame(sa.select(*columns).select_from(_SCALES).where(*chosen).order_by(a.id))


_SCALES = survey_answer.join(survey_question, sa.and_(q.source == a.source, q.question == a.question))


def _scored(scope: Scope) -> list[sa.ColumnElement[bool]]:
    """Scores on scales; of the filters only zone and dimension say something about an answer."""
    pairs = ((a.zone, scope.zone), (a.dimension, scope.dimension))
    chosen = [column.in_(codes) for column, codes in pairs if codes]
    return [q.kind == text("scale"), a.score.is_not(None), a.scale_max > 1, *chosen]


def batches(reader: Reader, since: int, until: int) -> pd.DataFrame:
    """Batches finished or undone after `since` and not after `until` (µs), newest first."""
    columns = (b.id, b.kind, b.source, b.synthetic, b.file_name, b.finished_at, b.undone_at, b.inserted, b.updated,
               b.quarantined)  # fmt: skip
    news = [sa.and_(at > since, at <= until) for at in (b.finished_at, b.undone_at)]
    return reader.frame(sa.select(*columns).where(sa.or_(*news)).order_by(b.id.desc()))
