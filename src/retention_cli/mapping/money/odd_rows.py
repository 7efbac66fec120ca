"""Rows that a column beside them makes odd: another day that may be theirs, and a quantity of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from retention_cli.mapping.by_cells import Shape, shape_of
from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.finding import is_quantity, words_of
from retention_cli.mapping.proposing import settles
from retention_cli.mapping.words.meaning import meaning
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.mapping.money.case import Case

_SAMPLE, _SHARE = 1_000, 0.2
_SURE, _PLAIN = {"invoice", "document"}, {"date", "datum", "fecha", "data"}
_OF_A_SALE = {"date", "created", "order", "invoice", "document", "filler"}
"""What the header of a day says that may be that of a sale as well as another one."""
_DAY = len("2025-06-05")


def odd_rows(case: Case) -> Iterator[str]:
    """Say which other day may be that of invoices, and which rows sold nothing."""
    yield from _other_days(case)
    for header, place in case.layout.others_and_quantity(case.sheet.headers).items():
        if is_quantity(header) and (case.rule is None or header not in case.rule.leave_out):
            none = [word for word in words_of(case.sheet, place) if not word.strip("0., ")]
            if none and case.has_money(place, none):
                yield case.count_too(header, place, none)


def _other_days(case: Case) -> Iterator[str]:
    source = case.layout.sources.get("invoice_date")
    told = case.rule is not None and "invoice_date" in case.rule.columns
    if not isinstance(source, int) or told:
        return
    own = case.header("invoice_date")
    if meaning(own).any & _SURE or folded(own) in _PLAIN:
        return
    ours = case.words(source).slice(0, _SAMPLE)
    for header, place in case.others.items():
        said = meaning(header).any
        if not said or not said <= _OF_A_SALE or shape_of(case.sheet.held(place)) != Shape.MOMENTS:
            continue
        theirs = case.words(place).slice(0, _SAMPLE)
        days = [pc.utf8_slice_codeunits(one, 0, _DAY) for one in (ours, theirs)]
        apart = pc.fill_null(pc.not_equal(*days), False)
        if np.mean(np.asarray(apart)) > _SHARE:
            yield (
                f"days are read from '{own}', and '{header}' has others; write in retention.toml:"
                f" [export.columns] invoice_date = {quoted(header)}, where they count{settles(header)}"
            )
