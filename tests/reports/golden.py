"""Golden files: `UPDATE_GOLDEN=1 pytest tests/reports` writes them again; read the diff."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def agrees(name, text):
    """Say whether a text is what its golden file holds, byte for byte."""
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode("utf-8"))
    return path.read_bytes().decode("utf-8") == text
