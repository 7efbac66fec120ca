"""Canonical text to typed columns: whole columns are proved, the rest the model sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BeforeValidator, ValidationError
from pydantic_core import PydanticCustomError

from retention_cli.findings.problems import Problem
from retention_cli.frames.columns import ROW, without_rows
from retention_cli.records.base import column_of, may_be_blank
from retention_cli.records.fields import HOLDS_NUL
from retention_cli.records.stamps import split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_cli.reading.text import TextBatch
    from retention_cli.records.base import Column, Record


class Checked(NamedTuple):
    """The accepted rows of a batch as typed columns, and the refused ones by what is wrong."""

    table: pa.Table
    refused: tuple[tuple[list[int], Problem], ...]


def validate_batch(model: type[Record], batch: TextBatch, *, fast: bool = True) -> Checked:
    """Check a batch of canonical text against the model of its kind.

    Shape: the table has the model's columns that the batch has, those of times each with a hidden
        column of its offsets where any is known, `_row`, then the batch's other columns as text;
        rows stay in file order.
    `fast=False` shows every row to the model: slow, and the truth that the tests hold the
    column-wise lane to.
    """
    given = _given(model, batch.columns)
    proven, mask, unproven = _proof(model, given, len(batch.rows), fast=fast)
    nuls = _nuls(batch.columns, given)
    mask = pc.and_(mask, pc.is_null(nuls))
    suspects = pc.indices_nonzero(pc.invert(mask)) if len(batch.rows) else pa.array([], pa.uint64())
    seen = {name: cells.take(suspects).to_pylist() for name, cells in given.items()}
    numbers, holding = batch.rows.take(suspects).to_pylist(), nuls.take(suspects).to_pylist()
    doubted, reading = unproven.take(suspects).to_pylist(), _Reading(_readers(model))
    rescued: dict[int, Record] = {}
    for at, index in enumerate(suspects.to_pylist()):
        if (name := holding[at]) is not None:
            reading.refuse(Problem(0, *HOLDS_NUL, column=name, of_cell=True), numbers[at])
            continue
        name = doubted[at]
        if name is not None and reading.refuses(name, seen[name][at], numbers[at]):
            continue
        try:
            rescued[index] = model.model_validate({name: seen[name][at] for name in seen})
        except ValidationError as error:
            reading.refuse(_problem(error), numbers[at])
    columns: dict[str, Any] = {**proven, ROW: batch.rows}
    columns |= {n: batch.columns.column(n) for n in batch.columns.schema.names if n not in given}
    if rescued:
        kept = _Kept.of(mask, rescued)
        columns = {
            name: kept.merge(name, values, column_of(model.model_fields[name]))
            if name in proven
            else kept.take(values)
            for name, values in columns.items()
        }
    else:
        left = without_rows(pa.table(columns), suspects.to_numpy())
        columns = dict(zip(left.column_names, left.columns, strict=True))
    found = tuple((rows, problem) for problem, rows in reading.refused.items())
    return Checked(pa.table(split(columns)), found)


@dataclass(slots=True)
class _Reading:
    """Refuses rows for a single cell: the model would, too, and takes far longer."""

    readers: Mapping[str, Any]
    refused: dict[Problem, list[int]] = field(default_factory=dict)
    known: dict[tuple[str, str | None], list[int]] = field(default_factory=dict)
    """The rows that each cell was refused in: millions of rows may have the same few."""

    def refuse(self, why: Problem, row: int) -> list[int]:
        rows = self.refused.setdefault(why, [])
        rows.append(row)
        return rows

    def refuses(self, name: str, cell: str | None, row: int) -> bool:
        if (rows := self.known.get((name, cell))) is not None:
            rows.append(row)
            return True
        try:
            self.readers[name](cell)
        except PydanticCustomError as error:
            told = (error.context or {}).get("column", name)
            why = Problem(0, error.type, error.message(), column=told, of_cell=True)
            self.known[name, cell] = self.refuse(why, row)
            return True
        return False


class _Kept(NamedTuple):
    """The rows of a batch that stay: those proven as columns, and those the model rescued."""

    mask: pa.BooleanArray
    rescued: Mapping[int, Record]
    indices: pa.Array
    order: pa.Array

    @classmethod
    def of(cls, mask: pa.BooleanArray, rescued: Mapping[int, Record]) -> _Kept:
        indices = pa.concat_arrays(
            [pc.cast(pc.indices_nonzero(mask), pa.int64()), pa.array(list(rescued), pa.int64())]
        )
        order = pc.sort_indices(indices)
        return cls(mask, rescued, indices.take(order), order)

    def take(self, cells: pa.Array) -> pa.Array:
        return cells.take(self.indices)

    def merge(self, name: str, proven: pa.Array, column: Column | None) -> pa.Array:
        read = [getattr(record, name) for record in self.rescued.values()]
        quick = proven.filter(self.mask)
        if not pa.types.is_dictionary(proven.type):
            stored = column.stored if column else None
            slow = stored(read) if stored else pa.array(read, proven.type)
            return pa.concat_arrays([quick, slow]).take(self.order)
        texts = proven.dictionary
        texts = pc.unique(pa.concat_arrays([texts, pc.drop_null(pa.array(read, texts.type))]))
        slow = pc.index_in(pa.array(read, texts.type), value_set=texts)
        return pa.DictionaryArray.from_arrays(
            pa.concat_arrays([quick.indices, slow]).take(self.order), texts
        )


def _given(model: type[Record], columns: pa.RecordBatch) -> dict[str, pa.StringArray]:
    names = columns.schema.names
    return {name: columns.column(name) for name in model.model_fields if name in names}


def _nuls(columns: pa.RecordBatch, given: Mapping[str, pa.StringArray]) -> pa.StringArray:
    """Name, for each row, a column without a model that holds a NUL."""
    found = pa.nulls(columns.num_rows, pa.string())
    for name in columns.schema.names:
        if name in given:
            continue
        holds = _holds_nul(columns.column(name))
        if pc.any(holds).as_py():
            found = pc.coalesce(found, pc.if_else(holds, name, pa.scalar(None, pa.string())))
    return found


def _holds_nul(cells: pa.Array) -> pa.BooleanArray:
    if pa.types.is_dictionary(cells.type):
        return _holds_nul(cells.dictionary).take(cells.indices)
    return pc.match_substring(cells, "\0")


def _readers(model: type[Record]) -> dict[str, Any]:
    """Give what reads a cell of each field first."""
    found: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        marks = [mark.func for mark in info.metadata if isinstance(mark, BeforeValidator)]
        found[name] = marks[-1] if marks else type
    return found


def _proof(
    model: type[Record], given: Mapping[str, pa.StringArray], rows: int, *, fast: bool
) -> tuple[dict[str, pa.Array], pa.BooleanArray, pa.StringArray]:
    """Prove the cells: which rows are, and the first column of each other row that is not."""
    fields = model.model_fields.items()
    whole = all(name in given for name, info in fields if info.is_required())
    mask = pa.repeat(pa.scalar(fast and whole), rows)
    proven: dict[str, pa.Array] = {}
    unproven = pa.nulls(rows, pa.string())
    for name, cells in given.items():
        info = model.model_fields[name]
        column = column_of(info)
        if column is None or not fast:
            proven[name], known = _unproven(column, cells), pa.repeat(pa.scalar(False), rows)
        else:
            proven[name] = _proven(column, cells)
            known = pc.is_valid(proven[name])
            if may_be_blank(info) and cells.null_count:
                known = pc.or_(known, pc.is_null(cells))
        if whole and fast and not pc.all(known).as_py():
            unproven = pc.coalesce(unproven, pc.if_else(known, pa.scalar(None, pa.string()), name))
        mask = pc.and_(mask, known)
    suspects = model.suspects(proven) if fast else None
    if suspects is not None:
        mask = pc.and_not(mask, suspects)
    return proven, mask, unproven


def _unproven(column: Column | None, cells: pa.Array) -> pa.Array:
    arrow = column.arrow if column else pa.string()
    if pa.types.is_string(arrow) and pa.types.is_dictionary(cells.type):
        return pa.DictionaryArray.from_arrays(pa.nulls(len(cells), pa.int32()), cells.dictionary)
    return pa.nulls(len(cells), arrow)


def _proven(column: Column, cells: pa.Array) -> pa.Array:
    """Prove the cells of a column; where they are codes, each text that they stand for once."""
    if not pa.types.is_dictionary(cells.type):
        return column.prove(cells)
    proven = column.prove(cells.dictionary)
    if not pa.types.is_string(proven.type):
        return proven.take(cells.indices)
    codes = cells.indices
    if proven.null_count:
        again = pc.dictionary_encode(proven)
        codes, proven = again.indices.take(codes), again.dictionary
    return pa.DictionaryArray.from_arrays(codes, proven)


def _problem(error: ValidationError) -> Problem:
    first = error.errors(include_url=False, include_input=False)[0]
    context: dict[str, Any] = first.get("ctx") or {}
    column = context.get("column") or next(iter(first["loc"]), None)
    return Problem(
        0,
        first["type"],
        first["msg"],
        column=None if column is None else str(column),
        of_cell=bool(first["loc"]),
    )
