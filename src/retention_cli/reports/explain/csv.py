"""The members of all parts as CSV: one row an export's row, RFC 4180, written as it is read."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from retention_cli.reports.explain import _members as of
from retention_cli.reports.words.figures import label_of, period_of
from retention_cli.reports.words.numbers import machine, machine_text
from retention_cli.text.outputs import MEMBERS
from retention_cli.text.safe_text import safe_cell
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.explanation import (
        Bases,
        Explanation,
        Member,
        OpenedFigure,
        OpenedPart,
        Place,
    )
    from retention_cli.values.readings import Reading

_AT_ONCE = 1_000


def render(found: Explanation) -> Iterator[str]:
    """Write members piece by piece: what each adds is on the first of its rows alone."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(MEMBERS)
    for count, row in enumerate(member_rows(found), 1):
        writer.writerow([_cell(name, row[name]) for name in MEMBERS])
        if count % _AT_ONCE == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def member_rows(found: Explanation) -> Iterator[dict[str, Any]]:
    """Give the rows behind the parts, by column; what a member adds is beside the first of its own.

    All rows of a customer come first, where one was asked for, each under its kind; readings last.
    """
    if (one := found.customer) is not None:
        for said in one.said:
            known = {"part": said.kind, "id": one.id, "name": one.name}
            yield dict.fromkeys(MEMBERS) | known | _of_place(said.place)
    for figure in found.figures:
        for part in figure.parts:
            if found.part in {None, part.name}:
                told = _told(figure, part)
                for member in part.find():
                    yield from _of_member(member, part, told)
    for reading in found.readings:
        yield from _of_reading(reading, found)
    if found.bases is not None:
        yield from _of_bases(found.bases, found)


def _of_bases(bases: Bases, found: Explanation) -> Iterator[dict[str, Any]]:
    """Give the figure on each basis, then each id on whom they disagree, with its state on each."""
    line = found.figures[0].line
    told = dict.fromkeys(MEMBERS) | {"period": label_of(period_of(line)), "kpi": line.kpi.name}
    for one in bases.figures:
        value = one.measure.value
        adds = None if value is None else machine(value, line.kpi.unit)
        part = {"part": f"basis {one.basis}", "unit": line.kpi.unit.value, "adds": adds}
        yield told | part
    for id_, name, states in bases.find():
        for basis, state in zip(bases.known, states, strict=True):
            yield told | {"part": f"basis {basis}: {state}", "id": id_, "name": name}


def _of_reading(one: Reading, found: Explanation) -> Iterator[dict[str, Any]]:
    """Give the value of a reading, then the ids behind each difference from ours."""
    line, measure = of.ours(one, found), one.measure
    by, group = one.group or (None, None)
    told = dict.fromkeys(MEMBERS) | {
        "period": label_of(period_of(line)),
        "kpi": line.kpi.name,
        "group_by": by,
        "group": group,
    }
    value = None if measure.value is None else machine(measure.value, line.kpi.unit)
    unit = line.kpi.unit.value
    yield told | {"part": one.name, "unit": unit, "currency": measure.currency, "adds": value}
    differing = one.differences()
    for whose in ("only_here", "only_in_ours"):
        for id_ in getattr(differing, whose):
            yield told | {"part": f"{one.name} {whose}", "id": id_}


def _told(figure: OpenedFigure, part: OpenedPart) -> dict[str, Any]:
    line, unit = figure.line, part.part.unit
    by, group = line.group or (None, None)
    return {
        "period": label_of(period_of(line)),
        "kpi": line.kpi.name,
        "group_by": by,
        "group": group,
        "part": part.name,
        "unit": unit.value,
        "currency": line.measure.currency if unit is Unit.MONEY else None,
    }


def _of_member(member: Member, part: OpenedPart, told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    adds: float | str | None = of.adds(member, part)
    for place in of.places(member):
        yield told | {
            "id": member.id,
            "name": member.name,
            "adds": adds,
            **_of_place(place),
        }
        adds = None


def _of_place(place: Place) -> dict[str, Any]:
    cells = of.cells_text(place)
    return {"file": place.file, "sheet": place.sheet, "row": place.row, "cells": cells}


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    return machine_text(value) if name in {"adds", "row"} else safe_cell(value)
