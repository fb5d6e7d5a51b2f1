"""The source of the project as the contract tests see it: files, syntax trees, imports."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "nakhon_dash"
OWN_FOLDERS = (PACKAGE, "pages", "scripts", "bench", "tests")


def python_files(*folders: str) -> list[Path]:
    """Every .py file below the folders (default: all of ours), app.py included, in a stable order."""
    found = {path for folder in folders or OWN_FOLDERS for path in (ROOT / folder).rglob("*.py")}
    if not folders:
        found.add(ROOT / "app.py")
    return sorted(found)


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=short(path))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """(dotted name of what is imported, line), inside functions too; `from a import b` gives `a.b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{_absolute(path, node)}.{alias.name}", node.lineno) for alias in node.names)
        elif _names_a_module(node):
            yield literal(node), node.lineno


def _absolute(path: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = path.relative_to(ROOT).with_suffix("").parts[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


def _names_a_module(node: ast.AST) -> bool:
    """`importlib.import_module("literal")` is an import as well."""
    return called(node) in ("import_module", "__import__") and literal(node) is not None


def called(node: ast.AST) -> str | None:
    """The last name of what a call calls: `t` for `t(…)` and for `words.t(…)`; None when it is no call."""
    if not isinstance(node, ast.Call):
        return None
    return getattr(node.func, "attr", None) or getattr(node.func, "id", None)


def literal(node: ast.Call) -> str | None:
    """The first argument of a call when it is a plain string."""
    first = node.args[0] if node.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def tracked() -> list[Path]:
    """Files that a clone holds; without git (an unpacked archive) nothing can be said, so it fails."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
