"""The container of Office files before 2007: the streams in it by name, read without trusting it."""

from __future__ import annotations

import struct
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OLE_START = b"\xd0\xcf\x11\xe0"

_HEAD, _SLOT = 512, 128
_ENDS = 0xFFFFFFFA
"""Numbers of sectors from here on are marks."""
_STORAGE, _STREAM = 1, 2
_NOWHERE = 0xFFFFFFFF


class DamagedError(Exception):
    """The container is not whole, or runs in circles."""


class Container:
    """What stands at the top of a container: streams, and folders whose content is not read."""

    def __init__(self, data: bytes) -> None:
        """Read the directory.

        Errors: DamagedError where it cannot be followed.
        """
        if len(data) < _HEAD:
            raise DamagedError
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise DamagedError
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, _, self._cutoff, mini = struct.unpack_from("<4I", data, 48)
        self._fat = self._numbers(self._table_sectors())
        self._mini_fat = self._numbers(self._followed(mini, self._fat))
        slots = self._joined(directory)
        self._slots = [slots[at : at + _SLOT] for at in range(0, len(slots) - _SLOT + 1, _SLOT)]
        self.names: Mapping[str, int] = dict(self._top())

    def stream(self, name: str) -> bytes:
        """Give the bytes of a stream.

        Errors: DamagedError where it is shorter than it should be.
        """
        start, size = struct.unpack_from("<II", self._slots[self.names[name]], 116)
        if size >= self._cutoff:
            found = self._joined(start)
        else:
            (root,) = struct.unpack_from("<I", self._slots[0], 116)
            small, each = self._joined(root), self._mini_size
            places = self._followed(start, self._mini_fat)
            found = b"".join(small[at * each : (at + 1) * each] for at in places)
        if len(found) < size:
            raise DamagedError
        return found[:size]

    def _top(self) -> Iterator[tuple[str, int]]:
        """Walk the tree of what stands at the top, each once."""
        if not self._slots:
            raise DamagedError
        waiting, seen = [struct.unpack_from("<I", self._slots[0], 76)[0]], {_NOWHERE}
        while waiting:
            at = waiting.pop()
            if at in seen:
                continue
            if at >= len(self._slots):
                raise DamagedError
            seen.add(at)
            slot = self._slots[at]
            length, kind, _, left, right = struct.unpack_from("<HBBII", slot, 64)
            if kind in {_STORAGE, _STREAM}:
                yield slot[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace"), at
            waiting += [left, right]

    def _table_sectors(self) -> Iterator[int]:
        """Give the sectors that hold the table of sectors: 109 in the head, others in a chain."""
        (count,) = struct.unpack_from("<I", self._data, 44)
        listed = struct.unpack_from("<109I", self._data, 76)
        at, rest = struct.unpack_from("<II", self._data, 68)
        more: list[int] = []
        for _ in range(min(rest, len(self._data) // self._size)):
            *numbers, at = self._unpacked(at)
            more += numbers
        found = [one for one in chain(listed, more) if one < _ENDS]
        return iter(found[:count])

    def _numbers(self, sectors: Iterator[int]) -> list[int]:
        return [number for sector in sectors for number in self._unpacked(sector)]

    def _unpacked(self, sector: int) -> tuple[int, ...]:
        content = self._sector(sector)
        if len(content) < self._size:
            raise DamagedError
        return struct.unpack(f"<{self._size // 4}I", content)

    def _followed(self, start: int, table: list[int]) -> Iterator[int]:
        at, left = start, len(table)
        while at < _ENDS:
            if at >= len(table) or left == 0:
                raise DamagedError
            yield at
            at, left = table[at], left - 1

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._followed(start, self._fat)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise DamagedError
        return self._data[start : start + self._size]
