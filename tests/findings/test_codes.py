"""Every code stands once in the catalogue, and nothing else is one."""

from __future__ import annotations

import ast
import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import retention_cli
from retention_cli import kpis, models, readings
from retention_cli.findings import codes
from retention_cli.mapping import presets

SRC = Path(retention_cli.__file__).parent
KNOWN = {code for topic in codes.TOPICS for code in codes.catalogue(topic)}
LIKE_A_CODE = re.compile(r"[a-z]+(-[a-z]+)+")
MADE_BY = {"Notice": 0, "Problem": 1, "Undefined": 0, "undefined": 0, "PydanticCustomError": 0}
"""What is told by a code, and which of its arguments that is."""
NO_CODES = {
    "as-exported",  # a period in JSON
    "bad-value",  # what pydantic is told inside: settings have no codes
    "c-sat",
    "credit-note",  # a type of documents
    "excel-days",  # a unit of recipes
    "last-month",
    "leave-out",  # what a key of the settings may be
    "last-quarter",
    "retention-cli",
    "us-ascii",
}
NAMES_OF_XML = "ods.py"


def modules():
    for file in sorted(SRC.rglob("*.py")):
        yield file, ast.parse(file.read_text("utf-8"))


@cache
def texts():
    """Give each text of the program, with its file."""
    return {
        (file.name, node.value)
        for file, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def members():
    """Give the values of every enum, which are words of ours too."""
    for file, tree in modules():
        found = (node for node in tree.body if isinstance(node, ast.ClassDef))
        for node in found:
            if any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases):
                name = ".".join(file.relative_to(SRC.parent).with_suffix("").parts)
                enum = getattr(import_module(name), node.name)
                assert issubclass(enum, StrEnum)
                yield from enum


def of_readings():
    """Give the names of what others take figures for."""
    for kpi in kpis.names():
        yield from readings.of_kpi(kpi)


def of_presets():
    """Give the codes under which presets leave rows out."""
    for name in presets.names():
        for feed in presets.preset(name).feeds.values():
            yield from (rule.code for rule in feed.skip)


def of_models():
    """Give the names of models, as an option takes them."""
    for of in (models.PURCHASES, models.CONTRACTS, models.VALUE):
        yield from models.names(of)


def arguments():
    """Give each text that something is made with as its code."""
    for file, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = {one.arg: one.value for one in node.keywords}
            found = [given["code"]] if "code" in given else []
            if name in MADE_BY:
                found += node.args[MADE_BY[name] : MADE_BY[name] + 1]
            yield from ((file.name, one.value) for one in found if isinstance(one, ast.Constant))


def test_every_code_that_is_used_is_in_the_catalogue():
    others = {*presets.names(), *members(), *of_readings(), *of_models(), *NO_CODES}
    unknown = {
        (file, text)
        for file, text in texts()
        if LIKE_A_CODE.fullmatch(text) and text not in KNOWN | others and file != NAMES_OF_XML
    }
    assert unknown == set()


def test_nothing_is_made_with_a_code_that_the_catalogue_lacks():
    made = list(arguments())
    assert [(file, code) for file, code in made if code not in KNOWN | {"bad-value"}] == []
    assert len(made) > 80


def test_rows_are_left_out_by_presets_under_codes_of_the_catalogue():
    assert set(of_presets()) <= set(codes.catalogue("rows"))


def test_every_code_of_the_catalogue_is_used():
    assert {*(text for _, text in texts()), *of_presets()} >= KNOWN


def test_what_is_no_code_is_still_there():
    assert {text for _, text in texts()} >= NO_CODES


@pytest.mark.parametrize("topic", codes.TOPICS)
def test_a_code_says_all_of_itself_in_kebab_case(topic):
    text = (SRC / "findings" / "codes" / f"{topic}.toml").read_text("utf-8")
    assert list(tomllib.loads(text)) == re.findall(r"^\[(.+)\]$", text, re.MULTILINE)
    for code, said in codes.catalogue(topic).items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert all(str(each).strip() for each in said), code
        assert said.means.endswith("."), code


def test_a_code_stands_once():
    assert len(KNOWN) == sum(len(codes.catalogue(topic)) for topic in codes.TOPICS)


def test_a_code_of_a_row_is_told_with_what_to_do_and_any_other_is_not():
    assert codes.fix("bad-flag") == "write yes or no"
    assert codes.fix("no-basis") is None
    assert codes.fix("nonsense") is None


def test_the_catalogue_has_a_file_for_each_topic_and_no_other():
    files = {file.stem for file in (SRC / "findings" / "codes").glob("*.toml")}
    assert files == set(codes.TOPICS)
