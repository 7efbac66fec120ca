"""What columns say by the rows that they stand in, whatever the language of their words."""

from __future__ import annotations

import pytest

from retention_cli.mapping.sheets import assign
from retention_cli.reading.delimited.csv import read_csv

ENDED, STAYED = "2025-06-10", ""


def said(file, header, rows):
    text = "\n".join([header, *(",".join(row) for row in rows), ""])
    return assign([read_csv(text.encode(), file=file)])[0].layout.proven


def people(header, *cells, column="Customer ID,Start,End"):
    """Give four customers who left and eight who did not, each with a cell of its own."""
    ends = [ENDED] * 4 + [STAYED] * 8
    rows = [
        (f"K{n}", "2024-01-02", end, cell)
        for n, (end, cell) in enumerate(zip(ends, cells, strict=True))
    ]
    return said("customers.csv", f"{column},{header}", rows)


@pytest.mark.parametrize(
    ("header", "gone", "mixed", "stayed", "how"),
    [
        ("Stan", "zrezygnował", "zrezygnował", "aktywny", "add --map status='Stan'"),
        ("Klíč", "x9", "x9", "", "add --map status='Klíč'"),
        ("Stan", "zrezygnował", "aktywny", "aktywny", None),
        ("Stan", "zrezygnował", "nowy", "aktywny", None),
    ],
)
def test_a_word_of_all_who_left_is_said_of_those_without_an_end(header, gone, mixed, stayed, how):
    told = people(header, *[gone] * 4, mixed, *[stayed] * 7)
    assert [how in one for one in told] == ([True] if how else [])
    assert people(header, *[gone] * 4, *[gone] * 5, *[stayed] * 3) == ()


def test_a_reason_without_an_end_is_said():
    (told,) = people("End reason", "price", "moved", "", "quality", "moved", *[""] * 7)
    assert told.startswith("rows with 'moved' as 'End reason' and no end count as customers")


@pytest.mark.parametrize(
    ("remark", "is_said"),
    [("verstorben am 03.06.", True), ("a cancelled order; Décédé", True), ("left a note", False)],
)
def test_remarks_on_leaving_without_an_end_are_said(remark, is_said):
    told = people("Bemerkung", "", *["x"] * 3, remark, *[""] * 7)
    assert [f"'{remark}' as 'Bemerkung' and no end" in one for one in told] == (
        [True] if is_said else []
    )
    assert people("Bemerkung", remark, *["x"] * 11) == ()


@pytest.mark.parametrize(
    ("header", "cell", "others", "is_said"),
    [
        ("Sperrgrund", "Mahnung", [""] * 7, True),
        ("Motif de blocage", "Fraude", [""] * 7, True),
        ("Reason for joining", "price", [""] * 7, False),
        ("Block reason", "x", ["x"] * 7, False),
        ("Seats", "0", ["3"] * 7, True),
        ("MRR", "0.00", ["30.00"] * 7, True),
        ("Lizenzen", "0", ["7"] * 7, True),
        ("Open tickets", "0", ["7"] * 7, False),
        ("Seats", "0", ["0"] * 5 + ["3"] * 2, False),
        ("Bestand", "0", ["3"] * 7, False),
        ("Kündigungsart", "ordentlich", [""] * 7, True),
        ("Transferred to branch", "North", [""] * 7, True),
        ("Geblokkeerd", "J", ["N"] * 7, True),
        ("Tipo de socio", "Exsocio", ["Numerario"] * 7, True),
        ("Segment", "Lapsed", ["Regular"] * 7, True),
        ("Segment", "Extra", ["Regular"] * 7, False),
        ("Address", "MOVED AWAY - no address", ["1 Main St"] * 7, True),
        ("Renewal stage", "Closed Lost", ["Open"] * 7, True),
        ("Vertragsstand", "aufgehoben", ["läuft"] * 7, True),
        ("Observações", "não renovou", ["alergia"] * 7, True),
        ("Notes", "customer of the month", [""] * 7, False),
        ("Collections stage", "Written off", [""] * 7, True),
        ("Firma", "Ux GmbH i. L.", ["Ux GmbH"] * 7, True),
        ("Gruppe", "Ausgetretene", ["Herren"] * 7, True),
        ("Account owner", "Churned accounts", ["Ann"] * 7, True),
        ("metadata", "state: churned", [""] * 7, True),
        ("Name", "Ux †", ["Ux"] * 7, True),
        ("Name", "Ux (inactive)", ["Ux"] * 7, True),
        ("Firma", "ZZZ_GELÖSCHT Ux", ["Ux"] * 7, True),
        ("Nom", "Ux - doublon", ["Ux"] * 7, True),
        ("Name", "Old Oak Ltd", ["Test Labs"] * 7, False),
        ("Remarks", "left 3 May", [""] * 7, True),
        ("Bemerkung", "verloren im März", [""] * 7, True),
        ("Remarks", "left-handed", [""] * 7, False),
    ],
)
def test_what_says_that_someone_without_an_end_is_gone_is_said(header, cell, others, is_said):
    told = people(header, *["5" if cell[0] == "0" else ""] * 4, cell, *others)
    how = f"rows with '{cell}' as '{header}' and no end count as customers"
    assert [one.startswith(how) for one in told] == ([True] if is_said else [])


def test_what_nobody_with_an_end_has_is_said_of_those_who_lack_it_too():
    (told,) = people("Next bill", *[""] * 5, *["2025-07-01"] * 7)
    assert told.startswith("no row with an end has a cell in 'Next bill', and others that have")
    assert people("Next bill", "2025-07-01", *[""] * 4, *["2025-07-01"] * 7) == ()


def test_a_zero_of_all_who_left_is_said_whatever_it_counts():
    (told,) = people("Bestand", *["0"] * 5, *["3"] * 7)
    assert told.startswith("rows with '0' as 'Bestand' and no end count as customers")


@pytest.mark.parametrize(("end", "is_said"), [("2025-06-10", True), ("2025-06-11", False)])
def test_an_end_of_the_past_beside_a_status_of_who_stays_is_said(end, is_said):
    ends = [ENDED, "2025-02-01", end, "", "", ""]
    rows = [
        (f"K{n}", "2024-01-02", one, "Cancelled" if n < 2 else "Active")
        for n, one in enumerate(ends)
    ]
    told = said("customers.csv", "Customer ID,Start,End,Status", rows)
    assert ["rows with 'Active' as 'Status' have an 'End'" in one for one in told] == (
        [True] if is_said else []
    )


@pytest.mark.parametrize(
    ("header", "first", "second", "is_said"),
    [
        ("Company Name", ("01.02.2024", "09.06.2025"), ("10.06.2025", ""), True),
        ("E-Mail", ("01.02.2024", "20.06.2025"), ("20.06.2025", ""), True),
        ("Company Name", ("01.02.2024", "11.06.2025"), ("10.06.2025", ""), False),
        ("Account Manager", ("01.02.2024", "09.06.2025"), ("10.06.2025", ""), False),
    ],
)
def test_another_id_that_begins_where_one_ends_is_said(header, first, second, is_said):
    spells = [
        ("A1", *first),
        ("A2", *second),
        *((f"B{n}", f"{n}.03.2024", "") for n in (14, 15, 16)),
    ]
    rows = [(key, start, end, "Ux" if key[0] == "A" else key) for key, start, end in spells]
    told = said("customers.csv", f"Account ID,Start Date,End Date,{header}", rows)
    assert [f"1 '{header}', such as 'Ux', stands under another" in one for one in told] == (
        [True] if is_said else []
    )


def test_days_after_an_end_are_said_to_be_of_those_who_came_back():
    (told,) = people("Zpět od", "2025-06-10", "2025-06-12", *[""] * 10)
    assert told.startswith("'Zpět od' has days on or after the end of rows that have one")
    assert people("Zpět od", "2025-06-09", "2025-06-12", *[""] * 10) == ()


@pytest.mark.parametrize(
    ("header", "ids", "is_said"),
    [
        ("Nástupce", ("K2", "K3"), True),
        ("Nástupce", ("K99", "K98"), False),
        ("Geworben von", ("K2", "K3"), False),
        ("Nástupce", ("K0", "K3"), False),
    ],
)
def test_ids_of_other_rows_are_said(header, ids, is_said):
    told = people(header, *ids, *[""] * 10)
    assert ["names other rows by their ids" in one for one in told] == ([True] if is_said else [])


@pytest.mark.parametrize(("reopened", "is_said"), [("otwarte", True), ("zamknięte", False)])
def test_a_word_of_all_open_tickets_is_said_of_those_with_a_resolution(reopened, is_said):
    rows = [(str(n), "2025-06-01", "", "otwarte") for n in range(5)]
    rows += [(str(n), "2025-06-01", "2025-06-02", "zamknięte") for n in range(5, 14)]
    rows.append(("14", "2025-06-01", "2025-06-02", reopened))
    told = said("tickets.csv", "Ticket ID,Created At,Resolved At,Stan", rows)
    row = "rows with 'otwarte' as 'Stan' and a resolved_at count as resolved"
    assert [row in one and '{ "Stan" = [] }' in one for one in told] == ([True] if is_said else [])


def test_a_flag_beside_days_that_are_not_read_is_asked_about():
    rows = [("A", "2024-01-02", "Y"), ("B", "2024-02-02", "N")]
    header = "Customer ID,{},Is Current"
    assert said("customers.csv", header.format("Birthday"), rows) == ()
    with pytest.raises(Exception, match="'Zmluva' may be it or end_date"):
        said("customers.csv", header.format("Zmluva"), rows)


def test_a_flag_is_a_status_where_words_alone_tell_all_columns():
    rows = "T1,2024-01-02,,x\nT2,2024-01-02,2025-06-10,\n"
    text = f"Tenant ID,Lease Start,Move-out Date,Evicted\n{rows}".encode()
    layout = assign([read_csv(text, file="tenants.csv")])[0].layout
    assert layout.sources["status"] == 3
