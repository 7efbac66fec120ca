"""Patterns that are compiled late do what `re` does, and each of ours can be compiled."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import retention_cli
from retention_cli import patterns
from retention_cli.patterns import LazyPattern, lazy_pattern


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
def test_a_lazy_pattern_answers_as_a_compiled_one(flags):
    written, text = r"(?P<word>[a-z]+)-(\d+)?", "abc-12 DEF- x-1"
    ours, theirs = lazy_pattern(written, flags), re.compile(written, flags)
    assert ours.findall(text) == theirs.findall(text)
    assert [m.group("word") for m in ours.finditer(text)] == [
        m.group("word") for m in theirs.finditer(text)
    ]
    assert bool(ours.fullmatch(text)) == bool(theirs.fullmatch(text))
    assert ours.match(text).span() == theirs.match(text).span()
    assert ours.search(text, 5).span() == theirs.search(text, 5).span()
    assert (ours.sub("!", text), ours.split(text)) == (theirs.sub("!", text), theirs.split(text))
    assert (ours.pattern, ours.flags, ours.groups) == (written, theirs.flags, theirs.groups)


def test_a_lazy_pattern_is_compiled_once_and_not_before(monkeypatch):
    made = []
    monkeypatch.setattr(
        patterns.re, "compile", lambda *given, real=re.compile: made.append(given) or real(*given)
    )
    lazy = lazy_pattern(rb"a+")
    assert made == []
    assert lazy.match(b"aab").group() == b"aa"
    assert lazy.search(b"baa").start() == 1
    assert len(made) == 1


@pytest.mark.sweep
def test_every_pattern_of_ours_can_be_compiled():
    """A wrong one would be found only where it is first used."""
    found = 0
    for module in pkgutil.walk_packages(retention_cli.__path__, "retention_cli."):
        if not module.name.endswith("__main__"):
            for value in vars(importlib.import_module(module.name)).values():
                found += isinstance(value, LazyPattern) and value.pattern is not None
    assert found > 200


def test_a_start_compiles_no_pattern():
    files = [*(Path(__file__).parents[1] / "src" / "retention_cli").rglob("*.py")]
    early = re.compile(r"^\w+ = re\.compile\(", re.MULTILINE)
    found = {file.name for file in files if early.search(file.read_text("utf-8"))}
    assert found == set(), "write lazy_pattern(…)"
