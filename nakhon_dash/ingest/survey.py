"""Survey records -> answers: one row a respondent (wide) or one row an answer (long).

Higher is better in every stored score; a missing score carries its reason; a question without an answer has no row.
"""

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import Entry
from nakhon_dash.ingest.entries_record import Day, DayOf, Refused, without_contacts
from nakhon_dash.ingest.survey_layouts import Layout
from nakhon_dash.ingest.survey_questions import Question
from nakhon_dash.ingest.survey_values import NO_ANSWER, Answer, answer

STRAIGHT_LINE_FROM = 10  # fewer equal answers are common among content people
PERSON = ("weight", "stratum", "cluster", "zone", "age_band", "gender", "channel", "complaint_id")
_LIMITS = {"stratum": 40, "cluster": 40, "age_band": 20, "gender": 20, "channel": 20, "complaint_id": 120}


@dataclass(frozen=True)
class Person:
    """Who answered, and when; `fields` are the describing columns of `survey_answer`."""

    respondent: str
    wave: str
    asked_day_no: int | None
    fields: dict[str, Any]
    flags: tuple[str, ...]


def wide_entry(record: int, row: list[str], layout: Layout, source: str, profile: Profile,
               day_of: DayOf) -> Entry | Refused:
    """A respondent's answers as one entry, or why the record cannot be used."""
    person = person_of(row, layout, profile, day_of)
    if isinstance(person, Refused):
        return person
    answers = [(q, a) for at, q in layout.questions.items() if (a := answer(row[at], q)) is not None]
    if not any(question.counts for question, _ in answers):
        return Refused("empty_response")
    answers, repeated = _without_repeats(answers)
    flags = [flag for _, a in answers for flag in a.flags] + repeated + _straight_line(answers)
    whole = tuple(dict.fromkeys((*person.flags, *flags)))
    rows = [answer_row(q, a, person, source) for q, a in answers]
    return Entry(record, f"{person.wave}/{person.respondent}", {"survey_answer": rows}, whole)


def person_of(row: list[str], layout: Layout, profile: Profile, day_of: DayOf) -> Person | Refused:
    """Respondent and wave of a record; both are needed, because ids start again in every wave."""
    cells = {name: row[at].strip() for name, at in layout.person.items()}
    texts = {name: text for name, text in cells.items() if text.lower() not in NO_ANSWER}
    if "respondent" not in texts:
        return Refused("missing_id")
    if "wave" not in texts:
        return Refused("missing_wave")
    day = day_of(texts["asked_on"]) if "asked_on" in texts else Day(None)
    if day.fault:
        return Refused(day.fault, texts["asked_on"])
    fields, odd = _fields(texts, layout, profile)
    respondent = texts["respondent"][:80]
    if without_contacts(respondent) != respondent:
        # a phone number or e-mail address as id: only that two answers come from one person may be known
        respondent, odd = blake2b(texts["respondent"].encode(), digest_size=12).hexdigest(), (*odd, "id_hidden")
    return Person(respondent, texts["wave"][:40], day.number, fields, (*day.flags, *odd))


def _fields(texts: dict[str, str], layout: Layout, profile: Profile) -> tuple[dict[str, Any], tuple[str, ...]]:
    fields: dict[str, Any] = dict.fromkeys(PERSON)
    odd: list[str] = []
    for name, limit in _LIMITS.items():
        text = texts.get(name)
        if text is not None and name in layout.codes and text not in layout.codes[name]:
            odd.append("out_of_range")
            text = None
        fields[name] = text[:limit] if text else None
    fields["zone"] = zone_code(texts.get("zone"), profile)
    if "weight" in texts:
        fields["weight"] = _weight(texts["weight"])
        odd += ["out_of_range"] if fields["weight"] is None else []
    return fields, tuple(dict.fromkeys(odd))


def zone_code(text: str | None, profile: Profile) -> str | None:
    """The zone that a code or name means; None when it is not one of the profile's."""
    if not text:
        return None
    plain = text.strip().removeprefix("ตำบล").removeprefix("ต.").strip().lower()
    for zone in profile.zone:
        if plain in {label.lower() for label in (zone.code, zone.name_th, zone.name_en, *zone.aliases)}:
            return zone.code
    return None


def _weight(text: str) -> float | None:
    try:
        weight = float(text.replace(",", ""))
    except ValueError:
        return None
    return weight if 0 < weight < float("inf") else None


def _without_repeats(answers: list[tuple[Question, Answer]]) -> tuple[list[tuple[Question, Answer]], list[str]]:
    """An item chosen twice in one group of picks counts once."""
    seen: set[tuple[str, float]] = set()
    kept, flags = [], []
    for question, given in answers:
        choice = (question.group, given.score) if question.group and given.score is not None else None
        if choice in seen:
            flags = ["priority_repeated"]
            continue
        if choice:
            seen.add(choice)
        kept.append((question, given))
    return kept, flags


def _straight_line(answers: list[tuple[Question, Answer]]) -> list[str]:
    """Every answer on the commonest kind of scale is the same; scales of undocumented direction are left out."""
    scales = [(q, a) for q, a in answers if q.kind == "scale" and not q.assumed and a.score is not None]
    sizes = Counter((q.scale_max, q.reversed) for q, _ in scales)
    if not sizes:
        return []
    commonest = sizes.most_common(1)[0][0]
    scores = [a.score for q, a in scales if (q.scale_max, q.reversed) == commonest]
    return ["straight_line"] if len(scores) >= STRAIGHT_LINE_FROM and len(set(scores)) == 1 else []


def answer_row(question: Question, given: Answer, person: Person, source: str) -> dict[str, Any]:
    """The answer as a row of `survey_answer`."""
    return {"source": source, "wave": person.wave, "respondent": person.respondent, "question": question.code,
            "asked_day_no": person.asked_day_no, "aspect": question.aspect, "dimension": question.dimension,
            "score": given.score, "scale_max": question.scale_max, "missing": given.missing, **person.fields,
            "flags": " ".join(given.flags)}
