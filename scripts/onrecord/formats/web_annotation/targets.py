"""Targets of W3C Web Annotations: which text, and which stretch of it."""

from collections.abc import Iterable
from typing import Any

from .bodies import listed
from .selectors import Selection, SelectorError, UnknownSelectorError, fragment, selection


def targets(value: Any) -> list[Any]:
    """The targets one by one, those of a composite too."""
    found: list[Any] = []
    for target in listed(value):
        composed = isinstance(target, dict) and isinstance(target.get("items"), list)
        found += target["items"] if composed else [target]
    return found


def reference(target: Any) -> str:
    """The IRI of a target that is meant as a whole, else nothing."""
    if isinstance(target, dict) and "selector" not in target:
        target = target.get("id", target.get("@id", target.get("source")))
    return target if isinstance(target, str) else ""


def selected(target: Any) -> tuple[str, Selection | None]:
    """The source of a target, and what is selected of it, None for the whole.

    Raises:
        SelectorError: it names no source, or its selectors are malformed.
        UnknownSelectorError: none of its selectors selects plain text.
    """
    source = target.get("source", reference(target)) if isinstance(target, dict) else target
    source = source.get("id") if isinstance(source, dict) else source
    if not isinstance(source, str) or not source:
        raise SelectorError(f"target {target!r:.80}, expected a source")
    if isinstance(target, dict) and "selector" in target:
        return source, selection(target["selector"])
    name, _, part = source.partition("#")
    found = fragment(part)
    if part and not found:
        raise UnknownSelectorError("fragment")
    return name, Selection(found) if found else None


def all_inside(names: Iterable[str]) -> bool:
    """Whether all are references into the file that has them."""
    return all(name.startswith("#") and "char=" not in name for name in names)
