"""Bodies of W3C Web Annotations: what they say, as a label and attributes."""

import json
import re
from collections.abc import Callable
from typing import Any

from . import COMMENTING, LINKING, NOTE, PREFIX, TAGGING

Json = dict[str, Any]
Lose = Callable[[str, str], None]
"""Told the kind of what has no place, and the thing."""

_LABELS = (TAGGING, "classifying")
_OF_ANNOTATION = {
    "@context", "@id", "@line", "@type", "id", "type", "motivation", "body", "bodyValue", "target",
}  # fmt: skip
_OF_BODY = {"@id", "@type", "id", "type", "purpose", "value", "format", "language"}
_DEEPEST = 8
_LARGEST = 10**300


def contents(annotation: Json, lose: Lose) -> tuple[str, dict[str, str]]:
    """The label of an annotation and its attributes.

    Without a tag the label is the motivation. A thing said several times is one attribute, its
    values joined by commas, those of a note by line ends.
    """
    said: list[tuple[str, str]] = []
    motivation = _first(annotation.get("motivation"))
    if isinstance(annotation.get("bodyValue"), str):
        said.append((motivation or COMMENTING, annotation["bodyValue"]))
    for body in listed(annotation.get("body")):
        said += _body(body, motivation, lose)
    said += _properties(annotation, _OF_ANNOTATION, lose)
    at = next((n for n, (name, _) in enumerate(said) if name in _LABELS), None)
    label = motivation or "Annotation" if at is None else said.pop(at)[1]
    return label, _attributes(said)


def references(annotation: Json) -> list[str]:
    """The resources that the bodies of an annotation are, as IRIs."""
    return [named for body in listed(annotation.get("body")) if (named := _named(body))]


def listed(value: Any) -> list[Any]:
    """A value that may be one or several, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def local(name: str) -> str:
    """The last part of an IRI, or of a term with a prefix."""
    own = name.removeprefix(PREFIX)
    return own if own != name else re.split(r"[#/:]", name)[-1] or name


def plain(value: Any, depth: int = 0) -> Any:
    """A value under our own terms as we have it: keys without prefix, others left out.

    Raises:
        ValueError: it is nested too deep.
    """
    if depth > _DEEPEST:
        raise ValueError("fields of a document are nested too deep")
    if isinstance(value, dict):
        own = {key: inner for key, inner in value.items() if key.startswith(PREFIX)}
        kept = {key.removeprefix(PREFIX): plain(inner, depth + 1) for key, inner in own.items()}
        return kept | ({"language": value["language"]} if "language" in value else {})
    return [plain(inner, depth + 1) for inner in value] if isinstance(value, list) else value


def _body(body: Any, motivation: str, lose: Lose) -> list[tuple[str, str]]:
    if isinstance(body, str):
        return [(motivation or LINKING, body)]
    if not isinstance(body, dict):
        lose("body", repr(body)[:80])
        return []
    purpose = _first(body.get("purpose")) or motivation
    value, source = body.get("value"), body.get("source")
    if isinstance(value, str):
        return [(purpose or COMMENTING, value)]
    if isinstance(source, str):
        return [(purpose or LINKING, local(source) if purpose in _LABELS else source)]
    if "items" in body or isinstance(source, dict):
        lose(f"body {_first(body.get('type'))}".strip(), str(body.get("id", "")))
        return []
    return _properties(body, _OF_BODY, lose)


def _named(body: Any) -> str:
    """The IRI of a body that is a resource of its own."""
    if isinstance(body, dict):
        source = body.get("source")
        embedded = "value" in body or "type" in body
        body = source if isinstance(source, str) or embedded else body.get("id")
    return body if isinstance(body, str) else ""


def _properties(holder: Json, known: set[str], lose: Lose) -> list[tuple[str, str]]:
    found = []
    for key, value in holder.items():
        said = _said(value)
        if key not in known and said is None:
            lose(f"attribute {key}", repr(value)[:80])
        elif key not in known and said is not None:
            found.append((local(key), said))
    return found


def _said(value: Any) -> str | None:
    """A property as text, if it is simple."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        value = value.get("name", value.get("id"))
    if isinstance(value, (int, float)):
        # Not str(), which refuses numbers of thousands of digits.
        return json.dumps(value) if abs(value) < _LARGEST else None
    return value if isinstance(value, str) else None


def _attributes(said: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in said:
        key = NOTE if name == COMMENTING else name
        joint = "\n" if key == NOTE else ", "
        found[key] = f"{found[key]}{joint}{value}" if key in found else value
    return found


def _first(value: Any) -> str:
    given = [one for one in listed(value) if isinstance(one, str)]
    return local(given[0]) if given else ""
