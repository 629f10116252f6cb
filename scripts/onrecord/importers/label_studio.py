"""Label Studio's JSON export: tasks over plain text, with regions, choices, text areas, relations.

Of several annotations of a task the ground truth is read, else the first that was not cancelled;
predictions never are. Offsets are code points, or units of UTF-16 as early versions wrote them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from .. import sources
from ..formats import aside
from ..formats.document import fitting_fields
from ..formats.label_studio.results import graph
from ..formats.label_studio.task import Task, Told
from ..formats.shapes import MisshapenError, shaped
from ..schema import Json, fields
from ..standoff.format import Importer, Reading
from ..standoff.graph import Standoff

_TEXT = "text"


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The tasks of a file, or of the files `*.json` of a folder."""
    for file in sources.files(path, ".json"):
        with reading.each(file):
            for number, (line, value) in enumerate(_tasks(file), start=1):
                yield from _document(value, Told(reading.source(file), line, number))


def _document(value: Any, told: Told) -> Iterator[Standoff]:
    try:
        found = _standoff(shaped(value, Task), told)
    except MisshapenError as error:
        told.wrong(str(error))
        return
    if found and told.source.is_sound:
        yield found


def _tasks(file: Path) -> Iterator[tuple[int, Any]]:
    """The line and the value of each task; a task alone may stand without a list."""
    data = sources.text(file).encode()
    alone = data.lstrip()[:1] == b"{"
    try:
        raws = [data] if alone else msgspec.json.decode(data, type=list[msgspec.Raw])
        values = [msgspec.json.decode(raw) for raw in raws]
    except RecursionError:
        raise sources.refused(file, 0, "is nested too deep") from None
    except msgspec.DecodeError as error:
        raise sources.refused(file, 0, f"{error}, expected tasks as JSON") from None
    line, at = 1, 0
    for raw, value in zip(map(bytes, raws), values, strict=True):
        start = data.index(raw, at)
        line += data.count(b"\n", at, start)
        yield line, value
        line, at = line + raw.count(b"\n"), start + len(raw)


def _standoff(task: Task, told: Told) -> Standoff | None:
    if task.data is None:
        told.wrong("no 'data', expected the export JSON; JSON-MIN has neither ids nor relations")
        return None
    key = _text_key(task.data)
    if key is None:
        strings = ", ".join(map(repr, task.data)) or "nothing"
        told.wrong(f"{strings} in 'data', expected one text, or a text called {_TEXT!r}")
        return None
    text: str = task.data[key]
    data = {k: v for k, v in task.data.items() if k not in (key, aside.KEY)}
    given = {**(task.meta or {}), **data}
    document = fitting_fields(given, told.line, told.source, length=len(text))
    nodes, edges = graph(text, _chosen(task, told), told)
    name = document.get("id") or f"{told.source.path.stem}-{task.id or told.number}"
    whole = Standoff(name, text, nodes, edges, document, told.source.shown)
    return _put_back(whole, task.data.get(aside.KEY), told)


def _text_key(data: Json) -> str | None:
    """Which of the data is the text: the one called so, or the only string that is no metadata."""
    if isinstance(data.get(_TEXT), str):
        return _TEXT
    known = fields("documents")
    found = [name for name, value in data.items() if isinstance(value, str) and name not in known]
    return found[0] if len(found) == 1 else None


def _chosen(task: Task, told: Told) -> list[Any]:
    """The results of the annotation that is read; of the others is told."""
    given = task.annotations or task.completions or []
    valid = [annotation for annotation in given if not annotation.cancelled]
    best = sorted(valid, key=lambda annotation: not annotation.ground_truth)[:1]
    lost = {
        "cancelled annotation": len(given) - len(valid),
        "second annotation": len(valid) - len(best),
        "prediction": len(task.predictions or []),
        "draft": len(task.drafts or []),
    }
    for kind, count in lost.items():
        for _ in range(count):
            told.lost(kind, f"task {told.number}")
    return (best[0].result or []) if best else []


def _put_back(inside: Standoff, kept: Any, told: Told) -> Standoff | None:
    """The graph with the nodes that stand nowhere in the text."""
    if kept is None:
        return inside
    try:
        found = shaped(kept, aside.Aside)
    except MisshapenError as error:
        told.wrong(f"{aside.KEY!r} in 'data': {error}")
        return None
    for key in aside.clashes(found, (node.key for node in inside.nodes)):
        told.wrong(f"{key!r} in {aside.KEY!r}, expected each key once")
    return aside.put_back(inside, found, line=told.line)


IMPORTER = Importer(
    name="label-studio",
    title="Label Studio, tasks in JSON",
    read=read,
    takes="a file *.json of tasks over plain text, or a folder of such",
    loses=(
        "annotations of a task but the one that is read",
        "predictions and drafts",
        "choices and text areas that are not of a region",
    ),
)
