"""What the columns of the workbook of accounts mean."""

from __future__ import annotations

MEANINGS = (
    (
        "Account",
        "A customer with an invoice, a cost or a priced ticket in the period; one line each.",
    ),
    ("Revenue", "Invoices dated in the period, credit notes negative, net of sales tax."),
    (
        "Revenue without cost",
        "Revenue of rows whose cost cell is blank: it is in no profit and no margin.",
    ),
    ("Direct cost", "The cost column of the invoices."),
    (
        "Cost to serve",
        (
            "The cost export (amounts, or hours times rate), what [cost_drivers] prices, and shares of pools under"
            " spread. The lines are on the sheet Cost lines."
        ),
    ),
    ("Profit", "Revenue, less revenue without cost, direct cost and cost to serve."),
    ("Margin", "Profit by the revenue whose cost is known; blank where that is 0 or less."),
    ("Share of profit", "Profit by the sum of all profits above 0."),
    (
        "Cumulative share",
        "Shares added up, best account first: above 100 % nothing is left to win by an account.",
    ),
    (
        "Tier",
        (
            "A while the share of the accounts before is below 80 %, B while below 95 %, C the rest and"
            " every account without profit; [tiers] in the settings sets others, and a note says so."
        ),
    ),
    (
        "Status",
        "customer at the end of the period, left in it, or former; blank where it is not known.",
    ),
    ("Profit before", "Profit of the same account in the period before, of the same length."),
    ("Unallocated", "Invoices and costs that name no customer: they belong to no account."),
    ("Retention", "Customers at the start of the period who were still there at its end."),
    (
        "Leavers",
        "Customers at the start who were not there at the end; their profit is that of the period before.",
    ),
)
