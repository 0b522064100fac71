"""Sign a report with a key of one's own, and tell what a signature covers: PAdES, level B-B, by pyHanko.

A signature is added behind the report, which stays as it is, byte by byte: whoever takes the signature away has the
very file that the documents give. It certifies that nothing may be changed (ISO 32000-1, 12.8.2.2).
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfassess import limits
from selfassess.digests import digest_bytes
from selfassess.errors import MachineError, UsageError
from selfassess.sources import read_bytes

END = b"%%EOF\n"
FIELD = "Signature"
INSTALL = "signatures need pyHanko: pip install 'selfassess[sign]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a signature says: who signed and when, by the signer's own clock, and what is wrong with it.

    ``certificate`` is the SHA-256 of the signer's certificate; ``is_trusted`` says whether a given one stands for it,
    None where none was given.
    """

    signer: str
    moment: str
    certificate: str
    is_trusted: bool | None
    faults: tuple[str, ...]


def without_signature(raw: bytes) -> tuple[bytes, bool]:
    """Return the report as it was before it was signed, and whether it was: a signature is one revision more."""
    end = raw.find(END)
    if raw.count(b"%%EOF") != 2 or b"/ByteRange" not in raw[end:]:  # noqa: PLR2004  the report and its signature
        return raw, False
    return raw[: end + len(END)], True


def signed(raw: bytes, key: Path, passphrase: bytes) -> bytes:
    """Return a report with a signature behind it; ``UsageError`` where the key cannot be used."""
    _need()
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415  an extra
    from pyhanko.sign import signers  # noqa: PLC0415  as above
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter  # noqa: PLC0415  as above

    data = read_bytes(key, limits.KEY_BYTES, str(key))
    with _quiet():
        try:
            signer = signers.SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=passphrase)
        except ValueError:
            signer = None
        if signer is None:
            raise UsageError(f"{key} cannot be used: it is no PKCS #12 file, or the passphrase is another")
        wanted = signers.PdfSignatureMetadata(
            field_name=FIELD,
            subfilter=SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        out: io.BytesIO = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(raw)), wanted, signer=signer)
    return out.getvalue()


def read_signature(raw: bytes, key: Path | None) -> Signature:
    """Return what the signature of a report says; ``key`` is the certificate that is trusted, PEM or DER."""
    _need()
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415  an extra

    trusted = [] if key is None else [_certificate(key)]
    with _quiet():
        reader = PdfFileReader(io.BytesIO(raw))
        found = list(reader.embedded_signatures)
        if len(found) != 1:
            return Signature(
                signer="nobody", moment="", certificate="", is_trusted=None, faults=(f"it has {len(found)} signatures",)
            )
        return _read(found[0], trusted)


def _read(signature: Any, trusted: list[Any]) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415  an extra
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415  as above

    moment = signature.self_reported_timestamp
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=moment)
    status = validate_pdf_signature(signature, context)
    coverage, changes = status.coverage, status.modification_level
    faults = []
    if not status.intact or not status.valid:
        faults.append("what it covers was changed after it was made")
    if coverage is None or coverage.name != "ENTIRE_FILE":
        faults.append("it does not cover the whole file")
    if not status.docmdp_ok or changes is None or changes.name != "NONE":
        faults.append("the file was changed behind it")
    certificate = signature.signer_cert
    return Signature(
        signer=certificate.subject.human_friendly,
        moment="" if moment is None else moment.isoformat(sep=" "),
        certificate=digest_bytes(certificate.dump()),
        is_trusted=bool(status.trusted) if trusted else None,
        faults=tuple(faults),
    )


def _certificate(path: Path) -> Any:
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415  an extra

    try:
        return next(iter(load_certs_from_pemder_data(read_bytes(path, limits.KEY_BYTES, str(path)))))
    except (ValueError, StopIteration):
        raise UsageError(f"{path} is no certificate in PEM or DER") from None


def _need() -> None:
    try:
        import pyhanko.sign  # noqa: F401, PLC0415  an extra
    except ImportError:
        raise MachineError(INSTALL) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pyHanko's talk about certificates that nobody vouches for off the terminal: the outcome says it."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
