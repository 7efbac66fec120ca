# ruff: noqa: INP001  # docs/ is a folder of pages, and no package
"""The JSON schemas that docs/schemas publishes, made from what is said of each output."""

from __future__ import annotations

import json
import re
from pathlib import Path

import schemas_of_figures
import schemas_of_money
import schemas_of_runs
from schema_parts import SHARED, Schema

OUTPUTS: dict[str, Schema] = {
    **schemas_of_figures.OUTPUTS,
    **schemas_of_money.OUTPUTS,
    **schemas_of_runs.OUTPUTS,
}
FOLDER = Path(__file__).parent / "schemas"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SMALL = re.compile(r"\{\n[^{}\[\]]*\}|\[\n[^{}\[\]]*\]")
"""An object or a list with no other in it."""

_POINTED = re.compile(r"#/\$defs/(\w+)")


def schema(name: str) -> Schema:
    """Give the schema of an output, with the parts that it points to."""
    output = OUTPUTS[name]
    named = f"{name}/1"
    own = {
        **output,
        "properties": {"schema": {"const": named}, **output["properties"]},
        "required": ["schema", *output["required"]],
    }
    return {"$schema": _DIALECT, "title": named, **own, "$defs": _pointed_to(own)}


def _pointed_to(one: Schema) -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for name in sorted(set(_POINTED.findall(json.dumps(one)))):
        found |= {name: SHARED[name], **_pointed_to(SHARED[name])}
    return dict(sorted(found.items()))


def written(name: str) -> str:
    """Write the schema of an output as its file has it."""
    return _SMALL.sub(_in_one_line, json.dumps(schema(name), indent=2)) + "\n"


def _in_one_line(small: re.Match[str]) -> str:
    return re.sub(r"\s*\n\s*", " ", small[0])


def file(name: str) -> Path:
    """Name the file of the schema of an output."""
    return FOLDER / f"{name}-1.json"
