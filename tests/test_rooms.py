"""Who may import whom. An arrow that is not here is a mistake, here or there."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SRC = Path(__file__).parents[1] / "src" / "retention_cli"

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "patterns": set(),
    "values": {"errors"},
    "text": {"errors"},
    "settings": {"errors", "text", "values"},
    "frames": {"values"},
    "findings": {"errors", "frames", "text", "values"},
    "memory": {"errors"},
    "reading": {"errors", "findings", "frames", "memory", "text"},
    "sources": {"errors", "memory", "reading", "settings", "text"},
    "records": {"text"},
    "mapping": {"errors", "findings", "frames", "reading", "records", "settings", "text"},
    "settling": {"findings", "frames", "reading", "records"},
    "dataset": {"errors", "findings", "frames", "mapping", "records", "settings", "values"},
    "loading": {
        "dataset",
        "errors",
        "findings",
        "frames",
        "mapping",
        "reading",
        "records",
        "settings",
        "settling",
        "sources",
        "text",
        "values",
    },
    "kpis": {"dataset", "errors", "frames", "records", "settings", "text", "values"},
    "readings": {"dataset", "frames", "kpis", "text", "values"},
    "models": {"errors", "text", "values"},
    "benchmarks": {"errors", "text", "values"},
    "results": {"benchmarks", "errors", "findings", "kpis", "values"},
    "scoring": {
        "benchmarks",
        "dataset",
        "errors",
        "findings",
        "frames",
        "kpis",
        "models",
        "readings",
        "records",
        "results",
        "settings",
        "text",
        "values",
    },
    "signs": {
        "benchmarks",
        "dataset",
        "errors",
        "findings",
        "frames",
        "kpis",
        "mapping",
        "results",
        "settings",
        "text",
        "values",
    },
    "runs": {
        "benchmarks",
        "dataset",
        "errors",
        "findings",
        "kpis",
        "loading",
        "models",
        "records",
        "results",
        "scoring",
        "settings",
        "signs",
        "sources",
        "text",
        "values",
    },
    "reports": {"benchmarks", "errors", "findings", "kpis", "results", "text", "values"},
    "api": {"errors", "records", "reports", "results", "runs", "text"},
    "cli": {
        "errors",
        "kpis",
        "memory",
        "records",
        "reports",
        "results",
        "runs",
        "settings",
        "sources",
        "text",
    },
    "testing": {
        "dataset",
        "frames",
        "kpis",
        "reading",
        "records",
        "settings",
        "settling",
        "values",
    },
    "__init__": {"api", "errors"},
    "__main__": {"cli", "errors", "memory"},
}
ANYONE_MAY_IMPORT = {"patterns"}
COMPUTES = {"dataset", "frames", "loading", "reading", "runs", "scoring"}


@cache
def imports():
    """Every import of ours: file, room and what it imports; those inside functions count too."""
    return tuple(_imports())


def _imports():
    for file in sorted(SRC.rglob("*.py")):
        room = file.relative_to(SRC).with_suffix("").parts[0]
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                yield file, room, node
            elif isinstance(node, ast.Import):
                ours = [name.name for name in node.names if name.name.startswith("retention_cli.")]
                assert not ours, f"{file}: import names from {ours}, not the module by its path"


def arrows():
    found = defaultdict(set)
    for file, room, node in imports():
        path = (node.module or "").split(".")
        if path[0] == "retention_cli":
            targets = [path[1]] if len(path) > 1 else [name.name for name in node.names]
            for target in targets:
                if target != room:
                    found[room, target].add(file.relative_to(SRC).as_posix())
    return found


def files_imported():
    """The files of ours that each file imports, for typing or inside functions too."""
    files = {file.relative_to(SRC).with_suffix("").as_posix(): set() for file in SRC.rglob("*.py")}
    for file, _, node in imports():
        path = (node.module or "").split(".")[1:]
        if (node.module or "").split(".")[0] != "retention_cli":
            continue
        for name in node.names:
            parts = (*path, name.name)
            targets = [
                "/".join(one) for one in (parts, (*parts, "__init__"), path, (*path, "__init__"))
            ]
            found = next((target for target in targets if target in files), None)
            files[file.relative_to(SRC).with_suffix("").as_posix()].update({found} - {None})
    return files


def test_every_room_imports_only_rooms_it_may():
    wrong = {
        f"{room} -> {target}": sorted(files)
        for (room, target), files in arrows().items()
        if target not in MAY_IMPORT.get(room, set()) | ANYONE_MAY_IMPORT
    }
    assert wrong == {}


def test_no_import_is_relative():
    assert [file for file, _, node in imports() if node.level] == []


def test_every_room_is_in_the_table():
    rooms = {file.relative_to(SRC).with_suffix("").parts[0] for file in SRC.rglob("*.py")}
    assert rooms == set(MAY_IMPORT)


def test_the_table_has_no_circle():
    left = {room: set(targets) for room, targets in MAY_IMPORT.items()}
    while free := {room for room, targets in left.items() if not targets & set(left)}:
        left = {room: targets for room, targets in left.items() if room not in free}
    assert left == {}


def test_no_files_import_each_other_in_a_circle():
    left = files_imported()
    while free := {file for file, targets in left.items() if not targets & set(left)}:
        left = {file: targets for file, targets in left.items() if file not in free}
    assert left == {}


def test_a_record_can_be_read_on_its_own():
    """Only the index of `records` imports something: what lists the kinds."""
    assert {
        files
        for (room, target), found in arrows().items()
        if room == "records" and target not in ANYONE_MAY_IMPORT
        for files in found
    } == {"records/__init__.py"}


@pytest.mark.parametrize("room", ["reports"])
def test_no_report_can_compute(room):
    assert not MAY_IMPORT[room] & COMPUTES


def test_no_kpi_can_read_a_file_or_print():
    names = {
        node.func.id
        for file in (SRC / "kpis").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not names & {"open", "print", "input"}


def test_models_and_what_they_load_are_reached_by_clv_alone():
    """scipy takes a third of a second to load."""
    imported = files_imported()
    for start in (file for file in imported if file.startswith("runs/") and file != "runs/clv"):
        reached, left = set(), [start]
        while left:
            file = left.pop()
            if file not in reached:
                reached.add(file)
                left += imported[file]
        assert not [file for file in reached if file.startswith("models/")], start
    loaded = {
        file.relative_to(SRC).parts[0]
        for file, _, node in imports()
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scipy")
    }
    assert loaded == {"models"}


def test_a_file_fits_in_300_lines():
    lines = {file.name: file.read_text("utf-8").count("\n") for file in SRC.rglob("*.py")}
    assert {name: count for name, count in lines.items() if count > 300} == {}


@cache
def functions() -> tuple[tuple[str, ast.FunctionDef, str], ...]:
    """Give each function under the name of its file, with the text of the file."""
    return tuple(_functions())


def _functions() -> Iterator[tuple[str, ast.FunctionDef, str]]:
    for file in sorted(SRC.rglob("*.py")):
        text = file.read_text("utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                yield f"{file.relative_to(SRC)} {node.name}", node, text


def lines_of_code(function: ast.FunctionDef, text: str) -> int:
    """Count the lines of a body that hold code: neither its docstring, nor comments, nor blanks."""
    start = function.body[0].lineno
    if ast.get_docstring(function) is not None:
        start = function.body[0].end_lineno + 1
    lines = text.splitlines()[start - 1 : function.end_lineno]
    return sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in lines)


def test_a_function_has_40_lines_of_code_at_most():
    assert {
        name: n for name, node, text in functions() if (n := lines_of_code(node, text)) > 40
    } == {}


MORE_PARAMETERS = {
    "a keyword for each option of the command": {
        "api/calls.py compute",
        "api/calls.py explain",
        "api/over_time.py report",
        "api/over_time.py trend",
        "api/worth.py clv",
        "cli/accounts.py _accounts",
        "cli/trend.py _trend",
    },
    "a field of what it makes": {
        "values/measures.py of",
        "values/measures.py undefined",
        "values/readings.py of",
    },
    "an ingredient is given what it names": {
        "kpis/ingredients/profit_before.py profit_before",
        "kpis/ingredients/spread_costs.py spread_costs",
    },
    "what each KPI says of itself": {"kpis/registry.py kpi"},
    "every side of a figure that can keep it from being judged": {"benchmarks/verdicts.py judge"},
    "where headers stand, and who may say what they are": {"mapping/plan.py lay_out"},
}
"""Functions with more than six parameters, and why; one that no longer has so many is refused."""


def test_a_function_has_six_parameters_at_most_or_says_why():
    many = set()
    for name, node, _ in functions():
        told = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if len([one for one in told if one.arg not in {"self", "cls"}]) > 6:
            many.add(name)
    assert many == set().union(*MORE_PARAMETERS.values())
