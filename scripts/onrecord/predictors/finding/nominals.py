"""Noun phrases and pronouns that stand for somebody."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

import regex

from ...english import head
from ..flat import Typed
from .reading import Reading
from .tokens import Token

_BETWEEN = (" ", "\N{NO-BREAK SPACE}", "'s ", "’s ", "' ", "’ ")
_NO_NOUN = frozenset("of in at and to that who is was were are for on with from by".split())
_OF = regex.compile(r" (?:of|at|in|for|from) (?:the )?")
_OF_PLAIN = regex.compile(r" (?:of|for) (?:the |an? )?\p{Ll}+")
_ADDED = regex.compile(r" (?:of|at|in|for|from|on|near|with) [^,;.:“”\"]{2,60}")
_APPOSITION = regex.compile(r",[^,;.“”\"]{3,60}, ")
_ADVERBS = regex.compile(r"(?: (?:also|has|had|have|then|later|\p{Ll}+ly))* ?")
_CLOSING = ",”\"’'?!"
_LONGEST = 6
_KINDS = {
    "persons": "person",
    "organizations": "organization",
    "groups": "group",
    "artifacts": "artifact",
}


class Nominals:
    """The noun phrases and pronouns of one English text, whose names and cues are known."""

    def __init__(
        self,
        reading: Reading,
        names: Sequence[Typed],
        cues: Sequence[Typed],
    ) -> None:
        self._text = reading.text
        self._tokens = reading.tokens
        self._words = reading.words
        self._names = names
        self._cues = cues

    def spans(self) -> Iterator[Typed]:
        """Phrases for a person, a body or a group that speak, describe a name, or come again."""
        phrases = list(self._phrases())
        counts = Counter(self._head(phrase) for phrase in phrases)
        bodies = {
            word.lower()
            for name in self._names
            if name.type == "organization"
            for word in self._text[name.start : name.end].split()
        }
        for phrase in phrases:
            if (speaking := self._by_cue(phrase)) is not None:
                yield speaking
            elif phrase.type != "artifact" and (
                self._describes(phrase) or self._comes_again(phrase, counts, bodies)
            ):
                yield phrase

    def _comes_again(self, phrase: Typed, counts: Counter[str], bodies: Set[str]) -> bool:
        """Whether a phrase takes up a named body, or its noun stands in several phrases."""
        first = self._text[phrase.start : phrase.end].lower().split(maxsplit=1)[0]
        noun = self._head(phrase)
        taken_up = first in self._words("mentions", "definite") and noun in bodies
        return taken_up or (first in self._words("mentions", "determiners") and counts[noun] > 1)

    def pronouns(self, contents: Sequence[Typed]) -> Iterator[Typed]:
        """Personal, possessive and reflexive pronouns but the empty "it" and "you".

        "I" and "my" count only inside contents.
        """
        for token in (token for sentence in self._tokens for token in sentence):
            kind = self._pronoun_kind(token)
            first_person = token.lower in self._words("mentions", "speaking")
            if kind and (
                not first_person or any(part.start <= token.start < part.end for part in contents)
            ):
                yield Typed(token.start, token.end, kind)

    def _pronoun_kind(self, token: Token) -> str:
        lower = token.lower
        if lower in self._words("mentions", "unmarked") or token.text == "US":
            return ""
        if lower in self._words("mentions", "persons"):
            return "person"
        if lower in self._words("mentions", "plural"):
            return "group"
        bodily = self._words("mentions", "neuter") | self._words("mentions", "speaking_plural")
        return self._last_body(token.start) if lower in bodily else ""

    def _last_body(self, at: int) -> str:
        """The kind of the last state or body that was named."""
        kinds = [n.type for n in self._names if n.end <= at and n.type in ("gpe", "organization")]
        return kinds[-1] if kinds else "organization"

    def _head(self, phrase: Typed) -> str:
        return head(self._text[phrase.start : phrase.end].lower())

    def _phrases(self) -> Iterator[Typed]:
        for tokens in self._tokens:
            at = 0
            while at < len(tokens):
                if tokens[at].lower in self._words("mentions", "determiners"):
                    phrase, at = self._determined(tokens, at)
                else:
                    phrase, at = self._undetermined(tokens[at]), at + 1
                if phrase is not None:
                    yield phrase

    def _determined(self, tokens: Sequence[Token], at: int) -> tuple[Typed | None, int]:
        """A determiner, at most a few words, the noun, and the name that "of" or "at" adds."""
        last = at
        for index in range(at + 1, min(at + _LONGEST, len(tokens))):
            token = tokens[index]
            parted = self._text[tokens[index - 1].end : token.start] not in _BETWEEN
            if parted or token.lower in _NO_NOUN or self._is_article(token, index - at):
                break
            if self._noun_kind(token):
                last = index
            elif last > at:
                break
        if last == at or regex.match(r"\s\p{Lu}", self._text, pos=tokens[last].end):
            return None, max(at, last) + 1
        kind = self._noun_kind(tokens[last])
        end = self._with_name(tokens[last].end, every=kind == "person")
        return Typed(tokens[at].start, end, kind), last + 1

    def _is_article(self, token: Token, position: int) -> bool:
        return position == 1 and token.lower in self._words("mentions", "articles")

    def _with_name(self, end: int, *, every: bool) -> int:
        """The end of the name that a preposition joins to a noun; of bodies only "of" counts."""
        for name in self._names:
            if end < name.start < end + 10 and _OF.fullmatch(self._text, end, name.start):
                return name.end if every or self._text.startswith(" of", end) else end
        return end

    def _undetermined(self, token: Token) -> Typed | None:
        """A group, or the description of a name, without a determiner."""
        kind = self._noun_kind(token)
        if kind == "group":
            return Typed(token.start, token.end, kind)
        if kind != "person" or self._text[token.start - 2 : token.start] != ", ":
            return None
        end = self._with_name(token.end, every=True)
        if end == token.end and (match := _OF_PLAIN.match(self._text, end)):
            end = match.end()
        return Typed(token.start, end, kind) if end > token.end else None

    def _noun_kind(self, token: Token) -> str:
        for name, kind in _KINDS.items():
            if not token.big and token.lower in self._words("kinds", name):
                return kind
        generic = self._words.generic.get("gpe", frozenset())
        return "gpe" if not token.big and token.lower in generic else ""

    def _by_cue(self, phrase: Typed) -> Typed | None:
        """The phrase with all that belongs to it, where it stands in the speaker's place."""
        for cue in self._cues:
            if 0 < cue.start - phrase.end < 80 and (end := self._subject_end(phrase, cue)):
                return Typed(phrase.start, end, phrase.type)
            if 0 < phrase.start - cue.end <= 2 and self._takes(cue):
                return phrase
        return None

    def _subject_end(self, phrase: Typed, cue: Typed) -> int | None:
        """Where a phrase that is the subject of a cue ends; None if it is not."""
        start, stop = phrase.end, cue.start
        if _ADVERBS.fullmatch(self._text, start, stop) or _APPOSITION.fullmatch(
            self._text, start, stop
        ):
            return start
        inside = any(start < name.start < stop and name.type == "person" for name in self._names)
        if not inside and _ADDED.fullmatch(self._text, start, stop):
            return start + len(self._text[start:stop].rstrip())
        return None

    def _takes(self, cue: Typed) -> bool:
        """Whether a mention stands behind a cue: told X; "...", said X; according to X."""
        word = self._text[cue.start : cue.end].lower()
        addressed = word in self._words("quotes", "addressed") or word.startswith("according")
        return addressed or self._text[max(cue.start - 2, 0) : cue.start].rstrip()[-1:] in _CLOSING

    def _describes(self, phrase: Typed) -> bool:
        """Whether a phrase stands behind a name, parted by a comma."""
        return phrase.type in ("person", "organization") and any(
            name.type == phrase.type and self._text[name.end : phrase.start] == ", "
            for name in self._names
        )
