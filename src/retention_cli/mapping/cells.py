"""A column of text while it is rewritten: each distinct text once, where the file has it as codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Cells:
    """The texts of a column and, where each stands there once, the code of every cell.

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
        chunks = column.unify_dictionaries().chunks
        return cls(chunks[0].dictionary, pa.chunked_array([chunk.indices for chunk in chunks]))

    @classmethod
    def repeated(cls, value: str, rows: pa.ChunkedArray) -> Cells:
        """Repeat one text in every row."""
        zeros = [np.zeros(len(chunk), dtype=np.int32) for chunk in rows.chunks]
        return cls(pa.array([value]), pa.chunked_array(zeros, pa.int32()))

    def each(self, rewrite: Callable[[Any], Any]) -> Cells:
        """Rewrite every text."""
        return Cells(rewrite(self.texts), self.codes)

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
