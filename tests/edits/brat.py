"""brat: lines are changed where they stand; new ones get the next number and come last.

Before an annotation is deleted brat wants its relations gone; attributes and notes go with it.
"""

import json
import re
from pathlib import Path

from .tool import CUE


class Brat:
    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}.ann"
        self._text = (folder / f"{name}.txt").read_text()
        self._lines = self._path.read_text().split("\n")[:-1]

    def add(self, label: str, start: int, end: int) -> str:
        return self._append("T", f"{label} {start} {end}\t{self._text[start:end]}")

    def delete(self, name: str) -> None:
        key = self._key(name)
        self._lines = [line for line in self._lines if not re.search(rf"\b{key}\b", _head(line))]

    def move(self, name: str, end: int) -> None:
        key, label, places = self._bound(name)
        self._put(key, label, f"{places.rpartition(' ')[0]} {end}")

    def add_part(self, name: str, start: int, end: int) -> None:
        key, label, places = self._bound(name)
        self._put(key, label, f"{places};{start} {end}")

    def relabel(self, name: str, label: str) -> None:
        key, _, places = self._bound(name)
        self._put(key, label, places)

    def set(self, name: str, attribute: str, value: str) -> None:
        key = self._key(name)
        if attribute == "note":
            self._append("#", f"AnnotatorNotes {key}\t{value}")
            return
        for number, line in enumerate(self._lines):
            if match := re.fullmatch(rf"(A\d+\t{attribute} {key}) \S+", line):
                self._lines[number] = f"{match[1]} {value}"
                return
        self._append("A", f"{attribute} {key} {value}")

    def link(self, label: str, source: str, target: str) -> None:
        self._append("R", f"{label} Arg1:{self._key(source)} Arg2:{self._key(target)}\t")

    def unlink(self, label: str, source: str, target: str) -> None:
        ends = f"\t{label} Arg1:{self._key(source)} Arg2:{self._key(target)}"
        (gone,) = [line for line in self._lines if line.rstrip("\t").endswith(ends)]
        self._lines.remove(gone)

    def save(self) -> None:
        self._path.write_text("".join(f"{line}\n" for line in self._lines))

    def _append(self, letter: str, rest: str) -> str:
        numbers = [int(m[1]) for line in self._lines if (m := re.match(rf"{letter}(\d+)\t", line))]
        key = f"{letter}{max(numbers, default=0) + 1}"
        self._lines.append(f"{key}\t{rest}")
        return key

    def _key(self, name: str) -> str:
        quote = name.removesuffix(CUE)
        told = [m for line in self._lines if (m := re.match(r"#\d+\tonrecord (T\d+)\t(.*)", line))]
        keys = {json.loads(m[2]).get("id"): m[1] for m in told}
        if quote == name:
            return keys.get(name, name)
        cue = rf"R\d+\tcue Arg1:{keys[quote]} Arg2:(T\d+)"
        return next(m[1] for line in self._lines if (m := re.match(cue, line)))

    def _bound(self, name: str) -> tuple[str, str, str]:
        key = self._key(name)
        line = next(line for line in self._lines if line.startswith(f"{key}\t"))
        label, _, places = line.split("\t")[1].partition(" ")
        return key, label, places

    def _put(self, key: str, label: str, places: str) -> None:
        spans = [tuple(map(int, part.split())) for part in places.split(";")]
        words = " ".join(self._text[start:end] for start, end in spans)
        at = next(n for n, line in enumerate(self._lines) if line.startswith(f"{key}\t"))
        self._lines[at] = f"{key}\t{label} {places}\t{words}"


def _head(line: str) -> str:
    """What says which annotation a line is, or is about."""
    return "\t".join(line.split("\t")[: 1 if line.startswith("T") else 2])
