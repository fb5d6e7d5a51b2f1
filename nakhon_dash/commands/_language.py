"""Which language the terminal speaks."""

import os


def terminal_language() -> str:
    """`th` when the locale of the terminal is Thai, else `en`; the first variable that is set decides."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "th" if value.lower().startswith("th") else "en"
    return "en"
