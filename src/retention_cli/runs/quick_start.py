"""What a command of the command line does before it loads the rest."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHOICES = ((-8, 1), (-3, 8 << 20))
"""How many heaps there are (M_ARENA_MAX), and what is large (M_MMAP_THRESHOLD, in bytes)."""


def leave_pandas_out() -> None:
    """Let pyarrow look for pandas while it cannot be found: loading it takes half a second.

    pyarrow loads pandas with the first list that becomes an array, to know whether it is one of
    pandas' own. A command gives it none; whoever asks for a data frame later still gets one.
    Nothing happens where pandas is loaded already.
    """
    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        # A signal that comes here is heard after it: pyarrow drops what is raised while it looks.
        with _signals_held():
            pa.array([None])
    finally:
        sys.meta_path.remove(hidden)


def free_at_once() -> None:
    """Let arrow take memory in a way that gives back what is freed: its own way keeps much of it.

    Nothing happens where the environment chooses a way, or this one is not built in. What is not
    arrow's comes from one heap for all threads, and what is large goes back at once, where the C
    library would keep it.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library has no such choices
            for choice, value in _CHOICES:
                ctypes.CDLL(None).mallopt(choice, value)
    if "ARROW_DEFAULT_MEMORY_POOL" not in os.environ:
        with suppress(NotImplementedError):
            pa.set_memory_pool(pa.jemalloc_memory_pool())


class _Hidden(MetaPathFinder):
    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name, name=name)


@contextmanager
def _signals_held() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    earlier = [signal.signal(one, lambda number, _: heard.append(number)) for one in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, earlier, strict=True):
            signal.signal(number, handler)
    for came in heard:
        signal.raise_signal(came)
