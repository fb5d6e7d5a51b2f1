"""Labels of a source -> codes of the profile: categories, departments, channels. Each spelling is looked up once."""

import ast
import re
from collections.abc import Iterable

from nakhon_dash.domain.profile import UNMAPPED, Profile

_SPLIT = re.compile(r"\s*[,|;]\s*")


def split_labels(text: str) -> tuple[str, ...]:
    """The labels in `text`: a set `{a,b}`, a Python list, or a plain list; empty ones are none."""
    body = text.strip()
    if body.startswith("[") and body.endswith("]"):
        return _listed(body)
    if body.startswith("{") and body.endswith("}"):
        body = body[1:-1]
    return tuple(label for part in _SPLIT.split(body) if (label := part.strip().strip("\"'").strip()))


def _listed(body: str) -> tuple[str, ...]:
    try:
        values = ast.literal_eval(body)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return ()
    return tuple(label for value in values if isinstance(value, str) and (label := value.strip()))


class Labels:
    """Lookups for one reading: the profile's own labels first, then those of a mapping."""

    def __init__(
        self, profile: Profile, categories: dict[str, str] | None = None, departments: dict[str, str] | None = None
    ) -> None:
        own = {_key(label): code for label, code in (categories or {}).items()}
        self._categories = _part_labels(profile) | profile.category_aliases | own
        self._departments = _department_labels(profile) | {_key(k): v for k, v in (departments or {}).items()}
        self._channels = _channel_labels(profile)
        self._other = "other" if "other" in profile.channels else None

    def category(self, labels: Iterable[str]) -> str:
        """The first label that means a category; not yet categorised when none does."""
        codes = (self._categories.get(_key(label), UNMAPPED) for label in labels)
        return next((code for code in codes if code != UNMAPPED), UNMAPPED)

    def department(self, text: str) -> str | None:
        """The last department of the profile that a list of organisations names: it stands nearest to the case."""
        found = [self._departments.get(_key(part)) for part in text.split(",")]
        return next((code for code in reversed(found) if code), None)

    def channel(self, text: str) -> str | None:
        """The channel a label means, `other` for a label of no channel, None without a label."""
        return self._channels.get(_key(text), self._other) if text else None


def _key(label: str) -> str:
    return " ".join(label.split()).lower()


def _part_labels(profile: Profile) -> dict[str, str]:
    """The single words of category names such as ถนนชำรุด/หลุมบ่อ, where one category only has them."""
    parts: dict[str, set[str]] = {}
    for category in profile.category:
        for part in category.name_th.split("/"):
            parts.setdefault(_key(part), set()).add(category.code)
    return {part: codes.pop() for part, codes in parts.items() if len(codes) == 1}


def _department_labels(profile: Profile) -> dict[str, str]:
    return {
        _key(label): d.code
        for d in profile.department
        for label in (d.code, d.name_th, d.name_en, d.short_th, d.short_en)
    }


def _channel_labels(profile: Profile) -> dict[str, str]:
    return {
        _key(label): c.code for c in profile.channel for label in (c.code, c.name_th, c.name_en, *c.aliases)
    }
