"""The house: every module says what it is, stays readable, and nothing of the machine it was written on is in it."""

import ast
import re
import sys
import tomllib

import pytest

from tests.contract.source import PACKAGE, ROOT, imports, python_files, short, tracked, tree

MODULE_LINES = 300  # the aim is 200; above this a module holds two subjects
# The pattern cannot find itself: one letter of each name stands in brackets.
FOREIGN = re.compile(
    r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|(?<![\w.])/wor[k]/|(?<![\w.])/roo[t]/|/hom[e]/\w|/User[s]/\w"
    r"|\bc[l]aude\b|\banthr[o]pic\b|\bchat[g]pt\b|\bcop[i]lot\b",
    re.IGNORECASE,
)
NOT_OURS = ("static/fonts/", "static/vendor/")
TEXT = {".py", ".md", ".toml", ".sh", ".lock", ".txt", ".css", ".js", ".mako", ".ini", ".yml", ".yaml", ""}
# Distribution -> what is imported from it, where the names differ.
IMPORT_NAMES = {
    "pillow": "PIL",
    "psycopg": "psycopg",
    "adbc-driver-sqlite": "adbc_driver_sqlite",
    "adbc-driver-postgresql": "adbc_driver_postgresql",
    "fonttools": "fontTools",
    "pandas-stubs": "pandas",
}
COMES_WITH = {"adbc_driver_manager": "adbc-driver-sqlite", "starlette": "streamlit", "uvicorn": "streamlit",
              "click": "typer", "_pytest": "pytest"}  # fmt: skip


def _text_files():
    return [p for p in tracked() if p.suffix in TEXT and not short(p).startswith(NOT_OURS)]


@pytest.mark.parametrize("path", python_files(), ids=short)
def test_a_module_says_what_it_is(path):
    assert ast.get_docstring(tree(path)) or not tree(path).body


@pytest.mark.parametrize("path", python_files(PACKAGE), ids=short)
def test_a_module_holds_one_subject(path):
    assert len(path.read_text("utf-8").splitlines()) <= MODULE_LINES


def test_nothing_of_the_workshop_is_in_the_files():
    found = [
        f"{short(path)}:{number} {hit[0]}"
        for path in _text_files()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if (hit := FOREIGN.search(line))
    ]
    assert found == []


def test_a_planted_path_is_seen():
    assert FOREIGN.search("see " + "/".join(("", "root", "notes.txt")))
    assert FOREIGN.search("https://" + ".".join(("pypi", "org")))


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py", "tools.py"}
    assert [short(p) for p in python_files() if p.name in drawers] == []


def test_nothing_is_left_to_do_in_a_comment():
    mark = re.compile(r"#.*\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b")
    assert [
        f"{short(p)}:{n}"
        for p in python_files()
        for n, line in enumerate(p.read_text("utf-8").splitlines(), 1)
        if mark.search(line)
    ] == []


def _declared(extras):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for e in extras for d in project["optional-dependencies"][e])]
    names = [re.match(r"[\w.-]+", requirement)[0].lower() for requirement in wanted]
    return {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}


def _undeclared(folders, extras):
    known = _declared(extras) | set(sys.stdlib_module_names) | set(COMES_WITH) | {PACKAGE, "tests", "bench", "pages"}
    return sorted({
        f"{short(path)}:{line} {name}"
        for path in python_files(*folders)
        for name, line in imports(path)
        if name.split(".")[0] not in known
    })


def test_the_package_imports_only_what_it_declares():
    assert _undeclared([PACKAGE, "pages"], ["postgres", "line"]) == []


def test_the_tests_import_only_what_is_declared():
    assert _undeclared(["tests", "bench", "scripts"], ["postgres", "line", "dev"]) == []


def test_every_dependency_is_locked():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {line.split("==")[0].strip() for line in lock.splitlines() if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    assert sorted({re.match(r"[\w.-]+", w)[0].lower().replace("_", "-") for w in wanted} - locked) == []


def test_every_folder_of_tests_is_run():
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    holding = {f"tests/{short(path).split('/')[1]}" for path in python_files("tests") if path.name.startswith("test_")}
    assert holding <= set(options["testpaths"])


def test_the_check_of_the_repository_is_the_command_of_the_readme():
    assert (ROOT / ".ci" / "run").read_text("utf-8").rstrip().endswith("exec make test")
    assert "make test" in (ROOT / "README.md").read_text("utf-8")


def test_the_scripts_of_the_set_up_can_be_run():
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
