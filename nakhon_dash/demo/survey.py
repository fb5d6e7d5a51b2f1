"""The synthetic satisfaction surveys: three waves that get better, with leanings of persons, zones and questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from nakhon_dash.demo.plan import SOURCE, Plan
from nakhon_dash.demo.shape import shape
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import day_no
from nakhon_dash.ingest.block import Entry, EntryBlock

SCALE = 5
_WAVES = 3
_FIELD_DAYS = 14
# Where a latent score turns from one answer to the next, counted from where it turns to satisfied (4).
_CUTS = np.array([-1.15, -0.60, 0.0, 1.62])


@dataclass(frozen=True)
class Wave:
    name: str
    day: date
    satisfied: float  # share of the two best answers


def waves(plan: Plan) -> list[Wave]:
    """At most three waves that were over at the end of the plan, oldest first."""
    table = shape()["survey"]
    dated = [(w["day"], w["satisfied"]) for w in table["wave"]]
    recent = plan.last_day - timedelta(days=table["latest_days_before_end"])
    if recent > dated[-1][0] + timedelta(days=365):  # a fresh wave takes the place of the one in the middle
        dated = [dated[0], dated[-1], (recent, table["latest_satisfied"])]
    over = [(day, share) for day, share in dated if day + timedelta(days=_FIELD_DAYS) < plan.last_day]
    return [Wave(str(day.year), day, share) for day, share in over[-_WAVES:]]


def survey_blocks(profile: Profile, plan: Plan) -> Iterator[EntryBlock]:
    """The questions as one entry, then one entry a respondent."""
    entries = [Entry(1, "questions", {"survey_question": [_question(q) for q in shape()["survey"]["question"]]})]
    found = waves(plan)
    if not found:
        return
    for number, wave in enumerate(found):
        random = plan.random("survey", number)
        entries += _respondents(profile, wave, len(entries) + 1, random)
    yield EntryBlock(first=1, last=len(entries), entries=entries)


def _question(table: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": SOURCE, "question": table["code"], "text_th": table["text_th"], "text_en": table["text_en"],
        "aspect": table["aspect"], "dimension": None, "scale_max": SCALE, "kind": "scale", "reversed": 0,
    }  # fmt: skip


def _respondents(profile: Profile, wave: Wave, first: int, random: np.random.Generator) -> list[Entry]:
    table = shape()["survey"]
    questions, size = table["question"], table["respondents"]
    zones = list(profile.zones)
    people = np.array([profile.zones[z].latest_population[1] for z in zones], float)
    zone = random.choice(len(zones), size, p=people / people.sum())
    ages = _drawn(table["ages"], size, random)
    genders = _drawn(table["genders"], size, random)
    days = day_no(wave.day) + random.integers(0, _FIELD_DAYS, size)
    lean = random.normal(0, table["lean_zone"], len(zones))[zone]
    scores = _scores(wave, lean - lean.mean(), random)
    missing = random.random(scores.shape) < table["missing"]
    entries = []
    for i in range(size):
        person = {
            "source": SOURCE, "wave": wave.name, "respondent": f"SYN-{wave.day.year}-{i + 1:03d}",
            "asked_day_no": int(days[i]), "zone": zones[zone[i]], "age_band": ages[i], "gender": genders[i],
            "channel": "general", "weight": 1.0, "stratum": zones[zone[i]], "cluster": None, "complaint_id": None,
            "dimension": None, "scale_max": SCALE, "flags": "",
        }  # fmt: skip
        answers = [
            person | {
                "question": question["code"], "aspect": question["aspect"],
                "score": None if missing[i, q] else float(scores[i, q]),
                "missing": "dont_know" if missing[i, q] else None,
            }
            for q, question in enumerate(questions)
        ]  # fmt: skip
        entries.append(Entry(first + i, f"{wave.name}|{person['respondent']}", {"survey_answer": answers}))
    return entries


def _drawn(shares: dict[str, float], size: int, random: np.random.Generator) -> list[str]:
    share = np.array(list(shares.values()))
    return [list(shares)[i] for i in random.choice(len(shares), size, p=share / share.sum())]


def _scores(wave: Wave, lean: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Answers 1..5 of each respondent (row) to each question: `satisfied` of all of them are 4 or 5."""
    table = shape()["survey"]
    by_question = np.array([question["lean"] for question in table["question"]])
    person = random.normal(0, table["lean_person"], len(lean)) + lean
    own = np.sqrt(1 - table["lean_person"] ** 2)
    latent = person[:, None] + by_question + random.normal(0, own, (len(lean), len(by_question)))
    satisfied_above = np.quantile(latent, 1 - wave.satisfied)
    return 1 + (latent[:, :, None] > satisfied_above + _CUTS).sum(axis=2)
