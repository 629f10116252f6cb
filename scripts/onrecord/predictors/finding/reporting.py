"""What is reported as said: the contents of quotes, by quotation marks, cues and "that"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from ... import marks
from ...model import Section
from ...segment import Stretch
from ..flat import Typed
from .cues import Cues, first_word, is_followed
from .frames import FINAL, LONGEST, VERB, Frames
from .quotations import Quotation
from .reading import Reading

_THAT = regex.compile(r"(?:\s+(?!that\b)[^\s,;:.“\"]+){0,7}?,?\s+(?=that\s)")
_ADDRESSEE = regex.compile(
    r"\s+(?:him|her|them|us|me|you|it|reporters|(?:the\s)?\p{Lu}[\w’'-]*(?:\s\p{Lu}[\w’'-]*)*"
    r"|(?:the|a|an|his|her|their|its|my|our)\s\w+)"
)
_CLAUSE = regex.compile(r"\s+(?=[\w“\"‘'])")
_NO_CLAUSE = regex.compile(
    r"\s+(?:on|in|at|to|of|by|for|from|as|with|during|after|before|about|last|earlier|later"
    r"|yesterday|today|and|or|but|so|nothing|again|when|while|this|through|over|under)\b"
)
_ABBREVIATED = regex.compile(r"\b[ap]\.m\.$")
_AND_FRAME = regex.compile(r",?\s+(?:and|but|while)\s[^,.]{0,60}$")
_LAST_PART = regex.compile(r",\s[^,.]{0,50}$")
_NEW_FRAME = regex.compile(r"\w+\s(?:that|to|for|it|he|she|the|“|\")")
_PARTICIPLE = regex.compile(r"\w+ing\b|according\b")
_NEXT_PART = regex.compile(r"[^,;]{0,60},\s+(?=(\w+)\s)")


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
    for place in reading.sentences:
        _Sentence(reading, place, found).read()
    for section in reading.document.sections:
        if section.role == "headline":
            _headline(reading.text, section, found)
    for quotation in reading.quotations:
        if quotation.depth == 1:
            _nested(reading, quotation, found)
    return found


class _Sentence:
    """One sentence that is searched for what it reports."""

    def __init__(self, reading: Reading, place: Stretch, found: Reported) -> None:
        self._text = reading.text
        self._start, self._end = self._place = place
        self._quoted = [
            q
            for q in reading.quotations
            if q.depth == 0 and q.start < place[1] and place[0] < q.end
        ]
        self._words = reading.words
        self._cues = Cues(reading.text, reading.words)
        self._frames = Frames(reading.text, reading.words)
        self._found = found
        self._covered: list[Stretch] = []

    def read(self) -> None:
        """Add what the sentence reports."""
        cues = list(self._cues.find(self._place, self._quoted))
        limits = [*(cue.start for cue in cues[1:]), self._end]
        for cue, limit in zip(cues, limits, strict=False):
            contents = self._contents(cue, limit)
            for content in contents:
                self._add(content)
            if contents:
                self._found.cues.append(cue)
        for q in self._quoted:
            alone = not cues or q.start == self._start
            if alone and not self._is_covered(q) and self._is_full(q):
                self._add(Typed(q.start, q.end, "direct"))

    def _contents(self, cue: Typed, limit: int) -> list[Typed]:
        """What belongs to one cue: quoted words beside it, a clause behind or before it."""
        word = self._text[cue.start : cue.end].lower()
        found = list(self._directs(cue, limit))
        behind = None if is_followed(word) else self._behind(cue, word, limit, found)
        if behind is not None and not _overlaps(behind, found):
            found.append(behind)
        if not any(part.start >= cue.end for part in found):
            before = self._before(cue, word)
            if before is not None and not _overlaps(before, found):
                found = [before, *found, *self._resumed(cue, word)]
        return found

    def _directs(self, cue: Typed, limit: int) -> Iterator[Typed]:
        """Quoted words that a comma, a colon or nothing but the speaker parts from the cue."""
        for q in self._quoted:
            if self._is_covered(q) or not self._is_full(q):
                continue
            if q.end <= cue.start:
                gap = self._text[q.end : cue.start]
                near = len(gap) < 100 and not regex.search(r"[;:.]\s|\bthat\b", gap)
            else:
                gap = self._text[cue.end : q.start]
                near = q.start < max(limit, cue.end + LONGEST) and _introduces(gap)
            if near:
                yield Typed(q.start, q.end, "direct")

    def _behind(self, cue: Typed, word: str, limit: int, before: Sequence[Typed]) -> Typed | None:
        """A clause, an infinitive or named words behind the cue."""
        if (named := self._named(cue, word)) is not None:
            return named
        if match := _THAT.match(self._text, cue.end, self._end):
            return self._to_end(match.end(), limit, cue)
        at = cue.end
        if word in self._words("quotes", "addressed"):
            match = _ADDRESSEE.match(self._text, at, self._end)
            if match is None and not self._cues.is_listed(word, "questions"):
                return None
            at = match.end() if match else at
        start = self._complement(word, at)
        if start is not None:
            return self._to_end(start, limit, cue)
        inverted = any(not self._text[q.end : cue.start].strip(" ,") for q in before)
        return None if inverted else self._plain(word, at, limit, cue)

    def _complement(self, word: str, at: int) -> int | None:
        """Where an indirect question, an infinitive, a gerund or what is called for begins."""
        match = first_word(self._text, at, self._end)
        if match is None or match.start() - at > 1:
            return None
        follows = match[0].lower()
        asks = self._cues.is_listed(word, "questions")
        if (
            (asks and follows in self._words("reporting", "question_words"))
            or (follows == "to" and self._cues.is_listed(word, "infinitive"))
            or (follows.endswith("ing") and self._cues.is_listed(word, "gerund"))
            or word.endswith(" for")
        ):
            return match.start()
        return None

    def _plain(self, word: str, at: int, limit: int, cue: Typed) -> Typed | None:
        """A clause behind a cue that needs no "that"."""
        match = _CLAUSE.match(self._text, at, self._end)
        listed = self._cues.is_listed(word, "plain")
        if match is None or not listed or _NO_CLAUSE.match(self._text, at):
            return None
        content = self._to_end(match.end(), limit, cue)
        if content is None or not VERB.search(self._text, content.start, content.end):
            return None
        return content

    def _named(self, cue: Typed, word: str) -> Typed | None:
        """Words from behind the cue to the end of partly quoted ones: called X “a disgrace”."""
        if not self._cues.is_listed(word.partition(" ")[0], "naming"):
            return None
        for q in self._quoted:
            gap = self._text[cue.end : q.start]
            near = 0 <= q.start - cue.end < LONGEST
            if near and not regex.search(r"[,;:.]|\bthat\b", gap) and not self._is_full(q):
                return Typed(cue.end + len(gap) - len(gap.lstrip()), q.end, "mixed")
        return None

    def _to_end(self, start: int, limit: int, cue: Typed) -> Typed | None:
        """From `start` to the end of the sentence, or to where the next frame begins."""
        end = self._end
        semicolon = self._text.find("; ", start, end)
        if semicolon > 0 and not any(q.start < semicolon < q.end for q in self._quoted):
            end = semicolon
        if cue.start == self._start and (comma := self._text.find(", ", start, end)) > 0:
            end = comma
        elif start < limit < end:
            before = self._text[start:limit]
            joined, last = _AND_FRAME.search(before), _LAST_PART.search(before)
            if joined and _NEW_FRAME.match(self._text, limit):
                end = start + joined.start()
            elif last and _PARTICIPLE.match(self._text, limit):
                end = start + last.start()
        return self._typed(start, end)

    def _before(self, cue: Typed, word: str) -> Typed | None:
        """A clause before the cue."""
        listed = self._cues.is_listed(word, "plain", "other") and not self._covered
        if not listed and not is_followed(word):
            return None
        end = self._frames.clause_before(cue, self._start, self._end)
        return None if end is None else self._typed(self._start, end)

    def _resumed(self, cue: Typed, word: str) -> Iterator[Typed]:
        """What goes on behind the frame: "..., Ms Roe added, and no oil was spilled"."""
        match = _NEXT_PART.match(self._text, cue.end, self._end)
        if match and not is_followed(word):
            opens = match[1] in self._words("reporting", "clause_openers")
            part = self._typed(match.end(), self._end)
            if opens and part is not None:
                yield part

    def _is_full(self, quotation: Quotation) -> bool:
        """Whether the words in the marks are a sentence or look like a part of one."""
        inner = marks.bare(self._text[quotation.start : quotation.end]).strip()
        if not inner:
            return False
        before = self._text[self._start : quotation.start].rstrip()
        ends = inner[-1] in ".,!?…。！？、" or self._text.startswith(",", quotation.end)
        starts = not inner[0].islower()
        number = inner.count(" ")
        if not self._words.lists:
            enough = number > 0 if ends or before.endswith(":") else number > 3
            return enough or (number == 0 and starts and len(inner) > (2 if ends else 6))
        if not starts and before and before[-1] not in ",:”\"’'":
            return False
        return (ends and (starts or number > 3)) or (starts and number > 5)

    def _is_covered(self, quotation: Quotation) -> bool:
        return any(a <= quotation.start and quotation.end <= b for a, b in self._covered)

    def _typed(self, start: int, end: int) -> Typed | None:
        """A content whose form follows from the marks in it; marks are taken in whole.

        Final punctuation stays out, but for that before a closing mark.
        """
        inside = [q for q in self._quoted if q.start < end and start < q.end]
        for q in inside:
            start, end = min(start, q.start), max(end, q.end)
        while start < end and not any(q.end == end for q in inside):
            if _ABBREVIATED.search(self._text[start:end]):
                break
            if self._text[end - 1] not in FINAL and not self._text[end - 1].isspace():
                break
            end -= 1
        return Typed(start, end, "mixed" if inside else "indirect") if start < end else None

    def _add(self, content: Typed) -> None:
        self._found.contents.append(content)
        self._covered.append((content.start, content.end))


def _introduces(gap: str) -> bool:
    """Whether what stands between a cue and quoted words lets the words be direct speech."""
    if regex.search(r";|\bthat\b|\bas\b", gap):
        return False
    return gap.rstrip().endswith((",", ":")) or (len(gap) < 30 and gap.endswith(" "))


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


def _nested(reading: Reading, quotation: Quotation, found: Reported) -> None:
    """A quotation inside another, where a cue stands shortly before it."""
    cues = Cues(reading.text, reading.words)
    near = list(cues.find((max(quotation.start - 40, 0), quotation.start), ()))
    if near:
        found.contents.append(Typed(quotation.start, quotation.end, "direct"))
        found.cues.append(near[-1])


def _overlaps(one: Typed, others: Sequence[Typed]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)
