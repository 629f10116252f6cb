"""Frames behind what they report: "..., she said"; "..., said Jo Roe"; "..., according to him"."""

import regex

from ..flat import Typed
from ..lexicon import Lexicon
from .cues import is_followed
from .sentence import FINAL

VERB = regex.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do"
    r"|\p{Ll}{2,}(?:ed|n't|n’t|[^s\W]s)|went|gave|took|came|rose|fell|made|put|held|left|lost|won"
    r"|knew|saw|began|kept|ran)\b"
)
"""What may be the finite verb of a clause; some plural nouns are taken for one."""
LONGEST = 60
"""Characters of a frame, roughly."""
_SUBJECT_BEHIND = regex.compile(r"\s+(?:the|a|an|\p{Lu})")
_SAYS_MORE = regex.compile(r"\s+(?:that|to|how|why|whether)\b")
_MARKS = " ”\"’'»"


class Frames:
    """Finds the frames of one text."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self._text = text
        self._words = words
        self._sentence = -1
        self._verb = 0

    def clause_before(self, cue: Typed, start: int, end: int) -> int | None:
        """Where a clause ends that stands before a cue, from `start` of the sentence to its `end`.

        A comma parts it from the speaker: "..., she said", or from the cue: "..., said Jo Roe".
        None where there is no such clause.
        """
        followed = is_followed(self._text[cue.start : cue.end].lower())
        rest = self._text[cue.end : end].rstrip(FINAL)
        trailing = followed or len(rest.partition(",")[0]) < LONGEST
        if not trailing or _SAYS_MORE.match(rest):
            return None
        head = self._text[start : cue.start].rstrip()
        if followed:
            stop = len(head)
        elif head.endswith(",") and _SUBJECT_BEHIND.match(rest):
            stop = len(head) - 1
        else:
            stop = self._subject_at(head.rstrip(","))
        is_clause = self._verb_end(start, end) <= start + stop and head.count(" ", 0, stop) > 1
        return start + stop if is_clause else None

    def _verb_end(self, start: int, end: int) -> int:
        """Where the first word of a sentence ends that may be a finite verb; behind it for none."""
        if self._sentence != start:
            match = VERB.search(self._text, start, end)
            self._sentence, self._verb = start, match.end() if match else end + 1
        return self._verb

    def _subject_at(self, head: str) -> int:
        """Where the comma stands behind which the subject of a trailing frame begins; 0 for none.

        What begins small may be a description, and the name stands behind the comma before:
        "..., Jo Roe, counsel for the city, said".
        """
        comma = head.rfind(",")
        subject = head[comma + 1 :].strip(_MARKS)
        if comma <= 0 or not subject:
            return 0
        further = head.rfind(",", 0, comma)
        name = head[further + 1 : comma].strip(_MARKS)
        pronoun = subject.lower() in self._words("reporting", "subjects")
        small = subject[0].islower() and not pronoun
        if small and further > 0 and name[:1].isupper() and name.count(" ") < 4:
            return further
        return comma if self._could_speak(subject) else 0

    def _could_speak(self, subject: str) -> bool:
        """Whether words between a comma and a verb of saying can be the one who says it."""
        tokens = subject.split()
        first = tokens[0].lower()
        if first in self._words("reporting", "clause_openers") or len(tokens) > 9:
            return False
        listed = self._words("mentions", "determiners") | self._words("reporting", "subjects")
        return tokens[0][0].isupper() or first in listed
