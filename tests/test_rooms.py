"""Who may import whom. An arrow that is not here is a mistake, here or there."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "retention_cli"

BASE = {"errors", "measures", "problems", "intervals", "records", "periods", "settings"}
MAY_IMPORT = {
    "errors": set(),
    "measures": set(),
    "problems": set(),
    "intervals": set(),
    "records": set(),
    "toml_source": {"errors"},
    "toml_text": {"safe_text"},
    "settings": {"errors", "toml_source"},
    "periods": {"errors"},
    "frames": {"hashes", "measures"},
    "taxes": {"errors", "reading", "records"},
    "details": {"reading", "records", "repeats"},
    "apportioning": set(),
    "reading": {"errors", "problems"},
    "mapping": {"reading", "records", "settings", "problems", "errors", "toml_text"},
    "validating": {"reading", "records", "problems"},
    "timing": {"settings"},
    "hashes": set(),
    "atomic": {"errors"},
    "safe_text": set(),
    "rejects": {"atomic", "outputs", "problems", "errors", "safe_text"},
    "repeats": {"hashes", "reading", "problems"},
    "spells": {"reading", "repeats", "problems"},
    "settling": {"records", "repeats", "spells"},
    "totals": {"reading", "records"},
    "exports": {"mapping", "errors"},
    "outputs": set(),
    "folders": {"outputs", "reading"},
    "locating": {"folders", "reading", "settings", "errors"},
    "remarks": {"crosschecks", "exports", "reading", "records", "spells", "problems"},
    "membership": {"frames", "hashes", "periods", "reading", "records", "settings"},
    "dataset": {"frames", "membership", "periods", "records", "settings", "problems", "errors"},
    "kpis": {
        *("dataset", "membership", "frames", "intervals", "measures", "periods", "records"),
        *("errors", "taxes"),
    },
    "benchmarks": {"measures", "errors", "toml_source"},
    "verdicts": {"benchmarks", "measures"},
    "grouping": {
        *("dataset", "exports", "kpis", "mapping", "reading", "records", "repeats"),
        *("measures", "errors"),
    },
    "accounts": {
        *("grouping", "kpis", "dataset", "exports", "frames", "measures", "periods", "problems"),
        *("apportioning", "taxes"),
    },
    "scorecard": {
        *("kpis", "benchmarks", "verdicts", "exports", "measures", "periods", "problems"),
    },
    "scoring": {
        *("benchmarks", "dataset", "grouping", "kpis", "measures", "periods", "scorecard"),
        *("settings", "verdicts"),
    },
    "crosschecks": {"exports", "periods", "problems", "reading", "repeats", "rhythm", "toml_text"},
    "checking": {"crosschecks", "kpis", "exports", "measures", "periods", "problems"},
    "computability": {"checking", "dataset", "kpis", "measures", "periods", "settings"},
    "rhythm": {"periods"},
    "parts": {
        *("reading", "mapping", "validating", "exports", "locating", "totals", "details"),
        *("records", "settings", "problems", "errors"),
    },
    "misfits": {"parts", "details", "mapping", "locating", "errors"},
    "loading": {
        *("parts", "misfits", "details", "dataset", "settling", "repeats", "remarks", "rejects"),
        *("exports", "taxes", "timing", "reading", "records", "settings", "problems"),
    },
    "pipeline": {
        *BASE,
        *("accounts", "benchmarks", "checking", "computability", "crosschecks", "dataset"),
        *("exports", "kpis", "loading", "misfits", "parts"),
        *("grouping", "locating", "rejects", "rhythm", "scorecard", "scoring"),
    },
    "drafting": {
        *("checking", "exports", "kpis", "locating", "mapping", "pipeline", "records"),
        *("rejects", "settings"),
    },
    "reports": {
        *("accounts", "scorecard", "checking", "crosschecks", "exports", "benchmarks", "kpis"),
        *("mapping", "measures", "verdicts"),
        *("drafting", "outputs", "periods", "problems", "errors", "safe_text", "toml_text"),
    },
    "cli": {
        *("pipeline", "reports", "kpis", "records", "periods", "settings", "errors"),
        *("atomic", "benchmarks", "drafting", "exports", "locating", "rejects"),
        "safe_text",
    },
    "testing": {
        *("reading", "records", "validating", "dataset", "frames", "kpis", "membership"),
        *("periods", "timing"),
    },
    "__main__": {"cli"},
}
COMPUTES = {"dataset", "frames", "loading", "membership", "parts", "pipeline", "reading"}


def imports():
    """Every import of ours: file, room and what it imports; those inside functions count too."""
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


def test_every_room_imports_only_rooms_it_may():
    wrong = {
        f"{room} -> {target}": sorted(files)
        for (room, target), files in arrows().items()
        if target not in MAY_IMPORT.get(room, set())
    }
    assert wrong == {}


def test_no_import_is_relative():
    assert [file for file, _, node in imports() if node.level] == []


def test_every_room_is_in_the_table():
    rooms = {file.relative_to(SRC).with_suffix("").parts[0] for file in SRC.rglob("*.py")}
    assert rooms - {"__init__"} == set(MAY_IMPORT)


def test_the_table_has_no_circle():
    left = {room: set(targets) for room, targets in MAY_IMPORT.items()}
    while free := {room for room, targets in left.items() if not targets & set(left)}:
        left = {room: targets for room, targets in left.items() if room not in free}
    assert left == {}


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
