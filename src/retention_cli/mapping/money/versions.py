"""Invoices that are in a file in several versions: which rows are not of the last one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.amounts.of_lines import are_lines
from retention_cli.mapping.money.finding import is_doubt
from retention_cli.mapping.plan import place_of
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.mapping.money.case import Case

_CLOCK = r"(?:[T ][0-9:.]+(?: ?[ap]m)?Z?)?"
_VERSION = lazy_pattern(
    rf"(?i)[a-z. _-]{{0,12}}[0-9]+(?:[._-][0-9]+)*|[a-z]|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_CLOCK}"
    rf"|[0-9]{{1,2}}([./-])[0-9]{{1,2}}\1[0-9]{{4}}{_CLOCK}"
)
_DAY = lazy_pattern(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})(.*)")
_NUMBERED = (
    r"(?i)\A(?P<base>.*[0-9])[-_./ ]?(?:r|rev\.?|v|ver|version|k|korr|korrektur)[-_. ]?(?P<nth>[0-9]{1,2})\z",
    r"(?i)\A(?P<base>[a-z]{0,5}[-_/. ]?[0-9][0-9/.-]{2,})(?P<nth>[a-e])\z",
)
_SAMPLE = 1 << 17


def version_columns(case: Case) -> Iterator[tuple[str, int]]:
    """Give the columns that say of rows of one invoice which of them is the later one."""
    for header, place in case.layout.others.items():
        changed = is_doubt(header, "changed") or is_doubt(header, "until")
        changed = changed and "invoice_id" in case.cells
        if is_doubt(header, "version") or (
            changed and not are_lines(case.sheet, case.layout, case.cells["invoice_id"].text)
        ):
            yield header, place
    number = case.layout.sources.get("invoice_id")
    if isinstance(number, int) and _numbered(case) is not None:
        yield case.sheet.headers[number], number


def outdated(case: Case, place: int) -> Any | None:
    """Mark the rows of an invoice of which others have a higher version; None where none is marked."""
    if "invoice_id" not in case.cells:
        return None
    ids = case.cells["invoice_id"].text
    if place == case.layout.sources.get("invoice_id"):
        parts = _numbered(case)
        if parts is None:
            return None
        ids, texts = parts
    else:
        texts = case.words(place)
    words = pc.dictionary_encode(texts)
    if isinstance(words, pa.ChunkedArray):
        words = words.unify_dictionaries().combine_chunks()
    known = words.dictionary.to_pylist()
    if not known or not all(_VERSION.fullmatch(word) for word in known):
        return None
    keys = _keys(known)
    order = {key: at for at, key in enumerate(sorted({*keys}), start=1)}
    blank = len(order) + 1 if is_doubt(case.sheet.headers[place], "until") else 0
    ranks = np.array([*(order[key] for key in keys), blank])
    rank = ranks[pc.fill_null(words.indices, len(known)).to_numpy(zero_copy_only=False)]
    table = pa.table({"id": ids, "rank": pa.array(rank)})
    highest = table.group_by("id").aggregate([("rank", "max")])
    at = pc.index_in(ids, value_set=highest["id"].combine_chunks())
    last = highest["rank_max"].combine_chunks().take(at)
    old = pc.and_(pc.is_valid(ids), pc.less(pa.array(rank), last))
    return old if pc.any(old).as_py() else None


def outdated_as_told(case: Case) -> Any | None:
    """Mark the rows that are not of the last version, where the settings say what a version is."""
    header = case.told_amount.last
    if header is None:
        return None
    return outdated(case, place_of(case.sheet.headers, header, case.sheet.name))


def _numbered(case: Case) -> tuple[Any, Any] | None:
    """Part numbers such as INV-1-R2 from their versions, where one invoice has several of them."""
    ids = case.cells["invoice_id"].text
    for form in _NUMBERED:
        if pc.any(pc.match_substring_regex(ids[:_SAMPLE], form)).as_py():
            found = pc.extract_regex(ids, form)
            base, nth = (pc.struct_field(found, name) for name in ("base", "nth"))
            whole = pc.coalesce(base, ids)
            if pc.count_distinct(ids).as_py() > pc.count_distinct(whole).as_py():
                return whole, nth
    return None


def _keys(words: list[str]) -> list[tuple[tuple[int, ...], str]]:
    """Give what versions are sorted by; days are read month first only where one proves it."""
    days = [found for word in words if (found := _DAY.fullmatch(word))]
    month_first = any(int(day[3]) > 12 for day in days)  # months of a year
    return [_key(_ymd(word, month_first=month_first)) for word in words]


def _ymd(word: str, *, month_first: bool) -> str:
    found = _DAY.fullmatch(word)
    if found is None:
        return word
    first, _, second, year, clock = found.groups()
    month, day = (first, second) if month_first else (second, first)
    return f"{year} {month} {day} {'pm' in clock.casefold():d} {clock}"


def _key(word: str) -> tuple[tuple[int, ...], str]:
    numbers = tuple(map(int, re.findall("[0-9]+", word)))
    return numbers, "" if numbers else word.casefold()
