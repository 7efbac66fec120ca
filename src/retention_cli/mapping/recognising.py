"""Which kind of export a file is: the one for which its columns, words, cells and name weigh most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import Ask, NoKindError, UnrecognisedFileError
from retention_cli.mapping.headers import match_headers
from retention_cli.mapping.kinds import kind_in_own_names, recognise
from retention_cli.mapping.place import Place
from retention_cli.mapping.refusing import header_names
from retention_cli.mapping.weighing import Weighed, weigh, words
from retention_cli.mapping.words.naming import Worded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

_ENOUGH = 0.6
"""What is less likely is asked about."""
_SURELY_NONE, _PLAINLY_NONE = 0.9, 0.96
_SOLD = {"invoice", "order", "payment", "credited"}
_SOLD |= {f"file {word}" for word in _SOLD}
_COSTS = {"file cost", "file expense", "file timesheet"}


def recognised(
    headers: Sequence[str],
    *,
    file: str,
    sheet: str | None = None,
    cells: Callable[[int], Any] | None = None,
) -> str:
    """Say which kind of export has these headers and cells.

    Errors: UnrecognisedFileError where no kind fits, where two fit about equally well, and for rows
        of something else, as vendors and staff are.
    """
    if cells is None:
        return recognise(headers, file=file, sheet=sheet)
    if (own := kind_in_own_names(headers, file=file, sheet=sheet)) is not None:
        return own
    worded = Worded.of(headers, cells)
    place = Place(file, sheet, worded.fits)
    weighed = weigh(worded, file, sheet)
    (best, share), (second, _), *_ = weighed.ranked
    if best is None:
        _refuse(worded, weighed, place, share)
    elif _spent(best, worded, weighed, place):
        best, second = "costs", best
    elif share >= _ENOUGH:
        return best
    raise _open(worded, place, [kind for kind in (best, second) if kind])


def _spent(kind: str, worded: Worded, weighed: Weighed, place: Place) -> bool:
    """Say whether a file is called costs whose columns are those of invoices."""
    told = {*words(worded, place.file, place.sheet)}
    called = told & _COSTS and not told & {word for word in _SOLD if " " in word}
    return kind == "invoices" and bool(called) and not weighed.readings["costs"].missing


def assumed(
    kind: str, headers: Sequence[str], *, place: Place, cells: Callable[[int], Any]
) -> tuple[str, ...]:
    """Say what is assumed where sales may be costs."""
    if kind != "invoices" or kind_in_own_names(headers, file=place.file, sheet=place.sheet):
        return ()
    told = words(Worded.of(headers, cells), place.file, place.sheet)
    if any(word in _SOLD for word in told):
        return ()
    said = "rows of a customer, a day and an amount are read as invoices; if they are costs, add"
    return (f"{said} {place.option('costs')}",)


def _refuse(worded: Worded, weighed: Weighed, place: Place, share: float) -> None:
    """Refuse rows that are none of ours, or that lack what the nearest kind needs.

    Errors: UnrecognisedFileError; NoKindError where no kind has all its columns either.
    """
    near = next(kind for kind, _ in weighed.ranked if kind)
    against = weighed.against(near, worded)
    said = f"'{against}' says that its rows are of something else"
    named = header_names(worded.headers)
    otherwise = weighed.is_named_otherwise(near, place.file, place.sheet)
    sold = any("customer" in one.any for one in worded.meant.values())
    if not weighed.readings[near].missing:
        why = said if against else f"nothing in it says that it is {near}"
        only_id = {*weighed.readings[near].matches.found} == {"customer_id"} and not sold
        plainly = against and share >= _PLAINLY_NONE and not sold
        refusal = NoKindError if otherwise or only_id or plainly else UnrecognisedFileError
        raise refusal(
            f"{place}: has columns as {near} have, but {why}; its columns are {named}",
            f"if it is {near} after all, name the kind: {place.option(near)}",
        )
    if against and (otherwise or (share >= _SURELY_NONE and not sold)):
        raise NoKindError(
            f"{place}: no kind of export has its columns, and {said}: {named}",
            f"if it is a kind after all, name it: {place.option(near)}",
        )
    has_names = match_headers(worded.headers, records.model(near)).score > 0
    kinds = [near] if has_names else None
    recognise(worded.headers, file=place.file, sheet=place.sheet, kinds=kinds, fits=worded.fits)


def _open(worded: Worded, place: Place, kinds: Sequence[str]) -> UnrecognisedFileError:
    """Make the question which of two kinds a file is, or whether it is one."""
    may_be = f"may be {' or '.join(kinds)}" if len(kinds) > 1 else f"looks most like {kinds[0]}"
    options = " or ".join(place.option(kind) for kind in kinds)
    return UnrecognisedFileError(
        f"{place}: {may_be}, and neither its columns nor its name say it for sure; its columns are"
        f" {header_names(worded.headers)}",
        f"name the kind: {options}",
    ).asking(Ask(place.file, kind, "", sheet=place.sheet) for kind in kinds)
