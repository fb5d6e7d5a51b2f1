"""Imports point one way: the table in docs/architecture.md is the rule, this file only reads it."""

import re

import pytest

from tests.contract.source import PACKAGE, ROOT, imports, python_files, short

TABLE = re.compile(r"^\|\s*(?P<layer>`[^|]+?)\s*\|[^|]*\|\s*(?P<may>[^|]+?)\s*\|$", re.MULTILINE)
STREAMLIT_LAYERS = {"ui", "pages", "app"}


def _code(name: str) -> str:
    return name.strip().strip("`").removesuffix(".py").strip("/")


def read_table(text: str) -> dict[str, set[str]]:
    """layer -> what it may import of ours: a layer, or `layer.module` where the table says `layer (module only)`."""
    allowed: dict[str, set[str]] = {}
    above: list[str] = []
    for row in TABLE.finditer(text):
        layers = [_code(name) for name in row["layer"].split(",")]
        may: set[str] = set()
        for cell in re.split(r",(?![^(]*\))", row["may"]):
            words = cell.strip()
            if words.startswith("all above"):
                but = re.match(r"all above but (\w+)", words)
                may |= {layer for layer in above if not but or layer != but[1]}
            elif only := re.match(r"(\w+) \((\w+) only\)", words):
                may.add(f"{only[1]}.{only[2]}")
            elif words != "–":
                may.add(_code(words))
        for layer in layers:
            allowed[layer] = may | {layer}
        above += layers
        if len(layers) > 1:  # `commands`, `cli.py`: one row, one layer
            for layer in layers:
                allowed[layer] |= set(layers)
    return allowed


ALLOWED = read_table((ROOT / "docs" / "architecture.md").read_text("utf-8"))


def layer_of(path_name: str) -> str:
    parts = path_name.removesuffix(".py").split("/")
    return parts[1] if parts[0] == PACKAGE and len(parts) > 1 else parts[0]


SOURCES = [p for p in python_files(PACKAGE, "pages") if short(p) != f"{PACKAGE}/__init__.py"] + [ROOT / "app.py"]


def _may(layer: str, name: str) -> bool:
    _, _, inner = name.partition(".")
    target = inner.split(".")[0]
    if not target or target == "__version__":
        return True
    return any(inner == rule or inner.startswith(f"{rule}.") for rule in ALLOWED[layer])


def test_the_table_names_every_layer_that_exists():
    assert {layer_of(short(path)) for path in SOURCES} <= set(ALLOWED)


def test_the_table_is_read_as_it_is_meant():
    assert ALLOWED["domain"] == {"domain"}
    assert ALLOWED["queries"] == {"queries", "domain", "store.schema"}
    assert "streamlit" not in ALLOWED
    assert "ui" not in ALLOWED["commands"]
    assert ALLOWED["ui"] >= {"store", "figures", "report", "demo"}


def test_a_planted_fault_is_seen():
    assert not _may("figures", f"{PACKAGE}.queries.cases")
    assert not _may("queries", f"{PACKAGE}.store.engine.open_store")
    assert _may("queries", f"{PACKAGE}.store.schema.complaint")


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_a_module_imports_only_what_its_layer_may(path):
    layer = layer_of(short(path))
    wrong = [
        f"{short(path)}:{line} {layer} may not import {name}"
        for name, line in imports(path)
        if name.split(".")[0] == PACKAGE and not _may(layer, name)
    ]
    assert not wrong


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_only_ui_pages_and_the_app_know_streamlit(path):
    if layer_of(short(path)) in STREAMLIT_LAYERS:
        return
    assert not [f"{short(path)}:{line}" for name, line in imports(path) if name.split(".")[0] == "streamlit"]
