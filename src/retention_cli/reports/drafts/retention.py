"""`retention.toml` for the exports of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.drafts._comments import WIDTH, WRITTEN_BY, comment, with_remark
from retention_cli.text.toml_text import quoted, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.draft import Draft, DraftedExport, Found, OpenQuestion

_TOP = f"""\
{WRITTEN_BY}: how the exports of this folder were read. Change what is wrong.
# A line that begins with # has no effect: remove the # to use it.
"""
_FOR_ALL = (
    ('currency = "EUR"', "of files that name none"),
    ('time_zone = "Europe/Berlin"', "that days begin in; else dates are taken as written"),
    ('duplicates = "keep"', "or drop: equal invoice rows inside one file"),
    ('activity_window = "12 months"', "how long a purchase makes a customer, without dates"),
    ("lifespan_years = 5", "instead of 1 / churn"),
    ('response_target = "4h"', "for response_within_target"),
    ("csat_top = [4, 5]", "the scores that count as satisfied"),
    ('tax = "included 19%"', "taken out of invoices; without it amounts are net"),
)
_TABLES = """\
# More keys of an export, each below the [[export]] it belongs to:
# sheet = "Sheet1"
# [export.values.status]         # words of this system = ours: active, ended, draft, void
# "storniert" = "void"
# [export.constants]             # what the file does not say
# currency = "EUR"

# When the service desk is open; a day left out is closed. Without it, times are by the clock.
# [business_hours]
# monday = "09:00-17:00"
# friday = ["09:00-12:00", "13:00-15:00"]
# holidays = ["2025-12-25", "2025-12-26"]

# What an hour costs, by person or role, for costs that have hours and no rate
# [people]
# "Support" = "48.50"
"""


def render(draft: Draft) -> str:
    """Write what was understood of the exports as settings that read them the same way."""
    lines = [_TOP]
    for key, example in (("date_order", "dmy"), ("decimal", ",")):
        lines += [*_found(key, draft.settings[key], example), ""]
    lines += ["# For all exports; shown are the defaults, or an example where there is none."]
    lines += [
        with_remark(f"# {line}", remark)
        for line, remark in _FOR_ALL
        if line.partition(" ")[0] not in draft.told
    ]
    lines += [f"{key} = {written(value)}" for key, value in draft.told.items()]
    lines += ['benchmarks = "benchmarks.toml"', ""] if draft.benchmarks else [""]
    for export in draft.exports:
        lines += [*_export(export), ""]
    for file, sheet in draft.left_out:
        lines += ["[[export]]", f"file = {quoted(file)}"]
        lines += [f"sheet = {quoted(sheet)}"] if sheet else []
        lines += ["ignore = true", ""]
    known = {export.file for drafted in draft.exports for export in drafted.exports}
    for question in draft.questions:
        if question.file not in known:
            lines += [*_question(question), ""]
    return "\n".join([*lines, _TABLES])


def _found(key: str, found: Found, example: str) -> Iterator[str]:
    line = f"{key} = {quoted(found.value or example)}"
    if found.asked:
        for message in found.asked:
            yield from comment(f"Open: {message}")
        if found.value:
            yield from comment(f"Elsewhere it is {found.value}: {found.because}")
        yield "# Remove the # from the line that is right:"
        for value in ("dmy", "mdy") if key == "date_order" else (",", "."):
            yield f"# {key} = {quoted(value)}"
    elif found.value:
        yield from comment(found.because)
        yield line
    else:
        because = f"Differs from file to file: {found.because}" if found.because else ""
        yield from comment(because or "No cell needs this.")
        yield f"# {line}"


def _export(drafted: DraftedExport) -> Iterator[str]:
    exports = drafted.exports
    rows, accepted = (sum(getattr(e, what) for e in exports) for what in ("rows", "accepted"))
    files = f"{len(exports)} files with " if len(exports) > 1 else ""
    unused = f", {rows - accepted:,} of them not used: retention check says why"
    many = f"{rows:,} row{'s' * (rows != 1)}{unused if rows > accepted else ''}"
    yield from comment(f"{drafted.kind.capitalize()}: {files}{many}")
    yield "[[export]]"
    yield f"file = {quoted(drafted.file)}"
    yield f"kind = {quoted(drafted.kind)}"
    if drafted.sheet and drafted.sheet.strip():
        yield f"sheet = {quoted(drafted.sheet)}"
    for key in ("encoding", "delimiter"):
        value = getattr(drafted, key)
        if value is not None:
            yield f"{key} = {quoted(value)}"
        elif any(getattr(export, key) for export in exports):
            yield from comment(f"{key}: {_by_value(drafted, key)}; decided for each file")
    if drafted.preset:
        yield f"preset = {quoted(drafted.preset)}"
        yield from comment("Its columns are the preset's; what is said below goes before that")
        yield from [] if drafted.columns or "columns" in drafted.told else ["# [export.columns]"]
    yield from _columns(drafted)
    if drafted.others:
        yield from comment(f"For --by: {', '.join(drafted.others)}")


def _columns(drafted: DraftedExport) -> Iterator[str]:
    """Write what was answered of an export, and its columns."""
    tables = {key: value for key, value in drafted.told.items() if isinstance(value, dict)}
    yield from (f"{k} = {written(v)}" for k, v in drafted.told.items() if k not in tables)
    columns = tables.get("columns", {})
    if drafted.columns or columns:
        yield "[export.columns]"
    yield from (f"{column} = {written(source)}" for column, source in columns.items())
    for plan in drafted.columns:
        told = plan.format is not None and plan.because.startswith(("'", "as in"))
        why = plan.because if told else ""
        line = f"{plan.column} = {quoted(plan.source)}"
        yield with_remark(line, why) if len(line) + len(why) < WIDTH else line
    for column, words in tables.get("values", {}).items():
        yield f"[export.values.{column}]"
        yield from (f"{quoted(word)} = {written(ours)}" for word, ours in words.items())
    constants = tables.get("constants", {})
    if constants:
        yield "[export.constants]"
    yield from (f"{key} = {written(value)}" for key, value in constants.items())


def _by_value(drafted: DraftedExport, key: str) -> str:
    counted: dict[str, int] = {}
    for export in drafted.exports:
        value = str(getattr(export, key))
        counted[value] = counted.get(value, 0) + 1
    return ", ".join(f"{value} in {count} of them" for value, count in counted.items())


def _question(question: OpenQuestion) -> Iterator[str]:
    yield from comment(f"Open: {question.message}")
    if question.hint:
        yield from comment(f"To do: {question.hint}")
    name = question.file.rpartition("/")[2]
    yield "# [[export]]"
    yield from comment(f"file = {quoted(name)}")
    yield '# kind = "…"'
    yield "# [export.columns]"
