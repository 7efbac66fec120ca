"""HTML under the name of a workbook: each table is a sheet, its cells are text as a page shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError, RetentionError, UnknownNameError
from retention_cli.reading import read_bytes
from workbooks import texts

HEAD = "<tr><th>Customer ID</th><th>Start Date</th></tr>"


def page(body, head="<meta charset=utf-8>"):
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def tables(body, **how):
    return read_bytes(page(body), name="export.xls", **how)


def the(rows):
    (found,) = tables(f"<table border=1>{rows}</table>")
    return found


def test_a_table_is_read_as_text_and_it_is_said():
    found = the(f"{HEAD}<tr><td>007</td><td>2025-06-01</td></tr>\n<tr><td> <td>x</tr><tr>")
    assert (found.headers, found.header_row, found.sheet) == (
        ("Customer ID", "Start Date"),
        *(1, "table 1"),
    )
    assert texts(found) == {2: ("007", "2025-06-01"), 3: ("", "x")}
    assert (found.typed(0), found.encoding) == (None, "utf-8")
    assert [(remark.code, remark.message) for remark in found.remarks] == [
        ("other-suffix", "is a page of HTML, though its name ends in .xls: it is read as one")
    ]


def test_entities_breaks_and_white_space_are_as_a_page_shows_them():
    found = the(
        "<tr><td>a&amp;b</td><td>c<br/>d</td></tr>"
        "<tr><td>\n  &lt;5 &#8364;\t x </td><td>&nbsp;</td></tr>"
        "<tr><td><p>one</p><p>two</p></td><td><b>Gr</b>&uuml;n</td></tr>"
    )
    assert found.headers == ("a&b", "c\nd")
    assert texts(found) == {2: ("<5 € x", ""), 3: ("one\n\ntwo", "Grün")}


def test_spans_keep_the_other_places_free_and_are_said():
    found = the(
        "<tr><th>id</th><th colspan=2>name</th><th>d</th></tr>"
        '<tr><td rowspan="2">1</td><td>x</td><td>y</td><td>z</td></tr>'
        "<tr><td>p</td><td>q</td><td>r</td></tr><tr><td>2</td><td>s</td></tr>"
    )
    assert found.headers == ("id", "name", "", "d")
    assert texts(found) == {2: ("1", "x", "y", "z"), 3: ("", "p", "q", "r"), 4: ("2", "s", "", "")}
    assert [remark.message for remark in found.remarks][1:3] == [
        "header cells are merged (B1:C1): only the first column of each has the name",
        "cells are merged (A2:A3): only the first cell of each has the value",
    ]


def test_several_tables_are_several_sheets_and_nested_ones_are_their_own():
    inner = f"<table>{HEAD}<tr><td>a<td>b</table>"
    found = tables(f"<table><tr><td>Menu</td><td>{inner}</td></tr></table><table><tr><td>c</table>")
    assert [(one.sheet, one.headers) for one in found] == [
        ("table 1", ("Menu",)),
        ("table 2", ("Customer ID", "Start Date")),
        ("table 3", ("c",)),
    ]
    (second,) = tables(f"{inner}{inner}", sheet="Table 2")
    assert texts(second) == {2: ("a", "b")}
    with pytest.raises(UnknownNameError):
        tables(inner, sheet="Data")


def test_scripts_styles_and_comments_are_not_text():
    found = the(
        f"{HEAD}<!-- <tr><td>no</td></tr> --><tr><td>a<script>if (1 < 2) '<td>'</script></td>"
        "<td><style>td{}</style>b</td></tr><![if !vml]><tr style='DISPLAY: none'><td>c<td>d</tr>"
    )
    assert texts(found) == {2: ("a", "b"), 3: ("c", "d")}
    assert found.marked == {"hidden": {3}}


def test_what_a_page_hides_inside_a_cell_is_not_read():
    found = the(
        f"{HEAD}<tr><td><span style='display:none'>0<span>1</span><br>9</span>7"
        "<td><input hidden>x</tr><tr><td>8<b hidden>9<td>y</tr>"
    )
    assert texts(found) == {2: ("7", "x"), 3: ("8", "y")}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<select><option>5<option selected>10</select>1", "101"),
        ("10<sup>2</sup>", "10²"),
        ("H<sub>2</sub>O 3", "H₂O 3"),
        ("<s>9</s>10", "9\n10"),
        ("<h4>9</h4>10", "9\n10"),
        ("10<noscript>9</noscript><template><td>8</td></template>", "10"),
    ],
)
def test_digits_that_a_page_sets_apart_are_not_of_one_number(cell, text):
    assert texts(the(f"{HEAD}<tr><td>a<td>{cell}</td></tr>")) == {2: ("a", text)}


def test_the_foot_of_a_table_stands_below_it_wherever_it_is_written():
    rows = "<tr><td><s>a</s><td>b</tr><tr style='display:none'><td>c<td>d</tr>"
    foot = "<tfoot><tr><td>e<td>f</tr></tfoot>"
    for text in (f"{foot}<tbody>{rows}", f"<tbody>{rows}</tbody>{foot}"):
        found = the(f"<thead>{HEAD}</thead>{text}")
        assert texts(found) == {2: ("a", "b"), 3: ("c", "d"), 4: ("e", "f")}
        assert (found.marked["hidden"], found.marked["struck through"]) == ({3}, {2})


@pytest.mark.parametrize(
    "start",
    [
        "<table>",
        "\n <!-- by us -->\n<TABLE border='1'>",
        '<?xml version="1.0"?><!DOCTYPE html><html><table>',
        "<div>a < b<table>",
        '\ufeff<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><table>',
    ],
)
def test_a_page_is_known_by_how_it_starts(start):
    (found,) = read_bytes(f"{start}{HEAD}<tr><td>Zoë<td>b</table>".encode(), name="a.xlsx")
    assert texts(found) == {2: ("Zoë", "b")}


@pytest.mark.parametrize(
    ("head", "encoding", "found"),
    [
        ("<meta charset=iso-8859-2>", "iso-8859-2", "iso-8859-2"),
        ("<meta charset='ISO-8859-1'>", "cp1252", "cp1252"),
        ("<meta charset=utf-8>", "cp1252", "cp1252"),
        ("", "utf-16", "utf-16"),
        ("<meta charset=base64>", "utf-8", "utf-8"),
        ("<meta charset=utf-8>", "utf-8-sig", "utf-8-sig"),
    ],
)
def test_its_encoding_is_what_its_bytes_or_its_own_words_say(head, encoding, found):
    text = page(f"<table>{HEAD}<tr><td>Müller<td>b</table>", head).decode()
    (table,) = read_bytes(text.encode(encoding), name="a.xls")
    assert (texts(table), table.encoding) == ({2: ("Müller", "b")}, found)
    (told,) = read_bytes(text.encode("cp850"), name="a.xls", encoding="cp850")
    assert texts(told) == {2: ("Müller", "b")}


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Please log in</h1>",
        "<form><table><tr><td>User<td><input></tr><tr><td>Key<td><input></tr></table></form>",
        f"<table>{HEAD}</table><input type=password>",
    ],
)
def test_a_page_without_a_table_of_data_is_refused(body):
    with pytest.raises(DataRefusedError, match="this is HTML without a table of data") as refused:
        tables(body)
    assert refused.value.hint == "is it a login page? export the table again, as CSV"


def test_html_that_is_named_as_text_stays_refused():
    with pytest.raises(DataRefusedError, match="this is HTML or XML, not a table"):
        read_bytes(page(f"<table>{HEAD}<tr><td>a<td>b</table>"), name="a.csv")


def test_a_page_that_stops_inside_a_tag_is_refused():
    with pytest.raises(DataRefusedError, match="damaged or half-copied"):
        read_bytes(b"<table><tr><td>a<td>b<tr><td cla", name="a.xls")


@pytest.mark.parametrize(
    "piece", ["</", "<a ", "<a b='", '<a b="x>', "<!", "<!--", "<?", "&#1", "<b"]
)
def test_half_tags_take_no_longer_than_their_number(piece):
    data = f"<table>{HEAD}<tr><td>a<td>b{piece * 20_000}".encode()
    try:
        (found,) = read_bytes(data, name="a.xls")
    except DataRefusedError as error:
        assert "damaged" in error.message
    else:
        assert found.rows == 1


def test_spans_without_end_are_refused():
    cell = "<td colspan=999 rowspan=60000>"
    with pytest.raises(DataRefusedError, match="its cells span more than"):
        tables(f"<table><tr>{cell}" * 5_000)
    with pytest.raises(DataRefusedError, match="more than 1,000 columns"):
        the(f"<tr>{cell}" * 5_000)


@given(
    st.lists(
        st.sampled_from(["<table>", "</table>", "<tr>", "<td>", "</td>", "<th colspan=3>", "<br>"])
        | st.sampled_from(["<td rowspan=2>", "<script>", "</script>", "<!--", "-->", "<!x>", "&lt"])
        | st.text(max_size=4),
        max_size=30,
    )
)
def test_any_mixture_of_tags_is_read_or_refused(pieces):
    data = ("<table><tr><td>a<td>b<tr>" + "".join(pieces)).encode("utf-8", "replace")
    try:
        found = read_bytes(data, name="a.xls")
    except RetentionError as error:
        assert error.hint
        return
    for table in found:
        assert table.rows == table.blank + len(table.numbers)
