"""A page tells its story top to bottom: it composes, it does not define, and it begins with the frame."""

import ast

import pytest

from tests.contract.source import ROOT, python_files, short, tree

PAGES = python_files("pages")
PAGE_LINES, APP_LINES = 60, 40


def _statements(path):
    """What a page does: everything but its docstring and imports."""
    body = tree(path).body
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]


def _lines(path):
    return len(path.read_text("utf-8").splitlines())


def first_call(source_statements):
    return ast.unparse(source_statements[0]) if source_statements else ""


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_a_page_begins_with_the_frame(path):
    assert first_call(_statements(path)) == "frame.enter()"


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_nothing_stands_between_the_imports_of_a_page(path):
    body = tree(path).body
    first = body.index(_statements(path)[0])
    assert not [node for node in body[first:] if isinstance(node, ast.Import | ast.ImportFrom)]


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_a_page_is_short(path):
    assert _lines(path) <= PAGE_LINES


@pytest.mark.parametrize("path", [*PAGES, ROOT / "app.py"], ids=short)
def test_a_page_defines_nothing(path):
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
    assert not [node.lineno for node in ast.walk(tree(path)) if isinstance(node, kinds)]


def test_the_app_is_short():
    assert _lines(ROOT / "app.py") <= APP_LINES


def test_the_page_configuration_is_set_once():
    calls = [
        f"{short(path)}:{node.lineno}"
        for path in python_files("nakhon_dash", "pages")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "set_page_config"
    ]
    assert len(calls) == 1
    assert calls[0].startswith("nakhon_dash/ui/frame.py")
