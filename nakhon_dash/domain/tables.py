"""Every table behind a picture, defined once, so that `nakhon show` prints what a card draws.

A figure of record is one number (`metrics.py`); a table is a curve, a list of parts, a comparison. Words stand under
`table.<id>` in `i18n/words/`; the function that fills it in `measures.tables`. Columns hold codes and full precision:
shares 0 to 1, hours as hours, moments as ISO with offset.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """`metrics`: figures of record whose definitions a reader of the table needs; `compared`: needs a compare period;
    `parts`: what it can be split by, the first being the default, () = not split."""

    id: str
    method: str  # the publication, or how it is counted
    metrics: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    compared: bool = False


# Steps of a space-time cube, in cells of resolution 9 or 8; "all" counts repeats of open trouble too.
CUBES = ("month", "week", "month8", "week8", "month-all", "week-all", "month8-all", "week8-all")

_ALL: tuple[Table, ...] = (
    Table("by_part", "The figures of each part beside each other.", ("on_time", "median_hours", "p90_hours"),
          ("department", "category", "dimension", "zone", "channel", "month", "weekday")),
    Table("bridge_steps", "Counted; Wilson 1927.", ("on_time_closed_only", "on_time_with_overdue", "on_time")),
    Table("months", "Shares: p-chart, or Laney 2002, Quality Engineering 14:531-537, where it would flag more than a "
          "third of the months; medians: individuals chart (XmR), NIST handbook 6.3.2.2.", ("on_time", "median_hours"),
          ("month", "fiscal", "year")),
    Table("flow", "Counted: open at the end = open at the start + received - ended.", ("received", "ended", "open"),
          ("month", "week", "day")),
    Table("ageing", "Counted; no estimate.", ("open", "overdue")),
    Table("oldest", "Listed from the store of record; no estimate.", ("open", "overdue")),
    Table("funnel", "Interpolated exact binomial limits about the share of the whole, wider when parts scatter more "
          "than chance; Spiegelhalter 2005, Stat Med 24:1185-1202.", ("on_time",), ("department", "zone", "category")),
    Table("mix_change", "Symmetric decomposition, Kitagawa 1955, J Am Stat Assoc 50:1168-1194; intervals: Newcombe "
          "1998, method 10, Bonferroni over the parts.", ("on_time",), ("category", "department"), compared=True),
    Table("weekday_hour", "Medians: Kaplan & Meier 1958, on the clock of the view.", ("median_hours", "on_time")),
    Table("weekdays", "Shares: Wilson 1927; medians: Kaplan & Meier 1958, Brookmeyer & Crowley 1982, on both clocks.",
          ("median_hours", "on_time", "weekend_penalty", "weekend_penalty_on_time")),
    Table("quality", "Each figure by its own method; changes: both intervals joined, Zou & Donner 2008.",
          ("clean_close", "instant_close", "reopen_rate", "rereport_rate", "after_photo", "stars_mean", "stars_low")),
    Table("curve", "Kaplan & Meier 1958, JASA 53:457-481; limits on the log-log scale, Kalbfleisch & Prentice 1980.",
          ("median_hours", "p_within")),
    Table("groups", "Medians as in median_hours, shares as in p_within and on_time.",
          ("median_hours", "p90_hours", "p_within", "on_time"),
          ("department", "category", "dimension", "zone", "channel")),
    Table("pairs", "Log-rank test, Mantel 1966, Cancer Chemother Rep 50:163-170, departments within category where "
          "categories are shared; Holm 1979, Scand J Stat 6:65-70.", ("median_hours",),
          ("department", "category", "dimension", "zone", "channel")),
    Table("outcomes", "Aalen & Johansen 1978, Scand J Stat 5:141-150; variance by the delta method, limits on the "
          "log-log scale."),
    Table("breach_board", "Conditional survival of like cases on the city's clock; Poisson-binomial 90 % interval.",
          ("breach_ahead",), ("department", "category", "zone")),
    Table("due_soon", "Conditional survival of like cases on the city's clock.", ("breach_ahead",)),
    Table("calibration", "Rolling origins, learnt before each week; intervals: Wilson 1927; Brier 1950, Mon Weather "
          "Rev 78:1-3.", ("breach_ahead",)),
    Table("warnings", "Noufaily et al. 2013, Stat Med 32:1206-1222, from three years of history; quasi-Poisson "
          "regression with trend and two harmonics from one year; a limit from the eight weeks before, and EARS C2 "
          "(Hutwagner et al. 2003) for the whole city, below. q: Benjamini & Hochberg 1995."),
    Table("warning_replay", "The 52 weeks before this one judged by what came before each; intervals: Wilson 1927."),
    Table("warning_log", "As written when seen; outcomes as people decided."),
    Table("warning_precision", "Real / (real + noise) of decided warnings; intervals: Wilson 1927."),
    Table("known", "Each case in the version of that day beside the one of today; the reasons add up exactly.",
          ("on_time",)),
    Table("staffing", "Queue played again crew by crew; work times read off the closes after Larson 1990, Manag Sci "
          "36:586-601; block bootstrap of weeks, 200 runs, seeded.", ("on_time",)),
    Table("cell_counts", "Counted on the H3 grid; rates: Garwood 1936, Biometrika 28:437-442.", (),
          ("cell", "cell8", "cell9", "cell10", "zone", "cell-all", "cell8-all", "cell9-all", "cell10-all", "zone-all")),
    Table("cells", "Gi*, Ord & Getis 1995, Geogr Anal 27:286-306, of counts less what the land of the cell would hold; "
          "p: full relabelling, 9,999 runs, seeded; q: Benjamini & Hochberg 1995.", (), ("once", "all")),
    Table("clusters", "Connected hot cells; robust: hot on so many of 24 grids (3 cell sizes, 4 offsets, 2 "
          "neighbourhoods), quick tail.", (), ("once", "all")),
    Table("guard", "Counted; no estimate.", (), ("once", "all")),
    Table("scan", "Space-time permutation scan, Kulldorff et al. 2005, PLoS Med 2:e59; or Poisson scan, Kulldorff "
          "1997, Commun Stat Theory Methods 26:1481-1496. p: the best of each of 999 relabelled cities, seeded.", (),
          ("permutation", "poisson")),
    Table("emerging", "Gi* over the whole space-time cube, neighbours now and one step before, Ord & Getis 1995; tail "
          "of its first three moments; Benjamini & Hochberg 1995; trend: Mann 1945, Kendall 1975. Classes after Esri, "
          "How Emerging Hot Spot Analysis works.", (), CUBES),
    Table("emerging_steps", "Counted; cells judged as in the table of classes.", (), CUBES),
    Table("rates", "Marshall 1991, Appl Stat 40:283-294 (global empirical Bayes); limits: gamma quantiles, Clayton & "
          "Kaldor 1987, Biometrics 43:671-681.", (), ("cell", "zone", "cell-all", "zone-all")),
    Table("moran", "Anselin 1995, Geogr Anal 27:93-115; conditional relabelling, 9,999 runs, seeded; q: Benjamini & "
          "Hochberg 1995; I: randomisation, Cliff & Ord 1981.", (), ("cell", "map", "cell-all", "map-all")),
    Table("density", "Gaussian kernel in metres; Silverman 1986.", (),
          ("m250", "m150", "m400", "m250-all", "m150-all", "m400-all")),
    Table("quiet", "Observed / expected: Garwood 1936, Biometrika 28:437-442, widened by Pearson's dispersion; q: "
          "Benjamini & Hochberg 1995; repeats: Newcombe 1998.", (), ("zone", "cell")),
    Table("why", "Expected: an even spread over the land; categories: one-sided Poisson, Benjamini & Hochberg 1995; "
          "hours: chi-square over blocks of four; waits and returns as their own figures, changes by both intervals "
          "joined.", ("rereport_rate", "median_hours", "open"),
          ("figure", "kind", "hour", "month", "open", "figure-all", "kind-all", "hour-all", "month-all", "open-all")),
    Table("compare_cells", "Two Poisson counts given their sum, exact: Przyborowski & Wilenski 1940, Biometrika "
          "31:313-323; differences: Zou & Donner 2008, Stat Med 27:1693-1702; q: Benjamini & Hochberg 1995.", (),
          ("period", "category", "zone", "period-all", "category-all", "zone-all")),
    Table("effect", "Ratio of rate ratios against matched cells; quasi-Poisson, log scale, Student's t; placebos: "
          "Abadie, Diamond & Hainmueller 2010, J Am Stat Assoc 105:493-505.", (), ("each", "steps", "placebos")),
)  # fmt: skip

TABLES: dict[str, Table] = {table.id: table for table in _ALL}
