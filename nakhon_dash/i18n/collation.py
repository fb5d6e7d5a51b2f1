"""Thai dictionary order: plain sorting puts words with a leading vowel last."""

import re

_LEADING = re.compile("([เแโใไ])([ก-ฮ])")
_MINOR = re.compile("[็่้๊๋์ํฯๆ]")


def sort_key(text: str) -> tuple[str, str]:
    """Key for `sorted`: the consonant stands before its leading vowel; tone marks only break ties."""
    swapped = _LEADING.sub(r"\2\1", text.casefold())
    return _MINOR.sub("", swapped), swapped
