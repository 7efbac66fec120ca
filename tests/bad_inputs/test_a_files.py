"""Files and encodings: what comes, and what must happen."""

from __future__ import annotations

import gzip
import io
import os
import threading
import zipfile

import pytest

from good_rows import FIRST_BAD, GOOD, HEADER, customers
from retention_cli import reading

pytestmark = pytest.mark.sweep

GERMAN = customers("Müller,2024-01-01,,Küche")


def test_1_a_mark_of_utf_8_is_no_part_of_the_first_header(read):
    found = read({"customers.csv": customers().encode("utf-8-sig")})
    assert (found.code, found.counts()) == (0, (40, 0, 0))
    assert "Problems" not in found.err


def test_1_a_mark_of_utf_8_stands_before_settings_and_benchmarks_too(read):
    settings = b'\xef\xbb\xbfcurrency = "EUR"\n'
    benchmarks = b'\xef\xbb\xbf[[benchmark]]\nkpi = "retention_rate"\ntarget = "50%"\n'
    found = read(
        {
            "customers.csv": customers("new,2025-06-02,,Small"),
            "retention.toml": settings,
            "benchmarks.toml": benchmarks,
        }
    )
    assert found.code == 0
    assert found.figures["retention_rate"]["verdict"] == "meets"


def test_2_utf_16_with_its_mark_is_read_and_said_when_asked(read):
    data = {"customers.csv": customers().encode("utf-16")}
    found = read(data)
    assert (found.code, found.counts()) == (0, (40, 0, 0))
    assert "utf-16" not in found.err
    assert "customers.csv: customers · utf-16 · delimiter ," in read(data, "--verbose").err


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_3_utf_16_without_a_mark_is_asked_about_by_its_name(read, encoding):
    data = {"customers.csv": customers().encode(encoding)}
    found = read(data)
    assert (found.code, found.files) == (3, {})
    assert f"customers.csv: looks like {encoding}" in found.err
    assert f"--encoding {encoding}" in found.err
    assert read(data, "--encoding", encoding).counts() == (40, 0, 0)


def test_4_windows_text_is_read_with_a_warning_of_line_byte_and_way_out(read):
    found = read({"customers.csv": GERMAN.encode("cp1252")})
    assert (found.code, found.counts()) == (0, (41, 0, 0))
    assert "customers.csv: not UTF-8 at line 42, byte 0xFC: read as Windows-1252" in found.err
    assert "use --encoding" in found.err
    told = read({"customers.csv": GERMAN.encode("cp1252")}, "--encoding", "cp1252")
    assert (told.code, "not UTF-8" in told.err) == (0, False)


def test_4_a_strict_run_takes_no_guess_at_an_encoding(read):
    data = {"customers.csv": GERMAN.encode("cp1252")}
    found = read(data, "--strict")
    assert (found.code, found.files) == (3, {})
    assert "not UTF-8 at line 42, byte 0xFC" in found.err
    assert "--encoding cp1252" in found.err
    assert read(data, "--strict", "--encoding", "cp1252").code == 0


@pytest.mark.parametrize(
    ("name", "encoding", "shown"),
    [
        pytest.param("Müller", "mac-roman", "MŸller", id="mac-roman"),
        pytest.param("Łódź", "cp1250", "£ódŸ", id="cp1250"),
        pytest.param("Иван", "cp1251", "Èâàí", id="cp1251"),
    ],
)
def test_5_another_encoding_shows_its_first_word_as_it_was_read(read, name, encoding, shown):
    data = {"customers.csv": customers(f"{name},2024-01-01,,Small").encode(encoding)}
    found = read(data)
    assert (found.code, found.counts()) == (0, (41, 0, 0))
    assert f"there '{shown}'; if that is wrong, use --encoding" in found.err
    assert "not UTF-8" not in read(data, "--encoding", encoding).err


def test_5_a_byte_that_windows_does_not_have_is_an_error_with_its_line(read):
    data = {"customers.csv": GERMAN.encode("cp437")}
    found = read(data)
    assert found.code == 3
    assert "customers.csv line 42: byte 0x81 is neither UTF-8 nor Windows-1252" in found.err
    assert "--encoding NAME" in found.err
    assert read(data, "--encoding", "cp437").counts() == (41, 0, 0)


def test_6_a_byte_far_down_is_found_before_any_figure_is_printed(read):
    rows = [f"k{n},2024-01-01,,Small" for n in range(5_000)]
    data = customers(*rows).encode() + b"M\xfcller,2024-01-01,,Small\n"
    found = read({"customers.csv": data})
    assert (found.code, found.counts()) == (0, (5_041, 0, 0))
    assert "not UTF-8 at line 5042, byte 0xFC" in found.err
    assert "there 'Müller'" in found.err
    assert read({"customers.csv": data}, "--strict").files == {}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        pytest.param("a\0b,2024-01-01,,Small", "customer_id", id="an id"),
        pytest.param("ab,2024-01-01,,Sm\0all", "segment", id="a column of the user's own"),
        pytest.param('ab,2024-01-01,,"Sm\0all"', "segment", id="in quotes"),
    ],
)
def test_7_a_nul_in_a_field_rejects_its_row(read, row, column):
    found = read({"customers.csv": customers(row)})
    assert (found.code, found.counts()) == (0, (40, 1, 0))
    assert f"customers.csv row 42: {column}" in found.err
    assert "holds the control character U+0000" in found.err
    assert found.codes() == ["control-character"]
    assert found.raw(FIRST_BAD) == row.replace('"', "").split(",")


def test_8_an_empty_file_is_an_error_that_says_so(read):
    found = read({"invoices.csv": ""})
    assert (found.code, found.files) == (3, {})
    assert "invoices.csv is empty (0 bytes)" in found.err
    assert "hint: export it again" in found.err


@pytest.mark.parametrize(
    ("name", "header", "kpi"),
    [
        pytest.param("customers.csv", HEADER, "retention_rate", id="customers"),
        pytest.param(
            "invoices.csv", "invoice_date,amount", "average_purchase_value", id="invoices"
        ),
        pytest.param("surveys.csv", "nps,responded_at", "nps", id="surveys"),
    ],
)
def test_9_a_header_alone_is_a_warning_and_figures_without_a_value(read, name, header, kpi):
    found = read({name: header + "\n"})
    assert (found.code, found.counts(name)) == (0, (0, 0, 0))
    assert f"{name}: has no rows to use: its figures are undefined" in found.err
    assert found.figures[kpi]["value"] is None
    assert found.figures[kpi]["reason"]


def test_10_a_missing_file_is_answered_with_the_nearest_name(read, folder):
    found = read({"customers.csv": customers()}, paths=("customer.csv",))
    assert found.code == 2
    assert "customer.csv: no such file" in found.err
    assert "did you mean 'customers.csv'?" in found.err


def test_11_a_folder_is_read_one_level_deep(read, folder):
    (folder / "deeper").mkdir()
    (folder / "deeper" / "customers.csv").write_text("nothing of this is read", "utf-8")
    assert list(read({"customers.csv": customers()}).files) == ["customers.csv"]


def test_11_a_folder_without_tables_is_an_error_that_names_what_is_there(read):
    found = read({"notes.md": "notes"})
    assert found.code == 3
    assert "has no exports; it has notes.md" in found.err
    assert ".csv" in found.err


def test_12_a_file_that_may_not_be_read_says_whose_it_is(read, folder, monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading, "_all_that_was_there", refused)
    (folder / "customers.csv").write_text(customers(), "utf-8")
    (folder / "customers.csv").chmod(0o040)
    found = read({})
    assert found.code == 3
    assert "customers.csv: cannot be read: no permission (owner " in found.err
    assert "mode ----r-----)" in found.err
    assert "chmod u+r 'customers.csv'" in found.err


def test_13_a_loop_of_symbolic_links_is_called_one(read, folder):
    (folder / "customers.csv").symlink_to("b.csv")
    (folder / "b.csv").symlink_to("customers.csv")
    found = read({})
    assert found.code == 3
    assert "symbolic links form a loop" in found.err
    assert "fix the link" in found.err


def test_14_a_pipe_is_read_once(read, folder):
    pipe = folder / "customers.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(customers().encode(),))
    writer.start()
    found = read({}, paths=("customers.csv",))
    writer.join()
    assert (found.code, found.counts()) == (0, (40, 0, 0))


def test_14_a_pipe_that_does_not_end_is_an_error(read, folder, monkeypatch):
    monkeypatch.setattr("retention_cli.reading.piped.MOST_BYTES", 100)
    pipe = folder / "customers.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(customers().encode(),))
    writer.start()
    found = read({}, paths=("customers.csv",))
    writer.join()
    assert (found.code, found.files) == (3, {})
    assert "customers.csv: holds more than 100 bytes" in found.err


@pytest.mark.parametrize("device", [os.devnull, "/dev/zero"])
def test_14_a_device_is_an_error(read, device):
    found = read({}, paths=(device,))
    assert found.code == 3
    assert f"{device}: is a device, not a file" in found.err


def test_15_a_file_that_grows_while_it_is_read_is_an_error(read, folder, monkeypatch):
    honest = reading._all_that_was_there

    def read_while_written(path, *about):
        data = honest(path, *about)
        with path.open("ab") as file:
            file.write(b"late,2024-01-01,,\n")
        return data

    monkeypatch.setattr(reading, "_all_that_was_there", read_while_written)
    found = read({"customers.csv": customers()})
    assert (found.code, found.files) == (3, {})
    assert "customers.csv: changed while it was being read" in found.err
    assert "hint: run it again" in found.err


def test_16_a_last_line_without_its_end_is_a_row(read):
    found = read({"customers.csv": customers("x,2024-01-01,,Small").rstrip("\n")})
    assert (found.code, found.counts()) == (0, (41, 0, 0))


def test_16_a_last_line_that_was_cut_off_is_rejected(read):
    found = read({"customers.csv": customers("x,2024-0").rstrip("\n")})
    assert (found.code, found.counts()) == (0, (40, 1, 0))
    assert "customers.csv row 42: has 2 of 4 fields" in found.err
    assert (found.codes(), found.raw(FIRST_BAD)) == (["wrong-width"], ["x", "2024-0"])


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"], ids=["CR", "CRLF", "LF"])
def test_17_any_end_of_line_will_do(read, end):
    assert read({"customers.csv": customers().replace("\n", end)}).counts() == (40, 0, 0)


def test_17_ends_of_lines_may_be_mixed(read):
    lines = customers().split("\n")
    mixed = "\r\n".join(lines[:9]) + "\n" + "\r".join(lines[9:])
    assert read({"customers.csv": mixed}).counts() == (40, 0, 0)


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, customers())
    return file.getvalue()


def test_18_a_table_inside_gzip_or_zip_is_read(read, folder):
    assert read({"customers.csv.gz": gzip.compress(customers().encode())}).code == 0
    (folder / "customers.csv.gz").unlink()
    found = read({"customers.csv.zip": zipped("customers.csv")})
    assert (found.code, found.counts("customers.csv.zip")) == (0, (40, 0, 0))


def test_18_an_archive_of_several_tables_is_an_error_that_names_them(read):
    found = read({"customers.zip": zipped("a.csv", "b.csv")}, paths=("customers.zip",))
    assert found.code == 3
    assert "holds 2 files, not one: a.csv, b.csv" in found.err
    assert "hint: unpack it" in found.err


def test_18_what_inflates_without_end_is_an_error(read, monkeypatch):
    monkeypatch.setattr("retention_cli.reading.piped.MOST_BYTES", 1 << 20)
    found = read({"customers.csv.gz": gzip.compress(bytes(2 << 20))})
    assert found.code == 3
    assert "customers.csv.gz: holds more than 1,048,576 bytes" in found.err


def test_18_half_an_archive_is_an_error(read):
    found = read({"customers.csv.gz": gzip.compress(customers().encode())[:60]})
    assert found.code == 3
    assert "damaged or half-copied" in found.err


def test_19_a_file_name_cannot_forge_a_line_or_a_colour(read):
    name = "cust\x1b[31m\nerror: all is well.csv"
    found = read({name: customers("x,2024-01-01")})
    assert (found.code, found.counts(name)) == (0, (40, 1, 0))
    assert "\x1b" not in found.err
    assert "\nerror" not in found.err
    assert r"cust\x1b[31m\nerror: all is well.csv" in found.err.replace(r"\x0a", r"\n")


def test_19_a_file_name_may_begin_with_a_dash_behind_two(retention, folder):
    (folder / "-customers.csv").write_text(customers(), "utf-8")
    assert retention("compute", "--period", "2025-06", "--", "-customers.csv").code == 0


def test_20_the_same_file_twice_is_an_error(read, folder):
    (folder / "link.csv").symlink_to("customers.csv")
    found = read({"customers.csv": customers()}, paths=("customers.csv", "link.csv"))
    assert found.code == 2
    assert "link.csv: given twice, as customers.csv before" in found.err


def test_20_a_copy_of_a_file_is_an_error(read):
    found = read({"a.csv": customers(), "b.csv": customers()})
    assert (found.code, found.files) == (3, {})
    assert "b.csv: has the same content as a.csv" in found.err


def test_20_rows_that_two_invoice_files_share_are_skipped_in_the_later(read):
    header = "invoice_id,customer_id,invoice_date,amount\n"
    shared = "2,c1,2025-06-02,20.00\n"
    found = read(
        {
            "a.csv": header + "1,c1,2025-06-01,10.00\n" + shared,
            "b.csv": header + shared + "3,c1,2025-06-03,30.00\n",
        }
    )
    assert found.code == 0
    assert (found.counts("a.csv"), found.counts("b.csv")) == ((2, 0, 0), (1, 0, 1))
    assert (found.codes(), found.raw(2)) == (["exported-twice"], ["2", "c1", "2025-06-02", "20.00"])
    assert "is in another file too" in found.err
    assert found.figures["revenue"]["value"] == "60.00"


def test_20_a_customer_in_two_files_is_counted_once(read):
    found = read(
        {"a.csv": customers(), "b.csv": f"{HEADER}\n{GOOD[0]}\nnew,2024-01-01,2025-06-05,\n"}
    )
    assert (found.counts("a.csv"), found.counts("b.csv")) == ((40, 0, 0), (1, 0, 1))
    assert found.figures["retention_rate"]["parts"]["CS"] == 41
