"""Reports are signed on request; a signature stands behind the very report, and nothing else may be added with it.

Security P7, after pdf-insecurity.org: shadow contents, annotations beside a certification, appended revisions.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

import forging as forge
import pytest
from commands import call
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from folders import lay_out_tender
from pypdf import PdfReader, PdfWriter

from selfassess.digests import digest_bytes
from selfassess.signing import signed

SECRET = b"open sesame"


def key_of(name, folder):
    """A key with a certificate of its own, as PKCS #12, and the certificate as PEM."""
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    protected = serialization.BestAvailableEncryption(SECRET)
    (folder / f"{name}.p12").write_bytes(pkcs12.serialize_key_and_certificates(None, key, certificate, None, protected))
    (folder / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return folder / f"{name}.p12"


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A tender's results, two keys, and a signed copy of the report on the tender."""
    folder = tmp_path_factory.mktemp("signing")
    tender = lay_out_tender(folder / "tender", {"alfa": {}, "beta": {"recycled": 20}})
    assert call("evaluate", tender).code in (0, 1)
    for name in ("city", "stranger"):
        key_of(name, folder)
    (folder / "secret").write_bytes(SECRET + b"\n")
    report = tender / "results" / "evaluation.pdf"
    sign = ("--sign", folder / "city.p12", "--passphrase-file", folder / "secret")
    done = call("report", report, *sign, "-o", folder / "signed")
    assert done.code == 0, done.err
    return folder


def test_a_signed_report_says_who_signed_and_that_all_is_covered(case):
    found = call("verify", case / "signed/evaluation.pdf")
    assert found.code == 0, found.out
    assert "Common Name: city" in found.out
    assert "it covers the whole file" in found.out
    assert "was not checked: give it with --key" in found.out
    trusted = call("verify", case / "signed/evaluation.pdf", "--key", case / "city.pem")
    assert trusted.code == 0
    assert "the certificate is the given one" in trusted.out
    assert "nobody checked who made this file" not in trusted.out


def test_the_report_stays_in_the_signed_file_byte_by_byte(case):
    report = (case / "tender/results/evaluation.pdf").read_bytes()
    assert (case / "signed/evaluation.pdf").read_bytes().startswith(report)


def test_an_assessments_report_is_signed_when_it_is_made(case):
    sign = ("--sign", case / "city.p12", "--passphrase-file", case / "secret")
    assessment = case / "tender/results/alfa/phones/assessment.json"
    assert call("report", assessment, *sign, "-o", case / "own").code == 0
    assert call("verify", case / "own/alfa-phones.pdf", "--key", case / "city.pem").code == 0
    assert call("report", case / "tender/results/alfa/report.pdf", *sign, "-o", case / "own").code == 0
    assert call("verify", case / "own/alfa.pdf", "--key", case / "city.pem").code == 0


def test_another_certificate_and_no_signature_do_not_match(case):
    found = call("verify", case / "signed/evaluation.pdf", "--key", case / "stranger.pem")
    assert found.code == 3
    assert "not the certificate that was given" in found.out
    found = call("verify", case / "tender/results/evaluation.pdf", "--key", case / "city.pem")
    assert found.code == 3
    assert "it is not signed" in found.out


def test_a_copy_that_somebody_else_signed_is_not_the_expected_file(case, tmp_path):
    """The report in it is the very same, so that only the signature tells: by the file's digest, or by the key."""
    report = (case / "tender/results/evaluation.pdf").read_bytes()
    (tmp_path / "again.pdf").write_bytes(signed(report, case / "stranger.p12", SECRET))
    digest = digest_bytes((case / "signed/evaluation.pdf").read_bytes())
    assert call("verify", case / "signed/evaluation.pdf", "--expect", digest).code == 0
    found = call("verify", tmp_path / "again.pdf", "--expect", digest)
    assert found.code == 3
    assert "neither that of this file" in found.out
    assert call("verify", tmp_path / "again.pdf", "--key", case / "city.pem").code == 3


def overdrawn(raw):
    """What is drawn over the first page after it was signed, as a revision of its own."""
    writer = PdfWriter(io.BytesIO(raw), incremental=True)
    forge.note(writer, "/FreeText")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def smuggled(raw, key):
    """A change that the signer makes in the very revision of the signature, so that the signature covers it."""
    from pyhanko.pdf_utils.generic import IndirectObject, NameObject, pdf_string  # noqa: PLC0415
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import signers  # noqa: PLC0415
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415

    del IndirectObject
    writer = IncrementalPdfFileWriter(io.BytesIO(raw))
    writer.root[NameObject("/Lang")] = pdf_string("sv")
    writer.update_root()
    signer = signers.SimpleSigner.load_pkcs12(str(key), passphrase=SECRET)
    wanted = signers.PdfSignatureMetadata(field_name="Signature", subfilter=SigSeedSubFilter.PADES, certify=True)
    return signers.sign_pdf(writer, wanted, signer=signer).getvalue()


CHANGES = {
    "a revision behind the signature": overdrawn,
    "bytes behind the signature": lambda raw: raw + b"\n",
    "one byte of the signature": lambda raw: (
        raw[: raw.rindex(b"/Contents <") + 60]
        + bytes([raw[raw.rindex(b"/Contents <") + 60] ^ 1])
        + raw[raw.rindex(b"/Contents <") + 61 :]
    ),
    "one byte of the report": lambda raw: raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:],
    "the signature cut off in the middle": lambda raw: raw[:-400],
    "the end of the covered range": lambda raw: raw.replace(b"/ByteRange [0 ", b"/ByteRange [1 "),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_signed_report_is_refused(case, tmp_path, what):
    raw = (case / "signed/evaluation.pdf").read_bytes()
    forged = CHANGES[what](raw)
    assert forged != raw
    (tmp_path / "forged.pdf").write_bytes(forged)
    assert call("verify", tmp_path / "forged.pdf").code == 3
    assert call("verify", tmp_path / "forged.pdf", "--key", case / "city.pem").code == 3


def test_what_a_signer_adds_beside_the_signature_is_refused(case, tmp_path):
    report = (case / "tender/results/evaluation.pdf").read_bytes()
    (tmp_path / "smuggled.pdf").write_bytes(smuggled(report, case / "city.p12"))
    found = call("verify", tmp_path / "smuggled.pdf", "--key", case / "city.pem")
    assert found.code == 3
    assert "it adds more than itself" in found.out


def test_a_forged_report_is_refused_however_it_is_signed(case, tmp_path):
    report = (case / "tender/results/evaluation.pdf").read_bytes()
    forged = forge.edit_page(0, forge.other_glyph)(report)
    forged = forged if forged.endswith(b"%%EOF\n") else forged + b"\n"
    (tmp_path / "forged.pdf").write_bytes(signed(forged, case / "city.p12", SECRET))
    assert call("verify", tmp_path / "forged.pdf", "--key", case / "city.pem").code == 3


def test_no_signature_is_made_of_what_does_not_match_or_without_a_key(case, tmp_path):
    report = (case / "tender/results/evaluation.pdf").read_bytes()
    (tmp_path / "bad.pdf").write_bytes(forge.edit_page(0, forge.other_glyph)(report))
    sign = ("--sign", case / "city.p12", "--passphrase-file", case / "secret", "-o", tmp_path / "out")
    assert call("report", tmp_path / "bad.pdf", *sign).code == 3
    assert call("report", case / "signed/evaluation.pdf", *sign).code == 3
    assert call("report", case / "tender/results/evaluation.pdf", "-o", tmp_path / "out").code == 2
    (tmp_path / "wrong").write_text("not it")
    wrong = ("--sign", case / "city.p12", "--passphrase-file", tmp_path / "wrong", "-o", tmp_path / "out")
    assert call("report", case / "tender/results/evaluation.pdf", *wrong).code == 2
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
    assert call("verify", case / "signed/evaluation.pdf", "--key", tmp_path / "wrong").code == 2


def test_a_signed_report_is_an_ordinary_one_to_other_readers(case):
    reader = PdfReader(case / "signed/evaluation.pdf")
    assert len(reader.pages) == len(PdfReader(case / "tender/results/evaluation.pdf").pages)
    assert reader.get_fields()["Signature"]["/FT"] == "/Sig"
