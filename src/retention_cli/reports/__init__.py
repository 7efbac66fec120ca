"""Results as output: the name of a file here is the name of a format for scorecards.

Folders hold the formats of other results: `check`, `kpis` for the list of KPIs, `drafts` for what
`retention init` writes.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable

_NOT_FORMATS = {
    "__init__",
    "below",
    "comments",
    "console",
    "data_lines",
    "figures",
    "grid",
    "machine",
    "numbers",
    "page",
    "rows",
    "shown",
}


def names(of: str = "") -> tuple[str, ...]:
    """List the formats of scorecards, or those `of` another result, without importing them.

    Example:
        >>> "table" in names(), names("check")
        (True, ('html', 'json', 'markdown', 'table'))
    """
    files = (Path(__file__).parent / of).glob("*.py")
    return tuple(sorted(file.stem for file in files if file.stem not in _NOT_FORMATS))


def renderer(name: str, *, of: str = "") -> Callable[..., str]:
    """Give the function that writes a result in a format.

    Shape: called with the result alone; that of a `table` also takes `width`, `colour` and
        `verbose`.
    Errors: UnknownNameError, with the nearest name.
    """
    if name not in names(of):
        raise UnknownNameError("format", name, names(of))
    room = f"retention_cli.reports.{of}" if of else "retention_cli.reports"
    render: Callable[..., str] = import_module(f"{room}.{name}").render
    return render
