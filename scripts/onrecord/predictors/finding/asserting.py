"""What is asserted: the claims of the article outside quotes, and those inside them."""

from collections.abc import Iterator

import regex

from ..flat import Typed
from ..lexicon import Lexicon
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
    clauses = Clauses(reading)
    silent = [s for s in reading.document.sections if s.role in ("dateline", "byline")]
    for start, end in reading.sentences:
        if not any(s.start <= start < s.end for s in silent):
            for at, stop in _outside(reading.text, start, end, told):
                for clause in clauses.parted(at, stop):
                    first, last = bare(reading, *clause)
                    if reading.text.count(" ", first, last) > 1 or not reading.words.lists:
                        yield from _claim(reading, first, last, "")
    for content in told.contents:
        cue = _cue_of(reading.text, content, told)
        for at, stop in _inside(reading, content):
            for clause in clauses.parted(at, stop):
                yield from _claim(reading, *bare(reading, *clause), cue)


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


def _claim(reading: Reading, start: int, end: int, cue: str) -> Iterator[Typed]:
    if start < end:
        yield Typed(start, end, kind(reading.text[start:end], cue, reading.words))


def _outside(text: str, start: int, end: int, told: Reported) -> Iterator[tuple[int, int]]:
    """What is left of a sentence: all of it, or clauses before the frame of a quote."""
    taken = [part for part in told.contents if part.start < end and start < part.end]
    cues = [cue for cue in told.cues if start <= cue.start < end]
    if not taken and not cues:
        yield start, end
    elif taken and cues:
        edge = min(part.start for part in [*taken, *cues])
        match = _BESIDE.search(text[start:edge])
        if match and text.count(" ", start, start + match.start()) > 3:
            yield start, start + match.start()


def _inside(reading: Reading, content: Typed) -> Iterator[tuple[int, int]]:
    """The sentences of a content that assert, without marks that enclose all of it."""
    text, start, end = reading.text, content.start, content.end
    if any((q.start, q.end) == (start, end) for q in reading.quotations):
        start, end = start + 1, end - (text[end - 1] in _CLOSING)
    stops = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    stops = [stop for stop in stops if not _NO_END.search(text, max(start, stop - 5), stop)]
    for at, stop in zip([start, *stops], [*stops, end], strict=True):
        if not text[at:stop].rstrip(_CLOSING + " ").endswith(_ASKS):
            yield at, stop


def _cue_of(text: str, content: Typed, told: Reported) -> str:
    """The words of the cue that stands nearest to a content."""
    near = min(
        told.cues,
        key=lambda cue: max(cue.start - content.end, content.start - cue.end),
        default=None,
    )
    return text[near.start : near.end].lower() if near else ""
