"""A column of text while it is rewritten: each distinct text once, where the file has it as codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import with_same_texts
from retention_cli.reading.text import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

_EDGES = np.array([byte >= 0x80 or chr(byte) in WHITE_SPACE for byte in range(256)])
"""First and last bytes of a text that may be white space: any beyond ASCII may."""


class Cells(NamedTuple):
    """The texts of a column and, where each is there once, the code of every cell.

    What is decided of a column rests on which texts it has, and rewriting looks at one cell at a
    time, so either way the outcome is the same.
    """

    texts: Any
    codes: pa.ChunkedArray | None = None

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> Cells:
        """Take a column as it is held.

        Example:
            >>> Cells.of(pa.chunked_array([["a", "b", "a"]]).dictionary_encode()).texts.to_pylist()
            ['a', 'b']
        """
        if not pa.types.is_dictionary(column.type):
            return cls(column)
        chunks = with_same_texts(column).chunks
        codes = pa.chunked_array([chunk.indices for chunk in chunks], pa.int32())
        return cls(chunks[0].dictionary, codes)

    @classmethod
    def repeated(cls, value: str, rows: pa.ChunkedArray) -> Cells:
        """Repeat one text in every row."""
        zeros = [np.zeros(len(chunk), dtype=np.int32) for chunk in rows.chunks]
        return cls(pa.array([value]), pa.chunked_array(zeros, pa.int32()))

    def each(self, rewrite: Callable[[Any], Any]) -> Cells:
        """Rewrite every text."""
        return Cells(rewrite(self.texts), self.codes)

    @property
    def times(self) -> pa.Array | None:
        """How many cells have each text; None where every cell has one of its own."""
        if self.codes is None:
            return None
        codes = self.codes.drop_null().to_numpy()
        return pa.array(np.bincount(codes, minlength=len(self.texts)))

    @property
    def text(self) -> Any:
        """The text of every cell."""
        return self.texts if self.codes is None else self.texts.take(self.codes)

    @property
    def column(self) -> Any:
        """The column with codes, if it has any: each text has one code, and blank cells none."""
        if self.codes is None:
            return self.texts
        codes, texts = self.codes, self.texts
        if texts.null_count or pc.count_distinct(texts).as_py() < len(texts):
            again = pc.dictionary_encode(texts)
            codes, texts = again.indices.take(codes), again.dictionary
        chunks = [pa.DictionaryArray.from_arrays(chunk, texts) for chunk in codes.chunks]
        return pa.chunked_array(chunks, pa.dictionary(pa.int32(), pa.string()))


def may_be_padded(texts: Any) -> bool:
    """Look at the first and last byte of each text; only what may be white space needs a closer look.

    Example:
        >>> may_be_padded(pa.array(["ann", "b b"])), may_be_padded(pa.array(["ann "]))
        (False, True)
    """
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    return any(_EDGES[edges].any() for chunk in chunks for edges in _edges(chunk))


def _edges(texts: pa.StringArray) -> Iterator[npt.NDArray[np.uint8]]:
    _, offsets, data = texts.buffers()
    if data is None or not len(texts):
        return
    ends = np.frombuffer(offsets, np.int32, len(texts) + 1, texts.offset * 4)
    filled = ends[1:] > ends[:-1]
    letters = np.frombuffer(data, np.uint8)
    yield letters[ends[:-1][filled]]
    yield letters[ends[1:][filled] - 1]


def each_distinct(column: Any, read: Callable[[Any], Any], kind: pa.DataType) -> Any:
    """Apply a reader of one value to each distinct value of a column; null stays null."""
    distinct = pc.unique(column)
    values = [None if value is None else read(value) for value in distinct.to_pylist()]
    return pa.array(values, kind).take(pc.index_in(column, value_set=distinct))


def lettered(pattern: str, texts: Any) -> str:
    r"""Write `\p{L}` of a pattern as letters that texts have: RE2 takes milliseconds to prepare all.

    Example:
        >>> lettered(r"\p{L}+", pa.array(["Mai"])), lettered(r"\p{L}+", pa.array(["März"]))
        ('[A-Za-z]+', '\\p{L}+')
    """
    beyond = pc.any(pc.invert(pc.string_is_ascii(texts))).as_py()
    return pattern if beyond else pattern.replace(r"\p{L}", "[A-Za-z]")
