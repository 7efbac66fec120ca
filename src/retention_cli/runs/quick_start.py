"""What a command of the command line does before it loads the rest."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder

import pyarrow as pa


def leave_pandas_out() -> None:
    """Let pyarrow look for pandas while it cannot be found: loading it takes half a second.

    pyarrow loads pandas with the first list that becomes an array, to know whether it is one of
    pandas' own. A command gives it none; whoever asks for a data frame later still gets one.
    Nothing happens where pandas is loaded already.
    """
    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        pa.array([None])
    finally:
        sys.meta_path.remove(hidden)


class _Hidden(MetaPathFinder):
    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name, name=name)
