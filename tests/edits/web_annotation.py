"""A tool for Web Annotations: what is new has a UUID and comes last; JSON is laid out anew.

Annotations that link a deleted one go with it.
"""

import json
import random
import uuid
from pathlib import Path
from typing import Any

from onrecord.formats.web_annotation.bodies import listed

from .tool import CUE

_DRAW = random.Random(8)


class WebAnnotation:
    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}.jsonld"
        self._text = (folder / f"{name}.txt").read_text()
        self._source = f"{name}.txt"
        self._all = json.loads(self._path.read_text())
        self._items: list[dict[str, Any]] = self._all["first"]["items"]

    def add(self, label: str, start: int, end: int) -> str:
        body = [{"type": "TextualBody", "purpose": "tagging", "value": label}]
        return self._new(body, self._selected(start, end), "tagging")

    def delete(self, name: str) -> None:
        key = self._key(name)
        self._items[:] = [one for one in self._items if key not in (one["id"], *_ends(one))]

    def move(self, name: str, end: int) -> None:
        holder = self._target(name)
        places = listed(holder.get("items")) or [holder]
        start = places[-1]["selector"][1]["start"]
        places[-1]["selector"] = self._selected(start, end)["selector"]

    def add_part(self, name: str, start: int, end: int) -> None:
        held = self._target(name)
        parts = held.get("items", [held])
        whole = {"type": "oa:Composite", "items": [*parts, self._selected(start, end)]}
        self._one(name)["target"] = whole

    def relabel(self, name: str, label: str) -> None:
        self._one(name)["body"][0]["value"] = label

    def set(self, name: str, attribute: str, value: str) -> None:
        bodies = self._one(name)["body"]
        if attribute == "note":
            bodies.append({"type": "TextualBody", "purpose": "commenting", "value": value})
        elif told := [body for body in bodies if body["type"] == "Dataset"]:
            told[0][f"onrecord:{attribute}"] = value
        else:
            bodies.append({"type": "Dataset", f"onrecord:{attribute}": value})

    def link(self, label: str, source: str, target: str) -> None:
        to = {"type": "SpecificResource", "purpose": "linking", "source": self._key(target)}
        body = [{"type": "TextualBody", "purpose": "tagging", "value": label}, to]
        self._new(body, self._key(source), "linking")

    def unlink(self, label: str, source: str, target: str) -> None:
        ends = [self._key(source), self._key(target)]
        (gone,) = [
            one for one in self._items if _ends(one) == ends and one["body"][0]["value"] == label
        ]
        self._items.remove(gone)

    def save(self) -> None:
        self._all["total"] = len(self._items)
        self._path.write_text(json.dumps(self._all, indent=4, sort_keys=True))

    def _new(self, body: list[dict[str, Any]], target: Any, motivation: str) -> str:
        key = f"urn:uuid:{uuid.UUID(int=_DRAW.getrandbits(128), version=4)}"
        told = {"creator": {"id": "https://people.example/anna", "name": "Anna"}}
        created = {"created": "2026-01-01T00:00:00Z", "motivation": motivation}
        self._items.append(
            {"id": key, "type": "Annotation", **told, **created, "body": body, "target": target}
        )
        return key

    def _selected(self, start: int, end: int) -> dict[str, Any]:
        around = {"prefix": self._text[max(0, start - 32) : start], "suffix": self._text[end:][:32]}
        quote = {"type": "TextQuoteSelector", "exact": self._text[start:end], **around}
        position = {"type": "TextPositionSelector", "start": start, "end": end}
        return {"source": self._source, "selector": [quote, position]}

    def _target(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self._one(name)["target"]
        return found

    def _one(self, name: str) -> dict[str, Any]:
        return next(one for one in self._items if one["id"] == self._key(name))

    def _key(self, name: str) -> str:
        known = name if name.startswith("urn:") else f"#{name}"
        return known if not name.endswith(CUE) else f"#{name}"


def _ends(one: dict[str, Any]) -> list[str]:
    """What a link leads from and to."""
    if one["motivation"] != "linking":
        return []
    return [one["target"], one["body"][1]["source"]]
