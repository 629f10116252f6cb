"""Which of the places where words stand is meant, for all words of one kind at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from .lookup import Lookup, Stretch
from .subsequence import Choice, in_order

Stretches = tuple[Stretch, ...]

_INSIDE = 0.5
_FAR = 300
_BREAK = 200


def mention_places(lookup: Lookup, mentions: Sequence[tuple[str, bool]]) -> list[Stretch | None]:
    """A place of its own for each mention, given in text order as words and whether it is a name.

    Names seldom have names inside, so a place inside a longer name is taken only where the order
    asks for it. A mention out of order takes the free place nearest to those before it; None has
    who finds none.
    """
    names = {place for words, name in mentions if name for place in lookup.places(words)}
    inside = _inside(names)
    options = [
        [Choice(place, _INSIDE * inside(place)) for place in lookup.places(words)]
        for words, _ in mentions
    ]
    return _completed(in_order(options, distinct=True), options, distinct=True)


def content_places(
    lookup: Lookup, contents: Sequence[Sequence[str]], cost: Callable[[int, Stretches], float]
) -> list[Stretches]:
    """The parts of each content that can be found, given in text order; () where none can.

    `cost` is what speaks against parts of the content with that number, from 0 to less than 1.
    """
    arranged = [lookup.arrangements(parts) for parts in contents]
    costs = [[cost(n, parts) for parts in ways] for n, ways in enumerate(arranged)]
    options = [
        [Choice(parts[0], price) for parts, price in zip(ways, prices, strict=True)]
        for ways, prices in zip(arranged, costs, strict=True)
    ]
    chosen = _completed(in_order(options, distinct=False), options, distinct=False)
    return [
        next((parts for parts in ways if parts[0] == place), ())
        for ways, place in zip(arranged, chosen, strict=True)
    ]


def cue_places(
    lookup: Lookup, cues: Sequence[Sequence[str]], contents: Sequence[Stretches]
) -> list[Stretches]:
    """The parts of each cue that can be found, near the content of the same number.

    One place serves two cues only where there is no other.
    """
    pairs = sorted(
        (apart(lookup.text, parts, content), number, parts)
        for number, (cue, content) in enumerate(zip(cues, contents, strict=True))
        if content
        for parts in lookup.arrangements(cue)
    )
    found: dict[int, Stretches] = {}
    taken: set[Stretch] = set()
    for _, number, parts in pairs:
        if number not in found and parts[0] not in taken:
            found[number] = parts
            taken.add(parts[0])
    for _, number, parts in pairs:
        found.setdefault(number, parts)
    return [found.get(number, ()) for number in range(len(cues))]


def gap(one: Iterable[Stretch], other: Iterable[Stretch]) -> int:
    """How many characters lie between the nearest of two lists of stretches; 0 if they touch."""
    others = list(other)
    return min(max(0, c - b, a - d) for a, b in one for c, d in others)


def lies_in(inner: Iterable[Stretch], outer: Iterable[Stretch]) -> bool:
    """Whether each of some stretches lies in one of others."""
    outers = list(outer)
    return all(any(c <= a and b <= d for c, d in outers) for a, b in inner)


def nearness(lookup: Lookup, cue: Sequence[str], content: Stretches) -> float:
    """What speaks against a content because its cue is far: 0 to 0.3."""
    places = [place for words in cue[:1] for place in lookup.places(words)]
    return min(gap(places, content), _FAR) / 1000 if places else 0.0


def apart(text: str, cue: Stretches, content: Stretches) -> int:
    """How badly a cue fits a content: characters between; more in another paragraph, or inside."""
    between = gap(cue, content)
    start, end = min(cue[0][1], content[0][1]), max(cue[0][0], content[0][0])
    return between + _BREAK * ("\n" in text[start:end]) + 5 * _BREAK * lies_in(cue[:1], content)


def _inside(spans: Iterable[Stretch]) -> Callable[[Stretch], bool]:
    """Tells whether a stretch lies in a longer one of `spans`."""
    ends: dict[int, int] = {}
    for start, end in spans:
        ends[start] = max(end, ends.get(start, 0))
    starts = sorted(ends)
    reach = dict(zip(starts, accumulate((ends[start] for start in starts), max), strict=True))

    def inside(place: Stretch) -> bool:
        start, end = place
        before, until = bisect_left(starts, start), bisect_right(starts, start)
        return (before > 0 and reach[starts[before - 1]] >= end) or (
            until > 0 and reach[starts[until - 1]] > end
        )

    return inside


def _completed(
    chosen: Sequence[Stretch | None], options: Sequence[Sequence[Choice]], *, distinct: bool
) -> list[Stretch | None]:
    """What was chosen, and for the rest the cheapest free place nearest to the one before."""
    taken = set(chosen) if distinct else set()
    found: list[Stretch | None] = []
    last = 0
    for given, choices in zip(chosen, options, strict=True):
        free = (choice for choice in choices if choice.place not in taken)
        near = min(free, key=lambda c: (c.cost, abs(c.place[0] - last)), default=None)
        place = given or (near.place if near else None)
        if distinct:
            taken.add(place)
        last = place[0] if place else last
        found.append(place)
    return found
