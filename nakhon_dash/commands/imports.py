"""`nakhon import`: files into the store, with everything that became of their records."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nakhon_dash.commands._bar import progress_bar
from nakhon_dash.commands._said import AsJson, Lang, language, named, out, words_of
from nakhon_dash.domain.geography import GeographyError
from nakhon_dash.domain.profile import Profile, ProfileError, current_profile
from nakhon_dash.i18n import t
from nakhon_dash.i18n.numbers import decimal

if TYPE_CHECKING:
    import sqlalchemy as sa

Kind = StrEnum("Kind", ["complaints", "users", "survey", "annotation", "boundaries"])
BLOCK = 10_000  # records of one transaction: fewer waits for the disk than smaller ones, still well under a second
TOLD = ("reasons", "merged_by", "skipped_by", "flags")
# Which options say something about which kinds.
MEANS = {"mapping": {Kind.complaints}, "questions": {Kind.survey}, "date": {Kind.users}, "layer": {Kind.boundaries}}


@dataclass(frozen=True)
class Options:
    """What was asked for; the same for every file."""

    kind: Kind
    lang: str
    format: str = "auto"
    mapping: Path | None = None
    source: str | None = None
    questions: Path | None = None
    date: datetime | None = None
    layer: str | None = None
    dry_run: bool = False
    as_json: bool = False
    by: str | None = None


def register(app: typer.Typer) -> None:
    app.command("import")(import_files)


def import_files(
    kind: Kind,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    format: Annotated[str, typer.Option(help="Name of the format; default: told from the heading.")] = "auto",
    mapping: Annotated[Path | None, typer.Option(help="complaints: TOML that says which column is what.")] = None,
    source: Annotated[str | None, typer.Option(help="The system that the records come from.")] = None,
    questions: Annotated[Path | None, typer.Option(help="survey: the sheet of questions.")] = None,
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="users: day of a LINE answer.")] = None,
    layer: Annotated[str | None, typer.Option(help="boundaries: municipality, zones, roads or canals.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, store nothing.")] = False,
    by: Annotated[str | None, typer.Option(help="Who imports; kept with the batch.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Import files: complaints, user counts, surveys, notes, or the map's boundaries.

    The same file twice changes nothing; an interrupted import goes on where it stopped.
    """
    options = Options(kind, language(lang), format, mapping, source, questions, date, layer, dry_run, as_json, by)
    for name, kinds in MEANS.items():
        if getattr(options, name) is not None and kind not in kinds:
            typer.echo(t("import.needless", options.lang, option=f"--{name}", kind=kind.value), err=True)
            raise typer.Exit(2)
    results = [_one(Path(file), options) for file in files]
    if as_json:
        out(results[0] if len(results) == 1 else results)
    if any("error" in result for result in results):
        raise typer.Exit(1)


def _one(file: Path, options: Options) -> dict[str, Any]:
    """One file; a fault is said, given as the result, and does not keep the other files from being read."""
    from nakhon_dash.ingest.block import BadFile
    from nakhon_dash.store.errors import StoreError

    try:
        result = _imported(file, options, current_profile())
    except (BadFile, StoreError, ProfileError, GeographyError) as error:
        words = words_of(error, options.lang)
        typer.echo(f"{file.name}: {words}", err=True)
        return {"file": file.name, "error": getattr(error, "code", "profile"), "message": words}
    if not options.as_json:
        typer.echo(_sentences(file.name, result, options))
    return result


def _imported(file: Path, options: Options, profile: Profile) -> dict[str, Any]:
    if options.kind is Kind.boundaries:
        from nakhon_dash.ingest.boundaries import import_boundaries

        return import_boundaries(file, profile, options.layer, source=options.source, dry_run=options.dry_run)
    from nakhon_dash.store.engine import open_store

    engine = open_store()
    try:
        return _into(engine, file, options, profile)
    finally:
        engine.dispose()


def _into(engine: "sa.Engine", file: Path, options: Options, profile: Profile) -> dict[str, Any]:
    from nakhon_dash.ingest.block import BadFile
    from nakhon_dash.store.writer import import_complaints, import_entries

    reading = _reading(file, options, profile)
    store = import_complaints if options.kind is Kind.complaints else import_entries
    with progress_bar(file.name, reading.total_bytes, options.lang, shown=not options.as_json) as progress:
        try:
            result = store(engine, reading, progress=progress, by=options.by, dry_run=options.dry_run)
        except BadFile:
            _say_broken_off(engine, reading.sha256, options.lang)
            raise
    for notice in reading.notices:
        typer.echo(f"{file.name}: {named(f'notice.{notice}', options.lang)}", err=True)
    return asdict(result)


def _reading(file: Path, options: Options, profile: Profile) -> Any:  # noqa: ANN401 (either kind of reading)
    if options.kind is Kind.complaints:
        from nakhon_dash.ingest.mapping import load
        from nakhon_dash.ingest.reading import open_complaints

        mapping = load(options.mapping) if options.mapping else None
        return open_complaints(file, profile, format=options.format, mapping=mapping, source=options.source,
                              block_size=BLOCK)
    from nakhon_dash.ingest.entries import open_entries

    asked: date | None = options.date.date() if options.date else None
    return open_entries(options.kind, file, profile, format=options.format, source=options.source,
                        questions=options.questions, asked=asked)


def _say_broken_off(engine: "sa.Engine", sha256: str, lang: str) -> None:
    from nakhon_dash.store.batches import batches

    for batch in batches(engine):
        if batch["sha256"] == sha256 and batch["incomplete"]:
            typer.echo(t("import.broke_off", lang, rows=decimal(batch["rows_read"], 0), batch=batch["id"]), err=True)
            return


def _sentences(name: str, result: dict[str, Any], options: Options) -> str:
    lang = options.lang
    counts = ("read", "inserted", "updated", "unchanged", "merged", "skipped", "quarantined")
    lines = [t("import.result", lang, file=name, **{count: decimal(result[count], 0) for count in counts})]
    about = {"format": named(f"format.{result['format']}", lang), "seconds": decimal(result["seconds"], 1)}
    if options.dry_run:
        lines.append(t("import.dry", lang, **about))
    elif result["batch"] is None:
        lines.append(t("import.replaced", lang, **about))
    else:
        rate = decimal(result["read"] / max(result["seconds"], 0.001), 0)
        lines.append(t("import.stored", lang, batch=result["batch"], rate=rate, **about))
    for part in TOLD:
        if result.get(part):
            told = ", ".join(f"{named(_key(part, code), lang)} {decimal(n, 0)}" for code, n in result[part].items())
            lines.append(f"{t(f'import.{part}', lang)}: {told}")
    return "\n  ".join(lines)


def _key(part: str, code: str) -> str:
    return {"reasons": f"reason.{code}", "merged_by": f"merged.{code}", "skipped_by": f"skipped.{code}",
            "flags": f"flag.{code}"}[part]
