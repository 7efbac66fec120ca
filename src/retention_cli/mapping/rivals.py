"""What is said where several headers could be one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import AmbiguousColumnError, Ask, raise_together
from retention_cli.mapping.place import Place, written
from retention_cli.text.wording import quoted_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _or_each(column: str, headers: Sequence[str]) -> tuple[str, ...]:
    """Write how several score columns are read as one answer each."""
    if column != "score":
        return ()
    return (f"# or, if each is an answer of its own: score = {written(tuple(headers))}",)


def refuse_rivals(
    headers: Sequence[str],
    rivals: Mapping[str, tuple[int, ...]],
    kind: str,
    place: Place,
    asks: Sequence[Ask] = (),
) -> None:
    """Refuse where a figure could rest on either column; names and comments can do without.

    `asks` is what else its owner may add.

    Errors: AmbiguousColumnError with what to write into the settings, for each such column.
    """
    refusals = []
    for column, places in rivals.items():
        if column in records.model(kind).figures_rest_on:
            _refuse_twins(headers, places, column, place)
            named = quoted_names([headers[at] for at in places])
            also = "".join(f"; if '{a.proposed}' is {a.column}, name it too" for a in asks)
            refusals.append(
                AmbiguousColumnError(
                    str(place),
                    column,
                    f"{named} could each be it{also}",
                    "choose one in retention.toml:",
                    snippet=(
                        *place.rule(kind, **{column: headers[places[0]]}),
                        *_or_each(column, [headers[at] for at in places]),
                    ),
                ).asking([place.ask(kind, column, *(headers[at] for at in places)), *asks])
            )
    raise_together(refusals)


def _refuse_twins(
    headers: Sequence[str], places: tuple[int, ...], column: str, place: Place
) -> None:
    """Refuse headers that are the same to the letter: nothing but the file can tell them apart."""
    if len({headers[at] for at in places}) == 1:
        numbers = " and ".join(str(at + 1) for at in places)
        raise AmbiguousColumnError(
            str(place),
            column,
            f"columns {numbers} are both named '{headers[places[0]]}'",
            "rename the wrong one in the export",
        )
