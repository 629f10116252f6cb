"""The results of one annotation of Label Studio as nodes and edges."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ...ids import ALPHABET
from ...standoff.graph import Edge, Node
from ..offsets import Given, counted
from ..shapes import MisshapenError, shaped
from .task import Place, Result, Told

UNITS = ("code-points", "utf-16")
"""What is counted: code points, and before version 1.5 what JavaScript counts."""

_OWN_ID = re.compile(rf"[mqc]-[{ALPHABET}]{{4,}}")

Region = tuple[Result, Place]


def graph(
    text: str, results: Sequence[Any], told: Told
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """The nodes and edges that some results are."""
    found = list(_results(results, told))
    regions = list(_regions(found, told))
    attributes = _attributes(found, {str(region.id) for region, _ in regions}, told)
    nodes = tuple(_nodes(text, regions, attributes, told))
    parents = [Edge("parentID", str(r.id), r.parent, told.line) for r, _ in regions if r.parent]
    relations = [edge for result in found for edge in _edges(result, told.line)]
    return nodes, (*relations, *parents)


def _results(values: Sequence[Any], told: Told) -> Iterator[Result]:
    for number, value in enumerate(values, start=1):
        try:
            yield shaped(value, Result)
        except MisshapenError as error:
            told.wrong(f"result {number}: {error}")


def _regions(results: Iterable[Result], told: Told) -> Iterator[Region]:
    for result in results:
        if result.labelled:
            try:
                yield result, shaped(result.value, Place)
            except MisshapenError:
                start = str(result.value.get("start"))[:40]
                told.wrong(f"{start!r} as start of {result.id!r}, expected offsets in plain text")


def _nodes(
    text: str, regions: Sequence[Region], attributes: Mapping[str, dict[str, str]], told: Told
) -> Iterator[Node]:
    given = [_given(*region) for region in regions]
    try:
        places = counted(text, given, UNITS, told=told.source.reading.offsets, agree=_agree)
    except ValueError as error:
        for message in error.args:
            told.wrong(message)
        return
    taken: Counter[str] = Counter()
    for (region, _), place, words in zip(regions, places, given, strict=True):
        own = text[slice(*place)]
        exact = (own if _agree(own, words.words) else words.words,) if words.words else ()
        said = attributes.get(str(region.id), {}) | _noted(region, told)
        for label in _labels(region, told):
            key = _key(str(region.id), taken)
            identity = {"id": key} if _OWN_ID.fullmatch(key) else {}
            yield Node(key, label, (place,), {**identity, **said}, exact, told.line)


def _given(region: Result, place: Place) -> Given:
    words = place.text if isinstance(place.text, str) else ""
    return Given(f"region {str(region.id)!r}", (place.start, place.end), words)


def _agree(own: str, words: str) -> bool:
    r"""Label Studio writes a line feed as the two characters `\n`, and may fold white space."""
    return own == words or _folded(own) == _folded(words)


def _folded(words: str) -> list[str]:
    return words.replace("\\n", "\n").split()


def _labels(region: Result, told: Told) -> list[str]:
    """The labels of a region; each is an annotation of its own."""
    value = region.value.get(region.type, region.value.get("labels"))
    found = [label for label in value if isinstance(label, str)] if isinstance(value, list) else []
    if not found:
        told.lost("region without label", str(region.id))
    return list(dict.fromkeys(found))


def _key(name: str, taken: Counter[str]) -> str:
    """The name of a region, with a number if it has stood before."""
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}#{taken[name]}"


def _attributes(
    results: Iterable[Result], regions: set[str], told: Told
) -> dict[str, dict[str, str]]:
    """What choices, text areas and the like say of each region."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for result in results:
        if result.labelled or result.type == "relation":
            continue
        name, said = result.from_name or result.type, _said(result)
        if str(result.id) not in regions or said is None or name in found[str(result.id)]:
            told.lost(f"attribute {name}", said or str(result.id))
        else:
            found[str(result.id)][name] = said
    return found


def _said(result: Result) -> str | None:
    value = result.value.get("text" if result.type == "textarea" else result.type)
    between = "\n" if result.type == "textarea" else ", "
    return None if value is None else between.join(_words(value))


def _words(value: Any) -> Iterator[str]:
    """The words of a value; one that lies in a tree is its way from the root."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, list):
            yield "/".join(str(step) for step in one)
        else:
            yield one if isinstance(one, str) else msgspec.json.encode(one).decode()


def _noted(region: Result, told: Told) -> dict[str, str]:
    """What an annotator wrote beside the region itself."""
    words = (region.meta or {}).get("text")
    return {"meta": "\n".join(_words(words))} if words else {}


def _edges(result: Result, line: int) -> Iterator[Edge]:
    if result.type != "relation":
        return
    ends = [(str(result.from_id), str(result.to_id))]
    if result.direction == "left":
        ends = [ends[0][::-1]]
    if result.direction == "bi":
        ends = [ends[0], ends[0][::-1]]
    for label in result.labels or ["relation"]:
        yield from (Edge(label, source, target, line) for source, target in ends)
