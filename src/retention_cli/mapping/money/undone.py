"""Documents that undo another: by a number in a column of theirs, or by their own and the same amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.amounts.once_per import codes_of
from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.amounts import count as count_of
from retention_cli.mapping.money.amounts import is_negative, is_positive
from retention_cli.mapping.money.statuses import MOST_UNSURE, share_of
from retention_cli.mapping.money.twins import counting
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_cli.mapping.money.case import Case

_FORMS = (
    r"\A(?P<affix>[A-Za-z]{1,12}[-_/. ]*|-)(?P<base>[0-9].*)\z",
    r"\A(?P<affix>[A-Za-z]{1,3}[-_/. ]+)(?P<base>.+)\z",
    r"\A(?P<base>.*[0-9])(?P<affix>[-_/. ]*[A-Za-z]{1,12})\z",
)
_SAMPLE, _SHORTEST, _FEWEST = 1 << 14, 3, 3
_UNDOES = lazy_pattern(
    "(?:reversal|reverses|reversed|creditnote|credit(?:s|ed)?|refund(?:s|ed)?|storno|stornierte?|gutschrift"
    "|corrects?|corrected|amends?|korrigiert|berichtigt|korrektur|corrige|annul|avoir|rembours|rectific|rimbors|terugbet|abono)\\w*"
    "(?:of|for|to|zu|von|fur|sur|de|id|no|nr|num|number|invoice|order|transaction|document|rechnung"
    "|beleg|facture|factura|fattura|factuur|fatura)"
    "|original(?:invoice|order|transaction|document|sale)\\w*|ursprung\\w*|factureorigine|facturedorigine"
    "|facturaoriginal|fatturaoriginale|origineel\\w*|facturarectificada|(?:applied|applies)to\\w*"
)


def refuse_undoing_numbers(case: Case) -> None:
    """Ask about documents such as S-R1 beside R1, with the customer and the amount of the other.

    Errors: AmbiguousColumnError, where no type tells what they are.
    """
    told = "document_type" in case.cells
    if told or "invoice_id" not in case.cells or not case.rows:
        return
    for form in _FORMS:
        if _undoing(case, case.first("invoice_id", _SAMPLE), form) is None:
            continue
        ids = case.cells["invoice_id"].text
        undoing = _undoing(case, ids, form)
        if undoing is None:
            continue
        header = case.header("invoice_id")
        marked = pc.is_in(ids, value_set=undoing)
        first, words = ids.filter(marked)[0].as_py(), undoing.to_pylist()
        raise case.ask(
            f"amount ('{case.header('amount')}')",
            f"{case.counted(marked)} have a number such as '{first}' in '{header}', which is that of"
            " another with letters beside it, and the customer and the amount of this one",
            f"if every row counts, write amount = {case.as_it_stands}; if these are the same again,"
            f' leave_out = {{ "{header}" = ["{first}", …] }} leaves them out; if they take the others'
            " off, write this",
            columns={"amount": case.amount(negative={header: tuple(words)})},
        )


def referring(case: Case) -> Iterator[str]:
    """Ask about documents that name another one of the file, and may be it once more; say of few that they count.

    Errors: AmbiguousColumnError.
    """
    if "invoice_id" not in case.cells or not case.rows:
        return
    number = case.header("invoice_id")
    told = case.rule.leave_out if case.rule else {}
    for header, place in () if number in told else case.others.items():
        if _names(case, place, min(case.rows, _SAMPLE)) is None:
            continue
        found = _names(case, place, case.rows)
        if found is None:
            continue
        counted = case.counted(found.marked)
        every = f"if every row counts, write leave_out = {{ {quoted(header)} = [] }}"
        if found.adds_up:
            raise case.ask(
                f"amount ('{case.header('amount')}')",
                f"rows with any '{header}' add up to the documents that it names: {counted}",
                f"{every}; if these are counted already, write this",
                leave_out={header: ["*"]},
            )
        if found.of_one_customer and share_of(case, found.marked) > MOST_UNSURE:
            raise case.ask(
                f"amount ('{case.header('amount')}')",
                f"rows with any '{header}' name other rows: {counted}; whether they come on top of"
                " these or replace them is not known",
                f"{every}; if they take those off, amount = {case.amount(negative={header: ('*',)})};"
                f' if they are replaced by those, leave_out = {{ {quoted(header)} = ["*"] }};'
                " if they replace those, write this",
                leave_out={number: found.named},
            )
        yield case.count_too(header, place, ["*"])


def refuse_named_parts(case: Case) -> None:
    """Ask about rows that name another row of their invoice, by its product, its line or anything else.

    Errors: AmbiguousColumnError.
    """
    if "invoice_id" not in case.cells:
        return
    count = min(case.rows, _SAMPLE)
    ids = case.first("invoice_id", count)
    if pc.count_distinct(ids).as_py() == len(ids):
        return
    columns = dict(case.layout.others_and_quantity(case.sheet.headers))
    product = case.layout.sources.get("product")
    columns |= {case.header("product"): product} if isinstance(product, int) else {}
    held = {
        header: pc.utf8_trim(as_text(case.sheet.held(place)[:count]), WHITE_SPACE)
        for header, place in columns.items()
    }
    for header in [one for one in held if one in case.others]:
        of = next(
            (one for one in held if one != header and _lie_in(ids, held[header], held[one])), None
        )
        if of is not None:
            marked = pc.is_valid(case.words(columns[header]))
            raise case.ask(
                f"amount ('{case.header('amount')}')",
                f"'{header}' names another row of the invoice by its '{of}', as a part of it:"
                f" {case.counted(marked)}",
                f"if every row counts, write leave_out = {{ {quoted(header)} = [] }}; if these are"
                " in the rows that they name, write this",
                leave_out={header: ["*"]},
            )


def _lie_in(ids: Any, texts: Any, named: Any) -> bool:
    """Say whether each text is what another row of its invoice has in a second column."""
    filled = pc.fill_null(pc.not_equal(texts, ""), False)
    found = count_of(filled)
    if found < _FEWEST or found == len(texts):
        return False
    texts, own, beside = texts.filter(filled), ids.filter(filled), named.filter(filled)
    plain = _are_plain(texts)
    if (plain and found < 2 * _FEWEST) or pc.any(pc.equal(texts, beside)).as_py():
        return False
    if not pc.all(pc.is_in(texts, value_set=pc.unique(named).drop_null())).as_py():
        return False
    pairs = [
        pc.binary_join_element_wise(pc.cast(one, pa.string()), two, "\0")
        for one, two in ((own, texts), (ids, named))
    ]
    return pc.all(pc.is_in(pairs[0], value_set=pc.unique(pairs[1]).drop_null())).as_py() is True


class _Naming(NamedTuple):
    """Rows that name others, the numbers of these, and whether they are the same money or customers."""

    marked: Any
    named: Sequence[str]
    adds_up: bool
    of_one_customer: bool


def _names(case: Case, place: int, count: int) -> _Naming | None:
    """Find the rows that name another one in a column; None where it is not one of such references."""
    ids = case.first("invoice_id", count)
    texts = pc.utf8_trim(as_text(case.sheet.held(place)[:count]), WHITE_SPACE)
    filled = pc.fill_null(pc.not_equal(texts, ""), False)
    marked = pc.is_in(texts, value_set=pc.unique(ids).drop_null())
    marked = pc.and_(marked, pc.fill_null(pc.not_equal(texts, ids), False))
    found, of = count_of(marked), count_of(filled)
    if not found or of == len(ids) or (found < of and (_are_plain(texts) or 2 * found < of)):
        return None
    amounts = counting(case, len(ids))
    named = pc.unique(texts.filter(marked)).to_pylist()
    if amounts is None or min(map(len, named)) < _SHORTEST:
        return None
    both, _ = codes_of(pa.chunked_array([*_chunks(ids), *_chunks(texts)]))
    own, theirs = both[: len(ids)], both[len(ids) :]
    rows = np.asarray(marked)
    sums, parts = np.zeros((2, both.max(initial=0) + 1), np.int64)
    np.add.at(sums, own, amounts)
    np.add.at(parts, theirs[rows], amounts[rows])
    held = np.unique(theirs[rows])
    same = bool(found == of and (sums[held] == parts[held]).all() and parts[held].any())
    if not same and (amounts[rows] <= 0).all():
        return None
    return _Naming(marked, named, same, _of_one(case, own, theirs, rows))


def _of_one(case: Case, own: Any, theirs: Any, rows: Any) -> bool:
    """Say whether documents are of the customers of those that they name."""
    for column in ("customer_id", "customer_name"):
        if column in case.cells:
            who, _ = codes_of(case.first(column, len(own)))
            of = np.full(max(own.max(initial=0), theirs.max(initial=0)) + 1, -1)
            of[own] = who
            return bool((of[theirs[rows]] == who[rows]).all())
    return True


def _are_plain(texts: Any) -> bool:
    """Say whether texts are whole numbers, as amounts of anything may be."""
    return pc.all(pc.match_substring_regex(texts, r"\A[0-9]*\z")).as_py() is True


def _chunks(texts: Any) -> list[pa.Array]:
    return [chunk.cast(pa.string()) for chunk in getattr(texts, "chunks", [texts])]


def _undoing(case: Case, ids: Any, form: str) -> pa.Array | None:
    """Give the numbers of documents that another one, whose number theirs is made of, has in its amount."""
    found = pc.extract_regex(ids, form)
    affix = pc.fill_null(pc.struct_field(found, "affix"), "")
    letters, _ = codes_of(affix)
    plain = pa.array(letters == np.bincount(letters).argmax())
    base = pc.coalesce(pc.struct_field(found, "base"), ids)
    amounts = None if pc.all(plain).as_py() else counting(case, len(ids))
    if amounts is None:
        return None
    bases = _whole(pc.if_else(plain, base, None))
    made = pc.is_in(base, value_set=bases, skip_nulls=True)
    rows = np.flatnonzero(np.asarray(pc.and_(made, pc.invert(plain))))
    codes, _ = codes_of(ids)
    sums = np.zeros(codes.max(initial=0) + 1, np.int64)
    np.add.at(sums, codes, amounts)
    others = np.asarray(pc.index_in(base.take(pa.array(rows)), value_set=bases))
    same = (sums[codes[rows]] == sums[codes[others]]) & (sums[codes[rows]] > 0)
    for column in ("customer_id", "customer_name"):
        if column in case.cells:
            who, _ = codes_of(case.first(column, len(ids)))
            same &= who[rows] == who[others]
    return _whole(pc.unique(ids.take(pa.array(rows[same])))) if same.any() else None


def _whole(texts: Any) -> pa.Array:
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def refuse_undoing(case: Case) -> None:
    """Ask about rows that name an invoice which they undo, or have the number of a credit note.

    Errors: AmbiguousColumnError, where their amounts have no sign.
    """
    for header, place in case.layout.others.items():
        if _UNDOES.fullmatch(folded(header)):
            _refuse_undoing(case, header, case.words(place))
        if meaning(header).any >= {"credited", "id"}:
            _refuse_own_numbers(case, header, case.words(place))


def _refuse_undoing(case: Case, header: str, words: Any) -> None:
    """Ask about rows that name an invoice which they undo."""
    if "invoice_id" not in case.cells:
        return
    ids = case.cells["invoice_id"].text
    naming = pc.and_(pc.is_valid(words), pc.fill_null(pc.not_equal(words, ids), False))
    known = pc.is_in(words.filter(naming), value_set=pc.unique(ids).drop_null())
    undone = case.amounts.filter(
        pc.fill_null(pc.is_in(ids, value_set=pc.unique(words.filter(naming)).drop_null()), False)
    )
    if (
        not pc.any(known).as_py()
        or pc.any(is_negative(undone)).as_py()
        or not pc.any(pc.and_(naming, is_positive(case.amounts))).as_py()
    ):
        return
    raise case.ask(
        "amount",
        f"'{header}' names other invoices in {case.counted(naming)}, and their amounts have no sign",
        "say whether these rows are taken off (negative = {} takes nothing off)",
        columns={"amount": case.amount(negative={header: ("*",)})},
    )


def _refuse_own_numbers(case: Case, header: str, words: Any) -> None:
    """Ask about rows whose number is that of a credit note, and in place of that of an invoice."""
    if "invoice_id" not in case.cells:
        return
    unbilled = pc.is_null(case.cells["invoice_id"].text)
    own = pc.and_(pc.is_valid(words), unbilled)
    if pc.all(unbilled).as_py() or not pc.any(pc.and_(own, is_positive(case.amounts))).as_py():
        return
    raise case.ask(
        "amount",
        f"'{header}' is filled in {case.counted(own)} that have no '{case.header('invoice_id')}', and"
        " their amounts have no sign",
        "say whether these rows are taken off (negative = {} takes nothing off)",
        columns={"amount": case.amount(negative={header: ("*",)})},
    )
