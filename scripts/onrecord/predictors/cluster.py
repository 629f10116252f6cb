"""Which mentions are one actor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .forms import Reference, state
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
    text: str, references: Sequence[Reference], voices: Sequence[Voice], words: Lexicon
) -> list[Cluster]:
    """The actors of one text, in the order of their first mentions.

    Every reference is in one cluster. Names are one actor where they are equal, where one is the
    end or the beginning of the other, or its initials; adjectives follow the state that they are
    made from; pronouns take the nearest actor that fits; other mentions are told by their heads.
    """
    return _Clustering(text, references, voices, words).run()


class _Clustering:
    def __init__(
        self, text: str, references: Sequence[Reference], voices: Sequence[Voice], words: Lexicon
    ) -> None:
        self._text = text
        self._references = references
        self._voices = voices
        self._words = words
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
        if reference.form == "name" and tokens not in cluster.names:
            cluster.names.append(tokens)
        if reference.form == "nominal":
            cluster.heads.add(_head(reference))
        cluster.gender = cluster.gender or self._gender(reference)

    def _name(self, index: int) -> Cluster | None:
        tokens = _tokens(self._references[index])
        kind = self._references[index].kind
        fits = [c for c in self._found if any(_match(tokens, name, kind) for name in c.names)]
        same = [c for c in fits if tokens in c.names] or [c for c in fits if c.kind == kind]
        return self._nearest(index, same)

    def _adjective(self, index: int) -> Cluster | None:
        exact = self._references[index].exact
        name = state(exact, self._places, self._words).casefold()
        named = [c for c in self._found if c.kind == "gpe" and (name,) in c.names]
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
        generic = self._words.generic.get(reference.kind, frozenset())
        return self._nearest(index, headed or (before if head in generic else []))

    def _described(self, index: int) -> Cluster | None:
        """The actor whose name stands before a comma and this description, or behind both."""
        reference = self._references[index]
        for other, cluster in self._of.items():
            name = self._references[other]
            if name.form == "name" and cluster.kind == reference.kind:
                one, two = sorted((name, reference), key=lambda mention: mention.start)
                if self._text[one.end : two.start].strip() == ",":
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
        return self._nearest(index, [c for c in fits if c.members[0] < index] or fits)

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
            before = self._text[: reference.start].rsplit(maxsplit=1)[-1:] or [""]
            word = before[0].strip(".,“\"'").lower()
        pairs = (("f", "women"), ("m", "men"))
        return next((g for g, name in pairs if word in self._words("mentions", name)), "")

    def _nearest(self, index: int, among: Sequence[Cluster]) -> Cluster | None:
        """The cluster whose last mention before this one is nearest, else the first after it."""

        def distance(cluster: Cluster) -> tuple[bool, int]:
            before = [member for member in cluster.members if member < index]
            return (False, index - max(before)) if before else (True, min(cluster.members))

        return min(among, key=distance, default=None)


def _tokens(reference: Reference) -> tuple[str, ...]:
    return tuple(reference.key.replace("-", " ").split())


def _match(one: tuple[str, ...], other: tuple[str, ...], kind: str) -> bool:
    """Whether two names can be one actor's."""
    if one == other:
        return True
    short, full = sorted((one, other), key=len)
    if len(short) == len(full):
        return False
    if len(short) == 1 and len(full) > 1 and short[0] == _initials(full):
        return True
    ends = kind in ("person", "organization") and full[-len(short) :] == short
    return ends or (kind == "person" and full[: len(short)] == short)


def _initials(tokens: tuple[str, ...]) -> str:
    return "".join(token[0] for token in tokens if token not in ("of", "the", "and", "for"))


def _head(reference: Reference) -> str:
    """The head of a noun phrase: the last word before a preposition or a relative clause."""
    tokens = reference.exact.lower().replace("’", "'").split()
    for at, token in enumerate(tokens):
        if at and token in ("of", "in", "at", "for", "from", "on", "to", "with", "who", "that"):
            return tokens[at - 1].removesuffix("'s")
    return tokens[-1]


def _is_headed(head: str, cluster: Cluster) -> bool:
    """Whether the name of a body says what it is: "the commission"."""
    return any(head in name for name in cluster.names if len(name) > 1)
