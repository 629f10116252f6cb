"""Words that report what somebody says: verbs, nouns, "according to"."""

from collections.abc import Iterator

import regex

from ...segment import Stretch
from ..flat import Typed
from ..lexicon import Lexicon
from ..overlaps import Overlaps
from .quotations import Quotation

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*")
_PREPOSITIONS = ("of", "to", "for", "out", "back")
_BEHIND_SUBJECT = ("has", "have", "had", "also", "which", "who")


class Cues:
    """Finds the words of a text that may be cues."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self._text = text
        self._words = words
        lists = ("plain", "other", "naming", "infinitive", "gerund", "with_to", "with_of")
        self._verbs = frozenset().union(*(words("reporting", name) for name in lists))

    def find(self, sentence: Stretch, quoted: Overlaps[Quotation]) -> Iterator[Typed]:
        """Those of one sentence, outside quotations."""
        for match in _WORD.finditer(self._text, *sentence):
            start, end = match.span()
            if not quoted.any_overlap(start, start + 1):
                stop = self._end(match[0].lower(), (start, end), sentence)
                if stop is not None:
                    yield Typed(start, stop, "cue")

    def is_listed(self, word: str, *names: str) -> bool:
        """Whether a cue is in one of the lists of its kind."""
        return any(word in self._words("reporting", name) for name in names)

    def _end(self, word: str, place: Stretch, sentence: Stretch) -> int | None:
        """Where a cue that begins with a word ends; None if the word is no cue."""
        start, end = place

        def followed(by: str) -> bool:
            return self._text.startswith(f" {by} ", end, sentence[1])

        if word in self._words("quotes", "followed"):
            return end + len(" to") if followed("to") else None
        if self.is_listed(word, "nouns") and followed("that"):
            return end
        if word not in self._verbs or not self._is_verb(word, start, sentence[0]):
            return None
        for preposition in _PREPOSITIONS:
            if followed(preposition) and self.is_listed(word, f"with_{preposition}"):
                return end + 1 + len(preposition)
        return end if self.is_listed(word, "plain", "other", "naming", "infinitive") else None

    def _is_verb(self, word: str, start: int, first: int) -> bool:
        """Whether what stands before a word lets it be the verb of a clause."""
        while start > first and self._text[start - 1].isspace():
            start -= 1
        last = self._text[max(first, self._text.rfind(" ", first, start) + 1) : start]
        if last.lower() in self._words("reporting", "not_behind"):
            return False
        return not self.is_listed(word, "ambiguous") or self._is_subject(last)

    def _is_subject(self, last: str) -> bool:
        """Whether a word can be the end of a subject: a name, a pronoun, somebody, a mark."""
        lowered = last.lower()
        listed = ("persons", "organizations", "groups", "artifacts")
        return bool(last) and (
            last[0].isupper()
            or last[-1] in ",”\"’'"
            or lowered in _BEHIND_SUBJECT
            or lowered in self._words("reporting", "subjects")
            or any(lowered in self._words("kinds", name) for name in listed)
        )


def is_followed(cue: str) -> bool:
    """Whether the speaker stands behind a cue: according to X."""
    return cue.endswith(" to") and cue.startswith("according")


def first_word(text: str, start: int, end: int) -> "regex.Match[str] | None":
    """The first word of a stretch."""
    return _WORD.search(text, start, end)
