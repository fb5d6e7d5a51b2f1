"""The board of cases due soon as tables: by part, case by case without personal data, and how forecasts have done."""

import pandas as pd

from nakhon_dash.domain.view import moment_of
from nakhon_dash.measures.ahead import HOURS, calibration, departments, due_within
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries.conditions import HOUR


def breach_board(ask: Ask, by: str) -> pd.DataFrame:
    """One row a part and horizon, first the part where most can still be saved within the longest."""
    parts = sorted(departments(ask, by), key=lambda d: (-d.savable[HOURS[-1]], -d.expected[HOURS[-1]]))
    return pd.DataFrame([
        {"group": d.code or "", "hours": h, "expected": d.expected[h], "low": d.interval[h][0],
         "high": d.interval[h][1], "savable": d.savable[h], "due_24h": d.n}
        for d in parts for h in HOURS
    ])  # fmt: skip


def due_soon(ask: Ask, _by: str) -> pd.DataFrame:
    """Open cases due within 24 hours, first due first: number, category, department, zone, due, hours left, chance."""
    rows, _ = due_within(ask)
    tz = ask.profile.tz
    shown = rows[["source", "source_id", "category", "department", "zone"]].reset_index(drop=True)
    return shown.assign(
        due=[moment_of(due).astimezone(tz).isoformat(timespec="minutes") for due in rows["due"]],
        hours_left=(rows["due"].to_numpy("int64") - ask.as_of) / HOUR,
        chance=rows["chance"].to_numpy(), savable=rows["savable"].to_numpy(bool),
    )  # fmt: skip


def calibration_table(ask: Ask, _by: str) -> pd.DataFrame:
    """For each horizon one row a group of like chances, then one of all with the Brier scores."""
    out = []
    for hours, found in calibration(ask.reader, ask.profile, ask.scope, ask.as_of).items():
        for i, g in enumerate(found.groups, 1):
            out.append({"hours": hours, "group": str(i), "n": g.n, "foretold": g.foretold, "broken": g.broken,
                        "share": g.share, "low": g.low, "high": g.high, "brier": None, "brier_common": None,
                        })  # fmt: skip
        out.append({"hours": hours, "group": "all", "n": found.n, "foretold": found.foretold, "broken": found.broken,
                    "share": found.broken / found.n, "low": None, "high": None, "brier": found.brier,
                    "brier_common": found.common})  # fmt: skip
    return pd.DataFrame(out)
