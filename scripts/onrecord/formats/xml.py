"""XML of other people, parsed so that it cannot harm, and what XML cannot hold."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from .. import sources
from ..losses import Losses
from ..standoff.graph import Standoff

Element: TypeAlias = etree._Element

LOSES = ("characters that XML 1.0 cannot hold, which become U+FFFD",)
"""What every export in XML loses."""

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, even escaped."""


def root(path: Path, data: bytes) -> Element:
    """The root element of a file; nothing that it names elsewhere is opened.

    Raises:
        UncheckedError: it is not well-formed, or nested too deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        dtd_validation=False, attribute_defaults=False,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        told = " ".join(str(getattr(error, "msg", error)).split())
        line = getattr(error, "lineno", None) or 0
        raise sources.refused(path, line, f"{told}, expected XML") from None


def has_doctype(found: Element) -> bool:
    """Whether the document has a declaration of its type."""
    info: Any = found.getroottree().docinfo
    return bool(info.doctype) or info.internalDTD is not None


def declares_entities(found: Element) -> bool:
    """Whether the document has entities of its own."""
    declared: Any = found.getroottree().docinfo.internalDTD
    return declared is not None and any(declared.iterentities())


def line_of(element: Element) -> int:
    """The line of the file that an element begins on."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def fit(words: str) -> str:
    """The words with U+FFFD for each character that XML cannot hold."""
    return _UNFIT.sub("\ufffd", words)


def fitted(graph: Standoff, losses: Losses) -> Standoff:
    """The same graph, all its words fit for XML; each character that is not is told."""

    def told(words: str, where: str) -> str:
        for match in _UNFIT.finditer(words):
            losses.changed("character that XML cannot hold", where, f"U+{ord(match[0]):04X}")
        return fit(words)

    nodes = []
    for node in graph.nodes:
        where = f"{graph.name}/{node.key}"
        attributes = {name: told(value, where) for name, value in node.attributes.items()}
        nodes.append(replace(node, attributes=attributes, exact=tuple(map(fit, node.exact))))
    document = {
        name: told(value, graph.name) if isinstance(value, str) else value
        for name, value in graph.document.items()
    }
    text = told(graph.text, graph.name)
    return replace(graph, text=text, nodes=tuple(nodes), document=document)
