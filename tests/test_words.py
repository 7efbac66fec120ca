"""Messages, help and pages in plain English: the turns that docs/style.md lists are refused."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "retention_cli"
PAGES = [
    page
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md")))
    if page.name != "style.md"
]

TURNS = {
    "is no date": r"(?<![Tt]here )\b(?:is|are) no (?!longer\b|more\b)",
    "such rows": r"\b[Ss]uch (?:rows|cells|files|columns|customers|invoices|answers|tickets|names)\b",
    "mend": r"\b[Mm]end(?:s|ed|ing)?\b",
    "is none of": r"\b(?:is|are) none of\b",
    "all the same": r"\ball the same\b",
    "say so in": r"\b[Ss]ay so\b",
    "nothing says": r"\b[Nn]othing (?:says|tells)\b",
    "set apart": r"\bsets? (?:\w+ )?apart\b",
    "once more": r"\bonce more\b",
    "stands in": r"\bstands? (?:in|there|below|above|beside)\b",
    "unsaid": r"\bunsaid\b",
    "tell apart": r"\b(?:tells?|told) apart\b",
    "spoke of": r"\b(?:speaks?|spoke) of\b",
    "and the like": r"\band the like\b",
    "who are none": r"\bwho are none\b",
    "nothing has to be done": r"\b[Nn]othing has to be done\b",
    "revenue an invoice": r"\b(?:[Rr]evenue|[Mm]oney) an? (?:invoice|customer|account)\b",
    "take a longer period": r"\b[Tt]ake an? (?:longer|later|shorter|earlier)\b",
    "for want of": r"\bfor want of\b",
    "anew": r"\banew\b",
    "but for": r"\bbut for\b",
    "whatever the": r"\b[Ww]hatever (?:the|their)\b",
    "reckoned": r"\b[Rr]eckon",
    "in the median": r"\bin the (?:median|mean)\b",
    "turned round": r"\bturn(?:s|ed|ing)? (?:\w+ )?round\b",
}


@cache
def messages():
    return tuple(_messages())


def _messages():
    """Every text of our code that a user may read: literals that are sentences, not docstrings."""
    for file in sorted(SRC.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        docs = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    part.value if isinstance(part, ast.Constant) else "…" for part in node.values
                ]
                yield f"{file.name}:{node.lineno}", "".join(parts)
            elif isinstance(node, ast.Constant) and id(node) not in docs:
                text = node.value if isinstance(node.value, str) else ""
                yield from [(f"{file.name}:{node.lineno}", text)] * (" " in text)
    for file in (
        *sorted((SRC / "findings/codes").glob("*.toml")),
        SRC / "reports/words/terms.toml",
    ):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            yield f"{file.name}:{number}", line


def prose(page):
    """A page without code and what the program prints: that is held where it is written."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)


def test_every_turn_of_the_style_page_is_looked_for():
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \|$", (ROOT / "docs/style.md").read_text(), re.MULTILINE
    )
    assert rows == ["not", *TURNS]


@pytest.mark.parametrize("turn", TURNS)
def test_a_turn_is_found(turn):
    assert re.search(TURNS[turn], f"it {turn} there")


@pytest.mark.parametrize("turn", TURNS)
def test_no_message_has_a_turn_to_avoid(turn):
    found = [f"{where}: {text}" for where, text in messages() if re.search(TURNS[turn], text)]
    assert found == []


@pytest.mark.parametrize("turn", TURNS)
def test_no_page_has_a_turn_to_avoid(turn):
    found = [
        f"{page.name}: {line.strip()}"
        for page in PAGES
        for line in prose(page).splitlines()
        if re.search(TURNS[turn], line)
    ]
    assert found == []
