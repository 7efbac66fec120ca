"""Results as output: a folder for each result, in which the name of a file is that of a format.

Files with a leading underscore are steps that formats share; `words` is what all of them share.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable


def names(of: str) -> tuple[str, ...]:
    """List the formats of a result without importing them.

    Example:
        >>> names("check")
        ('html', 'json', 'markdown', 'table')
    """
    files = (Path(__file__).parent / of).glob("[a-z]*.py")
    return tuple(sorted(file.stem for file in files))


def renderer(name: str, *, of: str) -> Callable[..., str]:
    """Give the function that writes a result in a format.

    Shape: called with the result alone; that of a `table` also takes `width`, `colour` and
        `verbose`.
    Errors: UnknownNameError, with the nearest name.
    """
    if name not in names(of):
        raise UnknownNameError("format", name, names(of))
    render: Callable[..., str] = import_module(f"retention_cli.reports.{of}.{name}").render
    return render
