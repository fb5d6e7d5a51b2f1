"""Surveys: one row a person, one row an answer, and the published coded layout."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.i18n import LANGS, t
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.entries import open_entries
from nakhon_dash.store.schema import survey_answer, survey_question
from nakhon_dash.store.writer import import_entries

PROFILE = read_profile(ROOT / "data" / "city.toml")
FORMATS = ROOT.parent / "shared" / "reference" / "formats"
NOW = datetime(2025, 6, 1, 3, tzinfo=UTC)

SHEET = """question,text_th,text_en,aspect,dimension,scale_max,kind,reversed,dk
a1,ความสะดวก,Ease,process,GOV,5,scale,,9
a2,ความล่าช้า,Delay,process,,5,scale,1,
a3,เคยใช้,Used it,,,,tick,,
a4,จำนวนครั้ง,Times,,,,number,,
"""


def written(tmp_path: Path, text: str, name: str = "survey.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8-sig")
    return path


def reading(path: Path, **options):
    return open_entries("survey", path, PROFILE, now=NOW, **options)


def wide(tmp_path: Path, text: str, sheet: str = SHEET):
    written(tmp_path, sheet, "survey_questions.csv")
    return reading(written(tmp_path, text))


def entries(found) -> list:
    return [entry for block in found for entry in block.entries]


def refused(found) -> dict[int, str]:
    return {r.record: r.reason for block in found for r in block.rejected}


def scores(found) -> dict[str, dict]:
    """respondent -> question -> (score, missing)."""
    out: dict[str, dict] = {}
    for entry in entries(found):
        for row in entry.rows["survey_answer"]:
            out.setdefault(row["respondent"], {})[row["question"]] = (row["score"], row["missing"])
    return out


@pytest.mark.reference
@pytest.mark.skipif(not FORMATS.exists(), reason="../shared/reference is not here")
class TestReferenceFile:
    @pytest.fixture
    def answers(self, sqlite_store) -> pd.DataFrame:
        self.result = import_entries(sqlite_store, reading(FORMATS / "survey_kcmo_layout.csv"))
        with sqlite_store.connect() as connection:
            return pd.DataFrame(connection.execute(sa.select(survey_answer)).mappings().all())

    def test_every_record_ends_as_documented(self, answers):
        result = self.result
        assert (result.read, result.inserted, result.merged, result.quarantined) == (16, 12, 1, 3)
        assert result.reasons == {"duplicate_conflict": 1, "empty_response": 1, "missing_wave": 1}
        assert result.flags == {"label_text": 1, "out_of_range": 2, "priority_repeated": 1, "straight_line": 1,
                                "thai_digits": 1}

    def test_the_published_means_come_out(self, answers):
        for question, n, mean, top2 in (("q1_01", 9, 3.778, 0.778), ("q2_01", 10, 3.300, 0.500)):
            mine = answers[answers["question"] == question]
            assert mine["score"].count() == n
            assert mine["score"].mean() == pytest.approx(mean, abs=0.0005)
            assert (mine["score"].dropna() >= 4).mean() == pytest.approx(top2, abs=0.0005)
            assert (mine["missing"] == "dont_know").sum() == 1

    def test_ids_of_two_waves_are_two_people(self, answers):
        mine = answers[(answers["respondent"] == "900001") & (answers["question"] == "q1_01")]
        assert dict(zip(mine["wave"], mine["score"], strict=True)) == {"1QSEP2021": 4.0, "3QMAR2022": 2.0}

    def test_priorities_are_items_not_scores(self, answers):
        picks = answers[answers["question"].str.startswith("q4_")].set_index("respondent")
        assert list(picks.loc["900012", "score"]) == [3.0, 1.0]
        assert picks.loc["900011", "missing"] == "none_chosen"
        assert picks["scale_max"].isna().all()

    def test_codes_off_their_list_are_unknown(self, answers):
        mine = answers[answers["respondent"] == "900016"]
        assert mine["stratum"].isna().all()
        assert mine.set_index("question").loc["q36_a", "missing"] == "out_of_range"

    def test_reversed_scales_are_turned_and_questions_described_once(self, answers, sqlite_store):
        raw = pd.read_csv(FORMATS / "survey_kcmo_layout.csv", dtype=str).set_index("id")
        mine = answers[(answers["respondent"] == "900002")].set_index("question")
        assert mine.loc["q29_t", "score"] == 6 - int(raw.loc["900002", "q29_t"])
        with sqlite_store.connect() as connection:
            rows = connection.execute(sa.select(survey_question)).mappings().all()
        turned = {r["question"] for r in rows if r["reversed"]}
        assert turned == {"q25_d", "q28_h", "q29_t", "q30_t"}
        assert set(answers["question"]) <= {r["question"] for r in rows}
        assert not any("race" in r["question"] for r in rows)

    def test_the_same_file_again_changes_nothing(self, answers, sqlite_store):
        again = import_entries(sqlite_store, reading(FORMATS / "survey_kcmo_layout.csv"))
        assert (again.inserted, again.updated, again.unchanged) == (0, 0, 12)


def test_a_reversed_scale_is_turned_so_that_higher_is_better(tmp_path):
    found = wide(tmp_path, "respondent,wave,a1,a2\nr1,2568-1,5,1\n")
    assert scores(found)["r1"] == {"a1": (5.0, None), "a2": (5.0, None)}


def test_a_label_means_what_it_says_even_on_a_reversed_scale(tmp_path):
    found = wide(tmp_path, "respondent,wave,a1,a2\nr1,2568-1,มาก,น้อยที่สุด\n")
    assert scores(found)["r1"] == {"a1": (4.0, None), "a2": (1.0, None)}
    assert entries(found)[0].flags == ("label_text",)


def test_do_not_know_and_off_the_scale_are_missing_for_their_own_reason(tmp_path):
    found = wide(tmp_path, "respondent,wave,a1,a2\nr1,2568-1,9,9\nr2,2568-1,ไม่ทราบ,๓\n")
    assert scores(found) == {"r1": {"a1": (None, "dont_know"), "a2": (None, "out_of_range")},
                             "r2": {"a1": (None, "dont_know"), "a2": (3.0, None)}}
    assert [e.flags for e in entries(found)] == [("out_of_range",), ("thai_digits",)]


def test_an_empty_cell_is_no_answer_and_a_tick_is_one(tmp_path):
    found = wide(tmp_path, "respondent,wave,a1,a3,a4\nr1,2568-1,,Y,2.5\nr2,2568-1,NA,maybe,-\n")
    assert scores(found) == {"r1": {"a3": (1.0, None), "a4": (2.5, None)}, "r2": {"a3": (None, "out_of_range")}}


def test_a_record_needs_an_id_a_wave_and_an_answer(tmp_path):
    found = wide(tmp_path, "respondent,wave,a1\n,2568-1,5\nr2,,5\nr3,2568-1,\nr4,2568-1,5,7\n")
    assert refused(found) == {1: "missing_id", 2: "missing_wave", 3: "empty_response", 4: "bad_row"}


def test_who_answered_is_kept_as_the_profile_knows_it(tmp_path):
    found = wide(tmp_path, "respondent,wave,asked_on,zone,age_band,gender,channel,weight,a1\n"
                           "r1,2568-1,1 เม.ย. 2568,ตำบลท่าวัง,40-59,หญิง,LINE,1.25,5\n"
                           "r2,2568-1,,Elsewhere,,,,heavy,5\n")
    first, second = (entry.rows["survey_answer"][0] for entry in entries(found))
    assert (first["asked_day_no"], first["zone"], first["age_band"]) == (20179, "800102", "40-59")
    assert first["weight"] == 1.25
    assert (second["asked_day_no"], second["zone"], second["weight"]) == (None, None, None)
    assert entries(found)[1].flags == ("out_of_range",)


def test_a_phone_number_as_id_is_replaced_and_still_tells_people_apart(tmp_path):
    found = wide(tmp_path, "respondent,wave,a1\n000-000-0000,2568-1,5\n000-000-0001,2568-1,4\n")
    ids = [entry.rows["survey_answer"][0]["respondent"] for entry in entries(found)]
    assert len(set(ids)) == 2
    assert not any("000-000" in ident for ident in ids)
    assert entries(found)[0].flags == ("id_hidden",)


def test_free_text_and_names_never_enter_and_are_masked_in_quarantine(tmp_path):
    found = wide(tmp_path, "respondent,wave,full_name,remark,a1\nr1,,Somchai Tester,call 000-000-0000,5\n")
    raw = [r.raw for block in found for r in block.rejected]
    assert raw == [{"respondent": "r1", "wave": "", "full_name": "•••", "remark": "•••", "a1": "5"}]


def test_ten_equal_answers_are_marked_and_kept(tmp_path):
    names = [f"b{n}" for n in range(10)]
    sheet = "question,kind,scale_max\n" + "".join(f"{n},scale,5\n" for n in names)
    text = f"respondent,wave,{','.join(names)}\nr1,1,{','.join('4' * 10)}\nr2,1,{','.join('4444444445')}\n"
    assert [e.flags for e in entries(wide(tmp_path, text, sheet))] == [("straight_line",), ()]


def test_repeats_are_merged_and_conflicts_refused(tmp_path, sqlite_store):
    lines = ["r1,2568-1,5,1", "r1,2568-1,5,1", "r1,2568-1,4,1", "r1,2568-2,5,1"]
    result = import_entries(sqlite_store, wide(tmp_path, "respondent,wave,a1,a2\n" + "\n".join(lines)))
    assert (result.inserted, result.merged, result.quarantined) == (2, 1, 1)
    assert result.merged_by == {"duplicate_exact": 1}
    assert result.reasons == {"duplicate_conflict": 1}


def test_without_a_question_sheet_a_wide_survey_says_what_is_needed(tmp_path):
    with pytest.raises(BadFile, match="survey_questions_missing"):
        reading(written(tmp_path, "respondent,wave,a1\nr1,1,5\n"))


def test_a_question_sheet_may_be_named_by_the_caller(tmp_path):
    sheet = written(tmp_path, SHEET, "other.csv")
    found = reading(written(tmp_path, "respondent,wave,A1\nr1,1,5\n"), questions=sheet)
    assert scores(found) == {"r1": {"a1": (5.0, None)}}


@pytest.mark.parametrize(("sheet", "code", "says"), [
    ("question,kind\na1,stars\n", "survey_sheet_value", "stars"),
    ("question,kind,scale_max\na1,scale,1\n", "survey_sheet_value", "2–100"),
    ("question,kind,scale_max\na1,scale,5\na1,scale,5\n", "survey_sheet_value", "each code once"),
    ("question,kind,dimension\na1,tick,ZZZ\n", "survey_sheet_value", "ENV"),
    ("question,kind,reversed\na1,tick,maybe\n", "survey_sheet_value", "maybe"),
    ("question,kind\n,tick\n", "survey_sheet_value", "a code"),
    ("name,kind\na1,tick\n", "survey_sheet_columns", "question, kind"),
    ("question,kind\nzz,tick\n", "survey_questions_elsewhere", "survey_questions.csv"),
])
def test_a_wrong_question_sheet_names_row_value_and_what_is_allowed(tmp_path, sheet, code, says):
    with pytest.raises(BadFile) as caught:
        wide(tmp_path, "respondent,wave,a1\nr1,1,5\n", sheet)
    assert caught.value.code == code
    assert all(says in t(f"badfile.{code}", lang, **caught.value.values) for lang in LANGS)


LONG = "respondent,wave,asked_on,question,score,scale_max,aspect,dimension,zone\n"


def test_a_long_survey_has_one_answer_a_row(tmp_path, sqlite_store):
    first, person = "r1,1,2025-03-01,a1,4,5,process,GOV,800101", "r1,1,2025-03-01"
    lines = [first, f"{person},a2,ไม่ทราบ,5,staff,,", first, f"{person},a1,5,5,process,GOV,800101"]
    result = import_entries(sqlite_store, reading(written(tmp_path, LONG + "\n".join(lines))))
    assert (result.format, result.inserted, result.merged, result.quarantined) == ("survey_long", 2, 1, 1)
    with sqlite_store.connect() as connection:
        rows = connection.execute(sa.select(survey_answer).order_by(survey_answer.c.question)).mappings().all()
        questions = connection.execute(sa.select(survey_question.c.question, survey_question.c.aspect)).all()
    assert [(r["question"], r["score"], r["missing"], r["zone"]) for r in rows] == [
        ("a1", 4.0, None, "800101"), ("a2", None, "dont_know", None)]
    assert sorted(map(tuple, questions)) == [("a1", "process"), ("a2", "staff")]


@pytest.mark.parametrize(("line", "reason"), [
    ("r1,1,2025-03-01,,4,5,,,", "missing_question"), ("r1,1,2025-03-01,a1,4,,,,", "bad_scale"),
    ("r1,1,2025-03-01,a1,,5,,,", "empty_response"), ("r1,1,2025-13-01,a1,4,5,,,", "bad_date"),
    ("r1,1,2026-01-01,a1,4,5,,,", "future_date"), (",1,2025-03-01,a1,4,5,,,", "missing_id"),
])
def test_answers_that_cannot_be_used_are_refused_with_a_reason(tmp_path, line, reason):
    assert refused(reading(written(tmp_path, f"{LONG}{line}\n"))) == {1: reason}


def test_a_long_survey_takes_scales_from_a_question_sheet(tmp_path):
    written(tmp_path, SHEET, "survey_questions.csv")
    found = reading(written(tmp_path, "respondent,wave,question,score\nr1,1,a2,1\n"))
    assert scores(found) == {"r1": {"a2": (5.0, None)}}
    assert entries(found)[0].rows["survey_question"][0]["reversed"] == 1


def test_a_long_survey_without_any_scale_says_what_is_needed(tmp_path):
    with pytest.raises(BadFile, match="survey_questions_missing"):
        reading(written(tmp_path, "respondent,wave,question,score\nr1,1,a2,1\n"))
