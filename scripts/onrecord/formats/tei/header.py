"""The header of a TEI document: fields of ours that have a place there, and the others in JSON."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from lxml import etree

from ...licences import address
from ...standoff.scheme import attribute_labels
from .. import about
from ..xml import Element
from . import ID, IN_HEADER, LANGUAGE, OWN, TEI, add, category_id, words_of

_BIBL = f"{TEI}sourceDesc/{TEI}bibl"


def header(document: Mapping[str, Any], title: str) -> Element:
    """The header of an export."""
    made = etree.Element(f"{TEI}teiHeader")
    about = add(made, "fileDesc")
    add(add(about, "titleStmt"), "title", {}, title)
    _publication(add(about, "publicationStmt"), document)
    _source(add(add(about, "sourceDesc"), "bibl"), document, title)
    _categories(add(add(made, "encodingDesc"), "classDecl"))
    language = document["language"]
    add(add(add(made, "profileDesc"), "langUsage"), "language", {"ident": language}, language)
    rest = {name: value for name, value in document.items() if name not in IN_HEADER}
    add(made, "xenoData", {"type": OWN}, json.dumps(rest))
    return made


def is_own(tei: Element) -> bool:
    """Whether a document is an export of ours."""
    return _rest(tei) is not None


def own_fields(tei: Element) -> dict[str, Any]:
    """The fields of a document that we exported.

    Raises:
        ValueError: what should be JSON is none.
    """
    told = {name: value for name, value in _own(tei) if value}
    rest = _rest(tei)
    try:
        more = msgspec.json.decode("" if rest is None else rest.text or "")
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"xenoData: {error}, expected JSON") from None
    if not isinstance(more, dict):
        raise ValueError("xenoData, expected a JSON object")
    return {**told, **more}


def foreign_fields(tei: Element) -> dict[str, str]:
    """What the header of a document of others says in fields of ours, as far as it fits."""
    head = tei.find(f"{TEI}teiHeader")
    found = {
        "language": _language(tei),
        "license": _licence(head),
        "publisher": _text(head, f".//{_BIBL}//{TEI}publisher")
        or _text(head, f".//{TEI}publicationStmt/{TEI}publisher"),
        "published": _day(head),
        "url": _get(head, f".//{_BIBL}//{TEI}ptr", "target"),
    }
    return {name: " ".join(value.split()) for name, value in found.items() if value.strip()}


def title(tei: Element) -> str:
    """The title of a document."""
    return " ".join(_text(tei.find(f"{TEI}teiHeader"), f".//{TEI}titleStmt/{TEI}title").split())


def _publication(into: Element, document: Mapping[str, Any]) -> None:
    add(into, "authority", {}, OWN)
    add(into, "idno", {"type": OWN}, document["id"])
    licence = document["license"]
    link = {"target": address(licence)} if address(licence) else {}
    add(add(into, "availability"), "licence", link, licence)


def _source(bibl: Element, document: Mapping[str, Any], title: str) -> None:
    add(bibl, "title", {"level": "a"}, title)
    for name in ("publisher", "published", "url"):
        if value := document.get(name):
            if name == "publisher":
                add(bibl, name, {}, value)
            elif name == "published":
                add(bibl, "date", {"when": value})
            else:
                add(bibl, "ptr", {"target": value})


def _categories(into: Element) -> None:
    """The labels that `ana` of an annotation points to."""
    for attribute, values in attribute_labels().items():
        taxonomy = add(into, "taxonomy", {ID: attribute})
        for value in values:
            one = add(taxonomy, "category", {ID: category_id(attribute, value)})
            add(one, "catDesc", {}, value)


def _own(tei: Element) -> Iterator[tuple[str, str]]:
    head = tei.find(f"{TEI}teiHeader")
    yield "id", _text(head, f".//{TEI}publicationStmt/{TEI}idno[@type='{OWN}']")
    yield "language", _get(head, f".//{TEI}langUsage/{TEI}language", "ident")
    yield "license", _text(head, f".//{TEI}availability/{TEI}licence")
    yield "publisher", _text(head, f".//{_BIBL}/{TEI}publisher")
    yield "url", _get(head, f".//{_BIBL}/{TEI}ptr", "target")
    yield "published", _get(head, f".//{_BIBL}/{TEI}date", "when")


def _rest(tei: Element) -> Element | None:
    return tei.find(f"{TEI}teiHeader/{TEI}xenoData[@type='{OWN}']")


def _language(tei: Element) -> str:
    """The language of the text, or of all, or the only one that is declared."""
    text = tei.find(f"{TEI}text")
    given = [element.get(LANGUAGE) for element in (text, tei) if element is not None]
    declared = tei.findall(f"{TEI}teiHeader//{TEI}langUsage/{TEI}language")
    given += [declared[0].get("ident")] if len(declared) == 1 else []
    return about.language(next((language for language in given if language), ""))


def _licence(head: Element | None) -> str:
    """The licence by its address, else by its name."""
    place = f".//{TEI}availability/{TEI}licence"
    return about.licence(_get(head, place, "target")) or about.licence(_text(head, place))


def _day(head: Element | None) -> str:
    return about.day(_get(head, f".//{_BIBL}//{TEI}date", "when"))


def _text(within: Element | None, path: str) -> str:
    found = None if within is None else within.find(path)
    return "" if found is None else words_of(found)


def _get(within: Element | None, path: str, attribute: str) -> str:
    found = None if within is None else within.find(path)
    return "" if found is None else found.get(attribute) or ""
