"""Annotations of the synthetic city: feasts, floods, campaigns, and the anchors that were really published."""

from collections.abc import Iterator
from datetime import date

from nakhon_dash.demo.feasts import events
from nakhon_dash.demo.plan import SOURCE, Plan
from nakhon_dash.demo.users import campaign_days
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import day_no
from nakhon_dash.ingest.block import Entry, EntryBlock


def note_blocks(profile: Profile, plan: Plan) -> Iterator[EntryBlock]:
    """Every event that began up to the end of the plan, oldest first."""
    found = [(e.first, e.last, e.kind, e.title_th, e.title_en, SOURCE) for e in events(plan)]
    found += [(first, last, "campaign", th, en, SOURCE) for first, last, th, en in campaign_days()]
    found += [(a.as_of, a.as_of, "anchor", a.title_th, a.title_en, a.source) for a in profile.anchor]
    begun = sorted(note for note in found if note[0] <= plan.last_day)
    entries = [_entry(number, *note) for number, note in enumerate(begun, start=1)]
    if entries:
        yield EntryBlock(first=1, last=len(entries), entries=entries)


def _entry(record: int, first: date, last: date, kind: str, title_th: str, title_en: str, source: str) -> Entry:
    row = {
        "day_from": day_no(first), "day_to": day_no(last), "zone": None, "kind": kind,
        "title_th": title_th, "title_en": title_en, "source": source,
    }  # fmt: skip
    return Entry(record, f"{first}|{kind}|{title_en}", {"annotation": [row]})
