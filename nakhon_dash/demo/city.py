"""The whole synthetic city of a plan, as blocks that the store's writer takes like those of any file."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from nakhon_dash.demo.cases import complaint_blocks
from nakhon_dash.demo.notes import note_blocks
from nakhon_dash.demo.plan import SEED, YEARS, Plan, plan
from nakhon_dash.demo.survey import survey_blocks
from nakhon_dash.demo.users import user_blocks
from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import Block, EntryBlock

KINDS = ("complaints", "users", "survey", "annotation")


def generate(
    profile: Profile,
    *,
    cases: int | None = None,
    years: float = YEARS,
    seed: int = SEED,
    end: datetime | None = None,
    folder: Path | None = None,
) -> Iterator[Block]:
    """Complaint blocks of a synthetic city up to `end` (default: now), the same for the same arguments.

    `folder` holds the geography of `profile`, by default that of the profile in force.
    """
    return complaint_blocks(profile, plan(profile, cases=cases, years=years, seed=seed, end=end), folder)


def entry_blocks(kind: str, profile: Profile, chosen: Plan) -> Iterator[EntryBlock]:
    """The blocks of a small table: users, survey or annotation."""
    return {"users": user_blocks, "survey": survey_blocks, "annotation": note_blocks}[kind](profile, chosen)
