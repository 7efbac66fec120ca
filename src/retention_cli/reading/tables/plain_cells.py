"""Cells that hold text in a wrapping of programs: ="0012" is 0012, and &amp; is &."""

from __future__ import annotations

import html
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Notice
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.text import TextBatch, Unwrapped

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

_FORMULA = lazy_pattern(r'\A="((?:[^"]|"")*)"\Z')
_ENTITY = lazy_pattern(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SHOWN = 3
_MOST_TIMES = 3
"""So often a text may have been encoded, by one program after another."""


def plain_text(cell: str) -> str:
    """Give the text of a cell without its wrapping.

    Example:
        >>> plain_text('="0012"'), plain_text("Smith &amp; Sons"), plain_text("AT&T; R&D")
        ('0012', 'Smith & Sons', 'AT&T; R&D')
    """
    return without_entities(_out_of_formula(cell))


def _out_of_formula(cell: str) -> str:
    found = _FORMULA.match(cell)
    return found[1].replace('""', '"') if found else cell


def without_entities(cell: str) -> str:
    """Give the text of a cell with the letters that HTML entities stand for.

    Example:
        >>> without_entities("O&#039;Hara &amp;amp; Sons; R&D;")
        "O'Hara & Sons; R&D;"
    """
    for _ in range(_MOST_TIMES):
        plain = _ENTITY.sub(_letters, cell)
        if plain == cell:
            break
        cell = plain
    return cell


def _letters(found: re.Match[str]) -> str:
    text = found[0]
    return html.unescape(text) if text[1] == "#" or text[1:] in html5 else text


class _Wrapping(NamedTuple):
    """A way to wrap texts: where it may stand, how it is taken off, and what is said of it."""

    sign: str
    pattern: str
    off: Callable[[str], str]
    code: str
    said: str


_WRAPPINGS = (
    _Wrapping('="', r'\A="[^"]*(?:""[^"]*)*"\z', _out_of_formula, "quoted-formulas", "as formulas"),
    _Wrapping("&", _ENTITY.pattern, without_entities, "html-entities", "with HTML entities"),
)


WRAPPED_BY = tuple(wrapping.sign.encode() for wrapping in _WRAPPINGS)
"""What is in a file that may have wrapped cells."""


class Plain(NamedTuple):
    """Cells without their wrapping, what is said of it, and the cells as they stood."""

    batches: list[TextBatch]
    remarks: tuple[Notice, ...] = ()
    unwrapped: tuple[Unwrapped, ...] = ()


def plain_cells(batches: Sequence[TextBatch], headers: Sequence[str]) -> Plain:
    """Take the wrapping off all cells of columns of text, and say what was read as what."""
    columns = [list(batch.columns.columns) for batch in batches]
    rows = [batch.rows for batch in batches]
    remarks, unwrapped = [], []
    for wrapping in _WRAPPINGS:
        found = []
        for place, header in enumerate(headers):
            stood, count, example = _taken_off(wrapping, columns, rows, place)
            if count:
                found.append((header, count, example))
                unwrapped.append(stood)
        if found:
            remarks.append(_said(wrapping, found))
    if not remarks:
        return Plain(list(batches))
    plain = [
        TextBatch(
            pa.RecordBatch.from_arrays(cells, names=batch.columns.schema.names),
            batch.rows,
            batch.typed,
        )
        for batch, cells in zip(batches, columns, strict=True)
    ]
    return Plain(plain, tuple(remarks), tuple(unwrapped))


def _taken_off(
    wrapping: _Wrapping, columns: Sequence[list[pa.Array]], rows: Sequence[pa.Array], place: int
) -> tuple[Unwrapped, int, str]:
    """Take one wrapping off a column; give its cells as they stood, their number, and one."""
    count, example = 0, ""
    places: list[pa.Array] = []
    texts: list[pa.Array] = []
    for cells, numbers in zip(columns, rows, strict=True):
        mask = _wrapped(cells[place], wrapping)
        if mask is None:
            continue
        places.append(numbers.filter(mask))
        texts.append(cells[place].filter(mask))
        before = texts[-1].to_pylist()
        after = [wrapping.off(text) for text in before]
        plain = pa.array([text or None for text in after], pa.string())
        cells[place] = pc.replace_with_mask(cells[place], mask, plain)
        changed = [f"{old} as {new}" for old, new in zip(before, after, strict=True) if old != new]
        count += len(changed)
        example = example or next(iter(changed), "")
    at = pa.chunked_array(places, pa.int64()).to_numpy()
    stood = pa.chunked_array(texts, pa.string()).combine_chunks()
    return Unwrapped(place, at, stood), count, example


def _wrapped(cells: pa.Array, wrapping: _Wrapping) -> pa.BooleanArray | None:
    """Mark the cells that are wrapped; None where none is, as in those that are held as codes."""
    if pa.types.is_dictionary(cells.type):
        return None
    if not pc.any(pc.match_substring(cells, wrapping.sign)).as_py():
        return None
    mask = pc.fill_null(pc.match_substring_regex(cells, wrapping.pattern), False)
    return mask if pc.any(mask).as_py() else None


def _said(wrapping: _Wrapping, found: Sequence[tuple[str, int, str]]) -> Notice:
    count = sum(times for _, times, _ in found)
    cells = "1 cell is" if count == 1 else f"{count:,} cells are"
    named = ", ".join(f"'{header}'" for header, _, _ in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more columns" if len(found) > _SHOWN else ""
    header, _, example = found[0]
    message = (
        f"{cells} written {wrapping.said}, in {named}{more}, and read as the text meant: {example}"
    )
    return Notice(wrapping.code, message, count, column=header if len(found) == 1 else None)
