"""An explanation as JSON, schema `retention-explain/1`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retention_cli.reports.explain import _members as of
from retention_cli.reports.explain._definition import as_json
from retention_cli.reports.scorecard.json import figure
from retention_cli.reports.words.machine import (
    data_of,
    fields,
    number,
    period,
    problem,
    why,
    written,
)
from retention_cli.reports.words.numbers import machine

if TYPE_CHECKING:
    from retention_cli.results.explanation import (
        Bases,
        CustomerFile,
        Explanation,
        Member,
        OpenedFigure,
        OpenedPart,
        Place,
    )
    from retention_cli.values.readings import Reading

SCHEMA = "retention-explain/1"


def render(found: Explanation) -> str:
    """Write an explanation as JSON: all members of all parts."""
    opened = [_opened(one) | _readings(one, found) for one in found.figures]
    if found.definition is None:
        opened = []
    first, *others = opened or [{"figure": None, "members": {}, "readings": []}]
    kpi = found.definition.kpi.name if found.definition else None
    return written(
        {
            "schema": SCHEMA,
            "period": period(found.period) if found.exports else None,
            "definition": as_json(found.definition) if found.definition else None,
            **first,
            "groups": [one for one in others if one["figure"]["kpi"] == kpi],
            "made_of": [one for one in others if one["figure"]["kpi"] != kpi],
            "left_out": [problem(one) for one in found.left_out],
            **({"bases": _bases(found.bases, found)} if found.bases else {}),
            **({"customer": _customer(found.customer, found)} if found.customer else {}),
            "data": data_of(found),
        }
    )


def _opened(one: OpenedFigure) -> dict[str, Any]:
    return {
        "figure": figure(one.line),
        "members": {part.name: [_member(m, part) for m in part.find()] for part in one.parts},
        "closed": one.closed,
    }


def _readings(figure: OpenedFigure, found: Explanation) -> dict[str, Any]:
    """Give the readings of a figure, and of a group of it; of others there are none."""
    if figure.line.kpi is not found.figures[0].line.kpi:
        return {}
    group = figure.line.group
    return {"readings": [_reading(one, found) for one in found.readings if one.group == group]}


def _reading(one: Reading, found: Explanation) -> dict[str, Any]:
    measure, unit = one.measure, found.figures[0].line.kpi.unit
    differing = one.differences()
    return {
        **fields(one, "name who"),
        "value": number(measure.value, unit),
        "currency": measure.currency,
        "n": measure.sample_size,
        "parts": {name: machine(p.value, p.unit) for name, p in measure.parts.items()},
        "sense": one.sense or None,
        "only_here": list(differing.only_here),
        "only_in_ours": list(differing.only_in_ours),
        "as_ours": of.as_ours(one, found),
        "reason": why(measure.reason),
        "notes": list(measure.notes),
    }


def _bases(bases: Bases, found: Explanation) -> dict[str, Any]:
    line = found.figures[0].line
    return {
        "figures": [
            figure(replace(line, measure=one.measure, previous=None)) | {"basis": one.basis}
            for one in bases.figures
        ],
        "disagreeing": [
            {"id": id_, "name": name, "states": dict(zip(bases.known, states, strict=True))}
            for id_, name, states in bases.find()
        ],
    }


def _customer(one: CustomerFile, found: Explanation) -> dict[str, Any]:
    return {
        **fields(one, "id name"),
        "joined": list(one.joined),
        "alike": list(one.alike),
        "rows": [{"date": s.day, "kind": s.kind, **_place(s.place)} for s in one.said],
        "left_out": [problem(row) for row in one.left_out],
        "figures": [_opened(figure) | {"rules": of.rules(figure)} for figure in found.figures],
    }


def _member(member: Member, part: OpenedPart) -> dict[str, Any]:
    place = _place(member.place) if member.place else _NOWHERE
    also = {"also": [_place(one) for one in member.also]} if member.also else {}
    return {"id": member.id, "name": member.name, "adds": of.adds(member, part), **place, **also}


_NOWHERE: dict[str, Any] = {"file": None, "sheet": None, "row": None, "cells": {}}


def _place(place: Place) -> dict[str, Any]:
    return {**fields(place, "file sheet row"), "cells": of.cells(place)}
