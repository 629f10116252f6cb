"""Spans over words in the bracket notation of CorefUD: `(a` opens one, `a)` closes it, `(a)` both.

The part of a discontinuous one has its number and their count behind the name: `(a[1/2]`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from ...standoff.graph import Stretch


@dataclass(frozen=True, slots=True)
class Bracketed:
    """One span, or one part of it: the numbers of its first and last word, and what it is called.

    `name` stands at both brackets, `more` at the opening one alone.
    """

    first: int
    last: int
    name: str
    more: str = ""


def parts(words: Sequence[Stretch], name: str, more: str = "") -> list[Bracketed]:
    """The parts of one annotation, each given by its first and last word."""
    if len(words) == 1:
        return [Bracketed(*words[0], name, more)]
    return [
        Bracketed(first, last, f"{name}[{number}/{len(words)}]", more)
        for number, (first, last) in enumerate(words, start=1)
    ]


def brackets(spans: Iterable[Bracketed]) -> Mapping[int, str]:
    """The brackets at each word that has any.

    CorefUD wants the longest opened first, the last opened closed first, closing brackets before
    opening ones, and single words before the former or after the latter.
    """
    ordered = sorted(spans, key=lambda span: (span.first, -span.last))
    closing: dict[int, list[tuple[int, str]]] = defaultdict(list)
    opening: dict[int, str] = defaultdict(str)
    single: dict[int, str] = defaultdict(str)
    for span, number in zip(ordered, count()):
        if span.first == span.last:
            single[span.first] += f"({span.name}{span.more})"
        else:
            opening[span.first] += f"({span.name}{span.more}"
            closing[span.last].append((-number, f"{span.name})"))
    found: dict[int, str] = {}
    for at in sorted({*closing, *opening, *single}):
        closed = "".join(text for _, text in sorted(closing.get(at, [])))
        opened, alone = opening.get(at, ""), single.get(at, "")
        found[at] = closed + opened + alone if opened else alone + closed
    return found
