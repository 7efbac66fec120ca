"""Rows as a system exports them to rows as everybody reads them: what presets say of cells."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import DataRefusedError
from retention_cli.findings.problems import Notice, Outcome, Problem
from retention_cli.frames.columns import as_text
from retention_cli.mapping.cells.cells import each_distinct
from retention_cli.mapping.headers import places_of
from retention_cli.mapping.plan import place_of
from retention_cli.mapping.words.meaning import lists_tags
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.text import WHITE_SPACE, TextBatch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from retention_cli.mapping.presets.applying import Applied
    from retention_cli.mapping.presets.vocabulary import (
        Condition,
        MetadataCurrency,
        Negate,
        PeriodYear,
        Preset,
        Rewrite,
        Skip,
    )
    from retention_cli.reading.text import TextSheet

_CLOCK = r"(:[0-5][0-9](?:\.[0-9]+)?)\z"
_SIGNED = rf"\A[{WHITE_SPACE}]*[-\x{{2212}}(]"
_DAY_AND_MONTH = lazy_pattern(r"([0-9]{1,2})([0-9]{2})")


class Prepared(NamedTuple):
    """A sheet with cells in common forms, without the rows that are about something else."""

    sheet: TextSheet
    skipped: tuple[Problem, ...] = ()


def prepared(sheet: TextSheet, applied: Applied | None) -> Prepared:
    """Leave out rows, then rewrite cells, as a preset says; columns keep their places.

    Errors: DataRefusedError for days whose year is told by a row that is not there.
    """
    if applied is None:
        return Prepared(sheet)
    skipped: list[Problem] = []
    batches = []
    for batch in sheet.batches:
        left, gone = _without(_in_words(batch), applied.feed.skip, sheet.headers)
        skipped += gone
        if len(left.rows):
            batches.append(_rewritten(left, applied.preset, sheet))
    ready = replace(sheet, batches=batches)
    return Prepared(_with_currency(ready, applied.preset.currency), tuple(skipped))


def without_left_out(ready: Prepared, told: Mapping[str, Sequence[str]]) -> Prepared:
    """Leave out rows of which the settings say so: by words of a column, their beginning or any with `*`.

    A cell of tags lists several words, and one of them is enough.

    Errors: UnknownNameError for a header that the file does not have.
    """
    skipped: list[Problem] = []
    batches = list(ready.sheet.batches)
    for header, words in told.items():
        at = place_of(ready.sheet.headers, header, ready.sheet.name)
        because = f"left out: leave_out has what it says in '{header}'"
        wanted = pa.array([word.lower() for word in words], pa.string())
        for nth, batch in enumerate(batches):
            said = _folded(batch.columns.column(at))
            gone = pc.not_equal(said, "") if "*" in words else pc.is_in(said, value_set=wanted)
            if lists_tags(header):
                gone = pc.or_(gone, pc.match_substring_regex(said, _one_of(wanted.to_pylist())))
            for word in words:
                if word.endswith("*") and word != "*":
                    gone = pc.or_(gone, pc.starts_with(said, word.removesuffix("*").lower()))
            rows = batch.rows.filter(gone).to_pylist()
            skipped += [Problem(row, "left-out", because, outcome=Outcome.SKIPPED) for row in rows]
            batches[nth] = batch.where(pc.invert(gone))
    kept = replace(ready.sheet, batches=[batch for batch in batches if len(batch.rows)])
    return Prepared(kept, (*ready.skipped, *skipped)) if told else ready


def _one_of(words: Sequence[str]) -> str:
    some = "|".join(map(re.escape, words))
    return rf"(?:\A|[,;|\s])(?:{some})(?:[,;|\s]|\z)"


def _with_currency(sheet: TextSheet, currency: MetadataCurrency | None) -> TextSheet:
    """Fill blank cells of the currency column with the currency of the row above the header."""
    places = places_of(sheet.headers, currency.column) if currency else ()
    code = _cell(sheet.metadata, currency.place).strip() if currency else ""
    if len(places) != 1 or not code:
        return sheet
    filled, batches = 0, []
    for batch in sheet.batches:
        cells = batch.columns.column(places[0])
        blank = pc.equal(pc.fill_null(pc.utf8_trim(cells, WHITE_SPACE), ""), "")
        filled += pc.sum(blank).as_py() or 0
        columns = list(batch.columns.columns)
        columns[places[0]] = pc.if_else(blank, code, cells)
        made = pa.RecordBatch.from_arrays(columns, names=batch.columns.schema.names)
        batches.append(TextBatch(made, batch.rows, batch.typed))
    if not filled:
        return sheet
    header = sheet.headers[places[0]]
    cells_are = "blank cell is" if filled == 1 else "blank cells are"
    said = f"{filled:,} {cells_are} taken as {code}, the currency of the row above the header"
    note = Notice("currency", f"'{header}': {said}", count=filled, column=header)
    return replace(sheet, batches=batches, remarks=(*sheet.remarks, note))


def _in_words(batch: TextBatch) -> TextBatch:
    """Write out columns that are held as codes of texts."""
    columns = [as_text(column) for column in batch.columns.columns]
    names = batch.columns.schema.names
    return TextBatch(pa.RecordBatch.from_arrays(columns, names=names), batch.rows, batch.typed)


def _without(
    batch: TextBatch, rules: Sequence[Skip], headers: Sequence[str]
) -> tuple[TextBatch, list[Problem]]:
    """Take out the rows of which a rule speaks; the first that does says why."""
    skipped: list[Problem] = []
    for rule in rules:
        mask = _holds(batch, rule.when, headers)
        if mask is None or not pc.any(mask).as_py():
            continue
        rows = batch.rows.filter(mask).to_pylist()
        skipped += [
            Problem(row, rule.code, f"left out: {rule.because}", outcome=Outcome.SKIPPED)
            for row in rows
        ]
        batch = batch.where(pc.invert(mask))
    return batch, skipped


def _holds(batch: TextBatch, when: Sequence[Condition], headers: Sequence[str]) -> Any | None:
    """Mark the rows for which all conditions hold; None where a column is not in the file."""
    masks = []
    for condition in when:
        places = [places_of(headers, name) for name in condition.column]
        found = next((place for place in places if place), None)
        if found is None:
            return None
        masks.append(_meets(condition, batch.columns.column(found[0])))
    return reduce(pc.and_, masks)


def _folded(cells: Any) -> Any:
    return pc.utf8_lower(pc.fill_null(pc.utf8_trim(as_text(cells), WHITE_SPACE), ""))


def _meets(condition: Condition, cells: Any) -> Any:
    words = _folded(cells)
    if condition.blank is not None:
        return pc.equal(pc.equal(words, ""), condition.blank)
    if condition.like or condition.unlike:
        fits = pc.match_substring_regex(words, condition.like or condition.unlike)
        return pc.invert(fits) if condition.unlike else fits
    wanted = pa.array([word.lower() for word in condition.is_ or condition.is_not], pa.string())
    found = pc.is_in(words, value_set=wanted)
    return pc.invert(found) if condition.is_not else found


def _rewritten(batch: TextBatch, preset: Preset, sheet: TextSheet) -> TextBatch:
    columns = list(batch.columns.columns)

    def put(names: Sequence[str], change: Callable[[Any], Any]) -> None:
        for name in names:
            for place in places_of(sheet.headers, name):
                columns[place] = change(columns[place])

    for rewrite in preset.rewrite:
        put(rewrite.columns, _replacing(rewrite))
    for negate in preset.negate:
        mask = _holds(batch, negate.when, sheet.headers)
        if mask is not None:
            put(negate.columns, _negating(negate, mask))
    if preset.year is not None and any(places_of(sheet.headers, n) for n in preset.year.columns):
        first, last = _period(preset.year, sheet)
        put(preset.year.columns, lambda cells: with_year(cells, first, last))
    put(preset.utc, lambda cells: pc.replace_substring_regex(cells, _CLOCK, r"\1Z"))
    made = pa.RecordBatch.from_arrays(columns, names=batch.columns.schema.names)
    return TextBatch(made, batch.rows, batch.typed)


def _replacing(rewrite: Rewrite) -> Callable[[Any], Any]:
    return lambda cells: pc.replace_substring_regex(cells, rewrite.pattern, rewrite.with_)


def _negating(negate: Negate, mask: Any) -> Callable[[Any], Any]:
    def change(cells: Any) -> Any:
        trimmed = pc.utf8_trim(cells, WHITE_SPACE)
        signed = pc.fill_null(pc.match_substring_regex(trimmed, _SIGNED), False)
        positive = pc.replace_substring_regex(trimmed, r"\A[-\x{2212}]|\A\((.*)\)\z", r"\1")
        if negate.leave_negative:
            positive = cells
        negative = pc.binary_join_element_wise("-", trimmed, "")
        zero = pc.match_substring_regex(trimmed, r"\A[^1-9]*\z")
        changed = pc.if_else(signed, positive, pc.if_else(zero, cells, negative))
        return pc.if_else(mask, changed, cells)

    return change


def with_year(cells: Any, first: date, last: date) -> Any:
    """Write days that are given as DDMM with the year in which they lie between two days.

    A cell that is none, or lies on no day or on several days of the period, stays as it is.
    Example:
        >>> winter = date(2026, 1, 1), date(2026, 2, 28)
        >>> with_year(pa.array(["2102", "102", "3112", "x"]), *winter).to_pylist()
        ['21.02.2026', '01.02.2026', '3112', 'x']
    """
    return pc.coalesce(
        each_distinct(cells, partial(_dated, first=first, last=last), pa.string()), cells
    )


def _dated(text: str, first: date, last: date) -> str | None:
    found = _DAY_AND_MONTH.fullmatch(text.strip())
    if found is None:
        return None
    days = []
    for year in range(first.year, last.year + 1):
        with suppress(ValueError):
            days.append(date(year, int(found[2]), int(found[1])))
    inside = [day for day in days if first <= day <= last]
    return f"{inside[0]:%d.%m.%Y}" if len(inside) == 1 else None


def _period(year: PeriodYear, sheet: TextSheet) -> tuple[date, date]:
    cells = [_cell(sheet.metadata, place) for place in (year.first, year.last)]
    try:
        first, last = (date.fromisoformat(cell) for cell in cells)
    except ValueError:
        raise DataRefusedError(
            f"{sheet.file}: '{year.columns[0]}' has days without a year, and no row above the"
            " header tells their period",
            "export it again, with the row that is above the header",
        ) from None
    return first, last


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place - 1] if len(cells) >= place else ""
