"""Every word the reader sees, Thai first; numbers, dates and Thai collation. Pure, imports nothing of ours.

Words lie in `words/<subject>.toml`, a table per key with `th` and `en` side by side, so that no key can exist in one
language only. Placeholders are `{name}`.
"""

import tomllib
from functools import cache
from pathlib import Path

LANGS = ("th", "en")
WORDS = Path(__file__).parent / "words"


def _flat(table: dict, prefix: str = "") -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for key, value in table.items():
        path = f"{prefix}{key}"
        if set(value) <= set(LANGS) and all(isinstance(v, str) for v in value.values()):
            out[path] = value
        else:
            out |= _flat(value, f"{path}.")
    return out


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All keys of all subjects -> {"th": …, "en": …}."""
    words: dict[str, dict[str, str]] = {}
    for path in sorted(WORDS.glob("*.toml")):
        for key, value in _flat(tomllib.loads(path.read_text("utf-8"))).items():
            if key in words:
                raise ValueError(f"{path.name}: {key} stands in two files")
            words[key] = value
    return words


def t(key: str, lang: str, **values: object) -> str:
    """The words for `key`; KeyError when the key is not in the catalogue."""
    text = catalogue()[key][lang]
    return text.format(**values) if values else text


def has(key: str) -> bool:
    return key in catalogue()
