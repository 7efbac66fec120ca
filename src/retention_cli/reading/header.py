"""The names in a header row."""

from __future__ import annotations

from retention_cli.errors import DataRefusedError
from retention_cli.reading.text import WHITE_SPACE


def tidy_headers(cells: tuple[str, ...], *, file: str) -> tuple[str, ...]:
    r"""Give the names of a header row, without the white space and marks around them.

    Errors: DataRefusedError where no cell holds a name.
    Example:
        >>> tidy_headers((" customer_id", "\ufeffamount "), file="a.csv")
        ('customer_id', 'amount')
    """
    names = tuple(cell.strip(WHITE_SPACE) for cell in cells)
    if not any(names):
        raise DataRefusedError(f"{file}: its header row is blank", "is it the right file?")
    return names
