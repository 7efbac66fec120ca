"""What a folder of ours holds: whatever has a file of its own is found by this and nothing else."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

_PACKAGE = Path(__file__).parents[1]


@cache
def names(folder: str, suffix: str = ".py") -> tuple[str, ...]:
    """List the files of a folder of the package without opening them; `_steps` are left out.

    Example:
        >>> "customers" in names("records/kinds"), "__init__" in names("records/kinds")
        (True, False)
    """
    files = (_PACKAGE / folder).glob(f"[a-z]*{suffix}")
    return tuple(sorted(file.name.removesuffix(suffix) for file in files))


def member(folder: str, name: str, attribute: str, *otherwise: object) -> Any:
    """Give what a file of a folder has under a name; `otherwise` where it has none.

    Example:
        >>> member("records/kinds", "customers", "RECORD").__name__
        'Customer'
    """
    return getattr(_module(folder, name), attribute, *otherwise)


@cache
def _module(folder: str, name: str) -> ModuleType:
    return import_module(".".join(["retention_cli", *folder.split("/"), name]))
