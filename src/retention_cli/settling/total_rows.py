"""Rows of totals and subtotals in an export: said and left out, never counted twice."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.records.base import DAY, INSTANT, form_of
from retention_cli.records.word_classes import each_word

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retention_cli.reading.text import TextBatch
    from retention_cli.records.base import Record

_IDS = ("invoice_id", "customer_id", "product", "category", "person")
_MEASURED = ("amount", "hours")
_DAYS = (DAY, INSTANT)
_AMOUNT = r"\A-?[0-9]{1,18}(?:\.[0-9]{1,20})?\z"
_TOTAL = (
    r"(?i)\A[ ]*(?:(?:grand|sub|sous)?[ -]?totals?(?:[ ]+for[ ].*|[ ]+g[eé]n[eé]ral)?"
    r"|(?:gesamt|zwischen)?summe|gesamt|sum|suma|somme|totale|totaal|totaux|totales|totali|totais"
    r"|\*{1,4})[ ]*:?[ ]*\z"
)
_TOTAL_OF = (
    r"(?i)\A(?:.+[ ])?(?:(?:sub[ -]?)?totals?|(?:teil|zwischen|gesamt)?(?:ergebnis|summe)"
    r"|gesamt|somme|suma|totale|totaal)(?:[ ].+)?[ ]*:?[ ]*\z"
)
"""What programs write below a group: Acme Total, Acme Ergebnis, Summe Acme. A company may be called
so too: only a row without a day, which is nothing of its own, is known by it."""


_MAY_BE_CALLED_SO = ("customer_id", "customer_name", "end_reason", "comment")
"""A customer may be called Total, and bills of one have days."""
_WORDS = pa.array(
    [
        form(word.replace("_", " "))
        for word in each_word(
            "total totals grand_total subtotal total_general sum summe gesamt gesamtsumme zwischensumme"
            " suma somme totale totaal sous_total sub_total sub-total grand_total subtotale subtotaal"
            " monthly_total daily_total weekly_total order_total invoice_total month_total"
        )
        for form in (str.lower, str.upper, str.capitalize, str.title)
    ]
)


class Totals(NamedTuple):
    """The rows that stay, and the numbers of those whose `column` is the sum of rows above them."""

    batches: list[TextBatch]
    rows: tuple[int, ...]
    column: str = "amount"

    @property
    def message(self) -> str:
        """Say what such a row is."""
        measured = self.column in _MEASURED
        return "is the sum of rows above it" if measured else "is a row of totals, by its name"


def without_totals(
    batches: Sequence[TextBatch], model: type[Record], given: Collection[str] = ()
) -> Totals:
    """Take out rows whose amount, or else hours, is the sum of the rows above, or of those since the last total.

    Only rows without a day are looked at, in which each id is blank or a word for a total, and
    those whose own id is one; where an export has no days, one of them has to be such a word.
    What adds up to nothing above stays. Days that are `given` for all rows are of none of them.
    """
    dated = [column for column in model.dated_by if column not in given]
    names = batches[0].columns.schema.names if batches else []
    measured = next((name for name in _MEASURED if name in names), None)
    if measured is None:
        return _without_words_for_totals(batches, model)
    looks = [_looks_like_a_total(batch.columns, dated, measured) for batch in batches]
    if not any(pc.any(mask).as_py() for mask in looks):
        return Totals(list(batches), ())
    sums = set(_sums(batches, looks, measured))
    if not sums:
        return Totals(list(batches), ())
    found = pa.array(sorted(sums), pa.int64())
    kept = [one.where(pc.invert(pc.is_in(one.rows, value_set=found))) for one in batches]
    return Totals(kept, tuple(sorted(sums)), measured)


def _without_words_for_totals(batches: Sequence[TextBatch], model: type[Record]) -> Totals:
    """Take out rows of no id and no day that a word calls a total, below customers, tickets and answers."""
    names = batches[0].columns.schema.names if batches else []
    key = next((name for name in model.key if name in names), None)
    days = [n for n, info in model.model_fields.items() if form_of(info) in _DAYS and n in names]
    if key is None or not days:
        return Totals(list(batches), ())
    blank = [*days, *({"status"} & {*names})]
    found = [_called_totals(batch, key, blank) for batch in batches]
    rows = [row for some in found for row in some]
    if not rows:
        return Totals(list(batches), ())
    gone = pa.array(rows, pa.int64())
    kept = [one.where(pc.invert(pc.is_in(one.rows, value_set=gone))) for one in batches]
    return Totals(kept, tuple(rows), key)


def _called_totals(batch: TextBatch, key: str, blank: Sequence[str]) -> list[int]:
    """Give the numbers of such rows; cells of other rows are not looked at."""
    ids = batch.columns.column(key)
    mask = pc.or_(pc.is_null(ids), is_a_word_for_total(ids))
    for column in blank:
        mask = pc.and_(mask, pc.is_null(batch.columns.column(column)))
    if not pc.any(mask).as_py():
        return []
    few = batch.columns.filter(mask)
    called = reduce(pc.or_, map(is_a_word_for_total, few.columns))
    rows: list[int] = batch.rows.filter(mask).filter(called).to_pylist()
    return rows


def _looks_like_a_total(
    columns: pa.RecordBatch, dated: Sequence[str], measured: str
) -> pa.BooleanArray:
    """Mark the rows that may be totals; where no day is missing nothing else is looked at."""
    names = columns.schema.names
    there = mask = pc.is_valid(columns.column(measured))
    days = [columns.column(name) for name in dated if name in names]
    own = pc.and_(mask, False)
    for name in names if days else ():
        if name not in _MAY_BE_CALLED_SO and _is_text(columns.column(name)):
            own = pc.or_(own, _says_total(columns.column(name)))
    own = pc.and_(there, own)
    for column in days:
        mask = pc.and_(mask, _is_no_day(column))
    if not pc.any(mask).as_py():
        return own
    dayless, named = mask, pc.and_(mask, False)
    for name in _IDS:
        if name in names:
            column = columns.column(name)
            total = is_a_word_for_total(column)
            if days:
                total = pc.or_(_is_of_total(column), _is_of_another_shape(column, dayless))
            named = pc.or_(named, total)
            mask = pc.and_(mask, pc.or_(pc.is_null(column), total))
    for column in days:
        mask = pc.and_(mask, pc.or_(pc.is_null(column), _is_of_total(column)))
    return pc.or_(mask, own) if days else pc.and_(mask, named)


def _says_total(column: pa.Array) -> pa.BooleanArray:
    """Mark cells that are a plain word for a total."""
    if pa.types.is_dictionary(column.type):
        words = pc.is_in(column.dictionary, value_set=_WORDS)
        return pc.fill_null(pc.take(words, column.indices), False)
    return pc.is_in(column, value_set=_WORDS)


def _is_text(column: pa.Array) -> bool:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_no_day(column: pa.Array) -> pa.BooleanArray:
    """Mark cells that are blank or start with no digit, at the cost of a comparison."""
    if pa.types.is_dictionary(column.type):
        words = pc.greater_equal(column.dictionary, ":")
        return pc.fill_null(pc.take(words, column.indices), True)
    return pc.fill_null(pc.greater_equal(column, ":"), True)


def is_a_word_for_total(column: Any) -> Any:
    """Mark the cells that say that they are totals.

    Example:
        >>> is_a_word_for_total(pa.array(["Total", "**", "Sum of parts", None])).to_pylist()
        [True, True, False, False]
    """
    return pc.fill_null(pc.match_substring_regex(as_text(column), _TOTAL), False)


def _is_of_total(column: Any) -> Any:
    return pc.fill_null(pc.match_substring_regex(as_text(column), _TOTAL_OF), False)


def _is_of_another_shape(column: Any, dayless: pa.BooleanArray) -> Any:
    """Mark words where each row with a day has a code: 'Razem C1' in a column of C1, C2, C3."""
    cells = as_text(column)
    digits = pc.match_substring_regex(cells, "[0-9]")
    spaces = pc.match_substring(cells, " ")
    codes = pc.fill_null(pc.and_(digits, pc.invert(spaces)), True)
    if not pc.all(pc.or_(codes, dayless)).as_py():
        return pc.and_(dayless, False)
    return pc.invert(codes)


def _sums(
    batches: Sequence[TextBatch], looks: Sequence[pa.BooleanArray], measured: str
) -> list[int]:
    """Give the numbers of rows that are sums; an amount that cannot be read ends the search."""
    found: list[int] = []
    above = group = Decimal(0)
    counted = 0
    for batch, mask in zip(batches, looks, strict=True):
        amounts = as_text(batch.columns.column(measured))
        readable = pc.match_substring_regex(amounts, _AMOUNT)
        rows = zip(
            batch.rows.to_pylist(),
            amounts.to_pylist(),
            readable.to_pylist(),
            mask.to_pylist(),
            strict=True,
        )
        for row, text, is_readable, is_candidate in rows:
            if text is None:
                continue
            if not is_readable:
                return found
            amount = Decimal(text)
            if is_candidate and counted and amount in {above, group}:
                found.append(row)
                group = Decimal(0)
                continue
            above, group, counted = above + amount, group + amount, counted + 1
    return found
