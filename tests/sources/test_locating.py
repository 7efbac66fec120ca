from __future__ import annotations

import os
from pathlib import Path

import pytest

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.settings import ExportRule
from retention_cli.sources.locating import Located, left_aside, locate, rules_for


@pytest.fixture
def exports(tmp_path, monkeypatch):
    """A folder `exports` in the working folder, with two exports."""
    monkeypatch.chdir(tmp_path)
    folder = Path("exports")
    folder.mkdir()
    for name in ("customers.csv", "invoices.csv"):
        (folder / name).write_text(f"{name}\n1\n", "utf-8")
    return folder


def names(found):
    return [(one.name, one.kind) for one in found]


def refused(*paths, **named):
    with pytest.raises(RetentionError) as caught:
        locate([Path(path) for path in paths], named)
    return caught.value


def test_a_file_is_taken_as_it_is_called(exports):
    assert locate([exports / "customers.csv"], {}) == [Located(exports / "customers.csv")]


def test_a_file_needs_no_suffix_of_a_table_when_it_is_named(exports):
    (exports / "dump.dat").write_text("x", "utf-8")
    assert names(locate([exports / "dump.dat"], {})) == [("exports/dump.dat", None)]


def test_of_a_folder_the_tables_one_level_inside_are_taken_by_name(exports):
    for name in ("b.TSV", "a.txt", "c.tab", "retention.toml", "notes.md", "chart.png"):
        (exports / name).write_text("x", "utf-8")
    for name in ("rejects", "older", "folder.csv"):
        (exports / name).mkdir()
        (exports / name / "customers.csv").write_text("x", "utf-8")
    assert [Path(one.name).name for one in locate([exports], {})] == [
        *("a.txt", "b.TSV", "c.tab", "customers.csv", "invoices.csv")
    ]


@pytest.mark.parametrize("name", [".hidden.csv", "~$customers.csv", ".~lock.customers.csv#"])
def test_hidden_and_lock_files_are_passed_over(exports, name):
    (exports / name).write_text("x", "utf-8")
    assert len(locate([exports], {})) == 2


def test_a_pipe_in_a_folder_is_passed_over(exports):
    os.mkfifo(exports / "pipe.csv")
    assert len(locate([exports], {})) == 2


def test_files_come_in_the_order_they_are_given_and_named_ones_first(exports):
    Path("more").mkdir()
    Path("more/costs.csv").write_text("x", "utf-8")
    found = locate(
        [Path("more"), exports / "invoices.csv"], {"customers": [exports / "customers.csv"]}
    )
    assert names(found) == [
        ("exports/customers.csv", "customers"),
        ("more/costs.csv", None),
        ("exports/invoices.csv", None),
    ]


def test_a_file_named_by_its_kind_is_not_read_again_with_its_folder(exports):
    found = locate([exports], {"customers": [exports / "customers.csv"]})
    assert names(found) == [
        ("exports/customers.csv", "customers"),
        ("exports/invoices.csv", None),
    ]


def test_a_file_named_by_its_kind_is_not_read_again_under_another_name(exports):
    os.link(exports / "customers.csv", exports / "copy.csv")
    found = locate([exports], {"customers": [exports / "customers.csv"]})
    assert names(found) == [
        ("exports/customers.csv", "customers"),
        ("exports/invoices.csv", None),
    ]


def test_one_file_may_be_named_as_two_kinds(exports):
    file = exports / "customers.csv"
    found = locate([], {"customers": [file], "invoices": [file]})
    assert [one.kind for one in found] == ["customers", "invoices"]


@pytest.mark.parametrize(
    "again", ["exports/customers.csv", "exports/../exports/customers.csv", "./exports", "linked"]
)
def test_a_file_given_twice_is_refused(exports, again):
    Path("linked").symlink_to(exports)
    error = refused("exports/customers.csv", again)
    assert "given twice, as exports/customers.csv before" in error.message
    assert (error.hint, error.exit_code) == ("name it once", 2)


@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["symbolic", "hard"])
def test_a_link_to_a_file_of_the_folder_is_that_file_given_twice(exports, link):
    link((exports / "customers.csv").absolute(), exports / "latest.csv")
    error = refused(exports)
    assert error.message == "exports/latest.csv: given twice, as exports/customers.csv before"


def test_a_file_named_twice_as_one_kind_is_refused(exports):
    file = exports / "customers.csv"
    assert "given twice" in refused(customers=[file, file]).message


def test_files_with_equal_content_are_two_files(exports):
    (exports / "more.csv").write_bytes((exports / "customers.csv").read_bytes())
    assert len(locate([exports], {})) == 3


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("exports/custmers.csv", "exports/customers.csv"),
        ("exports/Customers.csv", "exports/customers.csv"),
        ("expots/customers.csv", "exports/customers.csv"),
        ("expots", "exports"),
        ("./exports/customers.cvs", "exports/customers.csv"),
    ],
)
def test_a_slip_in_a_path_is_answered_with_the_path_that_is_there(exports, given, meant):
    error = refused(given)
    assert error.message == f"{Path(given).as_posix()}: no such file or folder"
    assert (error.hint, error.exit_code) == (f"did you mean '{meant}'?", 2)


@pytest.mark.parametrize(
    "given",
    ["nothing-like-it", "exports/zzz.dat", "expots/zzz.dat", "a/b/c/d", "exports/customers.csv/x"],
)
def test_a_path_like_none_is_answered_without_a_guess(exports, given):
    error = refused(given)
    assert error.message == f"{given}: no such file or folder"
    assert error.hint == "check the path"


def test_a_missing_file_named_by_its_kind_is_answered_alike(exports):
    error = refused(customers=[exports / "custmers.csv"])
    assert error.hint == "did you mean 'exports/customers.csv'?"


def test_a_folder_without_tables_says_what_it_holds(exports):
    (exports / "empty").mkdir()
    (exports / "docs").mkdir()
    for name in "gfedcba":
        (exports / "docs" / f"{name}.md").write_text("x", "utf-8")
    empty, docs = refused(exports / "empty"), refused(exports / "docs")
    assert empty.message == "exports/empty: has no exports; it has nothing"
    assert docs.message == "exports/docs: has no exports; it has a.md, b.md, c.md, d.md, e.md"
    assert docs.hint == (
        "exports are files that end in .csv, .db, .duckdb, .ods, .parquet, .sqlite, .sqlite3, .tab,"
        " .tsv, .txt, .xls, .xlsb, .xlsm, .xlsx"
    )
    assert docs.exit_code == 3


def test_a_folder_is_no_file_of_one_kind(exports):
    error = refused(customers=[exports])
    assert error.message == "--customers: exports is a folder"
    assert error.exit_code == 2


def test_links_that_form_a_loop_are_said(exports):
    (exports / "loop.csv").symlink_to("pool.csv")
    (exports / "pool.csv").symlink_to("loop.csv")
    for error in (refused(exports / "loop.csv"), refused(exports)):
        assert isinstance(error, DataRefusedError)
        assert error.message == "exports/loop.csv: symbolic links form a loop"


def test_a_link_that_leads_nowhere_is_said_not_passed_over(exports):
    (exports / "surveys.csv").symlink_to("gone.csv")
    for error in (refused(exports / "surveys.csv"), refused(exports)):
        assert error.message == "exports/surveys.csv: is a link to gone.csv, which is not there"


def test_a_link_in_another_folder_is_followed(exports):
    Path("outside.csv").write_text("x", "utf-8")
    (exports / "surveys.csv").symlink_to("../outside.csv")
    assert names(locate([exports], {}))[-1] == ("exports/surveys.csv", None)


def test_a_device_is_no_file(exports):
    error = refused(os.devnull)
    assert error.message == "/dev/null: is a device, not a file"
    assert error.exit_code == 3


def test_a_folder_that_may_not_be_read_is_said(exports, monkeypatch):
    def denied(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", denied)
    error = refused(exports)
    assert isinstance(error, DataRefusedError)
    assert error.message == "exports: cannot be read: Permission denied"
    assert error.hint == "make it readable: chmod u+r 'exports'"


def test_a_path_that_may_not_be_looked_at_is_said(exports, monkeypatch):
    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", denied)
    error = refused(exports / "customers.csv")
    assert error.message == "exports/customers.csv: cannot be read: Permission denied"
    assert error.exit_code == 3


# rules of the settings


def rules(*pairs):
    return [ExportRule(file=file, kind=kind) for file, kind in pairs]


def kinds(path, *pairs, kind=None):
    return [rule.kind for rule in rules_for(Located(Path(path), kind), rules(*pairs))]


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("orders.csv", "orders.csv", True),
        ("exports/orders.csv", "orders.csv", True),
        ("exports/orders.csv", "exports/orders.csv", True),
        ("exports/orders.csv", "./orders.csv", True),
        ("/data/2025/orders.csv", "2025/*.csv", True),
        ("exports/orders-01.csv", "orders-*.csv", True),
        ("exports/orders-01.csv", "exp*/orders-*.csv", True),
        ("orders [1].csv", "orders [1].csv", True),
        ("orders 1.csv", "orders [12].csv", True),
        ("orders.csv", "other/orders.csv", False),
        ("orders.csv", "order.csv", False),
        ("my-orders.csv", "orders.csv", False),
        ("orders/a.csv", "orders*", False),
        ("orders.csv", ".", False),
    ],
)
def test_a_rule_speaks_of_a_file_by_its_name_or_a_pattern(path, pattern, fits):
    assert kinds(path, (pattern, "invoices")) == (["invoices"] if fits else [])


def test_a_file_without_a_rule_that_is_named_like_one_with_a_rule_is_said():
    rules = [ExportRule(file=f"a/{name}", kind="invoices") for name in ("orders.csv", "b-2*.csv")]
    names = ["orders.csv", "Orders (1).csv", "orders.tsv", "b-2.csv", "b-31.csv", "c.csv"]
    _, said = left_aside([], [Located(Path("a", name)) for name in names], rules)
    assert said == [
        "a/Orders (1).csv: no [[export]] covers it, though one covers 'a/orders.csv'",
        "a/b-31.csv: no [[export]] covers it, though one covers 'a/b-2*.csv'",
    ]


def test_a_pattern_may_name_the_folder_one_works_in(exports, monkeypatch):
    monkeypatch.chdir(exports)
    assert kinds("customers.csv", ("exports/*.csv", "customers")) == ["customers"]


def test_one_file_may_be_two_kinds():
    both = (("orders.csv", "invoices"), ("orders.csv", "customers"))
    assert kinds("orders.csv", *both) == ["invoices", "customers"]


def test_of_a_file_named_by_its_kind_only_the_rules_of_that_kind_speak():
    both = (("orders.csv", "invoices"), ("orders.csv", "customers"))
    assert kinds("orders.csv", *both, kind="customers") == ["customers"]
    assert kinds("orders.csv", *both, kind="costs") == []


def test_two_rules_that_speak_of_a_file_as_one_kind_are_refused():
    with pytest.raises(RetentionError) as caught:
        kinds("a/orders-1.csv", ("*.csv", "invoices"), ("orders-*.csv", "invoices"))
    assert caught.value.message == (
        "a/orders-1.csv: two [[export]] of retention.toml cover it as invoices:"
        " '*.csv' and 'orders-*.csv'"
    )
    assert caught.value.exit_code == 2


def test_more_than_the_memory_can_hold_is_refused_with_its_size(exports, monkeypatch):
    held = sum(one.path.stat().st_size for one in locate([exports], {})) * 10
    monkeypatch.setattr("retention_cli.sources.locating.machine_memory", lambda: held)
    assert locate([exports], {})
    monkeypatch.setattr("retention_cli.sources.locating.machine_memory", lambda: held - 1)
    with pytest.raises(DataRefusedError, match="GiB of exports need about"):
        locate([exports], {})
    monkeypatch.setattr("retention_cli.sources.locating.machine_memory", lambda: None)
    assert locate([exports], {})


def test_packed_tables_of_a_folder_are_taken_and_other_archives_are_not(exports):
    for name in ("z.csv.gz", "z.TSV.ZIP", "photos.zip", "z.gz"):
        (exports / name).write_bytes(b"x")
    assert {"z.csv.gz", "z.TSV.ZIP"} <= {one.path.name for one in locate([exports], {})}
    assert not {"photos.zip", "z.gz"} & {one.path.name for one in locate([exports], {})}


def test_a_database_is_told_from_what_else_ends_in_db(exports):
    (exports / "all.db").write_bytes(b"SQLite format 3\0" + bytes(84))
    (exports / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(99))
    (exports / "sales.parquet").write_bytes(b"PAR1")
    found = locate([exports], {})
    assert [one.path.name for one in found if one.path.suffix != ".csv"] == [
        "all.db",
        "sales.parquet",
    ]
    passed_over, _ = left_aside([exports], found, ())
    assert passed_over == ["ignored: exports/Thumbs.db (not a database that can be read)"]
