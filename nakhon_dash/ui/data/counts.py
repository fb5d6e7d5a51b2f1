"""What the store holds, counted for the Data page: cases, and how many carry each remark."""

from collections import Counter

import sqlalchemy as sa

from nakhon_dash.domain.profile import UNMAPPED, Profile
from nakhon_dash.queries import Reader
from nakhon_dash.store.schema import batch, complaint

# Remarks that are told from other columns: they are counted over all cases, not only those an import marked.
NO_CATEGORY, UNKNOWN_STATUS = "no_category", "unknown_status"
_N = sa.func.count().label("n")


def stored(reader: Reader, _profile: Profile, _as_of: int) -> int:
    """Cases in the store, of every source and time."""
    return _cases(reader, sa.true())


def synthetic(reader: Reader, _profile: Profile, _as_of: int) -> int:
    """Cases of batches that are marked synthetic."""
    marked = sa.select(batch.c.id).where(batch.c.synthetic == 1)
    return _cases(reader, complaint.c.batch_id.in_(marked))


def remarks(reader: Reader, _profile: Profile, _as_of: int) -> dict[str, int]:
    """Cases per flag, most frequent first; a case with two flags counts in both."""
    found = reader.frame(
        sa.select(complaint.c.flags, _N).where(complaint.c.flags != "").group_by(complaint.c.flags))
    tally: Counter[str] = Counter()
    for flags, count in zip(found["flags"], found["n"], strict=True):
        for code in str(flags).split():
            tally[code] += int(count)
    for code, which in ((NO_CATEGORY, complaint.c.category == UNMAPPED),
                        (UNKNOWN_STATUS, complaint.c.status == "unknown")):
        if cases := _cases(reader, which):
            tally[code] = max(cases, tally[code])
    return dict(tally.most_common())


def _cases(reader: Reader, which: sa.ColumnElement[bool]) -> int:
    return int(reader.frame(sa.select(_N).select_from(complaint).where(which))["n"].iloc[0])
