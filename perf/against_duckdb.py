"""The figures of `retention compute` by hand in SQL, with every check that it makes.

One scan of the file keeps cells as values, and those of rejected rows verbatim with their row number. Rows
can only be equal, or lines that disagree, where an id occurs twice: those few are compared cell by cell.
Both files are hashed beside it. Prints counts, rejected rows and figures of a period and the one before.
"""

from __future__ import annotations

import hashlib
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import duckdb
from figures import Sums, figures, periods

_MONEY = 10_000
_LOAD = r"""
CREATE TEMP MACRO as_day(cell) AS
    CASE WHEN regexp_full_match(cell, '(19|20|21)\d\d-\d\d-\d\d') THEN TRY_CAST(cell AS DATE) END;
CREATE TEMP TABLE read AS
SELECT invoice_id, customer_id, currency, status, day, CAST(number * 10000 AS BIGINT) AS amount, plain,
    CASE WHEN day IS NULL OR number IS NULL OR NOT plain
        THEN [invoice_id, customer_id, invoice_date, amount, currency, status] END AS raw
FROM (
    SELECT *, as_day(invoice_date) AS day,
        CASE WHEN regexp_full_match(amount, '-?\d{{1,10}}(\.\d{{1,4}})?')
            THEN TRY_CAST(amount AS DECIMAL(18, 4)) END AS number,
        currency IS NULL OR regexp_full_match(currency, '[A-Z]{{3}}') AS plain
    FROM read_csv('{folder}/invoices.csv', header = true, all_varchar = true, delim = ',', quote = '"'));
CREATE TEMP TABLE spells AS
SELECT customer_id, as_day(start_date) AS start_day, as_day(end_date) AS end_day
FROM read_csv('{folder}/customers.csv', header = true, all_varchar = true, delim = ',', quote = '"');
"""

_BAD = """
SELECT count(*),
    count(*) FILTER (day IS NULL),
    count(*) FILTER (day IS NOT NULL AND amount IS NULL),
    count(*) FILTER (day IS NOT NULL AND amount IS NOT NULL AND NOT plain)
FROM read
"""
_REJECTED = "SELECT rowid + 2, raw FROM read WHERE raw IS NOT NULL ORDER BY 1"

_SEVERAL = """
CREATE TEMP TABLE several AS
SELECT * FROM read WHERE raw IS NULL AND (invoice_id IS NULL OR invoice_id IN (
    SELECT invoice_id FROM read WHERE raw IS NULL GROUP BY invoice_id HAVING count(*) > 1))
"""
_EQUAL = """
SELECT coalesce(sum(rows - 1), 0) FROM (
    SELECT count(*) AS rows FROM several
    GROUP BY invoice_id, customer_id, day, amount, currency, status HAVING count(*) > 1)
"""
_SETTLE = """
CREATE TEMP TABLE astray AS
SELECT invoice_id, count(*) AS rows FROM several WHERE invoice_id IS NOT NULL
GROUP BY invoice_id HAVING count(DISTINCT (customer_id, day, currency)) > 1;
CREATE TEMP VIEW invoices AS
SELECT * FROM read WHERE raw IS NULL
    AND (invoice_id IS NULL OR invoice_id NOT IN (SELECT invoice_id FROM astray));
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
    """Print counts of rows, rejected rows and figures as JSON."""
    db = duckdb.connect()
    with ThreadPoolExecutor(1) as beside:
        hashes = beside.submit(_hashes, folder)
        db.execute(_LOAD.format(folder=folder))
        count, days, amounts, currencies = db.execute(_BAD).fetchone()
        rejected = db.execute(_REJECTED).fetchall()
        db.execute(_SEVERAL)
        (equal,) = db.execute(_EQUAL).fetchone()
        db.execute(_SETTLE)
        (disagreeing,) = db.execute("SELECT coalesce(sum(rows), 0) FROM astray").fetchone()
        said = db.execute(_SAID).fetchone()
        db.execute(_PURCHASES)
        found = [_figures(db, *three) for three in periods(period)]
        counts = (count, days, amounts, currencies, int(equal), int(disagreeing), *said)
        rows = [[row, [cell or "" for cell in raw]] for row, raw in rejected]
        told = {"rejected": rows, "sha256": hashes.result()}
    print(json.dumps({"counts": counts, "now": found[0], "before": found[1], **told}))


def _hashes(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open("rb") as file:
            found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _figures(db: duckdb.DuckDBPyConnection, before: str, start: str, end: str) -> dict[str, str]:
    def row(sql: str) -> tuple[object, ...]:
        return db.execute(sql.format(before=before, start=start, end=end)).fetchone()

    row(_PEOPLE)
    revenue, *documents = row(_INVOICES)
    billed = (Fraction(revenue, _MONEY), *documents)
    return figures(
        Sums(*row(_COUNTS), *row(_REVENUE), *billed, *row(_BUYERS), *row(_GAPS)),
        start=start,
        end=end,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
