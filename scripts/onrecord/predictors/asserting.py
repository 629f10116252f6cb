"""What is asserted: clauses outside and inside quotes, each with its kind."""

from collections.abc import Iterator, Sequence

import regex

from ..model import Document
from ..segment import Stretch
from .lexicon import Lexicon
from .quotations import Quotation
from .spans import Typed

_FINAL = ".,;:!?…。！？ \n\u2028"
_ASKS = ("?", "？", "؟")
_SPLIT = regex.compile(
    r";\s+|(?:,\s+(?:and|but|so|while|yet)\s+|\s+and\s+|\s+but\s+|,\s+)(?=(?P<word>[\p{L}’']+)\s)"
)
_WEAK = regex.compile(r"\s+(?:and|but)\s+|,\s+")
_OPEN = "“‘\"'«„‚「『‹"


class Asserting:
    """The claims of one document, whose contents and cues are known.

    A claim of the article is what a sentence has outside the contents and their frames; inside a
    content every sentence is one. Sentences are parted at semicolons, before coordinated clauses
    with a subject of their own, and around relative clauses.
    """

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Stretch],
        contents: Sequence[Typed],
        cues: Sequence[Typed],
        quotations: Sequence[Quotation],
        words: Lexicon,
    ) -> None:
        self._text = document.text
        self._sentences = sentences
        self._contents = contents
        self._cues = cues
        self._quotations = quotations
        self._words = words
        self._silent = [s for s in document.sections if s.role in ("dateline", "byline")]

    def spans(self) -> Iterator[Typed]:
        """The claims, typed by kind."""
        for start, end in self._sentences:
            if any(s.start <= start < s.end for s in self._silent):
                continue
            for at, stop in self._outside(start, end):
                yield from self._clauses(at, stop, "")
        for content in self._contents:
            cue = self._cue_of(content)
            for at, stop in self._inside(content):
                yield from self._clauses(at, stop, cue)

    def _outside(self, start: int, end: int) -> Iterator[Stretch]:
        """What is left of a sentence: all of it, or clauses beside the frame of a quote."""
        taken = [c for c in self._contents if c.start < end and start < c.end]
        cued = [c for c in self._cues if start <= c.start < end]
        if not taken and not cued:
            yield start, end
        elif not taken or not cued:
            return
        else:
            edge = min(c.start for c in [*taken, *cued])
            before = self._text[start:edge]
            match = regex.search(r"(?:;|,\s+(?:and|but)\b|\s(?:and|but))\s[^;]{0,60}$", before)
            if match and before[: match.start()].count(" ") > 3:
                yield start, start + match.start()

    def _inside(self, content: Typed) -> Iterator[Stretch]:
        """The sentences of a content, without the marks where one pair encloses all of it."""
        start, end = content.start, content.end
        for quotation in self._quotations:
            if (quotation.start, quotation.end) == (start, end):
                start += 1
                end -= self._text[end - 1] in "”’\"'»“‘«」』›‹"
        stops = [
            m.end()
            for m in regex.finditer(
                r"[.!?…]+[”’\"']?(?=\s+[\p{Lu}“\"'‘])|[。！？]", self._text, pos=start, endpos=end
            )
        ]
        stops = [
            s
            for s in stops
            if not regex.search(
                r"\b(?:Mr|Mrs|Ms|Dr|St|\p{Lu}|a\.m|p\.m|[Nn]o)\.$",
                self._text[max(start, s - 5) : s],
            )
        ]
        for at, stop in zip([start, *stops], [*stops, end], strict=True):
            if not self._text[at:stop].rstrip("”’\"'» ").endswith(_ASKS):
                yield at, stop

    def _clauses(self, start: int, end: int, cue: str) -> Iterator[Typed]:
        """A stretch parted into clauses, each with its kind."""
        at = start
        for match in _SPLIT.finditer(self._text, start, end):
            if self._parts(match, at, end):
                yield from self._claim(at, match.start(), cue)
                at = match.end()
        yield from self._claim(at, end, cue)

    def _parts(self, match: "regex.Match[str]", start: int, end: int) -> bool:
        """Whether a new clause with its own subject begins behind the match."""
        if self._is_quoted(match.start(), start, end):
            return False
        if match[0].startswith(";"):
            return True
        word = match["word"].lower()
        if match.start() - start < 12 or end - match.end() < 8:
            return False
        if match[0].strip() == ",":
            return word in ("which", "who", "whose") and not self._returns(match.end(), end)
        rest = self._text[match.end() : end]
        if word in ("he", "she", "it", "they", "we", "i", "there", "you", "nobody", "nothing"):
            return True
        strong = match[0].startswith(",")
        subject = word in self._words("asserting", "subjects") or rest[:1].isupper()
        verb = regex.match(
            r"(?:[\p{L}’'-]+\s){1,5}(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|\p{Ll}{3,}ed|went|gave|said|took|came|told|rose|fell|made|put|held|left|lost|won)\b",
            rest,
        )
        return bool(strong and subject and verb)

    def _returns(self, start: int, end: int) -> bool:
        """Whether the main clause goes on behind a relative one."""
        return self._text.find(", ", start, end) >= 0

    def _is_quoted(self, at: int, start: int, end: int) -> bool:
        """Whether an offset lies in marks that stand within a stretch."""
        return any(
            start <= q.start < at < q.end <= end and (q.start > start or q.end < end)
            for q in self._quotations
        )

    def _claim(self, start: int, end: int, cue: str) -> Iterator[Typed]:
        while start < end and self._text[start].isspace():
            start += 1
        for word in self._words("asserting", "leading"):
            if self._text[start : start + len(word) + 1].lower() == f"{word} ":
                start += len(word) + 1
                break
        while start < end and self._text[end - 1] in _FINAL:
            end -= 1
        if (
            self._text.count(" ", start, end) > 1
            or (start < end and cue)
            or (start < end and not self._words.lists)
        ):
            yield Typed(start, end, self._kind(self._text[start:end], cue))

    def _cue_of(self, content: Typed) -> str:
        near = min(
            self._cues,
            key=lambda cue: max(cue.start - content.end, content.start - cue.end),
            default=None,
        )
        return self._text[near.start : near.end].lower() if near else "-"

    def _kind(self, claim: str, cue: str) -> str:
        """The first kind that the words of a claim or its cue speak for."""
        found = set(regex.findall(r"[\p{L}’']+", claim.lower()))
        listed = self._words
        if (
            found & listed("asserting", "demand")
            or cue in listed("asserting", "demand_cues")
            or cue.endswith(" for")
        ):
            return "demand"
        if found & listed("asserting", "intention"):
            return "prediction" if cue in listed("asserting", "prediction_cues") else "intention"
        if found & listed("asserting", "accusation"):
            return "accusation"
        if found & listed("asserting", "evaluation"):
            return "evaluation"
        return "fact"
