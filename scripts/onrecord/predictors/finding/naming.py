"""Names: runs of capitalised words, without titles and articles, with the kinds of their actors."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

import regex

from ...english import head
from ...segment import Stretch
from ..flat import Typed
from ..lexicon import countries
from .reading import Reading
from .tokens import Token

_NAME_BEHIND = regex.compile(r"\s(?:the\s)?\p{Lu}")
_WORD_BEHIND = regex.compile(r"\s(\p{Ll}+)")
_NAMED_ALONE = regex.compile(r"['’]s\b|\s\p{Lu}\p{Ll}")
_SPACES = (" ", "\N{NO-BREAK SPACE}")
_TITLED = 0.7
"""Share of longer words with a capital from which a line is a title."""
_PERSON = "person:"


class Naming:
    """The names of one document.

    Where there are no word lists they are capitalised words that do not only begin a sentence; in
    scripts without capitals there are none.
    """

    def __init__(self, reading: Reading) -> None:
        self._document = reading.document
        self._text = reading.text
        self._sentences = reading.sentences
        self._tokens = reading.tokens
        self._words = reading.words
        self._titles = list(self._titled())
        flat = [token for sentence in reading.tokens for token in sentence]
        self._small = {t.text for t in flat if not t.big}
        self._inner = {
            t.text for t in flat if t.big and not t.first and not self._in_title(t.start)
        }

    def spans(self) -> list[Typed]:
        """The names, typed by the kinds of their actors."""
        runs = [run for tokens in self._tokens for run in self._runs(tokens)]
        found = [span for run in runs for span in self._cut(run)]
        alone = {span.type for span in found}
        names = [part for span in found for part in self._split(span, alone)]
        kinds = self._kinds(names)
        return [Typed(*span[:2], kind) for span in names if (kind := kinds[_bare(span.type)])]

    def _titled(self) -> Iterator[Stretch]:
        """Headlines and other lines in which nearly every word has a capital."""
        for (_, end), tokens in zip(self._sentences, self._tokens, strict=True):
            long = [token.big for token in tokens if len(token.text) > 3]
            titled = len(long) > 2 and sum(long) > _TITLED * len(long)
            ends = self._text[end - 1] in ".!?" and self._role(end - 1) != "headline"
            if titled and not ends and self._role(end - 1) not in ("byline", "dateline"):
                yield tokens[0].start, tokens[-1].end

    def _in_title(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._titles)

    def _role(self, offset: int) -> str:
        sections = self._document.sections
        return next((s.role for s in sections if s.start <= offset < s.end), "")

    def _runs(self, tokens: Sequence[Token]) -> Iterator[list[Token]]:
        """Words that stand together as parts of names."""
        run: list[Token] = []
        for token in tokens:
            if run and not self._goes_on(run, token):
                yield run
                run = []
            if self._may_name(token) or (run and self._links(run[-1], token)):
                run.append(token)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _goes_on(self, run: Sequence[Token], token: Token) -> bool:
        """Whether what stands between two words can stand inside a name."""
        between, last = self._text[run[-1].end : token.start], run[-1].lower
        if between == ". ":
            return last in self._words("mentions", "titles")
        if between.strip() in ("’s", "'s", "’", "'") and token.big:
            plural = last.endswith("s") and token.lower in self._words("kinds", "organizations")
            return plural or last in self._words("kinds", "groups")
        return between in _SPACES

    def _links(self, last: Token, token: Token) -> bool:
        """Whether "of" or "for" stands inside a name: Bank of X, Institute for the Y."""
        if token.lower == "the":
            return last.lower in ("of", "for")
        behind = _NAME_BEHIND.match(self._text, token.end) is not None
        bodies = self._words("naming", "behind_of")
        return token.lower in ("of", "for") and behind and last.lower in bodies

    def _may_name(self, token: Token) -> bool:
        lower = token.lower
        if not token.big or lower in self._words("naming", "calendar") or lower == "i":
            return False
        if self._in_title(token.start):
            return token.text in self._inner
        if not token.first or token.text in self._inner:
            return True
        if lower in self._words("naming", "openers") or lower in self._small:
            return False
        acronym = token.text.isupper() and len(token.text) > 1
        match = _WORD_BEHIND.match(self._text, token.end)
        if match and match[1] in self._words("reporting", "plain"):
            return True
        return acronym or _NAMED_ALONE.match(self._text, token.end) is not None

    def _cut(self, run: list[Token]) -> Iterator[Typed]:
        """A run without titles, typed by its words; a name behind a title is a person's."""
        while run and not run[-1].big:
            run = run[:-1]
        while run and run[0].first and run[0].lower in self._words("naming", "openers"):
            run = run[1:]
        number = next((at for at, token in enumerate(run) if self._is_title(run, at)), None)
        if number is not None:
            yield from self._whole(run[:number], "")
            run = run[number:]
            while run and self._is_title(run, 0):
                run = run[1:]
        yield from self._whole(run, "" if number is None else _PERSON)

    def _is_title(self, run: Sequence[Token], at: int) -> bool:
        """Whether a word is a title, and not the beginning of a body's name: Defence Ministry."""
        bodies = self._words("kinds", "organizations")
        is_body = any(token.lower in bodies for token in run[at : at + 3])
        return run[at].lower in self._words("mentions", "titles") and not is_body

    def _whole(self, run: Sequence[Token], prefix: str) -> Iterator[Typed]:
        if run and run[0].big:
            start, end = run[0].start, run[-1].end
            yield Typed(start, end, prefix + self._text[start:end])

    def _split(self, span: Typed, alone: Collection[str]) -> Iterator[Typed]:
        """A name that is two: "President of Arland Jo Roe", where "Arland" also stands alone."""
        tokens = span.type.split(" ")
        bodies = self._words("kinds", "organizations")
        governed = self._text[max(span.start - 8, 0) : span.start].endswith((" of ", " of the "))
        for size in range(len(tokens) - 2, 0, -1) if governed else ():
            first, rest = " ".join(tokens[:size]), " ".join(tokens[size:])
            known = first in alone or tokens[size - 1].lower() in bodies
            if known and bodies.isdisjoint(rest.lower().split()):
                yield Typed(span.start, span.start + len(first), first)
                yield Typed(span.end - len(rest), span.end, _PERSON + rest)
                return
        yield span

    def _kinds(self, names: Sequence[Typed]) -> dict[str, str]:
        """The kind for each name, by votes of all its places; empty for what is no actor."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for span in names:
            named = span.type.startswith(_PERSON)
            votes[_bare(span.type)]["person" if named else self._vote(span)] += 1 + named
        best = {name: vote.most_common(1)[0][0] for name, vote in votes.items()}
        people = {part for name, kind in best.items() if kind == "person" for part in name.split()}
        for name, kind in best.items():
            if kind in ("unknown", "thing"):
                other = "gpe" if kind == "unknown" else ""
                best[name] = "person" if name in people else other
        return best

    def _vote(self, span: Typed) -> str:
        """What one place of a name says of its kind."""
        tokens = span.type.lower().replace("’", "'").split()
        if not self._words.lists:
            return "person" if len(tokens) > 1 else "gpe"
        kind = self._told_by_words(span.type, tokens)
        return kind or self._told_by_place(span, len(tokens) > 1)

    def _told_by_words(self, exact: str, tokens: Sequence[str]) -> str:
        bodies, places = self._words("kinds", "organizations"), self._words("naming", "geography")
        if exact in self._words("naming", "bodies"):
            return "organization"
        if self._is_place(exact):
            return "gpe"
        last = head(" ".join(tokens))
        if last in bodies and not (last in places and len(tokens) == 2):
            return "organization"
        if last in places or (len(tokens) > 1 and tokens[0] in places):
            return "thing"
        return "organization" if not bodies.isdisjoint(tokens) else ""

    def _told_by_place(self, span: Typed, several: bool) -> str:
        exact = span.type
        before = self._text[max(span.start - 30, 0) : span.start].split()[-1:] or [""]
        previous = before[0].lower().strip('(“"‘,')
        acronym = exact.isupper() and 1 < len(exact) < 6
        if several:
            is_place = previous in ("in", "at", "near") or self._role(span.start) == "dateline"
            return "thing" if previous == "the" else "gpe" if is_place else "person"
        if previous == "the" and not acronym:
            derived = exact.lower().endswith(tuple(self._words("adjectives", "likely")))
            return "gpe" if derived else "thing"
        if acronym:
            return "organization"
        return "gpe" if previous in self._words("naming", "places") else "unknown"

    def _is_place(self, exact: str) -> bool:
        listed = exact in self._words("naming", "known") or exact in self._words.adjectives
        return listed or exact in countries() or exact.lower() in self._words("naming", "states")


def _bare(typed: str) -> str:
    return typed.removeprefix(_PERSON)
