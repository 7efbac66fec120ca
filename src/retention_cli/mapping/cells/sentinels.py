"""Durations of nothing but nines: what systems write where nobody answered, and no time that passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from retention_cli.mapping.cells.cells import Cells

_NINES = r"\A9{4,}(?:[.,][09]+)?\z"
_NUMBER = r"\A[0-9]{1,9}(?:\.[0-9]+)?\z"
_FAR = 10
"""A number that is so many times the next one was not measured with it."""


def without_sentinels(
    cells: Cells, header: str, told: Collection[str]
) -> tuple[Cells, tuple[str, ...]]:
    """Take nines far above all other durations as blank, and say so; what was told stands.

    Example:
        >>> from retention_cli.mapping.cells.cells import Cells
        >>> cells = Cells(pa.array(["10", "999999", "20"]))
        >>> without_sentinels(cells, "FRT", ())[0].texts.to_pylist()
        ['10', None, '20']
        >>> without_sentinels(Cells(pa.array(["9998", "9999"])), "FRT", ())[1]
        ()
    """
    nines = _fits(cells.texts, _NINES)
    words = [word for word in pc.unique(cells.texts.filter(nines)).to_pylist() if word not in told]
    if not words:
        return cells, ()
    others = cells.texts.filter(pc.invert(nines))
    others = pc.cast(others.filter(_fits(others, _NUMBER)), pa.float64())
    highest = pc.max(others).as_py() if len(others) else None
    far = [one for one in words if highest is None or float(one.replace(",", ".")) > _FAR * highest]
    if not far:
        return cells, ()
    known = pa.array(far, pa.string())
    count = pc.sum(pc.is_in(cells.text, value_set=known)).as_py()
    kept = cells.each(lambda texts: pc.if_else(pc.is_in(texts, value_set=known), None, texts))
    said = f"'{header}' is {' and '.join(far)} in {rows_text(count)}, taken as blank"
    how = f'if it is a time, write "{far[0]}" = "{far[0]}" in its [export.values]'
    return kept, (f"{said}; {how}",)


def _fits(texts: Any, pattern: str) -> Any:
    return pc.fill_null(pc.match_substring_regex(texts, pattern), False)
