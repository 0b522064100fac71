"""A bid as one archive: packed the same everywhere, and taken apart only when nothing in it can do harm.

An archive is a ZIP file of stored members: ``manifest.json`` with the digest of every other file, the response, its
evidence. Nothing is compressed, so that the same bid gives the same bytes with every version of every library.
"""

from __future__ import annotations

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from selfassess import limits
from selfassess.bids import RESPONSE
from selfassess.digests import Digesting
from selfassess.evidence import CHUNK, is_safe_path, opened
from selfassess.exchange import json_bytes
from selfassess.identifiers import is_supplier_id
from selfassess.problems import Code, InvalidDocument, Problem
from selfassess.sources import of_file, open_plain, read_json
from selfassess.text import show

FORMAT, MANIFEST = "selfassess/bid@1", "manifest.json"
KEYS = {"format", "supplier", "files"}
NESTED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".jar")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LOCAL, _LOCAL_BYTES, _DESCRIPTOR_BYTES = b"PK\x03\x04", 30, 24
_ENCRYPTED = 0x1 | 0x40 | 0x2000


def packed(folder: Path, supplier: str, files: Mapping[str, str], out: BinaryIO) -> None:
    """Write a bid's files, by path with their digests, as an archive; ``InvalidDocument`` where one has changed."""
    plain = {"format": FORMAT, "supplier": supplier, "files": dict(sorted(files.items()))}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_member(MANIFEST), json_bytes(plain))
        for path, digest in sorted(files.items()):
            digesting = Digesting()
            with opened(folder, path) as source, archive.open(_member(path), "w") as member:
                while chunk := source.read(CHUNK):
                    digesting.update(chunk)
                    member.write(chunk)
            if digesting.digest != digest:
                values = {"path": path, "found": digesting.digest, "expected": digest}
                raise InvalidDocument([of_file(f"{folder}/{path}", Code.EVIDENCE_HASH, **values)])


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
    return info


@contextmanager
def open_archive(file: BinaryIO, name: str) -> Iterator[Archive]:
    """Yield a bid's archive that is safe to take apart; ``InvalidDocument`` with all that is wrong with it.

    Everything is looked at before anything is read: names, kinds and sizes of all members, and that they lie one after
    the other from the first byte to the directory.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise _damaged(name, str(error) or type(error).__name__) from None
    with archive:
        problems = [*_member_problems(archive, name), *_layout_problems(archive, file, name)]
        errors = [problem for problem in problems if problem.code is not Code.ARCHIVE_NESTED]
        if errors:
            raise InvalidDocument(problems)
        yield Archive(archive, name, tuple(problems))


class Archive:
    """A bid's archive of which every member may be read; ``warnings`` name archives inside it."""

    def __init__(self, archive: zipfile.ZipFile, name: str, warnings: tuple[Problem, ...]) -> None:
        self.archive, self.name, self.warnings = archive, name, warnings
        self.members = {info.filename: info for info in archive.infolist() if not info.is_dir()}

    def manifest(self) -> tuple[str, dict[str, str]]:
        """Return the supplier's id and every file's digest; ``InvalidDocument`` where it is not what lies there."""
        info = self.members.get(MANIFEST)
        if info is None or info.file_size > limits.RESPONSE_BYTES:
            raise self._no_manifest("there is none")
        raw = b"".join(self._read(info))
        plain = read_json(raw, f"{self.name}/{MANIFEST}").data
        if (
            not isinstance(plain, dict)
            or plain.get("format") != FORMAT
            or set(plain) != {"format", "supplier", "files"}
        ):
            raise self._no_manifest(f"it is no {FORMAT}")
        supplier, files = plain["supplier"], plain["files"]
        if not isinstance(supplier, str) or not is_supplier_id(supplier):
            raise self._no_manifest("it names no supplier's id")
        if not isinstance(files, dict) or not all(isinstance(digest, str) for digest in files.values()):
            raise self._no_manifest("it lists no files by their digests")
        others = set(self.members) - {MANIFEST}
        if set(files) != others or RESPONSE not in others:
            odd = ", ".join(sorted(set(files) ^ others)) or RESPONSE
            raise self._no_manifest(f"it and the archive differ in {odd}")
        return supplier, files

    def extract(self, folder: Path, files: Mapping[str, str]) -> None:
        """Write the files into a new folder; ``InvalidDocument`` where one is not what the manifest says."""
        for path, expected in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                for chunk in self._compared(path, expected):
                    out.write(chunk)

    def verify(self, files: Mapping[str, str]) -> None:
        """Read every file and write none; ``InvalidDocument`` where one is not what the manifest says."""
        for path, expected in files.items():
            for _ in self._compared(path, expected):
                pass

    def _compared(self, path: str, expected: str) -> Iterator[bytes]:
        digesting = Digesting()
        for chunk in self._read(self.members[path]):
            digesting.update(chunk)
            yield chunk
        if digesting.digest != expected:
            raise self._no_manifest(f"{path} has the digest {digesting.digest}, and {expected} is declared")

    def _read(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield a member's bytes, never more than it declares; the check sum is compared at the end."""
        left = info.file_size
        try:
            with self.archive.open(info) as member:
                while chunk := member.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise _damaged(self.name, f"{info.filename} is longer than it says")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise _damaged(self.name, f"{info.filename}: {error}") from None
        if left:
            raise _damaged(self.name, f"{info.filename} is shorter than it says")

    def _no_manifest(self, reason: str) -> InvalidDocument:
        return InvalidDocument([of_file(self.name, Code.ARCHIVE_MANIFEST, reason=reason)])


def _damaged(name: str, reason: str) -> InvalidDocument:
    return InvalidDocument([of_file(name, Code.ARCHIVE_DAMAGED, reason=reason)])


def _member_problems(archive: zipfile.ZipFile, name: str) -> Iterator[Problem]:
    """Yield what is wrong with the members as the directory lists them."""
    members = archive.infolist()
    seen: dict[str, str] = {}
    for info in members[: limits.ARCHIVE_MEMBERS]:
        path = info.filename.removesuffix("/")
        yield from (of_file(name, code, **values) for code, values in _faults(info, path))
        key = unicodedata.normalize("NFC", path).casefold()
        if key in seen:
            yield of_file(name, Code.ARCHIVE_DUPLICATE, path=_said(path), other=_said(seen[key]))
        seen[key] = path
    if len(members) > limits.ARCHIVE_MEMBERS:
        yield of_file(
            name, Code.ARCHIVE_LIMIT, reason=f"it has {len(members)} members; at most {limits.ARCHIVE_MEMBERS}"
        )
    whole = sum(info.file_size for info in members)
    if whole > limits.BID_BYTES:
        yield of_file(name, Code.ARCHIVE_LIMIT, reason=f"it holds {whole} bytes; at most {limits.BID_BYTES}")


def _faults(info: zipfile.ZipInfo, path: str) -> Iterator[tuple[Code, dict[str, str]]]:
    """Yield what is wrong with one member."""
    said = _said(path)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if not is_safe_path(path) or "\0" in info.orig_filename:
        yield Code.ARCHIVE_NAME, {"path": _said(info.orig_filename)}
    if kind not in (0, stat.S_IFDIR if info.is_dir() else stat.S_IFREG):
        yield Code.ARCHIVE_MEMBER, {"path": said}
    if info.flag_bits & _ENCRYPTED:
        yield Code.ARCHIVE_ENCRYPTED, {"path": said}
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield Code.ARCHIVE_DAMAGED, {"reason": f"{said} is compressed by the method {info.compress_type}"}
    if info.file_size > limits.EVIDENCE_BYTES:
        yield Code.ARCHIVE_LIMIT, {"reason": f"{said} has {info.file_size} bytes; at most {limits.EVIDENCE_BYTES}"}
    elif info.file_size > limits.ARCHIVE_RATIO * max(info.compress_size, 1):
        yield Code.ARCHIVE_LIMIT, {"reason": f"{said} grows more than {limits.ARCHIVE_RATIO} times"}
    if path.lower().endswith(NESTED):
        yield Code.ARCHIVE_NESTED, {"path": said}


def _layout_problems(archive: zipfile.ZipFile, file: BinaryIO, name: str) -> Iterator[Problem]:
    """Yield what lies between, before, over or behind the members: one archive is one thing to every reader."""
    at = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset != at:
            what = "overlaps another" if info.header_offset < at else "does not follow the one before"
            yield of_file(name, Code.ARCHIVE_DAMAGED, reason=f"{_said(info.filename)} {what}")
            return
        header = _header(file, info.header_offset)
        if header is None or header[0] != info.orig_filename.encode(*_encoding(info)):
            yield of_file(
                name, Code.ARCHIVE_DAMAGED, reason=f"{_said(info.filename)} has another name before its bytes"
            )
            return
        at = info.header_offset + _LOCAL_BYTES + header[1] + info.compress_size
        if info.flag_bits & 0x8:  # sizes follow the bytes, with or without a signature, in four or eight bytes each
            at = _after_descriptor(file, at)
    if at != archive.start_dir:
        yield of_file(name, Code.ARCHIVE_DAMAGED, reason="something lies between its members and its directory")
    elif _end_of(file) != archive.start_dir + _directory_bytes(archive, file):
        yield of_file(name, Code.ARCHIVE_DAMAGED, reason="something lies behind its end")


def _encoding(info: zipfile.ZipInfo) -> tuple[str, str]:
    return ("utf-8" if info.flag_bits & 0x800 else "cp437"), "replace"


def _header(file: BinaryIO, offset: int) -> tuple[bytes, int] | None:
    """Return the name in a member's own header, and how long name and extra field are; None where there is none."""
    file.seek(offset)
    header = file.read(_LOCAL_BYTES)
    if len(header) < _LOCAL_BYTES or header[:4] != _LOCAL:
        return None
    name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    return file.read(name), name + extra


def _after_descriptor(file: BinaryIO, offset: int) -> int:
    """Return where the record of sizes behind a member ends: at the next signature."""
    file.seek(offset)
    behind = file.read(_DESCRIPTOR_BYTES + 4)
    ends = [end for end in (12, 16, 20, 24) if behind[end : end + 4] in (_LOCAL, b"PK\x01\x02")]
    return offset + (ends[0] if ends else 0)


def _directory_bytes(archive: zipfile.ZipFile, file: BinaryIO) -> int:
    """Return how long the directory and its end record are, without anything behind them."""
    file.seek(archive.start_dir)
    rest = file.read(limits.ARCHIVE_DIRECTORY_BYTES)
    end = rest.rfind(b"PK\x05\x06")
    comment = int.from_bytes(rest[end + 20 : end + 22], "little")
    return end + 22 + comment


def _end_of(file: IO[bytes]) -> int:
    return file.seek(0, 2)


def _said(path: str) -> str:
    return show(path, limits.TITLE_CHARACTERS)


def archive_problems(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with an archive, read through and not taken apart."""
    try:
        with open_plain(path, str(path)) as file, open_archive(file, str(path)) as archive:
            archive.verify(archive.manifest()[1])
            return archive.warnings
    except InvalidDocument as invalid:
        return invalid.problems
