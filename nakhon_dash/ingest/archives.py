"""Bytes of a plain, gzip or zip file as one stream of bounded memory, with a stop for files that expand without end.

A file that breaks off keeps what was read before: the stream ends there and `fault` says why.
"""

import io
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from nakhon_dash.ingest.block import BadFile

CHUNK = 1 << 18
MAX_EXPANDED = 20 << 30
BOMB_RATIO = 200  # text of people shrinks 5 to 20 times
BOMB_FROM = 1 << 30
DATA_ENDINGS = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".xlsx")
_GZIP = zlib.MAX_WBITS | 16


class Stream(io.RawIOBase):
    """Expanded bytes; counts them, and remembers where in the file on disk it stands."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.expanded = file, 0
        self.fault: BadFile | None = None

    def readable(self) -> bool:
        return True

    def position(self) -> int:
        return self.file.tell()

    def next_bytes(self, size: int) -> bytes:
        return self.file.read(size)

    def readinto(self, buffer) -> int:  # noqa: ANN001 (any writable buffer)
        if self.fault:
            return 0
        try:
            data = self.next_bytes(len(buffer))
        except (zlib.error, zipfile.BadZipFile, EOFError):
            self.fault, data = BadFile("damaged"), b""
        self.expanded += len(data)
        self._check_growth()
        buffer[: len(data)] = data
        return len(data)

    def _check_growth(self) -> None:
        bomb = self.expanded > BOMB_FROM and self.expanded > BOMB_RATIO * max(self.position(), 1)
        if bomb or self.expanded > MAX_EXPANDED:
            raise _too_large(self.expanded)

    def close(self) -> None:
        self.file.close()
        super().close()


class GzipStream(Stream):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._engine = zlib.decompressobj(_GZIP)
        self._waiting = b""

    def next_bytes(self, size: int) -> bytes:
        while True:
            if self._engine.eof:  # several gzip members may follow one another
                self._waiting = self._engine.unused_data + self._waiting
                if not (self._waiting or self._more()):
                    return b""
                self._engine = zlib.decompressobj(_GZIP)
            if not (self._waiting or self._more()):
                self.fault = BadFile("truncated")
                return b""
            data = self._engine.decompress(self._waiting, size)
            self._waiting = self._engine.unconsumed_tail
            if data:
                return data

    def _more(self) -> bool:
        self._waiting = self.file.read(CHUNK)
        return bool(self._waiting)


class ZipStream(Stream):
    def __init__(self, file: BinaryIO, member: str) -> None:
        super().__init__(file)
        try:
            self._archive = zipfile.ZipFile(file)
            self._inner = self._archive.open(member)
        except (RuntimeError, NotImplementedError) as error:
            file.close()
            raise BadFile("locked_archive", name=member) from error

    def next_bytes(self, size: int) -> bytes:
        return self._inner.read(size)


def data_member(path: Path) -> str:
    """The name of the one data file in a zip; BadFile when there is none or more than one."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise BadFile("truncated") from error
    files = [e for e in entries if not e.is_dir() and not _is_litter(e.filename)]
    data = [e for e in files if e.filename.lower().endswith(DATA_ENDINGS)]
    chosen = data or files
    if len(chosen) != 1:
        names = ", ".join(e.filename for e in chosen[:5])
        raise BadFile("several_files" if chosen else "empty_archive", names=names)
    check_declared(chosen)
    return chosen[0].filename


def _too_large(expanded: int) -> BadFile:
    return BadFile("too_large", gigabytes=-(-expanded >> 30))


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name.startswith(".")


def check_declared(entries: list[zipfile.ZipInfo]) -> None:
    """Refuses an archive by the sizes it declares, before anything is expanded."""
    expanded, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if expanded > MAX_EXPANDED or (expanded > BOMB_FROM and expanded > BOMB_RATIO * max(packed, 1)):
        raise _too_large(expanded)
