"""The synthetic cases behave like those of a real city of this size."""

import numpy as np
import pandas as pd
import pytest

from nakhon_dash.analysis.recurrence import NEVER, Reports, first_returns
from nakhon_dash.demo.plan import DAY
from nakhon_dash.demo.waits import ASIDE
from nakhon_dash.ingest.block import COMPLAINT_DTYPES, OUTCOMES, STATUSES
from nakhon_dash.ingest.draft import FLAG_ORDER


def share(mask) -> float:
    return float(np.mean(np.asarray(mask, bool)))


def test_flags_stand_in_the_order_of_the_readers(cases):
    for flags in cases["flags"].unique():
        assert sorted(flags.split(), key=FLAG_ORDER.index) == flags.split()


def test_five_years_bring_about_64_000_cases(cases):
    assert 63_000 < len(cases) < 65_000
    assert cases["source_id"].is_unique
    assert cases["source_id"].str.fullmatch(r"SYN-\d{6}").all()
    assert set(cases["source"]) == {"demo"}


def test_rows_are_canonical(cases, profile):
    assert {name: str(cases[name].dtype) for name in COMPLAINT_DTYPES} == COMPLAINT_DTYPES
    assert set(cases["status"]) <= set(STATUSES)
    assert set(cases["outcome"].dropna()) <= set(OUTCOMES)
    assert set(cases["category"]) <= set(profile.categories)
    assert set(cases["zone"].dropna()) == set(profile.zones)


def test_no_case_knows_anything_after_the_end(cases, five_years):
    for moment in ("received_at", "first_response_at", "closed_at", "modified_at", "prior_closed_at"):
        assert cases[moment].dropna().max() <= five_years.end_at, moment
    assert (cases["closed_at"] > cases["received_at"]).fillna(True).all()
    assert (cases["first_response_at"] <= cases["closed_at"]).fillna(True).all()


def test_the_city_grows_busier(cases):
    by_year = cases.groupby(cases["years_ago"].astype(int)).size() / 365.25
    assert by_year.mean() == pytest.approx(35, rel=0.03)
    assert by_year[0] > 1.2 * by_year[4]


def test_public_health_gets_58_in_100(cases):
    assert share(cases["department"] == "PH") == pytest.approx(0.58, abs=0.02)


def test_about_twenty_categories_are_busy(cases):
    shares = cases["category"].value_counts(normalize=True)
    assert 18 <= (shares > 0.01).sum() <= 25
    assert shares.max() < 0.25


def test_88_in_100_are_answered_within_48_hours(judged):
    assert share(judged["on_time"]) == pytest.approx(0.88, abs=0.015)


def test_the_city_learns_slowly(judged):
    by_year = judged.groupby(judged["years_ago"].astype(int))["on_time"].mean()
    assert by_year[4] == pytest.approx(0.81, abs=0.03)
    assert by_year[[0, 1, 2]].min() > by_year[4] + 0.05


def test_one_month_of_flood_is_bad(judged):
    by_month = judged.groupby("month_no")["on_time"].mean().iloc[13:-1]
    assert by_month.idxmin() == 2025 * 12 + 11
    assert by_month.min() < by_month.drop(by_month.idxmin()).min() - 0.03


def test_waiting_times_have_a_long_tail(cases):
    waits = cases.loc[~cases["outcome"].isin(ASIDE), "hours"].dropna()
    assert waits.median() == pytest.approx(19.8, abs=1.2)
    assert waits.mean() / 24 == pytest.approx(2.7, abs=0.25)
    assert waits.max() > 100 * 24
    assert abs(np.log(waits).skew()) < 1.5


def test_works_wait_longer_than_waste(judged):
    by_category = judged.groupby("category")["on_time"].mean()
    assert by_category["C01"] > by_category["C11"] + 0.05
    assert by_category["C06"] > by_category["C10"]


def test_weekends_are_not_empty_and_a_little_slower(cases, judged):
    per_day = cases.groupby("dow").size()
    assert 0.75 < per_day[[5, 6]].mean() / per_day[:5].mean() < 0.95
    weekend = judged["dow"] >= 5
    gap = judged.loc[~weekend, "on_time"].mean() - judged.loc[weekend, "on_time"].mean()
    assert 0.0 < gap < 0.04


def test_people_report_in_the_morning_and_in_the_evening(cases):
    by_hour = cases.groupby("hour").size()
    assert by_hour[9] > 1.3 * by_hour[12]
    assert by_hour[19] > 1.3 * by_hour[15]
    assert by_hour[3] < 0.1 * by_hour[9]


@pytest.mark.parametrize(("category", "low", "high"), [("C05", 3.0, 5.0), ("C06", 3.0, 5.0)])
def test_drains_and_floods_rise_in_november_and_december(cases, category, low, high):
    whole_years = cases[cases["day_no"] > cases["day_no"].max() - 4 * 365.25]
    by_month = whole_years[whole_years["category"] == category].groupby(whole_years["month_no"] % 12).size()
    assert low < by_month[[10, 11]].mean() / by_month[:10].mean() < high


def test_tap_water_fails_twice_as_often_from_february_to_may(cases):
    by_month = cases[cases["category"] == "C18"].groupby(cases["month_no"] % 12).size()
    assert by_month[[1, 2, 3, 4]].mean() / by_month.drop([1, 2, 3, 4]).mean() == pytest.approx(2, abs=0.3)


def test_some_cases_end_in_another_way(cases):
    shares = cases["outcome"].value_counts(normalize=True)
    assert shares["deferred_to_budget"] == pytest.approx(0.023, abs=0.01)
    assert shares["referred_out"] == pytest.approx(0.028, abs=0.005)
    assert shares["duplicate"] == pytest.approx(0.025, abs=0.005)
    assert shares["not_actionable"] == pytest.approx(0.015, abs=0.005)
    assert shares["out_of_area"] == pytest.approx(0.010, abs=0.003)


def test_what_must_wait_for_a_budget_is_answered_in_time(judged):
    deferred = judged[judged["outcome"] == "deferred_to_budget"]
    assert share(deferred["on_time"]) > 0.8
    assert set(deferred["status"]) == {"closed"}
    assert share(deferred["category"].isin(["C05", "C07", "C10", "C11", "C17"])) > 0.7


def test_an_open_case_has_no_outcome(cases):
    assert cases["closed_at"].isna().equals(cases["outcome"].isna())
    assert cases["closed_at"].isna().equals(cases["status"] != "closed")


def test_the_backlog_is_that_of_a_city_of_this_size(cases, five_years):
    still_open = cases[cases["closed_at"].isna()]
    overdue = still_open["due_at"] < five_years.end_at
    assert 75 <= len(still_open) <= 130
    assert 40 <= overdue.sum() <= 85
    assert still_open["years_ago"].max() * 365.25 > 100
    assert still_open["first_response_at"].isna().sum() < 0.3 * len(still_open)
    assert set(still_open["blocked_reason"].dropna()) <= {"procurement", "other_agency", "reporter", "weather"}


def test_a_duplicate_names_an_earlier_case_of_its_category_nearby(cases):
    duplicates = cases[cases["parent_id"].notna()]
    parents = cases.set_index("source_id").loc[duplicates["parent_id"]]
    assert (cases["parent_id"].notna() == (cases["outcome"] == "duplicate")).all()
    assert duplicates["flags"].str.contains("marked_duplicate").all()
    assert (parents["category"].to_numpy() == duplicates["category"].to_numpy()).all()
    assert (parents["received_at"].to_numpy() <= duplicates["received_at"].to_numpy()).all()
    assert parents["parent_id"].isna().all()
    apart = np.hypot(parents["lat"].to_numpy() - duplicates["lat"], parents["lon"].to_numpy() - duplicates["lon"])
    assert np.nanmedian(apart) < 0.0005


def test_some_cases_are_opened_again(cases):
    again = cases[cases["reopen_count"] > 0]
    assert len(again) / len(cases) == pytest.approx(0.0165, abs=0.005)
    assert again["prior_closed_at"].notna().all()
    assert (again["prior_closed_at"] < again["closed_at"]).fillna(True).all()
    assert again["flags"].str.contains("reopened").all()
    assert cases.loc[cases["reopen_count"] == 0, ["prior_closed_at", "reopened_at"]].isna().all(axis=None)
    assert (again["reopened_at"] > again["prior_closed_at"]).all()
    assert (again["reopened_at"] < again["closed_at"]).fillna(True).all()


def test_two_answers_in_a_hundred_come_within_minutes(cases):
    answered = cases[cases["outcome"].isin(["fixed", "deferred_to_budget"])]
    assert share(answered["hours"] <= 1 / 6) == pytest.approx(0.02, abs=0.004)


def test_some_repairs_do_not_hold(cases):
    """The next report within 30 days and 50 m, drains and roads more often than others."""
    fixed = cases[(cases["outcome"] == "fixed") & (cases["flags"] == "")]
    seen = cases[cases["lat"].notna() & ~cases["flags"].str.contains("placeholder")]
    kinds = sorted(set(cases["category"]))
    times = fixed["closed_at"].to_numpy("int64"), seen["received_at"].to_numpy("int64")
    mine, there = (Reports(rows["category"].map(kinds.index).to_numpy(), rows["lat"].to_numpy(),
                           rows["lon"].to_numpy(), when)
                   for rows, when in zip((fixed, seen), times, strict=True))  # fmt: skip
    back = first_returns(mine, there, 30 * DAY) < NEVER
    assert 0.03 < share(back) < 0.12
    drains = fixed["category"].isin(["C05", "C07", "C11"])
    assert share(back[drains]) > 1.4 * share(back)


def test_few_cases_are_rated_and_most_of_them_well(cases):
    stars = cases["stars"].dropna().value_counts()
    assert stars.sum() / cases["closed_at"].notna().sum() == pytest.approx(0.08, abs=0.01)
    assert 3.5 < stars[5] / stars[1] < 6.5
    assert cases.loc[cases["closed_at"].isna(), "stars"].isna().all()


def test_most_fixed_cases_have_a_photo(cases):
    fixed = cases[cases["outcome"] == "fixed"]
    assert 0.75 < fixed["photo_after"].mean() < 0.85
    assert cases.loc[cases["closed_at"].isna(), "photo_after"].isna().all()


def test_most_people_use_line(cases):
    shares = cases["channel"].value_counts(normalize=True)
    assert shares["line"] == pytest.approx(0.86, abs=0.02)
    assert set(shares.index) == {"line", "field", "walkin", "phone"}


def test_a_feast_fills_the_streets(cases):
    sweeping = cases[cases["category"] == "C03"].groupby("day_no").size()
    feast = pd.to_datetime("2025-09-18").toordinal() - pd.to_datetime("1970-01-01").toordinal()
    assert sweeping.loc[feast - 5 : feast + 5].mean() > 1.3 * sweeping.loc[feast + 20 : feast + 120].mean()
