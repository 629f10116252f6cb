"""How far two annotations of the same documents agree, and where they do not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..model import Article, Claim, Mention, Quote, Span
from .match import OVERLAP, claim_pairs, mention_pairs, overlap, quote_pairs, same_actors

MEASURES = {
    "mentions": "mentions with the same offsets",
    "mentions+actor": "... and the same actor, actors aligned by the mentions they share",
    "mentions+form": "... and the same form",
    "quotes": "quotes whose contents overlap by half (IoU >= 0.5)",
    "quotes+speaker": "... and whose speakers are the same actors",
    "quotes exact": "quotes with the same content",
    "claims": "claims whose contents overlap by half",
    "claims+labels": "... with the same kind, certainty and polarity",
    "claims exact": "claims with the same content",
    "claims exact+labels": "... and the same labels",
}
"""What is measured, and what counts as agreement."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many records two annotations have, and in how many they agree."""

    one: int = 0
    other: int = 0
    both: int = 0

    def __add__(self, more: "Count") -> "Count":
        return Count(self.one + more.one, self.other + more.other, self.both + more.both)

    @property
    def f1(self) -> float | None:
        """2 both / (one + other): the F1 of either against the other; None if neither has any."""
        total = self.one + self.other
        return 2 * self.both / total if total else None


class Difference(NamedTuple):
    """One disagreement in words: where, what the first has, what the second has."""

    document: str
    layer: str
    start: int
    words: str
    one: str
    other: str


def compare(one: Article, other: Article) -> tuple[dict[str, Count], list[Difference]]:
    """Counts for every measure, and every disagreement in the order of the text.

    Raises:
        ValueError: the two do not annotate the same text.
    """
    if one.document.text != other.document.text:
        raise ValueError(f"{one.document.id!r} has two different texts")
    comparison = _Comparison(one, other)
    return comparison.counts(), sorted(comparison.differences(), key=lambda d: (d.layer, d.start))


def total(counts: Iterable[dict[str, Count]]) -> dict[str, Count]:
    """The sums over several documents."""
    sums: dict[str, Count] = defaultdict(Count)
    for of_document in counts:
        for measure, count in of_document.items():
            sums[measure] += count
    return {measure: sums[measure] for measure in MEASURES}


def markdown(counts: dict[str, dict[str, Count]]) -> str:
    """F1 of every measure, one row a document and one for all, as a Markdown table."""
    rows = [[name, *map(_figure, row.values())] for name, row in counts.items()]
    if len(rows) > 1:
        rows.append(["all", *map(_figure, total(counts.values()).values())])
    head = [["document", *MEASURES], ["---", *["---:"] * len(MEASURES)]]
    return "\n".join(f"| {' | '.join(row)} |" for row in [*head, *rows])


class _Comparison:
    def __init__(self, one: Article, other: Article) -> None:
        self._one = one
        self._other = other
        self._actors = same_actors(one, other)
        self._mentions = mention_pairs(one, other)
        self._quotes = quote_pairs(one, other)
        self._claims = claim_pairs(one, other)

    def counts(self) -> dict[str, Count]:
        quotes = [(a, b) for a, b in self._quotes if overlap(a.content, b.content) >= OVERLAP]
        claims = [(a, b) for a, b in self._claims if overlap(a.content, b.content) >= OVERLAP]
        exact_claims = [(a, b) for a, b in claims if _bounds(a.content) == _bounds(b.content)]
        agreed = {
            "mentions": len(self._mentions),
            "mentions+actor": sum(self._same_actor(a, b) for a, b in self._mentions),
            "mentions+form": sum(a.form == b.form for a, b in self._mentions),
            "quotes": len(quotes),
            "quotes+speaker": sum(self._speakers(a) == self._translated(b) for a, b in quotes),
            "quotes exact": sum(_bounds(a.content) == _bounds(b.content) for a, b in quotes),
            "claims": len(claims),
            "claims+labels": sum(_labels(a) == _labels(b) for a, b in claims),
            "claims exact": len(exact_claims),
            "claims exact+labels": sum(_labels(a) == _labels(b) for a, b in exact_claims),
        }
        return {name: self._count(name.split("+")[0].split()[0], n) for name, n in agreed.items()}

    def differences(self) -> Iterator[Difference]:
        yield from self._mention_differences()
        yield from self._quote_differences()
        yield from self._claim_differences()

    def _count(self, table: str, both: int) -> Count:
        return Count(len(self._one.table(table)), len(self._other.table(table)), both)

    def _same_actor(self, one: Mention, other: Mention) -> bool:
        return one.actor == self._actors.get(other.actor)

    def _speakers(self, quote: Quote) -> set[str | None]:
        return set(_actors_of(self._one, quote))

    def _translated(self, quote: Quote) -> set[str | None]:
        return {self._actors.get(actor, f"?{actor}") for actor in _actors_of(self._other, quote)}

    def _mention_differences(self) -> Iterator[Difference]:
        for a, b in self._mentions:
            if not (self._same_actor(a, b) and a.form == b.form):
                yield self._difference("mentions", a, f"{a.actor} {a.form}", f"{b.actor} {b.form}")
        for side, missing in self._unpaired("mentions", self._mentions):
            shown = f"{missing.actor} {missing.form}"
            yield self._difference("mentions", missing, *_sides(side, shown))

    def _quote_differences(self) -> Iterator[Difference]:
        for a, b in self._quotes:
            told = [
                ("content", _words(a.content), _words(b.content)),
                ("cue", _words(a.cue), _words(b.cue)),
                ("form", a.form, b.form),
                ("speakers", _set(self._speakers(a)), _set(self._translated(b))),
                ("within another", _yes(a.within), _yes(b.within)),
            ]
            yield from self._told("quotes", a.content[0], told)
        for side, missing in self._unpaired("quotes", self._quotes):
            shown = f"{missing.form} {_words(missing.content)!r}"
            yield self._difference("quotes", missing.content[0], *_sides(side, shown))

    def _claim_differences(self) -> Iterator[Difference]:
        for a, b in self._claims:
            told = [
                ("content", _words(a.content), _words(b.content)),
                ("kind", a.kind, b.kind),
                ("certainty", a.certainty, b.certainty),
                ("polarity", a.polarity, b.polarity),
                ("in a quote", _yes(a.quote), _yes(b.quote)),
            ]
            yield from self._told("claims", a.content[0], told)
        for side, missing in self._unpaired("claims", self._claims):
            shown = f"{missing.kind} {_words(missing.content)!r}"
            yield self._difference("claims", missing.content[0], *_sides(side, shown))

    def _told(
        self, layer: str, place: Span, told: list[tuple[str, str, str]]
    ) -> Iterator[Difference]:
        unequal = [(name, a, b) for name, a, b in told if a != b]
        if unequal:
            one = "; ".join(f"{name} {a!r}" for name, a, _ in unequal)
            other = "; ".join(f"{name} {b!r}" for name, _, b in unequal)
            yield self._difference(layer, place, one, other)

    def _unpaired(self, table: str, found: list[tuple[Any, Any]]) -> Iterator[tuple[int, Any]]:
        """Records that only one side has, with the number of the side."""
        for side, article in enumerate((self._one, self._other)):
            paired = {pair[side].id for pair in found}
            for record in article.table(table):
                if record.id not in paired:
                    yield side, record

    def _difference(self, layer: str, place: Span | Mention, one: str, other: str) -> Difference:
        return Difference(self._one.document.id, layer, place.start, place.exact[:60], one, other)


def _actors_of(article: Article, quote: Quote) -> Iterator[str]:
    actors = {mention.id: mention.actor for mention in article.mentions}
    return (actors[name] for name in quote.speakers)


def _labels(claim: Claim) -> tuple[str, str, str]:
    return claim.kind, claim.certainty, claim.polarity


def _bounds(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def _words(spans: tuple[Span, ...]) -> str:
    return " … ".join(span.exact for span in spans)


def _yes(name: str | None) -> str:
    return "no" if name is None else "yes"


def _set(names: set[str | None]) -> str:
    return ", ".join(sorted(name or "?" for name in names)) or "nobody"


def _sides(side: int, shown: str) -> tuple[str, str]:
    return (shown, "-") if side == 0 else ("-", shown)


def _figure(count: Count) -> str:
    return "-" if count.f1 is None else f"{count.f1:.3f}"
