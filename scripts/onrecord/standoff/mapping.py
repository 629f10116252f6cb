"""From standoff annotation to an article, by a map that says what its labels mean.

Nothing goes in silence: what has no place is counted as lost, what is not taken over as it stands
as changed.
"""

from dataclasses import replace
from typing import Any

from ..losses import Losses
from ..model import Article
from ..problem import Problem
from ..schema import Json
from . import parts
from .before import Before
from .graph import Standoff
from .items import Items, Links, items, links
from .maps import Map
from .place import Bench, in_words, merged
from .records import Tables, records
from .settle import settled

_SHOWN = 30
"""Characters of a text that are told."""


def mapped(
    source: Standoff,
    by: Map,
    losses: Losses,
    problems: list[Problem],
    *,
    reanchor: bool = False,
    before: Article | None = None,
) -> Tables:
    """The records that a document of a source becomes: spans are sound, references lead somewhere.

    What keeps the document from being taken over is appended to `problems`; then the records are of
    no use. With `reanchor`, words that do not stand where the source says are looked for. `before`
    is what the corpus has of the document.
    """
    text = settled(source.text)
    bench = Bench(_whole(source, by), text, losses, problems, reanchor)
    if text.starts:
        bench.changed("text brought to normal form", 0)
    known = items(bench, by)
    led = links(bench, by, known)
    known = _filled(bench, known, led)
    _tell_unused(bench, known, led)
    known, led = _kept(bench, known, led)
    was = Before(before).of(known.values())
    _tell_gone(bench, known, was)
    led = _in_order(known, led, was)
    return {"documents": [_document(bench, by)], **records(bench, known, led, was)}


def _whole(source: Standoff, by: Map) -> Standoff:
    """The source with discontinuous annotations as one node each."""
    joining = {label for label, role in by.edges.items() if role.name == "next"}
    edges = [replace(e, label=parts.NEXT) if e.label in joining else e for e in source.edges]
    return parts.join(replace(source, edges=tuple(edges))) if joining else source


def _document(bench: Bench, by: Map) -> Json:
    """The fields of the document; its sections are moved along with the text."""
    document = {**by.document, **bench.source.document}
    told = document.get("sections")
    moved = [_moved(bench, one) for one in told] if isinstance(told, list | tuple) else told
    return {**document, **({"sections": moved} if moved else {}), "text": bench.text}


def _moved(bench: Bench, section: Any) -> Any:
    """A section moved along with the text; what is none stays as it is, for the schema to tell."""
    match section:
        case {"start": int(start), "end": int(end)} if 0 <= start <= end <= len(bench.source.text):
            start, end = bench.settled.stretch(start, end)
            return {**section, "start": start, "end": end}
        case _:
            return section


def _filled(bench: Bench, known: Items, led: Links) -> Items:
    """The same, with the words that edges add to the content of quotes."""
    made = dict(known)
    for key, others in led.get("content", {}).items():
        added = [span for other in others for span in known[other].spans]
        made[key] = replace(known[key], spans=merged(bench.text, [*known[key].spans, *added]))
    return made


def _tell_unused(bench: Bench, known: Items, led: Links) -> None:
    """Count bare words that no edge uses."""
    used = {
        other
        for role in ("cue", "content")
        for keys in led.get(role, {}).values()
        for other in keys
    }
    for item in known.values():
        if not item.table and item.key not in used:
            kind = f"label {item.label} that no edge uses"
            bench.lost(kind, item.line, in_words(item.spans))


def _kept(bench: Bench, known: Items, led: Links) -> tuple[Items, Links]:
    """What is left without quotes and claims that stand nowhere, and links from and to them."""
    gone = {k for k, item in known.items() if item.table in ("quotes", "claims") and not item.spans}
    for key in gone:
        item = known[key]
        bench.lost(f"label {item.label} without words", item.line, key)
    left = {
        role: {
            key: [o for o in others if o not in gone]
            for key, others in pairs.items()
            if key not in gone
        }
        for role, pairs in led.items()
    }
    return {key: item for key, item in known.items() if key not in gone}, left


def _tell_gone(bench: Bench, known: Items, before: Before) -> None:
    """Count what quotes and claims lose with what is gone; the text may not be another."""
    if before and before.text != bench.text:
        pairs = enumerate(zip(before.text, bench.text, strict=False))
        at = next(
            (n for n, (was, now) in pairs if was != now), min(len(before.text), len(bench.text))
        )
        found, expected = bench.text[at:][:_SHOWN], before.text[at:][:_SHOWN]
        bench.wrong(0, f"{found!r} at {at} in the text, which is frozen, expected {expected!r}")
    there = {item.fields.get("id", "") for item in known.values()}
    for item in known.values():
        for role, name in before.references(item):
            if name not in there:
                kind = f"{role} that is gone"
                bench.lost(kind, item.line, f"{name} of {item.fields['id']}")


def _in_order(known: Items, led: Links, before: Before) -> Links:
    """The links with speakers and addressees in the order they had: some tools mix them."""
    ordered = {role: {key: list(others) for key, others in pairs.items()}
               for role, pairs in led.items()}  # fmt: skip
    for role in ("speaker", "addressee"):
        for key, others in ordered.get(role, {}).items():
            were = [name for one, name in before.references(known[key]) if one == role]
            places = {name: number for number, name in enumerate(were)}
            others.sort(key=lambda other: places.get(known[other].fields.get("id", ""), len(were)))
    return ordered
