"""Archives as bidders and attackers make them."""

from __future__ import annotations

import io
import json
import zipfile

from selfassess.digests import digest_bytes

RESPONSE = b'{"a": 1}'


def member(name, mode=0o100644):
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, mode << 16
    return info


def archive(members=(), *, supplier="alfa", listed=None, response=RESPONSE, compression=zipfile.ZIP_STORED):
    """The bytes of a bid's archive: its response and further members, each a name (or ZipInfo) and bytes."""
    names = {"response.json": response} | {getattr(name, "filename", name): data for name, data in members}
    files = {name: digest_bytes(data) for name, data in names.items() if not name.endswith("/")}
    plain = {"format": "selfassess/bid@1", "supplier": supplier, "files": files if listed is None else listed}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        file.writestr(member("manifest.json"), json.dumps(plain))
        file.writestr(member("response.json"), response)
        for name, data in members:
            file.writestr(member(name) if isinstance(name, str) else name, data, compression)
    return out.getvalue()


def locked(raw):
    """An archive whose last member says that it is encrypted."""
    changed = bytearray(raw)
    for at in (raw.rfind(b"PK\x01\x02") + 8, raw.rfind(b"PK\x03\x04") + 6):
        changed[at] |= 1
    return bytes(changed)
