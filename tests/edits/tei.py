"""An XML editor: elements are wrapped around words, and pointers to what is gone are removed.

Attributes come back in another order, and what is not `xml:space="preserve"` is laid out anew.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from onrecord.formats.tei import ID, SPACE, TEI

from .tool import CUE, CannotError

_INLINE = {"quote": "said", "claim": "seg", "cue": "seg"}
_ROLES = {"speaker": "who", "addressee": "toWhom"}
Element = etree._Element


class Tei:
    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}.xml"
        self._root = etree.parse(self._path).getroot()
        body = self._root.find(f".//{TEI}body")
        assert body is not None
        self._body = body
        self._made = 0

    def add(self, label: str, start: int, end: int) -> str:
        self._made += 1
        name = f"x{self._made}"
        kind = {} if label == "quote" else {"type": label}
        self._wrap(_INLINE.get(label, "rs"), {ID: name, **kind}, start, end)
        return name

    def delete(self, name: str) -> None:
        for one in (name, *self._further(name)):
            _unwrap(self._one(one))
        gone = {f"#{name}"}
        for element in list(self._root.iter("*")):
            for attribute in ("who", "toWhom"):
                left = [end for end in element.get(attribute, "").split() if end not in gone]
                if attribute in element.attrib:
                    element.set(attribute, " ".join(left))
            ends = set(element.get("target", "").split())
            parent = element.getparent()
            if parent is not None and element.tag == f"{TEI}link" and ends & gone:
                parent.remove(element)

    def move(self, name: str, end: int) -> None:
        element = self._one((self._further(name) or [name])[-1])
        added = end - self._place(element)[1]
        tail = element.tail or ""
        if len(tail) < added:
            raise CannotError
        _append(element, tail[:added])
        element.tail = tail[added:]

    def add_part(self, name: str, start: int, end: int) -> None:
        last = self._one((self._further(name) or [name])[-1])
        kind = {k: str(last.get(k)) for k in ("type",) if k in last.attrib}
        made = self._wrap(str(last.tag).removeprefix(TEI), kind, start, end)
        made.set(ID, "x-part")
        made.set("prev", f"#{last.get(ID)}")
        last.set("next", "#x-part")

    def relabel(self, name: str, label: str) -> None:
        self._one(name).set("type", label)

    def set(self, name: str, attribute: str, value: str) -> None:
        if attribute == "note":
            holder = etree.SubElement(self._stand_off(), f"{TEI}listAnnotation")
            made = etree.SubElement(holder, f"{TEI}annotation", {"target": f"#{name}"})
            etree.SubElement(made, f"{TEI}note").text = value
            return
        element = self._one(name)
        others = [e for e in element.get("ana", "").split() if not e.startswith(f"#{attribute}.")]
        element.set("ana", " ".join([*others, f"#{attribute}.{value}"]))

    def link(self, label: str, source: str, target: str) -> None:
        if label == "coreference":
            self._one(source).set("ref", self._one(target).get("ref", ""))
        elif label in _ROLES:
            element = self._one(source)
            ends = element.get(_ROLES[label], "").split()
            element.set(_ROLES[label], " ".join([*ends, f"#{target}"]))
        else:
            told = {"type": label, "target": f"#{source} #{target}"}
            etree.SubElement(self._stand_off(), f"{TEI}link", told)

    def unlink(self, label: str, source: str, target: str) -> None:
        if label == "coreference":
            del self._one(source).attrib["ref"]
        elif label in _ROLES:
            element = self._one(source)
            ends = element.get(_ROLES[label], "").split()
            element.set(_ROLES[label], " ".join(end for end in ends if end != f"#{target}"))
        else:
            raise CannotError

    def save(self) -> None:
        for element in self._root.iter("*"):
            told = sorted(element.attrib.items(), reverse=True)
            element.attrib.clear()
            element.attrib.update(told)
        for part in self._root.iterchildren("*"):
            if part.tag != f"{TEI}text":
                _lay_out(part)
        data = etree.tostring(self._root, encoding="UTF-8", xml_declaration=True)
        self._path.write_bytes(data)

    def _stand_off(self) -> Element:
        found = self._root.find(f"{TEI}standOff")
        assert found is not None
        return found

    def _one(self, name: str) -> Element:
        if name.endswith(CUE):
            quote = name.removesuffix(CUE)
            name = f"{quote}{CUE}"
        return next(element for element in self._root.iter("*") if element.get(ID) == name)

    def _further(self, name: str) -> list[str]:
        found = []
        while name := (self._one(name).get("next") or "").removeprefix("#"):
            found.append(name)
        return found

    def _place(self, wanted: Element) -> tuple[int, int]:
        start = sum(len(words) for words in _before(self._body, wanted))
        return start, start + len("".join(map(str, wanted.itertext())))

    def _wrap(self, tag: str, attributes: dict[str, str], start: int, end: int) -> Element:
        """An element around words that lie between two tags."""
        at = 0
        for holder, is_tail, words in list(_pieces(self._body)):
            if at <= start and end <= at + len(words):
                made = etree.Element(f"{TEI}{tag}", attributes)
                made.text, made.tail = words[start - at : end - at], words[end - at :]
                parent = holder.getparent() if is_tail else holder
                assert parent is not None
                parent.insert(parent.index(holder) + 1 if is_tail else 0, made)
                if is_tail:
                    holder.tail = words[: start - at]
                    made.tail = words[end - at :]
                else:
                    holder.text = words[: start - at]
                return made
            at += len(words)
        raise CannotError


def _pieces(element: Element) -> Iterator[tuple[Element, bool, str]]:
    yield element, False, element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child, True, child.tail or ""


def _before(body: Element, wanted: Element) -> Iterator[str]:
    for holder, is_tail, words in _pieces(body):
        if holder is wanted and not is_tail:
            return
        yield words


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    at = parent.index(element)
    children, tail = list(element), element.tail or ""
    before = parent[at - 1] if at else None
    if before is not None:
        before.tail = (before.tail or "") + (element.text or "")
    else:
        parent.text = (parent.text or "") + (element.text or "")
    element.tail = None
    parent.remove(element)
    for number, child in enumerate(children):
        parent.insert(at + number, child)
    last = children[-1] if children else before
    if last is not None:
        last.tail = (last.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _append(element: Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _lay_out(element: Element, depth: int = 1) -> None:
    """Indent, and break lines of words: what editors call to format."""
    if element.get(SPACE) == "preserve":
        return
    inner = "\n" + "   " * (depth + 1)
    if element.text and element.text.strip():
        element.text = inner + re.sub(r"\s+", inner, element.text.strip())
    for child in element.iterchildren("*"):
        _lay_out(child, depth + 1)
