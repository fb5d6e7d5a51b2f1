"""What the file was taken for, in words, and a box to choose otherwise."""

from html import escape

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import View
from nakhon_dash.i18n import numbers, t
from nakhon_dash.ingest.entries_formats import FORMATS
from nakhon_dash.ingest.formats import COMPLAINTS, GENERIC, layout_named
from nakhon_dash.ui import cards
from nakhon_dash.ui.data import markup
from nakhon_dash.ui.data.boxes import box
from nakhon_dash.ui.data.held import Held
from nakhon_dash.ui.data.look_at import Look
from nakhon_dash.ui.data.wording import named

AUTO = "auto:auto"
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 (BOM)", "utf-16": "UTF-16", "cp874": "TIS-620 / Windows-874",
             "cp932": "Shift-JIS"}


def facts(held: Held, seen: Look, view: View) -> None:
    """Kind, format, encoding, delimiter, rule of time; then the choice of another format."""
    lang = view.lang
    pairs = [("kind", named(f"data.kind.{seen.kind}", lang) if seen.kind else t("data.detected.unknown", lang))]
    pairs += [("format", named(f"format.{seen.format}", lang))] if seen.format else []
    pairs += _of_table(seen, lang) if seen.detection else _of_shapes(seen, lang)
    cells = "".join(f"<div><span>{t(f'data.detected.{name}', lang)}</span><b>{escape(words)}</b></div>"
                    for name, words in pairs if words)
    cards.html(f'<div class="nkd-facts">{cells}</div>')
    if seen.detection:
        _choice(held, lang)
    if seen.kind is None:
        markup.strip(t("data.detected.unknown_help", lang), calm=True)


def _of_table(seen: Look, lang: str) -> list[tuple[str, str]]:
    found = seen.detection
    if found is None:
        return []
    parted = t(f"data.delimiter.{DELIMITERS[found.delimiter]}", lang) if found.delimiter in DELIMITERS else ""
    packed = {"gzip": " · gzip", "zip": " · zip"}.get(found.container, "")
    return [
        ("columns", numbers.decimal(len(found.columns), 0)),
        ("encoding", ENCODINGS.get(found.encoding, found.encoding) + packed if found.encoding else packed.strip(" ·")),
        ("delimiter", parted),
        ("time", time_rule(seen, lang)),
    ]


def _of_shapes(seen: Look, lang: str) -> list[tuple[str, str]]:
    found = seen.boundaries or {}
    return [
        ("layer", named(f"data.layer.{found.get('layer')}", lang)),
        ("shapes", numbers.decimal(seen.records, 0)),
        ("crs", str(found.get("crs", ""))),
        ("area", t("data.detected.km2", lang, km2=f"{found['area_km2']:.2f}") if "area_km2" in found else ""),
    ]


def time_rule(seen: Look, lang: str) -> str:
    """How the file's times are read: zone and order of day and month; blank where it has none."""
    if seen.kind == "users":
        return t("data.detected.time_line", lang)
    if seen.kind != "complaints" or not seen.format or seen.format == GENERIC:
        return ""
    layout, zone = layout_named(seen.format), current_profile().city.time_zone
    if layout.time_zone:
        words = t("data.detected.time_local", lang, zone=layout.time_zone)
    else:
        words = t("data.detected.time_utc" if layout.zone_due else "data.detected.time_local", lang, zone=zone)
    return f"{words} · {t(f'data.order.{layout.order}', lang)}"


def _choice(held: Held, lang: str) -> None:
    """The format as a box; its codes are `kind:name`, so a switch of language cannot lose the choice."""
    options = [AUTO, *(f"complaints:{form.NAME}" for form in COMPLAINTS), f"complaints:{GENERIC}",
               *(f"{form.KIND}:{form.NAME}" for form in FORMATS)]
    def words(code: str) -> str:
        kind, _, name = code.partition(":")
        if code == AUTO:
            return t("data.detected.auto", lang)
        return f"{named(f'data.kind.{kind}', lang)}: {named(f'format.{name}', lang)}"

    def changed(code: str) -> None:
        kind, _, name = code.partition(":")
        held.change(kind=kind, format=name, mapping="")

    chosen = f"{held.choices.kind}:{held.choices.format}"
    box(t("data.detected.choose", lang), options, key="w_data_format", value=chosen, words=words, lang=lang,
        changed=changed, width=420)
