"""Typed columns as text: each value in one form, and exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_codes
from retention_cli.reading.coding import pays
from retention_cli.reading.workbooks.cell_text import number_text

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_BYTES = 64
"""Longer cells of bytes are pictures or documents; shorter ones may be ids."""
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
"""What no text has: such bytes are a hash, or of another program."""

_FEW_ROWS = 1 << 12
_DAY_SECONDS = 86_400
_MONEY_DECIMALS = 4
_NOT_PLAIN = r"e|\A-0\z|.{17,}"
"""Floats that the shortest form does not write as a spreadsheet does."""
_HEX = np.frombuffer(b"0123456789abcdef", np.uint8)
_SPAN = np.dtype([("months", "<i4"), ("days", "<i4"), ("nanoseconds", "<i8")])
_NANOSECONDS_OF_A_DAY = _DAY_SECONDS * 10**9
_UUID, _KNOWN_STORAGE = "arrow.uuid", ("arrow.json", "arrow.bool8")


class Texts(NamedTuple):
    """A column as text; `numbers` marks the cells that are numbers, None where none is.

    `recoded` says that some texts were not UTF-8.
    """

    cells: pa.ChunkedArray
    numbers: pa.ChunkedArray | None = None
    recoded: bool = False


def texts_of(column: pa.ChunkedArray) -> Texts | None:
    """Write the cells of a column as text; None for lists, long bytes and what is not known.

    Days are YYYY-MM-DD, and so are times that are all midnight; times with a zone have an offset;
    spans of time are H:MM:SS; numbers have a point before their decimals, and no exponent.
    Example:
        >>> texts_of(pa.chunked_array([[1.5, None]])).cells.to_pylist()
        ['1.5', None]
        >>> texts_of(pa.chunked_array([[["a", "b"]]])) is None
        True
    """
    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        return _of_extension(column)
    repeats = _may_repeat(kind) and len(column) > _FEW_ROWS and pays(column)
    if repeats or pa.types.is_dictionary(kind):
        return _of_codes(as_codes(column))
    write = next((write for fits, write in _WRITTEN if fits(kind)), None)
    found = write(column) if write else None
    return Texts(found) if isinstance(found, pa.ChunkedArray) else found


def _plainly(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(column, pa.string())


def _of_texts(column: pa.ChunkedArray) -> Texts:
    """Take texts as they are; a file may call UTF-8 what is not."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        raw = pc.cast(column, pa.binary()).to_pylist()
        return Texts(pa.chunked_array([[*map(decoded, raw)]], pa.string()), recoded=True)
    return Texts(_plainly(column))


def decoded(text: bytes | None) -> str | None:
    """Read bytes as UTF-8, or else as most old programs write."""
    if text is None:
        return None
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")


def _may_repeat(kind: pa.DataType) -> bool:
    return (pa.types.is_temporal(kind) and not pa.types.is_interval(kind)) or (
        pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind)
    )


def _of_codes(codes: pa.DictionaryArray) -> Texts | None:
    """Write each value once, and keep the codes where they are of different texts."""
    found = texts_of(pa.chunked_array([codes.dictionary]))
    if found is None:
        return None
    each, numbers = found.cells.combine_chunks(), found.numbers
    places = pc.cast(codes.indices, pa.int32())  # Those of an enum of few words are bytes.
    if numbers is not None:
        numbers = pc.fill_null(numbers.take(places), False)
    if each.null_count or pc.count_distinct(each).as_py() < len(each):
        cells = each.take(places)
    else:
        cells = pa.DictionaryArray.from_arrays(places, each)
    return Texts(pa.chunked_array([cells]), numbers, found.recoded)


def _of_extension(column: pa.ChunkedArray) -> Texts | None:
    """Read types that are built on others; what the values of unknown ones mean is not known."""
    kind = column.type
    storage = pa.chunked_array([one.storage for one in column.chunks], kind.storage_type)
    if kind.extension_name == _UUID:
        return Texts(
            pa.chunked_array([_hex(one, dashes=True) for one in storage.chunks], pa.string())
        )
    if kind.extension_name == "arrow.bool8":
        return texts_of(pc.cast(storage, pa.bool_()))
    return texts_of(storage) if kind.extension_name in _KNOWN_STORAGE else None


def _of_floats(column: pa.ChunkedArray) -> Texts:
    if pa.types.is_float16(column.type):
        column = pc.cast(column, pa.float32())
    # What is not a number is how dataframes write a blank.
    column = pc.if_else(pc.is_nan(column), None, column)
    texts = _each(_plainly(column), _NOT_PLAIN, lambda text: number_text(float(text)))
    return Texts(texts, pc.fill_null(pc.is_finite(column), False))


def _of_integers(column: pa.ChunkedArray) -> Texts:
    return Texts(_plainly(column), pc.is_valid(column))


def _of_decimals(column: pa.ChunkedArray) -> Texts:
    texts = _each(_plainly(column), "E", lambda text: format(Decimal(text), "f"))
    if column.type.scale > _MONEY_DECIMALS:
        texts = pc.ascii_rtrim(pc.ascii_rtrim(texts, "0"), ".")
    return Texts(texts, pc.is_valid(texts))


def _of_times(column: pa.ChunkedArray) -> pa.ChunkedArray:
    whole = _cast_if_exact(column, pa.timestamp("s", column.type.tz))
    if whole is None:
        return _with_zone(column)
    seconds = pc.cast(whole, pa.int64())
    days = pc.floor(pc.divide(pc.cast(seconds, pa.float64()), float(_DAY_SECONDS)))
    midnights = pc.multiply(pc.cast(days, pa.int64()), _DAY_SECONDS)
    if column.type.tz is None and pc.all(pc.equal(seconds, midnights)).as_py():
        return _plainly(pc.cast(whole, pa.date32()))
    return _with_zone(whole)


def _with_zone(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write moments in their zone with its offset, or in UTC where nobody knows the zone."""
    try:
        return _plainly(column)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _plainly(pc.cast(column, pa.timestamp(column.type.unit, "UTC")))


def _of_time_of_day(column: pa.ChunkedArray) -> pa.ChunkedArray:
    whole = _cast_if_exact(column, pa.time32("s"))
    return _plainly(column if whole is None else whole)


def _cast_if_exact(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray | None:
    try:
        return pc.cast(column, kind)
    except pa.ArrowInvalid:
        return None


def _of_durations(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return _clock(pc.cast(pc.cast(column, pa.duration("us"), safe=False), pa.int64()))


def _of_intervals(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write days and parts of days as a span of time; how long a month is nobody knows."""
    chunks = []
    for one in column.chunks:
        parts = np.frombuffer(one.buffers()[1], _SPAN)[one.offset : one.offset + len(one)]
        length = parts["days"] * np.int64(_NANOSECONDS_OF_A_DAY) + parts["nanoseconds"]
        spans = _clock(
            pa.array(length // 1000, mask=pc.is_null(one).to_numpy(zero_copy_only=False))
        )
        months = pc.binary_join_element_wise(
            pc.cast(pa.array(parts["months"]), pa.string()), "months", " "
        )
        chunks.append(pc.if_else(pa.array(parts["months"] != 0), months, spans))
    return pa.chunked_array(chunks, pa.string())


def _clock(microseconds: Any) -> Any:
    """Write spans of time as H:MM:SS, with a fraction where any has one."""
    length = pc.abs(microseconds)
    seconds = pc.divide(length, 10**6)
    minutes = pc.divide(seconds, 60)
    hours = pc.divide(minutes, 60)
    parts = [
        pc.if_else(pc.less(microseconds, 0), "-", ""),
        pc.cast(hours, pa.string()),
        ":",
        _padded(pc.subtract(minutes, pc.multiply(hours, 60)), 2),
        ":",
        _padded(pc.subtract(seconds, pc.multiply(minutes, 60)), 2),
    ]
    rest = pc.subtract(length, pc.multiply(seconds, 10**6))
    if pc.any(pc.not_equal(rest, 0)).as_py():
        parts += [".", _padded(rest, 6)]
    return pc.binary_join_element_wise(*parts, "")


def _padded(numbers: Any, width: int) -> Any:
    return pc.ascii_lpad(pc.cast(numbers, pa.string()), width, "0")


def _of_bytes(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Read bytes as the text that they are, short ones else as digits: they may be ids."""
    texts = _cast_if_exact(pc.cast(column, pa.large_binary()), pa.large_string())
    if texts is not None and not pc.any(pc.match_substring_regex(texts, CONTROL)).as_py():
        return _plainly(texts)
    longest = pc.max(pc.binary_length(column)).as_py() or 0
    if longest > LONGEST_BYTES:
        return None
    return pa.chunked_array([_hex(one) for one in column.chunks], pa.string())


def _hex(cells: pa.Array, *, dashes: bool = False) -> pa.StringArray:
    """Write bytes as digits, all of one length at once."""
    lengths = pc.unique(pc.drop_null(pc.binary_length(cells))).to_pylist()
    if len(lengths) != 1:
        return pa.array([cell and cell.hex() for cell in cells.to_pylist()], pa.string())
    (width,) = lengths
    filled = pc.fill_null(cells, bytes(width)).cast(pa.binary(width))
    start = filled.offset * width
    raw = np.frombuffer(filled.buffers()[1], np.uint8)[start : start + len(cells) * width]
    digits = np.stack([_HEX[raw >> 4], _HEX[raw & 15]], axis=1).reshape(len(cells), 2 * width)
    if dashes:
        digits = np.insert(digits, [8, 12, 16, 20], ord("-"), axis=1)
    texts = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(digits.shape[1]), len(cells), [None, pa.py_buffer(np.ascontiguousarray(digits))]
    )
    return pc.if_else(pc.is_null(cells), None, texts.cast(pa.binary()).cast(pa.string()))


def _each(texts: pa.ChunkedArray, pattern: str, write: Callable[[str], str]) -> pa.ChunkedArray:
    """Write anew the few texts that a pattern finds, each once."""
    found = pc.match_substring_regex(texts, pattern)
    if not pc.any(found).as_py():
        return texts
    codes = as_codes(texts)
    odd = pc.match_substring_regex(codes.dictionary, pattern).to_pylist()
    words = codes.dictionary.to_pylist()
    new = pa.array(
        [write(w) if is_odd else w for w, is_odd in zip(words, odd, strict=True)], pa.string()
    )
    return pa.chunked_array([new.take(codes.indices)])


_WRITTEN: tuple[tuple[Callable[[pa.DataType], bool], Callable[[Any], Any]], ...] = (
    (pa.types.is_string, _of_texts),
    (pa.types.is_large_string, _of_texts),
    (pa.types.is_string_view, _of_texts),
    (pa.types.is_integer, _of_integers),
    (pa.types.is_floating, _of_floats),
    (pa.types.is_decimal, _of_decimals),
    (pa.types.is_boolean, _plainly),
    (pa.types.is_null, _plainly),
    (pa.types.is_date, _plainly),
    (pa.types.is_timestamp, _of_times),
    (pa.types.is_time, _of_time_of_day),
    (pa.types.is_duration, _of_durations),
    (pa.types.is_interval, _of_intervals),
    (pa.types.is_binary, _of_bytes),
    (pa.types.is_large_binary, _of_bytes),
    (pa.types.is_binary_view, _of_bytes),
    (pa.types.is_fixed_size_binary, _of_bytes),
)
