"""What tests of formats share: graphs to compare, files written, JSON broken at random."""

import copy
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.standoff import parts
from onrecord.standoff.format import Exporter, Importer, Reading
from onrecord.standoff.graph import Standoff

FEW = ("nk-severs-road-rail-links", "questions-for-the-governor", "icons-verdict")
"""Articles of the corpus that show much between them."""

WEIRD: tuple[Any, ...] = (
    None, True, -1, 3, 10**9, 10**30, 1.5, "", "\x00", "q-0001", "x" * 5000, "\u2028", [], {},
    [[]], [None], {"id": {}}, [0, 1, "A"], ["a", ["b"]],
)  # fmt: skip


def canonical(graph: Standoff) -> Any:
    """What a graph says, with its parts joined and its nodes in no order."""
    whole = parts.join(graph)
    nodes = sorted(
        (n.key, n.label, n.spans, n.exact, sorted(n.attributes.items())) for n in whole.nodes
    )
    lists: dict[tuple[str, str], list[str]] = {}
    for edge in whole.edges:
        lists.setdefault((edge.label, edge.source), []).append(edge.target)
    document = msgspec.json.decode(msgspec.json.encode(whole.document))
    return whole.name, whole.text, document, nodes, lists


def exported(by: Exporter, articles: Iterable[Article], folder: Path) -> Losses:
    """Write the files of an export into a folder; what was lost."""
    losses = Losses()
    folder.mkdir(exist_ok=True)
    for name, data in by.write(articles, losses):
        (folder / name).write_bytes(data)
    return losses


def imported(
    by: Importer, path: Path, *, offsets: str | None = None
) -> tuple[list[Standoff], list[str], list[tuple[str, str]]]:
    """The graphs, the problems as `line: message`, and each loss as kind and what it was."""
    reading = Reading(Losses(), [], offsets=offsets)
    found = [graph for graph in by.read(path, reading) if isinstance(graph, Standoff)]
    lost = [(kind, loss.found) for _, kind, _, places in reading.losses for loss in places]
    return found, [f"{p.line}: {p.message}" for p in reading.problems], lost


def spoilt(value: Any, draw: random.Random) -> Any:
    """A copy with one to three of its parts replaced, taken away or doubled."""
    made = copy.deepcopy(value)
    for _ in range(draw.randint(1, 3)):
        holder, key = draw.choice(list(_parts(made)))
        what = draw.random()
        if what < 0.7:
            holder[key] = copy.deepcopy(draw.choice(WEIRD))
        elif what < 0.85:
            del holder[key]
        elif isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
    return made


def _parts(value: Any) -> Iterable[tuple[Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in list(pairs):
        yield value, key
        if isinstance(part, dict | list):
            yield from _parts(part)
