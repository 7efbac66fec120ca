from __future__ import annotations

import re
import sys

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.reading.text import WHITE_SPACE, TextBatch, TextSheet, Unwrapped


def test_all_that_python_or_arrow_takes_for_white_space_is_white_space():
    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    python = {character for character in characters if character.isspace()}
    trimmed = pc.utf8_trim_whitespace(pa.array(characters)).to_pylist()
    arrow = {character for character, rest in zip(characters, trimmed, strict=True) if not rest}
    assert python | arrow <= set(WHITE_SPACE)


def test_white_space_needs_no_escape_in_a_pattern():
    assert re.fullmatch(rf"[{WHITE_SPACE}]+", WHITE_SPACE)
    assert pc.match_substring_regex(pa.array([WHITE_SPACE]), rf"\A[{WHITE_SPACE}]+\z")[0].as_py()


def test_a_row_is_given_as_it_stood_with_nothing_for_null():
    columns = pa.RecordBatch.from_arrays([pa.array(["1", None]), pa.array([None, "b"])], ["0", "1"])
    batch = TextBatch(columns, pa.array([2, 3], pa.int64()))
    assert [batch.raw(0), batch.raw(1)] == [("1", ""), ("", "b")]


def test_a_sheet_without_rows_has_columns_of_text():
    sheet = TextSheet("a.csv", ("a",), 1, [], 0)
    assert sheet.column(0).type == pa.string()
    assert sheet.numbers.type == pa.int64()


def test_many_rows_are_given_as_each_of_them_is():
    cells = pa.RecordBatch.from_arrays(
        [pa.array(["1", None, "3"]), pa.array([None, "b", "c"]).dictionary_encode()], ["0", "1"]
    )
    batches = [TextBatch(cells, pa.array(rows, pa.int64())) for rows in ([2, 3, 5], [6, 9, 12])]
    sheet = TextSheet("a.csv", ("a", "made"), 1, batches, 6, made=1)
    found = sheet.raws([12, 3, 4, 6, 99])
    assert found == {3: ("",), 6: ("1",), 12: ("3",)}
    assert found == {row: sheet.raw(row) for row in (3, 6, 12)}


def test_some_rows_of_a_sheet_keep_their_wrapping():
    batch = TextBatch(
        pa.RecordBatch.from_arrays([pa.array(["1", "2", "3"])], ["0"]), pa.array([2, 3, 5])
    )
    wrapped = Unwrapped(0, np.array([2, 5]), pa.array(['="1"', '="3"']))
    some = TextSheet("a.csv", ("a",), 1, [batch], 3, unwrapped=(wrapped,)).only([5, 3, 9])
    assert some.rows == 3
    assert some.raws([2, 3, 5]) == {3: ("2",), 5: ("3",)}
    assert [some.as_it_stood(row, some.raw(row)) for row in (3, 5)] == [("2",), ('="3"',)]
