"""Label Studio: a new region has ten random characters for an id, and the export tells more.

A deleted region takes along what is said of it and its relations. Place and words of a region stand
in each result that is of it.
"""

import json
import random
from pathlib import Path
from typing import Any

from onrecord.standoff.scheme import attribute_labels

from .tool import CUE, CannotError, fresh

_DRAW = random.Random(4)


class LabelStudio:
    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / "tasks.json"
        self._tasks = json.loads(self._path.read_text())
        self._task = next(task for task in self._tasks if task["data"]["id"] == name)
        self._results: list[dict[str, Any]] = self._task["annotations"][0]["result"]

    def add(self, label: str, start: int, end: int) -> str:
        key = fresh(_DRAW)
        value = {**self._place(start, end), "labels": [label]}
        self._results.append(_result(key, "label", "labels", value))
        return key

    def delete(self, name: str) -> None:
        keys = {name, *self._further(name)}
        self._results[:] = [
            one for one in self._results
            if keys.isdisjoint((one.get("id"), one.get("from_id"), one.get("to_id")))
        ]  # fmt: skip

    def move(self, name: str, end: int) -> None:
        for one in self._of((self._further(name) or [name])[-1]):
            place = self._place(one["value"]["start"], end)
            # Of a text area the words are what was typed.
            one["value"] |= {**place, "text": one["value"]["text"]} if _is_typed(one) else place

    def add_part(self, name: str, start: int, end: int) -> None:
        (label,) = self._label(name)["value"]["labels"]
        last = (self._further(name) or [name])[-1]
        self.link("next", last, self.add(label, start, end))

    def relabel(self, name: str, label: str) -> None:
        for key in (name, *self._further(name)):
            self._label(key)["value"]["labels"] = [label]

    def set(self, name: str, attribute: str, value: str) -> None:
        kind = "choices" if attribute in attribute_labels() else "textarea"
        said = {"choices" if kind == "choices" else "text": [value]}
        found = [one for one in self._of(name) if one["from_name"] == attribute]
        if found:
            found[0]["value"] |= said
        else:
            where = self._label(name)["value"]
            place = {k: where[k] for k in ("start", "end", "text")}
            self._results.append(_result(name, attribute, kind, {**place, **said}))

    def link(self, label: str, source: str, target: str) -> None:
        if source.endswith(CUE):
            raise CannotError
        self._results.append({
            "from_id": source, "to_id": target, "type": "relation", "direction": "right",
            "labels": [label],
        })  # fmt: skip

    def unlink(self, label: str, source: str, target: str) -> None:
        (gone,) = [
            one for one in self._results
            if (one.get("labels"), one.get("from_id"), one.get("to_id")) == ([label], source, target)
        ]  # fmt: skip
        self._results.remove(gone)

    def save(self) -> None:
        told = {"created_at": "2026-01-01T00:00:00Z", "lead_time": 12.5, "unique_id": fresh(_DRAW)}
        self._task["annotations"][0] |= {"completed_by": 1, "result_count": 0, "task": 7, **told}
        self._task |= {"id": 7, "drafts": [], "predictions": [], "meta": {}, "inner_id": 1}
        self._path.write_text(json.dumps(self._tasks))

    def _of(self, key: str) -> list[dict[str, Any]]:
        return [one for one in self._results if one.get("id") == key]

    def _label(self, key: str) -> dict[str, Any]:
        return next(one for one in self._of(key) if one["type"] == "labels")

    def _further(self, key: str) -> list[str]:
        found = []
        behind = {one["from_id"]: one["to_id"] for one in self._results
                  if one.get("labels") == ["next"]}  # fmt: skip
        while key := behind.get(key, ""):
            found.append(key)
        return found

    def _place(self, start: int, end: int) -> dict[str, Any]:
        return {"start": start, "end": end, "text": self._task["data"]["text"][start:end]}


def _is_typed(one: dict[str, Any]) -> bool:
    return bool(one["type"] == "textarea")


def _result(key: str, control: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": key, "from_name": control, "to_name": "text", "type": kind, "origin": "manual",
        "value": value,
    }  # fmt: skip
