"""Words of a column, in any language, whose rows hold the amounts of other rows once more: copies, stages, parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.mapping.amounts.once_per import codes_of
from retention_cli.mapping.amounts.other_numbers import millionths
from retention_cli.mapping.cells.cells import each_distinct
from retention_cli.mapping.money.amounts import named
from retention_cli.mapping.money.case import says
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.records.billing_statuses import BILLING, DRAFT, REFUNDED, VOID
from retention_cli.records.word_classes import each_word
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from retention_cli.mapping.money.case import Case

    Codes = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

_MOST_WORDS = 30
_SAMPLE = 1 << 14
_PAIRS = 3
_MOST_RATE, _ROUNDED = 0.5, 15_000
"""A tax or a fee is less than half, and rounded to the cent; in millionths."""
_CODE = lazy_pattern("[A-Za-z]{0,3}")
_LEAST, _BY_CHANCE = 0.1, 0.011
"""How likely one amount is found beside itself at the least, and how likely all of them may be at the most."""
_CUSTOMER = ("customer_id", "customer_name")
_OF_OTHERS = each_word("customer contract staff agent product task")
"""Ids that many rows share which are not of one document."""
_ATTRIBUTES = each_word("staff agent product task address rate tax")


@dataclass(frozen=True, slots=True)
class _Groups:
    """Rows that belong together, and what they share; -1 is a row of none."""

    shared: str
    codes: Codes
    wide: bool = False
    """Whether rows of several documents are in one: only sums tell something."""


@dataclass(frozen=True, slots=True)
class _Twins:
    """A column, and those of its words whose rows are in others already, as `why` says."""

    header: str
    words: tuple[str, ...]
    why: str


def refuse_twins(case: Case) -> None:
    """Ask about rows with a word of a column that each have the amount of another, of their customer and day.

    Errors: AmbiguousColumnError, unless this may be chance.
    """
    recipe = case.layout.sources.get("amount")
    if isinstance(recipe, Recipe) and recipe.as_it_stands:
        return
    found = _find(case, slice(_SAMPLE))
    if case.rows > _SAMPLE:
        found = found or _find(case, slice(-_SAMPLE, None))
        found = found and _find(case, slice(None))
    if found is None:
        return
    place = case.sheet.headers.index(found.header)
    texts = pc.fill_null(case.words(place), "")
    marked = pc.is_in(texts, value_set=pa.array(found.words, pa.string()))
    which = named(word or "no text" for word in found.words)
    raise case.ask(
        f"amount ('{case.header('amount')}')",
        f"rows with {which} in '{found.header}' {found.why}: {case.counted(marked)}",
        f"if every row counts, write amount = {case.as_it_stands}; if these are counted already,"
        " write this",
        leave_out={found.header: found.words},
    )


def _find(case: Case, some: slice) -> _Twins | None:
    """Look at some rows: the first, the last or all."""
    amounts = counting(case, some)
    groups = [] if amounts is None else list(_groups(case, some))
    if amounts is None or not groups:
        return None
    for header, place in _columns(case):
        texts = pc.utf8_trim(as_text(case.sheet.held(place)[some]), WHITE_SPACE)
        texts = pc.dictionary_encode(pc.fill_null(texts, "")).unify_dictionaries().combine_chunks()
        words = texts.dictionary.to_pylist()
        if not 1 < len(words) <= _MOST_WORDS:
            continue
        codes = texts.indices.to_numpy().astype(np.int64)
        for group in groups:
            found, why = _again(codes, words, group, amounts)
            if found:
                return _Twins(header, tuple(sorted(words[code] for code in found)), why)
    return None


def _again(codes: Codes, words: list[str], group: _Groups, amounts: Codes) -> tuple[list[int], str]:
    """Give the words whose rows hold the amounts of others, and why."""
    if not group.wide:
        if found := _twice(codes, len(words), group.codes, amounts):
            return found, f"each have the amounts of other rows of their {group.shared}"
        if all(map(_CODE.fullmatch, words)) and _side_by_side(codes, group.codes):
            return [1], f"have one with '{words[0]}' beside each, of one {group.shared}"
        if found := _parts(codes, len(words), group.codes, amounts):
            return (
                found,
                f"are always the same part of the other rows of their {group.shared}, as a tax or a fee",
            )
    found = _summed(codes, len(words), group.codes, amounts)
    return found, f"add up to other rows of their {group.shared}"


def counting(case: Case, some: int | slice) -> Codes | None:
    """Give the amounts of the first rows, or some; 0 where a status says that a row does not count."""
    amounts = millionths(case.first("amount", some))
    if amounts is None or "status" not in case.cells:
        return amounts
    meanings = each_distinct(case.first("status", some), BILLING.meaning, pa.string())
    return np.where(np.asarray(says(meanings, VOID, DRAFT, REFUNDED)), 0, amounts)


def _columns(case: Case) -> Iterator[tuple[str, int]]:
    """Give the columns whose words may say what a row is; what was sold, and by whom, says another thing."""
    status = case.layout.sources.get("status")
    if isinstance(status, int):
        yield case.sheet.headers[status], status
    for header, place in case.others.items():
        if not _ATTRIBUTES & meaning(header).any:
            yield header, place


def _groups(case: Case, some: slice) -> Iterator[_Groups]:
    day = next((one for one in case.layout.model.dated_by if one in case.cells), None)
    customer = next((one for one in _CUSTOMER if one in case.cells), None)
    if day and customer:
        days, customers = (_coded(case.first(one, some)) for one in (day, customer))
        both = customers * (days.max(initial=0) + 1) + days
        yield _Groups("customer and day", np.where((days < 0) | (customers < 0), -1, both))
    if day:
        months = _coded(pc.utf8_slice_codeunits(case.first(day, some), 0, len("2025-06")))
        yield _Groups("month", months, wide=True)
        if customer:
            both = customers * (months.max(initial=0) + 1) + months
            yield _Groups(
                "customer and month", np.where((months < 0) | (customers < 0), -1, both), wide=True
            )
    if "invoice_id" in case.cells:
        yield _Groups(f"'{case.header('invoice_id')}'", _coded(case.first("invoice_id", some)))
        return
    for header, place in case.others.items():
        said = meaning(header).any
        if ({"id", "expense", "ref"} & said and not said & _OF_OTHERS) or not said:
            yield _Groups(f"'{header}'", _coded(case.sheet.held(place)[some]))


def _coded(texts: Any) -> Codes:
    codes, known = codes_of(texts)
    return np.where(known, codes, -1)


def _twice(codes: Codes, size: int, groups: Codes, amounts: Codes) -> list[int]:
    """Give the words whose rows all have another row of their group with their amount and another word."""
    there = (groups >= 0) & (amounts != 0)
    if len(np.unique(codes[there])) < 2:  # two words
        return []
    group, of_group, in_group = np.unique(groups[there], return_inverse=True, return_counts=True)
    _, of_amount, with_amount = np.unique(amounts[there], return_inverse=True, return_counts=True)
    pairs, of_pair = np.unique(of_amount * len(group) + of_group, return_inverse=True)
    table = np.zeros((len(pairs), size), np.int64)
    np.add.at(table, (of_pair, codes[there]), 1)
    whole = table.sum(axis=1)
    again = (table == 0) | (whole[:, None] >= 2 * table)
    elsewhere = (with_amount[pairs // len(group)] - whole) / there.sum()
    chance = np.clip(elsewhere * (in_group[pairs % len(group)] - 1), _LEAST, 1)
    left = ~there & (amounts != 0)
    found: list[int] = []
    for code in np.argsort(table.sum(axis=0), kind="stable").tolist():
        held = table[:, code] > 0
        sure = held.any() and again[held, code].all() and not left[codes == code].any()
        if not sure or np.prod(chance[held]) > _BY_CHANCE:
            continue
        if (table[held].sum(axis=1) - table[held][:, [*found, code]].sum(axis=1) > 0).all():
            found.append(code)
    return found


def _side_by_side(codes: Codes, groups: Codes) -> bool:
    """Say whether each group has one row of either word: plan and actual, or two currencies."""
    there = groups >= 0
    _, of_group, size = np.unique(groups[there], return_inverse=True, return_counts=True)
    seconds = np.bincount(of_group, weights=codes[there])
    return bool(
        there.all()
        and len(size) >= _PAIRS
        and (size == 2).all()
        and (seconds == 1).all()  # two words
    )


def _parts(codes: Codes, size: int, groups: Codes, amounts: Codes) -> list[int]:
    """Give a word whose rows are one rate of all other rows, in each group that has both."""
    there = groups >= 0
    _, of_group = np.unique(groups[there], return_inverse=True)
    sums = np.zeros((of_group.max(initial=-1) + 1, size), np.int64)
    np.add.at(sums, (of_group, codes[there]), amounts[there])
    others = sums.sum(axis=1)[:, None] - sums
    for part in range(size):
        some = (sums[:, part] > 0) & (others[:, part] > 0)
        own, rest = sums[some, part], others[some, part]
        if len(np.unique(rest)) < _PAIRS or (codes[~there] == part).any():
            continue
        rate = own.sum() / rest.sum()
        if rate < _MOST_RATE and (np.abs(own - rate * rest) <= _ROUNDED).all():
            return [part]
    return []


def _summed(codes: Codes, size: int, groups: Codes, amounts: Codes) -> list[int]:
    """Give a word whose rows add up to the one row of another word, in each group that has the first."""
    there = groups >= 0
    _, of_group = np.unique(groups[there], return_inverse=True)
    sums = np.zeros((of_group.max(initial=-1) + 1, size), np.int64)
    counts = np.zeros_like(sums)
    np.add.at(sums, (of_group, codes[there]), amounts[there])
    np.add.at(counts, (of_group, codes[there]), 1)
    for part in range(size):
        held = counts[:, part] > 0
        if not (counts[held, part] > 1).any() or len(np.unique(sums[held, part])) < 2:  # parts
            continue
        wholes = (counts[held] == 1) & (sums[held] == sums[held, part][:, None])
        if sums[held, part].all() and np.delete(wholes.all(axis=0), part).any():
            return [part]
    return []
