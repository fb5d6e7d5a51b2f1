"""`nakhon status`: what the store holds."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from nakhon_dash.commands._said import AsJson, Lang, fail, language, named, out, words_of
from nakhon_dash.domain.profile import Profile, ProfileError, current_profile
from nakhon_dash.domain.view import moment_of
from nakhon_dash.i18n import t
from nakhon_dash.i18n.dates import moment_short
from nakhon_dash.i18n.numbers import decimal

if TYPE_CHECKING:
    import sqlalchemy as sa

SHOWN_BATCHES = 20


def register(app: typer.Typer) -> None:
    app.command("status")(status)


def status(as_json: AsJson = False, lang: Lang = None) -> None:
    """What the store holds: its address, change number, digest, counts, imports, data time, quarantine."""
    from nakhon_dash.store.engine import open_store
    from nakhon_dash.store.errors import StoreError

    words = language(lang)
    try:
        profile, engine = current_profile(), open_store()
    except (StoreError, ProfileError) as error:
        raise fail(words_of(error, words)) from error
    found = _found(engine, profile)
    engine.dispose()
    if as_json:
        out(found)
    else:
        typer.echo("\n".join(_lines(found, words)))


def _found(engine: "sa.Engine", profile: Profile) -> dict[str, Any]:
    from nakhon_dash.store import batches
    from nakhon_dash.store.digest import digest
    from nakhon_dash.store.engine import shown_url
    from nakhon_dash.store.ledger import now
    from nakhon_dash.store.rev import current_rev, store_id

    known = batches.facts(engine, now())
    return {
        "store": shown_url(engine), "store_id": store_id(engine), "rev": current_rev(engine),
        "digest": digest(engine), "data_time": _iso(known.data_at, profile), "synthetic": known.synthetic,
        "cases": batches.case_count(engine), "rows": batches.row_count(engine),
        "quarantine": batches.quarantine_count(engine),
        "batches": [_told(batch, profile) for batch in batches.batches(engine)],
    }


def _told(batch: dict[str, Any], profile: Profile) -> dict[str, Any]:
    times = {name: _iso(batch[name], profile) for name in ("started_at", "finished_at", "undone_at")}
    return {"batch": batch["id"], "read": batch["rows_read"]} | {
        name: value for name, value in batch.items() if name not in ("id", "rows_read")} | times


def _iso(micros: int | None, profile: Profile) -> str | None:
    return None if micros is None else moment_of(micros).astimezone(profile.tz).isoformat()


def _lines(found: dict[str, Any], lang: str) -> list[str]:
    def line(name: str, value: object) -> str:
        return f"{t(f'status.{name}', lang)}: {value}"

    def counted(counts: dict[str, int]) -> str:
        told = (f"{name} {decimal(n, 0)}" for name, n in counts.items())
        return ", ".join(told) or t("status.none", lang)

    held = {named(f"reason.{code}", lang): n for code, n in found["quarantine"].items()}
    return [
        line("store", found["store"]), line("rev", found["rev"]), line("digest", found["digest"]),
        line("data_time", _moment(found["data_time"], lang)), line("cases", counted(found["cases"])),
        line("rows", counted(found["rows"])), line("quarantine", counted(held)),
        line("batches", decimal(len(found["batches"]), 0)),
        *(_batch_line(batch, lang) for batch in found["batches"][:SHOWN_BATCHES]),
    ]


def _moment(iso: str | None, lang: str) -> str:
    return t("status.none", lang) if iso is None else moment_short(datetime.fromisoformat(iso), lang)


def _batch_line(batch: dict[str, Any], lang: str) -> str:
    state = "incomplete" if batch["incomplete"] else "undone" if batch["undone_at"] else "complete"
    counts = ("read", "inserted", "updated", "unchanged", "merged", "skipped", "quarantined")
    told = "  ".join(f"{t(f'data.count.{name}', lang)} {decimal(batch[name], 0)}" for name in counts)
    mark = f" · {t('status.synthetic', lang)}" if batch["synthetic"] else ""
    kind, name = t(f"data.kind.{batch['kind']}", lang), batch["file_name"] or batch["source"]
    return f"  {batch['batch']}  {kind}  {name}{mark}  {told}  {t(f'status.{state}', lang)}"
