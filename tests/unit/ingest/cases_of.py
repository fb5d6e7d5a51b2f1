"""Invented files for the tests of the readers: a few lines of text in, rows and refusals out."""

from datetime import UTC, datetime
from pathlib import Path

from nakhon_dash.domain.profile import read_profile
from nakhon_dash.ingest.block import Rejected, Skipped
from nakhon_dash.ingest.reading import open_complaints

ROOT = Path(__file__).parents[3]
PROFILE = read_profile(ROOT / "data" / "city.toml")
GEOGRAPHY = ROOT / "data" / "geo"
NOW = datetime(2025, 12, 1, tzinfo=UTC)
CLASSIC = (
    "ticket_id,type,organization,comment,coords,photo,photo_after,address,subdistrict,district,province,timestamp,"
    "state,star,count_reopen,last_activity"
)


def classic(number: str = "T1", **values: str) -> str:
    """A line of the classic Traffy layout; `values` replace the usual ones by heading."""
    usual = {
        "ticket_id": number, "type": "{ถนน}", "coords": '"99.96500,8.41500"', "timestamp": "2025-03-10 01:15:22+00",
        "state": "รอรับเรื่อง", "last_activity": "2025-03-10 01:15:22+00",
    }
    return ",".join((usual | values).get(name, "") for name in CLASSIC.split(","))


def written(folder: Path, *lines: str, name: str = "cases.csv", encoding: str = "utf-8", end: str = "\n") -> Path:
    path = folder / name
    path.write_bytes("".join(line + end for line in lines).encode(encoding))
    return path


class Read:
    """Everything a reading gave, by record."""

    def __init__(self, path: Path, **options: object) -> None:
        options = {"now": NOW, "geography": GEOGRAPHY} | options
        self.reading = open_complaints(path, PROFILE, **options)
        self.blocks = list(self.reading)
        self.rows: dict[int, dict] = {r["record"]: r for b in self.blocks for r in b.rows.to_dict("records")}
        self.rejected: dict[int, Rejected] = {r.record: r for b in self.blocks for r in b.rejected}
        self.skipped: dict[int, Skipped] = {s.record: s for b in self.blocks for s in b.skipped}

    def flags(self, record: int = 1) -> set[str]:
        return set(self.rows[record]["flags"].split())
