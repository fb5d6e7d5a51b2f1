"""Invented users of a channel and answers of a survey, straight into a store."""

import sqlalchemy as sa

from nakhon_dash.store.schema import channel_users, survey_answer, survey_question

OWN = {"row_hash": 1, "batch_id": 1, "rev": 1, "source": "template", "flags": ""}


def count_users(engine: sa.Engine, *days: tuple) -> None:
    """Rows of (day_no, followers, blocks, targeted_reaches)."""
    names = ("day_no", "followers", "blocks", "targeted_reaches")
    rows = [OWN | {"channel": "line"} | dict(zip(names, day, strict=True)) for day in days]
    with engine.begin() as connection:
        connection.execute(sa.insert(channel_users), rows)


def ask_people(engine: sa.Engine, wave: str, day: int, scores: list[list[float | None]], **rest) -> None:
    """One respondent a list, one question a place in it; every scale ends at 5."""
    own = {name: value for name, value in OWN.items() if name != "flags"}
    questions = [own | {"question": f"q{i}", "kind": "scale", "scale_max": 5, "reversed": 0}
                 for i in range(max(map(len, scores)))]  # fmt: skip
    answers = [
        OWN | {"wave": wave, "respondent": f"r{r}", "question": f"q{i}", "asked_day_no": day, "score": score,
               "scale_max": 5, "zone": "800101", "weight": None, "stratum": None, "cluster": None, "aspect": "overall",
               "dimension": None} | rest
        for r, person in enumerate(scores) for i, score in enumerate(person)
    ]  # fmt: skip
    with engine.begin() as connection:
        known = set(connection.execute(sa.select(survey_question.c.question)).scalars())
        new = [question for question in questions if question["question"] not in known]
        if new:
            connection.execute(sa.insert(survey_question), new)
        connection.execute(sa.insert(survey_answer), answers)
