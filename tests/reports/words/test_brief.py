from __future__ import annotations

from dataclasses import replace

import pytest

from reports import sample
from retention_cli.findings import codes
from retention_cli.findings.problems import Notice, Outcome, Problems
from retention_cli.reports.accounts import table as accounts_table
from retention_cli.reports.scorecard import table
from retention_cli.reports.words.brief import by_place, caveats, read_line
from retention_cli.results.accounts import Accounts, Totals

NOTHING = Totals(None, None, None, None, None)
SAID = [
    Notice(code, f"what {code} says of a file", 3, kind="invoices", file="a.csv")
    for code in codes.catalogue("files")
]


def accounts(**more):
    return Accounts(
        problems=Problems(),
        period=sample.JUNE,
        accounts=(),
        totals=NOTHING,
        unallocated=NOTHING,
        currency=None,
        notes=("cost to serve counts 0",),
        **more,
    )


@pytest.mark.parametrize("render", [table.render, accounts_table.render])
def test_a_notice_is_on_the_screen_unless_its_code_changes_no_figure(render):
    problems = Problems().also(SAID)
    found = (
        sample.card(problems=problems)
        if render is table.render
        else replace(accounts(), problems=problems, exports=sample.card().exports)
    )
    brief, verbose = (render(found, verbose=one) for one in (False, True))
    for one in SAID:
        assert (one.message in brief) != codes.harmless(one.code)
        assert one.message in verbose


def test_accounts_say_their_notes_and_what_was_assumed():
    text = accounts_table.render(accounts(assumed=("the period is June",)))
    assert "- cost to serve counts 0\n- the period is June\n" in text


def test_a_notice_with_a_brief_form_is_said_in_it_and_whole_with_verbose():
    notice = replace(SAID[0], code="no-customer", brief="3 rows without a customer")
    card = sample.card(problems=Problems().also([notice]))
    assert notice.message not in table.render(card)
    assert "3 rows without a customer" in table.render(card)
    assert notice.message in table.render(card, verbose=True)


def test_the_same_of_several_files_is_said_once_with_its_sum():
    alike = [replace(SAID[0], code="no-rows", file=f"{name}.csv") for name in "abc"]
    (said,) = caveats(
        replace(sample.plain_card(), exports=(), problems=Problems().also(alike)), grouped=False
    )
    assert said.text == f"{SAID[0].message} (likewise in 3 files, 9 in all)"
    assert by_place([said]) == [f"a.csv: {said.text}"]


def test_what_was_read_is_one_line_with_why_rows_were_not_used_and_what_to_type():
    line = read_line(sample.card())
    assert line == (
        "26 files, 12,007 rows = 11,951 accepted + 7 rejected (customers 3, invoices 2) + 49 skipped"
        " (repeated spell 1); see rejects/rejects.csv; more: --verbose, retention check"
    )


def test_rows_of_one_kind_are_rejected_without_its_name():
    rejected = Notice("bad-date", "is not a date", 2, kind="surveys", outcome=Outcome.REJECTED)
    export = replace(sample.SURVEYS, rows=1303, rejected=2, skipped=1, blank=1)
    card = replace(sample.plain_card(), exports=(export,), problems=Problems().also([rejected]))
    assert read_line(card) == (
        "1 file, 1,303 rows = 1,300 accepted + 2 rejected + 1 skipped; more: --verbose, retention check"
    )


def test_a_row_that_is_skipped_as_a_repeat_or_as_no_row_of_the_table_has_no_reason_to_be_told():
    sorts = ("exported-twice", "repeated-header", "not-won", "cancelled-order")
    skipped = [Notice(code, "is left out", 2, outcome=Outcome.SKIPPED) for code in sorts]
    export = replace(sample.SURVEYS, rows=1308, skipped=8)
    card = replace(sample.plain_card(), exports=(export,), problems=Problems().also(skipped))
    assert "+ 8 skipped (cancelled order 2, not won 2); more" in read_line(card)
