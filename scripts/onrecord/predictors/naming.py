"""Who is mentioned: capitalised names, pronouns, nouns for those who speak."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import regex

from ..model import Document
from ..segment import Stretch
from .forms import countries, head
from .lexicon import Lexicon
from .spans import Typed

_TOKEN = regex.compile(
    r"(?:\p{L}\.){2,}|[\p{L}\p{M}\p{N}]+(?:(?:[-'’]|\.(?=\p{Lu}\p{Ll}))[\p{L}\p{M}\p{N}]+)*"
)
_ENDING = regex.compile(r"['’](?:s|ve|m|ll|d|re)$")
_SKIPPED = ("it", "you", "your", "yours", "yourself", "yourselves", "mine")


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    first: bool

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def big(self) -> bool:
        return self.text[0].isupper() or self.text[0].istitle()


class Naming:
    """The mentions of one document.

    Where there are no word lists they are runs of two or more capitalised words, or of one that
    does not begin a sentence; in scripts without capitals there are none.
    """

    def __init__(self, document: Document, sentences: Sequence[Stretch], words: Lexicon) -> None:
        self._text = document.text
        self._document = document
        self._words = words
        self._tokens = [list(self._tokenized(start, end)) for start, end in sentences]
        inner = [t for tokens in self._tokens for t in tokens if not t.first]
        titled = self._titled()
        self._small = {t.text for tokens in self._tokens for t in tokens if not t.big}
        self._inner = {
            t.text for t in inner if t.big and not any(a <= t.start < b for a, b in titled)
        }
        self._titled_places = titled

    def spans(self, cues: Sequence[Typed], contents: Sequence[Typed]) -> list[Typed]:
        """All mentions, typed by the kinds of their actors."""
        names = self._names()
        kinds = self._kinds(names)
        found = [Typed(s.start, s.end, kinds[s.type]) for s in names if kinds[s.type]]
        if self._words.lists:
            found += self._nominals(found, cues)
            found += self._pronouns(found, contents)
        return found

    def _tokenized(self, start: int, end: int) -> Iterator[_Token]:
        first = True
        for match in _TOKEN.finditer(self._text, start, end):
            exact = match[0]
            ending = _ENDING.search(exact)
            stop = match.start() + ending.start() if ending and ending.start() else match.end()
            yield _Token(match.start(), stop, self._text[match.start() : stop], first)
            before = self._text[match.end() : match.end() + 2]
            first = bool(regex.match(r"[.:!?]|\s?[“‘\"'«„]", before))

    def _titled(self) -> list[Stretch]:
        """Headlines and other lines in which nearly every word has a capital."""
        found = []
        plain = [s for s in self._document.sections if s.role in ("byline", "dateline")]
        for tokens in self._tokens:
            if not tokens or any(s.start <= tokens[0].start < s.end for s in plain):
                continue
            long = [t for t in tokens if len(t.text) > 3]
            if len(long) > 2 and sum(t.big for t in long) > 0.7 * len(long):
                found.append((tokens[0].start, tokens[-1].end))
        return found

    def _names(self) -> list[Typed]:
        """The runs, each typed by the words that are looked up for its kind."""
        runs = [run for tokens in self._tokens for run in self._runs(tokens)]
        found = [span for run in runs for span in self._cut(run)]
        alone = {span.type for span in found}
        return [part for span in found for part in self._split(span, alone)]

    def _split(self, span: Typed, alone: Collection[str]) -> Iterator[Typed]:
        """A name that is two: "President of Arland Jo Roe", where "Arland" also stands alone."""
        tokens = span.type.split(" ")
        sizes = range(len(tokens) - 2, 0, -1) if self._text[: span.start].endswith(" of ") else ()
        for size in sizes:
            first, rest = " ".join(tokens[:size]), " ".join(tokens[size:])
            bodies = self._words("kinds", "organizations")
            if first in alone and bodies.isdisjoint(rest.lower().split()):
                yield Typed(span.start, span.start + len(first), first)
                yield Typed(span.end - len(rest), span.end, f"person:{rest}")
                return
        yield span

    def _runs(self, tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
        run: list[_Token] = []
        for token in tokens:
            if run and not self._goes_on(run, token):
                yield run
                run = []
            if token.big and self._may_name(token, tokens):
                run.append(token)
            elif run and token.lower in ("of", "for", "and", "the") and self._links(run, token):
                run.append(token)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _goes_on(self, run: Sequence[_Token], token: _Token) -> bool:
        between = self._text[run[-1].end : token.start]
        if between in ("’s ", "'s ") and token.big:
            return run[-1].lower in self._words("kinds", "groups")
        return between in (" ", "\u00a0", ". ") and (
            self._text[run[-1].end : token.start] != ". "
            or run[-1].lower in self._words("mentions", "titles")
        )

    def _links(self, run: Sequence[_Token], token: _Token) -> bool:
        """Whether "of", "for" can stand inside a name: the Bank of X, Institute for Y."""
        last = run[-1].lower
        if token.lower == "the":
            return last in ("of", "for")
        if token.lower == "and":
            return False
        behind = regex.match(r"\s(?:the\s)?\p{Lu}", self._text, pos=token.end)
        return last in self._words("naming", "behind_of") and behind is not None

    def _may_name(self, token: _Token, tokens: Sequence[_Token]) -> bool:
        lower = token.lower
        if (
            lower in self._words("naming", "calendar")
            or lower == "i"
            or not token.text[0].isalpha()
        ):
            return False
        if any(a <= token.start < b for a, b in self._titled_places):
            return token.text in self._inner
        if not token.first:
            return True
        if token.text in self._inner:
            return True
        if lower in self._words("naming", "openers") or lower in self._small:
            return False
        behind = regex.match(r"['’]s\b|\s\p{Lu}\p{Ll}", self._text, pos=token.end)
        return behind is not None or (token.text.isupper() and len(token.text) > 1)

    def _cut(self, run: list[_Token]) -> Iterator[Typed]:
        """A run without titles, articles and what is no part of the name."""
        titles = self._words("mentions", "titles")
        while run and not run[-1].big:
            run = run[:-1]
        while run and run[0].lower in self._words("naming", "openers") and run[0].first:
            run = run[1:]
        titled = False
        for at, token in enumerate(run):
            if token.lower.rstrip(".") in titles and not self._is_body(run[at:]):
                yield from self._cut_before(run[:at])
                run, titled = run[at + 1 :], True
                while run and run[0].lower.rstrip(".") in titles:
                    run = run[1:]
                break
        if run and run[-1].big and run[0].big:
            exact = self._text[run[0].start : run[-1].end]
            yield Typed(run[0].start, run[-1].end, f"person:{exact}" if titled else exact)

    def _cut_before(self, run: list[_Token]) -> Iterator[Typed]:
        if run:
            yield Typed(run[0].start, run[-1].end, self._text[run[0].start : run[-1].end])

    def _is_body(self, run: Sequence[_Token]) -> bool:
        """Whether words that begin with a title are the name of a body: Defence Ministry."""
        bodies = self._words("kinds", "organizations")
        return any(t.lower in bodies for t in run[:3])

    def _kinds(self, names: Sequence[Typed]) -> dict[str, str]:
        """The kind for each run of words, by votes of all its places; empty for no actor."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for span in names:
            exact = span.type.removeprefix("person:")
            votes[exact][self._vote(span, exact)] += 2 if span.type != exact else 1
        people = {
            part
            for exact, vote in votes.items()
            if vote.most_common(1)[0][0] == "person"
            for part in exact.split()
        }
        kinds = {}
        for exact, vote in votes.items():
            best = vote.most_common(1)[0][0]
            if " " not in exact and exact in people and best in ("unknown", "thing"):
                best = "person"
            kinds[exact] = kinds[f"person:{exact}"] = {"unknown": "gpe", "thing": ""}.get(
                best, best
            )
        return kinds

    def _vote(self, span: Typed, exact: str) -> str:
        """What one place of a name says of its kind."""
        if span.type != exact:
            return "person"
        lowered = exact.lower().replace("’", "'")
        tokens = lowered.split()
        if not self._words.lists:
            return "person" if len(tokens) > 1 else "gpe"
        if exact in self._words("naming", "bodies") or exact in _known(self._words, "bodies"):
            return "organization"
        if self._is_place(exact):
            return "gpe"
        last = head(lowered)
        if tokens[0] in self._words("naming", "geography") and len(tokens) > 1 and tokens[-1] not in self._words("kinds", "organizations"):
            return "thing"
        if last in self._words("naming", "geography") and last not in self._words(
            "kinds", "organizations"
        ):
            return "thing"
        if any(token in self._words("kinds", "organizations") for token in tokens):
            return "organization"
        before = self._text[: span.start].rsplit(maxsplit=1)[-1:] or [""]
        previous = before[0].lower().strip('(“"‘,')
        if len(tokens) > 1:
            if previous == "the":
                return "thing"
            is_place = previous in ("in", "at", "near") or self._is_dateline(span)
            return "gpe" if is_place else "person"
        if previous == "the":
            derived = lowered.endswith(tuple(self._words("adjectives", "likely")))
            return (
                "gpe"
                if derived
                else ("organization" if exact.isupper() and len(exact) > 1 else "thing")
            )
        if exact.isupper() and 1 < len(exact) < 6:
            return "organization"
        if previous in self._words("naming", "places"):
            return "gpe"
        return "unknown"

    def _is_dateline(self, span: Typed) -> bool:
        return any(
            s.role == "dateline" and s.start <= span.start < s.end for s in self._document.sections
        )

    def _is_place(self, exact: str) -> bool:
        known = exact in countries() or exact in _known(self._words, "known")
        return (
            known
            or exact in self._words.adjectives
            or exact.lower() in self._words("naming", "states")
        )

    def _nominals(self, names: Sequence[Typed], cues: Sequence[Typed]) -> Iterator[Typed]:
        """Noun phrases for a person, a body or a group that speak, or describe a name."""
        phrases = list(self._phrases(names))
        counts = Counter(head(self._text[p.start : p.end].lower()) for p in phrases)
        parts = {
            w.lower()
            for n in names
            if n.type == "organization"
            for w in self._text[n.start : n.end].split()
        }
        for phrase in phrases:
            exact = self._text[phrase.start : phrase.end].lower()
            definite = exact.split(maxsplit=1)[0] in self._words("mentions", "definite")
            bare = exact.split(maxsplit=1)[0] not in self._words("mentions", "determiners")
            if (
                self._is_by_cue(phrase, cues)
                or self._describes(phrase, names)
                or (definite and head(exact) in parts)
                or (not bare and counts[head(exact)] > 1)
            ):
                yield phrase

    def _phrases(self, names: Sequence[Typed]) -> Iterator[Typed]:
        """Determiner, adjectives, a noun for somebody, and what "of" or "at" adds to it."""
        for tokens in self._tokens:
            at = 0
            while at < len(tokens):
                phrase, at = self._phrase(tokens, at, names)
                if phrase is not None:
                    yield phrase

    def _phrase(
        self, tokens: Sequence[_Token], at: int, names: Sequence[Typed]
    ) -> tuple[Typed | None, int]:
        if tokens[at].lower not in self._words("mentions", "determiners"):
            return self._bare(tokens[at], names), at + 1
        best = None
        if at + 1 < len(tokens) and tokens[at + 1].lower in ("the", "a", "an", "his", "her", "its", "their"):
            return None, at + 1
        for index in range(at + 1, min(at + 6, len(tokens))):
            if self._text[tokens[index - 1].end : tokens[index].start] not in (
                " ",
                "'s ",
                "’s ",
                "\u00a0",
                "s' ",
                "s’ ",
            ):
                break
            kind = self._noun_kind(tokens[index].lower)
            if kind and not tokens[index].big:
                best = index, kind
            elif best is not None:
                break
            elif tokens[index].lower in (
                "of",
                "in",
                "at",
                "and",
                "to",
                "that",
                "who",
                "is",
                "was",
                "for",
                "on",
                "with",
                "from",
            ):
                break
        if best is None:
            return None, at + 1
        index, kind = best
        end = tokens[index].end
        for name in names:
            between = self._text[end : name.start] if name.start > end else ""
            if regex.fullmatch(r" (?:of|at|in|for|from) (?:the )?", between) and (
                kind == "person" or "of" in between
            ):
                end = name.end
                break
        if regex.match(r"\s\p{Lu}", self._text, pos=end) and end == tokens[index].end:
            return None, index + 1
        return Typed(tokens[at].start, end, kind), index + 1

    def _bare(self, token: _Token, names: Sequence[Typed]) -> Typed | None:
        """A noun without determiner: a group, or the description of a name with what it adds."""
        if token.big:
            return None
        if token.lower in self._words("kinds", "groups"):
            return Typed(token.start, token.end, "group")
        if token.lower not in self._words("kinds", "persons") or self._text[token.start - 2 : token.start] != ", ":
            return None
        for name in names:
            between = self._text[token.end : name.start] if name.start > token.end else ""
            if regex.fullmatch(r" (?:of|at|in|for|from) (?:the )?", between):
                return Typed(token.start, name.end, "person")
        match = regex.compile(r" (?:of|for) (?:the |an? )?\p{Ll}+").match(self._text, token.end)
        return Typed(token.start, match.end(), "person") if match else None

    def _noun_kind(self, noun: str) -> str:
        for name, kind in (
            ("persons", "person"),
            ("organizations", "organization"),
            ("groups", "group"),
        ):
            if noun in self._words("kinds", name):
                return kind
        return "gpe" if noun in self._words.generic.get("gpe", frozenset()) else ""

    def _is_by_cue(self, phrase: Typed, cues: Sequence[Typed]) -> bool:
        for cue in cues:
            word = self._text[cue.start : cue.end].lower()
            if 0 < cue.start - phrase.end and regex.fullmatch(r",[^,;.“”\"]{3,60}, ", self._text, pos=phrase.end, endpos=cue.start):
                return True
            if 0 < cue.start - phrase.end <= 6 and not self._text[phrase.end : cue.start].strip(
                " ,"
            ).strip("alsohasdt "):
                return True
            if 0 < phrase.start - cue.end <= 2 and (
                word in self._words("quotes", "addressed")
                or word.startswith("according")
                or self._text[cue.start - 2 : cue.start - 1] in ",”\"’'?!"
            ):
                return True
        return False

    def _describes(self, phrase: Typed, names: Sequence[Typed]) -> bool:
        """Whether a phrase stands beside a name, parted by a comma."""
        return phrase.type in ("person", "organization") and any(
            name.type == phrase.type and self._text[name.end : phrase.start] == ", "
            for name in names
        )

    def _pronouns(self, names: Sequence[Typed], contents: Sequence[Typed]) -> Iterator[Typed]:
        persons = self._words("mentions", "persons")
        plural = self._words("mentions", "plural")
        for token in (t for tokens in self._tokens for t in tokens):
            lower = token.lower
            quoted = any(c.start <= token.start < c.end for c in contents)
            if lower in _SKIPPED or (token.text == "US"):
                continue
            if lower in persons and (lower not in self._words("mentions", "speaking") or quoted):
                yield Typed(token.start, token.end, "person")
            elif lower in plural:
                yield Typed(token.start, token.end, "group")
            elif lower in self._words("mentions", "neuter") or lower in self._words(
                "mentions", "speaking_plural"
            ):
                yield Typed(token.start, token.end, self._last_kind(names, token.start))

    def _last_kind(self, names: Sequence[Typed], at: int) -> str:
        before = [n for n in names if n.end <= at and n.type in ("gpe", "organization")]
        return max(before, key=lambda name: name.end).type if before else "organization"


def _known(words: Lexicon, name: str) -> frozenset[str]:
    return words("naming", name)
