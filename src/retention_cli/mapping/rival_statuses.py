"""Two statuses of a customer that contradict each other, where no day of leaving settles it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.errors import AmbiguousColumnError
from retention_cli.frames.columns import as_text
from retention_cli.mapping.cells.words import known_words, rewrite_words
from retention_cli.mapping.words.meaning import namings
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.records.customer_flags import ACTIVE, ENDED, told_by_yes
from retention_cli.records.kinds.customers import NEW, Customer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_cli.mapping.place import Place
    from retention_cli.mapping.words.naming import Worded

_STATUS, _STILL = "status", pa.array([ACTIVE, NEW])


def refuse_contradicting(worded: Worded, sources: Mapping[str, object], place: Place) -> None:
    """Refuse a status beside another that says of the same customers that they left, or did not.

    Errors: AmbiguousColumnError with what to write into the settings.
    """
    first, end = sources.get(_STATUS), sources.get("end_date")
    if not isinstance(first, int) or not (end is None or isinstance(end, int)):
        return
    for at in _others(worded, set(sources.values())):
        one, other = _meant(worded, first), _meant(worded, at)
        against = pc.or_(_contradicts(one, other), _contradicts(other, one))
        if end is not None:
            against = pc.and_(against, pc.equal(_cells(worded, end), ""))
        rows = pc.indices_nonzero(against).to_pylist()
        if rows:
            named = [worded.headers[first], worded.headers[at]]
            cells = [_cells(worded, column)[rows[0]].as_py() for column in (first, at)]
            times = "in 1 row" if len(rows) == 1 else f"in {len(rows):,} rows"
            raise AmbiguousColumnError(
                str(place),
                _STATUS,
                f"'{named[0]}' and '{named[1]}' contradict each other {times}, such as '{cells[0]}'"
                f" beside '{cells[1]}'",
                "choose one in retention.toml:",
                snippet=place.rule("customers", status=named[0]),
            ).asking([place.ask("customers", _STATUS, *named)])


def _others(worded: Worded, taken: set[object]) -> Iterator[int]:
    naming = namings("customers")[_STATUS]
    for at, said in worded.meant.items():
        header = worded.headers[at]
        if at not in taken and (naming.tier(said) or told_by_yes(header)):
            yield at


def _cells(worded: Worded, at: int) -> Any:
    return pc.fill_null(pc.utf8_trim(as_text(worded.samples.cells(at)), WHITE_SPACE), "")


def _meant(worded: Worded, at: int) -> Any:
    known = known_words(Customer.model_fields[_STATUS], worded.headers[at], {})
    return rewrite_words(_cells(worded, at), known, told_by_yes)


def _contradicts(one: Any, other: Any) -> Any:
    return pc.and_(pc.equal(one, ENDED), pc.is_in(other, value_set=_STILL))
