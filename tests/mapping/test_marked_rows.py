"""Rows that somebody hid or struck through in a workbook."""

import io
import json

import openpyxl
import pytest
from openpyxl.styles import Font

ROWS = [["Invoice", "Date", "Customer", "Amount"]] + [
    [f"R{day}", f"2025-06-{day:02}", f"C{day % 4}", 100 + day] for day in range(1, 13)
]
HEAD = '[[export]]\nfile = "i.xlsx"\nkind = "invoices"\n'


def workbook(*, struck=(), hidden=()):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    for row in struck:
        book.active.cell(row, 4).font = Font(strike=True)
    for row in hidden:
        book.active.row_dimensions[row].hidden = True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def computed(folder, retention, data, settings=""):
    (folder / "i.xlsx").write_bytes(data)
    (folder / "retention.toml").write_text(settings)
    found = retention("compute", folder, "--period", "2025-06", "--format", "json")
    if found.code:
        return found.err, []
    card = json.loads(found.out)
    (revenue,) = (one["value"] for one in card["figures"] if one["kpi"] == "revenue")
    return revenue, [one["message"] for one in card["data"]["warnings"]]


@pytest.mark.parametrize(
    ("marks", "key", "rest"),
    [
        ({"struck": (3, 5)}, "struck_rows", "1072.00"),
        ({"hidden": (3, 5)}, "hidden_rows", "1072.00"),
    ],
)
def test_a_key_says_whether_rows_that_are_marked_count(tmp_path, retention, marks, key, rest):
    found, said = computed(tmp_path, retention, workbook(**marks))
    if "struck" in marks:
        assert "2 rows with text that is struck through" in found
    else:
        assert found == "1278.00"
        assert any(key in one for one in said)
    settings = f'{HEAD}{key} = "leave-out"\n'
    assert computed(tmp_path, retention, workbook(**marks), settings)[0] == rest
    found, said = computed(tmp_path, retention, workbook(**marks), f'{HEAD}{key} = "keep"\n')
    assert found == "1278.00"
    assert not any(key in one for one in said)


def test_a_font_that_is_struck_through_and_a_mark_of_no_row_ask_nothing(tmp_path, retention):
    data = workbook(struck=(30,), hidden=(31,))
    assert computed(tmp_path, retention, data) == ("1278.00", [])
