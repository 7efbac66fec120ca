"""Columns beside an end that say more of leaving: who came back, who is renewed, who pays until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.errors import AmbiguousColumnError, DataRefusedError
from retention_cli.mapping.by_cells import Shape
from retention_cli.mapping.headers import folded
from retention_cli.mapping.proposing import settles
from retention_cli.mapping.words.counted import yeses
from retention_cli.mapping.words.meaning import meaning, namings
from retention_cli.records.header_names import names
from retention_cli.text.toml_text import quoted
from retention_cli.text.wording import quoted_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from retention_cli.mapping.place import Place
    from retention_cli.mapping.words.naming import Worded

_ENDS = {"end", "expiry", "closed", "deleted", "churned", "pause"}
_NO_SPELL = {"birth", "next", "due", "updated", "hire", "last", "renewal", "paid"}
"""What is said of dates that are of no start or end of a customer."""
_OF_OTHERS = {"order", "trial", "visit", "invoice", "payment", "survey", "ticket", "ship", "stamp"}
_NO_ENDS = {*_NO_SPELL, *_OF_OTHERS, "start", "created", "first", "opened", "returned"}
_WHY = {"end", "churned", "type", "reason", "closed", "status"}
_GO_ON = {"switched", "returned"}
_MOST = 60
_NOTICES = frozenset(map(folded, names("customers.end_date.told")))


def refuse_returns(worded: Worded, sources: Mapping[str, object], place: Place) -> None:
    """Refuse rows that end and go on again: a row is one spell.

    Errors: DataRefusedError, with the lines that leave the second start aside.
    """
    start, end = sources.get("start_date"), sources.get("end_date")
    if not isinstance(start, int) or not isinstance(end, int):
        return
    for at, said in worded.meant.items():
        if "returned" in said.any and _speaks_of_ends(worded, at, end):
            name = quoted(worded.headers[start])
            raise DataRefusedError(
                f"{place}: '{worded.headers[at]}' says that customers with an end came back or"
                " stayed, and a row is one spell, from start_date to end_date",
                "export a row for each spell; to leave this column aside, write in retention.toml:",
                snippet=place.lines("customers", f"start_date = {name}"),
            )


def days_of_spells(worded: Worded, taken: Collection[int]) -> Iterator[int]:
    """Give the columns of days on which customers may have come or left."""
    samples = worded.samples
    for at, said in worded.meant.items():
        open_ = at not in taken and not said.any & _NO_SPELL
        if open_ and samples.shape(at) is Shape.MOMENTS and not samples.are_digits(at):
            yield at


def refuse_flag_beside_days(
    worded: Worded, sources: Mapping[str, object], rivals: Collection[str], place: Place
) -> None:
    """Refuse a status alone where days are not read: it tells who left, and never when.

    Errors: AmbiguousColumnError with what to write into the settings.
    """
    status = sources.get("status")
    if not isinstance(status, int) or {"start_date", "end_date"} & {*sources, *rivals}:
        return
    days = [
        worded.headers[at]
        for at in days_of_spells(worded, ())
        if not worded.meant[at].any & _OF_OTHERS and len(worded.samples.words(at)) > 1
    ]
    if days:
        alone = f"status = {quoted(worded.headers[status])}"
        raise AmbiguousColumnError(
            str(place),
            "start_date",
            f"{quoted_names(days)} may be it or end_date; without days, the status alone tells"
            " who left, and the same of every period",
            "choose one in retention.toml:",
            snippet=(*place.rule("customers", start_date=days[0]), f"# or, without days: {alone}"),
        ).asking([place.ask("customers", "start_date", *days)])


def _speaks_of_ends(worded: Worded, at: int, end: int) -> bool:
    """Say whether a column has days, or a yes in a row that has an end."""
    samples, shape = worded.samples, worded.samples.shape(at)
    if shape is not Shape.FLAGS:
        return shape is Shape.MOMENTS
    return not samples.words_of(at, samples.there(end)).isdisjoint(yeses(samples.words(at)))


def renews_itself(worded: Worded) -> bool:
    """Say whether a column of yes and no says of some rows that they are renewed when they end."""
    samples = worded.samples
    flags = (at for at, said in worded.meant.items() if "renewal" in said.any)
    return any(samples.shape(at) is Shape.FLAGS and yeses(samples.words(at)) for at in flags)


def later_ends(worded: Worded, end: int) -> Iterator[int]:
    """Give the columns of days on which those left who gave notice, where an end may be the notice."""
    if folded(worded.headers[end]) not in _NOTICES:
        return
    samples, naming = worded.samples, namings("customers")["end_date"]
    for at, said in worded.meant.items():
        goes = at != end and (said.any & {"expiry", "end"} or naming.tier(said))
        if goes and samples.shape(at) is Shape.MOMENTS:
            there, ended = (pc.is_valid(samples.first(one)) for one in (at, end))
            if pc.all(pc.or_(ended, pc.invert(there))).as_py() and not samples.same(at, end):
                yield at


def other_ends(worded: Worded, end: int, taken: Collection[int]) -> Iterator[str]:
    """Say which days that are not read stand in some rows without an end, as those of who died may."""
    samples, headers = worded.samples, worded.headers
    without = pc.invert(samples.there(end))
    for at, said in worded.meant.items():
        open_ = said.loose or said.any & _ENDS
        if (
            at in taken
            or not open_
            or said.any & _NO_ENDS
            or samples.shape(at) is not Shape.MOMENTS
        ):
            continue
        rows = pc.sum(pc.and_(samples.there(at), without)).as_py() or 0
        few = 2 * rows <= pc.sum(without).as_py() or said.any & {"end", "expiry"}
        if rows and few and not samples.are_digits(at):
            recipe = f"end_date = {{ first = [{quoted(headers[end])}, {quoted(headers[at])}] }}"
            yield (
                f"'{headers[at]}' has days in rows without an end, and they count as customers;"
                f" where they have left, write {recipe} under [export.columns]"
            )


def who_goes_on(worded: Worded, end: int, key: int) -> Iterator[str]:
    """Say of ends whose reason is another plan that they count, where no second row goes on with it."""
    samples = worded.samples
    if not samples.is_unique(key):
        return
    ended = samples.there(end)
    for at, header in enumerate(worded.headers):
        told = at not in {end, key} and at in worded.meant and worded.meant[at].any & _WHY
        words = samples.words_of(at, ended) if told and len(samples.words(at)) <= _MOST else set()
        if found := [one for one in sorted(words) if meaning(one).any & _GO_ON]:
            yield (
                f"rows with {quoted_names(found)} as '{header}' count as customers who left;"
                f" where they went on, export a row for what followed{settles(header)}"
            )
