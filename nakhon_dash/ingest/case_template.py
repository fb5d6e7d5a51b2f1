"""Our own template for cases: the canonical names or their Thai headings, day first, the city's time."""

from nakhon_dash.ingest.block import OUTCOMES as OUTCOME_CODES
from nakhon_dash.ingest.layout import Layout, has
from nakhon_dash.ingest.states import OUTCOMES, OWN

NAME = "template"
KIND = "complaints"
FIELDS = {
    "source_id": ("source_id", "case_no", "เลขที่คำร้อง", "เลขที่เรื่อง", "รหัสคำร้อง"),
    "case_no": ("case_no", "เลขที่คำร้อง", "เลขที่เรื่อง"),
    "channel": ("channel", "ช่องทาง", "ช่องทางการแจ้ง"),
    "received_at": ("received_at", "วันเวลาที่รับแจ้ง", "วันที่รับแจ้ง", "วันที่แจ้ง"),
    "first_response_at": ("first_response_at", "วันเวลาที่ตอบรับ", "วันที่ตอบรับ", "เวลาตอบรับครั้งแรก"),
    "closed_at": ("closed_at", "วันเวลาที่ปิดเรื่อง", "วันที่ปิดเรื่อง", "วันที่แล้วเสร็จ"),
    "modified_at": ("modified_at", "วันเวลาที่แก้ไขล่าสุด", "อัปเดตล่าสุด"),
    "due_at": ("due_at", "กำหนดเสร็จ", "ครบกำหนด"),
    "status": ("status", "สถานะ"),
    "outcome": ("outcome", "ผลการดำเนินการ", "ผล"),
    "category": ("category", "หมวดหมู่", "ประเภทปัญหา"),
    "department": ("department", "หน่วยงานรับผิดชอบ", "หน่วยงาน"),
    "zone": ("zone", "ตำบล", "เขต"),
    "community": ("community", "ชุมชน"),
    "lat": ("lat", "ละติจูด"),
    "lon": ("lon", "ลองจิจูด"),
    "stars": ("stars", "คะแนนดาว", "ดาว"),
    "reopen_count": ("reopen_count", "จำนวนครั้งที่เปิดเรื่องซ้ำ", "เปิดเรื่องซ้ำ"),
    "photo_before": ("photo_before", "ภาพก่อน"),
    "photo_after": ("photo_after", "ภาพหลัง"),
    "parent_id": ("parent_id", "เรื่องหลัก", "ซ้ำกับเรื่อง"),
}
OWN_OUTCOMES = OUTCOMES | {code: code for code in OUTCOME_CODES}
LAYOUT = Layout(NAME, "template", FIELDS, OWN, own=True, outcomes=OWN_OUTCOMES)


def matches(columns: list[str]) -> bool:
    """An id, the time of report, and at least one of status, close time and category."""
    number = any(has(columns, name) for name in FIELDS["source_id"])
    received = any(has(columns, name) for name in FIELDS["received_at"])
    told = any(has(columns, name) for field in ("status", "closed_at", "category") for name in FIELDS[field])
    return number and received and told
