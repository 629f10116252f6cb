"""What is reported as said: the contents of quotes, by quotation marks, cues and "that"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from ...model import Section
from ..flat import Typed
from ..overlaps import Overlaps
from .complements import Complements
from .cues import Cues, is_followed
from .frames import LONGEST, Frames
from .quotations import Quotation
from .reading import Reading
from .sentence import Sentence

_BEFORE = 100
"""Characters between quoted words and the cue behind them, less than."""
_SHORT = 30
"""Characters of a speaker between a cue and quoted words, less than."""
_NEAR = 40
"""Characters before a nested quotation in which its cue stands."""
_PARTED = regex.compile(r"[;:.]\s|\bthat\b")
_NO_SPEECH = regex.compile(r";|\bthat\b|\bas\b")
_NEXT_PART = regex.compile(r"[^,;]{0,60},\s+(?=(\w+)\s)")
_NOTHING: Overlaps[Quotation] = Overlaps(())


@dataclass(frozen=True)
class Reported:
    """The contents with their forms and the cues of a text, as they are found."""

    contents: list[Typed] = field(default_factory=list)
    cues: list[Typed] = field(default_factory=list)


def reported(reading: Reading) -> Reported:
    """What a document reports.

    Without word lists every quotation of some length is direct speech, and no cue is found.
    """
    found = Reported()
    cues, frames = Cues(reading.text, reading.words), Frames(reading.text, reading.words)
    for start, end in reading.sentences:
        _Reporting(Sentence(reading, start, end), cues, frames, found).read()
    for section in reading.document.sections:
        if section.role == "headline":
            _headline(reading.text, section, found)
    for quotation in reading.quotations:
        if quotation.depth == 1:
            _nested(cues, quotation, found)
    return found


class _Reporting:
    """One sentence that is searched for what it reports."""

    def __init__(self, sentence: Sentence, cues: Cues, frames: Frames, found: Reported) -> None:
        self._sentence = sentence
        self._text = sentence.text
        self._cues = cues
        self._frames = frames
        self._complements = Complements(sentence, cues)
        self._found = found
        self._is_first = True
        self._covered: set[Quotation] = set()

    def read(self) -> None:
        """Add what the sentence reports."""
        sentence = self._sentence
        cues = list(self._cues.find((sentence.start, sentence.end), sentence.overlaps))
        limits = [*(cue.start for cue in cues[1:]), sentence.end]
        for cue, limit in zip(cues, limits, strict=False):
            contents = self._contents(cue, limit)
            for content in contents:
                self._add(content)
            if contents:
                self._found.cues.append(cue)
        for quotation in sentence.quoted:
            alone = not cues or quotation.start == sentence.start
            if alone and self._is_free_speech(quotation):
                self._add(Typed(quotation.start, quotation.end, "direct"))

    def _contents(self, cue: Typed, limit: int) -> list[Typed]:
        """What belongs to one cue: quoted words beside it, a clause behind or before it."""
        word = self._text[cue.start : cue.end].lower()
        found = list(self._speech(cue, limit))
        if not is_followed(word):
            inverted = any(not self._text[q.end : cue.start].strip(" ,") for q in found)
            behind = self._complements.behind(cue, limit, inverted=inverted)
            if behind is not None and not _overlaps(behind, found):
                found.append(behind)
        if not any(part.start >= cue.end for part in found):
            before = self._before(cue, word)
            if before is not None and not _overlaps(before, found):
                found = [before, *found, *self._resumed(cue, word)]
        return found

    def _speech(self, cue: Typed, limit: int) -> Iterator[Typed]:
        """Quoted words that a comma, a colon or nothing but the speaker parts from the cue."""
        past = max(limit, cue.end + LONGEST)
        for quotation in self._sentence.quoted_between(cue.start - _BEFORE, past):
            start, end, _ = quotation
            if end <= cue.start:
                near = not _PARTED.search(self._text[end : cue.start])
            else:
                near = _introduces(self._text[cue.end : start])
            if near and self._is_free_speech(quotation):
                yield Typed(start, end, "direct")

    def _before(self, cue: Typed, word: str) -> Typed | None:
        """A clause before the cue."""
        listed = self._is_first and self._cues.is_listed(word, "plain", "other")
        if not listed and not is_followed(word):
            return None
        start = self._sentence.start
        end = self._frames.clause_before(cue, start, self._sentence.end)
        return None if end is None else self._sentence.content(start, end)

    def _resumed(self, cue: Typed, word: str) -> Iterator[Typed]:
        """What goes on behind the frame: "..., Ms Roe added, and no oil was spilled"."""
        match = _NEXT_PART.match(self._text, cue.end, self._sentence.end)
        if match and not is_followed(word):
            opens = match[1] in self._sentence.words("reporting", "clause_openers")
            part = self._sentence.content(match.end(), self._sentence.end)
            if opens and part is not None:
                yield part

    def _is_free_speech(self, quotation: Quotation) -> bool:
        """Whether a quotation is direct speech that is in no content yet."""
        return quotation not in self._covered and self._sentence.is_speech(quotation)

    def _add(self, content: Typed) -> None:
        self._found.contents.append(content)
        self._is_first = False
        start, end, _ = content
        touched = self._sentence.quoted_between(start, end)
        self._covered.update(q for q in touched if start <= q.start and q.end <= end)


def _introduces(gap: str) -> bool:
    """Whether what stands between a cue and quoted words lets the words be direct speech."""
    beside = gap.rstrip().endswith((",", ":")) or (len(gap) < _SHORT and gap.endswith(" "))
    return beside and not _NO_SPEECH.search(gap)


def _headline(text: str, section: Section, found: Reported) -> None:
    """A headline in which a colon stands between speaker and content."""
    head, colon, content = text[section.start : section.end].partition(": ")
    tokens = head.split()
    at = section.start + len(head)
    taken = any(part.start < section.end and at <= part.end for part in found.contents)
    if content and not taken and 0 < len(tokens) < 5 and all(t[0].isupper() for t in tokens):
        form = "direct" if content[0] in "“‘'\"«„" else "indirect"
        found.contents.append(Typed(at + len(colon), section.end, form))
        found.cues.append(Typed(at, at + 1, "cue"))


def _nested(cues: Cues, quotation: Quotation, found: Reported) -> None:
    """A quotation inside another, where a cue stands shortly before it."""
    start, end, _ = quotation
    near = list(cues.find((max(start - _NEAR, 0), start), _NOTHING))
    if near:
        found.contents.append(Typed(start, end, "direct"))
        found.cues.append(near[-1])


def _overlaps(one: Typed, others: Sequence[Typed]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)
