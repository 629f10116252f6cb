"""News items of ninjs, the JSON of the IPTC, of versions 1, 2 and 3.

Keys are compared without regard to case: version 3 writes `versionCreated` what the others write
`versioncreated`. Version 1 has `headline` and `body_text`, `body_html`, ..., the later ones lists
of `headlines` and `bodies`, each with a role and perhaps a media type.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]

HTML, PLAIN = "html", "plain"

CARRIAGE = frozenset(
    "type profile standard $standard version representationtype pubstatus mimetype urgency expires"
    " charcount wordcount".split()
)
"""What is said of the item and not of the article."""

_KINDS = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "html": HTML,
    "xhtml": HTML,
    "text/plain": PLAIN,
    "text": PLAIN,
    "plain": PLAIN,
}
_TAG = re.compile(r"</?(?:p|div|br|h[1-6]|ul|ol|article|section|html)\b[^<>]*>", re.IGNORECASE)
_MAIN = ("main", "text", "body", "")


@dataclass(frozen=True, slots=True)
class Body:
    """One form of the text; its kind is `html`, `plain`, or the media type of something else."""

    name: str
    kind: str
    value: str


def item(value: Any) -> dict[str, Any] | None:
    """A news item with its keys in lower case; None for what is no object."""
    return {key.lower(): inner for key, inner in value.items()} if isinstance(value, dict) else None


def items(value: Any) -> list[Any]:
    """The items of a file: one, a list of them, or a list named `items`."""
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        return list(value["items"])
    return list(value) if isinstance(value, list) else [value]


def words(of: Item, name: str) -> str:
    """The text of a property, empty where it has none."""
    value = of.get(name)
    return value.strip() if isinstance(value, str) else ""


def objects(of: Item, name: str) -> list[dict[str, Any]]:
    """The objects of a list, with keys in lower case."""
    given = of.get(name)
    return [one for value in given if (one := item(value))] if isinstance(given, list) else []


def headline(of: Item) -> str:
    """The main headline, else the first, else that of version 1, on one line."""
    listed = objects(of, "headlines")
    listed.sort(key=lambda one: words(one, "role") not in _MAIN)
    found = words(listed[0], "value") if listed else words(of, "headline")
    return " ".join(found.split())


def bodies(of: Item) -> list[Body]:
    """The forms of the text: HTML, which has paragraphs, before plain, the main one first."""
    found = [*_listed(of), *_named(of)]
    order = {HTML: 0, PLAIN: 1}
    return sorted(found, key=lambda body: (order.get(body.kind, 2), body.name not in _MAIN))


def publisher(of: Item) -> str:
    """The source in the role of a publisher, else who holds the copyright, else the only source."""
    given = objects(of, "infosources") or objects(of, "infosource")
    named = [one for one in given if words(one, "name")]
    publishing = [one for one in named if words(one, "role").lower().endswith("publisher")]
    only = words(named[0], "name") if len(named) == 1 else ""
    return words(publishing[0], "name") if publishing else words(of, "copyrightholder") or only


def _listed(of: Item) -> Iterator[Body]:
    for one in objects(of, "bodies"):
        if value := words(one, "value"):
            role, given = words(one, "role").lower(), words(one, "contenttype").lower()
            yield Body(role, _kind(given.removeprefix("body_"), role, value), value)


def _named(of: Item) -> Iterator[Body]:
    for name in of:
        if name.startswith("body_") and (value := words(of, name)):
            role = name.removeprefix("body_")
            yield Body(role, _kind("", role, value), value)


def _kind(media: str, role: str, value: str) -> str:
    """Which kind of text it is, by media type, else by role, else by how it looks."""
    if media:
        return _KINDS.get(media.partition(";")[0].strip(), media)
    return _KINDS.get(role) or (HTML if _TAG.search(value) else PLAIN)
