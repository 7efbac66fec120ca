"""What is large or odd in one way only: computed, or refused, in bounded time and few words."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

COMMAND = (sys.executable, "-m", "retention_cli")
START_UP = 1.5
"""Seconds of a processor that a run over three rows takes, at most."""


def header_of_a_megabyte():
    return f"customer_id,start_date,{'x' * 1_000_000}\nK1,2024-01-01,1\n", 1


def headers_near_an_alias():
    headers = ",".join(f"invoice_dat_{number}" for number in range(1_000))
    return f"{headers}\n{',' * 999}\n", 2


def more_headers_than_any_table_has():
    headers = ",".join(f"invoice_dat_{number}" for number in range(10_000))
    return f"{headers}\n{',' * 9_999}\n", 2


def rejected_rows():
    rows = "".join(f"K{number},2024-02-31\x1b[{number % 100}m\n" for number in range(200_000))
    return f"customer_id,start_date\n{rows}", 5


def equal_rows():
    return "invoice_id,customer_id,invoice_date,amount\n" + "F1,K1,2025-06-01,5\n" * 3_000_000, 15


def many_accounts():
    rows = (f"K{n},2025-06-{n % 28 + 1:02},{n % 997}.50,{n % 97}\n" for n in range(16_500))
    return f"customer_id,invoice_date,amount,cost\n{''.join(rows)}", 3


@pytest.mark.parametrize(
    ("made", "command", "code"),
    [
        pytest.param(header_of_a_megabyte, "compute", 0, marks=pytest.mark.sweep),
        pytest.param(headers_near_an_alias, "compute", 3, marks=pytest.mark.sweep),
        pytest.param(more_headers_than_any_table_has, "compute", 3, marks=pytest.mark.sweep),
        pytest.param(rejected_rows, "compute", 0, marks=pytest.mark.slow),
        pytest.param(equal_rows, "compute", 0, marks=pytest.mark.slow),
        pytest.param(many_accounts, "accounts", 0, marks=pytest.mark.sweep),
    ],
)
def test_it_takes_bounded_time(folder, made, command, code):
    text, seconds = made()
    (folder / "export.csv").write_text(text, "utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*COMMAND, command, "export.csv", "--period", "2025-06", "--max-rejects", "200000"],
        capture_output=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == code, done.stderr
    assert after.ru_utime - before.ru_utime < seconds + START_UP
    assert len(done.stderr) < 2_000


@pytest.mark.parametrize("kinds", [("a{}", "customer_{}"), ("NPS {}", "NPS ({})")])
def test_no_message_lists_more_than_ten_columns(retention, folder, kinds):
    headers = [kind.format(number) for number in range(20) for kind in kinds]
    (folder / "export.csv").write_text(
        ",".join(headers) + "\n" + ",".join("9" * 40) + "\n", "utf-8"
    )
    ran = retention("compute", "export.csv")
    (said, *_) = ran.err.splitlines()
    assert ran.code == 3
    assert said.count("'") <= 2 * 11


def test_a_header_that_goes_on_and_on_is_cut(retention, folder):
    text = f"customer_id,start_date,{'x' * 5_000}\nK1,2024-01-01,1\n"
    (folder / "export.csv").write_text(text, "utf-8")
    ran = retention("check", "export.csv", "--format", "json")
    assert (ran.code, "x" * 500 + "…" in ran.out, "x" * 501 in ran.out) == (0, True, False)


@pytest.mark.parametrize("width", [None, "60", "90", "400"])
@pytest.mark.parametrize("colour", ["", "1"])
def test_accounts_look_alike_however_they_are_laid_out(
    retention, folder, monkeypatch, width, colour
):
    rows = "1,Müller & Co,Ann,2025-06-01,100.50,20\n2,株式会社,,2025-06-02,3000,10\n3,é\x07,Bo,2025-06-02,1,2\n"
    header = "customer_id,customer_name,manager,invoice_date,amount,cost\n"
    (folder / "invoices.csv").write_text(header + rows, "utf-8")
    monkeypatch.setenv("COLUMNS", width or "")
    monkeypatch.setenv("FORCE_COLOR", colour)
    asked = ("accounts", "invoices.csv", "--period", "2025-06")
    quick = retention(*asked).out
    monkeypatch.setattr("retention_cli.reports.accounts.table._plain", lambda *_, **__: "")
    laid_out = retention(*asked).out
    assert plain(quick) == plain(laid_out)
    assert ("\x1b[1m" in quick) == ("\x1b[1m" in laid_out) == bool(colour)


def plain(text):
    shown = text.replace("\x1b[1m", "").replace("\x1b[0m", "")
    return [line.rstrip() for line in shown.splitlines()]
