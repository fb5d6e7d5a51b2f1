"""What the words of a source say about a case: its status, its outcome, and what holds it up.

A word that stands in no table is `unknown`: kept, listed, never counted as resolved.
"""

from typing import NamedTuple


class State(NamedTuple):
    status: str
    outcome: str | None = None
    blocked_reason: str | None = None


# Keys are ours: a mapping file names them.
STATES: dict[str, State] = {
    "waiting": State("received"),
    "acknowledged": State("acknowledged"),
    "in_progress": State("in_progress"),
    "study": State("in_progress", None, "study"),
    "procurement": State("in_progress", None, "procurement"),
    "policy": State("in_progress", None, "policy"),
    "legal": State("in_progress", None, "legal"),
    "other_agency": State("in_progress", None, "other_agency"),
    "reporter": State("in_progress", None, "reporter"),
    "weather": State("in_progress", None, "weather"),
    "reopened": State("reopened"),
    "finished": State("closed", "fixed"),
    "deferred": State("in_progress", "deferred_to_budget"),
    "referred": State("closed", "referred_out"),
    "not_actionable": State("closed", "not_actionable"),
    "duplicate": State("closed", "duplicate"),
    "open_duplicate": State("received", "duplicate"),
    "out_of_area": State("closed", "out_of_area"),
    "unknown": State("unknown"),
}

TRAFFY = {
    "รอรับเรื่อง": "waiting", "ส่งเรื่องแล้ว": "waiting", "start": "waiting", "waiting": "waiting",
    "กำลังดำเนินการ": "in_progress", "inprogress": "in_progress",
    "ติดตามเรื่อง": "in_progress", "follow": "in_progress",
    "ศึกษาปัญหา": "study", "จัดซื้อจัดจ้าง": "procurement", "จัดทำนโยบาย": "policy", "ขั้นตอนทางกฎหมาย": "legal",
    "เสร็จสิ้น": "finished", "finish": "finished",
    "ส่งต่อ": "referred", "ส่งต่อ(ใหม่)": "referred", "forward": "referred",
    "ของบประมาณ": "deferred",
    "ไม่เกี่ยวข้อง": "not_actionable", "irrelevant": "not_actionable",
}
OPEN311 = {"open": "waiting", "closed": "finished"}
NYC = {"open": "waiting", "in progress": "in_progress", "assigned": "in_progress", "closed": "finished"}
BOSTON = {"open": "waiting", "closed": "finished"}
CHICAGO = {
    "open": "waiting", "completed": "finished", "canceled": "not_actionable",
    "open - dup": "open_duplicate", "completed - dup": "duplicate", "canceled - dup": "duplicate",
}
OWN = TRAFFY | {key: key for key in STATES} | {
    "received": "waiting", "open": "waiting", "new": "waiting", "รับแจ้ง": "waiting", "รอดำเนินการ": "waiting",
    "รับเรื่องแล้ว": "acknowledged", "in progress": "in_progress", "ระหว่างดำเนินการ": "in_progress",
    "รอจัดซื้อ": "procurement", "รอหน่วยงานอื่น": "other_agency", "รอผู้แจ้ง": "reporter", "สภาพอากาศ": "weather",
    "closed": "finished", "completed": "finished", "done": "finished", "fixed": "finished",
    "ปิดเรื่อง": "finished", "แล้วเสร็จ": "finished", "ดำเนินการแล้ว": "finished", "เสร็จแล้ว": "finished",
    "เปิดเรื่องซ้ำ": "reopened", "ส่งต่อหน่วยงานอื่น": "referred", "บรรจุแผน/งบประมาณ": "deferred",
    "นอกเขต": "out_of_area", "ไม่เกี่ยวข้อง/นอกเขต": "not_actionable", "ยกเลิก": "not_actionable",
    "canceled": "not_actionable", "cancelled": "not_actionable", "เรื่องซ้ำ": "duplicate",
}
OUTCOMES = {
    "แก้ไขแล้ว": "fixed", "บรรจุแผน/งบประมาณปีถัดไป": "deferred_to_budget", "ของบประมาณ": "deferred_to_budget",
    "ส่งต่อ": "referred_out", "ส่งต่อหน่วยงานอื่น": "referred_out", "เรื่องซ้ำ": "duplicate", "นอกเขต": "out_of_area",
    "ไม่เกี่ยวข้อง": "not_actionable",
}


def state_of(label: str, table: dict[str, str]) -> State:
    """The state that `label` names in `table` (labels in lower case)."""
    return STATES[table.get(" ".join(label.casefold().split()), "unknown")]
