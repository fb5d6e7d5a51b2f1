"""Every figure of record, defined once: what it counts, in which unit, by which formula and method.

Words stand in `i18n/words/metrics.toml` under `metric.<id>`; `docs/metrics.md` and the Methods page are made of both.
Symbols of the formulas: as_of = the moment spoken of; due = due time; closed = time of the answer; A = answered by
as_of with an outcome fixed or deferred_to_budget; S(t) = share still waiting after t (Kaplan-Meier).
"""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    CASES = "cases"
    SHARE = "share"  # 0 to 1
    POINTS = "points"  # difference of two shares, -1 to 1; shown times 100
    HOURS = "hours"
    PEOPLE = "people"
    PER_100 = "per_100"  # people per 100 residents
    PER_1000_YEAR = "per_1000_year"  # cases per 1,000 residents and year
    OF_5 = "of_5"


class Better(StrEnum):
    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


CASE_PARTS = (
    "dimension", "category", "department", "zone", "channel", "source", "outcome", "month", "day", "weekday", "hour",
)  # fmt: skip
CLOSE_PARTS = ("dimension", "category", "department", "zone", "channel", "source", "month", "weekday")
SURVEY_PARTS = ("wave", "aspect", "question", "zone", "dimension")


@dataclass(frozen=True)
class Metric:
    """`parts` are what the figure can be split by; below `min_n` a card says that there is too little data.

    `signed`: a difference in hours, written with its sign.
    """

    id: str
    unit: Unit
    better: Better
    source: str  # complaints | users | survey
    formula: str
    decimals: int
    min_n: int
    method: str  # the publication, or how it is counted
    parts: tuple[str, ...] = CASE_PARTS
    signed: bool = False


COUNTED = "Counted; no estimate."
WILSON = "Interval: Wilson 1927, method 3 of Newcombe 1998, Stat Med 17:857-872."
KAPLAN = (
    "Kaplan & Meier 1958, JASA 53:457-481; limits on the log-log scale, Kalbfleisch & Prentice 1980."
)  # fmt: skip
QUANTILE = KAPLAN + " Interval of the quantile: Brookmeyer & Crowley 1982, Biometrics 38:29-41."
TAYLOR = "Taylor linearisation over respondents, or over clusters and strata where the file names them; t interval."

_ALL = (
    Metric("received", Unit.CASES, Better.NEITHER, "complaints", "count(received <= as_of, no information call)", 0, 0,
           "Interval: exact Poisson, Garwood 1936, Biometrika 28:437-442."),
    Metric("on_time", Unit.SHARE, Better.UP, "complaints", "count(A, closed <= due <= as_of) / count(due <= as_of)", 1,
           20, WILSON),
    Metric("on_time_fixed", Unit.SHARE, Better.UP, "complaints",
           "count(A, fixed, closed <= due <= as_of) / count(due <= as_of)", 1, 20, WILSON),
    Metric("on_time_closed_only", Unit.SHARE, Better.UP, "complaints", "count(A, closed <= due) / count(A)", 1, 20,
           WILSON),
    Metric("on_time_with_overdue", Unit.SHARE, Better.UP, "complaints",
           "count(A, closed <= due) / (count(A) + count(open, due <= as_of))", 1, 20, WILSON),
    Metric("bridge", Unit.SHARE, Better.UP, "complaints",
           "on_time - on_time_closed_only = (open past due come in) + (answered before due time passed go out)", 1, 20,
           COUNTED),
    Metric("states", Unit.CASES, Better.NEITHER, "complaints",
           "on_time + late + not_yet_due = received + information calls - left out", 0, 0, COUNTED),
    Metric("p_within", Unit.SHARE, Better.UP, "complaints", "1 - S(promise of the category)", 1, 20,
           KAPLAN + " Wilson while no case younger than the promise is open."),
    Metric("median_hours", Unit.HOURS, Better.DOWN, "complaints", "smallest t with S(t) <= 0.5", 1, 20, QUANTILE),
    Metric("p90_hours", Unit.HOURS, Better.DOWN, "complaints", "smallest t with S(t) <= 0.1", 1, 30, QUANTILE),
    Metric("mean_hours_30d", Unit.HOURS, Better.DOWN, "complaints", "integral of S(t), t = 0 to 720 h", 1, 30,
           "Restricted mean, Royston & Parmar 2013, BMC Med Res Methodol 13:152; Greenwood variance."),
    Metric("open", Unit.CASES, Better.DOWN, "complaints", "count(received <= as_of, not answered, not left out)", 0, 0,
           COUNTED),
    Metric("overdue", Unit.CASES, Better.DOWN, "complaints", "count(open, due <= as_of)", 0, 0, COUNTED),
    Metric("breach_ahead", Unit.CASES, Better.DOWN, "complaints",
           "sum over open cases due within 24 h of (S(due - received) / S(as_of - received)) ** pace", 1, 0,
           "S: share still open of like cases, a year of receipts, on the city's clock (occurrence over exposure by "
           "hour of the week); pace of the last 4 weeks; Poisson-binomial 90 % interval."),
    Metric("instant_close", Unit.SHARE, Better.DOWN, "complaints", "count(A, closed - received <= 10 min) / count(A)",
           1, 20, WILSON),
    Metric("friends_active", Unit.PEOPLE, Better.UP, "users", "upper: followers - blocks; lower: targeted_reaches", 0,
           0, "LINE Messaging API, Get number of followers.", ()),
    Metric("reach", Unit.PER_100, Better.UP, "users", "100 * friends_active / residents", 1, 0,
           "LINE Messaging API; residents from the city profile.", ("denominator",)),
    Metric("satisfaction", Unit.OF_5, Better.UP, "survey", "sum(w * 5 * score / scale_max) / sum(w)", 2, 30, TAYLOR,
           SURVEY_PARTS),
    Metric("top2", Unit.SHARE, Better.UP, "survey", "sum(w, score >= scale_max - 1) / sum(w)", 1, 30,
           "Wilson for one unweighted answer a person; else " + TAYLOR + " Logit scale.", SURVEY_PARTS),
    Metric("report_rate", Unit.PER_1000_YEAR, Better.NEITHER, "complaints",
           "1000 * received / residents / (days of the period / 365.25)", 1, 20,
           "Interval: exact Poisson, Garwood 1936, Biometrika 28:437-442.", ("zone",)),
    Metric("ended", Unit.CASES, Better.NEITHER, "complaints",
           "count(closed <= as_of with an outcome, day of close in the period, no information call)", 0, 0, COUNTED,
           ("dimension", "category", "department", "zone", "channel", "source", "outcome")),
    Metric("adjusted_on_time", Unit.SHARE, Better.UP, "complaints",
           "on_time of the whole * count(A, closed <= due <= as_of) / sum over categories(cases * on_time of the "
           "category)", 1, 20, "Indirect standardisation by category; " + WILSON + " Expected counts taken as known.",
           ("zone", "department")),
    Metric("zone_gap", Unit.POINTS, Better.DOWN, "complaints",
           "max over zones(adjusted_on_time) - min over zones(adjusted_on_time)", 1, 20,
           "Wilson intervals joined by Zou & Donner 2008, Bonferroni over all pairs; test of all zones: generalised "
           "Cochran-Mantel-Haenszel, Landis, Heyman & Koch 1978, Int Stat Rev 46:237-254.", ()),
    Metric("weekend_penalty", Unit.HOURS, Better.DOWN, "complaints",
           "median_hours(received on days off) - median_hours(received on working days)", 1, 20,
           QUANTILE + " Joined by Zou & Donner 2008, Stat Med 27:1693-1702. Office time: log-rank, Mantel 1966.",
           ("dimension", "category", "department", "zone", "channel", "source"), signed=True),
    Metric("weekend_penalty_on_time", Unit.POINTS, Better.UP, "complaints",
           "on_time(received on days off) - on_time(received on working days)", 1, 20,
           "Interval: method 10 of Newcombe 1998, Stat Med 17:873-890.",
           ("dimension", "category", "department", "zone", "channel", "source")),
    Metric("clean_close", Unit.SHARE, Better.UP, "complaints",
           "S(30 d from the first close), fixed; events: closed <= 10 min, reopened, same category <= 50 m received",
           1, 20, KAPLAN + " Costs: Aalen & Johansen 1978. Wilson while all are followed to the end.", CLOSE_PARTS),
    Metric("reopen_rate", Unit.SHARE, Better.DOWN, "complaints", "1 - S(30 d from the first close), event: reopened",
           1, 20, KAPLAN + " Wilson while all are followed to the end, or where no times are told.", CLOSE_PARTS),
    Metric("rereport_rate", Unit.SHARE, Better.DOWN, "complaints",
           "1 - S(30 d from the first close), event: same category <= 50 m received, censored at reopening", 1, 20,
           KAPLAN + " Wilson while all are followed to the end.", CLOSE_PARTS),
    Metric("after_photo", Unit.SHARE, Better.UP, "complaints", "count(fixed, photo after) / count(fixed, photo told)",
           1, 20, WILSON, CLOSE_PARTS),
    Metric("stars_mean", Unit.OF_5, Better.UP, "complaints", "sum(stars of A) / count(A, rated)", 2, 30,
           "Mean of those who rated; t interval.", CLOSE_PARTS),
    Metric("stars_low", Unit.SHARE, Better.DOWN, "complaints", "count(A, stars <= 2) / count(A, rated)", 1, 20, WILSON,
           CLOSE_PARTS),
)  # fmt: skip

METRICS: dict[str, Metric] = {metric.id: metric for metric in _ALL}
