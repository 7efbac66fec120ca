"""Rows that hold the amounts of others once more: heads, bundles beside their parts, sums without a name."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.amounts.once_per import codes_of
from retention_cli.mapping.amounts.other_numbers import millionths
from retention_cli.mapping.cells.known_words import told
from retention_cli.mapping.money.amounts import named
from retention_cli.mapping.money.finding import first_words, is_doubt
from retention_cli.mapping.money.indented import parts_below
from retention_cli.records.word_classes import plain_words
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from retention_cli.mapping.money.case import Case

    Mask = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.int64]

_WORDS = {sort: frozenset(words.split()) for sort, words in told("sums").items()}
_KEYS = ("invoice_id", "customer_id", "customer_name")
_FEWEST, _DEPTH, _JOURNAL = 2, 3, 4
_MOST_UNNAMED = 60
_SAMPLE = 1 << 14


def refuse_sums(case: Case) -> None:
    """Ask about rows whose amounts are those of others, as far as a word, a header or a blank gives reason.

    Errors: AmbiguousColumnError, where the sums prove it.
    """
    recipe = case.layout.sources.get("amount")
    if isinstance(recipe, Recipe) and recipe.as_it_stands:
        return
    for header, place in _columns(case).items():
        if "invoice_id" in case.cells and is_doubt(header, "parent"):
            _refuse_parts(case, header, place)
        below = parts_below(case, place)
        if below is not None:
            which = f"rows with {named(below[1])} in '{header}' are parts of the rows above them"
            raise _question(case, which, np.asarray(below[0]), header, below[1])
        words = first_words(case.sheet, place)
        heads = [word for word in words if _is(word, "heads") or _sums_up(word)]
        if heads:
            _refuse_heads(case, header, place, heads)
        parts = [word for word in words if _is(word, "parts")]
        if parts and "invoice_id" in case.cells:
            _refuse_bundles(case, header, place, words, parts)
    _refuse_unnamed(case)
    _refuse_strewn(case)
    _refuse_closings(case)
    if case.layout.kind == "invoices":
        _refuse_journal(case)


def _columns(case: Case) -> dict[str, int]:
    ours = {
        case.header(column): place
        for column in ("product", "category")
        if isinstance(place := case.layout.sources.get(column), int)
    }
    return {**case.layout.others_and_quantity(case.sheet.headers), **ours}


def _is(word: str, sort: str) -> bool:
    return plain_words(word) in _WORDS[sort]


def _sums_up(word: str) -> bool:
    """Say whether a text calls a row a total of something; what is but a word for it is known elsewhere."""
    words = plain_words(word).split()
    return len(words) > 1 and not _WORDS["totals"].isdisjoint(words)


def _refuse_heads(case: Case, header: str, place: int, heads: Sequence[str]) -> None:
    marked, numbers = _marked(case, place, heads), millionths(case.amounts)
    if numbers is None or np.count_nonzero(~marked) < _FEWEST:
        return
    rest, sums = int(numbers[~marked].sum()), int(numbers[marked].sum())
    if rest and sums in {rest * depth for depth in range(1, _DEPTH + 1)}:
        which = f"rows with {named(heads)} in '{header}' add up to all others"
        raise _question(case, which, marked, header, heads)


def _refuse_bundles(
    case: Case, header: str, place: int, words: Sequence[str], parts: Sequence[str]
) -> None:
    """Ask about the parts of a bundle that add up to it, in each invoice that has any."""
    marked, numbers = _marked(case, place, parts), millionths(case.amounts)
    if numbers is None or not numbers[marked].any():
        return
    codes, _ = codes_of(case.cells["invoice_id"].text)
    for word in words:
        if word in parts:
            continue
        whole = _marked(case, place, [word])
        sums = [_by_code(codes, numbers, mask) for mask in (marked, whole)]
        if np.array_equal(sums[0], sums[1]):
            which = f"rows with {named(parts)} in '{header}' add up to those with '{word}'"
            raise _question(case, which, marked, header, parts)


def _refuse_parts(case: Case, header: str, place: int) -> None:
    """Ask about rows that name another one of their invoice, which holds their sum."""
    texts, numbers = case.words(place), millionths(case.amounts)
    marked = np.asarray(pc.is_valid(texts))
    if numbers is None or not numbers[marked].any():
        return
    ids = case.cells["invoice_id"].text
    naming = _joined(ids, texts)
    for at in range(len(case.sheet.headers)):
        keys = _joined(ids, case.words(at)) if at != place else None
        if keys is None:
            continue
        whole = np.asarray(pc.is_in(keys, value_set=pc.unique(naming).drop_null())) & ~marked
        codes, _ = codes_of(ids)
        sums = [_by_code(codes, numbers, mask) for mask in (marked, whole)]
        if np.array_equal(sums[0], sums[1]):
            which = f"rows with any '{header}' add up to those that it names"
            raise _question(case, which, marked, header, ["*"])


def _refuse_unnamed(case: Case) -> None:
    """Ask about rows of nobody that each are the sum of those above, or of those since the last of them."""
    keys = [column for column in _KEYS if column in case.cells]
    if not keys:
        return
    columns = [case.cells[column].column for column in keys]
    if not all(column.null_count for column in columns):
        return
    blank = np.asarray(reduce(pc.and_, map(pc.is_null, columns))) & _dated(case)
    rows = np.flatnonzero(blank)
    if not 0 < len(rows) <= _MOST_UNNAMED or (numbers := millionths(case.amounts)) is None:
        return
    sums = np.cumsum(np.where(blank, 0, numbers))
    before = np.concatenate(([0], sums[rows[:-1]]))
    sized = np.diff(rows, prepend=-1) > _FEWEST
    since, above = sums[rows] - before == numbers[rows], sums[rows] == numbers[rows]
    if numbers[rows].all() and ((sized & since) | above).all() and rows[0] >= _FEWEST:
        header = case.header(keys[0])
        which = f"rows without '{header}' are sums of the rows above them"
        raise _question(case, which, blank, header, [""])


def _dated(case: Case) -> Mask:
    """Mark the rows with a day: a sum without one is known by that, and left out later."""
    dated = np.ones(case.rows, np.bool_)
    for day in case.layout.model.dated_by:
        if day in case.cells:
            texts = pc.fill_null(case.cells[day].text, "")
            dated &= np.asarray(pc.match_substring_regex(texts, "[0-9]"))
    return dated


def _refuse_strewn(case: Case) -> None:
    """Ask about rows without a key of theirs that add up to all others, wherever they stand."""
    if case.rows > _SAMPLE or (numbers := millionths(case.amounts)) is None:
        return
    dated = _dated(case)
    for column in _KEYS:
        if column not in case.cells:
            continue
        blank = np.asarray(pc.is_null(case.cells[column].text))
        if (blank & ~dated).any():
            continue
        rest, sums = int(numbers[~blank].sum()), int(numbers[blank].sum())
        enough = np.count_nonzero(~blank) > _FEWEST and len(np.unique(numbers[~blank])) > _FEWEST
        if blank.any() and enough and rest and sums in {rest * one for one in range(1, _DEPTH + 1)}:
            header = case.header(column)
            which = f"rows without '{header}' add up to all others"
            raise _question(case, which, blank, header, [""])


def _refuse_closings(case: Case) -> None:
    """Ask about a customer whose rows each are the sum of those since its last one: the close of a day.

    The rows may be in the order of the file, or in that of their days.
    """
    column = next((one for one in ("customer_id", "customer_name") if one in case.cells), None)
    numbers = None if column is None else millionths(case.first("amount", _SAMPLE))
    if column is None or numbers is None or len(numbers) < _JOURNAL:
        return
    texts = case.first(column, _SAMPLE)
    codes, known = codes_of(texts)
    order = np.argsort(codes, kind="stable")
    last, this = order[:-1], order[1:]
    alike = (codes[last] == codes[this]) & known[this]
    last, this = last[alike], this[alike]
    above = np.concatenate(([0], np.cumsum(numbers)))
    sums = (above[this] - above[last + 1] == numbers[this]) & (numbers[this] != 0)
    times = np.bincount(codes[this])
    sure = (np.bincount(codes[this], weights=sums) == times) & (times >= _FEWEST)
    sure &= np.bincount(codes[this], weights=this - last - 1) > times
    by_days = _closings_by_day(case, codes, numbers) & np.bincount(codes, weights=known).astype(
        bool
    )
    sure = np.append(sure, np.zeros(len(by_days) - len(sure), np.bool_)) | by_days
    for code in np.flatnonzero(sure)[:_MOST_UNNAMED]:
        if len(np.unique(numbers[codes == code])) >= _FEWEST:
            name, header = texts[int(np.flatnonzero(codes == code)[0])].as_py(), case.header(column)
            marked = pc.fill_null(pc.equal(case.cells[column].text, name), False)
            which = f"rows with '{name}' in '{header}' are sums of the rows above them"
            raise _question(case, which, np.asarray(marked), header, [name])


def _closings_by_day(case: Case, codes: Numbers, numbers: Numbers) -> Mask:
    """Mark the customers whose rows each are the sum of all days since their last one, however rows stand."""
    day = next((one for one in case.layout.model.dated_by if one in case.cells), None)
    counts = np.bincount(codes)
    if day is None or not numbers.all():
        return np.zeros(len(counts), np.bool_)
    texts = pc.fill_null(case.first(day, _SAMPLE), "").to_numpy(zero_copy_only=False).astype(str)
    days = np.unique(texts, return_inverse=True)[1]
    up_to = np.cumsum(np.bincount(days, weights=numbers))[days]
    rows_up_to = np.cumsum(np.bincount(days))[days]
    order = np.lexsort((days, codes))
    first = np.diff(codes[order], prepend=-1) != 0
    since, rows = (
        np.where(first, one[order], np.diff(one[order], prepend=0)) for one in (up_to, rows_up_to)
    )
    sums = np.bincount(codes[order], weights=since == 2 * numbers[order])
    enough = np.bincount(codes[order], weights=rows) > (_FEWEST + 1) * counts - 1
    found: Mask = (sums == counts) & (counts >= _FEWEST) & enough
    return found


def _refuse_journal(case: Case) -> None:
    """Ask about amounts that add up to nothing on each day, as both sides of a journal do."""
    first = millionths(case.first("amount", _SAMPLE))
    if first is None or len(first) < _JOURNAL or not (first < 0).any():
        return
    long = len(first) < case.rows
    if abs(first.sum()) * 100 > (np.abs(first).sum() if long else 0):
        return
    numbers = millionths(case.amounts)
    codes, _ = codes_of(case.cells["invoice_date"].text)
    if numbers is not None and not _by_code(codes, numbers, np.ones(len(numbers), np.bool_)).any():
        raise journal(case, "amounts of each day add up to 0")


def journal(case: Case, which: str) -> Exception:
    """Make the question about rows that are both sides of a journal."""
    return case.ask(
        f"amount ('{case.header('amount')}')",
        f"the {which}, as both sides of a journal do",
        "export the lines of revenue alone; or, if every row counts, write",
        columns={"amount": case.as_it_stands},
    )


def _question(case: Case, which: str, marked: Mask, header: str, words: Sequence[str]) -> Exception:
    return case.ask(
        f"amount ('{case.header('amount')}')",
        f"{which}: {case.counted(pa.array(marked))}",
        f"if every row counts, write amount = {case.as_it_stands}; if these are counted already,"
        " write this",
        leave_out={header: words},
    )


def _marked(case: Case, place: int, words: Sequence[str]) -> Mask:
    found = pc.is_in(case.words(place), value_set=pa.array(words, pa.string()))
    return np.asarray(pc.fill_null(found, False))


def _joined(ids: Any, texts: Any) -> Any:
    return pc.binary_join_element_wise(ids, texts, "\x1f")


def _by_code(codes: Numbers, numbers: Numbers, mask: Mask) -> Numbers:
    sums = np.zeros(codes.max(initial=0) + 1, np.int64)
    np.add.at(sums, codes[mask], numbers[mask])
    return sums
