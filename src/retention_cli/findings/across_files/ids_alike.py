"""Ids that a person takes for one and a join for several: case, space, width, zeros, `.0`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category, normalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.across_files._together import SHOWN, coded, marked
from retention_cli.findings.problems import Example, Notice
from retention_cli.text.toml_text import quoted
from retention_cli.text.wording import many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retention_cli.findings.across_files._together import Together

ALWAYS = True

_UNSEEN = r"[\s\p{Cf}\p{Z}]", ""
_FLOAT = r"\A([0-9]+)\.0+\z", r"\1"
_ZEROS = r"\A0+([0-9]+)\z", r"\1"
_STEPS: dict[str, Callable[[str], str]] = {
    "width or accents": lambda text: normalize("NFKC", text),
    "case": str.lower,
    "unseen marks": lambda text: "".join(sign for sign in text if category(sign) != "Cf"),
    "white space": lambda text: "".join(text.split()),
    "a trailing .0": lambda text: re.sub(r"\A([0-9]+)\.0+\Z", r"\1", text),
    "leading zeros": lambda text: re.sub(r"\A0+([0-9]+)\Z", r"\1", text),
}
_MARKS = (
    r"\A(?:[A-Za-z]{1,6}[-_./: ]+|[(\[][A-Za-z]{1,6}[)\]] ?)",
    r"(?:[-_./: ]*(?:[(\[][^)\]]*[)\]]|[A-Za-z]{1,6}[0-9]?|[*!?+#])|[-_./: ]+[0-9])\z",
)
"""What is written before an id or after it, of one that was replaced: letters, brackets, a number."""
_FEW = 3
"""Where one in so many ids or more has a mark, marks are part of all ids."""
_LOOKED_AT = 1_000
"""So many pairs are enough to say in what they differ."""


def find(together: Together) -> Iterator[Notice]:
    """Find ids that differ only in how they are written, inside a kind or from the customers'."""
    kinds = together.kinds_with("customer_id")
    for kind in kinds:
        texts, first = together.ids(kind).texts, kind == kinds[0]
        others = texts[:0] if first else together.ids(kinds[0]).texts
        pairs = _pairs(texts, others)
        if not pairs:
            continue
        one, like = pairs[0]
        of_whom = "another id" if first else f"an id of the {kinds[0]}"
        yield Notice(
            "ids-alike",
            f"{many(len(pairs), 'id')} {'is' if len(pairs) == 1 else 'are'} {of_whom} except for"
            f" {_differences(pairs)}, such as '{one}' and '{like}': they count"
            " as different customers",
            len(pairs),
            kind=kind,
            hint="write them alike, or in retention.toml: [export.values.customer_id]"
            f" {quoted(one)} = {quoted(like)}",
            examples=tuple(_examples(together, kind, pairs)),
            column="customer_id",
        )
    if kinds[:1] == ["customers"]:
        yield from _with_marks(together)


def _with_marks(together: Together) -> Iterator[Notice]:
    """Find ids that are another id of the customers and a mark: 1002-OLD, 1002 (alt), X-1002."""
    texts = together.ids("customers").texts
    lengths = pc.min_max(pc.binary_length(texts)).as_py()
    longer = texts.filter(pc.invert(pc.ascii_is_decimal(texts)))
    if lengths["min"] == lengths["max"] or not len(longer):
        return  # A mark makes an id longer, and is no digit.
    bare = longer
    for mark in _MARKS:
        bare = pc.replace_substring_regex(bare, mark, "")
    known = pc.and_(pc.not_equal(bare, longer), pc.is_in(bare, value_set=texts))
    known = pc.and_(known, pc.match_substring_regex(bare, "[0-9]"))
    pairs = sorted(
        zip(longer.filter(known).to_pylist(), bare.filter(known).to_pylist(), strict=True)
    )
    if pairs and _FEW * len(pairs) <= len(texts):
        one, like = pairs[0]
        yield Notice(
            "ids-alike",
            f"{many(len(pairs), 'id')} {'is' if len(pairs) == 1 else 'are'} another id and a mark,"
            f" such as '{one}' and '{like}': they count as different customers",
            len(pairs),
            kind="customers",
            hint=f"where they are one, in retention.toml: [same_customer] {quoted(one)} = {quoted(like)}",
            examples=tuple(_examples(together, "customers", pairs)),
            column="customer_id",
        )


def folded(ids: pa.Array) -> pa.Array:
    r"""Write ids without what a person does not see: case, width, spaces, unseen marks, zeros.

    Example:
        >>> folded(pa.array(["ACME ", "007", "7.0", "0", "a\u200bb"])).to_pylist()
        ['acme', '7', '7', '0', 'ab']
    """
    if pc.all(pc.string_is_ascii(ids)).as_py():
        plain = pc.ascii_lower(ids)
    else:
        plain = pc.utf8_lower(pc.utf8_normalize(ids, "NFKC"))
    for pattern, instead in _UNSEEN, _FLOAT, _ZEROS:
        if pc.any(pc.match_substring_regex(plain, pattern)).as_py():
            plain = pc.replace_substring_regex(plain, pattern, instead)
    return plain


def _pairs(texts: pa.Array, others: pa.Array) -> list[tuple[str, str]]:
    """Pair each id with the one that it is alike: one of the others if it can be."""
    own = texts.filter(pa.array(~marked(texts, others))) if len(others) else texts
    pool = pa.concat_arrays([others, own])
    codes = coded(pa.chunked_array([folded(pool)]))[0]
    several = np.flatnonzero(np.bincount(codes, minlength=1)[codes] > 1)
    groups: dict[int, list[tuple[bool, str]]] = {}
    for place, text in zip(several, pool.take(pa.array(several)).to_pylist(), strict=True):
        groups.setdefault(int(codes[place]), []).append((bool(place >= len(others)), text))
    pairs = []
    for group in groups.values():
        (_, like), *rest = sorted(group)
        pairs += [(text, like) for ours, text in rest if ours]
    return sorted(pairs)


def _differences(pairs: Sequence[tuple[str, str]]) -> str:
    """Name what the ids of some pairs differ in: what has to go before they are equal."""
    found = set()
    for one, like in pairs[:_LOOKED_AT]:
        for name in _STEPS:
            others = [step for other, step in _STEPS.items() if other != name]
            if _through(others, one) != _through(others, like):
                found.add(name)
    return " or ".join(name for name in _STEPS if name in found) or "how they are written"


def _through(steps: Sequence[Callable[[str], str]], text: str) -> str:
    for step in steps:
        text = step(text)
    return text


def _examples(together: Together, kind: str, pairs: Sequence[tuple[str, str]]) -> Iterator[Example]:
    ids = together.ids(kind)
    for one, _ in pairs[:SHOWN]:
        code = pc.index(ids.texts, one).as_py()
        yield together.example(kind, one, int(np.argmax(ids.codes == code)))
