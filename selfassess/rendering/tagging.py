"""The tag tree of a report, made whole: WeasyPrint 70 writes one for each page and leaves some of it unlinked.

What a page cuts becomes one element again, the heads of tables that a page repeats and what runs along the pages
become artifacts, heads say whether they stand over a column or before a row, and texts in another language than the
report say which. WeasyPrint's issues 2508 and 2482.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Heard:
    """Which element of the HTML each structure element was made of, by number."""

    made_of: dict[int, Any] = field(default_factory=dict)


@contextmanager
def listening() -> Iterator[Heard]:
    """Yield what notes, while a PDF is written, of which element of the HTML each structure element is made."""
    from pydyf import PDF  # noqa: PLC0415  it comes with WeasyPrint
    from weasyprint.pdf import tags  # noqa: PLC0415  loaded before, without a search

    heard, own, pages = Heard(), tags._build_box_tree, PDF.page_references  # noqa: SLF001  pinned below 71, and tested
    known: dict[int, tuple[bytes, ...]] = {}

    def counted_once(pdf: Any) -> tuple[bytes, ...]:
        """Return the references of all pages, which WeasyPrint asks for at each element."""
        count = len(pdf.pages["Kids"])
        if count not in known:
            known[count] = pages.fget(pdf)
        return known[count]

    def noting(box: Any, *args: Any) -> Iterator[Any]:
        for element in own(box, *args):
            heard.made_of.setdefault(element.number, getattr(box, "_box", box).element)
            yield element

    tags._build_box_tree, PDF.page_references = noting, property(counted_once)  # noqa: SLF001
    try:
        yield heard
    finally:
        tags._build_box_tree, PDF.page_references = own, pages  # noqa: SLF001


def repair(pdf: Any, heard: Heard) -> None:
    """Make the tag tree of a PDF whole."""
    _Tree(pdf, heard).repair()


@dataclass(slots=True)
class _Tree:
    """The structure elements of one PDF, while they are put in order."""

    pdf: Any
    heard: Heard
    moved: dict[bytes, bytes] = field(default_factory=dict)  # an element that went into another
    heads: dict[int, Any] = field(default_factory=dict)  # of an element of the HTML, the id of its head
    renamed: dict[bytes, Any] = field(default_factory=dict)  # the id of a repeated head: that of the first

    def repair(self) -> None:
        """Do everything, from the top downwards."""
        catalog = self.pdf.catalog
        root = self._at(catalog["StructTreeRoot"])
        document = self._at(root["K"][0])
        self._join(document)
        order = list(self._below(document))
        self._say_heads(order)
        self._say_languages(order)
        kept = set(order)
        self._retag(root, kept)
        for number, element in enumerate(self.pdf.objects):
            if number not in kept and isinstance(element, dict) and element.get("Type") == "/StructElem":
                element.clear()  # numbers stay as they are, so that the place stays, empty

    def _at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def _kids(self, element: Any) -> list[Any]:
        """Return the structure elements directly below one."""
        objects = self.pdf.objects
        found = [objects[int(kid.split()[0])] for kid in element.get("K", ()) if isinstance(kid, bytes)]
        return [kid for kid in found if kid.get("Type") == "/StructElem"]

    def _below(self, element: Any) -> Iterator[int]:
        """Yield the numbers of an element and everything below it."""
        waiting = [element]
        while waiting:
            one = waiting.pop()
            yield one.number
            waiting += self._kids(one)

    def _join(self, parent: Any) -> None:
        """Join the children of an element that are parts of one, cut by the end of a page, and theirs."""
        waiting = [parent]
        while waiting:
            element = waiting.pop()
            kept: list[Any] = []
            for kid in element["K"]:
                one = self._at(kid) if isinstance(kid, bytes) else None
                last = self._at(kept[-1]) if kept and isinstance(kept[-1], bytes) else None
                if one is not None and last is not None and self._are_parts(last, one):
                    self._pour(one, last)
                else:
                    kept.append(kid)
            element["K"][:] = kept
            waiting += self._kids(element)

    def _are_parts(self, first: Any, second: Any) -> bool:
        """Return whether two neighbours are made of one element of the HTML, on different pages."""
        if first.get("Type") != "/StructElem" or second.get("Type") != "/StructElem":
            return False
        made_of = self.heard.made_of.get(first.number)
        is_same = made_of is not None and made_of is self.heard.made_of.get(second.number)
        return is_same and first["S"] == second["S"] and self._page(first) != second.get("Pg")

    def _page(self, element: Any) -> Any:
        """Return the page on which an element ends."""
        while kids := self._kids(element):
            element = kids[-1]
        return element.get("Pg")

    def _pour(self, part: Any, whole: Any) -> None:
        """Put what a part holds into the whole; a head that is repeated is left out."""
        kids = part["K"]
        if whole["S"] == "/Table":
            kids = [kid for kid in kids if not self._is_repeated(kid, whole)]
        for kid in kids:
            if isinstance(kid, int):
                keys = {"Type": "/MCR", "Pg": part["Pg"], "MCID": kid}
                whole["K"].append(type(part)(keys))
                continue
            child = self._at(kid)
            if isinstance(child, dict) and child.get("Type") == "/StructElem":
                begun = self._begun(child, whole)
                if begun is not None:
                    self._pour(child, begun)
                    continue
                child["P"] = whole.reference
            whole["K"].append(kid)
        self.moved[part.reference] = whole.reference

    def _begun(self, cell: Any, row: Any) -> Any:
        """Return the cell of a row that another one goes on with; None where there is none, or it is no row."""
        made_of = self.heard.made_of.get(cell.number)
        if row["S"] != "/TR" or made_of is None:
            return None
        return next((own for own in self._kids(row) if self.heard.made_of.get(own.number) is made_of), None)

    def _is_repeated(self, kid: bytes, whole: Any) -> bool:
        """Return whether a group of rows is one that stands in the table already: its head, or its foot."""
        group = self._at(kid)
        if group.get("S") not in ("/THead", "/TFoot"):
            return False
        made_of = self.heard.made_of.get(group.number)
        first = next((own for own in self._kids(whole) if self.heard.made_of.get(own.number) is made_of), None)
        if first is None:
            return False
        for own, again in zip(self._heads_in(first), self._heads_in(group), strict=False):
            if "ID" in own and "ID" in again:
                self.renamed[bytes(again["ID"].data)] = own["ID"]
        return True

    def _heads_in(self, element: Any) -> list[Any]:
        numbers = sorted(self._below(element))
        return [self.pdf.objects[number] for number in numbers if self.pdf.objects[number].get("S") == "/TH"]

    def _say_heads(self, numbers: Iterable[int]) -> None:
        """Let each head say its direction, and each cell name the heads that stand in the table."""
        for number in numbers:
            element = self.pdf.objects[number]
            if element["S"] == "/TH":
                made_of = self.heard.made_of.get(number)
                is_row = made_of is not None and made_of.attrib.get("scope", "").startswith("row")
                element["A"]["Scope"] = "/Row" if is_row else "/Column"
            headers = element["A"].get("Headers") if "A" in element else None
            if headers is not None:
                headers[:] = [self.renamed.get(bytes(header.data), header) for header in headers]

    def _say_languages(self, numbers: Iterable[int]) -> None:
        """Let what stands in another language than the report say so, for who hears it read aloud."""
        from pydyf import String  # noqa: PLC0415  it comes with WeasyPrint

        for number in numbers:
            made_of = self.heard.made_of.get(number)
            language = None if made_of is None else made_of.attrib.get("lang")
            if language:
                self.pdf.objects[number]["Lang"] = String(language)

    def _retag(self, root: Any, kept: set[int]) -> None:
        """Let marked content outside the tree be an artifact, and what is inside find its element."""
        numbers = self._at(root["ParentTree"])["Nums"]
        streams = [self._at(self._at(page)["Contents"]) for page in self.pdf.page_references]
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            if key >= len(streams):
                continue
            dropped = set()
            for place, found in enumerate(value):
                reference = self._final(found)
                is_kept = int(reference.split()[0]) in kept
                value[place] = reference if is_kept else "null"
                if not is_kept:
                    dropped.add(place)
            if dropped:
                _as_artifacts(streams[key], dropped)
        for place in range(1, len(numbers), 2):
            if isinstance(numbers[place], bytes):
                numbers[place] = self._final(numbers[place])

    def _final(self, reference: bytes) -> bytes:
        while reference in self.moved:
            reference = self.moved[reference]
        return reference


def _as_artifacts(stream: Any, dropped: set[int]) -> None:
    """Mark content of a page as what no reader needs: `/Artifact BMC` in place of a tag with its number."""
    items = stream.stream
    for place in range(2, len(items)):
        properties = items[place - 1]
        if items[place] == b"BDC" and isinstance(properties, dict) and properties.get("MCID") in dropped:
            items[place - 2], items[place - 1], items[place] = "/Artifact", "BMC", b""
