"""Users, surveys and annotations: records that become rows of small tables."""

import pytest
import sqlalchemy as sa

from nakhon_dash.store.batches import quarantined
from nakhon_dash.store.digest import digest
from nakhon_dash.store.schema import annotation, channel_users, survey_answer, survey_question
from nakhon_dash.store.undo import undo
from nakhon_dash.store.writer import import_entries
from tests.unit.store.cases import File, answers, followers, rejected, skipped
from tests.unit.store.test_writer import counts


def users(store, *records, size=2):
    return import_entries(store, File(list(records), size, kind="users", format="line_oa"))


def rows(store, table, *columns):
    with store.connect() as connection:
        found = connection.execute(sa.select(*(table.c[name] for name in columns)).order_by(*(
            table.c[name] for name in columns)))
        return [tuple(row) for row in found]


def test_a_series_is_stored_once_and_corrected_later(any_store):
    assert counts(users(any_store, followers(1, 10), followers(2, 12))) == {"read": 2, "inserted": 2}
    assert counts(users(any_store, followers(1, 10), followers(2, 12))) == {"read": 2, "unchanged": 2}
    assert counts(users(any_store, followers(2, 13), followers(3, 15))) == {"read": 2, "inserted": 1, "updated": 1}
    assert rows(any_store, channel_users, "day_no", "followers") == [(1, 10), (2, 13), (3, 15)]


@pytest.mark.parametrize("size", [1, 9], ids="blocks of {}".format)
def test_a_day_given_twice_is_merged_or_refused(any_store, size):
    result = users(any_store, followers(1, 10), followers(1, 10), followers(1, 11), rejected("missing_value"),
                   skipped(), size=size)
    assert counts(result) == {"read": 5, "inserted": 1, "merged": 1, "skipped": 1, "quarantined": 2}
    assert result.reasons == {"duplicate_conflict": 1, "missing_value": 1}
    assert rows(any_store, channel_users, "day_no", "followers") == [(1, 10)]


def test_a_flag_about_neighbours_does_not_make_a_conflict(any_store):
    result = users(any_store, followers(1, 10, flags="gap") | {"flags": ("gap",)}, followers(1, 10))
    assert (result.merged_by, result.flags) == ({"duplicate_exact": 1}, {"gap": 1})


def test_a_respondent_is_one_record_with_many_answers(any_store):
    file = File([answers("r1", 4, None), answers("r2", 5, 3), answers("r1", 4, None), answers("r2", 5, 1)],
                kind="survey")
    result = import_entries(any_store, file)
    assert counts(result) == {"read": 4, "inserted": 2, "merged": 1, "quarantined": 1}
    assert rows(any_store, survey_answer, "respondent", "question", "score")[2:] == [("r2", "q1", 5.0),
                                                                                     ("r2", "q2", 3.0)]
    assert rows(any_store, survey_question, "question", "reversed") == [("q1", 0), ("q2", 0)]
    (kept,) = quarantined(any_store)
    assert (kept["reason"], kept["raw"]["key"]) == ("duplicate_conflict", "1/r2")


def test_a_second_wave_of_known_questions_is_new(any_store):
    import_entries(any_store, File([answers("r1", 4)], kind="survey"))
    result = import_entries(any_store, File([answers("r1", 5, wave="2")], kind="survey"))
    assert counts(result) == {"read": 1, "inserted": 1}


def test_an_answer_that_a_corrected_questionnaire_leaves_out_goes_and_can_return(any_store):
    import_entries(any_store, File([answers("r1", 4, 5), answers("r2", 3, 3)], kind="survey"))
    before = digest(any_store)
    later = import_entries(any_store, File([answers("r1", 4)], kind="survey"))
    assert counts(later) == {"read": 1, "updated": 1}
    assert rows(any_store, survey_answer, "respondent", "question") == [("r1", "q1"), ("r2", "q1"), ("r2", "q2")]
    assert counts(import_entries(any_store, File([answers("r1", 4)], kind="survey"))) == {"read": 1, "unchanged": 1}
    undo(any_store, later.batch)
    assert digest(any_store) == before


def test_one_answer_a_record_leaves_the_others_alone(any_store):
    whole = answers("r1", 4, 5)["rows"]["survey_answer"]
    for row in whole:
        import_entries(any_store, File([{"key": f"1/r1/{row['question']}", "rows": {"survey_answer": [row]}}],
                                       kind="survey"))
    assert len(rows(any_store, survey_answer, "question")) == 2


def test_numbers_written_differently_are_the_same_answer(any_store):
    import_entries(any_store, File([answers("r1", 4)], kind="survey"))
    assert counts(import_entries(any_store, File([answers("r1", 4.0)], kind="survey"))) == {"read": 1, "unchanged": 1}


def test_an_answer_that_does_not_fit_is_refused_on_every_engine(any_store):
    result = import_entries(any_store, File([answers("r" * 81, 4), answers("r1", 5)], kind="survey"))
    assert (result.inserted, result.reasons) == (1, {"too_long": 1})
    assert [row["detail"] for row in quarantined(any_store)] == ["respondent"]


def test_annotations_are_kept(any_store):
    row = {"day_from": 20000, "day_to": 20003, "kind": "flood", "title_th": "น้ำท่วม", "title_en": "Flood",
           "source": "city"}
    file = File([{"key": "20000/flood/Flood", "rows": {"annotation": [row]}}], kind="annotation")
    assert counts(import_entries(any_store, file)) == {"read": 1, "inserted": 1}
    assert rows(any_store, annotation, "title_th", "zone") == [("น้ำท่วม", None)]


def test_a_dry_run_of_a_series_writes_nothing(any_store):
    file = File([followers(1, 10), followers(1, 11)], kind="users")
    assert counts(import_entries(any_store, file, dry_run=True)) == {"read": 2, "inserted": 1, "quarantined": 1}
    assert rows(any_store, channel_users, "day_no") == []
