"""From standoff annotation to an article, by a map that says what its labels mean.

Nothing goes in silence: what has no place is counted as lost, what is not taken over as it stands
as changed. Ids that the source does not give, or gives twice, are numbered in order of the text; in
a document that went out of the corpus and comes back they are minted, always the same for the same
annotation, and none is ever used again.
"""

import random
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from ..ids import mint, numbered
from ..losses import Losses
from ..model import Article, Span
from ..problem import Problem
from ..schema import Json, table_schema
from . import parts
from .before import Before, place
from .cast import Cast
from .graph import Standoff
from .items import Item, Items, Links, items, links
from .maps import Map
from .place import Bench, spans
from .recast import recast
from .settle import parts as merged
from .settle import settled

Tables = dict[str, list[Json]]
"""Records by table as JSON objects, without their `doc`; of `documents` there is one."""

_LABELS = {"mentions": ("form",), "quotes": ("form",), "claims": ("kind", "certainty", "polarity")}
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
    """Count what the text has become, and what quotes and claims lose with what is gone."""
    if before and before.text != bench.text:
        bench.losses.changed("text that is not that of the corpus", bench.where(0))
    there = {item.fields.get("id", "") for item in known.values()}
    for item in known.values():
        for role, name in before.references(item):
            if name not in there:
                kind = f"{role} that is gone"
                bench.losses.lost(kind, bench.where(item.line), f"{name} of {item.fields['id']}")


def _records(bench: Bench, known: Items, led: Links, before: Before) -> Tables:
    of = {table: _of(known, table) for table in _LABELS}
    pairs = [(key, o) for key, others in led.get("coreference", {}).items() for o in others]
    cast = Cast(bench, *recast(bench, of["mentions"], pairs, before))
    placed = [item for item in of["mentions"] if item.spans]
    ids = {
        **_ids(bench, "mentions", "m", placed, before),
        **_ids(bench, "quotes", "q", of["quotes"], before),
        **_ids(bench, "claims", "c", of["claims"], before),
    }
    targets = _Targets(bench, known, led, cast, before)
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


def _ids(
    bench: Bench, table: str, letter: str, of: Sequence[Item], before: Before
) -> dict[str, str]:
    """An id for each item: its own if it can be one and has no owner yet, else a new one.

    New is a number, or, where the document was in the corpus before, the id of the record that
    stood there, else one that no record had.
    """
    pattern = re.compile(table_schema(table)["properties"]["id"]["pattern"])
    given: dict[str, str] = {}
    taken: set[str] = set()
    for item in of:
        name = item.fields.get("id", "")
        if pattern.fullmatch(name) and name not in taken:
            given[item.key] = name
            taken.add(name)
        elif name:
            bench.losses.changed(f"id of {table}", bench.where(item.line), name)
    free = (name for n in range(1, 10**9) if (name := numbered(letter, n)) not in taken)
    stood = {where: name for where, name in before.places(table) if name not in taken}
    taken |= {name for _, name in before.places(table)}
    for item in of:
        if item.key not in given and before:
            given[item.key] = stood.pop(place(item.spans), "") or _minted(letter, item, taken)
            taken.add(given[item.key])
    return {item.key: given.get(item.key) or next(free) for item in of}


def _minted(letter: str, item: Item, taken: Container[str]) -> str:
    """A new id, drawn by where and what the item is: who reads it again gets the same."""
    return mint(letter, taken, random.Random(f"{item.label} {place(item.spans)}").choice)


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


def _claim(
    bench: Bench, item: Item, ids: Mapping[str, str], led: Links, targets: "_Targets"
) -> Json:
    carrier = _only(bench, led, "quote", item)
    return {
        **_own(item, ids[item.key]),
        "quote": ids[carrier] if carrier else None,
        "targets": targets.of(item),
        "content": _plain(item.spans),
    }


class _Targets:
    """The actors whom claims are about.

    Exports link a claim to the first mention of a target, but mean the actor: it stays the target
    where that mention is deleted, or is now of another.
    """

    def __init__(self, bench: Bench, known: Items, led: Links, cast: Cast, before: Before) -> None:
        self._bench, self._led, self._cast, self._before = bench, led, cast, before
        self._names = {key: item.fields.get("id", "") for key, item in known.items()}
        self._there = set(self._names.values())

    def of(self, item: Item) -> list[str]:
        """Ids of the actors."""
        told = self._before.targets(item)
        first = {actor: self._before.chains[actor][0] for actor in told
                 if actor in self._before.chains}  # fmt: skip
        meant = {name: actor for actor, name in first.items()}
        found = [
            self._cast.by_id.get(meant.get(self._names[key], "")) or self._cast.slug(key)
            for key in _led(self._led, "target", item)
        ]
        for number, actor in enumerate(told):
            slug = self._cast.by_id.get(actor, actor)
            if first.get(actor, "") in self._there or slug in found or actor not in first:
                continue
            where = self._bench.where(item.line)
            if actor in self._cast.by_id:
                found.insert(number, slug)
                self._bench.losses.changed("target whose first mention is gone", where, actor)
            else:
                self._bench.losses.lost("target that is gone", where, actor)
        return list(dict.fromkeys(found))


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
