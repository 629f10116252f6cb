"""From standoff annotation to an article, by a map that says what its labels mean.

Nothing goes in silence: what has no place is counted as lost, what is not taken over as it stands
as changed. A document that went out of the corpus and comes back edited is read against what the
corpus has of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from ..losses import Losses
from ..model import Article, Span
from ..problem import Problem
from ..schema import Json
from . import parts
from .before import Before
from .cast import Cast
from .graph import Standoff
from .maps import Map
from .named import named
from .placed import Bench, spans
from .recast import recast
from .settle import parts as merged
from .settle import settled
from .targets import Targets
from .understood import Item, Items, Links, items, links

Tables = dict[str, list[Json]]
"""Records by table as JSON objects, without their `doc`; of `documents` there is one."""

_LABELS = {"mentions": ("form",), "quotes": ("form",), "claims": ("kind", "certainty", "polarity")}
_SHOWN = 30
"""Characters of a text that are told."""
_NO_ONE: Sequence[str] = ()


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
    if text.starts:
        losses.changed("text brought to normal form", source.path or source.name)
    bench = Bench(_whole(source, by), text, losses, problems, reanchor)
    known = items(bench, by)
    led = links(bench, by, known)
    known = _filled(bench, known, led)
    _tell_unused(bench, known, led)
    known, led = _kept(bench, known, led)
    was = Before(before).of(known.values())
    _tell_gone(bench, known, was)
    led = _in_order(known, led, was)
    return {"documents": [_document(bench, by)], **_records(bench, known, led, was)}


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
        made[key] = replace(known[key], spans=_merged(bench, [*known[key].spans, *added]))
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
            bench.losses.lost(kind, bench.where(item.line), _words(item.spans))


def _kept(bench: Bench, known: Items, led: Links) -> tuple[Items, Links]:
    """What is left without quotes and claims that stand nowhere, and links from and to them."""
    gone = {k for k, item in known.items() if item.table in ("quotes", "claims") and not item.spans}
    for key in gone:
        item = known[key]
        bench.losses.lost(f"{item.label} without words", bench.where(item.line), key)
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
                bench.losses.lost(kind, bench.where(item.line), f"{name} of {item.fields['id']}")


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


def _records(bench: Bench, known: Items, led: Links, before: Before) -> Tables:
    of = {table: _of(known, table) for table in _LABELS}
    pairs = [(key, o) for key, others in led.get("coreference", {}).items() for o in others]
    cast = Cast(bench, *recast(bench, of["mentions"], pairs, before))
    placed = [item for item in of["mentions"] if item.spans]
    ids = {
        **named(bench, "mentions", "m", placed, before),
        **named(bench, "quotes", "q", of["quotes"], before),
        **named(bench, "claims", "c", of["claims"], before),
    }
    targets = Targets(bench, known, led, cast, before)
    return {
        "actors": cast.records,
        "mentions": [_mention(bench, item, ids[item.key], cast) for item in placed],
        "quotes": [_quote(bench, item, ids, known, led) for item in of["quotes"]],
        "claims": [_claim(bench, item, ids, led, targets) for item in of["claims"]],
    }


def _of(known: Items, table: str) -> list[Item]:
    """The items of a table in order of the text, those without words at the end."""
    found = [item for item in known.values() if item.table == table]
    return sorted(found, key=lambda i: (i.spans[0].start, -i.spans[0].end) if i.spans else _LAST)


_LAST = (1 << 62, 0)


def _mention(bench: Bench, item: Item, name: str, cast: Cast) -> Json:
    """A mention has one span: of several the longest, of these the first."""
    if len(item.spans) > 1:
        kind = "mention cut to its longest part"
        bench.losses.changed(kind, bench.where(item.line), _words(item.spans))
    span = max(item.spans, key=lambda span: (span.end - span.start, -span.start))
    whole = msgspec.to_builtins(span)
    return {**_own(item, name), "actor": cast.slug(item.key), **whole}


def _quote(bench: Bench, item: Item, ids: Mapping[str, str], known: Items, led: Links) -> Json:
    cue = [span for key in _led(led, "cue", item) for span in known[key].spans]
    outer = _only(bench, led, "within", item)
    return {
        **_own(item, ids[item.key]),
        "speakers": list(_mentioned(bench, item, "speaker", ids, led)),
        "addressees": list(_mentioned(bench, item, "addressee", ids, led)),
        "cue": _plain(_merged(bench, cue)),
        "content": _plain(item.spans),
        "within": ids[outer] if outer else None,
    }


def _claim(bench: Bench, item: Item, ids: Mapping[str, str], led: Links, targets: Targets) -> Json:
    carrier = _only(bench, led, "quote", item)
    return {
        **_own(item, ids[item.key]),
        "quote": ids[carrier] if carrier else None,
        "targets": targets.of(item),
        "content": _plain(item.spans),
    }


def _own(item: Item, name: str) -> Json:
    """The fields that label and attributes give, and the id."""
    return {**dict.fromkeys(_LABELS[item.table], "unspecified"), **item.fields, "id": name}


def _mentioned(
    bench: Bench, item: Item, role: str, ids: Mapping[str, str], led: Links
) -> Iterator[str]:
    """Ids of the mentions that a role of a quote names."""
    for key in _led(led, role, item):
        if key in ids:
            yield ids[key]
        else:
            bench.losses.lost(f"{role} that is not mentioned", bench.where(item.line), key)


def _only(bench: Bench, led: Links, role: str, item: Item) -> str | None:
    first, *more = (*_led(led, role, item), None)
    for other in more[:-1]:
        bench.losses.lost(f"second edge {role}", bench.where(item.line), other or "")
    return first


def _led(led: Links, role: str, item: Item) -> Sequence[str]:
    return led.get(role, {}).get(item.key, _NO_ONE)


def _merged(bench: Bench, found: Iterable[Span]) -> tuple[Span, ...]:
    return spans(bench.text, merged(bench.text, [(span.start, span.end) for span in found]))


def _plain(found: Iterable[Span]) -> list[Json]:
    return [msgspec.to_builtins(span) for span in found]


def _words(found: Iterable[Span]) -> str:
    return " … ".join(span.exact for span in found)
