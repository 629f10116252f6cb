"""What is reported as said: cues and contents, by quotation marks, cue words and "that"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from ..model import Document
from ..segment import Stretch
from .lexicon import Lexicon
from .quotations import Quotation
from .spans import Typed

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*")
_THAT = regex.compile(r"(?:\s+(?!that\b)[^\s,;:.“\"]+){0,7}?,?\s+(?=that\s)")
_PRONOUN_OR_NAMES = r"(?:him|her|them|us|me|you|it|reporters|(?:the\s)?\p{Lu}[\w’'-]*(?:\s\p{Lu}[\w’'-]*)*|(?:the|a|an|his|her|their|its|my|our)\s\w+)"
_ADDRESSEE = regex.compile(rf"\s+{_PRONOUN_OR_NAMES}")
_CLAUSE = regex.compile(r"\s+(?=[\w“\"‘'])")
_NO_CLAUSE = regex.compile(
    r"\s+(?:on|in|at|to|of|by|for|from|as|with|during|after|before|about|last|earlier|later|yesterday|today"
    r"|and|or|but|so|nothing|again|when|while|this|through|over|under)\b"
)
_SUBJECT = regex.compile(r"[^.;:“”\"]{0,120}")
_NEXT = regex.compile(r",?\s+(?:and|but)\s+(?:\w+ly\s+)?$")
_AND_CLAUSE = regex.compile(r"\s*,\s+(?=(?:and|but|or)\s)")
_VERB = regex.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|won't|wouldn't|isn't"
    r"|\p{Ll}{2,}(?:ed|n't|n’t)|went|gave|took|came|rose|fell|made|put|held|left|lost|won|knew|saw|began|kept|ran|\p{Ll}{3,}s)\b"
)
_ABBREVIATED = regex.compile(r"\b[ap]\.m\.$")
_FINAL = ".,;:!?…。"


@dataclass
class Reported:
    """The contents and cues found so far."""

    contents: list[Typed] = field(default_factory=list)
    cues: list[Typed] = field(default_factory=list)


def reported(
    document: Document,
    sentences: Sequence[Stretch],
    quotations: Sequence[Quotation],
    words: Lexicon,
) -> tuple[list[Typed], list[Typed]]:
    """The contents with their forms, and the cues.

    Without word lists every quotation of some length is direct speech, and no cue is found.
    """
    found = Reported()
    outer = [q for q in quotations if q.depth == 0]
    for start, end in sentences:
        within = [q for q in outer if q.start < end and start < q.end]
        _Sentence(document, (start, end), within, words, found).read()
    for headline in (s for s in document.sections if s.role == "headline"):
        _colon(document.text, headline.start, headline.end, found)
    for quotation in quotations:
        if quotation.depth == 1:
            _nested(document.text, quotation, words, found)
    return found.contents, found.cues


class _Sentence:
    def __init__(
        self,
        document: Document,
        place: Stretch,
        quoted: Sequence[Quotation],
        words: Lexicon,
        found: Reported,
    ) -> None:
        self._text = document.text
        self._start, self._end = place
        self._quoted = quoted
        self._words = words
        self._found = found
        self._covered: list[Stretch] = []

    def read(self) -> None:
        """Add what the sentence reports."""
        cues = list(self._cues())
        for number, cue in enumerate(cues):
            limit = cues[number + 1].start if number + 1 < len(cues) else self._end
            self._content(cue, limit, is_first=not self._covered)
        for quotation in self._quoted:
            if not self._is_covered(quotation):
                self._alone(quotation, has_cue=bool(cues))

    def _cues(self) -> Iterator[Typed]:
        """The words that may be cues, outside quotation marks."""
        for match in _WORD.finditer(self._text, self._start, self._end):
            start, end = match.span()
            if any(q.start <= start < q.end for q in self._quoted):
                continue
            if (stop := self._cue_end(start, end)) is not None:
                yield Typed(start, stop, "cue")

    def _cue_end(self, start: int, end: int) -> int | None:
        """Where a cue that begins with this word ends; None if it is no cue."""
        word, after = self._text[start:end].lower(), self._text[end : self._end]
        if word in self._words("quotes", "followed"):
            return end + len(" to") if after.startswith(" to ") else None
        if word in self._words("reporting", "alone"):
            return end
        known = self._words("reporting", "plain") | self._words("reporting", "other")
        known |= self._words("reporting", "naming") | self._words("reporting", "infinitive")
        if word in self._words("reporting", "nouns") and after.startswith(" that "):
            return end
        before = self._text[self._start : start].rstrip().rpartition(" ")[2].lower()
        if (
            word not in known
            or before in _NOT_BEFORE
            or self._text[start].isupper()
            and start > self._start
            and word.endswith("ing")
        ):
            return None
        if (particle := regex.match(r" (?:out|back|for|of|to)\b", after)) and (
            f"{word}{particle[0]}" in _WITH_PARTICLE
        ):
            return end + particle.end()
        return end

    def _has_subject(self, start: int) -> bool:
        """Whether a name, a pronoun, a plural or a mark stands before an offset."""
        before = self._text[self._start : start].rstrip()
        last = before.rpartition(" ")[2]
        if not last:
            return False
        pronouns = ("he", "she", "it", "they", "we", "i", "has", "have", "had", "also", "which", "who")
        return last[0].isupper() or last[-1] in ",”\"’'" or last.lower() in pronouns or (
            last.lower() in self._words("kinds", "groups") | self._words("kinds", "persons")
            | self._words("kinds", "organizations")
        )

    def _content(self, cue: Typed, limit: int, *, is_first: bool) -> None:
        """What belongs to one cue: quoted words beside it, a clause behind or before it."""
        word = self._text[cue.start : cue.end].lower()
        if word in self._words("reporting", "alone"):
            return
        found = list(self._directs(cue, limit))
        behind = self._behind(cue, word, limit) if not found or found[-1].end <= cue.start else None
        if behind is not None and not any(_overlap(behind, other) for other in found):
            found.append(behind)
        if not any(part.start >= cue.end for part in found) or _is_followed(word):
            before = self._before(cue, is_first=is_first)
            if before is not None and not any(_overlap(before, other) for other in found):
                found.insert(0, before)
                found += self._resumed(cue, before)
        for content in found:
            self._add(content)
        if found:
            self._found.cues.append(cue)

    def _directs(self, cue: Typed, limit: int) -> Iterator[Typed]:
        """Quoted words that a comma, a colon or nothing but the speaker parts from the cue."""
        for q in self._quoted:
            if self._is_covered(q) or not self._is_full(q):
                continue
            between = (q.end, cue.start) if q.end <= cue.start else (cue.end, q.start)
            gap = self._text[between[0] : between[1]]
            if q.end <= cue.start:
                if len(gap) < 100 and not regex.search(r"[;:.]\s|\bthat\b", gap):
                    yield Typed(q.start, q.end, "direct")
            elif q.start < max(limit, cue.end + 60) and regex.search(r"(?:[,:]|\s)\s*$", gap):
                if not regex.search(r"[;]|\bthat\b|\bas\b", gap) and (
                    gap.rstrip().endswith((",", ":")) or len(gap) < 30
                ):
                    yield Typed(q.start, q.end, "direct")

    def _behind(self, cue: Typed, word: str, limit: int) -> Typed | None:
        """A clause, an infinitive or named words behind the cue."""
        last = word.rpartition(" ")[2] if " " in word else word
        if _is_followed(word):
            return None
        named = self._named(cue, word)
        if named is not None:
            return named
        if match := _THAT.match(self._text, cue.end, self._end):
            return self._to_end(match.end(), limit, cue)
        at = cue.end
        if word in self._words("quotes", "addressed"):
            if match := _ADDRESSEE.match(self._text, at, self._end):
                at = match.end()
            elif word not in self._words("reporting", "questions"):
                return None
        asking = self._asked(word, at, limit, cue)
        if asking is not None:
            return asking
        if word in self._words("reporting", "infinitive") and self._text.startswith(" to ", at):
            return self._to_end(at + 1, limit, cue)
        if word in _WITH_PARTICLE and last == "for":
            return self._to_end(at + 1, limit, cue)
        if word not in self._words("reporting", "plain") or _NO_CLAUSE.match(self._text, at):
            return None
        match = _CLAUSE.match(self._text, at, self._end)
        if match is None:
            return None
        content = self._to_end(match.end(), limit, cue)
        is_clause = content is not None and _VERB.search(self._text, content.start, content.end)
        return content if is_clause else None

    def _asked(self, word: str, at: int, limit: int, cue: Typed) -> Typed | None:
        """An indirect question."""
        if word not in self._words("reporting", "questions"):
            return None
        match = _WORD.search(self._text, at, self._end)
        if match is None or match[0].lower() not in self._words("reporting", "question_words"):
            return None
        return self._to_end(match.start(), limit, cue) if match.start() - at < 3 else None

    def _named(self, cue: Typed, word: str) -> Typed | None:
        """Words from behind the cue to the end of partly quoted ones: called X “a disgrace”."""
        first = word.partition(" ")[0]
        if first not in self._words("reporting", "naming") and word not in _WITH_PARTICLE:
            return None
        for q in self._quoted:
            gap = self._text[cue.end : q.start] if q.start >= cue.end else "," * 99
            if len(gap) < 60 and not regex.search(r"[,;:.]|\bthat\b", gap) and not self._is_full(q):
                return Typed(cue.end + len(gap) - len(gap.lstrip()), q.end, "mixed")
        return None

    def _to_end(self, start: int, limit: int, cue: Typed) -> Typed | None:
        """From `start` to the end of the sentence, or to the coordination with the next cue."""
        end = self._end
        semicolon = self._text.find("; ", start, end)
        if semicolon > 0 and not any(q.start < semicolon < q.end for q in self._quoted):
            end = semicolon
        if cue.start == self._start and (comma := self._text.find(", ", start, end)) > 0:
            return self._typed(start, comma)
        if start < limit < self._end:
            coordinated = regex.search(
                r",?\s+(?:and|but|while)\s(?:[^,.]{0,60})$", self._text[start:limit]
            )
            comma = regex.search(r",\s[^,.]{0,50}$", self._text[start:limit])
            if coordinated and self._is_new_frame(limit):
                end = start + coordinated.start()
            elif comma and (
                _is_participle(self._text[limit : limit + 30])
                or self._text[limit:].startswith("according")
            ):
                end = start + comma.start()
        return self._typed(start, end)

    def _is_new_frame(self, at: int) -> bool:
        match = _WORD.match(self._text, at)
        rest = self._text[match.end() : match.end() + 12] if match else ""
        return bool(regex.match(r"\s(?:that|to|for|it|he|she|the|“|\")", rest))

    def _before(self, cue: Typed, *, is_first: bool) -> Typed | None:
        """A clause before the cue, parted from the speaker by a comma: "..., she said"."""
        if not is_first and not _is_followed(self._text[cue.start : cue.end].lower()):
            return None
        rest = self._text[cue.end : self._end].rstrip(_FINAL)
        word = self._text[cue.start : cue.end].lower()
        trailing = _is_followed(word) or len(rest.partition(",")[0]) < 60
        if not trailing or regex.match(r"\s+(?:that|to|how|why|whether)\b", rest):
            return None
        head = self._text[self._start : cue.start].rstrip()
        if _is_followed(word):
            stop = len(head)
        elif head.endswith(",") and regex.match(r"\s+(?:the|a|an|\p{Lu})", rest):
            stop = len(head) - 1
        else:
            stop = self._subject_at(head.rstrip(","))
        return self._typed(self._start, self._start + stop) if head.count(" ", 0, stop) > 1 else None

    def _subject_at(self, head: str) -> int:
        """Where the comma stands behind which the subject of a trailing frame begins; 0 for none."""
        comma = head.rfind(",")
        subject = head[comma + 1 :].strip(" ”\"’'»")
        if comma < 0 or not subject or subject[0].isupper() or subject.lower() in _PRONOUNS:
            return comma if comma > 0 and subject and _could_be_subject(subject) else 0
        further = head.rfind(",", 0, comma)
        name = head[further + 1 : comma].strip(" ”\"’'»")
        if further > 0 and name[:1].isupper() and name.count(" ") < 4:
            return further
        return comma if _could_be_subject(subject) else 0

    def _resumed(self, cue: Typed, before: Typed) -> Iterator[Typed]:
        """What goes on behind the frame: "..., Ms Roe added, and no oil was spilled"."""
        match = regex.compile(r"[^,;]{0,60},\s+(?=(?:and|but|or|because|since|who|which)\s)").match(
            self._text, cue.end, self._end
        )
        if match and not _is_followed(self._text[cue.start : cue.end].lower()):
            part = self._typed(match.end(), self._end)
            if part is not None:
                yield part

    def _alone(self, quotation: Quotation, *, has_cue: bool) -> None:
        """Quoted words that no cue in the sentence took."""
        if self._is_full(quotation) and (not has_cue or quotation.start == self._start):
            self._add(Typed(quotation.start, quotation.end, "direct"))

    def _is_full(self, quotation: Quotation) -> bool:
        """Whether the words in the marks are a sentence or look like a part of one."""
        inner = self._text[quotation.start + 1 : quotation.end - 1].strip()
        if not inner:
            return False
        ends = inner[-1] in ".,!?…。！？、" or self._text[quotation.end : quotation.end + 1] == ","
        spaced = " " in inner
        starts = inner[0].isupper() or not inner[0].islower()
        long = inner.count(" ") > 3 if spaced else len(inner) > 6
        if not self._words.lists:
            return (ends or starts) and long
        before = self._text[self._start : quotation.start].rstrip()
        if not starts and before and before[-1] not in ",:”\"’'":
            return False
        return (ends and (starts or long)) or (starts and inner.count(" ") > 5)

    def _is_covered(self, quotation: Quotation) -> bool:
        return any(a <= quotation.start and quotation.end <= b for a, b in self._covered)

    def _typed(self, start: int, end: int) -> Typed | None:
        """A content without final punctuation but that before a closing mark; its form by marks."""
        inside = [q for q in self._quoted if q.start < end and start < q.end]
        for q in inside:
            start, end = min(start, q.start), max(end, q.end)
        closing = any(q.end == end for q in inside)
        while (
            not closing
            and end > start
            and (self._text[end - 1] in _FINAL or self._text[end - 1].isspace())
        ):
            end -= 1
            closing = any(q.end == end for q in inside)
        return Typed(start, end, "mixed" if inside else "indirect") if start < end else None

    def _add(self, content: Typed) -> None:
        self._found.contents.append(content)
        self._covered.append((content.start, content.end))


_NOT_BEFORE = frozenset(
    "the a an its his her their this that no of 's not to will be declined refused never".split()
) - {"to", "will", "that", "be"}
_WITH_PARTICLE = frozenset(
    "referring to|referred to|refers to|called for|calls for|calling for|asked for|asks for|appealed for|spoke of|speaks of|point out|pointed out|points out|shouted back|call for".split(
        "|"
    )
)


_PRONOUNS = ("he", "she", "it", "they", "we", "i")


def _is_followed(word: str) -> bool:
    return word.startswith("according ")


def _is_participle(text: str) -> bool:
    return regex.match(r"\w+ing\b", text) is not None


def _could_be_subject(subject: str) -> bool:
    """Whether words between a comma and a verb of saying can be the one who says it."""
    tokens = subject.split()
    small = {"and", "but", "which", "who", "that", "he", "she", "they", "it"}
    if tokens[0].lower() in {"and", "but", "which", "who", "that", "or", "while", "as"}:
        return False
    return len(tokens) <= 9 and (
        tokens[0].lower() in small
        or tokens[0][0].isupper()
        or tokens[0] in ("the", "a", "an", "its", "his", "her", "their")
    )


def _colon(text: str, start: int, end: int, found: Reported) -> None:
    """A headline in which a colon stands between speaker and content."""
    head, colon, content = text[start:end].partition(": ")
    tokens = head.split()
    if colon and content and 0 < len(tokens) < 5 and all(t[0].isupper() for t in tokens):
        at = start + len(head)
        if not any(at <= part.start for part in found.contents if part.start < end):
            begin = at + len(colon)
            direct = text[begin] in "“‘'\"«„"
            found.contents.append(Typed(begin, end, "direct" if direct else "indirect"))
            found.cues.append(Typed(at, at + 1, "cue"))


def _nested(text: str, quotation: Quotation, words: Lexicon, found: Reported) -> None:
    """A quotation inside another, where a cue stands shortly before it."""
    known = words("reporting", "plain") | words("reporting", "other")
    for match in _WORD.finditer(text, max(quotation.start - 40, 0), quotation.start):
        if match[0].lower() in known:
            found.contents.append(Typed(quotation.start, quotation.end, "direct"))
            found.cues.append(Typed(*match.span(), "cue"))
            return


def _overlap(one: Typed, other: Typed) -> bool:
    return one.start < other.end and other.start < one.end
