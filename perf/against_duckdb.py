"""The figures of `retention compute` by hand in SQL: what a good analyst would write.

The same casts, the same checks, equal rows too, and the same figures of a period and the one before.
Prints them as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
from figures import Sums, figures, periods

# Without the trim the casts are pushed into the reader, which stops at the first bad cell.
_LOAD = """
CREATE TEMP TABLE invoices AS
SELECT invoice_id, customer_id, currency, status,
    TRY_CAST(trim(invoice_date) AS DATE) AS day,
    TRY_CAST(trim(amount) AS DECIMAL(18, 4)) AS amount
FROM read_csv('{folder}/invoices.csv', header = true, all_varchar = true, delim = ',', quote = '"');
CREATE TEMP TABLE spells AS
SELECT customer_id, TRY_CAST(trim(start_date) AS DATE) AS start_day, TRY_CAST(trim(end_date) AS DATE) AS end_day
FROM read_csv('{folder}/customers.csv', header = true, all_varchar = true, delim = ',', quote = '"');
"""

_BAD = """
SELECT count(*),
    count(*) FILTER (day IS NULL),
    count(*) FILTER (day IS NOT NULL AND amount IS NULL),
    count(*) FILTER (day IS NOT NULL AND amount IS NOT NULL
        AND NOT regexp_full_match(currency, '[A-Z]{3}'))
FROM invoices
"""

# A hash is enough to count by: at ten million rows two different ones share 64 bits once in
# four hundred thousand runs.
_EQUAL = """
SELECT count(*) - count(DISTINCT hash(invoice_id, customer_id, day, amount, currency, status))
FROM invoices WHERE day IS NOT NULL AND amount IS NOT NULL
"""

_SETTLE = """
CREATE TEMP TABLE astray AS
SELECT invoice_id, count(*) AS rows FROM invoices
WHERE day IS NOT NULL AND amount IS NOT NULL AND hash(invoice_id) IN (
    SELECT hash(invoice_id) AS id FROM invoices
    WHERE day IS NOT NULL AND amount IS NOT NULL AND invoice_id IS NOT NULL
    GROUP BY id
    HAVING min(hash(customer_id, day, currency)) <> max(hash(customer_id, day, currency)))
GROUP BY invoice_id;
DELETE FROM invoices WHERE day IS NULL OR amount IS NULL
    OR invoice_id IN (SELECT invoice_id FROM astray);
CREATE TEMP VIEW billed AS
SELECT * FROM invoices WHERE status IS NULL OR status NOT IN ('draft', 'void');
"""

_SAID = """
SELECT count(*),
    count(*) FILTER (customer_id IS NULL),
    count(*) FILTER (customer_id IS NOT NULL
        AND customer_id NOT IN (SELECT customer_id FROM spells)),
    count(*) FILTER (status = 'draft'),
    count(*) FILTER (status = 'void')
FROM invoices
"""

_PURCHASES = """
CREATE TEMP TABLE credited AS
SELECT invoice_id FROM billed
WHERE invoice_id IN (SELECT invoice_id FROM billed WHERE amount < 0)
GROUP BY invoice_id HAVING sum(amount) < 0;
CREATE TEMP TABLE purchase_days AS
SELECT DISTINCT customer_id, day FROM billed
WHERE customer_id IS NOT NULL AND (CASE WHEN invoice_id IS NULL THEN amount >= 0
    ELSE invoice_id NOT IN (SELECT invoice_id FROM credited) END);
"""

_PEOPLE = """
CREATE OR REPLACE TEMP TABLE people AS
SELECT customer_id,
    bool_or(start_day < '{start}' AND (end_day IS NULL OR end_day >= '{start}')) AS first,
    bool_or(start_day < '{end}' AND (end_day IS NULL OR end_day >= '{end}')) AS last,
    bool_or(start_day < '{start}') AS earlier,
    bool_or(start_day >= '{start}' AND start_day < '{end}') AS inside,
    bool_or(start_day < '{end}' AND (end_day IS NULL OR end_day >= '{start}')) AS active
FROM spells GROUP BY customer_id
"""

_COUNTS = """
SELECT count(*) FILTER (first), count(*) FILTER (last), count(*) FILTER (last AND NOT first),
    count(*) FILTER (inside AND NOT earlier), count(*) FILTER (first AND NOT last),
    count(*) FILTER (last AND NOT first AND earlier),
    count(*) FILTER (inside AND NOT earlier AND NOT last)
FROM people
"""

_REVENUE = """
WITH each AS (
    SELECT customer_id,
        sum(CASE WHEN day < '{start}' THEN amount ELSE 0 END) AS before,
        sum(CASE WHEN day < '{start}' THEN 0 ELSE amount END) AS now
    FROM billed WHERE day >= '{before}' AND day < '{end}' AND customer_id IS NOT NULL
    GROUP BY customer_id)
SELECT coalesce(sum(before), 0), coalesce(sum(now) FILTER (last), 0),
    coalesce(sum(greatest(0, least(now, before))) FILTER (last), 0),
    coalesce(sum(before) FILTER (last), 0), count(*) FILTER (before > 0)
FROM people JOIN each USING (customer_id) WHERE first
"""

_INVOICES = """
WITH documents AS (
    SELECT sum(amount) AS total FROM billed WHERE day >= '{start}' AND day < '{end}'
    GROUP BY invoice_id)
SELECT coalesce(sum(total), 0), count(*) FILTER (total >= 0), count(*) FILTER (total < 0)
FROM documents
"""

_BUYERS = """
WITH buyers AS (
    SELECT customer_id, bool_or(day < '{start}') AS before, bool_or(day >= '{start}') AS now
    FROM purchase_days WHERE day < '{end}' GROUP BY customer_id)
SELECT count(*) FILTER (now), count(*) FILTER (now AND before),
    count(*) FILTER (now AND customer_id NOT IN (SELECT customer_id FROM people WHERE active)),
    (SELECT count(*) FROM people WHERE active),
    (SELECT count(DISTINCT customer_id) FROM billed WHERE day >= '{start}' AND day < '{end}')
FROM buyers
"""

_GAPS = """
WITH gaps AS (
    SELECT day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap
    FROM purchase_days
    WHERE day < '{end}' AND customer_id IN (SELECT customer_id FROM people WHERE first))
SELECT median(gap) FROM gaps WHERE gap IS NOT NULL
"""


def main(folder: Path, period: str) -> None:
    """Print counts of rows and figures as JSON."""
    db = duckdb.connect()
    db.execute("SET preserve_insertion_order = false")
    db.execute(_LOAD.format(folder=folder))
    rows, days, amounts, currencies = db.execute(_BAD).fetchone()
    (equal,) = db.execute(_EQUAL).fetchone()
    db.execute(_SETTLE)
    (disagreeing,) = db.execute("SELECT coalesce(sum(rows), 0) FROM astray").fetchone()
    said = db.execute(_SAID).fetchone()
    db.execute(_PURCHASES)
    found = [_figures(db, *three) for three in periods(period)]
    counts = (rows, days, amounts, currencies, equal, int(disagreeing), *said)
    print(json.dumps({"counts": counts, "now": found[0], "before": found[1]}))


def _figures(db: duckdb.DuckDBPyConnection, before: str, start: str, end: str) -> dict[str, str]:
    def row(sql: str) -> tuple[object, ...]:
        return db.execute(sql.format(before=before, start=start, end=end)).fetchone()

    row(_PEOPLE)
    return figures(
        Sums(*row(_COUNTS), *row(_REVENUE), *row(_INVOICES), *row(_BUYERS), *row(_GAPS)),
        start=start,
        end=end,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
