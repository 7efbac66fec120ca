"""Rows of ledgers that say that they are a balance of before: money, and of no day of their own."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Outcome, Problem
from retention_cli.frames.columns import as_text
from retention_cli.mapping.preparing import Prepared

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_cli.mapping.layout import Layout

_KINDS = ("invoices", "costs")
_TEXTS = ("invoice_id", "customer_id", "customer_name", "product", "category", "document_type")
_BALANCE = r"(?:balance|bal\.?)"
_FORWARD = r"(?:brought|carried)[ -]*(?:forward|fwd|over|down)|[bc]/?(?:f|d|fwd|forward)"
_SAYS_SO = (
    r"(?i)\A[ \t*\-]*(?:"
    rf"(?:opening|starting|beginning|previous|prior|closing|ending) {_BALANCE}s?"
    rf"|{_BALANCE} (?:{_FORWARD})|(?:total |amount )?(?:brought|carried)[ -]*(?:forward|fwd|over)"
    r"|[uü]bertrag|saldo-?(?:vortrag|[uü]bertrag)|vortragssaldo|vortrag (?:aus )?vorjahr|er[oö]ffnungssaldo"
    r"|(?:anfangs|er[oö]ffnungs|schluss)(?:bestand|saldo|bilanz)|er[oö]ffnungsbilanzwert|eb-?wert(?:e)?"
    r"|report [aà] nouveau|[aà][ -]nouveaux?|[aà] reporter"
    r"|solde (?:initial|pr[eé]c[eé]dent|report[eé]|ant[eé]rieur|d['\x{2019}]ouverture|[aà] nouveau)"
    r"|saldos? (?:inicia(?:l|is|les)|anterior(?:es)?|iniziale|precedente|(?:di|de) (?:apertura|abertura))"
    r"|saldo a nuevo|(?:a )?riporto|(?:begin|opening|aanvangs)saldo|saldo (?:vorige|begin) .{1,20}"
    r")(?:[ \t]*[:,(\-]?[ \t]*(?:(?:as (?:of|at)|on|at|from|of|per|vom|zum|am|au|du|al|del|a|em|op|van)[ \t]+)?"
    r"[(0-9][0-9./\- )]*)?[ \t*:.\-]*\z"
)

_LONGEST = 200
"""Bytes of the longest cell that is looked at: the words and a date take half of it."""


_BEGINNINGS = (
    *("op", "st", "be", "pr", "cl", "en", "ba", "br", "ca", "to", "am", "ub", "sa", "vo"),
    *("er", "an", "sc", "eb", "re", "a ", "a-", "so", "ri", "aa"),
)


def _beginnings() -> npt.NDArray[np.bool_]:
    """Give the first two bytes of the words; after blanks and signs, and of ü and à, any second."""
    found = np.zeros((256, 256), dtype=np.bool_)
    for word in _BEGINNINGS:
        for one in (word, word.upper()):
            for other in (one, one[0] + one[1].swapcase()):
                found[ord(other[0]), ord(other[1])] = True
    found[[*b" \t*-", "ü".encode()[0]]] = True
    return found


_BEGIN = _beginnings()


def without_brought_forward(ready: Prepared, layout: Layout) -> Prepared:
    """Leave out rows of money in which a cell of text says nothing but that, and is not a sale."""
    if layout.kind not in _KINDS:
        return ready
    ours = [layout.sources.get(name) for name in _TEXTS]
    places = [*(place for place in ours if isinstance(place, int)), *layout.others.values()]
    found: list[int] = []
    batches = []
    for batch in ready.sheet.batches:
        said = [_says_so(batch.columns.column(place)) for place in places]
        mask = reduce(pc.or_, said) if said else None
        if mask is not None and pc.any(mask).as_py():
            found += batch.rows.filter(mask).to_pylist()
            batch = batch.where(pc.invert(mask))  # noqa: PLW2901
        if len(batch.rows):
            batches.append(batch)
    if not found:
        return ready
    message = "left out: it is a balance brought forward"
    gone = [Problem(row, "brought-forward", message, outcome=Outcome.SKIPPED) for row in found]
    return Prepared(replace(ready.sheet, batches=batches), (*ready.skipped, *gone))


def _says_so(column: pa.Array) -> pa.BooleanArray:
    if pa.types.is_dictionary(column.type):
        words = _says_so(as_text(column.dictionary))
        return pc.fill_null(pc.take(words, column.indices), False)
    maybe = np.flatnonzero(_may_say_so(column))
    marks = np.zeros(len(column), dtype=np.bool_)
    if len(maybe):
        found = pc.match_substring_regex(column.take(pa.array(maybe)), _SAYS_SO)
        marks[maybe] = np.asarray(found, dtype=np.bool_)
    return pa.array(marks)


def _may_say_so(column: pa.StringArray) -> npt.NDArray[np.bool_]:
    """Mark the short cells that begin as one of the words does: most begin otherwise."""
    _, offsets, data = column.buffers()
    ends = np.frombuffer(offsets, np.int32, len(column) + 1, column.offset * 4)
    lengths = np.diff(ends)
    places = np.flatnonzero((lengths > 1) & (lengths <= _LONGEST))
    marks = np.zeros(len(column), dtype=np.bool_)
    if len(places):
        text, starts = np.frombuffer(data, np.uint8), ends[places]
        marks[places] = _BEGIN[text[starts], text[starts + 1]]
    if column.null_count:
        marks &= np.asarray(pc.is_valid(column))
    return marks
