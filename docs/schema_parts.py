# ruff: noqa: INP001  # docs/ is a folder of pages, and no package
"""The parts that several JSON outputs have, and the words to describe one with."""

from __future__ import annotations

from typing import Any

from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.values.measures import Better, Unit

Schema = dict[str, Any]

ANYTHING: Schema = {}
NULL: Schema = {"type": "null"}
TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
YES_OR_NO: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
MONEY: Schema = {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2,4}$"}
VALUE: Schema = {"anyOf": [NUMBER, MONEY]}
UNIT: Schema = {"enum": [str(one) for one in Unit]}
DIRECTION: Schema = {"enum": [str(one) for one in Better]}
VERDICT: Schema = {"enum": [str(one) for one in Verdict]}


def record(optional: Schema | None = None, /, **fields: Schema) -> Schema:
    """Describe an object that has these fields and no other; `optional` ones may be left out."""
    return {
        "type": "object",
        "properties": fields | (optional or {}),
        "required": list(fields),
        "additionalProperties": False,
    }


def mapping(of: Schema) -> Schema:
    """Describe an object whose keys are names that data or settings bring."""
    return {"type": "object", "additionalProperties": of}


def many(of: Schema) -> Schema:
    """Describe a list."""
    return {"type": "array", "items": of}


def pair(of: Schema) -> Schema:
    """Describe a list of two."""
    return {"type": "array", "items": of, "minItems": 2, "maxItems": 2}


def maybe(one: Schema) -> Schema:
    """Describe what may be null."""
    if one.keys() == {"type"}:
        return {"type": [one["type"], "null"]}
    return {"anyOf": [*one.get("anyOf", [one]), NULL]}


def ref(name: str) -> Schema:
    """Point to a part that several outputs have."""
    return {"$ref": f"#/$defs/{name}"}


def fields(names: str, of: Schema) -> dict[str, Schema]:
    """Give fields that are all alike."""
    return dict.fromkeys(names.split(), of)


PERIOD, GROUP, DATA, FIGURE, PROBLEM = map(ref, ("period", "group", "data", "figure", "problem"))
PLACE = {"file": maybe(TEXT), "sheet": maybe(TEXT), "row": maybe(COUNT)}
COUNTS_OF_FILE = fields("rows accepted rejected skipped", COUNT)
TOLD = {"reason": maybe(TEXT), "notes": many(TEXT), "data": DATA}
SUMS = fields("revenue revenue_without_cost direct_cost cost_to_serve profit", maybe(MONEY))
TOTALS = {**SUMS, "margin": maybe(NUMBER)}
BENCHMARK = {
    "target": VALUE,
    "warn": maybe(VALUE),
    "direction": DIRECTION,
    **fields("source owner", maybe(TEXT)),
    **fields("role period", TEXT),
    "min_n": maybe(COUNT),
}
MEMBER_PLACE = {**PLACE, "cells": mapping(ANYTHING)}
OPENED = {
    "figure": FIGURE,
    "members": mapping(
        many(
            record(
                {"also": many(record(**MEMBER_PLACE))},
                id=TEXT,
                name=maybe(TEXT),
                adds=VALUE,
                **MEMBER_PLACE,
            )
        )
    ),
    "closed": maybe(TEXT),
}
MODEL = record(
    name=TEXT,
    parameters=maybe(mapping(NUMBER)),
    standard_errors=maybe(mapping(maybe(NUMBER))),
    intervals=maybe(mapping(pair(maybe(NUMBER)))),
    log_likelihood=maybe(NUMBER),
    n=COUNT,
    warnings=many(TEXT),
    reason=maybe(TEXT),
)
EVENT = record(date=DAY, name=TEXT, group=maybe(GROUP))
CORRELATION = {
    "n": COUNT,
    "rho": maybe(NUMBER),
    "interval": maybe(pair(NUMBER)),
    "reason": maybe(TEXT),
}
CONTENT = record(file=TEXT, size=maybe(COUNT), sha256=maybe(TEXT))

SHARED: dict[str, Schema] = {
    "period": record(start=maybe(DAY), end=maybe(DAY), label=TEXT),
    "group": record(by=TEXT, value=maybe(TEXT)),
    "file": record(file=TEXT, sheet=maybe(TEXT), kind=TEXT, **COUNTS_OF_FILE, sha256=maybe(TEXT)),
    "problem": record(
        file=TEXT,
        sheet=maybe(TEXT),
        row=COUNT,
        **fields("column value", maybe(TEXT)),
        **fields("code message", TEXT),
    ),
    "data": record(
        files=many(ref("file")),
        problems=many(PROBLEM),
        warnings=many(
            record(
                **fields("file kind code message", TEXT),
                **fields("sheet column", maybe(TEXT)),
                count=COUNT,
            )
        ),
        assumed=many(TEXT),
    ),
    "figure": record(
        kpi=TEXT,
        group=maybe(GROUP),
        value=maybe(VALUE),
        unit=UNIT,
        currency=maybe(TEXT),
        n=COUNT,
        interval=maybe(pair(VALUE)),
        parts=mapping(VALUE),
        period=TEXT,
        previous=maybe(record(period=TEXT, value=maybe(VALUE))),
        **fields("basis reason because", maybe(TEXT)),
        notes=many(TEXT),
        benchmark=maybe(record(**BENCHMARK, expired=YES_OR_NO)),
        references=many(record(**BENCHMARK)),
        gap=maybe(VALUE),
        verdict=VERDICT,
        unfinished=YES_OR_NO,
    ),
    "leavers": record(
        **fields("customers profitable loss_makers", COUNT),
        **fields("profit_before losses_before revenue_before", MONEY),
    ),
}
