"""The uploaded file of one reader: kept beside the repository until it is imported or put away, then deleted.

It outlives the language switch and the change of page; so do the choices made about it.
"""

import shutil
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

import streamlit as st

from nakhon_dash.ingest.block import BadFile
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.incoming import ImportResult

_KEY, _ROUND = "data_held", "data_held_round"
NAME_BYTES = 180  # a file name longer than this is cut, its ending kept
Job = Literal["dry", "import"]


@dataclass
class Choices:
    """What the reader decided about the file, as codes. `format` is "auto" or a name; `mapping` is TOML or blank."""

    kind: str = "auto"
    format: str = "auto"
    mapping: str = ""


@dataclass
class Held:
    """A file waiting to be imported. `looked` keeps what a look at it gave, by the choices it was made with."""

    path: Path
    name: str
    size: int
    choices: Choices = field(default_factory=Choices)
    questions: Path | None = None
    job: Job | None = None
    dry: ImportResult | dict | None = None
    fault: BadFile | StoreError | None = None
    draft: dict[str, Any] = field(default_factory=dict)  # the mapping being built
    looked: dict[Any, Any] = field(default_factory=dict)

    def change(self, **chosen: str) -> None:
        """Another decision: what was counted before no longer holds."""
        for name, value in chosen.items():
            setattr(self.choices, name, value)
        self.dry = self.fault = self.job = None


class _Folder:
    """A folder that goes when the session does, at the latest."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="nakhon-upload-"))
        self.remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def current() -> Held | None:
    kept = st.session_state.get(_KEY)
    return kept[1] if kept else None


def take(file: BinaryIO, name: str) -> Held:
    """Copies an upload to a folder of its own; the one before is deleted."""
    drop()
    folder = _Folder()
    path = _copied(file, folder.path, name)
    held = Held(path, name, path.stat().st_size)
    st.session_state[_KEY] = (folder, held)
    return held


def beside(file: BinaryIO, name: str) -> Path:
    """A second file that belongs to the held one, such as the question sheet of a survey."""
    folder = st.session_state[_KEY][0].path / "beside"
    folder.mkdir(exist_ok=True)
    return _copied(file, folder, name)


def drop() -> None:
    """Deletes the held file and forgets the choices made about it."""
    kept = st.session_state.pop(_KEY, None)
    if kept:
        kept[0].remove()
    st.session_state[_ROUND] = round_no() + 1


def round_no() -> int:
    """Changes with every file put away, so that the uploader starts empty again."""
    return int(st.session_state.get(_ROUND, 0))


def _copied(file: BinaryIO, folder: Path, name: str) -> Path:
    path = folder / safe_name(name)
    with path.open("wb") as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy, 1 << 20)
    return path


def safe_name(name: str) -> str:
    """A name without folders and control characters, short enough for any disk; its ending tells the format."""
    bare = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip(". ") or "file"
    stem, dot, ending = bare.rpartition(".")
    stem, ending = (stem, dot + ending[-12:]) if stem else (bare, "")
    cut = stem.encode()[:NAME_BYTES].decode(errors="ignore")
    return f"{cut}{ending}"
