"""A bid as one archive: packed alike everywhere, and what could do harm is refused before a byte is written."""

from __future__ import annotations

import io
import json
import shutil
import stat
import time
import warnings
import zipfile

import pytest
from commands import call
from hypothesis import given
from hypothesis import strategies as st
from test_problems import lay_out
from zips import archive, locked, member

from selfassess import limits


@pytest.fixture
def bid(tmp_path):
    """A sound bid with one document."""
    lay_out("evidence-unlisted", tmp_path / "T")
    for stray in (tmp_path / "T/bids/alfa").glob("*"):
        if stray.name not in ("response.json", "evidence"):
            stray.unlink()
    keep = json.loads((tmp_path / "T/bids/alfa/response.json").read_text("utf-8"))["evidence"][0]["file"]
    for path in (tmp_path / "T/bids/alfa/evidence").iterdir():
        if path.name != keep.partition("/")[2]:
            path.unlink()
    return tmp_path / "T/bids/alfa"


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(tmp_path, raw):
    """The codes with which an archive is refused; nothing is written then, inside or outside."""
    (tmp_path / "x.zip").write_bytes(raw)
    before = tree(tmp_path)
    outcome = call("unpack", tmp_path / "x.zip", "-o", tmp_path / "bids")
    assert tree(tmp_path) == before
    assert not list((tmp_path / "bids").glob("*")) if (tmp_path / "bids").exists() else True
    assert outcome.code == 1, outcome.err
    return {line.split(": ")[1].split("  ")[0] for line in outcome.err.splitlines() if line.startswith(str(tmp_path))}


def test_what_was_packed_comes_out_as_it_was(bid, tmp_path):
    assert call("pack", bid, "-o", tmp_path / "a.zip").code == 0
    assert call("unpack", tmp_path / "a.zip", "-o", tmp_path / "bids").code == 0
    assert tree(tmp_path / "bids/alfa") == tree(bid)
    shutil.copytree(tmp_path / "bids/alfa", tmp_path / "again/alfa")
    assert call("pack", tmp_path / "again/alfa").code == 1, "outside its tender the questionnaire is not known"
    (bid / "evidence").rename(bid / "e")
    (bid / "e").rename(bid / "evidence")
    assert call("pack", bid, "-o", tmp_path / "b.zip").code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_manifest_names_every_other_file(bid, tmp_path):
    call("pack", bid, "-o", tmp_path / "a.zip", "--supplier", "other-name")
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        plain = json.loads(file.read("manifest.json"))
        assert set(plain["files"]) == set(file.namelist()) - {"manifest.json"}
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert plain["supplier"] == "other-name"


def test_a_bid_with_problems_is_not_packed_and_nothing_is_replaced(bid, tmp_path):
    (tmp_path / "there.zip").write_text("mine")
    assert call("pack", bid, "-o", tmp_path / "there.zip").code == 2
    assert (tmp_path / "there.zip").read_text() == "mine"
    next((bid / "evidence").iterdir()).write_text("changed")
    outcome = call("pack", bid, "-o", tmp_path / "a.zip")
    assert outcome.code == 1
    assert "evidence-hash" in outcome.err
    assert not (tmp_path / "a.zip").exists()


def test_a_bid_that_is_there_is_never_replaced(bid, tmp_path):
    call("pack", bid, "-o", tmp_path / "a.zip")
    call("unpack", tmp_path / "a.zip", "-o", tmp_path / "bids")
    (tmp_path / "bids/alfa/response.json").write_text("mine")
    assert call("unpack", tmp_path / "a.zip", "-o", tmp_path / "bids").code == 2
    assert (tmp_path / "bids/alfa/response.json").read_text() == "mine"


NAMES = [
    "../../etc/passwd", "/etc/passwd", "..\\windows", "C:/x", "C:evil", "a//b", "./a", "evidence/../../x",
    "\\\\host\\x", "con", "evidence/NUL.pdf", "evidence/x.", "evidence/x ", ".hidden", "evidence/a\u202eb",
    "evidence/a\x1bb", "a:stream", "evidence/\u00e9.pdf", "/".join("abcdefghi"), "x" * 101, "%2e%2e/x y",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_may_lead_elsewhere(name, tmp_path):
    assert "archive-name" in refused(tmp_path, archive([(name, b"x")]))


@given(st.text(max_size=12))
def test_no_name_leads_out_of_the_folder(name):
    from selfassess.evidence import is_safe_path  # noqa: PLC0415

    if is_safe_path(name):
        assert all(part and part.strip(".") for part in name.split("/"))
        assert not set(name) & set("\\:\0")


def test_two_names_that_are_one_on_many_systems(tmp_path):
    assert refused(tmp_path, archive([("evidence/A.pdf", b"x"), ("evidence/a.pdf", b"y")])) == {"archive-duplicate"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert "archive-duplicate" in refused(tmp_path, archive([("evidence/a.pdf", b"x"), ("evidence/a.pdf", b"y")]))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_what_is_no_plain_file(kind, tmp_path):
    assert refused(tmp_path, archive([(member("evidence/x", kind | 0o777), b"/etc/passwd")])) == {"archive-member"}


def test_bombs_are_refused_before_they_are_read(tmp_path):
    start = time.process_time()
    zeros = b"\0" * (60 * 1024 * 1024)
    made = time.process_time()
    bomb = archive([("evidence/x", zeros)], compression=zipfile.ZIP_DEFLATED)
    packed = time.process_time()
    assert refused(tmp_path, bomb) == {"archive-limit"}
    assert time.process_time() - packed < max(2, made - start), "security.md Z2 asks for a second"
    many = archive([(f"evidence/{number}", b"") for number in range(limits.ARCHIVE_MEMBERS)])
    assert refused(tmp_path, many) == {"archive-limit"}


def test_a_size_that_lies(tmp_path):
    raw = bytearray(archive([("evidence/x", b"0123456789" * 400)], compression=zipfile.ZIP_DEFLATED))
    for at in (raw.rfind(b"PK\x01\x02") + 24, raw.rfind(b"PK\x03\x04") + 22):
        raw[at : at + 4] = (5000).to_bytes(4, "little")
    assert refused(tmp_path, bytes(raw)) == {"archive-damaged"}


def test_other_ways_to_compress_and_encryption(tmp_path):
    assert refused(tmp_path, archive([("evidence/x", b"x" * 99)], compression=zipfile.ZIP_LZMA)) == {"archive-damaged"}
    assert refused(tmp_path, locked(archive([("evidence/x", b"x")]))) == {"archive-encrypted"}


def damaged():
    sound = archive([("evidence/x", b"the very words")])
    at = sound.index(b"the very words")
    yield "a byte of a member", sound[:at] + b"T" + sound[at + 1 :]
    yield "something before", b"#!/bin/sh\n" + sound
    yield "something behind", sound + b"more"
    yield "two in one", archive() + sound
    yield "cut at its end", sound[:-10]
    yield "cut in the middle", sound[: len(sound) // 2]
    yield "nothing", b""
    yield "no archive", b"%PDF-1.7"
    other = sound.replace(b"evidence/x", b"evidence/y", 1)  # the manifest
    header = other.index(b"evidence/x")
    yield "two names", sound[:header] + b"evidence/z" + sound[header + 10 :]
    directory = sound.index(b"PK\x01\x02")
    yield "something between", sound[:directory] + b"hidden" + sound[directory:]


@pytest.mark.parametrize(("what", "raw"), list(damaged()), ids=[what for what, _ in damaged()])
def test_what_two_readers_could_read_differently(what, raw, tmp_path):
    assert refused(tmp_path, raw) & {"archive-damaged", "archive-manifest"}, what


def test_members_that_share_their_bytes(tmp_path):
    """A quoted overlap: the directory names the first member's header twice."""
    raw = archive([("evidence/x", b"0123456789"), ("evidence/y", b"0123456789")])
    first, second = raw.index(b"evidence/x\x30") - 30, raw.index(b"evidence/y\x30") - 30
    entry = raw.rindex(b"evidence/y") - 46
    changed = bytearray(raw)
    assert int.from_bytes(raw[entry + 42 : entry + 46], "little") == second
    changed[entry + 42 : entry + 46] = first.to_bytes(4, "little")
    assert refused(tmp_path, bytes(changed)) == {"archive-damaged"}


@pytest.mark.parametrize(
    "listed",
    [
        {},
        {"response.json": "sha256:" + "0" * 64},
        {"response.json": None},
        [],
        {"response.json": "", "evidence/more": ""},
    ],
    ids=["nothing", "another digest", "no digest", "a list", "more than there is"],
)
def test_a_manifest_that_says_otherwise(listed, tmp_path):
    assert refused(tmp_path, archive(listed=listed)) == {"archive-manifest"}


@pytest.mark.parametrize("supplier", ["", "Alfa", "../alfa", "ranking.json", None, 5])
def test_a_supplier_that_is_no_id(supplier, tmp_path):
    assert refused(tmp_path, archive(supplier=supplier)) == {"archive-manifest"}


def test_an_archive_without_a_manifest(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("response.json", "{}")
    assert refused(tmp_path, out.getvalue()) == {"archive-manifest"}


def test_an_archive_in_an_archive_is_hashed_and_never_opened(tmp_path):
    (tmp_path / "x.zip").write_bytes(archive([("evidence/inner.zip", archive())]))
    outcome = call("unpack", tmp_path / "x.zip", "-o", tmp_path / "bids")
    assert outcome.code == 0
    assert "archive-nested" in outcome.err
    assert (tmp_path / "bids/alfa/evidence/inner.zip").read_bytes() == archive()


def test_an_archive_of_another_hand_is_taken_when_it_is_sound(tmp_path):
    """Compressed, with folders of their own and sizes behind the bytes, as a streaming packer writes."""

    class Stream(io.RawIOBase):
        def __init__(self, out):
            self.out = out

        def writable(self):
            return True

        def write(self, data):
            return self.out.write(data)

    whole = archive([("evidence/x", b"words " * 99)])
    out = io.BytesIO()
    with zipfile.ZipFile(Stream(out), "w", zipfile.ZIP_DEFLATED) as file, zipfile.ZipFile(io.BytesIO(whole)) as sound:
        file.writestr(member("evidence/", stat.S_IFDIR | 0o755), b"")
        for name in sound.namelist():
            file.writestr(name, sound.read(name))
    (tmp_path / "x.zip").write_bytes(out.getvalue())
    outcome = call("unpack", tmp_path / "x.zip", "-o", tmp_path / "bids")
    assert outcome.code == 0, outcome.err
    assert (tmp_path / "bids/alfa/evidence/x").read_bytes() == b"words " * 99


def test_one_bad_archive_stops_no_other(tmp_path):
    (tmp_path / "a.zip").write_bytes(archive(supplier="a-one"))
    (tmp_path / "b.zip").write_bytes(b"no archive")
    (tmp_path / "c.zip").write_bytes(archive(supplier="c-one"))
    outcome = call("unpack", *sorted(tmp_path.glob("*.zip")), "-o", tmp_path / "bids")
    assert outcome.code == 1
    assert sorted(path.name for path in (tmp_path / "bids").iterdir()) == ["a-one", "c-one"]
