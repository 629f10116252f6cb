"""Level 5: what only the corpus as a whole shows.

The checks see one summary for each document, never its text, so that a corpus of any size fits.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..model import Actor, Mention
from .repeats import empty_index
from .rule import Rule


class E501(Rule):
    """A document id stands in one bundle only.

    Reason: the id names the document everywhere: in references, seeds and results.

    Usual cause: an article was added twice, or a folder was copied as a template.

    Cure: delete one of the two, or give it another id.
    """


class E502(Rule):
    """Articles on one story stay in one split.

    Reason: a model that saw the story in training is not tested on it.

    Usual cause: a later article on the story was put into another split.

    Cure: move one of them; splits of released documents do not change, so move the new one.
    """


class E503(Rule):
    """No document nearly repeats one of another split.

    Reason: a model that saw the text in training is not tested on it.

    Usual cause: two outlets printed the same agency report.

    Cure: move one of the two into the other's split, or leave it out.
    """


class E504(Rule):
    """A named actor has the same kind, country and Wikidata item in every document.

    Reason: the same slug is the same actor, and it does not change what it is.

    Usual cause: two actors share a name, or one of the records is wrong.

    Cure: correct the record, or give one of the two another slug.
    """


class E505(Rule):
    """Every seed belongs to a document.

    Reason: a source that no document comes from was added by mistake or is not yet annotated.

    Usual cause: the bundle was not added to the commit, or the document was renamed.

    Cure: add the bundle, rename the seed, or remove it.
    """


class E506(Rule):
    """The corpus folder holds splits, pages (`.md`) and pictures (`.svg`); a split holds bundles.

    Reason: what stands elsewhere is never loaded or checked.

    Usual cause: a split's name is misspelt, or a file was put beside the bundles.

    Cure: move the folder or file to its place.
    """


class E507(Rule):
    """A document whose seed is there gives the seed's hash.

    Reason: the hash proves that the source is the one that was received.

    Usual cause: the document was written by hand, without `seed`.

    Cure: add `seed`, the SHA-256 of the file.
    """


RULES = (E501, E502, E503, E504, E505, E506, E507)


@dataclass(frozen=True, slots=True)
class Summary:
    """What level 5 needs to know of one document; the paths are as people are shown them.

    `actors` has slug, kind, country, Wikidata item and line of every actor with a name mention;
    `signature` is the MinHash of the text, empty where near-duplicates are not looked for.
    """

    split: str
    path: str
    line: int
    name: str
    story: str | None
    has_hash: bool
    actors_path: str
    actors: tuple[tuple[str, tuple[str | None, ...], int], ...]
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A breach of a rule between two places of the corpus, reported at the second."""

    rule: type[Rule]
    path: str
    line: int
    message: str
    pointer: str = ""
    hint: str = ""


def named_actors(
    actors: Iterable[tuple[int, Actor]], mentions: Iterable[Mention]
) -> tuple[tuple[str, tuple[str | None, ...], int], ...]:
    """Slug, identity and line of the actors that have a name mention."""
    named = {mention.actor for mention in mentions if mention.form == "name"}
    return tuple(
        (actor.id, (actor.kind, actor.country, actor.wikidata), line)
        for line, actor in actors
        if actor.id in named
    )


class Ledger:
    """Takes one summary after the other and tells what contradicts an earlier one."""

    def __init__(self) -> None:
        self._documents: dict[str, str] = {}
        self._stories: dict[str, tuple[str, str]] = {}
        self._actors: dict[str, tuple[tuple[str | None, ...], str]] = {}
        self._texts = _Texts()
        self.unhashed: dict[str, tuple[str, int]] = {}

    @property
    def documents(self) -> Iterable[str]:
        """Ids of all documents so far."""
        return self._documents.keys()

    def enter(self, summary: Summary) -> Iterator[Conflict]:
        """What is wrong between this document and those before it."""
        yield from self._identity(summary)
        yield from self._story(summary)
        yield from self._who(summary)
        yield from self._texts.enter(summary)
        if not summary.has_hash:
            self.unhashed[summary.name] = summary.path, summary.line

    def _identity(self, summary: Summary) -> Iterator[Conflict]:
        first = self._documents.setdefault(summary.name, summary.path)
        if first != summary.path:
            message = f"document {summary.name!r} is in {first} already"
            yield Conflict(E501, summary.path, summary.line, message, "/id")

    def _story(self, summary: Summary) -> Iterator[Conflict]:
        if summary.story is not None:
            split, path = self._stories.setdefault(summary.story, (summary.split, summary.path))
            if split != summary.split:
                message = f"story {summary.story!r} is in split {split!r} already, with {path}"
                yield Conflict(E502, summary.path, summary.line, message, "/story")

    def _who(self, summary: Summary) -> Iterator[Conflict]:
        for slug, identity, line in summary.actors:
            first, path = self._actors.setdefault(slug, (identity, summary.actors_path))
            if first != identity:
                message = f"actor {slug!r} is {_shown(identity)}, but {_shown(first)} in {path}"
                yield Conflict(E504, summary.actors_path, line, message)


class _Texts:
    """Finds texts that nearly repeat one of another split, by locality-sensitive hashing."""

    def __init__(self) -> None:
        self._index: Any = None
        self._of: dict[str, tuple[str, str]] = {}

    def enter(self, summary: Summary) -> Iterator[Conflict]:
        if not summary.signature:
            return
        from datasketch import LeanMinHash

        if self._index is None:
            self._index = empty_index()
        minhash = LeanMinHash.deserialize(summary.signature)
        for key in sorted(self._index.query(minhash)):
            split, path = self._of[key]
            if split != summary.split:
                message = f"nearly repeats {key!r} of split {split!r}, {path}"
                yield Conflict(E503, summary.path, summary.line, message, "/text")
        if summary.name not in self._of:
            self._of[summary.name] = summary.split, summary.path
            self._index.insert(summary.name, minhash)


def _shown(identity: tuple[str | None, ...]) -> str:
    return ", ".join(value or "none" for value in identity)
