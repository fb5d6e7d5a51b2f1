"""Codes of the store in the reader's words; a code without words stays readable and is never hidden."""

from datetime import datetime
from html import escape

from nakhon_dash.domain.profile import Profile, current_profile
from nakhon_dash.domain.view import moment_of
from nakhon_dash.i18n import dates, has, t
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.store.errors import StoreError


def named(key: str, lang: str) -> str:
    """The words of a code, such as `flag.no_location`; else the code itself with blanks."""
    return t(key, lang) if has(key) else key.rpartition(".")[2].replace("_", " ")


def helped(code: str, lang: str) -> str:
    """What to do about a record refused for `code`; general advice when the reason has none of its own."""
    key = f"reason_help.{code}"
    return t(key, lang) if has(key) else t("data.quarantine.help", lang)


def flags(text: str, lang: str) -> str:
    """Flags of a record, parted by a dot; blank when it has none."""
    return " · ".join(named(f"flag.{code}", lang) for code in text.split())


def moment(micros: int | None, lang: str, profile: Profile | None = None) -> str:
    """A stored instant as local time; blank when unknown."""
    if micros is None:
        return ""
    return dates.moment_short(local(micros, profile or current_profile()), lang)


def local(micros: int, profile: Profile) -> datetime:
    return moment_of(micros).astimezone(profile.tz)


def refusal(error: BadFile | StoreError, lang: str) -> str:
    """What went wrong with a file or the store, and what to do, as one sentence for the page."""
    key = f"badfile.{error.code}" if isinstance(error, BadFile) else f"store.error.{error.code}"
    return escape(t(key, lang, **error.values) if has(key) else t("data.run.failed", lang))


def size(n_bytes: int) -> str:
    """12 KB, 3.4 MB: decimal, as file managers show it."""
    if n_bytes < 1_000_000:
        return f"{max(n_bytes / 1000, 0.1):,.1f} KB" if n_bytes < 10_000 else f"{n_bytes / 1000:,.0f} KB"
    return f"{n_bytes / 1_000_000:,.1f} MB"
