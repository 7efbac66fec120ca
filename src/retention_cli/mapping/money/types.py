"""The type of each document: which are credits, which are not known."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells, each_distinct
from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.amounts import listed
from retention_cli.mapping.money.case import distinct, says
from retention_cli.records.document_types import (
    CREDIT,
    DEPOSIT,
    DOCUMENTS,
    FINAL,
    INVOICE,
    OTHER,
    PURCHASES,
    TYPES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention_cli.mapping.money.case import Case

COLUMN = "document_type"
_BLANK = ""


class Types(NamedTuple):
    """What the rows of a file are by their type.

    Shape: `credited` marks credits, `purchases` the documents that a customer's purchases are,
        `because` says what each word was taken for.
    """

    header: str
    texts: Any
    credited: Any
    purchases: Any
    because: str


def types_of(case: Case) -> Types | None:
    """Say what each row of a file is by its type; None where the file has no types.

    Errors: AmbiguousColumnError for types that are not known.
    """
    if COLUMN not in case.cells:
        return None
    told = case.told(COLUMN)
    read = case.reader(COLUMN, DOCUMENTS)
    if told:
        case.cells[COLUMN] = case.cells[COLUMN].each(partial(_in_ours, read=read))
    meanings = _with_blank(case, case.meanings(COLUMN, read), told)
    texts = case.cells[COLUMN].text
    _refuse_deposits(case, texts, read)
    _refuse_unknown(case, texts, meanings)
    leading = next((one for one in PURCHASES if pc.any(says(meanings, one)).as_py()), INVOICE)
    return Types(
        header=case.header(COLUMN),
        texts=texts,
        credited=says(meanings, CREDIT),
        purchases=says(meanings, leading),
        because=_because(texts, read),
    )


def _in_ours(texts: Any, read: Callable[[str], str | None]) -> Any:
    """Put our word for those that only the settings know, so that everybody does."""

    def known(word: str) -> str | None:
        return word if DOCUMENTS.meaning(word) else read(word)

    return pc.coalesce(each_distinct(texts, known, pa.string()), texts)


def _with_blank(case: Case, meanings: Any, told: Mapping[str, str]) -> Any:
    """Take a blank type as an invoice where types mark credits only, or as the settings say."""
    texts = case.cells[COLUMN].text
    if not texts.null_count:
        return meanings
    found = set(distinct(meanings))
    blank = told.get(_BLANK) or (INVOICE if found <= {CREDIT} else None)
    if blank is None:
        return meanings
    case.cells[COLUMN] = Cells(pc.fill_null(texts, blank))
    return pc.if_else(pc.is_null(texts), DOCUMENTS.meaning(blank), meanings)


def _refuse_deposits(case: Case, texts: Any, read: Callable[[str], str | None]) -> None:
    """Ask whether invoices of parts stand in those that end them too."""
    words = distinct(texts)
    parts = [word for word in words if DEPOSIT.search(folded(word)) and read(word) in PURCHASES]
    last = [word for word in words if FINAL.search(folded(word)) and word not in parts]
    if not parts or not last or {*case.told(COLUMN)} >= {*parts}:
        return
    named = [
        f"'{word}' ({case.counted(pc.fill_null(pc.equal(texts, word), False))})"
        for word in (*parts, *last)
    ]
    unknown = dict.fromkeys((word for word in last if read(word) is None), INVOICE)
    raise case.ask(
        f"{COLUMN} ('{case.header(COLUMN)}')",
        f"has {listed(named)}, and whether the last hold the whole amount is not known",
        f'if they do, say what the parts are ("{OTHER}", else "{INVOICE}")',
        values={COLUMN: {**dict.fromkeys(parts, OTHER), **unknown}},
    )


def _refuse_unknown(case: Case, texts: Any, meanings: Any) -> None:
    """Ask what documents of a type are that nobody here knows."""
    unknown = pc.is_null(meanings)
    if not pc.any(unknown).as_py():
        return
    words = distinct(texts, unknown)
    named = [
        f"'{word}' ({case.counted(pc.fill_null(pc.equal(texts, word), False))})" for word in words
    ]
    asked = dict.fromkeys(words, INVOICE)
    if pc.any(pc.is_null(texts)).as_py():
        named.append(f"a blank cell ({case.counted(pc.is_null(texts))})")
        asked[_BLANK] = INVOICE
    raise case.ask(
        f"{COLUMN} ('{case.header(COLUMN)}')",
        f"has {listed(named)}, and whether that is an invoice is not known",
        f"say what each is ({', '.join(TYPES)})",
        values={COLUMN: asked},
    )


def _because(texts: Any, read: Callable[[str], str | None]) -> str:
    """Say what each word of a column was taken for."""
    taken: dict[str, list[str]] = {}
    for word in distinct(texts):
        taken.setdefault(read(word) or "", []).append(f"'{word}'")
    return "; ".join(f"{listed(words)}: {ours}" for ours, words in taken.items() if ours)
