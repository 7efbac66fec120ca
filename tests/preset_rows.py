"""What the rows of the invented exports mean, each worked out by hand.

Columns are those of `SHOWN` in tests/mapping/presets/test_exports.py; `-` is a blank cell, `--` a
column that the export does not give.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Expected:
    """The rows that one kind gets, in file order, and those that are left out by code."""

    rows: list[str]
    skipped: dict[str, int] = field(default_factory=dict)


def invoices(*rows, **skipped):
    return {"invoices": expected(rows, skipped)}


def expected(rows, skipped):
    codes = {code.replace("_", "-"): count for code, count in skipped.items()}
    return Expected(list(rows), codes)


def customers(*rows, **skipped):
    return {"customers": expected(rows, skipped)}


def tickets(*rows, **skipped):
    return {"tickets": expected(rows, skipped)}


def surveys(*rows, **skipped):
    return {"surveys": expected(rows, skipped)}


def costs(*rows, **skipped):
    return {"costs": expected(rows, skipped)}


WANTED = {
    "stripe-payments": invoices(
        "ch_1 | cus_A | 2026-06-30 | 1190.00 | EUR | Paid",
        "ch_2 | cus_B | 2026-06-11 | 37.50 | EUR | Paid",
        "ch_3 | cus_C | 2026-06-12 | 0.00 | USD | void",
        "ch_4 | cus_C | 2026-06-13 | 99.00 | USD | void",
        test_row=1,
    ),
    "stripe-invoices": invoices(
        "in_1 | cus_A | 2026-06-14 | 100.00 | EUR | paid",
        "in_2 | cus_B | 2026-06-15 | 40.00 | EUR | open",
        "in_3 | cus_C | 2026-06-16 | 70.00 | USD | void",
        "in_4 | cus_C | 2026-06-17 | 70.00 | USD | draft",
        "in_5 | cus_D | 2026-06-18 | 9.00 | USD | void",
    ),
    "stripe-customers": customers(
        "cus_A | North GmbH | -- | --",
        "cus_B | South SA | -- | --",
        "cus_C | c@east.example | -- | --",
    ),
    "stripe-subscriptions": customers(
        "cus_A | North GmbH | 2025-01-15 | -",
        "cus_B | b@south.example | 2025-02-01 | 2026-01-31",
        "cus_B | b@south.example | 2026-03-01 | -",
        not_a_customer=1,
    ),
    "stripe-balance-itemized": costs(
        "-- | 2026-06-07 | 3.62 | EUR | --",
        "-- | 2026-06-12 | 0.00 | EUR | --",
        "-- | 2026-06-13 | 0.55 | EUR | --",
    ),
    "xero-sales-invoices": invoices(
        "INV-1 | North Ltd | 2026-06-11 | 1000.00 | NZD | Awaiting Payment",
        "INV-1 | North Ltd | 2026-06-11 | 200.00 | NZD | Awaiting Payment",
        "CN-1 | South Ltd | 2026-06-12 | -100.00 | NZD | Paid",
        "INV-2 | South Ltd | 2026-06-13 | 500.00 | NZD | Paid",
        "INV-3 | East Ltd | 2026-06-14 | 200.00 | NZD | draft",
        not_an_invoice=2,
        text_line=1,
    ),
    "xero-contacts": customers(
        "North Ltd | North Ltd | -- | --", "South Ltd | South Ltd | -- | --"
    ),
    "quickbooks-sales-by-customer-detail": invoices(
        "101 | North Inc | 2026-06-11 | 1200.00 | -- | --",
        "102 | North Inc | 2026-06-25 | -50.00 | -- | --",
        "103 | South Inc | 2026-06-26 | 150.00 | -- | --",
        group_row=2,
        totals_row=3,
        footer=1,
    ),
    "quickbooks-open-invoices": invoices(
        "104 | North Inc | 2026-06-14 | 1000.00 | -- | --",
        "105 | North Inc | 2026-06-15 | 80.00 | -- | --",
        group_row=1,
        totals_row=2,
    ),
    "quickbooks-ar-aging-detail": invoices(
        "104 | North Inc | 2026-06-14 | 1500.00 | -- | --",
        "106 | South Inc | 2026-06-23 | -100.00 | -- | --",
        group_row=1,
        totals_row=2,
    ),
    "quickbooks-customer-contact-list": customers(
        "North Inc | North Inc | -- | --",
        "South Inc | South Inc | -- | --",
        footer=1,
    ),
    "hubspot-companies": customers(
        "9001 | North Ltd | -- | --",
        "9002 | South Ltd | -- | --",
        "9004 | West Ltd | -- | --",
        not_a_customer=1,
    ),
    "hubspot-deals": invoices(
        "7001 | 9001 | 2026-06-15 | 15000.00 | -- | --",
        "7004 | 9004 | 2026-06-17 | 250.50 | -- | --",
        not_won=2,
    ),
    "hubspot-tickets": tickets(
        "1201 | North Ltd | 2026-06-02 09:14:00 | 2530 | 23160 | -- | Rae Agent",
        "1202 | South Ltd | 2026-06-03 17:02:00 | - | - | -- | -",
        "1203 | South Ltd | 2026-06-04 08:00:00 | 108000 | 172800 | -- | Rae Agent",
    ),
    "salesforce-opportunities-report": invoices(
        "006A | North Ltd | 2026-06-30 | 25000.00 | -- | --",
        not_won=1,
        footer=3,
    ),
    "salesforce-contacts-report": customers(
        "ada@north.example | Ada North | -- | --",
        "bo@north.example | Bo | -- | --",
        footer=1,
    ),
    "salesforce-accounts": customers(
        "001A | North Ltd | -- | --", "001D | West Ltd | -- | --", deleted_row=1, not_a_customer=1
    ),
    "zendesk-tickets": {
        **tickets(
            "3051 | North Ltd | 2026-06-02 09:14:00 | 2520 | 23160 | 1 | Rae Agent",
            "3052 | - | 2026-06-03 17:02:00 | - | - | 0 | -",
            "3053 | East Ltd | 2026-06-04 08:00:00 | 61800 | 7200 | 3 | Rae Agent",
            "3054 | West Ltd | 2026-06-05 08:00:00 | 900 | 3600 | 2 | Rae Agent",
        ),
        **surveys(
            "3051 | North Ltd | 2026-06-02 | csat | 1 | 1",
            "3053 | East Ltd | 2026-06-04 | csat | 0 | 1",
            "3054 | West Ltd | 2026-06-05 | csat | - | -",
            not_asked=1,
        ),
    },
    "zendesk-explore-first-reply-time": tickets(
        "3051 | -- | -- | 2520 | -- | -- | --",
        "3052 | -- | -- | - | -- | -- | --",
        "3053 | -- | -- | 5400 | -- | -- | --",
    ),
    "freshdesk-tickets": tickets(
        "481 | North Ltd | 2026-06-02 09:14:22 | 2530 | 23139 | 2 | Rae Agent",
        "482 | - | 2026-06-03 17:02:10 | - | - | 0 | -",
        "483 | East Ltd | 2026-06-05 08:00:00 | 95400 | 108000 | 1 | Rae Agent",
    ),
    "jira-service-management-issues": {
        **tickets(
            "SUP-101 | North Ltd | 2026-06-02 09:14:00 | 2520 | 23160 | -- | Rae Agent",
            "SUP-102 | South Ltd | 2026-06-13 12:02:00 | - | - | -- | -",
        ),
        **surveys("SUP-101 | North Ltd | 2026-06-03 | csat | 5 | 5", not_asked=1),
    },
    "servicenow-incident": tickets(
        "INC0010001 | Ada North | 2026-06-02 09:14:22 | -- | 23139 | -- | Rae Agent",
        "INC0010002 | Bo South | 2026-06-03 17:02:10 | -- | - | -- | -",
    ),
    "surveymonkey-responses": surveys(
        "1101 | ada@north.example | 2026-06-15 | nps | 10 | 10",
        "1102 | - | 2026-06-16 | nps | 3 | 10",
        "1103 | - | 2026-06-17 | nps | 7 | 10",
    ),
    "typeform-responses": surveys(
        "aaa1 | -- | 2026-06-23 | nps | 9 | 10",
        "aaa2 | -- | 2026-06-30 | nps | 3 | 10",
        not_finished=1,
    ),
    "qualtrics-responses": surveys(
        "R_1 | ACC-1 | 2026-06-23 | nps | 9 | 10",
        "R_4 | ACC-2 | 2026-06-26 | nps | 6 | 10",
        not_finished=1,
        test_row=1,
    ),
    "google-forms-responses": surveys(
        "-- | ada@north.example | 2026-06-27 | nps | 9 | 10",
        "-- | bo@south.example | 2026-06-30 | nps | 3 | 10",
    ),
    "shopify-orders": invoices(
        "#1050 | kim@east.example | 2026-06-01 | 92.57 | EUR | paid",
        "#1051 | anna@north.example | 2026-06-03 | 24.82 | EUR | partially_refunded",
        "#1052 | bo@south.example | 2026-06-04 | -1.65 | EUR | void",
        line_of_an_order=1,
        cancelled_order=1,
    ),
    "shopify-customers": customers(
        "anna@north.example | Anna North | -- | --",
        "kim@east.example | Kim | -- | --",
        "9013808660999 | Till | -- | --",
    ),
    "woocommerce-orders": invoices(
        "1050 | Kim East | 2026-06-01 | 1088.03 | -- | completed",
        "1051 | Anna North | 2026-06-03 | 34.82 | -- | void",
        "1052 | Anna North | 2026-06-04 | 34.82 | -- | processing",
        "1053 | Bo South | 2026-06-05 | 9.00 | -- | draft",
    ),
    "datev-extf-buchungsstapel": invoices(
        "RE-42 | 10001 | 2026-06-11 | 1190.00 | EUR | --",
        "GS-3 | 10001 | 2026-06-02 | -119.00 | EUR | --",
        no_debtor=1,
        not_an_invoice=1,
    ),
    "datev-extf-debitoren": customers(
        "10001 | Müller & Söhne GmbH | -- | --", "10002 | Öztürk | -- | --", not_a_customer=1
    ),
    "harvest-time-entries": costs(
        "North Ltd | 2026-06-04 | 33.75 | EUR | Rae Agent",
        "South Ltd | 2026-06-05 | 1250.00 | EUR | Sam Sales",
    ),
    "toggl-time-entries": costs(
        "North Ltd | 2026-06-04 | 30.3333 | -- | Rae Agent",
        "South Ltd | 2026-06-05 | 100.00 | -- | Sam Sales",
    ),
    "clockify-time-entries": costs(
        "North Ltd | 2026-06-14 | 30.33 | EUR | Rae Agent",
        "South Ltd | 2026-06-15 | 100.00 | EUR | Sam Sales",
    ),
    "freshbooks-invoices": invoices(
        "0000041 | North Ltd | 2026-06-28 | 650.00 | USD | paid",
        "0000041 | North Ltd | 2026-06-28 | 490.00 | USD | paid",
        "0000042 | South Ltd | 2026-06-03 | 585.00 | USD | sent",
        "0000043 | East Ltd | 2026-06-04 | 650.00 | USD | draft",
    ),
    "freshbooks-clients": customers(
        "North Ltd | North Ltd | -- | --", "South Ltd | South Ltd | -- | --"
    ),
    "zoho-books-invoices": invoices(
        "2520018000000073144 | 2520018000000073035 | 2026-06-28 | 650.00 | USD | Overdue",
        "2520018000000073144 | 2520018000000073035 | 2026-06-28 | 490.00 | USD | Overdue",
        "2520018000000073145 | 2520018000000073036 | 2026-06-29 | 650.00 | USD | void",
        "2520018000000073146 | 2520018000000073036 | 2026-06-29 | 100.00 | EUR | draft",
    ),
    "zoho-books-contacts": customers("2520018000000073035 | North Ltd | -- | --", not_a_customer=1),
    "zoho-crm-accounts": customers(
        "zcrm_101 | North Ltd | -- | --", "zcrm_102 | South Ltd | -- | --"
    ),
    "pipedrive-deals": invoices("901 | 101 | 2026-06-30 | 15000.00 | EUR | --", not_won=2),
    "dynamics-accounts": customers(
        "8f2d1c3e-0000-4000-8000-000000000001 | North Ltd | -- | --",
        "8f2d1c3e-0000-4000-8000-000000000002 | South Ltd | -- | --",
    ),
    "paypal-activity": invoices(
        "T1 | North Ltd | 2026-06-22 | 1010.00 | USD | Completed",
        "T2 | North Ltd | 2026-06-23 | -10.00 | USD | Completed",
        "T6 | South Ltd | 2026-06-27 | 70.00 | USD | void",
        bank_transfer=2,
        money_out=1,
    ),
    "square-items": invoices(
        "PAY1 | K9Q1 | 2026-06-18 | 1000.00 | USD | --",
        "PAY1 | K9Q1 | 2026-06-18 | 30.00 | USD | --",
        "PAY1R | K9Q1 | 2026-06-19 | -1000.00 | USD | --",
    ),
    "square-transactions": invoices(
        "PAY1 | K9Q1 | 2026-06-18 | 1030.00 | USD | Complete",
        "PAY1R | K9Q1 | 2026-06-19 | -1000.00 | USD | Complete",
    ),
    "gocardless-payments": invoices(
        "PM1 | CU1 | 2026-06-05 | 100.00 | GBP | billed",
        "PM2 | CU2 | 2026-06-06 | 80.00 | GBP | void",
        "PM3 | CU1 | 2026-06-07 | 40.00 | GBP | billed",
        "PM4 | CU2 | 2026-06-08 | 40.00 | GBP | void",
        "PM5 | CU2 | 2026-06-09 | 40.00 | GBP | draft",
        "PM6 | CU2 | 2026-06-10 | 40.00 | GBP | void",
    ),
    "mollie-payments": invoices(
        "tr_A1 | A North | 2026-06-11 | 100.00 | EUR | billed",
        "tr_A2 | B South | 2026-06-12 | 50.00 | EUR | void",
        "tr_A3 | B South | 2026-06-13 | 30.00 | EUR | draft",
        "tr_A4 | B South | 2026-06-14 | 70.00 | EUR | paid",
        "tr_A5 | B South | 2026-06-15 | 60.00 | EUR | draft",
    ),
    "recurly-invoices": invoices(
        "1291 | N-1 | 2026-06-19 | 100.00 | USD | paid",
        "1292 | N-1 | 2026-06-20 | -20.00 | USD | paid",
        "1293 | S-1 | 2026-06-21 | 50.00 | USD | void",
        "1294 | S-1 | 2026-06-22 | 40.00 | USD | past_due",
        "1295 | S-1 | 2026-06-23 | -5.00 | USD | paid",
    ),
    "odoo-invoices": invoices(
        "INV/2026/00041 | North Ltd | 2026-06-28 | 1000.00 | EUR | billed",
        "RINV/2026/00003 | North Ltd | 2026-06-29 | -100.00 | EUR | Paid",
        "INV/2026/00042 | South Ltd | 2026-06-30 | 50.00 | EUR | void",
        "INV/2026/00043 | South Ltd | 2026-06-30 | 20.00 | EUR | billed",
        line_of_an_order=1,
        not_an_invoice=3,
    ),
    "netsuite-transactions": invoices(
        "52766 | North Club | 2026-06-15 | 1000.00 | -- | Paid In Full",
        "52767 | South Club | 2026-06-16 | 250.00 | -- | Open",
        "CM201 | North Club | 2026-06-17 | -200.00 | -- | billed",
        "52768 | South Club | 2026-06-19 | 0.00 | -- | void",
        "CR12 | South Club | 2026-06-20 | -30.00 | -- | Deposited",
        not_an_invoice=1,
    ),
    "sage-50-sales-journal": invoices(
        "10041 | NORTH | 2026-06-15 | 1000.00 | -- | --",
        "10041 | NORTH | 2026-06-15 | 25.00 | -- | --",
        "CM7 | NORTH | 2026-06-20 | -500.00 | -- | --",
        tax_line=1,
        not_an_invoice=1,
    ),
    "sap-fbl5n-en": invoices(
        "1800000042 | 10001 | 2026-06-11 | 1190.00 | EUR | --",
        "1600000003 | 10001 | 2026-06-20 | -119.00 | EUR | --",
        "1800000043 | 10002 | 2026-06-26 | 238.00 | EUR | --",
        not_an_invoice=1,
        totals_row=1,
    ),
    "sap-fbl5n-de": invoices(
        "1800000042 | 10001 | 2026-06-11 | 1190.00 | EUR | --",
        "1600000003 | 10001 | 2026-06-20 | -119.00 | EUR | --",
        "1800000043 | 10002 | 2026-06-26 | 238.00 | EUR | --",
        not_an_invoice=1,
        totals_row=1,
    ),
    "gorgias-tickets": {
        **tickets(
            "7001 | anna@north.example | 2026-06-02 09:14:00 | 2520 | 23160 | 2 | Rae Agent",
            "7002 | bo@south.example | 2026-06-03 17:02:00 | 90 | 172800 | 3 | Rae Agent",
            "7003 | lead@west.example | 2026-06-04 10:10:00 | - | 1 | 0 | -",
        ),
        **surveys(
            "7001 | anna@north.example | 2026-06-04 | csat | 4 | 5",
            "7002 | bo@south.example | 2026-06-06 | csat | 2 | 5",
            not_asked=1,
        ),
    },
    "intercom-conversations": {
        **tickets(
            "2154001 | North Ltd | 2026-06-02 09:14:00 | 2520 | -- | -- | Rae Agent",
            "2154002 | - | 2026-06-03 17:02:00 | - | -- | -- | -",
            "2154003 | East Ltd | 2026-06-04 08:00:00 | 61800 | -- | -- | Rae Agent",
        ),
        **surveys(
            "2154001 | North Ltd | 2026-06-02 | csat | 4 | 5",
            "2154003 | East Ltd | 2026-06-04 | csat | 2 | 5",
            not_asked=1,
        ),
    },
    "intercom-ratings": surveys(
        "2154001 Teammate | North Ltd | 2026-06-03 | csat | 4 | 5",
        "2154001 Fin AI Agent | North Ltd | 2026-06-03 | csat | 3 | 5",
        "2154003 Teammate | East Ltd | 2026-06-05 | csat | 1 | 5",
        not_asked=1,
    ),
    "trustpilot-reviews": surveys(
        "r1 | anna@north.example | 2026-06-15 | csat | 4 | 5",
        "r2 | - | 2026-06-16 | csat | 2 | 5",
    ),
    "sevdesk-contacts": customers(
        "1000 | Müller & Söhne GmbH | -- | --", "1001 | Öztürk | -- | --", not_a_customer=1
    ),
    "pipedrive-organizations": customers("101 | North Ltd | -- | --", "102 | South Ltd | -- | --"),
    "klaviyo-profiles": customers(
        "anna@north.example | Anna North | -- | --", "bo@south.example | Bo | -- | --"
    ),
    "zuora-invoice-items": invoices(
        "INV-00001 | A-00001 | 2026-06-01 | 80.00 | USD | Posted",
        "INV-00001 | A-00001 | 2026-06-01 | 30.00 | USD | Posted",
        "INV-00001 | A-00001 | 2026-06-01 | -10.00 | USD | Posted",
        "INV-00002 | A-00002 | 2026-06-21 | 100.00 | USD | draft",
        "INV-00003 | A-00002 | 2026-06-22 | 100.00 | USD | void",
        "INV-00004 | A-00002 | 2026-06-23 | 100.00 | USD | void",
        tax_line=1,
    ),
    "chargebee-invoices": invoices(
        "41 | cb_1 | 2026-06-15 | 90.00 | -- | Paid",
        "42 | cb_2 | 2026-06-16 | 50.00 | -- | Payment Due",
        "43 | cb_2 | 2026-06-17 | 50.00 | -- | void",
        "44 | cb_1 | 2026-06-18 | 70.00 | -- | draft",
    ),
    "lemon-squeezy-orders": invoices(
        "5001 | anna@north.example | 2026-06-14 | 100.00 | -- | --",
        "5002 | bo@south.example | 2026-06-15 | 80.00 | -- | --",
        "5003 | anna@north.example | 2026-06-16 | 0.00 | -- | --",
    ),
    "sage-50-audit-trail": invoices(
        "INV-1 | NORTH1 | 2026-06-15 | 1000.00 | -- | -",
        "INV-1 | NORTH1 | 2026-06-15 | 25.00 | -- | -",
        "CN-1 | NORTH1 | 2026-06-16 | -100.00 | -- | -",
        not_an_invoice=2,
        deleted_row=1,
    ),
    "square-customers": customers("K9Q1 | Anna North | -- | --", "K9Q2 | Bo | -- | --"),
}
REVENUE = {
    "sage-50-audit-trail": {None: "925.00"},
    "zuora-invoice-items": {"USD": "100.00"},
    "chargebee-invoices": {None: "140.00"},
    "lemon-squeezy-orders": {None: "180.00"},
    "square-transactions": {"USD": "30.00"},
    "gocardless-payments": {"GBP": "140.00"},
    "mollie-payments": {"EUR": "170.00"},
    "recurly-invoices": {"USD": "115.00"},
    "odoo-invoices": {"EUR": "920.00"},
    "netsuite-transactions": {None: "1020.00"},
    "sage-50-sales-journal": {None: "525.00"},
    "sap-fbl5n-en": {"EUR": "1309.00"},
    "sap-fbl5n-de": {"EUR": "1309.00"},
    "stripe-payments": {"EUR": "1227.50"},
    "stripe-invoices": {"EUR": "140.00"},
    "xero-sales-invoices": {"NZD": "1600.00"},
    "shopify-orders": {"EUR": "117.39"},
    "freshbooks-invoices": {"USD": "1725.00"},
    "zoho-books-invoices": {"USD": "1140.00"},
    "woocommerce-orders": {None: "1122.85"},
    "paypal-activity": {"USD": "1000.00"},
    "square-items": {"USD": "30.00"},
    "hubspot-deals": {None: "15250.50"},
    "pipedrive-deals": {"EUR": "15000.00"},
}
