"""Words in a column of customers that name nobody: guests of a shop, and what systems write for none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.records.header_names import names
from retention_cli.records.word_classes import each_word, plain_words
from retention_cli.text.toml_text import quoted
from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from retention_cli.mapping.cells.cells import Cells

_GUESTS = frozenset(names("customers.guest"))
_NONE = each_word(
    "0 00 000 0000 00000 000000 0000000 00000000 -1 n/a na n.a. #n/a null (null) none nil "
    "- -- --- ? undefined nan"
)
"""What may be an id as well: it counts as one, and is said."""
_MAY_BE = (
    r"(?i)\A[(#]?(?:guest|anon|an\x{F3}n|walk|cash|counter|unk|unreg|not|no |g[a\x{E4}]st|lauf|bar|unbek|nicht"
    r"|kein|invit|compte|client|vente|incon|desc|consum|p[u\x{FA}]blico|mostr|osp|scon|conv|onbek"
    r"|0+\z|-1?\z|--|\?|n/?a|n\.a|null|none|nil|undef|nan)"
)
_SEVERAL = 2


def without_nobodies(
    cells: Cells, header: str, told: Collection[str]
) -> tuple[Cells, tuple[str, ...]]:
    """Take guests as no customer, and say which words may be none; what the settings say stands.

    Example:
        >>> from retention_cli.mapping.cells.cells import Cells
        >>> ids = Cells(pa.array(["C1", "Guest", "C2", "guest", "0", "0"]))
        >>> found, said = without_nobodies(ids, "Customer", ())
        >>> found.texts.to_pylist(), len(said)
        (['C1', None, 'C2', None, '0', '0'], 2)
    """
    words = [word for word in _few(cells.texts) if word not in told]
    guests = [word for word in words if plain_words(word) in _GUESTS]
    others = [word for word in words if word.casefold() in _NONE]
    said = (*_said(cells, header, guests, guests=True), *_said(cells, header, others, guests=False))
    if guests and said:
        known = pa.array(guests, pa.string())
        cells = cells.each(lambda texts: pc.if_else(pc.is_in(texts, value_set=known), None, texts))
    return cells, said


def _few(texts: Any) -> list[str]:
    """List the texts that may be such words; only those are looked at one by one."""
    may = pc.fill_null(pc.match_substring_regex(texts, _MAY_BE), False)
    return sorted(pc.unique(texts.filter(may)).to_pylist()) if pc.any(may).as_py() else []


def _said(cells: Cells, header: str, words: list[str], *, guests: bool) -> Iterator[str]:
    if not words:
        return
    rows = int(pc.sum(pc.is_in(cells.text, value_set=pa.array(words, pa.string()))).as_py())
    if rows < _SEVERAL:
        return
    named = " and ".join(f"'{word}'" for word in words[:3])
    key, word = "[export.values.customer_id]", quoted(words[0])
    yield f"'{header}' has {named} in {rows_text(rows)}, " + (
        f"taken as no customer; if it is one, write in retention.toml: {key} {word} = {word}"
        if guests
        else f'counted as a customer; if it is nobody, write in retention.toml: {key} {word} = ""'
    )
