"""The status of each invoice, from every column that says one: what counts, and what does not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells, each_distinct
from retention_cli.mapping.money.amounts import (
    count,
    is_negative,
    is_positive,
    listed,
    total,
    without_sign,
)
from retention_cli.mapping.money.asking import value_line
from retention_cli.mapping.money.case import OTHERS, distinct, says
from retention_cli.mapping.money.finding import is_doubt, status_columns, status_flags
from retention_cli.mapping.money.versions import outdated_as_told
from retention_cli.records.billing_statuses import (
    BILLED,
    BILLING,
    CREDITED,
    DRAFT,
    PARTLY_REFUNDED,
    REFUNDED,
    STATUSES,
    VOID,
)
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retention_cli.mapping.money.case import Case

COLUMN = "status"
_WORST = (VOID, DRAFT, CREDITED, REFUNDED)
_MOST_WORDS = 8
MOST_UNSURE = Decimal("0.01")
"""From this share of the rows or of the amounts on a word that is not known is asked about."""


class Statuses(NamedTuple):
    """What the rows of a file are by their status.

    Shape: `credited` marks those that say they are credits, if any does; `assumed` what was not known for sure,
        `because` what each word was taken for.
    """

    credited: Any
    assumed: tuple[str, ...]
    because: str


def statuses_of(case: Case, *, refunds_told: bool) -> Statuses | None:
    """Put our words for statuses into the cells of a file; None where it has none.

    With `refunds_told` another column has what was refunded: an invoice that was counts in full.
    Errors: AmbiguousColumnError for words that are not known, in more than a few rows.
    """
    columns, flags = list(_columns(case)), list(_flags(case, refunds_told=refunds_told))
    old = outdated_as_told(case)
    if not columns and not flags and old is None:
        return None
    read = case.reader(COLUMN, BILLING)
    if len(columns) == 1 and not flags and old is None and COLUMN in case.cells:
        plain = each_distinct(case.cells[COLUMN].texts, read, pa.string())
        if not refunds_told and pc.all(says(plain, BILLED, DRAFT, VOID, REFUNDED)).as_py():
            return _at_once(case, columns[0], read)
    assumed: list[str] = []
    texts = case.cells[COLUMN].text if COLUMN in case.cells else None
    found = _no_texts(case) if texts is None else texts
    for header, words in columns:
        meanings = each_distinct(words, read, pa.string())
        if refunds_told:
            meanings = pc.if_else(says(meanings, REFUNDED, PARTLY_REFUNDED), BILLED, meanings)
        assumed += _unknown(case, header, words, meanings)
        found = _worse(found, meanings)
        assumed += _partly(case, header, words, says(meanings, PARTLY_REFUNDED))
    assumed += _flagged(case, flags)
    for _, meanings in flags:
        found = _worse(found, meanings)
    if old is not None:
        found = _worse(found, pc.if_else(old, VOID, pa.scalar(None, pa.string())))
        # What an earlier version says is no line of the invoice, and need not agree with it.
        ids = case.cells["invoice_id"].text
        case.cells["invoice_id"] = Cells(pc.if_else(old, pa.scalar(None, pa.string()), ids))
    case.cells[COLUMN] = Cells(found)
    because = "; ".join(_because(header, words, read) for header, words in columns)
    credited = says(found, CREDITED)
    marked = credited if pc.any(credited).as_py() else None
    return Statuses(marked, tuple(assumed), because)


def _at_once(case: Case, column: tuple[str, Any], read: Callable[[str], str | None]) -> Statuses:
    """Put our words for each text once, where all are known and one column has them."""

    def ours(texts: Any) -> Any:
        return _worse(texts, each_distinct(texts, read, pa.string()))

    case.cells[COLUMN] = case.cells[COLUMN].each(ours)
    return Statuses(None, (), _because(*column, read))


def _columns(case: Case) -> Iterator[tuple[str, Any]]:
    """Give each column of statuses with its texts; the settings may name the only one."""
    if COLUMN in case.cells:
        yield case.header(COLUMN), case.cells[COLUMN].text
    if not _is_told(case):
        for header, place in status_columns(case.sheet, case.layout):
            yield header, case.words(place)


def _flags(case: Case, *, refunds_told: bool) -> Iterator[tuple[str, Any]]:
    """Give each column that says by a yes, or by a day, that an invoice does not count."""
    if _is_told(case):
        return
    for header, place, meaning, marks in status_flags(case.sheet, case.layout):
        if refunds_told and meaning == REFUNDED:
            continue
        words = case.words(place)
        yield header, pc.if_else(marks(words), meaning, pa.scalar(None, pa.string()))
    ids = case.cells["invoice_id"].text if "invoice_id" in case.cells else None
    for header, place in case.layout.others.items() if ids is not None else ():
        if is_doubt(header, "replaces"):
            words = case.words(place)
            named = pc.unique(words.filter(pc.fill_null(pc.not_equal(words, ids), False)))
            replaced = pc.is_in(
                ids, value_set=pa.array(named.to_pylist(), pa.string()), skip_nulls=True
            )
            yield header, pc.if_else(replaced, VOID, pa.scalar(None, pa.string()))


def _is_told(case: Case) -> bool:
    """Whether the settings say that one column, or none, has the status."""
    layout = case.layout
    return COLUMN in layout.constants or isinstance(layout.sources.get(COLUMN), Recipe)


def _no_texts(case: Case) -> Any:
    return pc.if_else(pc.is_valid(case.amounts), pa.scalar(None, pa.string()), None)


def _worse(texts: Any, meanings: Any) -> Any:
    """Put the worse of two statuses: one that counts stays in its own words."""
    for place, one in enumerate(_WORST):
        before = says(texts, *_WORST[:place])
        texts = pc.if_else(pc.and_(says(meanings, one), pc.invert(before)), one, texts)
    return texts


def _unknown(case: Case, header: str, words: Any, meanings: Any) -> Iterator[str]:
    """Ask about words that are not known, or say how few rows have them."""
    unknown = pc.and_(pc.is_null(meanings), pc.is_valid(words))
    if not pc.any(unknown).as_py():
        return
    named = [
        f"'{word}' ({case.counted(pc.fill_null(pc.equal(words, word), False))})"
        for word in distinct(words, unknown)
    ]
    asked = dict.fromkeys(distinct(words, unknown), BILLED)
    if share_of(case, unknown) > MOST_UNSURE:
        if len(asked) > _MOST_WORDS:
            asked = {OTHERS: BILLED}
        raise case.ask(
            f"{COLUMN} ('{header}')",
            f"has {listed(named)}, and whether such an invoice counts is not known",
            f"say what each is ({', '.join(STATUSES)})",
            values={COLUMN: asked},
        )
    yield (
        f"'{header}' has {listed(named)}, which are not known and count; if they do not, write in"
        f" retention.toml: {value_line(COLUMN, next(iter(asked)), VOID)}"
    )


def _flagged(case: Case, flags: Sequence[tuple[str, Any]]) -> Iterator[str]:
    for header, meanings in flags:
        marked = pc.is_valid(meanings)
        if pc.any(marked).as_py():
            word = distinct(meanings)[0]
            effect = "count as 0" if word == REFUNDED else "count in no figure"
            yield (
                f"'{header}' marks {case.counted(marked)}: they are taken as {word}, and {effect};"
                ' if they count, write in retention.toml: [export.constants] status = "billed"'
            )


def _partly(case: Case, header: str, words: Any, partly: Any) -> Iterator[str]:
    """Ask what was refunded of invoices where no row and no column says it."""
    if not pc.any(partly).as_py() or _has_credits(case):
        return
    if share_of(case, partly) > MOST_UNSURE:
        raise case.ask(
            f"{COLUMN} ('{header}')",
            f"{case.counted(partly)} are partly refunded, and how much of them is in no column",
            "export the refunds too, or say what these rows count as",
            values={COLUMN: dict.fromkeys(distinct(words, partly), BILLED)},
        )
    key = value_line(COLUMN, distinct(words, partly)[0], BILLED)
    yield (
        f"{case.counted(partly)} are partly refunded, and how much of them is in no column: they"
        f" count in full; if that is right, write in retention.toml: {key}"
    )


def _has_credits(case: Case) -> bool:
    """Whether a file has amounts of both signs."""
    amounts = case.amounts
    return bool(pc.any(is_negative(amounts)).as_py() and pc.any(is_positive(amounts)).as_py())


def share_of(case: Case, mask: Any) -> Decimal:
    """Give the share of the rows that are marked, or of their amounts where that is more."""
    bare = without_sign(case.amounts)
    of_rows = Decimal(count(mask)) / max(len(bare), 1)
    return max(of_rows, total(bare, mask) / (total(bare, pc.is_valid(bare)) or 1))


def _because(header: str, words: Any, read: Callable[[str], str | None]) -> str:
    taken: dict[str, list[str]] = {}
    for word in distinct(words):
        taken.setdefault(read(word) or "not known", []).append(f"'{word}'")
    said = "; ".join(f"{listed(some)}: {ours}" for ours, some in taken.items())
    return f"by its header; {said}" if said else f"by its header '{header}'"
