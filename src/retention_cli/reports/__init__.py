"""Results as output: a folder for each result, in which the name of a file is that of a format.

Files with a leading underscore are steps that formats share; `words` is what all of them share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention_cli.errors import UnknownNameError
from retention_cli.text import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def names(of: str) -> tuple[str, ...]:
    """List the formats of a result without importing them.

    Example:
        >>> names("check")
        ('html', 'json', 'markdown', 'table')
    """
    return listing.names(f"reports/{of}")


def renderer(name: str, *, of: str) -> Callable[..., Any]:
    """Give the function that writes a result in a format.

    Shape: called with the result alone, and gives text or, for a file that is none, bytes; that
        of a `table` also takes `width`, `colour` and `verbose`.
    Errors: UnknownNameError, with the nearest name.
    """
    if name not in names(of):
        raise UnknownNameError("format", name, names(of))
    render: Callable[..., Any] = listing.member(f"reports/{of}", name, "render")
    return render


def rows(found: object, *, of: str) -> Iterable[dict[str, Any]]:
    """Give the rows of a result as its CSV has them, by column."""
    told: Iterable[dict[str, Any]] = listing.member(f"reports/{of}", "csv", "rows")(found)
    return told
