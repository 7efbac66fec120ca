from __future__ import annotations

import csv
import io
import json
import random
from datetime import date
from pathlib import Path

import pytest

from retention_cli.errors import (
    BadConfigError,
    DataRefusedError,
    RetentionError,
    TooManyRejectsError,
)
from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.problems import Outcome
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import ExportRule, Settings
from retention_cli.sources.locating import Located
from seeded import seeds

ANY = RejectLimit.parse("100%")
PLAIN = "customer_id,start_date,end_date\n"
SALES = "invoice_id,customer_id,invoice_date,amount\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files):
    """Write files; the name of each is written with `_` for its dot."""
    made = []
    for name, text in files.items():
        file = Path(name.replace("_csv", ".csv"))
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        made.append(Located(file))
    return made


def loaded(files, *, settings=None, limit=ANY, rejects=None):
    told = settings or Settings()
    with RejectsFile(rejects) as unused:
        parts = [part for file in files for part in read_parts(file, told)]
        return load(parts, settings=told, limit=limit, rejects=unused)


def counts(result):
    return [(one.file, one.rows, one.accepted, one.rejected, one.skipped) for one in result.exports]


def only_problem(result):
    (problem,) = result.problems
    return problem


# what is said of a row


def test_a_bad_cell_is_named_by_file_row_column_and_text(folder):
    result = loaded(write(a_csv=PLAIN + "ann,2025-01-01,\nbob,2025-02-30,\n"))
    problem = only_problem(result)
    assert problem.message == "a.csv row 3: start_date '2025-02-30' is not a day of the calendar"
    assert (problem.row, problem.column, problem.cell) == (3, "start_date", "2025-02-30")
    assert (problem.code, problem.kind, problem.outcome) == (
        *("bad-date", "customers", Outcome.REJECTED),
    )
    assert problem.raw == ("bob", "2025-02-30", "")


def test_a_header_of_another_name_stands_beside_the_column(folder):
    text = "Customer ID,Customer since,Note\nann,2025-01-01,\nbob,2025-02-30, x \n"
    problem = only_problem(loaded(write(a_csv=text)))
    assert problem.message == (
        "a.csv row 3: start_date ('Customer since') '2025-02-30' is not a day of the calendar"
    )
    assert problem.raw == ("bob", "2025-02-30", " x ")


def test_a_blank_cell_is_named_without_a_text(folder):
    problem = only_problem(loaded(write(a_csv=PLAIN + "ann,2025-01-01,\nbob,,\n")))
    assert problem.message == "a.csv row 3: start_date is blank"
    assert not problem.cell


def test_a_row_whose_cells_do_not_go_together_says_so_in_whole(folder):
    problem = only_problem(loaded(write(a_csv=PLAIN + "ann,2025-02-01,2025-01-01\n")))
    assert problem.message == ("a.csv row 2: end_date 2025-01-01 is before start_date 2025-02-01")
    assert (problem.column, problem.cell) == ("end_date", "2025-01-01")


def test_a_torn_row_is_given_as_it_stood(folder):
    problem = only_problem(loaded(write(a_csv=PLAIN + "ann,2025-01-01,\n\nbob,2025-01-01\n")))
    assert problem.message == "a.csv row 4: has 2 of 3 fields"
    assert (problem.code, problem.column, problem.cell) == ("wrong-width", None, None)
    assert problem.raw == ("bob", "2025-01-01")


def test_a_column_made_of_others_has_no_cell_of_its_own(folder):
    rule = ExportRule(
        file="a.csv",
        kind="invoices",
        columns={"amount": {"multiply": ["Count", "Price"]}},
    )
    text = "invoice_date,Count,Price\n2025-01-01,2,3\n2025-01-02,2,\n"
    problem = only_problem(loaded(write(a_csv=text), settings=Settings(export=(rule,))))
    assert (problem.row, problem.column, problem.cell) == (3, "amount", None)
    assert problem.message == "a.csv row 3: amount is blank"


def test_rows_after_blank_lines_and_line_breaks_in_cells_keep_their_numbers(folder):
    text = 'customer_id,customer_name,start_date\n\nann,"A\nB",2025-01-01\n,,\nbob,x,nope\n'
    assert only_problem(loaded(write(a_csv=text))).row == 5


def test_problems_of_a_file_come_in_the_order_of_its_rows(folder):
    text = PLAIN + "ann,2025-01-01,\nann,2025-01-01,\nbob\ncy,nope,\nann,2025-01-01,\n"
    result = loaded(write(a_csv=text))
    assert [(p.row, p.code) for p in result.problems] == [
        (3, "repeated-row"),
        (4, "wrong-width"),
        (5, "bad-date"),
        (6, "repeated-row"),
    ]


def test_findings_of_all_rows_together_name_the_row_of_their_own_file(folder):
    files = write(
        a_csv=PLAIN + "\nann,2025-01-01,\nbad,nope,\nbob,2025-01-01,\n",
        b_csv=PLAIN + "\n\nann,2025-01-01,\nbob,2025-02-01,\n",
    )
    result = loaded(files)
    assert [(p.file, p.row, p.code, p.raw[0]) for p in result.problems] == [
        ("a.csv", 4, "bad-date", "bad"),
        ("a.csv", 5, "updated-later", "bob"),
        ("b.csv", 4, "repeated-row", "ann"),
    ]
    assert result.problems.first[1].message == (
        "a.csv row 5: overlaps with a row of the same customer in a later file, which counts"
    )
    assert counts(result) == [("a.csv", 4, 1, 1, 2), ("b.csv", 4, 1, 0, 3)]


# counts


def test_rows_of_every_fate_are_counted(folder):
    text = PLAIN + "ann,2025-01-01,\n\nbob\nann,2025-01-01,\ncy,nope,\n,,\n"
    result = loaded(write(a_csv=text))
    assert counts(result) == [("a.csv", 6, 1, 2, 3)]
    assert result.exports[0].blank == 2
    assert result.dataset.tables["customers"]["customer_id"].to_pylist() == ["ann"]


def test_a_file_with_only_its_header_has_no_rows(folder):
    result = loaded(write(a_csv=PLAIN))
    assert counts(result) == [("a.csv", 0, 0, 0, 0)]
    assert [issue.code for issue in result.problems.notices] == ["no-rows"]
    assert len(result.dataset.tables["customers"]) == 0


def test_equal_invoices_are_kept_and_said_of_their_file(folder):
    row = "i1,ann,2025-01-01,5\n"
    result = loaded(write(a_csv=SALES + row * 3, b_csv=SALES + "i2,ann,2025-01-01,5\n"))
    (issue,) = result.problems.notices
    assert (issue.file, issue.code, issue.count) == ("a.csv", "equal-rows", 2)
    assert issue.message == "2 rows are equal to an earlier row of the file, and are kept"
    assert counts(result)[0] == ("a.csv", 3, 3, 0, 0)


def test_equal_invoices_are_left_out_where_the_settings_say_so(folder):
    row = "i1,ann,2025-01-01,5\n"
    result = loaded(write(a_csv=SALES + row * 3), settings=Settings(duplicates="drop"))
    assert counts(result) == [("a.csv", 3, 1, 0, 2)]
    assert [p.code for p in result.problems] == ["equal-row", "equal-row"]


# random flawed exports, held against a reading by hand


CELLS = {
    "customers": (
        ("customer_id", "start_date", "end_date", "segment"),
        lambda rng: [
            rng.choice((*"abcdefghijkl", "")),
            rng.choice((*("2025-01-01", "2025-02-01", "2025-03-01") * 4, "nope", "2025-02-30")),
            rng.choice(("", "2025-02-01", "2025-03-01", "2025-04-01", "2024-12-01")),
            rng.choice(("Small", '"quoted"', "a,b", "two\nlines", "=1+1")),
        ],
    ),
    "invoices": (
        ("invoice_id", "customer_id", "invoice_date", "amount"),
        lambda rng: [
            rng.choice(("i1", "i2", "", "", "", "", "")),
            rng.choice(("ann", "ann", "ann", "")),
            rng.choice((*("2025-01-01",) * 9, "2025-01-02", "nope")),
            rng.choice((*("5",) * 9, "7.50", "-3", "", "x", "1.23456")),
        ],
    ),
    "surveys": (
        ("response_id", "score", "scale_max", "kind", "responded_at"),
        lambda rng: [
            rng.choice(("r1", "r2", "r3", "r4", "")),
            rng.choice((*("5",) * 9, "1", "6", "")),
            "5",
            rng.choice((*("csat",) * 9, "other")),
            rng.choice((*("2025-01-01",) * 9, "2025-01-02", "nope")),
        ],
    ),
}


def flawed(rng, kind):
    """A CSV with blank lines, torn rows, bad cells, repeats and overlaps; and its rows."""
    header, draw = CELLS[kind]
    rows = []
    for _ in range(rng.randrange(2, 25)):
        if rows and rng.random() < 0.2:
            rows.append(list(rng.choice(rows)))
            continue
        row = draw(rng)
        if rng.random() < 0.1:
            row = row[: rng.randrange(1, 3)]
        elif rng.random() < 0.05:
            row = [*row, "more"]
        elif rng.random() < 0.1:
            row = rng.choice(([], [""] * len(header), [" "] * len(header)))
        rows.append(row)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=rng.choice(("\n", "\r\n")))
    writer.writerow(header)
    for row in rows:
        if row:
            writer.writerow(row)
        else:
            out.write("\n")
    return out.getvalue(), rows


@pytest.mark.parametrize("kind", CELLS)
@pytest.mark.parametrize("seed", seeds(6, 20))
def test_every_row_of_every_file_is_accepted_rejected_or_skipped(folder, kind, seed):
    rng = random.Random(f"{kind} {seed}")  # noqa: S311  # a test has a seed and no secrets
    texts = {f"{name}_csv": flawed(rng, kind) for name in "abc"[: rng.randrange(1, 4)]}
    texts = {name: made for name, made in texts.items() if any(len(r) > 3 for r in made[1])}
    if not texts:
        pytest.skip("no row of the width of its header was drawn")
    files = [Located(one.path, kind) for one in write(**{n: t for n, (t, _) in texts.items()})]
    result = loaded(files, rejects=folder / "rejects.csv")

    by_file = dict(zip((one.file for one in result.exports), texts.values(), strict=True))
    given = {
        name: {at + 2: row for at, row in enumerate(rows)} for name, (_, rows) in by_file.items()
    }
    blank = {
        name: {at for at, row in rows.items() if not any(cell.strip() for cell in row)}
        for name, rows in given.items()
    }
    width = len(CELLS[kind][0])
    gone = {name: {} for name in given}
    for problem in result.problems:
        assert problem.row not in gone[problem.file], "a row has one fate"
        gone[problem.file][problem.row] = problem.outcome
        assert list(problem.raw) == given[problem.file][problem.row]
        assert problem.message.startswith(f"{problem.file} row {problem.row}: ")
    for export in result.exports:
        outcomes = list(gone[export.file].values())
        assert export.rows == len(given[export.file])
        assert export.blank == len(blank[export.file])
        assert export.rejected == outcomes.count(Outcome.REJECTED)
        assert export.skipped == outcomes.count(Outcome.SKIPPED) + export.blank
        assert export.accepted + export.rejected + export.skipped == export.rows
        assert blank[export.file].isdisjoint(gone[export.file])
        torn = {
            at
            for at, row in given[export.file].items()
            if len(row) != width and at not in blank[export.file]
        }
        assert torn <= set(gone[export.file])

    table = result.dataset.tables[kind]
    stayed = {name: set() for name in given}
    for place, row in zip(table["_file"].to_pylist(), table["_row"].to_pylist(), strict=True):
        stayed[result.exports[place].file].add(row)
    if kind != "customers":
        for name, rows in given.items():
            assert stayed[name] == set(rows) - blank[name] - set(gone[name])
    assert len(table) + joined(result) == sum(export.accepted for export in result.exports)

    file = folder / "rejects.csv"
    with file.open(encoding="utf-8", newline="") if any(gone.values()) else io.StringIO() as text:
        in_file = [
            (row["file"], int(row["row"]), json.loads(row["raw"])) for row in csv.DictReader(text)
        ]
    assert in_file == [(p.file, p.row, list(p.raw)) for p in result.problems]


def joined(result):
    return sum(issue.count for issue in result.problems.notices if issue.code == "joined-spells")


# how many rejects are too many


def spells(good, bad):
    rows = [f"c{n:03},2025-01-01,\n" for n in range(good)] + ["bad,nope,\n"] * bad
    return PLAIN + "".join(rows)


def test_exactly_five_percent_of_rejects_are_let_pass(folder):
    result = loaded(write(a_csv=spells(19, 1)), limit=RejectLimit())
    assert counts(result) == [("a.csv", 20, 19, 1, 0)]


def test_one_row_more_is_too_many_and_the_first_is_named(folder):
    with pytest.raises(TooManyRejectsError) as caught:
        loaded(write(a_csv=spells(37, 2)), limit=RejectLimit())
    assert caught.value.message == (
        "a.csv: 2 of 39 rows are rejected, more than 5 %; the first:"
        " a.csv row 39: start_date 'nope' is not a date that can be read;"
        " if it stands for a blank, write 'nope' = '' under [export.values] of its column"
    )


def test_the_first_problem_named_is_a_rejected_row_of_that_file(folder):
    skipped = PLAIN + "ann,2025-01-01,\nann,2025-01-01,\nbob,nope,\n"
    with pytest.raises(TooManyRejectsError) as caught:
        loaded(write(a_csv=spells(1500, 70), b_csv=skipped), limit=RejectLimit())
    assert "the first: b.csv row 4: start_date 'nope'" in caught.value.message


def test_skipped_rows_are_no_rejects(folder):
    text = PLAIN + "ann,2025-01-01,\n" * 10
    result = loaded(write(a_csv=text), limit=RejectLimit.parse("0"))
    assert counts(result) == [("a.csv", 10, 1, 0, 9)]


def test_each_file_is_held_against_the_limit_by_itself(folder):
    files = write(a_csv=spells(500, 0), b_csv=PLAIN + "zoe,nope,\nyan,2025-01-01,\n")
    with pytest.raises(TooManyRejectsError, match=r"b\.csv: 1 of 2 rows"):
        loaded(files, limit=RejectLimit())


def test_the_rejects_of_a_refused_run_are_all_in_their_file(folder):
    with pytest.raises(TooManyRejectsError):
        loaded(
            write(a_csv=spells(1, 9), b_csv=PLAIN + "zoe,nope,\n"),
            limit=RejectLimit(),
            rejects=folder / "rejects.csv",
        )
    lines = (folder / "rejects.csv").read_text("utf-8").splitlines()
    assert len(lines) == 1 + 9 + 1


# files beside each other


def test_files_of_one_kind_are_one_table(folder):
    files = write(a_csv=SALES + "i1,ann,2025-01-01,5\n", b_csv=SALES + "i2,bob,2025-02-01,5\n")
    table = loaded(files).dataset.tables["invoices"]
    assert table["invoice_id"].to_pylist() == ["i1", "i2"]


def test_a_file_without_dates_beside_one_with_dates_is_refused(folder):
    files = write(
        a_csv="customer_id,start_date\nann,2025-01-01\n", b_csv="customer_id,status\nbob,active\n"
    )
    with pytest.raises(DataRefusedError) as caught:
        loaded(files)
    assert caught.value.message == "b.csv: has no start_date, which a.csv has"
    assert caught.value.exit_code == 3


def test_the_order_of_files_makes_no_difference_to_which_lacks_its_dates(folder):
    files = write(
        a_csv="customer_id,status\nbob,active\n", b_csv="customer_id,start_date\nann,2025-01-01\n"
    )
    with pytest.raises(DataRefusedError, match=r"a\.csv: has no start_date, which b\.csv has"):
        loaded(files)


def test_a_file_without_dates_and_without_rows_takes_nothing_away(folder):
    files = write(a_csv="customer_id,start_date\nann,2025-01-01\n", b_csv="customer_id,status\n")
    assert [one.accepted for one in loaded(files).exports] == [1, 0]


STRIPE_CUSTOMERS = (
    "id,Email,Name,Delinquent,Region\ncus_2,b@b.b,Bob,false,North\n"
    "cus_9,z@z.z,Zoe,false,South\ncus_1,a@a.a,Ann,false,\n"
)
STRIPE_SUBSCRIPTIONS = (
    "id,Customer ID,Status,Start Date (UTC),Ended At (UTC),Interval\n"
    "sub_1,cus_1,active,2024-01-05 10:00,,month\n"
    "sub_2,cus_2,canceled,2024-02-05 10:00,2025-03-01 09:00,month\n"
    "sub_3,cus_2,active,2025-06-05 10:00,,month\n"
)


@pytest.mark.parametrize("first", ["customers", "subscriptions"])
def test_a_list_of_customers_adds_to_the_spells_that_another_export_has(folder, first):
    texts = {"customers": STRIPE_CUSTOMERS, "subscriptions": STRIPE_SUBSCRIPTIONS}
    names = sorted(texts, key=lambda name: name != first)
    result = loaded(write(**{f"{name}_csv": texts[name] for name in names}))
    table = result.dataset.tables["customers"].sort_by("start_date")
    assert table["customer_id"].to_pylist() == ["cus_1", "cus_2", "cus_2"]
    assert table["customer_name"].to_pylist() == ["Ann", "Bob", "Bob"]
    assert table["Region"].to_pylist() == [None, "North", "North"]
    assert set(table["_file"].to_pylist()) == {names.index("subscriptions")}
    assert result.dataset.basis == "dates"
    assert [one.accepted for one in result.exports] == [3, 3]
    said = {one.file: one.assumed for one in result.exports}
    (adds,) = said["customers.csv"]
    assert adds == (
        "it has no dates: its columns are added to the customers of subscriptions.csv, which says"
        " who was a customer when; customers that are only here, and count at no time: 1"
    )
    assert said["subscriptions.csv"] == ()


def test_a_list_of_other_customers_without_dates_is_still_refused(folder):
    files = write(
        a_csv="customer_id,start_date\nann,2025-01-01\n", b_csv="customer_id,Region\nbob,North\n"
    )
    with pytest.raises(DataRefusedError) as caught:
        loaded(files)
    assert caught.value.message == (
        "b.csv: has no start_date, which a.csv has, and names none of its customers"
    )
    assert caught.value.hint == (
        "if a column has the ids of a.csv, write this in retention.toml, else leave the file out:"
    )
    assert caught.value.snippet[-1] == 'customer_id = "…"'


def test_what_a_spell_says_itself_goes_before_what_a_list_says(folder):
    files = write(
        a_csv="customer_id,start_date,customer_name,Region\nann,2025-01-01,Ann,\n",
        b_csv="customer_id,customer_name,Region\nann,Anna,North\nann,Anna,North\nbob,,\nbob,B,\n",
    )
    result = loaded(files)
    table = result.dataset.tables["customers"]
    assert (table["customer_name"].to_pylist(), table["Region"].to_pylist()) == (["Ann"], ["North"])
    assert counts(result) == [("a.csv", 1, 1, 0, 0), ("b.csv", 4, 1, 2, 1)]


def test_files_that_all_lack_dates_are_read_together(folder):
    files = write(a_csv="customer_id,status\nann,active\n", b_csv="customer_id,status\nbob,ended\n")
    assert len(loaded(files).dataset.tables["customers"]) == 2


def test_answers_may_be_dated_by_either_of_two_columns(folder):
    files = write(
        a_csv="response_id,nps_score,responded_at\nr1,9,2025-01-01\n",
        b_csv="response_id,nps_score,sent_at\nr2,9,2025-01-01\n",
    )
    assert len(loaded(files).dataset.tables["surveys"]) == 2


def test_a_file_without_any_of_the_dates_of_answers_is_refused(folder):
    files = write(
        a_csv="response_id,nps_score,responded_at\nr1,9,2025-01-01\n",
        b_csv="response_id,nps_score\nr2,9\n",
    )
    with pytest.raises(DataRefusedError, match=r"b\.csv: has no responded_at or sent_at, which a"):
        loaded(files)


def test_a_copy_of_a_file_is_refused(folder):
    text = SALES + "i1,ann,2025-01-01,5\n"
    with pytest.raises(DataRefusedError) as caught:
        loaded(write(a_csv=text, b_csv=text))
    assert caught.value.message == "b.csv: has the same content as a.csv"
    assert caught.value.hint == "read one: --ignore b.csv leaves this one out"
    assert caught.value.exit_code == 3


def test_two_files_with_only_their_header_are_no_copies(folder):
    assert len(loaded(write(a_csv=SALES, b_csv=SALES)).exports) == 2


def test_a_file_that_begins_like_another_is_no_copy(folder):
    text = SALES + "i1,ann,2025-01-01,5\n"
    result = loaded(write(a_csv=text, b_csv=text + "i2,ann,2025-01-01,5\n"))
    assert counts(result) == [("a.csv", 1, 1, 0, 0), ("b.csv", 2, 1, 0, 1)]


# rules of the settings


def test_one_file_feeds_two_kinds(folder):
    rules = (
        ExportRule(file="a.csv", kind="invoices", columns={"invoice_date": "Day"}),
        ExportRule(file="a.csv", kind="customers", columns={"start_date": "Since"}),
    )
    text = "customer_id,Day,Since,amount\nann,2025-06-01,2024-01-01,5\n"
    result = loaded(write(a_csv=text), settings=Settings(export=rules))
    assert [(one.kind, one.accepted) for one in result.exports] == [
        ("invoices", 1),
        ("customers", 1),
    ]
    assert set(result.dataset.tables) == {"invoices", "customers"}


def test_problems_of_one_file_are_told_of_each_kind_it_is(folder):
    rules = tuple(ExportRule(file="a.csv", kind=kind) for kind in ("invoices", "customers"))
    text = "customer_id,invoice_date,start_date,amount\n,nope,2024-01-01,5\nann,2025-01-01,no,5\n"
    result = loaded(write(a_csv=text), settings=Settings(export=rules))
    told = {(p.kind, p.row, p.code) for p in result.problems}
    assert told >= {
        ("invoices", 2, "bad-date"),
        ("customers", 2, "missing-value"),
        ("customers", 3, "bad-date"),
    }


def test_the_kind_that_a_rule_names_goes_before_what_the_columns_say(folder):
    rule = ExportRule(file="*.csv", kind="customers", columns={"customer_id": "invoice_id"})
    text = "invoice_id,invoice_date,amount\ni1,2025-01-01,5\n"
    result = loaded(write(a_csv=text), settings=Settings(export=(rule,)))
    assert [one.kind for one in result.exports] == ["customers"]


def test_the_kind_of_the_command_line_goes_before_both(folder):
    rule = ExportRule(file="*.csv", kind="customers")
    (file,) = write(a_csv="customer_id,invoice_date,amount\nann,2025-01-01,5\n")
    result = loaded([Located(file.path, "invoices")], settings=Settings(export=(rule,)))
    assert [one.kind for one in result.exports] == ["invoices"]


def test_a_kind_that_there_is_not_is_told_with_its_line_and_the_nearest(folder):
    Path("retention.toml").write_text('[[export]]\nfile = "x.csv"\nkind = "invoice"\n', "utf-8")
    settings = Settings.load(Path("retention.toml"))
    with pytest.raises(BadConfigError) as caught:
        loaded(write(a_csv=PLAIN + "ann,2025-01-01,\n"), settings=settings)
    assert caught.value.message.startswith("retention.toml:3: ")
    assert "unknown kind of export 'invoice'" in caught.value.message
    assert (caught.value.hint, caught.value.exit_code) == ("did you mean 'invoices'?", 2)


def test_a_preset_that_there_is_not_is_told_with_its_line_and_the_nearest(folder):
    text = '[[export]]\nfile = "x.csv"\nkind = "invoices"\npreset = "stripe-invoice"\n'
    Path("retention.toml").write_text(text, "utf-8")
    with pytest.raises(BadConfigError) as caught:
        loaded(
            write(a_csv=PLAIN + "ann,2025-01-01,\n"), settings=Settings.load(Path("retention.toml"))
        )
    assert caught.value.message.startswith("retention.toml:4: ")
    assert "unknown preset 'stripe-invoice'" in caught.value.message
    assert caught.value.hint == "did you mean 'stripe-invoices'?"


def test_a_kind_like_none_is_told_with_all_kinds(folder):
    settings = Settings(export=(ExportRule(file="x.csv", kind="zebra"),))
    with pytest.raises(BadConfigError) as caught:
        loaded(write(a_csv=PLAIN + "ann,2025-01-01,\n"), settings=settings)
    assert caught.value.hint.startswith("known: costs, customers, invoices, surveys")


def test_two_rules_for_one_file_and_kind_are_refused(folder):
    rules = tuple(ExportRule(file=file, kind="customers") for file in ("*.csv", "a.csv"))
    with pytest.raises(RetentionError, match=r"cover it as customers"):
        loaded(write(a_csv=PLAIN + "ann,2025-01-01,\n"), settings=Settings(export=rules))


UMLAUT = "customer_id;customer_name;start_date\nann;Grün;2025-01-01\n"


@pytest.mark.parametrize("by", ["rule", "command line"])
def test_encoding_and_delimiter_are_taken_from(folder, by):
    (file,) = write(a_csv=UMLAUT.replace(";", "^").encode("utf-16-le"))
    if by == "rule":
        rule = ExportRule(file="a.csv", kind="customers", encoding="utf-16-le", delimiter="^")
        result = loaded([file], settings=Settings(export=(rule,)))
    else:
        result = loaded([Located(file.path, encoding="utf-16-le", delimiter="^")])
    assert result.dataset.tables["customers"]["customer_name"].to_pylist() == ["Grün"]
    assert (result.exports[0].encoding, result.exports[0].delimiter) == ("utf-16-le", "^")


def test_the_command_line_goes_before_a_rule(folder):
    (file,) = write(a_csv=UMLAUT.encode("cp1252"))
    rule = ExportRule(file="a.csv", kind="customers", encoding="utf-8", delimiter="|")
    told = Located(file.path, encoding="cp1252", delimiter=";")
    result = loaded([told], settings=Settings(export=(rule,)))
    assert result.dataset.tables["customers"]["customer_name"].to_pylist() == ["Grün"]


def test_an_export_says_how_it_was_read(folder):
    (export,) = loaded(write(a_csv="\n" + UMLAUT)).exports
    assert (export.encoding, export.delimiter, export.header_row) == ("utf-8", ";", 2)
    assert len(export.sha256) == 64
    assert [(plan.source, plan.column) for plan in export.plans] == [
        ("customer_id", "customer_id"),
        ("customer_name", "customer_name"),
        ("start_date", "start_date"),
    ]


def test_a_file_that_cannot_be_recognised_is_refused_by_name(folder):
    with pytest.raises(DataRefusedError, match=r"a\.csv"):
        loaded(write(a_csv="colour,shape\nred,round\n"))


def test_touching_spells_are_joined_after_they_were_counted(folder):
    text = PLAIN + "ann,2025-01-01,2025-02-01\nann,2025-02-01,\n"
    result = loaded(write(a_csv=text))
    assert counts(result) == [("a.csv", 2, 2, 0, 0)]
    assert len(result.dataset.tables["customers"]) == 1


def test_the_window_of_the_settings_reaches_the_dataset(folder):
    result = loaded(
        write(a_csv=SALES + "i1,ann,2025-01-01,5\n"), settings=Settings(activity_window="90 days")
    )
    assert str(result.dataset.window) == "90 days"


def test_nothing_to_load_is_an_empty_dataset(folder):
    result = loaded([])
    assert (dict(result.dataset.tables), result.exports) == ({}, ())


SPENT = "customer_id,cost_date,amount\n"


def test_costs_that_are_equal_are_kept_whatever_is_said_of_invoices(folder):
    row = "1,2025-06-02,10.00\n"
    result = loaded(write(costs_csv=SPENT + row * 2), settings=Settings(duplicates="drop"))
    assert counts(result) == [("costs.csv", 2, 2, 0, 0)]
    (issue,) = result.problems.notices
    assert (issue.code, issue.count, issue.hint) == ("equal-rows", 1, None)


def test_costs_that_are_negative_in_all_files_are_read_as_costs(folder):
    files = {
        "a_csv": SPENT + "1,2025-06-02,-10.00\n",
        "b_csv": SPENT + "1,2025-07-02,-5.00\n",
    }
    result = loaded(write(**files))
    assert result.dataset.tables["costs"]["amount"].to_pylist() == [100_000, 50_000]
    for export in result.exports:
        (said,) = export.assumed
        assert said == (
            "all its costs are negative numbers, and are read as costs; if they are credits, write"
            ' negative_costs = "credits" in retention.toml'
        )


def test_a_positive_cost_in_another_file_makes_negative_ones_credits(folder):
    files = {"a_csv": SPENT + "1,2025-06-02,-10.00\n", "b_csv": SPENT + "1,2025-07-02,5.00\n"}
    result = loaded(write(**files))
    assert result.dataset.tables["costs"]["amount"].to_pylist() == [-100_000, 50_000]
    assert [export.assumed for export in result.exports] == [(), ()]


def test_the_settings_say_that_negative_costs_are_credits(folder):
    told = Settings(negative_costs="credits")
    result = loaded(write(costs_csv=SPENT + "1,2025-06-02,-10.00\n"), settings=told)
    assert result.dataset.tables["costs"]["amount"].to_pylist() == [-100_000]
    assert result.exports[0].assumed == ()


def test_costs_by_month_are_of_their_first_day_and_it_is_said(folder):
    text = "Month,Customer ID,Cost Amount\n2025-05,1,400\nJun 2025,1,100\n"
    result = loaded(write(costs_csv=text))
    days = result.dataset.tables["costs"]["cost_date"].to_pylist()
    assert [day.isoformat() for day in days] == ["2025-05-01", "2025-06-01"]
    assert result.exports[0].assumed == (
        "'Month' has months without a day: what is of a month is dated on its first day",
    )


def test_a_month_beside_a_day_is_not_read(folder):
    text = "Date,Month,Customer ID,Cost Amount\n2025-06-12,2025-06,1,100\n"
    result = loaded(write(costs_csv=text))
    assert result.dataset.tables["costs"]["cost_date"].to_pylist()[0].isoformat() == "2025-06-12"
    assert result.exports[0].assumed == ()


def test_days_of_rows_that_were_joined_are_days_of_the_data(folder):
    found = loaded(
        write(c_csv=PLAIN + "1,2025-05-01,2025-05-31\n1,2025-06-01,2025-06-30\n1,2025-07-01,\n")
    )
    assert found.dataset.tables["customers"].num_rows == 1
    assert [str(day) for day in found.days_up_to(date(2025, 6, 30))] == [
        *("2025-05-01", "2025-05-31", "2025-06-01", "2025-06-30"),
    ]
