"""Tables of record: `table(id, ask, by)` gives the rows that a card draws and `nakhon show` prints."""

from collections.abc import Callable

import pandas as pd

from nakhon_dash.domain.tables import TABLES
from nakhon_dash.measures import ahead_tables, fairness, mix, promise, spots, waiting, warning, warning_record
from nakhon_dash.measures.abdiff import compare_cells
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.bridge import bridge_steps
from nakhon_dash.measures.cell_counts import cell_counts_table
from nakhon_dash.measures.density_map import density_table
from nakhon_dash.measures.effect import effect_table
from nakhon_dash.measures.emerging_map import emerging_steps, emerging_table
from nakhon_dash.measures.flow import ageing, flow_table
from nakhon_dash.measures.known import known_table
from nakhon_dash.measures.monthly import months
from nakhon_dash.measures.moran_map import moran_table
from nakhon_dash.measures.oldest import oldest
from nakhon_dash.measures.outcomes import outcomes_table
from nakhon_dash.measures.quality import quality
from nakhon_dash.measures.quiet import quiet_table
from nakhon_dash.measures.rates import rates_table
from nakhon_dash.measures.scanning import scan_table
from nakhon_dash.measures.staffing import staffing_table
from nakhon_dash.measures.wait_curve import curve_table
from nakhon_dash.measures.wait_groups import groups_table, pairs_table
from nakhon_dash.measures.weekend_tables import weekday_hour, weekdays
from nakhon_dash.measures.why_tables import why_table


def by_part(ask: Ask, by: str) -> pd.DataFrame:
    """On time and waiting time of each part: value, interval, numerator, denominator, n."""
    rows = []
    for part in ask.parts(by):
        share, half, ninth = promise.on_time(part), waiting.median_hours(part), waiting.p90_hours(part)
        rows.append({
            "group": part.group, "received": part.counts.received,
            "on_time": share.value, "on_time_low": share.low, "on_time_high": share.high,
            "numerator": share.numerator, "denominator": share.denominator,
            "median_hours": half.value, "median_low": half.low, "median_high": half.high,
            "p90_hours": ninth.value, "p90_low": ninth.low, "p90_high": ninth.high, "n": half.n,
        })  # fmt: skip
    return pd.DataFrame(rows)


FILL: dict[str, Callable[[Ask, str], pd.DataFrame]] = {
    "by_part": by_part,
    "bridge_steps": bridge_steps,
    "months": months,
    "flow": flow_table,
    "ageing": ageing,
    "oldest": oldest,
    "funnel": fairness.funnel_table,
    "mix_change": mix.mix_change,
    "weekday_hour": weekday_hour,
    "weekdays": weekdays,
    "quality": quality,
    "curve": curve_table,
    "groups": groups_table,
    "pairs": pairs_table,
    "outcomes": outcomes_table,
    "breach_board": ahead_tables.breach_board,
    "due_soon": ahead_tables.due_soon,
    "calibration": ahead_tables.calibration_table,
    "warnings": warning.table,
    "warning_replay": warning_record.replay_table,
    "warning_log": warning_record.log_table,
    "warning_precision": warning_record.precision_table,
    "known": known_table,
    "staffing": staffing_table,
    "cell_counts": cell_counts_table,
    "cells": spots.cells_table,
    "clusters": spots.clusters_table,
    "guard": spots.guard_table,
    "scan": scan_table,
    "emerging": emerging_table,
    "emerging_steps": emerging_steps,
    "rates": rates_table,
    "moran": moran_table,
    "density": density_table,
    "quiet": quiet_table,
    "why": why_table,
    "compare_cells": compare_cells,
    "effect": effect_table,
}


def table(name: str, ask: Ask, by: str | None = None) -> pd.DataFrame:
    """The rows of table `name` for a question, split by `by` (its default when None); empty without cases.

    KeyError when there is no such table; ValueError when it cannot be split so, or needs a compare period.
    """
    spec = TABLES[name]
    split = by or (spec.parts[0] if spec.parts else "")
    if split and split not in spec.parts:
        raise ValueError(f"{name} cannot be split by {split}")
    if spec.compared and ask.earlier is None:
        raise ValueError(f"{name} needs a period to compare with")
    return FILL[name](ask, split)
