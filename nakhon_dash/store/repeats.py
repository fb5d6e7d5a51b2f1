"""One file, one key, several records: which version stands, and what the others are called."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nakhon_dash.store.seen import Seen, Sight


@dataclass
class Repeats:
    """Places in a block; `replaced`: for a place that stands, the version of an earlier block whose place it takes."""

    standing: list[int]
    replaced: dict[int, Sight] = field(default_factory=dict)
    merged: list[tuple[int, str]] = field(default_factory=list)  # duplicate_exact | superseded
    conflicts: list[int] = field(default_factory=list)


def resolve(keys: Sequence[str], sights: Sequence[Sight], seen: Seen) -> Repeats:
    """Same content is dropped; else the later change wins; else the first is kept and the other is a conflict."""
    repeated, stands = seen.claim(keys, sights)
    if not repeated:
        return Repeats(list(range(len(keys))))
    out = Repeats([])
    standing = set(range(len(keys))) - set(repeated)
    holder = {keys[i]: i for i in standing if keys[i] in stands}
    changed = {}
    for i in repeated:
        key, verdict = keys[i], _verdict(stands[keys[i]], sights[i])
        if verdict == "later":
            _hand_over(out, standing, holder.get(key), i, stands[key])
            holder[key], stands[key], changed[key] = i, sights[i], sights[i]
        elif verdict == "conflict":
            out.conflicts.append(i)
        else:
            out.merged.append((i, verdict))
    seen.replace(changed)
    out.standing = sorted(standing)
    return out


def _verdict(old: Sight, new: Sight) -> str:
    if new.row_hash == old.row_hash:
        return "duplicate_exact"
    if new.modified_at is None or old.modified_at is None or new.modified_at == old.modified_at:
        return "conflict"
    return "later" if new.modified_at > old.modified_at else "superseded"


def _hand_over(out: Repeats, standing: set[int], old_place: int | None, new_place: int, old: Sight) -> None:
    standing.add(new_place)
    if old_place is None:  # the older one was in an earlier block
        out.replaced[new_place] = old
        return
    standing.discard(old_place)
    out.merged.append((old_place, "superseded"))
    if old_place in out.replaced:
        out.replaced[new_place] = out.replaced.pop(old_place)
