"""Every word stands in the catalogue, in both languages, is used, and nothing outside it speaks to the reader."""

import ast
import re
import string
from functools import cache

import pytest

from nakhon_dash.i18n import LANGS, catalogue
from tests.contract.source import called, literal, python_files, short, tree

CODE = [*python_files("nakhon_dash", "pages")]
THAI = re.compile(r"[\u0e00-\u0e7f]")
THAI_WORD = re.compile(r"[\u0e01-\u0e2e].*[\u0e01-\u0e2e]")  # two consonants; single signs are typography
# Where Thai in code is not a word for the reader: header words that files use, numerals, and the name of a language.
THAI_ALLOWED = ("nakhon_dash/i18n/", "nakhon_dash/ingest/")
LANGUAGE_NAMES = {"ไทย"}
POLITE_PARTICLES = re.compile(r"ครับ|ค่ะ|คะ(?![\u0e00-\u0e7f])")


def _placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _strings(path):
    """String constants of a module that are not docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def pattern_of(node: ast.JoinedStr) -> str | None:
    """A key that is put together, as a pattern: f"page.{name}" -> page\\..+ ; None when it names no subject."""
    parts = [re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in node.values]
    return "".join(parts) if re.match(r"[a-z_]+\\\.", parts[0]) else None


@cache
def used() -> tuple[frozenset[str], frozenset[str]]:
    """(every string that may be a key, every pattern of keys put together in code)."""
    plain, patterns = set(), set()
    for path in CODE:
        plain |= {node.value for node in _strings(path)}
        joined = [node for node in ast.walk(tree(path)) if isinstance(node, ast.JoinedStr)]
        patterns |= {found for node in joined if (found := pattern_of(node))}
    return frozenset(plain), frozenset(patterns)


def is_used(key: str) -> bool:
    plain, patterns = used()
    return key in plain or any(re.fullmatch(pattern, key) for pattern in patterns)


def test_every_key_speaks_both_languages():
    assert [key for key, texts in catalogue().items() if set(texts) != set(LANGS)] == []


def test_both_languages_have_the_same_placeholders():
    assert [key for key, texts in catalogue().items() if _placeholders(texts["th"]) != _placeholders(texts["en"])] == []


def test_thai_is_thai_and_english_is_not():
    assert [key for key, texts in catalogue().items() if THAI.search(texts["en"])] == []


def test_thai_is_plain():
    assert [key for key, texts in catalogue().items() if POLITE_PARTICLES.search(texts["th"])] == []


def test_no_text_is_left_with_spaces_around_it_by_mistake():
    loose = [key for key, texts in catalogue().items() if any(text.endswith(("\n", "  ")) for text in texts.values())]
    assert loose == []


@pytest.mark.parametrize("path", CODE, ids=short)
def test_every_key_in_code_is_in_the_catalogue(path):
    calls = [node for node in ast.walk(tree(path)) if called(node) == "t"]
    asked = {literal(node): node.lineno for node in calls if literal(node) is not None}
    assert {f"{short(path)}:{line} {key}" for key, line in asked.items() if key not in catalogue()} == set()


@pytest.mark.parametrize("path", CODE, ids=short)
def test_the_words_of_a_call_fit_their_placeholders(path):
    wrong = []
    for node in ast.walk(tree(path)):
        key = literal(node) if called(node) == "t" else None
        if key not in catalogue() or any(word.arg is None for word in node.keywords):
            continue
        given = {word.arg for word in node.keywords} - {"lang"}
        if not _placeholders(catalogue()[key]["th"]) <= given:
            wrong.append(f"{short(path)}:{node.lineno} {key} needs {_placeholders(catalogue()[key]['th'])}")
    assert wrong == []


def test_no_key_is_left_over():
    assert sorted(key for key in catalogue() if not is_used(key)) == []


def test_a_planted_leftover_is_seen():
    assert not is_used("nowhere.in_code")
    assert pattern_of(ast.parse('f"page.{x}"', mode="eval").body) == r"page\..+"
    assert pattern_of(ast.parse('f"{x}.name"', mode="eval").body) is None


@pytest.mark.parametrize("path", [p for p in CODE if not short(p).startswith(THAI_ALLOWED)], ids=short)
def test_no_thai_word_stands_in_code(path):
    found = [f"{short(path)}:{n.lineno} {n.value[:30]}" for n in _strings(path) if THAI_WORD.search(n.value)]
    assert [line for line in found if not line.endswith(tuple(LANGUAGE_NAMES))] == []
