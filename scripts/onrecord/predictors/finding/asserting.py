"""What is asserted: the claims of the article outside quotes, and those inside them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from ...segment import Stretch
from ..flat import Typed
from ..lexicon import Lexicon
from ..overlaps import Overlaps
from .clauses import Clauses, bare
from .reading import Reading
from .reporting import Reported

_SENTENCE_END = regex.compile(r"[.!?…]+[”’\"']?(?=\s+[\p{Lu}“\"'‘])|[。！？]")
_NO_END = regex.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|\p{Lu}|a\.m|p\.m|[Nn]o)\.$")
_BESIDE = regex.compile(r"(?:;|,\s+(?:and|but)\b|\s(?:and|but))\s[^;]{0,60}$")
_CLOSING = "”’\"'»“‘«」』›‹＂"
_ASKS = ("?", "？", "؟")


def asserted(reading: Reading, told: Reported) -> Iterator[Typed]:
    """The claims of a document, typed by kind.

    A claim of the article is what a sentence has outside the contents and their frames; inside a
    content every sentence makes one, but questions. Datelines and bylines make none.
    """
    clauses, cues = Clauses(reading), _Cues(reading.text, told.cues)
    contents = Overlaps(told.contents)
    for sentence in reading.sentences:
        if reading.role(sentence[0]) not in ("dateline", "byline"):
            for stretch in _outside(reading.text, sentence, contents, cues):
                for start, end in _bare(reading, clauses, stretch):
                    if reading.text.count(" ", start, end) > 1 or not reading.words.lists:
                        yield from _claim(reading, start, end, "")
    enclosed = {quotation[:2] for quotation in reading.quotations}
    for content in told.contents:
        cue = cues.nearest(content)
        for stretch in _inside(reading.text, content, is_quotation=content[:2] in enclosed):
            for start, end in _bare(reading, clauses, stretch):
                yield from _claim(reading, start, end, cue)


def kind(claim: str, cue: str, words: Lexicon) -> str:
    """The first kind that the words of a claim or its cue speak for."""
    found = set(regex.findall(r"[\p{L}’']+", claim.lower()))

    def told(name: str) -> bool:
        return not found.isdisjoint(words("asserting", name))

    if told("demand") or cue in words("asserting", "demand_cues") or cue.endswith(" for"):
        return "demand"
    if told("intention"):
        predicts = cue in words("asserting", "prediction_cues")
        return "prediction" if predicts else "intention"
    return next((name for name in ("accusation", "evaluation") if told(name)), "fact")


def _bare(reading: Reading, clauses: Clauses, stretch: Stretch) -> Iterator[Stretch]:
    """The clauses of a stretch without what stands around them."""
    return (bare(reading, *clause) for clause in clauses.parted(*stretch))


def _claim(reading: Reading, start: int, end: int, cue: str) -> Iterator[Typed]:
    if start < end:
        yield Typed(start, end, kind(reading.text[start:end], cue, reading.words))


def _outside(
    text: str, sentence: Stretch, contents: Overlaps[Typed], cues: "_Cues"
) -> Iterator[Stretch]:
    """What is left of a sentence: all of it, or clauses before the frame of a quote."""
    start, end = sentence
    taken = [part.start for part in contents.overlapping(start, end)]
    framing = [cue.start for cue in cues.starting(start, end)]
    if not taken and not framing:
        yield start, end
    elif taken and framing:
        match = _BESIDE.search(text[start : min(taken + framing)])
        if match and text.count(" ", start, start + match.start()) > 3:
            yield start, start + match.start()


def _inside(text: str, content: Typed, *, is_quotation: bool) -> Iterator[Stretch]:
    """The sentences of a content that assert, without marks that enclose all of it."""
    start, end, _ = content
    if is_quotation:
        start, end = start + 1, end - (text[end - 1] in _CLOSING)
    stops = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    stops = [stop for stop in stops if not _NO_END.search(text, max(start, stop - 5), stop)]
    for at, stop in zip([start, *stops], [*stops, end], strict=True):
        if not text[at:stop].rstrip(_CLOSING + " ").endswith(_ASKS):
            yield at, stop


class _Cues:
    """The cues of one text by offset."""

    def __init__(self, text: str, cues: Sequence[Typed]) -> None:
        self._text = text
        self._order = {cue: -at for at, cue in enumerate(reversed(cues))}
        self._overlaps = Overlaps(cues)
        self._by_end = sorted(cues, key=lambda cue: (cue.end, -self._order[cue]))

    def starting(self, first: int, past: int) -> Sequence[Typed]:
        """Those that start at `first` or later, before `past`."""
        return self._overlaps.starting(first, past)

    def nearest(self, content: Typed) -> str:
        """The words of the cue that stands nearest to a content, in lower case."""
        before = bisect_right(self._by_end, content.start, key=_end)
        near = [
            *self._by_end[max(before - 1, 0) : before],
            *self._overlaps.overlapping(content.start, content.end),
            *self._overlaps.first_behind(content.end),
        ]

        def distance(cue: Typed) -> tuple[int, int]:
            return max(cue.start - content.end, content.start - cue.end), self._order[cue]

        cue = min(near, key=distance, default=None)
        return self._text[cue.start : cue.end].lower() if cue else ""


def _end(span: Typed) -> int:
    return span.end
