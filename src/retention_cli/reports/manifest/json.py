"""A manifest as JSON, in the schema `retention-manifest/1`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from retention_cli.reports.words.machine import day, fields, file_counts, period, written
from retention_cli.text.outputs import MANIFEST

if TYPE_CHECKING:
    from datetime import datetime

    from retention_cli.results.manifest import Content, Manifest


def render(manifest: Manifest) -> str:
    """Write a manifest as JSON."""
    ran, found = manifest.ran, manifest.found
    return written(
        {
            "schema": MANIFEST,
            **fields(ran, "command version"),
            "options": dict(ran.told or {}),
            "started": _moment(ran.began),
            "ended": _moment(ran.ended),
            **fields(ran, "exit_code message"),
            "period": period(found.period) if found else None,
            "as_of": day(manifest.as_of),
            "inputs": [asdict(one) for one in manifest.inputs],
            "settings": _content(manifest.settings),
            "benchmarks": _content(manifest.benchmarks),
            "outputs": [asdict(one) for one in manifest.outputs],
            "files": [file_counts(one) for one in found.exports] if found else [],
        }
    )


def _content(one: Content | None) -> dict[str, Any] | None:
    return asdict(one) if one else None


def _moment(then: datetime) -> str:
    return then.isoformat(timespec="milliseconds").replace("+00:00", "Z")
