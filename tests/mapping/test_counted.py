"""Rows that a column says are gone, or are no tickets, count, and that is said."""

from __future__ import annotations

import re
import tomllib

import pytest

from retention_cli.mapping.sheets import assign
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.settings import ExportRule

KEY = re.compile(r"leave_out = \{ .* \}")
RIGHT = re.compile(r"; leave_out = \{ .*\[\] \} in its \[\[export\]\] says that this is right")


def said(file, *rows, **told):
    """Give what is said of a file; the key that is named turns each off, or says that it is right."""
    found = notes(file, *rows, **told)
    for one in found:
        if key := KEY.search(one):
            right = dict.fromkeys(tomllib.loads(key[0])["leave_out"], ())
            assert one not in notes(file, *rows, leave_out=right)
    return tuple(RIGHT.sub("", one) for one in found)


def notes(file, *rows, **told):
    rule = [ExportRule(file=file, kind=file.removesuffix(".csv"), **told)] if told else []
    sheet = read_csv("\n".join([*rows, ""]).encode(), file=file)
    return assign([sheet], rules=rule)[0].layout.proven


TICKETS = "Ticket ID,Created At,First Response At,"


def counts(header, *words):
    named = "any" if words == ("*",) else " and ".join(f"'{word}'" for word in words) + " as"
    key = ", ".join(f'"{word}"' for word in words)
    return (
        f"rows with {named} '{header}' count as the others do;"
        f' leave_out = {{ "{header}" = [{key}] }} in their [[export]] leaves them out'
    )


@pytest.mark.parametrize(
    ("header", "words", "named"),
    [
        ("Status", ("solved", "Spam", "merged"), ("Spam", "merged")),
        ("Ticket status", ("closed", "duplicate", "open"), ("duplicate",)),
        ("Statut", ("fermé", "doublon", "ouvert"), ("doublon",)),
        ("Direction", ("inbound", "Outbound"), ("Outbound",)),
        ("Is spam", ("false", "true"), ("true",)),
        ("Zusammengeführt mit", ("", "1"), ("*",)),
        ("Parent Ticket", ("", "1"), ("*",)),
        ("Deleted By", ("", "Ann"), ("*",)),
        ("Category", ("Billing", "Spam"), ("Spam",)),
        ("Request Type", ("Incident", "Test ticket"), ("Test ticket",)),
        ("Resolution", ("Fixed", "Duplicate"), ("Duplicate",)),
        ("Assignee", ("Ann", "Bot"), ("Bot",)),
        ("Auto-closed", ("No", "Yes"), ("Yes",)),
        ("Kanal", ("E-Mail", "ausgehend"), ("ausgehend",)),
        ("Source", ("Email", "Proactive"), ("Proactive",)),
        ("Resolution code", ("Solved", "Cancelled by caller"), ("Cancelled by caller",)),
        ("Ergebnis", ("gelöst", "Zurückgezogen"), ("Zurückgezogen",)),
        ("Status", ("open", "Closed - no reply needed"), ("Closed - no reply needed",)),
        ("Category", ("Billing", "Cancelled"), None),
        ("State", ("Closed", "Deleted by requester"), ("Deleted by requester",)),
        ("Requester Organization", ("Acme", "Internal"), ("Internal",)),
        ("Subject", ("Help", "Automatic reply: away"), ("Automatic reply: away",)),
        ("Betreff", ("Hilfe", "AW: Unzustellbar: Ihr Ticket"), ("AW: Unzustellbar: Ihr Ticket",)),
        ("Subject", ("Help", "My automatic reply is broken"), None),
        ("Requester Email", ("a@x.org", "no-reply@x.org"), ("no-reply@x.org",)),
        ("Agent Email", ("a@x.org", "no-reply@x.org"), None),
        ("Tags", ("vip closed_by_merge", "load_test", "test;vip"), ("closed_by_merge", "test")),
        ("Requester Type", ("Customer", "Employee"), ("Employee",)),
        ("First Response Channel", ("Email", "Macro/Trigger"), ("Macro/Trigger",)),
        ("Resolver", ("Ann", "Auto-heal"), ("Auto-heal",)),
        ("Training ticket", ("", "x"), ("x",)),
        ("Respondido por", ("Ana", "Sistema automático"), ("Sistema automático",)),
    ],
)
def test_tickets_that_are_none_of_their_own_are_said_to_count(header, words, named):
    rows = [f"{n},2025-06-0{n},2025-06-09,{word}" for n, word in enumerate(words, 1)]
    told = said("tickets.csv", TICKETS + header, *rows)
    told = tuple(one for one in told if "add --map customer_id" not in one)
    assert told == ((counts(header, *named),) if named else ())


@pytest.mark.parametrize(
    ("header", "words", "named"),
    [
        ("Is Test", ("no", "yes"), ("yes",)),
        ("Is Primary", ("TRUE", "FALSE"), ("FALSE",)),
        ("Account Type", ("Customer", "Prospect"), ("Prospect",)),
        ("Relation", ("Kunde", "Lieferant"), ("Lieferant",)),
        ("Notes", ("pays late", "test account"), ("test account",)),
        ("Merged Into", ("", "A"), ("*",)),
    ],
)
def test_rows_that_are_no_customers_are_said_to_count(header, words, named):
    rows = [f"{who},2024-01-02,,{word}" for who, word in zip("AB", words, strict=True)]
    assert said("customers.csv", f"Customer ID,Start,End,{header}", *rows) == (
        counts(header, *named),
    )
    left_out = {"leave_out": {header: named}}
    assert said("customers.csv", f"Customer ID,Start,End,{header}", *rows, **left_out) == ()


@pytest.mark.parametrize(
    ("header", "cells", "told"),
    [
        ("Status", ("open,", "closed,2025-06-09"), ()),
        ("Tags", ("open,2025-06-09", "closed,"), ()),
        ("Answered", ("yes,2025-06-09", "no,"), ()),
        ("Status", ("reopened,2025-06-09", "solved,"), ("reopened", "solved")),
        ("Statut", ("rouvert,2025-06-09", "fermé,2025-06-09"), ("rouvert", None)),
        ("Gelöst", ("nein,2025-06-09", "ja,"), ("nein", "ja")),
        ("First fix resolved", ("No,2025-06-09", "Yes,2025-06-09"), ()),
    ],
)
def test_what_is_said_of_tickets_against_their_times_is_told(header, cells, told):
    rows = [f"{n},2025-06-01,{cell}" for n, cell in enumerate(cells, 1)]
    open_, solved = told or (None, None)
    assert said("tickets.csv", f"Ticket ID,Created At,{header},Resolved At", *rows) == tuple(
        f"rows with '{word}' as '{header}' and {how} count as resolved"
        for word, how in ((open_, "a resolved_at"), (solved, "no resolved_at do not"))
        if word
    )


def test_a_second_day_of_resolution_is_said():
    row = "1,2025-06-01,2025-06-02,2025-06-05,2025-06-09"
    header = "Ticket ID,Created At,Resolved At,Final Resolved At,Resolution Due"
    assert said("tickets.csv", header, row) == (
        "resolved_at is read from 'Resolved At'; --map resolved_at='Final Resolved At' reads another",
    )


def test_zones_of_rows_that_are_not_read_are_said():
    rows = ["1,2025-06-01 10:00,UTC", "2,2025-06-01 10:00,Europe/Berlin"]
    (told,) = said("tickets.csv", "Ticket ID,Created At,Time Zone", *rows)
    assert told == "'Time Zone' is not read: times are taken as they are written"
    assert said("tickets.csv", "Ticket ID,Created At,Time Zone", *rows[:1]) == ()
    two = said("tickets.csv", "Ticket ID,Created At,Created TZ,Resolved TZ", "1,2025-06-01,UTC,CET")
    assert two == (
        "'Created TZ' and 'Resolved TZ' are not read: times are taken as they are written",
    )


def test_rows_that_were_deleted_are_said_to_count():
    rows = ["1,2025-06-01,2025-06-09,", "2,2025-06-01,2025-06-09,2025-06-10"]
    assert said("tickets.csv", TICKETS + "deleted_at", *rows) == (counts("deleted_at", "*"),)
    flags = ["A,2024-01-02,,no", "B,2024-01-02,2025-06-09,yes"]
    assert said("customers.csv", "Customer ID,Start,End,Is deleted", *flags) == (
        counts("Is deleted", "yes"),
    )


@pytest.mark.parametrize(
    ("header", "words", "named"),
    [
        ("Status", ("answered", "bounced", "sent"), "bounced"),
        ("Zustellung", ("zugestellt", "unzustellbar", "zugestellt"), "unzustellbar"),
        ("Bounced", ("no", "yes", "no"), "yes"),
        ("Delivery status", ("Delivered", "Not delivered", "Delivered"), "Not delivered"),
        ("Respondent type", ("Customer", "Employee", "Customer"), "Employee"),
        ("Relationship", ("Customer", "Supplier", "Customer"), "Supplier"),
        ("Channel", ("Email", "Test", "Email"), "Test"),
        ("Source", ("Email", "Test link", "Email"), "Test link"),
        ("Quality flag", ("OK", "Speeder", "OK"), "Speeder"),
        ("Gewertet", ("ja", "nein", "ja"), "nein"),
        ("Distribution channel", ("email", "preview", "email"), "preview"),
        ("Role", ("Customer", "Agent", "Customer"), "Agent"),
        ("Collector", ("Email", "Preview", "Web"), "Preview"),
        ("Answered", ("no", "yes", "yes"), "no"),
        ("Verified", ("no", "yes", "yes"), "no"),
        ("Result", ("Completed", "Unsubscribed - not sent", "Sent"), "Unsubscribed - not sent"),
        (
            "Completed by",
            ("Customer", "On behalf of customer", "Customer"),
            "On behalf of customer",
        ),
        ("Beantwortet", ("nein", "ja", "ja"), "nein"),
        ("Answered", ("yes", "no", "no"), None),
        ("Excluded reason", ("", "duplicate", ""), "*"),
        ("Comment", ("", "TEST graag negeren", "Test passed"), "TEST graag negeren"),
        ("Comment", ("", "test - ne pas compter", "testing was fun"), "test - ne pas compter"),
        ("Topic", ("Price", "Staff friendliness", "Price"), None),
        ("Status", ("complete", "Test", "complete"), None),
        ("Status", ("answered", "sent", "sent"), None),
    ],
)
def test_invitations_that_nobody_got_are_said_to_count(header, words, named):
    rows = [f"{n},2025-06-01,{word},{'9' if n == 1 else ''}" for n, word in enumerate(words, 1)]
    told = said("surveys.csv", f"Response ID,Sent At,{header},NPS", *rows)
    assert told == ((counts(header, named),) if named else ())


@pytest.mark.parametrize(
    ("header", "row", "named"),
    [
        ("First clean,Last clean", "2024-01-05,2025-06-01", "'First clean' is not read"),
        ("Start,Final clean", "2024-01-05,2025-06-01", "add --map end_date='Final clean'"),
        ("Start,Birthday,Next visit", "2024-01-05,1980-06-01,2025-07-01", None),
        ("Start,End,Final clean", "2024-01-05,,2025-06-01", None),
    ],
)
def test_days_that_may_be_the_start_or_end_that_lacks_are_named(header, row, named):
    told = said("customers.csv", f"Customer ID,{header}", f"A,{row}")
    assert [named in one for one in told] == ([True] if named else [])


@pytest.mark.parametrize(
    ("header", "days", "is_said"),
    [
        ("Deceased", ("", "", "2025-06-10"), True),
        ("Expired On", ("", "", "2025-06-10"), True),
        ("Lease End", ("2025-12-31", "2025-12-31", "2025-06-10"), True),
        ("Wechsel am", ("", "", "2025-06-10"), True),
        ("Last visit", ("", "", "2025-06-10"), False),
        ("Deceased", ("2025-06-10", "", ""), False),
        ("Onboarding call", ("2025-06-10", "2025-06-11", "2025-06-12"), False),
    ],
)
def test_days_of_another_sort_of_leaving_are_said(header, days, is_said):
    ends = ("2025-05-01", "", "")
    rows = [
        f"{n},2024-01-02,{end},{day}" for n, (end, day) in enumerate(zip(ends, days, strict=True))
    ]
    told = said("customers.csv", f"Customer ID,Start,Resigned,{header}", *rows)
    first = f'end_date = {{ first = ["Resigned", "{header}"] }}'
    assert [first in one for one in told] == ([True] if is_said else [])


@pytest.mark.parametrize(
    ("header", "why", "who", "is_said"),
    [
        ("Churn type", "Downgrade", "2", True),
        ("Kündigungsgrund", "Tarifwechsel", "2", True),
        ("Churn type", "Downgrade", "1", False),
        ("Churn type", "Price", "2", False),
        ("Term Status", "Rescinded", "2", True),
        ("Term Status", "Effective", "2", False),
        ("Plan", "Upgrade", "2", False),
        ("Reason", "Migrated to a new entity", "2", True),
    ],
)
def test_ends_for_another_plan_are_said_where_no_second_row_goes_on(header, why, who, is_said):
    rows = [f"1,2024-01-02,2025-06-10,{why}", f"{who},2025-06-11,,"]
    told = said("customers.csv", f"Customer ID,Start,End,{header}", *rows)
    assert ["count as customers who left" in one for one in told] == ([True] if is_said else [])


def test_invitations_that_were_not_delivered_and_second_scores_are_said():
    header = "Response ID,Sent At,Delivered At,CSAT,Agent rating,Max score"
    rows = ["1,2025-06-01,2025-06-01,5,1,5", "2,2025-06-01,,4,2,5"]
    both = 'score = ["CSAT", "Agent rating"] under [export.columns] reads both'
    assert said("surveys.csv", header, *rows) == (
        f"'Agent rating' is not read; {both}",
        "rows without a 'Delivered At' count as invitations that were sent",
    )


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        ("NPS,Weight", ("9,2.0", "8,0.5"), "'Weight' is not read: each answer counts once"),
        ("NPS,Gewichtung", ("9,1", "8,1"), None),
        ("eNPS", ("9", "8"), "'eNPS' is what employees answer, and counts as answers of customers"),
        ("NPS", ("9", "8"), None),
        (
            "NPS,Employee ID",
            ("9,E1", "8,E2"),
            "each row has a 'Employee ID' of its own: answers of employees count as those of customers",
        ),
        ("NPS,Employee ID", ("9,E1", "8,E1"), None),
    ],
)
def test_weights_and_answers_of_employees_are_said(header, row, told):
    rows = [f"{n},{cells}" for n, cells in enumerate(row, 1)]
    assert said("surveys.csv", f"Response ID,{header}", *rows) == ((told,) if told else ())


def test_what_a_preset_skips_is_not_said_to_count():
    rows = ["1,A,2024-01-01,Customer,2024-02-01", "2,B,2024-01-01,Lead,"]
    header = "Record ID,Company name,Create Date,Lifecycle Stage,Close Date"
    assert not [one for one in said("customers.csv", header, *rows) if "count as" in one]


@pytest.mark.parametrize(
    ("header", "words", "named"),
    [
        ("Conta de teste", ("Não", "Sim"), ("Sim",)),
        ("Plan", ("Pro", "Free trial"), ("Free trial",)),
        ("Formule", ("Pro", "Gratuit"), ("Gratuit",)),
        ("Beitragsart", ("voll", "beitragsfrei"), ("beitragsfrei",)),
        ("Membership Type", ("Gold", "Staff (free)"), ("Staff (free)",)),
        ("Replaced By Contract", ("", "B"), ("*",)),
        ("Membership", ("Full", "Waiting list"), ("Waiting list",)),
        ("Beitragsgruppe", ("Erwachsene", "Ehrenmitglied"), ("Ehrenmitglied",)),
        ("Segment", ("SMB", "Intercompany"), ("Intercompany",)),
        ("Status", ("active", "incomplete_expired"), ("incomplete_expired",)),
        ("Sorte", ("Abo", "One-off"), ("One-off",)),
        ("Policy State", ("In force", "Not taken up"), ("Not taken up",)),
        ("Billing", ("Invoice", "Barter / no charge"), ("Barter / no charge",)),
        ("Fee Category", ("Standard", "Trainer (no fee)"), ("Trainer (no fee)",)),
        ("Account Type", ("End customer", "Partner"), ("Partner",)),
        ("Comment", ("pays late", "one-off"), None),
        ("Excluded from reports", ("N", "Y"), ("Y",)),
        ("Account Type", ("Business", "Personal"), None),
        ("Product", ("Lead Gen", "Internal Tools"), None),
    ],
)
def test_staff_trials_and_what_was_replaced_are_said_to_count(header, words, named):
    rows = [f"{who},2024-01-02,,{word}" for who, word in zip("AB", words, strict=True)]
    told = said("customers.csv", f"Customer ID,Start,End,{header}", *rows)
    assert told == ((counts(header, *named),) if named else ())


def test_a_word_is_seen_in_whatever_row_it_stands():
    rows = [f"{n},2024-01-02,,{'test' if n == 20_000 else 'web'}," for n in range(20_002)]
    rows[-1] = "20002,2024-01-02,,web,1"
    assert said("customers.csv", "Customer ID,Start,End,Source,Merged into", *rows) == (
        counts("Source", "test"),
        counts("Merged into", "*"),
    )


def test_a_known_name_that_a_preset_does_not_have_is_said():
    header = "Number,Opened,Resolved,Opened by,First response"
    (told,) = said("tickets.csv", header, "INC1,2025-06-01 10:00,,Ann,2025-06-01 11:00")
    assert told.endswith("first_response_at, add --map first_response_at='First response'")
    assert said("tickets.csv", header, "INC1,2025-06-01 10:00,,Ann,") == ()
    header = "id,Description,Email,Created (UTC),Delinquent,Canceled At (UTC)"
    row = "cus_N0,,a@b.example,2024-07-17 10:12,false,2025-07-03 09:00"
    assert any("--map end_date='Canceled At (UTC)'" in one for one in said("c.csv", header, row))


@pytest.mark.parametrize(
    ("header", "named"),
    [("Household ID", True), ("Haushalt", True), ("Código da família", True), ("Branch", False)],
)
def test_members_of_a_household_are_said_to_count_each(header, named):
    rows = [f"{who},2024-01-02,,{of}" for who, of in ("AX", "BX", "CY", ("D", ""))]
    told = said("customers.csv", f"Customer ID,Start,End,{header}", *rows)
    one = "2 rows share a '{}' with another, and each counts as a customer of its own; where they"
    assert told == ((one.format(header) + " are one, export one row for them",) if named else ())


@pytest.mark.parametrize(
    ("header", "cells", "named"),
    [
        ("Name", ("Ann Ray", "Bob Orr", "TEST Tester"), "TEST Tester"),
        ("Name", ("Ann Ray", "Bob Orr", "Test User 2"), "Test User 2"),
        ("Name", ("Ann Ray", "Bob Orr", "Test Valley"), None),
        ("Tenant", ("Ann Ray", "Bob Orr", "VACANT"), "VACANT"),
        ("Tenant", ("Ann Ray", "Bob Orr", "Leerstand"), "Leerstand"),
        ("Name", ("TEST VALLEY", "BOB ORR", "ANN RAY"), None),
        ("Name", ("Test User", "Test Client", "Ann Ray"), None),
        ("Email", ("a@ray.org", "b@orr.org", "qa+test1@ray.org"), "qa+test1@ray.org"),
        ("Email", ("a@ray.org", "b@orr.org", "x@example.com"), "x@example.com"),
        ("Email", ("a@ray.org", "b@orr.org", "contest@ray.org"), None),
        ("Email", ("a@ray.org", "b@orr.org", "ann.test@ray.org"), None),
        ("Email", ("a@example.com", "b@example.com", "x@orr.org"), None),
    ],
)
def test_names_and_addresses_of_tests_are_said_to_count(header, cells, named):
    rows = [f"{n},2024-01-02,,{one}" for n, one in enumerate(cells)]
    told = said("customers.csv", f"Customer ID,Start,End,{header}", *rows)
    assert told == ((counts(header, named),) if named else ())


@pytest.mark.parametrize(
    ("header", "rows", "again"),
    [
        ("Respondent Email", ("a@x.org,2025-06-03 10:00,9", "a@x.org,2025-06-03 11:00,2"), 1),
        ("E-Mail", ("a@x.org,3.6.2025 10:00,9", "a@x.org,3.6.2025 11:00,2"), 1),
        ("Respondent Email", ("a@x.org,2025-06-03,9", "a@x.org,2025-06-04,2"), 0),
        ("Respondent Email", ("a@x.org,2025-06-03,9", "b@x.org,2025-06-03,2"), 0),
        ("Respondent Email", (",2025-06-03,9", ",2025-06-03,2"), 0),
        ("Ticket ID,Email", ("1,a@x.org,2025-06-03,9", "2,a@x.org,2025-06-03,2"), 0),
    ],
)
def test_who_answers_twice_on_a_day_is_said(header, rows, again):
    told = said("surveys.csv", f"{header},Submitted At,NPS", *rows)
    twice = [one for one in told if "more than once" in one]
    person = header.rpartition(",")[2]
    which = f"1 row with a '{person}' that answers more than once on a day counts as an answer"
    assert twice == [f"{which} of its own; where only one counts, export that one"] * again


@pytest.mark.parametrize(("cells", "is_said"), [(("1", "0", "2"), True), (("1", "2", "3"), False)])
def test_tickets_without_a_reply_are_said_to_count_against_first_contact(cells, is_said):
    rows = [f"{n},2025-06-01,2025-06-02,{one}" for n, one in enumerate(cells)]
    told = said("tickets.csv", "Ticket ID,Created At,Resolved At,Agent replies", *rows)
    which = "rows with '0' as 'Agent replies' count as not resolved at the first contact;"
    key = ' leave_out = { "Agent replies" = ["0"] } in their [[export]] leaves them out'
    assert told == ((which + key,) if is_said else ())


def test_names_of_other_rows_are_said():
    rows = ["1,Acme,2024-01-02,,", "2,Bolt,2024-01-02,2025-06-10,Acme", "3,Cord,2024-01-02,,"]
    told = said("customers.csv", "Client ID,Client,Start,End,Successor", *rows)
    key = 'leave_out = { "Successor" = ["*"] } in their [[export]] leaves them out'
    assert told == (
        f"'Successor' names other rows by their names, and rows with one count as customers of their own; {key}",
    )
    rows = ["1,Acme,2024-01-02,,Acme", "2,Bolt,2024-01-02,2025-06-10,Acme"]
    assert said("customers.csv", "Client ID,Client,Start,End,Group", *rows) == ()


@pytest.mark.parametrize(
    ("header", "words", "named"),
    [
        ("Type", ("Invitation", "Reminder"), "Reminder"),
        ("Versand", ("Einladung", "1. Erinnerung"), "1. Erinnerung"),
        ("Type", ("Reminder", "Reminder"), None),
    ],
)
def test_reminders_are_said_to_count_as_invitations(header, words, named):
    rows = [f"{n},2025-06-01,{word},{9 * n}" for n, word in enumerate(words)]
    told = said("surveys.csv", f"Response ID,Sent At,{header},NPS", *rows)
    which = f"rows with '{named}' as '{header}' count as invitations of their own;"
    assert [which in one for one in told if "invitations" in one] == ([True] if named else [])


def test_a_reason_of_leaving_that_names_no_customer_is_said():
    rows = ["A,2024-01-02,,", "B,2024-01-02,2025-06-10,Test order", "C,2024-01-02,2025-06-10,Price"]
    told = said("customers.csv", "Customer ID,Start,End,Cancellation Reason", *rows)
    assert told == (counts("Cancellation Reason", "Test order"),)
