"""doccano: every id is its own, and of a span it knows only the label and the place.

A span cannot be moved: the annotator deletes it, marks the other words, and draws its relations
anew. What our export kept beside the text comes back as it went.
"""

import json
from pathlib import Path
from typing import Any

from onrecord.standoff.units import offsets

from .tool import CannotError


class Doccano:
    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / "all.jsonl"
        self._line = json.loads(self._path.read_text())
        self._units = offsets(self._line["text"], "utf-16")
        self._names = {one["key"]: n for n, one in enumerate(self._line["onrecord"]["entities"])}
        for number, one in enumerate(self._entities):
            one["key"] = self._line["onrecord"]["entities"][number]["key"]

    @property
    def _entities(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._line["entities"]
        return found

    @property
    def _relations(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._line["relations"]
        return found

    def add(self, label: str, start: int, end: int) -> str:
        number = max((one["id"] for one in self._entities), default=0) + 1
        place = {"start_offset": self._units[start], "end_offset": self._units[end]}
        self._entities.append({"id": number, "label": label, **place, "key": str(number)})
        return str(number)

    def delete(self, name: str) -> None:
        for key in (name, *self._further(name)):
            gone = self._one(key)
            self._entities.remove(gone)
            self._relations[:] = [
                one for one in self._relations if gone["id"] not in (one["from_id"], one["to_id"])
            ]

    def move(self, name: str, end: int) -> None:
        old = self._one((self._further(name) or [name])[-1])
        kept = [one for one in self._relations if old["id"] in (one["from_id"], one["to_id"])]
        self._entities.remove(old)
        number = int(self.add(old["label"], self._units.index(old["start_offset"]), end))
        for one in kept:
            one |= {k: number for k in ("from_id", "to_id") if one[k] == old["id"]}
        self._relations[:] = [*(r for r in self._relations if r not in kept), *kept]

    def add_part(self, name: str, start: int, end: int) -> None:
        last = (self._further(name) or [name])[-1]
        self.link("next", last, self.add(self._one(name)["label"], start, end))

    def relabel(self, name: str, label: str) -> None:
        self._one(name)["label"] = label

    def set(self, name: str, attribute: str, value: str) -> None:
        raise CannotError

    def link(self, label: str, source: str, target: str) -> None:
        ends = {"from_id": self._one(source)["id"], "to_id": self._one(target)["id"]}
        self._relations.append({"id": 9000 + len(self._relations), **ends, "type": label})

    def unlink(self, label: str, source: str, target: str) -> None:
        ends = label, self._one(source)["id"], self._one(target)["id"]
        (gone,) = [r for r in self._relations if (r["type"], r["from_id"], r["to_id"]) == ends]
        self._relations.remove(gone)

    def save(self) -> None:
        numbers = {one["id"]: one["id"] + 5000 for one in self._entities}
        entities = [
            {"id": numbers[e["id"]], **{k: e[k] for k in ("label", "start_offset", "end_offset")}}
            for e in self._entities
        ]
        relations = [
            {**r, "id": r["id"] + 70, "from_id": numbers[r["from_id"]], "to_id": numbers[r["to_id"]]}
            for r in self._relations
        ]  # fmt: skip
        told = {**self._line, "id": 31, "Comments": []}
        line = json.dumps({**told, "entities": entities, "relations": relations})
        self._path.write_text(line + "\n")

    def _one(self, name: str) -> dict[str, Any]:
        return next(one for one in self._entities if one["key"] == name)

    def _further(self, name: str) -> list[str]:
        behind = {r["from_id"]: r["to_id"] for r in self._relations if r["type"] == "next"}
        keys = {one["id"]: one["key"] for one in self._entities}
        found, at = [], self._one(name)["id"]
        while at := behind.get(at, 0):
            found.append(keys[at])
        return found
