"""`--map`: headers of columns, told on the command line."""

from __future__ import annotations

import json

import pytest

import retention_cli as rc
from retention_cli.cli import run
from retention_cli.runs.check import check
from retention_cli.runs.options import Options
from workbooks import book_of

PEOPLE = """Account,Name,Signed up,Cancelled
A1,Foo,2024-01-05,
A2,Bar,2024-02-05,2025-03-04
"""
ORDERS = """Order,Day,Account,Net,Net too
O1,2025-03-02,A1,100.00,1.00
O2,2025-04-05,A1,50.00,2.00
"""
TOLD = {
    "customer_id": "Account",
    "start_date": "Signed up",
    "end_date": "cancelled",
    "invoice_date": "Day",
    "amount": "Net",
}


@pytest.fixture
def exports(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    return tmp_path


def refused(told, **others):
    with pytest.raises(rc.RetentionError) as caught:
        rc.compute(".", map=told, **others)
    return caught.value


def sources(*told, **others):
    """Give, of each file, the headers of the columns that are ours."""
    found = check(Options(map=told, **others).request())
    return {
        file.file: {plan.column: plan.source for plan in file.export.plans if not plan.kept}
        for file in found.files
        if file.export
    }


def test_what_no_name_tells_is_read_as_it_was_mapped(exports):
    card = rc.compute(exports, map=TOLD, period="2025-03")
    assert card.figures["retention_rate"] == 0.5
    assert card.to_dict()["data"]["files"][0]["kind"] == "invoices"


def test_a_mapped_header_applies_to_the_files_that_have_it(exports):
    told = [f"{column}={header}" for column, header in TOLD.items()]
    found = sources(*told, paths=[exports])
    assert found[f"{exports.as_posix()}/people.csv"]["customer_id"] == "Account"
    assert found[f"{exports.as_posix()}/orders.csv"]["customer_id"] == "Account"


def test_a_kind_before_the_column_leaves_other_kinds_alone(exports):
    told = {**TOLD, "customers.customer_name": "Account"}
    found = sources(*(f"{column}={header}" for column, header in told.items()), paths=[exports])
    assert found[f"{exports.as_posix()}/people.csv"]["customer_name"] == "Account"
    assert "customer_name" not in found[f"{exports.as_posix()}/orders.csv"]


def test_check_says_that_a_column_was_mapped(exports, capsys):
    run(["check", "orders.csv", "--map", "amount=Net too", "--map", "invoice_date=Day"])
    shown = capsys.readouterr().out
    assert "by --map" in shown
    run(
        [
            "check",
            "orders.csv",
            "--map",
            "amount=Net too",
            "--map",
            "invoice_date=Day",
            "--format",
            "json",
        ]
    )
    (file,) = json.loads(capsys.readouterr().out)["files"]
    because = {column["column"]: column["because"] for column in file["columns"]}
    assert because["invoice_date"].startswith("by --map")


def test_what_is_mapped_goes_before_the_settings(exports):
    (exports / "retention.toml").write_text(
        '[[export]]\nfile = "orders.csv"\nkind = "invoices"\n[export.columns]\n'
        'invoice_date = "Day"\namount = "Net"\n',
        "utf-8",
    )
    found = sources("amount=Net too", paths=[exports / "orders.csv"])
    assert found[f"{exports.as_posix()}/orders.csv"]["amount"] == "Net too"


def test_what_is_mapped_goes_before_a_preset(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(
        "id,Customer ID,Amount,Fee,Currency,Created (UTC),Status,Captured,Amount Refunded,Our ID\n"
        "ch_1,cus_1,10.00,0.50,eur,2025-03-01 10:00:00,Paid,true,0.00,K1\n",
        "utf-8",
    )
    plain = sources(paths=[file])[file.as_posix()]
    told = sources("customer_id=Our ID", paths=[file])[file.as_posix()]
    assert (plain["customer_id"], told["customer_id"]) == ("Customer ID", "Our ID")
    assert {**plain, "customer_id": ""} == {**told, "customer_id": ""}


@pytest.mark.parametrize(
    ("told", "message", "hint"),
    [
        ({"start_dat": "Day"}, "unknown column 'start_dat'", "did you mean 'start_date'?"),
        ({"custmers.start_date": "Day"}, "unknown kind of export", "did you mean 'customers'?"),
        ({"invoices.start_date": "Day"}, "invoices: unknown column 'start_date'", "did you mean"),
        ({"start_date": " "}, "is not COLUMN=HEADER", "write --map start_date='Signed up'"),
        (
            {"start_date": "Sined up"},
            "no file has a column 'Sined up'",
            "'Signed up' in people.csv",
        ),
        ({"start_date": "xyz"}, "no file has a column 'xyz'", "Order, Day, Account"),
    ],
)
def test_a_slip_gets_the_nearest_names(exports, told, message, hint):
    error = refused(told)
    assert error.exit_code == 2
    assert message in error.message
    assert hint in error.hint


def test_a_header_of_several_files_is_named_with_each(exports):
    assert (
        refused({"customer_id": "Acount"}).hint
        == "did you mean 'Account' in orders.csv and people.csv?"
    )


def test_what_was_mapped_and_speaks_of_no_file_is_not_passed_over(exports):
    error = refused({**TOLD, "tickets.customer_id": "Account"})
    assert error.exit_code == 2
    assert "has no effect: 'Account' is a column of orders.csv (invoices)" in error.message


def test_two_headers_of_one_file_for_one_column_are_asked_about(exports):
    error = refused({**TOLD, "amount": ["Net", "Net too"]})
    assert error.exit_code == 3
    assert "--map names 'Net' and 'Net too'" in error.message


def test_init_writes_down_what_was_mapped(exports, capsys):
    told = [f"--map={column}={header}" for column, header in TOLD.items()]
    assert run(["init", ".", *told]) == 0
    assert 'start_date = "Signed up"' in (exports / "retention.toml").read_text("utf-8")
    capsys.readouterr()
    assert run(["compute", ".", "--period", "2025-03"]) == 0


def test_each_file_that_is_asked_about_is_told_of_at_once(exports, capsys):
    (exports / "people.csv").write_text("customer_id,start_date\na,01/02/2025\n", "utf-8")
    (exports / "orders.csv").write_text("invoice_date,amount\n01/02/2025,9.00\n", "utf-8")
    assert run(["compute", "."]) == 3
    said = capsys.readouterr().err
    assert "people.csv: " in said
    assert "orders.csv: " in said


def test_a_sheet_is_read_where_only_what_was_mapped_tells_it(tmp_path):
    file = tmp_path / "b.xlsx"
    people = [line.split(",") for line in PEOPLE.strip().splitlines()]
    file.write_bytes(book_of({"Notes": [["some", "words"], ["a", "b"]], "People": people}))
    told = ("customer_id=Account", "start_date=Signed up")
    assert sources(*told, paths=[file])[file.as_posix()]["start_date"] == "Signed up"


def test_what_is_left_of_a_question_is_asked_again(folder, retention):
    rows = "Name,Email,Joined,Expiry Date\nAda,a@x.de,2024-01-01,2025-01-01\nBo,b@x.de,2024-02-01,2025-02-03\n"
    (folder / "members.csv").write_text(rows, "utf-8")
    ran = retention("check", ".", "--map", "customer_id=Email")
    assert (ran.code, "whether end_date is 'Expiry Date'" in ran.out) == (3, True)
    for column in ("end_date", "renewal_date"):
        told = ("--map", "customer_id=Email", "--map", f"{column}=Expiry Date")
        assert retention("check", ".", *told).code == 0


CHARGES = """id,created,customer,amount
ch_3NabcdQ,2025-03-02,A1,1000
ch_3NabcdR,2025-03-31,A1,2050
"""


@pytest.mark.parametrize(("told", "revenue"), [("amount in cents", "30.50"), ("amount", "3050.00")])
def test_amounts_in_cents_are_told_on_the_command_line(told, revenue, folder, retention):
    (folder / "charges.csv").write_text(CHARGES, "utf-8")
    asked = " ".join(retention("compute", ".").err.split())
    assert "if they are, add --map 'invoices.amount=amount in cents'" in asked
    assert "if they are not, add --map invoices.amount=amount;" in asked
    ran = retention("compute", ".", "--map", f"amount={told}", "--format", "json")
    figures = {one["kpi"]: one["value"] for one in json.loads(ran.out)["figures"]}
    assert figures["revenue"] == revenue
    assert "'amount in francs'" in retention("compute", ".", "--map", "amount=amount in francs").err


ANSWERS = "Answer,Account,Answered,Points\n1,A1,2025-03-02,3\n2,A2,2025-03-03,5\n"


@pytest.mark.parametrize("told", ["kind=nps", "surveys.kind=nps"])
def test_what_answers_are_of_is_told_in_one_line_where_nothing_else_says_it(
    folder, retention, told
):
    (folder / "answers.csv").write_text(ANSWERS.replace("Points", "Score"), "utf-8")
    asked = retention("compute", "answers.csv")
    assert asked.code == 3
    assert "--map surveys.kind=csat, or surveys.kind=nps" in asked.err
    ran = retention("check", "answers.csv", "--map", told)
    assert [line.split() for line in ran.out.splitlines() if '"nps"' in line] == [
        ["kind", '"nps"', "by", "--map"]
    ]


def test_what_a_file_says_of_its_answers_stands_against_what_is_told_for_all(folder, retention):
    (folder / "answers.csv").write_text(ANSWERS.replace("Points", "Score"), "utf-8")
    (folder / "csat.csv").write_text(ANSWERS.replace("Points", "Score"), "utf-8")
    ran = retention("check", "answers.csv", "csat.csv", "--map", "kind=nps", "--verbose")
    assert ran.out.count('"nps"') == 1


def test_what_answers_are_of_is_csat_or_nps(folder, retention):
    (folder / "answers.csv").write_text(ANSWERS.replace("Points", "Score"), "utf-8")
    ran = retention("compute", "answers.csv", "--map", "kind=ces")
    assert ran.code == 2
    assert "no file has a column 'ces'" in ran.err


def test_a_draft_has_what_answers_were_told_to_be_of(folder, retention):
    (folder / "answers.csv").write_text(ANSWERS.replace("Points", "Score"), "utf-8")
    retention("init", ".", "--map", "kind=nps", "--no-input")
    assert 'kind = "nps"' in (folder / "retention.toml").read_text("utf-8")
    assert retention("compute", ".").code == 0


HOURS = "Date,Client,Person,Hours\n2025-03-02,A1,Ann,2.5\n2025-03-03,A2,Bob,1.5\n"


def test_what_an_hour_costs_is_told_in_one_line(folder, retention):
    (folder / "hours.csv").write_text(HOURS, "utf-8")
    asked = retention("compute", "hours.csv")
    assert asked.code == 3
    assert "for all hours, --map costs.rate=48.50" in asked.err
    ran = retention("check", "hours.csv", "--map", "rate=48.50")
    assert ran.code == 0
    assert '"48.50"' in ran.out


@pytest.mark.parametrize("column", ["Cost rate", "Amount"])
def test_what_a_file_says_of_its_costs_stands_against_a_rate_for_all(folder, retention, column):
    rows = HOURS.splitlines()
    told = (f"{rows[0]},{column}", f"{rows[1]},30.00", f"{rows[2]},31.00")
    (folder / "hours.csv").write_text("\n".join(told) + "\n", "utf-8")
    ran = retention("check", "hours.csv", "--map", "rate=48.50")
    assert ran.code == 2
    assert "no file has a column '48.50'" in ran.err
