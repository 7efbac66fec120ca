from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.dataset import billed as module
from retention_cli.dataset.billed import billed, billed_first


@pytest.mark.parametrize("piece", [1, 2, 3, 100])
def test_drafts_and_voided_ones_come_last_and_each_part_keeps_its_order(monkeypatch, piece):
    monkeypatch.setattr(module, "_PIECE", piece)
    statuses = ["paid", "void", None, "draft", "open", "paid", "void", "paid"]
    chunks = [statuses[:3], statuses[3:4], [], statuses[4:]]
    rows = pa.table(
        {"status": pa.chunked_array(chunks, pa.string()), "_row": pa.array(range(len(statuses)))}
    )
    put = billed_first(rows)
    assert put["_row"].to_pylist() == [0, 2, 4, 5, 7, 1, 3, 6]
    assert put["status"].to_pylist() == [statuses[row] for row in put["_row"].to_pylist()]
    assert billed(put)["_row"].to_pylist() == [0, 2, 4, 5, 7]
