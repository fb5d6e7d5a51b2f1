"""The two clocks of waiting times: the calendar, on which the promise runs, and office time."""

import pandas as pd

from nakhon_dash.domain.calendar import office_calendar, office_micros
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope


def on_clock(rows: pd.DataFrame, scope: Scope, profile: Profile) -> pd.DataFrame:
    """`rows` with `wait` (µs since `received`) on the clock of the scope; promised hours stay calendar hours."""
    return rows if scope.clock is None else rows.assign(wait=office_waits(rows, profile))


def office_waits(rows: pd.DataFrame, profile: Profile) -> pd.Series:
    """The `wait` of each row in office time (µs): 0 for a case received and answered while the office was closed."""
    received = rows["received"].to_numpy("int64")
    found = office_micros(received, received + rows["wait"].to_numpy("int64"), office_calendar(profile))
    return pd.Series(found, index=rows.index, dtype="int64")
