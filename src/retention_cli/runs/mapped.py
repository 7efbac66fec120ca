"""What `--map` was told, held against the columns there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import RetentionError, UnknownNameError
from retention_cli.settings import Mapped

if TYPE_CHECKING:
    from collections.abc import Iterable


def columns_mapped(told: Iterable[str]) -> tuple[Mapped, ...]:
    """Read what `--map` was told.

    Errors: RetentionError for text that is not COLUMN=HEADER; UnknownNameError for a column or a
        kind that there is not.
    Example:
        >>> columns_mapped(["customers.start_date = Signed up"])
        (Mapped(kind='customers', column='start_date', header='Signed up', because='by --map'),)
    """
    return tuple(dict.fromkeys(map(_mapped, told)))


def _mapped(text: str) -> Mapped:
    name, _, header = (part.strip() for part in text.partition("="))
    if not name or not header:
        raise RetentionError(
            f"--map: '{text}' is not COLUMN=HEADER", "write --map start_date='Signed up'"
        )
    kind, _, column = name.rpartition(".")
    if kind and kind not in records.names():
        raise UnknownNameError("kind of export", kind, records.names(), where="--map: ")
    kinds = [kind] if kind else records.names()
    columns = {one for known in kinds for one in records.model(known).model_fields}
    if column not in columns:
        where = f"--map: {kind}: " if kind else "--map: "
        raise UnknownNameError("column", column, columns, where=where)
    return Mapped(kind or None, column, header)
