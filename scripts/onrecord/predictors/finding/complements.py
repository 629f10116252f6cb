"""What a verb of saying has as its object behind it: a clause, an infinitive, quoted words."""

import regex

from ..flat import Typed
from .cues import Cues, first_word
from .frames import LONGEST, VERB
from .sentence import Sentence

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
_AND_FRAME = regex.compile(r",?\s+(?:and|but|while)\s[^,.]{0,60}$")
_LAST_PART = regex.compile(r",\s[^,.]{0,50}$")
_NEW_FRAME = regex.compile(r"\w+\s(?:that|to|for|it|he|she|the|“|\")")
_PARTICIPLE = regex.compile(r"\w+ing\b|according\b")
_NO_NAMING = regex.compile(r"[,;:.]|\bthat\b")


class Complements:
    """Finds what stands behind the cues of one sentence."""

    def __init__(self, sentence: Sentence, cues: Cues) -> None:
        self._sentence = sentence
        self._text = sentence.text
        self._words = sentence.words
        self._cues = cues

    def behind(self, cue: Typed, limit: int, *, inverted: bool) -> Typed | None:
        """A clause, an infinitive or named words behind a cue; the next cue is at `limit`.

        Where the frame is inverted ("...", said X) no clause without "that" belongs to the cue.
        """
        word = self._text[cue.start : cue.end].lower()
        if (named := self._named(cue, word)) is not None:
            return named
        if match := _THAT.match(self._text, cue.end, self._sentence.end):
            return self._to_end(match.end(), limit, cue)
        at = self._behind_addressee(word, cue.end)
        if at is None:
            return None
        start = self._complement(word, at)
        if start is not None:
            return self._to_end(start, limit, cue)
        return None if inverted else self._plain(word, at, limit, cue)

    def _behind_addressee(self, word: str, at: int) -> int | None:
        """Where the addressee of a cue ends; None if the cue lacks one that it has to have."""
        if word not in self._words("quotes", "addressed"):
            return at
        if match := _ADDRESSEE.match(self._text, at, self._sentence.end):
            return match.end()
        return at if self._cues.is_listed(word, "questions") else None

    def _complement(self, word: str, at: int) -> int | None:
        """Where an indirect question, an infinitive, a gerund or what is called for begins."""
        match = first_word(self._text, at, self._sentence.end)
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
        match = _CLAUSE.match(self._text, at, self._sentence.end)
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
        for quotation in self._sentence.quoted_between(cue.end, cue.end + LONGEST):
            gap = self._text[cue.end : quotation.start]
            is_apart = quotation.start < cue.end or _NO_NAMING.search(gap)
            if not is_apart and not self._sentence.is_speech(quotation):
                return Typed(cue.end + len(gap) - len(gap.lstrip()), quotation.end, "mixed")
        return None

    def _to_end(self, start: int, limit: int, cue: Typed) -> Typed | None:
        """From `start` to the end of the sentence, or to where the next frame begins."""
        end = self._sentence.end
        semicolon = self._text.find("; ", start, end)
        if semicolon > 0 and not self._sentence.overlaps.any_overlap(semicolon, semicolon + 1):
            end = semicolon
        begins = cue.start == self._sentence.start
        if begins and (comma := self._text.find(", ", start, end)) > 0:
            end = comma
        elif start < limit < end:
            end = self._before_frame(start, limit, end)
        return self._sentence.content(start, end)

    def _before_frame(self, start: int, limit: int, end: int) -> int:
        """Where a content ends behind which the frame of the cue at `limit` begins, else `end`."""
        before = self._text[start:limit]
        joined, last = _AND_FRAME.search(before), _LAST_PART.search(before)
        if joined and _NEW_FRAME.match(self._text, limit):
            return start + joined.start()
        if last and _PARTICIPLE.match(self._text, limit):
            return start + last.start()
        return end
