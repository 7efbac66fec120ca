from __future__ import annotations

from datetime import date

import pytest

from retention_cli.loading.named_dates import date_in_name


@pytest.mark.parametrize(
    ("name", "last", "clock"),
    [
        ("customers_2025-06-30.csv", "2025-06-30", ""),
        ("customers20250630.csv", "2025-06-30", ""),
        ("crm 30.06.2025.xlsx", "2025-06-30", ""),
        ("crm 1.6.2025.xlsx", "2025-06-01", ""),
        ("crm-30-06-2025.csv", "2025-06-30", ""),
        ("crm-06-30-2025.csv", "2025-06-30", ""),
        ("crm-05-05-2025.csv", "2025-05-05", ""),
        ("export_20250630_143000.csv", "2025-06-30", "143000"),
        ("export 2025-06-30T14-30.csv", "2025-06-30", "1430"),
        ("2025-06-01_2025-06-30.csv", "2025-06-30", ""),
        ("invoices-2025-06.csv", "2025-06-30", ""),
        ("invoices-202506.csv", "2025-06-30", ""),
        ("invoices-06-2025.csv", "2025-06-30", ""),
        ("invoices 2025-Q2.csv", "2025-06-30", ""),
        ("Q2_2025.csv", "2025-06-30", ""),
        ("Kunden Juni 2025.xlsx", "2025-06-30", ""),
        ("clients_août_2024.csv", "2024-08-31", ""),
        ("2024 février.csv", "2024-02-29", ""),
        ("customers 2025.csv", "2025-12-31", ""),
        ("2024/05/customers-2025-06.csv", "2025-06-30", ""),
    ],
)
def test_the_last_day_that_a_name_speaks_of(name, last, clock):
    assert date_in_name(name) == (date.fromisoformat(last), clock)


@pytest.mark.parametrize(
    "name",
    [
        "customers.csv",
        "invoices-05.csv",
        "crm-05-06-2025.csv",
        "crm-31-02-2025.csv",
        "id_20259999.csv",
        "number 120250630.csv",
        "part 2 of 3.csv",
    ],
)
def test_a_name_without_a_date_that_reads_one_way_has_none(name):
    assert date_in_name(name) is None
