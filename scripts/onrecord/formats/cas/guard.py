"""XML of other people, parsed so that it cannot harm, before a trusting library reads it."""

from pathlib import Path
from typing import Any

from lxml import etree

from ... import sources

_ID = "{http://www.omg.org/XMI}id"


def root(path: Path, data: bytes, expected: str) -> etree._Element:
    """The root element of an XML file, which is called `expected`.

    Raises:
        UncheckedError: it is not well-formed, nested too deep, has a document type declaration
            (which no CAS needs, and through which entities and other files come in), or another
            root.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        found = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        told = " ".join(error.msg.split())
        raise sources.refused(path, error.lineno or 0, f"{told}, expected XML") from None
    info: Any = found.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise sources.refused(path, 0, "has a document type declaration, expected none")
    if (name := etree.QName(found).localname) != expected:
        raise sources.refused(path, 0, f"root is {name!r}, expected {expected!r}")
    return found


def lines(path: Path, xmi: etree._Element) -> dict[int, int]:
    """The line of each feature structure, by its id.

    Raises:
        UncheckedError: an id is given twice, or is no number.
    """
    found: dict[int, int] = {}
    for element in xmi.iterchildren(tag=etree.Element):
        at: Any = element.sourceline
        line, given = int(at or 0), element.get(_ID, "")
        if not given and etree.QName(element).localname == "View":
            continue
        if not (given.isascii() and given.isdecimal() and len(given) < 10):
            raise sources.refused(path, line, f"{given[:40]!r} is no xmi:id, expected a number")
        if int(given) in found:
            raise sources.refused(path, line, f"xmi:id {given} stands twice, expected once")
        found[int(given)] = line
    return found
