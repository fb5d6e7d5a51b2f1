"""Are people content: the latest survey wave, with the interval that its design allows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.analysis import sampling
from nakhon_dash.analysis.intervals import wilson
from nakhon_dash.domain.measure import Measure
from nakhon_dash.measures.asking import Ask, Part, key_of
from nakhon_dash.queries import people


@dataclass(frozen=True)
class Wave:
    """A round of a survey; `last_day` is the day number of its last answer, None when no day is known."""

    source: str
    name: str
    last_day: int | None
    answers: int


def waves(ask: Ask) -> list[Wave]:
    """Waves in or before the view's period, latest first."""

    def find() -> list[Wave]:
        rows = people.waves(ask.reader, ask.scope, ask.last_day)
        return [Wave(row.source, row.wave, key_of(row.last), int(row.n)) for row in rows.itertuples()]  # type: ignore[arg-type]

    return ask.once("waves", find)


def parts(ask: Ask, by: str) -> list[Part]:
    """Parts by wave, oldest first, or by a column of the latest wave."""
    known = waves(ask)
    if by == "wave":
        return [Part(ask, "wave", wave.name) for wave in reversed(known)]
    if not known:
        return []
    return sorted((Part(ask, by, key_of(value)) for value in _answers(ask, known[0])[by].unique()),
                  key=lambda part: part.rank)  # fmt: skip


def _answers(ask: Ask, wave: Wave) -> pd.DataFrame:
    key = ("answers", wave.source, wave.name)
    return ask.once(key, lambda: people.answers(ask.reader, ask.scope, wave.source, wave.name))


def _chosen(part: Part) -> tuple[pd.DataFrame, Wave] | None:
    """The answers of the part and their wave; None without any."""
    known = waves(part.ask)
    if part.by == "wave":
        known = [wave for wave in known if wave.name == part.key]
    if not known:
        return None
    rows = _answers(part.ask, known[0])
    if part.by not in (None, "wave"):
        column = rows[part.by]
        rows = rows[column.isna()] if part.key is None else rows[column == part.key]
    return (rows, known[0]) if len(rows) else None


def _mean(rows: pd.DataFrame, y: pd.Series, *, share: bool = False) -> sampling.Mean:
    """Clusters and strata where the file names them for every answer, else each respondent is a unit of one stratum."""
    unit = rows["cluster"] if rows["cluster"].notna().all() else rows["respondent"]
    stratum = pd.factorize(rows["stratum"])[0] if rows["stratum"].notna().all() else None
    weight = _weights(rows)
    return sampling.mean(y.to_numpy("float64"), pd.factorize(unit)[0], weight, stratum, share=share)


def _weights(rows: pd.DataFrame) -> np.ndarray | None:
    """Weights if every answer has one."""
    return rows["weight"].to_numpy("float64") if rows["weight"].notna().all() else None


def _facts(rows: pd.DataFrame, wave: Wave, found: sampling.Mean) -> dict[str, float | int | None]:
    return {"respondents": int(rows["respondent"].nunique()), "se": found.se, "last_day_no": wave.last_day}


def satisfaction(part: Part) -> Measure:
    """Mean of all scale answers of the wave, every scale stretched to 5; `parts` hold the shares of both ends."""
    if (chosen := _chosen(part)) is None:
        return part.unknown("satisfaction", "no_data")
    rows, wave = chosen
    score, top = rows["score"].astype("float64"), rows["scale_max"].astype("float64")
    found = _mean(rows, score / top * 5)
    low_end, weight = (score <= 2).astype(float), _weights(rows)
    ends = {name: float(np.average(share, weights=weight)) for name, share in
            (("bottom2", low_end), ("top2", _top2(rows)))}  # fmt: skip
    return part.measure("satisfaction", found.value, found.n, low=found.low, high=found.high,
                        numerator=float((score / top * 5).sum()), denominator=found.n,
                        parts=_facts(rows, wave, found) | ends)  # fmt: skip


def _top2(rows: pd.DataFrame) -> pd.Series:
    return (rows["score"].astype("float64") >= rows["scale_max"].astype("float64") - 1).astype(float)


def top2(part: Part) -> Measure:
    """Share of the two best answers; Wilson while nobody answers twice, else the design's logit interval."""
    if (chosen := _chosen(part)) is None:
        return part.unknown("top2", "no_data")
    rows, wave = chosen
    best = _top2(rows)
    found = _mean(rows, best, share=True)
    low, high = found.low, found.high
    if rows["respondent"].is_unique and rows[["weight", "cluster", "stratum"]].isna().all(axis=None):
        low, high = wilson(int(best.sum()), len(best))
    return part.measure("top2", found.value, found.n, numerator=int(best.sum()), denominator=len(best), low=low,
                        high=high, parts=_facts(rows, wave, found))  # fmt: skip


def distribution(ask: Ask) -> dict[int, float]:
    """Share of each answer 1 to 5 in the latest wave (other scales stretched and rounded); empty without one."""
    chosen = _chosen(ask.whole)
    if chosen is None:
        return {}
    rows, _ = chosen
    five = np.ceil(rows["score"].astype("float64") / rows["scale_max"].astype("float64") * 5 - 1e-9)
    return {answer: float((five == answer).mean()) for answer in range(1, 6)}
