"""Whatever is assumed of a file is turned off by a key of the settings."""

import json
import re

BASE = [(f"R{day}", f"2025-06-{day:02}", f"C{day % 4}", 100 + day) for day in range(1, 13)]


def invoices(header, *cells, names="Invoice,Date,Customer,Amount", rows=BASE):
    """Rows with more columns: the cells of the first one, and of the others."""
    lines = [f"{names},{header}"]
    for at, row in enumerate(rows):
        lines.append(",".join(map(str, (*row, *(cell[at % len(cell)] for cell in cells)))))
    return {"invoices.csv": "\n".join(lines)}


MANY = [(f"R{n}", f"2025-06-{n % 28 + 1:02}", f"C{n % 9}", 100 + n % 7) for n in range(150)]
REST = [""] * 149
CUSTOMERS = "Customer ID,Status,Start Date\n" + "".join(
    f"C{n},{('active', 'churned')[n % 4 == 0]},2024-01-{n + 1:02}\n" for n in range(8)
)
ANSWERS = "Date,{}\n" + "".join(
    f"2025-06-{n // 2 + 1:02},{('Very satisfied', 'Satisfied', 'Very dissatisfied')[n % 3]}\n"
    for n in range(9)
)
COLUMNS, STATUS = "[export.columns]\n", "[export.values.status]\n"
ASSUMED = [
    (invoices("Kite", ["yes", *["no"] * 11]), "Kite", 'leave_out = { "Kite" = [] }'),
    (invoices("Memo", ["Deposit", *["x"] * 11]), "Memo", 'leave_out = { "Memo" = [] }'),
    (invoices("Cancelled", ["yes", *["no"] * 11]), "Cancelled", '[export.constants]\nstatus = "billed"'),
    (invoices("Status", ["partially refunded", *["paid"] * 149], rows=MANY), "partly refunded", f'{STATUS}"partially refunded" = "billed"'),
    (invoices("Status", ["wobbly", *["paid"] * 149], rows=MANY), "not known", f'{STATUS}"wobbly" = "billed"'),
    (invoices("Status", ["refunded", *["paid"] * 149], rows=MANY), "count as 0", f'{STATUS}"refunded" = "billed"'),
    (invoices("Type", ["Credit Note", *["Invoice"] * 11]), "taken off", '[export.values.document_type]\n"Credit Note" = "invoice"'),
    (invoices("S/H", ["H", *["S"] * 11]), "taken off", f'{COLUMNS}amount = {{ from = "Amount", negative = {{}} }}'),
    (invoices("Refunded", [5, *[0] * 11]), "taken off", f'{COLUMNS}amount = {{ from = "Amount", less = [] }}'),
    (invoices("Tax,Total", [19], [*range(120, 132)], names="Invoice,Date,Customer,Subtotal"), "add up", f'{COLUMNS}amount = "Total"'),
    (invoices("Discount", [5, *[0] * 11]), "Discount", 'leave_out = { "Discount" = [] }'),
    (invoices("Profit", [5]), "Profit", 'leave_out = { "Profit" = [] }'),
    ({"customers.csv": CUSTOMERS}, "taken for", f'{STATUS}active = "active"\nchurned = "ended"'),
    ({"answers.csv": ANSWERS.format("CSAT")}, "kind csat", '[export.constants]\nkind = "csat"'),
]  # fmt: skip


def assumed(retention, folder):
    found = retention("compute", folder, "--period", "2025-06", "--format", "json")
    assert found.code == 0, found.err
    return json.loads(found.out)["data"]["assumed"]


def test_every_assumption_is_turned_off_by_its_key(tmp_path, retention):
    rules, wanted = [], []
    for at, (files, said, key) in enumerate(ASSUMED):
        ((name, text),) = files.items()
        (tmp_path / f"{at}-{name}").write_text(re.sub(r"(?m)^R", f"R{at}-", text))
        kind = {"customers": "customers", "answers": "surveys"}.get(name[:-4], "invoices")
        rules.append(f'[[export]]\nfile = "{at}-{name}"\nkind = "{kind}"\n{key}\n')
        wanted.append((f"{at}-{name}", said))
    before = assumed(retention, tmp_path)
    (tmp_path / "retention.toml").write_text("".join(rules))
    after = assumed(retention, tmp_path)
    for name, said in wanted:
        assert any(said in one and name in one for one in before), (name, said)
        assert not any(said in one and name in one for one in after), (name, said)
