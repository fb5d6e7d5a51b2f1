"""Any file a person hands over, as bytes or text of known encoding; its fingerprint; clear refusals of the rest."""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from nakhon_dash.ingest import archives
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.encodings import encoding_of, refuse_binary

Container = Literal["plain", "gzip", "zip"]
Content = Literal["text", "spreadsheet"]
_IN_MEMORY = 32 << 20


@dataclass(frozen=True)
class Source:
    """A readable file. `encoding` is that of its text; a spreadsheet has none."""

    path: Path
    container: Container
    content: Content
    member: str  # name of the data, inside the archive if there is one
    encoding: str
    total_bytes: int

    def stream(self) -> archives.Stream:
        return _stream(self.path, self.container, self.member)

    def text(self, stream: archives.Stream) -> io.TextIOWrapper:
        """Text of `stream`; bytes that do not fit the encoding become U+FFFD."""
        buffered = io.BufferedReader(stream, archives.CHUNK)
        text = io.TextIOWrapper(buffered, encoding=self.encoding, errors="replace", newline="")
        text._CHUNK_SIZE = archives.CHUNK  # type: ignore[attr-defined]  # 8 KiB at a time costs a tenth of the speed
        return text

    def seekable(self) -> BinaryIO:
        """The data as a file that can be sought in, for spreadsheets."""
        if self.container == "plain":
            return self.path.open("rb")
        copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the caller closes it)
        with self.stream() as stream:
            while chunk := stream.read(archives.CHUNK):
                copy.write(chunk)
            if stream.fault:
                raise stream.fault
        copy.seek(0)
        return copy  # type: ignore[return-value]  # a spooled file behaves as a BinaryIO


def sha256_of(path: Path) -> str:
    """The fingerprint of the file as it lies on disk, packed or not."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_source(path: Path, *, whole: bool = True) -> Source:
    """What `path` is; `whole=False` looks at its beginning only. BadFile says what is wrong and what to do."""
    head = _head(path)
    container, member = _container(path, head)
    with _stream(path, container, member) as stream:
        chunks = _chunks(stream)
        first = next(chunks, b"")
        if _is_spreadsheet(path, container, first):
            return Source(path, container, "spreadsheet", member, "", path.stat().st_size)
        if stream.fault and not first:
            raise stream.fault
        encoding = encoding_of(_joined(first, chunks) if whole else iter([first]))
    return Source(path, container, "text", member, encoding, path.stat().st_size)


def _head(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise BadFile("missing", name=path.name)
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise BadFile("unreadable", name=path.name) from error
    if not head:
        raise BadFile("empty")
    return head


def _container(path: Path, head: bytes) -> tuple[Container, str]:
    if head.startswith(b"\x1f\x8b"):
        return "gzip", path.stem
    if not head.startswith(b"PK"):
        refuse_binary(head)
        return "plain", path.name
    return ("plain", path.name) if _is_workbook(path) else ("zip", archives.data_member(path))


def _is_workbook(file: Path | BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise BadFile("truncated") from error
    inside = {e.filename for e in entries}
    if "xl/workbook.xml" not in inside:
        return False
    archives.check_declared(entries)
    return True


def _is_spreadsheet(path: Path, container: Container, first: bytes) -> bool:
    return first.startswith(b"PK") and (container != "plain" or _is_workbook(path))


def _stream(path: Path, container: Container, member: str) -> archives.Stream:
    file = path.open("rb")
    if container == "gzip":
        return archives.GzipStream(file)
    return archives.ZipStream(file, member) if container == "zip" else archives.Stream(file)


def _chunks(stream: archives.Stream) -> Iterator[bytes]:
    while chunk := stream.read(archives.CHUNK):
        yield chunk


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
