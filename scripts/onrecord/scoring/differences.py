"""Where two annotations of one document disagree, in words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from ..model import Actor, Article, Claim, Mention, Quote, Span
from .agreement import compared, speakers
from .match import claim_pairs, mention_pairs, quote_pairs, same_actors

R = TypeVar("R", Mention, Quote, Claim)

Told = Iterable[tuple[str, str | None, str | None]]
"""A field, and what either side has there."""


class Difference(NamedTuple):
    """One disagreement: its place in code points and words, and what each side has there.

    A side without such a record has None.
    """

    document: str
    table: str
    start: int
    words: str
    one: str | None
    other: str | None


def differences(one: Article, other: Article) -> list[Difference]:
    """Every disagreement in the layers that both annotate, by table in the order of the text."""
    parts = {"mentions": _layer_of_actors, "quotes": _quotes, "claims": _claims}
    return [
        difference
        for table in compared(one, other)
        for difference in sorted(parts[table](one, other), key=lambda d: (d.start, d.words))
    ]


def _layer_of_actors(one: Article, other: Article) -> Iterator[Difference]:
    yield from _mentions(one, other)
    yield from _actors(one, other)


def _mentions(one: Article, other: Article) -> Iterator[Difference]:
    matched, aligned = mention_pairs(one, other), same_actors(one, other)
    for a, b in matched:
        told = [("actor", a.actor, aligned.get(b.actor, f"?{b.actor}")), ("form", a.form, b.form)]
        yield from _unequal(one, "mentions", a, told)
    for side, missing in _unpaired(one.mentions, other.mentions, matched):
        yield _one_sided(one, "mentions", missing, side, f"{missing.actor} ({missing.form})")


def _actors(one: Article, other: Article) -> Iterator[Difference]:
    """Actors that both have, at their first mention."""
    here, there = ({actor.id: actor for actor in side.actors} for side in (one, other))
    first: dict[str, Mention] = {}
    for mention in sorted(one.mentions, key=lambda m: (m.start, m.end)):
        first.setdefault(mention.actor, mention)
    for slug_there, slug in same_actors(one, other).items():
        yield from _unequal(one, "actors", first[slug], _facts(here[slug], there[slug_there]))


def _facts(a: Actor, b: Actor) -> Told:
    return ((name, getattr(a, name), getattr(b, name)) for name in ("kind", "country", "sector"))


def _quotes(one: Article, other: Article) -> Iterator[Difference]:
    matched, spoken = quote_pairs(one, other), speakers(one, other)
    for a, b in matched:
        said, said_there = spoken(a, b)
        told = [
            ("content", _words(a.content), _words(b.content)),
            ("cue", _words(a.cue), _words(b.cue)),
            ("form", a.form, b.form),
            ("speakers", _names(said), _names(said_there)),
            ("within another", _yes(a.within), _yes(b.within)),
        ]
        yield from _unequal(one, "quotes", a.content[0], told)
    for side, missing in _unpaired(one.quotes, other.quotes, matched):
        shown = f"{missing.form} {_words(missing.content)!r}"
        yield _one_sided(one, "quotes", missing.content[0], side, shown)


def _claims(one: Article, other: Article) -> Iterator[Difference]:
    matched = claim_pairs(one, other)
    for a, b in matched:
        told = [
            ("content", _words(a.content), _words(b.content)),
            ("kind", a.kind, b.kind),
            ("certainty", a.certainty, b.certainty),
            ("polarity", a.polarity, b.polarity),
            ("in a quote", _yes(a.quote), _yes(b.quote)),
        ]
        yield from _unequal(one, "claims", a.content[0], told)
    for side, missing in _unpaired(one.claims, other.claims, matched):
        shown = f"{missing.kind} {_words(missing.content)!r}"
        yield _one_sided(one, "claims", missing.content[0], side, shown)


def _unequal(one: Article, table: str, place: Span | Mention, told: Told) -> Iterator[Difference]:
    unequal = [(name, a, b) for name, a, b in told if a != b]
    if unequal:
        shown = "; ".join(f"{name} {_value(a)}" for name, a, _ in unequal)
        other = "; ".join(f"{name} {_value(b)}" for name, _, b in unequal)
        yield _difference(one, table, place, shown, other)


def _unpaired(
    ones: Sequence[R], others: Sequence[R], matched: Iterable[tuple[R, R]]
) -> Iterator[tuple[int, R]]:
    """Records that only one side has, with the number of the side."""
    paired = list(matched)
    for side, records in enumerate((ones, others)):
        found = {pair[side].id for pair in paired}
        yield from ((side, record) for record in records if record.id not in found)


def _one_sided(
    one: Article, table: str, place: Span | Mention, side: int, shown: str
) -> Difference:
    sides = (shown, None) if side == 0 else (None, shown)
    return _difference(one, table, place, *sides)


def _difference(
    article: Article, table: str, place: Span | Mention, one: str | None, other: str | None
) -> Difference:
    return Difference(article.document.id, table, place.start, place.exact[:60], one, other)


def _value(value: str | None) -> str:
    return "-" if value is None else repr(value)


def _words(spans: Iterable[Span]) -> str:
    return " … ".join(span.exact for span in spans)


def _yes(name: str | None) -> str:
    return "no" if name is None else "yes"


def _names(actors: Iterable[str]) -> str:
    return ", ".join(sorted(actors)) or "nobody"
