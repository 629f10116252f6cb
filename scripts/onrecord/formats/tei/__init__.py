"""What TEI P5 calls the things that we mark, and how our own exports are known."""

import re
from collections.abc import Mapping

from lxml import etree

from ..xml import Element

NAMESPACE = "http://www.tei-c.org/ns/1.0"
TEI = f"{{{NAMESPACE}}}"
"""Before the name of an element as lxml has it."""
XML = "{http://www.w3.org/XML/1998/namespace}"
ID, LANGUAGE, SPACE = f"{XML}id", f"{XML}lang", f"{XML}space"

OWN = "onrecord"
"""Type of the `xenoData` that has what the header has no place for, and of the `idno` of the id."""

IN_HEADER = ("id", "language", "license", "publisher", "url", "published")
"""Fields of a document that have places of their own in the header."""

LISTS: Mapping[str, str] = {
    "person": "listPerson",
    "personGrp": "listPerson",
    "org": "listOrg",
    "place": "listPlace",
    "object": "listObject",
}
"""What stands for actors, and the list that holds it."""

PERSON = ("person", "persName")
ACTORS: Mapping[str, tuple[str, str]] = {
    "group": ("personGrp", "persName"),
    "organization": ("org", "orgName"),
    "gpe": ("place", "placeName"),
    "artifact": ("object", "objectName"),
}
"""For a kind of actor the element that stands for it, and that of its name; else `PERSON`."""

IDENTIFIERS = ("country", "sector", "wikidata")
"""Fields of an actor that are an `idno` of that type."""

MEMBERS = "members"
"""Name of the relation between a plural actor and those that it consists of."""

DIRECT: Mapping[str, str] = {"direct": "true", "indirect": "false"}
"""What forms of quotes are as `said/@direct`; of the others it cannot be said."""


def actor_id(slug: str) -> str:
    """The `xml:id` of an actor; no id of another record has a full stop."""
    return f"actor.{slug}"


def category_id(attribute: str, value: str) -> str:
    """The `xml:id` of the category that a value of an attribute is."""
    return f"{attribute}.{value}"


def add(
    parent: Element, name: str, attributes: Mapping[str, str] | None = None, text: str | None = None
) -> Element:
    """A new last child of an element; white space that is no single spaces is to be preserved."""
    made = etree.SubElement(parent, TEI + name, dict(attributes or {}))
    made.text = text
    if text and text != _as_in_print(text):
        made.set(SPACE, "preserve")
    return made


def name_of(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def pointers(element: Element, attribute: str) -> list[str]:
    """What an attribute points to, each as it stands."""
    return (element.get(attribute) or "").split()


def words_of(element: Element) -> str:
    """All text in an element, white space as in print: editors lay it out anew."""
    words = "".join(map(str, element.itertext()))
    return words if element.get(SPACE) == "preserve" else _as_in_print(words)


def _as_in_print(words: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", words).strip(" ")
