"""The metadata of a report: that it is PDF/A-3 and PDF/UA-1 at once, and what identifies its contents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

NAMESPACE = "urn:selfassess:report:1"
END = b"</rdf:RDF>"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
# What our metadata may name: each is a text, said for readers of the schema.
PROPERTIES = {
    "Kind": "what the report is on",
    "Program": "the program and its version",
    "Method": "the method of scoring and its version",
    "Record": "SHA-256 of record.json, which names every attached file by SHA-256",
    "Templates": "SHA-256 over templates, styles and fonts",
}


def name_in(metadata: Any, named: Mapping[str, str]) -> None:
    """Let a document's metadata say that it is PDF/UA-1 beside what it says of itself, and name its contents.

    ISO 19005-3 (6.6.2.3) asks that every property that it does not know is declared by an extension schema.
    """
    own = metadata.generate_rdf_metadata
    added = _added(named).encode("utf-8")
    metadata.generate_rdf_metadata = lambda *args, **kwargs: own(*args, **kwargs).replace(END, added + END)


def _added(named: Mapping[str, str]) -> str:
    schemas = [_schema("PDF/UA identification schema", PDFUA, "pdfuaid", {"part": "part of ISO 14289"}, "Integer")]
    said = ""
    if named:
        schemas.append(_schema("selfassess report", NAMESPACE, "selfassess", PROPERTIES, "Text"))
        own = "".join(
            f"<selfassess:{key}>{escape(named[key])}</selfassess:{key}>" for key in PROPERTIES if key in named
        )
        said = f'<rdf:Description rdf:about="" xmlns:selfassess="{NAMESPACE}">{own}</rdf:Description>'
    return (
        f'<rdf:Description rdf:about="" xmlns:pdfuaid="{PDFUA}"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
        f"{said}"
        '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
        'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
        'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
        f"<pdfaExtension:schemas><rdf:Bag>{''.join(schemas)}</rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    )


def _schema(title: str, namespace: str, prefix: str, properties: Mapping[str, str], type_: str) -> str:
    declared = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>{type_}</pdfaProperty:valueType>"
        f"<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{escape(said)}</pdfaProperty:description></rdf:li>"
        for name, said in properties.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:schema>{title}</pdfaSchema:schema><pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{declared}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
