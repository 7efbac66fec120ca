"""Where the header row is: the first row that is not blank."""

from __future__ import annotations

from retention_cli.errors import DataRefusedError


def tidy_headers(cells: tuple[str, ...], *, file: str) -> tuple[str, ...]:
    r"""Give the names of a header row, without the white space and marks around them.

    Errors: DataRefusedError where no cell holds a name.
    Example:
        >>> tidy_headers((" customer_id", "\ufeffamount "), file="a.csv")
        ('customer_id', 'amount')
    """
    names = tuple(cell.strip().strip("\ufeff\u200b").strip() for cell in cells)
    if not any(names):
        raise DataRefusedError(f"{file}: its header row is blank", "is it the right file?")
    return names
