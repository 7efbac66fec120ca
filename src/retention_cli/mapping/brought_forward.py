"""Rows of ledgers that say that they are a balance of before: money, and of no day of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Outcome, Problem
from retention_cli.frames.columns import as_text
from retention_cli.mapping.preparing import Prepared

if TYPE_CHECKING:
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


def without_brought_forward(ready: Prepared, layout: Layout) -> Prepared:
    """Leave out rows of money in which a cell of text says nothing but that, and is not a sale."""
    if layout.kind not in _KINDS:
        return ready
    ours = [layout.sources.get(name) for name in _TEXTS]
    places = [*(place for place in ours if isinstance(place, int)), *layout.others.values()]
    found: list[int] = []
    batches = []
    for batch in ready.sheet.batches:
        mask = pa.repeat(pa.scalar(False), len(batch.rows))
        for place in places:
            mask = pc.or_(mask, _says_so(batch.columns.column(place)))
        if pc.any(mask).as_py():
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
        words = pc.match_substring_regex(as_text(column.dictionary), _SAYS_SO)
        return pc.fill_null(pc.take(words, column.indices), False)
    return pc.fill_null(pc.match_substring_regex(column, _SAYS_SO), False)
