"""Columns whose texts occur often, as codes and each text once: nothing is lost by it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.reading.text import TextBatch

SAMPLE_ROWS = 1 << 16
FEWEST_ROWS_A_TEXT = 4


def coded(batches: list[TextBatch]) -> list[TextBatch]:
    """Give the same rows, with codes where a column has a fourth of its cells as texts, or fewer.

    The list that is given is emptied, so that a column of text is gone once it has its codes.
    """
    if not batches:
        return []
    columns = [
        pa.chunked_array([batch.columns.column(place) for batch in batches])
        for place in range(batches[0].columns.num_columns)
    ]
    rows = [(batch.rows, batch.typed) for batch in batches]
    batches.clear()

    def code(place: int) -> None:
        if pa.types.is_string(columns[place].type) and pays(columns[place]):
            columns[place] = pc.dictionary_encode(columns[place])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(code, range(len(columns))))
    names = [str(place) for place in range(len(columns))]
    return [
        TextBatch(pa.RecordBatch.from_arrays(list(chunks), names=names), *numbered)
        for *chunks, numbered in zip(*(column.chunks for column in columns), rows, strict=True)
    ]


def pays(column: pa.ChunkedArray) -> bool:
    """Guess from a sample whether a column has few enough texts, or other values.

    Of n cells drawn from d texts about n * n / 2d are repeats.
    """
    rows = len(column)
    cells = column
    if rows > SAMPLE_ROWS:
        every = rows // SAMPLE_ROWS
        cells = pa.chunked_array([c.take(pa.array(range(0, len(c), every))) for c in column.chunks])
    sample = len(cells)
    distinct: int = pc.count_distinct(cells).as_py()
    if sample == rows:
        return distinct * FEWEST_ROWS_A_TEXT <= rows
    texts = sample * sample / 2 / max(sample - distinct, 1)
    return texts * FEWEST_ROWS_A_TEXT <= rows
