"""The synthetic surveys get better from wave to wave."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from nakhon_dash.demo import plan
from nakhon_dash.demo.survey import survey_blocks, waves


@pytest.fixture(scope="module")
def entries(profile, five_years):
    return [e for b in survey_blocks(profile, five_years) for e in b.entries]


@pytest.fixture(scope="module")
def answers(entries):
    return pd.DataFrame([row for e in entries for row in e.rows.get("survey_answer", [])])


def test_there_are_three_waves_of_four_hundred(answers):
    assert answers.groupby("wave")["respondent"].nunique().to_dict() == {"2022": 400, "2024": 400, "2026": 400}


def test_satisfaction_rises_to_92_in_100(answers):
    top2 = answers.assign(top=answers["score"] >= 4).dropna(subset="score").groupby("wave")["top"].mean()
    assert top2["2022"] == pytest.approx(0.68, abs=0.02)
    assert top2["2024"] == pytest.approx(0.92, abs=0.02)
    assert answers.loc[answers["wave"] == "2026", "score"].mean() == pytest.approx(4.3, abs=0.08)


def test_four_aspects_have_two_questions_each(entries):
    questions = pd.DataFrame(entries[0].rows["survey_question"])
    assert questions.groupby("aspect").size().to_dict() == {"process": 2, "channel": 2, "staff": 2, "facilities": 2}
    assert (questions["text_th"].str.len() > 0).all()
    assert (questions["text_en"].str.len() > 0).all()


def test_answers_of_one_person_resemble_each_other(answers):
    wide = answers.dropna(subset="score").pivot_table(index=["wave", "respondent"], columns="question", values="score")
    assert wide.loc["2026"].corr().to_numpy()[0, 1:].min() > 0.25


def test_a_missing_answer_says_why(answers):
    missing = answers["score"].isna()
    assert 0.005 < missing.mean() < 0.03
    assert (answers["missing"].notna() == missing).all()
    assert answers["score"].dropna().isin([1, 2, 3, 4, 5]).all()


def test_every_zone_answers(answers, profile):
    assert set(answers["zone"]) <= set(profile.zones)
    assert answers.groupby("zone")["respondent"].nunique()["800101"] > 300


def test_entries_are_numbered_and_keyed_once(entries):
    assert [e.record for e in entries] == list(range(1, len(entries) + 1))
    assert len({e.key for e in entries}) == len(entries)


def test_without_a_fresh_wave_the_middle_one_counts(profile):
    found = waves(plan(profile, end=datetime(2025, 2, 1, tzinfo=UTC)))
    assert [wave.name for wave in found] == ["2022", "2023", "2024"]


def test_no_wave_is_later_than_the_end(profile):
    found = waves(plan(profile, end=datetime(2023, 1, 1, tzinfo=UTC)))
    assert [wave.day for wave in found] == [date(2022, 8, 15)]
    assert list(survey_blocks(profile, plan(profile, end=datetime(2021, 1, 1, tzinfo=UTC)))) == []
