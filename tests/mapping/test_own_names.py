"""A file that is called by its kind and has only this project's names for columns needs no words."""

import subprocess
import sys

import pytest

from retention_cli import records
from retention_cli.mapping.kinds import kind_in_own_names
from retention_cli.mapping.words.meaning import languages_of


@pytest.mark.parametrize("kind", records.names())
def test_all_columns_of_a_kind_are_of_that_kind(kind):
    headers = [*records.model(kind).model_fields]
    assert kind_in_own_names(headers, file=f"{kind}-2025.csv") == kind
    assert kind_in_own_names(headers, file="export.csv", sheet=kind.title()) == kind
    assert languages_of(headers) == ("en",)


@pytest.mark.parametrize(
    ("headers", "file"),
    [
        (["invoice_date", "amount", "vendor"], "invoices.csv"),
        (["invoice_id", "status"], "invoices.csv"),
        (["invoice_date", "amount"], "purchases.csv"),
        (["invoice_date", "amount"], "invoices of customers.csv"),
        (["Invoice Date", "amount"], "invoices.csv"),
        ([], "invoices.csv"),
    ],
)
def test_what_is_open_is_left_to_words_and_cells(headers, file):
    assert kind_in_own_names(headers, file=file) is None


def test_other_languages_are_not_loaded_for_own_names(tmp_path):
    (tmp_path / "customers.csv").write_text("customer_id,start_date,end_date\nA,2024-01-01,\n")
    invoices = (
        "invoice_id,customer_id,invoice_date,amount,currency,status\n1,A,2025-01-02,5,EUR,paid\n"
    )
    (tmp_path / "invoices.csv").write_text(invoices)
    said = f"""
import retention_cli as rc
from retention_cli.mapping.words import meaning
rc.compute({str(tmp_path)!r}, period="2025")
print(meaning._toml.cache_info().currsize)
"""
    run = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert int(run.stdout) <= 2, "English, and which words name which column"
