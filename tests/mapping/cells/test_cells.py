"""Columns held as codes and the texts they stand for."""

from __future__ import annotations

import pyarrow as pa

from retention_cli.mapping.cells.cells import Cells


def test_how_many_cells_have_a_text():
    column = pa.chunked_array([["a", "b"], ["a", None]]).dictionary_encode()
    assert Cells.of(column).times.to_pylist() == [2, 1]
    assert Cells.of(pa.chunked_array([["a", "a"]])).times is None
