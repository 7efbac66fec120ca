"""What columns that nothing reads say by their rows alone, in any language: who is gone, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.proposing import as_value, settles
from retention_cli.mapping.words.terms import days_of
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from retention_cli.mapping.words.naming import Worded

_MOST, _CHANCE, _FEWEST = 12, 0.001, 3
_MOST_KEYS = 1 << 17
_NAMED = {"id", "customer", "ticket", "contract"}
_OTHERWISE = {"referred", "name", "email", "product", "category", "agent", "quantity"}
_AN_ID = r"[0-9]{4}|\p{L}"
_ANY = "*"


def gone_alike(worded: Worded, sources: Mapping[str, object]) -> Iterator[str]:
    """Say which word stands in every row with an end, and in some without one, which count."""
    end, status = sources.get("end_date"), sources.get("status")
    if not isinstance(end, int):
        return
    read = {at for c, at in sources.items() if isinstance(at, int) and c != "renewal_date"}
    read |= {at for at, said in worded.meant.items() if "reason" in said.any}
    for at, word in _alike(worded, worded.samples.there(end), read, blanks=True):
        header = worded.headers[at]
        if word is None:
            yield (
                f"no row with an end has a cell in '{header}', and others that have none count as"
                f" customers; where they left, export the days on which they did{settles(header)}"
            )
            continue
        which = f"a cell in '{header}'" if word == _ANY else f"'{word}' as '{header}'"
        how = "export the days on which they did"
        if status is None:
            how = f"add --map status={as_value(header)}"
        yield (
            f"every row with an end has {which}, and others that have it too count as"
            f" customers; where they left, {how}{settles(header)}"
        )


def after_ends(worded: Worded, sources: Mapping[str, object]) -> Iterator[str]:
    """Say which days stand in rows with an end alone, and never before it: who came back has some."""
    end, samples = sources.get("end_date"), worded.samples
    if not isinstance(end, int):
        return
    for at, said in worded.meant.items():
        filled = len(samples.filled(at))
        sure = (
            at in sources.values()
            or said.any & _OTHERWISE
            or samples.shape(at) is not Shape.MOMENTS
        )
        if sure or filled < 2 or filled > len(samples.filled(end)):
            continue
        rows = samples.first(at).is_valid()
        ends, days = (days_of(samples.first(one).filter(rows)) for one in (end, at))
        pairs = [*zip(ends, days, strict=True)]
        if all(one is not None and day is not None and day >= one for one, day in pairs):
            yield (
                f"'{worded.headers[at]}' has days on or after the end of rows that have one; where"
                " these customers came back, export a row for each spell"
                f"{settles(worded.headers[at])}"
            )


def open_alike(worded: Worded, done: int, taken: Collection[int]) -> Iterator[tuple[int, str]]:
    """Give the word that stands in every ticket that is not resolved, and in some that are."""
    undone = pc.invert(worded.samples.there(done))
    return ((at, word) for at, word in _alike(worded, undone, taken, blanks=False) if word)


def _alike(
    worded: Worded, marked: Any, taken: Collection[int], *, blanks: bool
) -> Iterator[tuple[int, str | None]]:
    """Give columns in which a word stands in all marked rows, and in few of the others: any, or none.

    That it does by chance has to be unlikely: a share of the others, as often as there are marked
    rows, multiplied with itself.
    """
    samples = worded.samples
    for at in worded.meant:
        if at in taken:
            continue
        cells = samples.first(at)
        inside = marked.slice(0, len(cells))
        held, others = cells.filter(inside), cells.filter(pc.invert(inside))
        words = pc.unique(held)
        none = blanks and held.null_count == len(held)
        counts = samples.shape(at) in {Shape.MOMENTS, Shape.SPANS, Shape.NUMBERS}
        if len(held) < _FEWEST or (not none and (counts or words.null_count)):
            continue
        word: str | None = None if none else _ANY
        same = len(others) - others.null_count if blanks else 0
        if none:
            same = others.null_count
        elif len(words) == 1 and len(samples.words(at)) <= _MOST:
            alike = pc.sum(pc.equal(others, words[0])).as_py() or 0
            word, same = (words[0].as_py(), alike) if alike else (word, same)
        if same and 2 * same <= len(others) and (same / len(others)) ** len(held) <= _CHANCE:
            yield at, word


def names_others(worded: Worded, key: int, named: object, taken: Collection[int]) -> Iterator[str]:
    """Say which column names other customers, by their ids or by their names."""
    yield from other_rows(worded, "customers", key, taken)
    for at in _names_of(worded, key, named):
        yield from other_rows(worded, "customers", at, taken, "names")


def _names_of(worded: Worded, key: int, named: object) -> Iterator[int]:
    """Give the columns of customers beside their ids: each row has a name of its own there."""
    for at, said in worded.meant.items():
        of = at == named or (said.any & {"customer", "org", "name"} and "id" not in said.any)
        if at != key and of and not said.loose and worded.samples.is_unique(at):
            yield at


def other_rows(
    worded: Worded, kind: str, key: int, taken: Collection[int], by: str = "ids"
) -> Iterator[str]:
    """Say which column names other rows by what the key column has: what replaced them, or is the same."""
    samples = worded.samples
    keys = samples.cells(key).slice(0, _MOST_KEYS)
    for at, said in worded.meant.items():
        named = said.loose or said.any & _NAMED
        if at in {key, *taken} or not named or said.any & _OTHERWISE or samples.is_filled(at):
            continue
        refs = pc.unique(samples.filled(at))
        if not len(refs) or not pc.all(pc.match_substring_regex(refs, _AN_ID)).as_py():
            continue
        known = pc.sum(pc.is_in(refs, value_set=pc.unique(_text(keys)))).as_py()
        own = pc.any(pc.equal(samples.first(at), samples.first(key))).as_py()
        if 2 * known > len(refs) and not own:
            header = worded.headers[at]
            yield (
                f"'{header}' names other rows by their {by}, and rows with one count as {kind} of"
                f' their own; leave_out = {{ {quoted(header)} = ["*"] }} in their [[export]]'
                " leaves them out"
            )


def _text(cells: Any) -> Any:
    return cells.cast(pa.string()) if pa.types.is_dictionary(cells.type) else cells
