r"""Articles in CoNLL-U, one file each: coreference as CorefUD has it, quotes and claims beside it.

Nothing but words, sentences and paragraphs is known of the syntax: lemmas, tags and heads are `_`.
Words are cut at the edges of spans; sentences that a mention reaches across are one. MISC has

- `Entity`: mentions as in CorefUD 1, with the fields `eid-etype-form-id`; `-` in ids is written
  `_`, so that `eid` is the actor. Clusters hold within one file. Of mentions of one actor that
  cross, CorefUD can have but the first. `SplitAnte`: members of an actor
- `Quote`, `Cue`, `Claim`: contents of quotes, their cues and contents of claims by id, in the same
  brackets, also across sentences
- `TokenRange`: offsets in code points of the text; `SpaceAfter=No`, `SpacesAfter`, `SpacesBefore`
  as of UDPipe, with `\uXXXX` for other white space; `NewPar=Yes` inside a sentence

Comments of the first sentence have the fields of the document, and those of each actor, quote,
claim and mention that are not in MISC, as JSON: `# quote q-7k3q = {...}`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ..formats.conllu.brackets import Bracketed, brackets, parts
from ..formats.conllu.sentences import Sentence, comment, escaped, is_space, plain, whole_sentences
from ..losses import Losses
from ..model import Article, Mention, Record, Span
from ..standoff.format import Exporter
from ..standoff.graph import Stretch

_ENTITY = "# global.Entity = eid-etype-form-id"
_UNKNOWN = ("_",) * 7
_IN_MISC = ("doc", "text", "content", "cue")
_IN_ENTITY = ("doc", "actor", "form", "start", "end", "exact")

Misc = Mapping[str, Mapping[int, str]]
"""What MISC has under each name at some words, by their number in the document."""


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """`<id>.conllu` for each article that has a word."""
    for article in articles:
        for name in sorted(_crossing(article)):
            where = f"{article.document.id}/{name}"
            losses.changed("mention across one of its actor, in a comment alone", where)
        if sentences := list(whole_sentences(article)):
            blocks = _blocks(article, sentences)
            text = "".join("\n".join([*block, "", ""]) for block in blocks)
            yield f"{article.document.id}.conllu", text.encode()
        else:
            losses.lost("document without words", article.document.id)


def _blocks(article: Article, sentences: Sequence[Sentence]) -> Iterator[list[str]]:
    """The lines of each sentence."""
    document, at = article.document, 0
    misc = _misc(article, sentences)
    for number, sentence in enumerate(sentences, start=1):
        lines = list(_head(article)) if number == 1 else []
        if 0 in sentence.openings:
            lines += ["# newpar", *_section(article, sentence.words[0])]
        lines.append(f"# sent_id = {document.id}-{number}")
        lines.append(f"# text = {plain(document.text, sentence.words)}")
        for n, (start, end) in enumerate(sentence.words, start=1):
            told = "|".join(f"{name}={found[at]}" for name, found in misc.items() if at in found)
            lines.append("\t".join((str(n), document.text[start:end], *_UNKNOWN, told)))
            at += 1
        yield lines


def _head(article: Article) -> Iterator[str]:
    """What is known beside the spans."""
    yield f"# newdoc id = {article.document.id}"
    yield _ENTITY
    yield comment("document", "", _rest(article.document, _IN_MISC))
    crossing = _crossing(article)
    for mention in article.mentions:
        known = ("doc",) if mention.id in crossing else _IN_ENTITY
        if len(told := _rest(mention, known)) > 1:
            yield comment("mention", told.pop("id"), told)
    for table in ("actors", "quotes", "claims"):
        for record in article.table(table):
            told = _rest(record, _IN_MISC)
            yield comment(table.removesuffix("s"), told.pop("id"), told)


def _rest(record: Record, known: Sequence[str]) -> dict[str, Any]:
    """The fields of a record but those that are known otherwise."""
    told: dict[str, Any] = msgspec.to_builtins(record)
    return {name: value for name, value in told.items() if name not in known}


def _crossing(article: Article) -> set[str]:
    """Mentions across an earlier one of their actor: closing brackets could not tell them apart."""
    open_ends: dict[str, list[int]] = {}
    found: set[str] = set()
    for mention in sorted(article.mentions, key=lambda mention: (mention.start, -mention.end)):
        ends = open_ends.setdefault(mention.actor, [])
        if any(mention.start < end < mention.end for end in ends):
            found.add(mention.id)
        else:
            ends[:] = [*(end for end in ends if end > mention.start), mention.end]
    return found


def _section(article: Article, word: Stretch) -> list[str]:
    found = (s.role for s in article.document.sections if s.start <= word[0] < s.end)
    return [f"# section = {role}" for role in found]


def _misc(article: Article, sentences: Sequence[Sentence]) -> Misc:
    words = [word for sentence in sentences for word in sentence.words]
    numbers = _Numbers(words)
    claims, quotes = article.claims, article.quotes
    return {
        "Claim": brackets(span for c in claims for span in parts(numbers.of(c.content), c.id)),
        "Cue": brackets(span for q in quotes if q.cue for span in parts(numbers.of(q.cue), q.id)),
        "Entity": brackets(_entities(article, numbers)),
        "NewPar": dict.fromkeys(_inner_openings(sentences), "Yes"),
        "Quote": brackets(span for q in quotes for span in parts(numbers.of(q.content), q.id)),
        **_spacing(article.document.text, words),
        "SplitAnte": _split(article, numbers),
        "TokenRange": {at: f"{start}:{end}" for at, (start, end) in enumerate(words)},
    }


class _Numbers:
    """Which words, counted from 0 in the document, spans begin and end with."""

    def __init__(self, words: Sequence[Stretch]) -> None:
        self._first = {start: at for at, (start, _) in enumerate(words)}
        self._last = {end: at for at, (_, end) in enumerate(words)}

    def of(self, spans: Iterable[Span | Mention]) -> list[Stretch]:
        """First and last word of each span; words are cut so that there are such."""
        return [(self._first[span.start], self._last[span.end]) for span in spans]


def _entities(article: Article, numbers: _Numbers) -> Iterator[Bracketed]:
    kinds = {actor.id: actor.kind for actor in article.actors}
    crossing = _crossing(article)
    for mention in article.mentions:
        if mention.id in crossing:
            continue
        more = f"-{kinds[mention.actor]}-{mention.form}-{_plain(mention.id)}"
        yield from parts(numbers.of([mention]), _plain(mention.actor), more)


def _split(article: Article, numbers: _Numbers) -> Mapping[int, str]:
    """Members of an actor at its first mention, where two or more are mentioned themselves."""
    first = {mention.actor: mention for mention in reversed(article.mentions)}
    found: dict[int, list[str]] = {}
    for actor in article.actors:
        members = [name for name in actor.members if name in first and name != actor.id]
        if actor.id in first and len(members) > 1:
            ((at, _),) = numbers.of([first[actor.id]])
            links = [f"{_plain(name)}<{_plain(actor.id)}" for name in members]
            found.setdefault(at, []).extend(links)
    return {at: ",".join(links) for at, links in found.items()}


def _plain(name: str) -> str:
    """An id as a field of `Entity`, which hyphens part; ids have no `_` of their own."""
    return name.replace("-", "_")


def _inner_openings(sentences: Sequence[Sentence]) -> Iterator[int]:
    at = 0
    for sentence in sentences:
        yield from (at + number for number in sorted(sentence.openings) if number)
        at += len(sentence.words)


def _spacing(text: str, words: Sequence[Stretch]) -> Misc:
    """What stands between the words, where that is not one space."""
    after, spaces = dict[int, str](), dict[int, str]()
    following = [*(start for start, _ in words[1:]), len(text)]
    for at, ((_, end), start) in enumerate(zip(words, following, strict=True)):
        between = text[end:start]
        if not is_space(between):
            after[at] = "No"
        if between not in ("", " "):
            spaces[at] = escaped(between)
    before = text[: words[0][0]]
    return {
        "SpaceAfter": after,
        "SpacesAfter": spaces,
        "SpacesBefore": {0: escaped(before)} if before else {},
    }


EXPORTER = Exporter(
    name="conllu",
    title="CoNLL-U with CorefUD entities",
    write=write,
    gives="<id>.conllu for each document",
    loses=("mentions of one actor that cross: the second is in a comment alone",),
)
