"""Parts of a workbook under the names that all readers look for, whatever its program named them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from retention_cli.reading.workbooks.package import open_package
from retention_cli.reading.workbooks.workbook_parts import related, relations_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.reading.workbooks.package import Package

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_BOOK = "xl/workbook.xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_AS_OTHERS = {
    f"{_STRICT}spreadsheetml/main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    f"{_STRICT}officeDocument/relationships": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""What the strict form calls otherwise, and nothing else of it that is read."""
_PLACES = {"styles": "styles", "sharedStrings": "sharedStrings"}
_CONTENTS = {"worksheet": "worksheet", **_PLACES}
_MACROS = "vbaproject.bin"


@dataclass(frozen=True, slots=True)
class _Pointer:
    """What a workbook points at: the id it is known by, its kind, and the name of the part."""

    key: str
    kind: str
    part: str

    @property
    def what(self) -> str:
        """The last word of its kind."""
        return self.kind.rpartition("/")[2]


def with_plain_paths(package: Package) -> Package:
    r"""Give a workbook whose book, styles and texts stand where readers look for them.

    The strict form of Excel becomes that of all others. Some programs write xl\worksheets\sheet1.xml, or a name in another case than where they point
    at it, or names of their own; Excel reads them all. Others are given as they are.
    Errors: DataRefusedError where it cannot be taken apart.
    """
    if any("\\" in name for name in package.parts):
        slashed = ((name.replace("\\", "/"), name) for name in package.parts)
        package = _zipped(package, {new: _content(package, old) for new, old in slashed})
    start = _book(package)
    if start is None:
        return package
    pointers = [one for one in _pointers(package, start.part) if one.what in _CONTENTS]
    if start.part == _BOOK and all(map(_is_plain, pointers)) and not _is_odd(package, start.part):
        return package
    return _zipped(package, _in_their_places(package, start, pointers))


def _book(package: Package) -> _Pointer | None:
    found = (one for one in _pointers(package, "") if one.what == "officeDocument")
    return next(found, None)


def _pointers(package: Package, part: str) -> Iterator[_Pointer]:
    """Give what a part points at, under the names that the parts have."""
    by_fold = {_folded(name): name for name in package.parts}
    for key, kind, target in related(package, part):
        if (name := by_fold.get(_folded(target))) is not None:
            yield _Pointer(key, kind, target if target in package.parts else name)


def _folded(name: str) -> str:
    return unquote(name).casefold()


def _is_plain(pointer: _Pointer) -> bool:
    return pointer.what not in _PLACES or pointer.part == f"xl/{_PLACES[pointer.what]}.xml"


def _is_odd(package: Package, book: str) -> bool:
    """Tell whether something is pointed at by another name than it has, or by backslashes."""
    if any(kind.startswith(_STRICT) for _, kind, _ in related(package, "")):
        return True
    relations = [name for name in map(relations_of, ("", book)) if name in package.parts]
    if any(b"\\" in package.whole(name) for name in relations):
        return True
    return any(
        target not in package.parts and _folded(target) in map(_folded, package.parts)
        for place in ("", book)
        for _, _, target in related(package, place)
    )


def _in_their_places(
    package: Package, start: _Pointer, pointers: list[_Pointer]
) -> dict[str, bytes]:
    """Give the contents of the parts that are read, by the names that readers look for."""
    found = {_BOOK: _as_others(_content(package, start.part))}
    relations, types = [], [_typed(_BOOK, "sheet.main")]
    for number, one in enumerate(pointers, start=1):
        place = (
            f"{_PLACES[one.what]}.xml" if one.what in _PLACES else f"worksheets/sheet{number}.xml"
        )
        found[f"xl/{place}"] = _as_others(_content(package, one.part))
        relations.append(_relation(one.key, one.kind, place))
        types.append(_typed(f"xl/{place}", _CONTENTS[one.what]))
    for name in package.parts:
        if name.lower().endswith(_MACROS):
            found["xl/vbaProject.bin"] = _content(package, name)
    root = [_relation(start.key, start.kind, _BOOK)]
    defaults = (
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return {
        "[Content_Types].xml": _xml("Types", _TYPES, [defaults, *types]),
        "_rels/.rels": _xml("Relationships", _RELATIONS, root),
        "xl/_rels/workbook.xml.rels": _xml("Relationships", _RELATIONS, relations),
        **found,
    }


def _as_others(content: bytes) -> bytes:
    for strict, usual in _AS_OTHERS.items():
        content = content.replace(strict.encode(), usual.encode())
    return content


def _relation(key: str, kind: str, target: str) -> str:
    kind = _as_others(kind.encode()).decode()
    written = (f"{k}={quoteattr(v)}" for k, v in (("Id", key), ("Type", kind), ("Target", target)))
    return f"<Relationship {' '.join(written)}/>"


def _typed(name: str, what: str) -> str:
    return f'<Override PartName="/{name}" ContentType="{_CONTENT}{what}+xml"/>'


def _xml(name: str, space: str, content: list[str]) -> bytes:
    return f'{_HEAD}<{name} xmlns="{space}">{"".join(content)}</{name}>'.encode()


def _content(package: Package, name: str) -> bytes:
    return b"".join(package.inflated(name))


def _zipped(package: Package, contents: dict[str, bytes]) -> Package:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, content in contents.items():
            out.writestr(name, content)
    return open_package(file.getvalue(), file=package.file)
