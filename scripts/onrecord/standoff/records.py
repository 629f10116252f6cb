"""Records of the nodes and edges of a source, once it is known what these are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from ..model import Span
from ..schema import Json, unclear_fields
from .before import Before
from .cast import Cast
from .items import Item, Items, Links
from .named import named
from .place import Bench, in_words, merged
from .recast import recast
from .targets import Targets

Tables = dict[str, list[Json]]
"""Records by table as JSON objects, without their `doc`; of `documents` there is one."""

_NO_ONE: Sequence[str] = ()
_LAST = (1 << 62, 0)
"""Behind every place in a text."""


def records(bench: Bench, known: Items, led: Links, before: Before) -> Tables:
    """The records of every table but `documents`; references lead to records that are there.

    `before` is what the document was in the corpus, if it comes back.
    """
    of = {table: _of(known, table) for table in ("mentions", "quotes", "claims")}
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


def _mention(bench: Bench, item: Item, name: str, cast: Cast) -> Json:
    """A mention has one span: of several the longest, of these the first."""
    if len(item.spans) > 1:
        kind = "mention cut to its longest part"
        bench.changed(kind, item.line, in_words(item.spans))
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
        "cue": _as_json(merged(bench.text, cue)),
        "content": _as_json(item.spans),
        "within": ids[outer] if outer else None,
    }


def _claim(bench: Bench, item: Item, ids: Mapping[str, str], led: Links, about: Targets) -> Json:
    carrier = _only(bench, led, "quote", item)
    return {
        **_own(item, ids[item.key]),
        "quote": ids[carrier] if carrier else None,
        "targets": about.of(item),
        "content": _as_json(item.spans),
    }


def _own(item: Item, name: str) -> Json:
    """The fields that label and attributes give, and the id."""
    return {**dict.fromkeys(unclear_fields(item.table), "unspecified"), **item.fields, "id": name}


def _mentioned(
    bench: Bench, item: Item, role: str, ids: Mapping[str, str], led: Links
) -> Iterator[str]:
    """Ids of the mentions that a role of a quote names."""
    for key in _led(led, role, item):
        if key in ids:
            yield ids[key]
        else:
            bench.lost(f"{role} that is not mentioned", item.line, key)


def _only(bench: Bench, led: Links, role: str, item: Item) -> str | None:
    """What an edge of a role leads to, which has but one: the first."""
    found = _led(led, role, item)
    for other in found[1:]:
        bench.lost(f"second edge {role}", item.line, other)
    return found[0] if found else None


def _led(led: Links, role: str, item: Item) -> Sequence[str]:
    return led.get(role, {}).get(item.key, _NO_ONE)


def _as_json(found: Iterable[Span]) -> list[Json]:
    return [msgspec.to_builtins(span) for span in found]
