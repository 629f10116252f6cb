"""Which mentions are one actor."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ...segment import Stretch
from .forms import Reference, head, state
from .lexicon import Lexicon

Voice = tuple[int, int, list[int]]
"""Start and end of a stretch that somebody speaks, and the indices of the speaking mentions."""


@dataclass
class Cluster:
    """The mentions of one actor so far, as indices; `gender` is f, m or empty."""

    kind: str
    members: list[int] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    gender: str = ""


def clusters(
    text: str,
    sentences: Sequence[Stretch],
    references: Sequence[Reference],
    voices: Sequence[Voice],
    words: Lexicon,
) -> list[Cluster]:
    """The actors of one text, in the order of their first mentions.

    Every reference is in one cluster. Names are one actor where they are equal, where one is the
    end or the beginning of the other, or its initials; adjectives follow the state that they are
    made from; pronouns take the nearest actor that fits; other mentions are told by their heads.
    """
    return _Clustering(text, sentences, references, voices, words).run()


class _Clustering:
    def __init__(
        self,
        text: str,
        sentences: Sequence[Stretch],
        references: Sequence[Reference],
        voices: Sequence[Voice],
        words: Lexicon,
    ) -> None:
        self._text = text
        starts = [start for start, _ in sentences]
        self._sentences = [bisect_right(starts, reference.start) for reference in references]
        self._references = references
        self._voices = voices
        self._words = words
        self._spoken_in = [self._voice(index) for index in range(len(references))]
        self._found: list[Cluster] = []
        self._of: dict[int, Cluster] = {}
        self._places = {r.exact for r in references if r.kind == "gpe" and r.form == "name"}

    def run(self) -> list[Cluster]:
        """Names first, so that a later full name helps an earlier short one; pronouns last."""
        ways: dict[str, Callable[[int], Cluster | None]] = {
            "name": self._name,
            "adjective": self._adjective,
            "nominal": self._nominal,
        }
        order = sorted(range(len(self._references)), key=self._fullest_first)
        for wanted, find in ways.items():
            for index in order if wanted == "name" else range(len(self._references)):
                if self._references[index].form == wanted:
                    self._put(index, find(index))
        for speaking in (False, True):
            for index, reference in enumerate(self._references):
                if reference.form == "pronoun" and self._speaks(reference) == speaking:
                    self._put(index, self._spoken(index) if speaking else self._pronoun(index))
        for cluster in self._found:
            cluster.members.sort()
        return sorted(self._found, key=lambda cluster: cluster.members[0])

    def _fullest_first(self, index: int) -> tuple[int, int]:
        return -len(self._references[index].exact.split()), index

    def _put(self, index: int, cluster: Cluster | None) -> None:
        reference = self._references[index]
        if cluster is None:
            cluster = Cluster(reference.kind)
            self._found.append(cluster)
        cluster.members.append(index)
        self._of[index] = cluster
        tokens = _tokens(reference)
        if reference.form in ("name", "adjective") and tokens not in cluster.names:
            cluster.names.append(tokens)
        if reference.form == "nominal":
            cluster.heads.add(_head(reference))
        elif reference.form == "name" and reference.kind == "person":
            before = self._text[max(reference.start - 60, 0) : reference.start].lower().split()
            cluster.heads |= set(before[-3:]) & self._words("kinds", "persons")
        cluster.gender = cluster.gender or self._gender(reference)

    def _name(self, index: int) -> Cluster | None:
        tokens = _tokens(self._references[index])
        kind = self._references[index].kind
        fits = [c for c in self._found if any(_match(tokens, name, kind) for name in c.names)]
        same = [c for c in fits if tokens in c.names] or [c for c in fits if c.kind == kind]
        if kind == "person" and len(tokens) == 1:
            gender = self._gender(self._references[index])
            named = [c for c in fits if c.kind == kind]
            same = [c for c in named if not gender or c.gender in ("", gender)] or named or same
        return self._nearest(index, same)

    def _adjective(self, index: int) -> Cluster | None:
        exact = self._references[index].exact
        name = state(exact, self._places, self._words).casefold()
        named = [c for c in self._found if c.kind == "gpe" and tuple(name.split()) in c.names]
        if not named:
            key = _tokens(self._references[index])
            named = [c for c in self._found if c.kind == "gpe" and key in c.names]
        return self._nearest(index, named)

    def _nominal(self, index: int) -> Cluster | None:
        reference = self._references[index]
        if (described := self._described(index)) is not None:
            return described
        head = _head(reference)
        first = reference.exact.split()[0].lower()
        if first not in self._words("mentions", "definite"):
            return None
        before = [c for c in self._found if c.kind == reference.kind and c.members[0] < index]
        headed = [c for c in before if head in c.heads or _is_headed(head, c)]
        if not headed and head in self._words.generic.get(reference.kind, frozenset()):
            bodies = self._words("kinds", "organizations")
            headed = [c for c in before if all(bodies.isdisjoint(name) for name in c.names)]
        return self._nearest(index, headed)

    def _described(self, index: int) -> Cluster | None:
        """The actor whose name stands before a comma and this description, or behind both."""
        reference = self._references[index]
        for other, cluster in self._of.items():
            name = self._references[other]
            if name.form == "name" and cluster.kind == reference.kind:
                one, two = sorted((name, reference), key=lambda mention: mention.start)
                near = 0 < two.start - one.end < 4
                if near and self._text[one.end : two.start].strip() == ",":
                    return cluster
        return None

    def _pronoun(self, index: int) -> Cluster | None:
        reference = self._references[index]
        gender = self._gender(reference)
        fits = [
            c
            for c in self._found
            if c.kind == reference.kind and (not gender or c.gender in ("", gender))
        ]
        before = [c for c in fits if min(c.members) < index]
        if not before:
            return self._nearest(index, fits)
        return min(before, key=lambda cluster: self._distance(index, cluster))

    def _distance(self, index: int, cluster: Cluster) -> tuple[float, int]:
        """How far a pronoun is from an actor: sentences back, and there the first comes first.

        What only a quote mentions that the pronoun is not in counts as further away.
        """
        at, here = self._sentences[index], self._spoken_in[index]

        def place(member: int) -> tuple[float, int]:
            elsewhere = self._spoken_in[member] not in (None, here)
            return at - self._sentences[member] + 1.5 * elsewhere, member

        return min(place(member) for member in cluster.members if member < index)

    def _voice(self, index: int) -> int | None:
        """The innermost spoken stretch around a mention, by its number."""
        reference = self._references[index]
        around = [
            (voice[1] - voice[0], number)
            for number, voice in enumerate(self._voices)
            if voice[0] <= reference.start and reference.end <= voice[1]
        ]
        return min(around)[1] if around else None

    def _spoken(self, index: int) -> Cluster | None:
        """Whom "I" and "we" stand for: the speaker, or a body that the speaker is with."""
        reference = self._references[index]
        around = [v for v in self._voices if v[0] <= reference.start and reference.end <= v[1]]
        for _, _, speakers in sorted(around, key=lambda voice: voice[1] - voice[0]):
            for speaker in speakers:
                cluster = self._of.get(speaker)
                if cluster is not None and cluster.kind == reference.kind:
                    return cluster
        return self._pronoun(index)

    def _speaks(self, reference: Reference) -> bool:
        lowered = reference.exact.lower()
        return lowered in self._words("mentions", "speaking") | self._words(
            "mentions", "speaking_plural"
        )

    def _gender(self, reference: Reference) -> str:
        """What pronouns, nouns and the title before a name tell."""
        if reference.kind != "person":
            return ""
        lowered = reference.exact.lower()
        if reference.form == "pronoun":
            pairs = (("f", "feminine"), ("m", "masculine"))
            return next((g for g, name in pairs if lowered in self._words("mentions", name)), "")
        word = _head(reference)
        if reference.form == "name":
            start = reference.start
            before = self._text[max(start - 30, 0) : start].split()[-1:] or [""]
            word = before[0].strip(".,“\"'").lower()
        pairs = (("f", "women"), ("m", "men"))
        return next((g for g, name in pairs if word in self._words("mentions", name)), "")

    def _nearest(self, index: int, among: Sequence[Cluster]) -> Cluster | None:
        """The cluster whose last mention before this one is nearest, else the first after it."""

        def distance(cluster: Cluster) -> tuple[bool, int]:
            before = [member for member in cluster.members if member < index]
            return (False, index - max(before)) if before else (True, min(cluster.members))

        return min(among, key=distance, default=None)


_QUARTERS = ("north", "south", "east", "west")


def _tokens(reference: Reference) -> tuple[str, ...]:
    return tuple(reference.key.replace("-", " ").split()) or (reference.exact,)


def _match(one: tuple[str, ...], other: tuple[str, ...], kind: str) -> bool:
    """Whether two names can be one actor's."""
    if one == other:
        return True
    short, full = sorted((one, other), key=len)
    if len(short) == len(full):
        return False
    if len(short) == 1 and len(full) > 1 and short[0] == _initials(full):
        return True
    if kind == "gpe":
        return len(full) == 2 and short[0] in _QUARTERS and full[0] == short[0]
    return short in (full[-len(short) :], full[: len(short)])


def _initials(tokens: tuple[str, ...]) -> str:
    return "".join(token[0] for token in tokens if token not in ("of", "the", "and", "for"))


def _head(reference: Reference) -> str:
    return head(reference.exact.lower().replace("’", "'")).removesuffix("'s")


def _is_headed(head: str, cluster: Cluster) -> bool:
    """Whether the name of a body says what it is: "the commission"."""
    return any(head in name for name in cluster.names if len(name) > 1)
