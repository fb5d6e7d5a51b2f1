"""Small canonical blocks for the tests of the store: cases that are read as from a file, without a file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

import pandas as pd

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.ingest.block import Block, Entry, EntryBlock, Rejected, Skipped
from nakhon_dash.ingest.canonical import finish

PROFILE = current_profile()
HOUR = 3_600_000_000
DTYPES = {"lat": "float64", "lon": "float64"}
MORNING = 1_741_567_200_000_000  # 2025-03-10T07:40 in Bangkok


def case(key, *, closed=None, changed=None, prior=None, reopened=None, **fields):
    """One complaint; times are hours after MORNING."""
    known = {"source": "city", "source_id": key, "received_at": MORNING, "category": "C01", "status": "received",
             "flags": ""}
    if closed is not None:
        known |= {"closed_at": MORNING + int(closed * HOUR), "status": "closed", "outcome": "fixed"}
    if changed is not None:
        known["modified_at"] = MORNING + int(changed * HOUR)
    if prior is not None:
        known["prior_closed_at"] = MORNING + int(prior * HOUR)
    if reopened is not None:
        known["reopened_at"] = MORNING + int(reopened * HOUR)
    return known | fields


def rejected(reason="bad_date"):
    return Rejected(0, reason, "", {"received": "31/02/2568"})


def skipped(reason="not_ready"):
    return Skipped(0, reason)


@dataclass
class File:
    """A reading of records in blocks of `size`, as a reader would give them."""

    records: list
    size: int = 3
    source: str = "city"
    format: str = "template"
    kind: str = "complaints"
    file_name: str = "cases.csv"
    mapping: str | None = None
    sha256: str = field(default="")

    def __post_init__(self):
        self.sha256 = self.sha256 or sha256(repr(self.records).encode()).hexdigest()

    def __iter__(self) -> Iterator:
        for start in range(0, len(self.records), self.size):
            yield self.block(start, self.records[start:start + self.size])

    def block(self, start, records):
        numbered = list(enumerate(records, start + 1))
        refused = [Rejected(no, one.reason, one.detail, one.raw) for no, one in numbered if isinstance(one, Rejected)]
        passed = [Skipped(no, one.reason) for no, one in numbered if isinstance(one, Skipped)]
        rest = [(no, one) for no, one in numbered if isinstance(one, dict)]
        last = start + len(records)
        if self.kind != "complaints":
            return EntryBlock(start + 1, last, [Entry(no, **one) for no, one in rest], refused, passed, last)
        return Block(start + 1, last, canonical(rest), refused, passed, last)


def canonical(rest):
    names = sorted({name for _, one in rest for name in one} | {"source", "source_id", "received_at", "status",
                                                               "category"})
    frame = pd.DataFrame({name: pd.Series([one.get(name) for _, one in rest], dtype=DTYPES.get(name, "object"))
                          for name in names})
    frame["record"] = pd.Series([no for no, _ in rest], dtype="int64")
    return finish(frame, PROFILE)


def followers(day, count, **fields):
    """One day of LINE friends."""
    row = {"channel": "line", "day_no": day, "followers": count, "source": "city"} | fields
    return {"key": str(day), "rows": {"channel_users": [row]}}


def answers(respondent, *scores, wave="1"):
    """One returned questionnaire."""
    shared = {"source": "city", "wave": wave, "respondent": respondent, "scale_max": 5}
    rows = [shared | {"question": f"q{i}", "score": score} for i, score in enumerate(scores, 1)]
    questions = [{"source": "city", "question": f"q{i}", "kind": "scale"} for i in range(1, len(scores) + 1)]
    return {"key": f"{wave}/{respondent}", "rows": {"survey_question": questions, "survey_answer": rows}}
