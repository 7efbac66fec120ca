"""Keys and relations: what comes, and what must happen."""

from __future__ import annotations

import pytest

from good_rows import FIRST_BAD, customers, wide

pytestmark = pytest.mark.sweep

SALES = "invoice_id,customer_id,invoice_date,amount"


def invoices(*rows):
    return {"invoices.csv": "\n".join([SALES, *rows]) + "\n"}


def some(*ids):
    rows = "".join(f"{one},2024-01-01\n" for one in ids)
    return {"customers.csv": f"customer_id,start_date\n{rows}"}


def plain(*rows, header):
    """Fifty rows of an id and a value each, then some."""
    good = (f"g{n},{value}" for n, value in enumerate([header[1]] * 50))
    return "\n".join([header[0], *good, *rows]) + "\n"


def test_86_ids_that_became_floats_join_with_a_warning(read):
    sales = invoices("1.0,1001.0,2025-06-01,5.00", "2.0,1002.0,2025-06-02,5.00")
    found = read({**some("1001", "1002"), **sales})
    assert (found.code, found.counts("invoices.csv")) == (0, (2, 0, 0))
    assert "invoices.csv: 2 of the ids in 'customer_id' end in .0" in found.err
    assert "1001.0 as 1001" in found.err
    assert "customer export does not have" not in found.err


@pytest.mark.parametrize("text", ["007.0", "1001.00", "v1.0", "1001.5", ".0"])
def test_86_what_only_looks_like_a_float_is_text(read, text):
    found = read({**some(text), **invoices(f"1,{text},2025-06-01,5.00")})
    assert (found.code, "Problems" in found.err) == (0, False)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        pytest.param(" acme ", "acme", id="white space around it"),
        pytest.param("acme\u200b", "acme", id="a mark of no width around it"),
        pytest.param("cafe\u0301", "caf\u00e9", id="composed otherwise"),
    ],
)
def test_87_ids_join_after_trimming_and_composing(read, theirs, ours):
    found = read({**some(ours), **invoices(f"1,{theirs},2025-06-01,5.00")})
    assert (found.code, "Problems" in found.err) == (0, False)


@pytest.mark.parametrize(
    "theirs",
    [
        pytest.param("ACME", id="case"),
        pytest.param(wide("acme"), id="width"),
        pytest.param("ac\u200bme", id="a mark of no width inside it"),
    ],
)
def test_87_ids_that_nearly_match_are_warned_about_with_a_count(read, folder, theirs):
    data = {**some("acme", "other"), **invoices(f"1,{theirs},2025-06-01,5.00")}
    found = read(data)
    assert (found.code, found.counts("invoices.csv")) == (0, (1, 0, 0))
    assert "invoices: 1 id is an id of the customers except for" in found.err
    assert "[export.values.customer_id]" in found.err
    rule = '[[export]]\nfile = "invoices.csv"\nkind = "invoices"\n'
    rule += f'[export.values.customer_id]\n"{theirs}" = "acme"\n'
    (folder / "retention.toml").write_text(rule, "utf-8")
    assert "Problems" not in read(data).err


def test_88_an_equal_row_of_a_customer_is_skipped_and_counted(read):
    found = read({"customers.csv": customers("c1,2024-02-15,,Small")})
    assert (found.code, found.counts()) == (0, (40, 0, 1))
    assert "row 42: is equal to an earlier row of the same customer_id and start_date" in found.err
    assert (found.codes(), found.raw(FIRST_BAD)) == (
        ["repeated-row"],
        ["c1", "2024-02-15", "", "Small"],
    )


def test_89_one_id_with_other_data_for_the_same_start_is_rejected_in_both_rows(read):
    found = read({"customers.csv": customers("c1,2024-02-15,2024-03-01,Small")})
    assert (found.code, found.counts()) == (0, (39, 2, 0))
    assert (
        "row 3: has the customer_id and start_date of another row, but different data" in found.err
    )
    assert found.codes() == ["conflicting-rows"] * 2
    assert found.raw(3) == ["c1", "2024-02-15", "", "Small"]
    assert found.raw(FIRST_BAD) == ["c1", "2024-02-15", "2024-03-01", "Small"]


def test_89_one_id_with_spells_apart_is_one_customer_who_came_back(read):
    rows = ("x,2024-02-15,2024-03-01,Small", "x,2025-06-05,,Small")
    found = read({"customers.csv": customers(*rows)})
    assert (found.code, found.counts()) == (0, (42, 0, 0))
    assert found.figures["customers_reactivated"]["value"] == 1


def test_90_rows_of_one_invoice_are_its_lines_and_equal_ones_are_kept(read):
    found = read(invoices(*["1,a,2025-06-01,5.00"] * 2, "1,a,2025-06-01,6.00"))
    assert (found.code, found.counts("invoices.csv")) == (0, (3, 0, 0))
    assert "1 row is equal to an earlier row of the file, and is kept" in found.err
    assert found.figures["revenue"]["value"] == "16.00"
    assert found.figures["average_purchase_value"]["n"] == 1


def test_90_equal_lines_are_left_out_where_the_settings_say_so(read):
    settings = {"retention.toml": 'duplicates = "drop"\n'}
    found = read({**invoices(*["1,a,2025-06-01,5.00"] * 2), **settings})
    assert found.counts("invoices.csv") == (1, 0, 1)
    assert (found.codes(), found.raw(3)) == (["equal-row"], ["1", "a", "2025-06-01", "5.00"])


def test_90_lines_of_one_invoice_that_disagree_are_all_rejected(read):
    good = [f"{n},a,2025-06-01,1.00" for n in range(40)]
    rows = ("x,b,2025-06-01,5.00", "x,c,2025-06-01,5.00")
    found = read(invoices(*good, *rows))
    assert found.counts("invoices.csv") == (40, 2, 0)
    assert found.codes() == ["lines-disagree"] * 2
    assert [found.raw(42), found.raw(43)] == [row.split(",") for row in rows]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        pytest.param("tickets.csv", ("ticket_id,created_at", "2025-06-01"), id="tickets"),
        pytest.param("surveys.csv", ("response_id,nps", "9"), id="surveys"),
    ],
)
def test_90_an_id_of_a_ticket_or_an_answer_stands_once(read, name, header):
    other = "2025-06-02" if name == "tickets.csv" else "8"
    rows = (f"g0,{header[1]}", f"x,{header[1]}", f"x,{other}")
    found = read({name: plain(*rows, header=header)})
    assert found.counts(name) == (50, 2, 1)
    assert found.codes() == ["repeated-row", "conflicting-rows", "conflicting-rows"]
    assert [found.raw(n) for n in (52, 53, 54)] == [row.split(",") for row in rows]


def test_91_an_invoice_of_nobody_known_is_counted_and_stays_in_the_total(read):
    sales = invoices("1,c1,2025-06-01,5.00", "2,gone,2025-06-01,7.00", "3,away,2025-06-01,1.00")
    found = read({"customers.csv": customers(), **sales})
    assert (found.code, found.counts("invoices.csv")) == (0, (3, 0, 0))
    assert (
        "2 rows of 3 (66.7 %, 61.5 % of revenue) name 2 customers that the customer export does not"
        " have (away, gone)" in found.err
    )
    assert found.figures["revenue"]["value"] == "13.00"


def test_92_a_customer_without_invoices_is_in_the_denominators(read):
    found = read({"customers.csv": customers(), **invoices("1,c1,2025-06-01,5.00")})
    assert (found.code, "Problems" in found.err) == (0, False)
    assert found.figures["retention_rate"]["n"] == 40
    assert found.figures["purchase_frequency"]["n"] == 40


def test_93_a_customer_without_an_id_is_rejected(read):
    found = read({"customers.csv": customers(",2024-01-01,,Small", "  ,2024-01-01,,Small")})
    assert (found.code, found.counts()) == (0, (40, 2, 0))
    assert "customers.csv row 42: customer_id is blank; fill in the cell" in found.err
    assert found.raw(FIRST_BAD) == ["", "2024-01-01", "", "Small"]


@pytest.mark.parametrize("key", ["NA", "NULL", "-", "None", "nan", "0"])
def test_93_what_means_nothing_elsewhere_is_a_legal_id(read, key):
    sales = invoices(f"{key},{key},2025-06-01,5.00")
    found = read({"customers.csv": customers(f"{key},2024-01-01,,{key}"), **sales})
    assert (found.code, found.counts(), "Problems" in found.err) == (0, (41, 0, 0), False)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("invoices.csv", f"{SALES}\n1,,2025-06-01,5.00\n2,c1,2025-06-01,5.00\n"),
        ("tickets.csv", "ticket_id,customer_id,created_at\n1,,2025-06-01\n2,c1,2025-06-02\n"),
        ("surveys.csv", "customer_id,nps,responded_at\n,9,2025-06-01\nc1,9,2025-06-02\n"),
        ("costs.csv", "cost_date,customer_id,amount\n2025-06-01,,5.00\n2025-06-02,c1,5.00\n"),
    ],
)
def test_93_a_row_of_no_customer_is_a_warning_and_stays_in_totals(read, name, text):
    found = read({"customers.csv": customers(), name: text})
    assert (found.code, found.counts(name)) == (0, (2, 0, 0))
    kind = name.removesuffix(".csv")
    assert f"{kind}: 1 of 2 rows has no customer: these rows count in totals" in found.err


@pytest.mark.parametrize(
    ("header", "why"),
    [
        pytest.param(
            "ticket_id,created_at,first_response_at",
            "is not a column of customers",
            id="without its id",
        ),
        pytest.param(
            "ticket_id,customer_id,created_at,first_response_at",
            "'ticket_id' is not a column of customers",
            id="with all it needs",
        ),
    ],
)
def test_94_tickets_given_as_customers_are_an_error_that_names_them(read, header, why):
    row = ",".join(["1"] * (header.count(",") - 1) + ["2025-06-01 10:00", "2025-06-01 11:00"])
    found = read({"t.csv": f"{header}\n{row}\n"}, "--customers", "t.csv", paths=())
    assert (found.code, found.files) == (3, {})
    assert "t.csv: these columns look like tickets, not customers" in found.err
    assert why in found.err
    assert "hint: use --tickets t.csv" in found.err


def test_94_tickets_given_as_invoices_are_an_error_that_names_them(read):
    text = "ticket_id,created_at,first_response_at\n1,2025-06-01 10:00,2025-06-01 11:00\n"
    found = read({"t.csv": text}, "--invoices", "t.csv", paths=())
    assert found.code == 3
    assert "t.csv: these columns look like tickets, not invoices" in found.err
