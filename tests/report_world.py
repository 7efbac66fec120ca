"""Exports of a month of which a report has every section, with names that pages and sheets would run."""

from __future__ import annotations

HOSTILE = "<script>alert(1)</script>\u202e\"'&"
CUSTOMERS = f"""customer_id,customer_name,start_date,end_date,segment
007,Ann,2024-05-01,,Small
008,@SUM(Bob),2024-06-01,2025-06-10,<b>Small</b>
009,"{HOSTILE.replace('"', '""')}",2024-06-01,,Large
010,Dee,2025-06-03,,Large
"""
INVOICES = "invoice_id,customer_id,invoice_date,amount,cost,currency\n" + "".join(
    f"{year}{month}{customer},{customer},{year}-{month:02}-05,{100 + month},{customer}0,EUR\n"
    for year in (2024, 2025)
    for month in range(1, 7 if year == 2025 else 13)
    for customer in ("007", "009")
)
SURVEYS = (
    "response_id,responded_at,kind,score,scale_max\n1,2025-06-01,nps,9,10\n2,2025-06-02,nps,3,10\n"
)
TICKETS = (
    "ticket_id,created_at,first_response_at\n1,2025-06-02T09:00:00,2025-06-02T09:30:00\n"
    "2,2025-06-03T09:00:00,2025-06-03T11:00:00\n"
)
BENCHMARKS = '[[benchmark]]\nkpi = "retention_rate"\ntarget = 1\nmin_n = 1\nowner = "Ada"\nreason = "Board plan"\n'
EVENTS = "date,name\n2025-03-01,New prices\n"


def write_in(folder):
    """Write them into a folder, with a target and an event."""
    files = {
        "customers.csv": CUSTOMERS,
        "invoices.csv": INVOICES,
        "surveys.csv": SURVEYS,
        "tickets.csv": TICKETS,
        "benchmarks.toml": BENCHMARKS,
        "events.csv": EVENTS,
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
