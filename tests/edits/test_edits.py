"""One edit in a tool changes just the lines that it should, in every format that goes both ways."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest

from onrecord.bring import Order, bring
from onrecord.exporters import exporter
from onrecord.importers import importer
from onrecord.losses import Losses
from onrecord.model import Article, Mention, Quote
from onrecord.schema import TABLES
from onrecord.standoff import maps
from onrecord.standoff.format import Reading
from onrecord.standoff.scheme import standoff
from onrecord.target import target

from ..articles import corpus
from ..conftest import ROOT
from .brat import Brat
from .cas import CasJson, CasXmi
from .doccano import Doccano
from .label_studio import LabelStudio
from .spacy import Spacy
from .tei import Tei
from .tool import CUE, CannotError, Tool
from .web_annotation import WebAnnotation

TOOLS: dict[str, type[Tool]] = {
    "brat": Brat,
    "label-studio": LabelStudio,
    "doccano": Doccano,
    "cas-xmi": CasXmi,
    "cas-json": CasJson,
    "web-annotation": WebAnnotation,
    "spacy": Spacy,
    "tei": Tei,
}
ARTICLES = (
    "questions-for-the-governor",
    pytest.param("nk-severs-road-rail-links", marks=pytest.mark.slow),
    pytest.param("icons-verdict", marks=pytest.mark.slow),
)

Row = dict[str, Any]
NEW = re.compile(r'"id":"([mqc]-[0-9a-hjkmnp-tv-z]{4,})"')


class Expected:
    """The tables of an article, to be changed as the edit should change them."""

    def __init__(self, bundle: Path) -> None:
        lines = {t: (bundle / f"{t}.jsonl").read_bytes().split(b"\n")[:-1] for t in TABLES}
        self._before = {t: [(line, orjson.loads(line)) for line in lines[t]] for t in TABLES}
        self.tables = {t: [orjson.loads(line) for line in lines[t]] for t in TABLES}

    def row(self, table: str, name: str) -> Row:
        return next(row for row in self.tables[table] if row["id"] == name)

    def remove(self, table: str, name: str) -> None:
        self.tables[table].remove(self.row(table, name))

    def rows(self, table: str) -> list[Row]:
        return _sorted(self.tables[table])

    def untouched(self, table: str) -> set[bytes]:
        """The lines that are to stay byte for byte."""
        return {line for line, row in self._before[table] if row in self.tables[table]}


@dataclass
class Scene:
    """An article before an edit, the tool that has it open, and what should come of it."""

    article: Article
    tool: Tool
    expected: Expected
    told: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.article.document.text

    def span(self, start: int, end: int) -> Row:
        return {"start": start, "end": end, "exact": self.text[start:end]}

    def new(self, table: str, key: str, /, **row: Any) -> None:
        """A record that should be there; of a new id `new` is shown."""
        self.expected.tables[table].append({"doc": self.article.document.id, "id": key, **row})


Edit = Callable[[Scene], None]
EDITS: dict[str, Edit] = {}


def edit(function: Edit) -> Edit:
    EDITS[function.__name__] = function
    return function


# What there is to edit


def plain_words(article: Article) -> list[tuple[int, int]]:
    """Words that are no annotation and in which none begins or ends."""
    edges = {at for node in standoff(article).nodes for span in node.spans for at in span}
    heads = [s for s in article.document.sections if s.role != "body"]
    return [
        match.span()
        for match in re.finditer(r"(?<![^ ])[a-z]{4,}(?= [a-z])", article.document.text)
        if edges.isdisjoint(range(match.start() - 1, match.end() + 2))
        if not any(s.start <= match.start() < s.end for s in heads)
    ]


def mentions_of(article: Article, actor: str) -> list[Mention]:
    return [mention for mention in article.mentions if mention.actor == actor]


def referred(article: Article) -> set[str]:
    """Mentions that a quote or, for its actor, a claim refers to."""
    first: dict[str, str] = {}
    for mention in article.mentions:
        first.setdefault(mention.actor, mention.id)
    found = {name for quote in article.quotes for name in (*quote.speakers, *quote.addressees)}
    return found | {first.get(actor, "") for claim in article.claims for actor in claim.targets}


def often(article: Article, least: int = 4) -> list[str]:
    """Actors with many mentions that no other actor is made of, those with most facts first."""
    found = [a for a in article.actors if len(mentions_of(article, a.id)) >= least]
    return [a.id for a in sorted(found, key=lambda a: (not a.country, not a.sector, a.id))]


def spoken(article: Article) -> Quote:
    """A quote in one part, by one speaker, alone in speaking through that mention."""
    names = [name for quote in article.quotes for name in quote.speakers]
    return next(
        q for q in article.quotes
        if len(q.speakers) == len(q.content) == 1 and q.cue and names.count(q.speakers[0]) == 1
        if q.speakers[0] not in {mentions_of(article, a.id)[0].id for a in article.actors
                                 if mentions_of(article, a.id)}
    )  # fmt: skip


def unreferred(article: Article, actor: str) -> Iterator[Mention]:
    """Further mentions of an actor to which nothing refers, with one behind."""
    chain = mentions_of(article, actor)
    yield from (m for m in chain[1:-1] if m.id not in referred(article))


# The edits


@edit
def nothing(scene: Scene) -> None:
    pass


@edit
def add_a_mention_of_an_actor(scene: Scene) -> None:
    actor = often(scene.article)[0]
    start, end = plain_words(scene.article)[3]
    kind = scene.expected.row("actors", actor)["kind"]
    made = scene.tool.add(kind, start, end)
    scene.tool.link("coreference", made, mentions_of(scene.article, actor)[-1].id)
    place = scene.span(start, end)
    scene.new("mentions", "new", actor=actor, form="unspecified", **place)


@edit
def add_a_mention_of_a_new_actor(scene: Scene) -> None:
    start, end = plain_words(scene.article)[4]
    scene.tool.add("group", start, end)
    word = scene.text[start:end]
    scene.new("mentions", "new", actor=word, form="unspecified", **scene.span(start, end))
    scene.new("actors", word, name=word, kind="group")


@edit
def move_an_end(scene: Scene) -> None:
    edges = [at for n in standoff(scene.article).nodes for span in n.spans for at in span]
    for mention in scene.article.mentions:
        match = re.match(r" [a-z]+(?= )", scene.text[mention.end :])
        if match and not any(mention.end < at <= mention.end + match.end() for at in edges):
            if edges.count(mention.end) == 1:
                break
    end = mention.end + match.end() if match else 0
    scene.tool.move(mention.id, end)
    scene.expected.row("mentions", mention.id).update(scene.span(mention.start, end))


@edit
def delete_a_mention(scene: Scene) -> None:
    gone = next(unreferred(scene.article, often(scene.article)[0]))
    scene.tool.delete(gone.id)
    scene.expected.remove("mentions", gone.id)


@edit
def delete_a_speaker(scene: Scene) -> None:
    quote = spoken(scene.article)
    scene.tool.delete(quote.speakers[0])
    scene.expected.remove("mentions", quote.speakers[0])
    scene.expected.row("quotes", quote.id)["speakers"] = []
    scene.told.append("speaker that is gone")


@edit
def delete_the_first_mention(scene: Scene) -> None:
    for actor in often(scene.article, 2):
        first = mentions_of(scene.article, actor)[0]
        if first.id not in referred(scene.article):
            break
    scene.tool.delete(first.id)
    scene.expected.remove("mentions", first.id)


@edit
def delete_the_first_mention_of_a_target(scene: Scene) -> None:
    speakers = {n for q in scene.article.quotes for n in (*q.speakers, *q.addressees)}
    claims = [c for c in scene.article.claims if c.targets]
    for actor in (actor for claim in claims for actor in claim.targets):
        chain = mentions_of(scene.article, actor)
        if len(chain) > 1 and chain[0].id not in speakers:
            break
    scene.tool.delete(chain[0].id)
    scene.expected.remove("mentions", chain[0].id)
    scene.told += ["target whose first mention is gone" for c in claims if actor in c.targets]


@edit
def delete_the_only_mention(scene: Scene) -> None:
    targets = {actor for claim in scene.article.claims for actor in claim.targets}
    members = {name for actor in scene.article.actors for name in actor.members}
    for actor in scene.article.actors:
        chain = mentions_of(scene.article, actor.id)
        if len(chain) == 1 and chain[0].id not in referred(scene.article):
            if actor.id not in targets | members:
                break
    scene.tool.delete(chain[0].id)
    scene.expected.remove("mentions", chain[0].id)
    scene.expected.remove("actors", actor.id)
    scene.told.append("actor that is no longer mentioned")


@edit
def delete_a_quote(scene: Scene) -> None:
    inner = {q.within for q in scene.article.quotes}
    quote = next(q for q in scene.article.quotes if q.cue and q.id not in inner)
    claims = [claim for claim in scene.article.claims if claim.quote == quote.id]
    scene.tool.delete(f"{quote.id}{CUE}")
    scene.tool.delete(quote.id)
    scene.expected.remove("quotes", quote.id)
    for claim in claims:
        del scene.expected.row("claims", claim.id)["quote"]
        scene.told.append("quote that is gone")


@edit
def change_the_kind_of_an_actor(scene: Scene) -> None:
    actor = next(a for a in scene.article.actors if len(mentions_of(scene.article, a.id)) == 1)
    scene.tool.relabel(mentions_of(scene.article, actor.id)[0].id, "artifact")
    scene.expected.row("actors", actor.id)["kind"] = "artifact"


@edit
def change_the_kind_at_one_of_many_mentions(scene: Scene) -> None:
    actor = often(scene.article)[0]
    scene.tool.relabel(mentions_of(scene.article, actor)[2].id, "artifact")
    scene.expected.row("actors", actor)["kind"] = "artifact"
    scene.told.append("label of a mention, now the kind of its actor")


@edit
def change_the_form_of_a_mention(scene: Scene) -> None:
    mention = next(m for m in scene.article.mentions if m.form == "pronoun")
    scene.tool.set(mention.id, "form", "metonym")
    scene.expected.row("mentions", mention.id)["form"] = "metonym"


@edit
def change_a_claim(scene: Scene) -> None:
    claim = scene.article.claims[2]
    for name, value in (
        ("kind", "prediction"),
        ("certainty", "possible"),
        ("polarity", "negative"),
    ):
        scene.tool.set(claim.id, name, value)
        scene.expected.row("claims", claim.id)[name] = value


@edit
def add_a_quote(scene: Scene) -> None:
    words = plain_words(scene.article)
    speaker = scene.article.mentions[1]
    quote, cue = scene.tool.add("quote", *words[5]), scene.tool.add("cue", *words[8])
    scene.tool.link("cue", quote, cue)
    scene.tool.link("speaker", quote, speaker.id)
    spans = {"cue": [scene.span(*words[8])], "content": [scene.span(*words[5])]}
    scene.new("quotes", "new", form="unspecified", speakers=[speaker.id], **spans)


@edit
def add_a_part(scene: Scene) -> None:
    quote = spoken(scene.article)
    start, end = next(w for w in plain_words(scene.article) if w[0] > quote.content[-1].end + 5)
    scene.tool.add_part(quote.id, start, end)
    scene.expected.row("quotes", quote.id)["content"].append(scene.span(start, end))


@edit
def add_a_part_to_parts(scene: Scene) -> None:
    records = [*scene.article.claims, *scene.article.quotes]
    whole, start, end = next(
        (record, *word) for record in records for word in plain_words(scene.article)
        if len(record.content) > 1 and word[0] > record.content[-1].end + 5
    )  # fmt: skip
    table = "claims" if whole in scene.article.claims else "quotes"
    scene.tool.add_part(whole.id, start, end)
    scene.expected.row(table, whole.id)["content"].append(scene.span(start, end))


@edit
def give_a_quote_another_speaker(scene: Scene) -> None:
    quote = spoken(scene.article)
    scene.tool.unlink("speaker", quote.id, quote.speakers[0])
    scene.tool.link("speaker", quote.id, scene.article.mentions[1].id)
    scene.expected.row("quotes", quote.id)["speakers"] = [scene.article.mentions[1].id]


@edit
def take_a_speaker_away(scene: Scene) -> None:
    quote = spoken(scene.article)
    scene.tool.unlink("speaker", quote.id, quote.speakers[0])
    scene.expected.row("quotes", quote.id)["speakers"] = []


@edit
def add_a_second_speaker(scene: Scene) -> None:
    quote = spoken(scene.article)
    scene.tool.link("speaker", quote.id, scene.article.mentions[1].id)
    scene.expected.row("quotes", quote.id)["speakers"].append(scene.article.mentions[1].id)


@edit
def note_a_quote(scene: Scene) -> None:
    quote = next(quote for quote in scene.article.quotes if not quote.note)
    scene.tool.set(quote.id, "note", "Is this “reported”? I think so & more.")
    scene.expected.row("quotes", quote.id)["note"] = "Is this “reported”? I think so & more."


@edit
def make_two_actors_one(scene: Scene) -> None:
    kept, gone = often(scene.article, 3)[:2]
    chains = [mentions_of(scene.article, name) for name in (kept, gone)]
    if chains[1][0].start < chains[0][0].start:
        (kept, gone), chains = (gone, kept), chains[::-1]
    scene.tool.link("coreference", chains[1][0].id, chains[0][-1].id)
    merged(scene, kept, gone)


def merged(scene: Scene, kept: str, gone: str) -> None:
    """One actor is now the other, which lends what it knew no better."""
    row, lost = (scene.expected.row("actors", name) for name in (kept, gone))
    row.update({**lost, **row})
    scene.expected.remove("actors", gone)
    for mention in mentions_of(scene.article, gone):
        scene.expected.row("mentions", mention.id)["actor"] = kept
        scene.told.append("second id of an actor")
    scene.told += [
        f"second {name} of an actor" for name in ("name", "country", "sector", "wikidata")
        if name in lost and row[name] != lost[name]
    ]  # fmt: skip
    if lost["kind"] != row["kind"]:
        scene.told.append("label of a mention, now the kind of its actor")
    for claim in scene.expected.tables["claims"]:
        if gone in claim.get("targets", ()):
            named = [kept if actor == gone else actor for actor in claim["targets"]]
            claim["targets"] = list(dict.fromkeys(named))


@edit
def part_an_actor(scene: Scene) -> None:
    """The last two mentions are of somebody else."""
    actor = often(scene.article, 5)[0]
    chain = mentions_of(scene.article, actor)
    scene.tool.unlink("coreference", chain[-2].id, chain[-3].id)
    named = [m.exact for m in chain[-2:] if m.form == "name"] or [chain[-2].exact]
    became(scene, chain[-2:], named[0])


@edit
def part_a_mention(scene: Scene) -> None:
    """A mention in the middle is of somebody else: both its links go."""
    actor = often(scene.article, 5)[0]
    chain = mentions_of(scene.article, actor)
    scene.tool.unlink("coreference", chain[2].id, chain[1].id)
    scene.tool.unlink("coreference", chain[3].id, chain[2].id)
    became(scene, chain[2:3], chain[2].exact)


def became(scene: Scene, parted: list[Mention], name: str) -> None:
    """Mentions are now of an actor of whom nothing else is known."""
    was = scene.expected.row("actors", parted[0].actor)
    taken = {row["id"] for row in scene.expected.tables["actors"]}
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    made = next(s for s in (slug, *(f"{slug}-{n}" for n in range(2, 9))) if s not in taken)
    scene.new("actors", made, name=name, kind=was["kind"])
    for mention in parted:
        scene.expected.row("mentions", mention.id)["actor"] = made
    scene.told.append("mention parted from its actor")


@edit
def give_a_mention_to_another_actor(scene: Scene) -> None:
    """A mention in the middle is linked elsewhere."""
    one, other = often(scene.article)[:2]
    chain = mentions_of(scene.article, one)
    regiven(scene, chain[1], chain[0], chain[2], other)


@edit
def give_the_first_mention_to_another_actor(scene: Scene) -> None:
    """The one that the export has what is known of the actor with."""
    one, other = often(scene.article)[:2]
    chain = mentions_of(scene.article, one)
    regiven(scene, chain[0], None, chain[1], other)


def regiven(
    scene: Scene, mention: Mention, before: Mention | None, behind: Mention, other: str
) -> None:
    if before:
        scene.tool.unlink("coreference", mention.id, before.id)
    scene.tool.unlink("coreference", behind.id, mention.id)
    scene.tool.link("coreference", mention.id, mentions_of(scene.article, other)[-1].id)
    scene.expected.row("mentions", mention.id)["actor"] = other
    kinds = {scene.expected.row("actors", name)["kind"] for name in (mention.actor, other)}
    if len(kinds) > 1:
        scene.told.append("label of a mention, now the kind of its actor")


# What comes of them

_MADE = ["attribute created", "attribute creator"]
TOLD_BESIDES = {
    ("doccano", "move_an_end"): ["moved, known by words that it shares"],
    ("web-annotation", "add_a_mention_of_an_actor"): _MADE,
    ("web-annotation", "add_a_mention_of_a_new_actor"): _MADE,
    ("web-annotation", "add_a_quote"): _MADE * 2,
}
"""What some formats tell of edits that others can be sure of."""


@cache
def article(name: str) -> Article:
    return next(one for one in corpus() if one.document.id == name)


def opened(tmp_path: Path, format_: str, name: str) -> Scene:
    folder = tmp_path / "work"
    folder.mkdir()
    for file, data in exporter(format_).write([article(name)], Losses()):
        (folder / file).write_bytes(data)
    return Scene(article(name), TOOLS[format_](folder, name), Expected(stored(name)))


def stored(name: str) -> Path:
    (found,) = ROOT.glob(f"corpus/*/{name}")
    return found


def returned(tmp_path: Path, format_: str, name: str) -> tuple[Path, Losses]:
    """The folder of the bundle after the import, and what was told."""
    bundle = tmp_path / "corpus" / "train" / name
    if not bundle.exists():
        shutil.copytree(stored(name), bundle)
    losses = Losses()
    way = importer(format_)
    order = Order(map=maps.load(way.map), replace=True)
    bring(way, tmp_path / "work", target(bundle.parent), order, Reading(losses, []))
    return bundle, losses


def rows(bundle: Path, table: str, known: set[str]) -> list[Row]:
    """The records of a table, in no order; those whose ids were not there are called `new`."""
    data = (bundle / f"{table}.jsonl").read_text()
    return _sorted(orjson.loads(_shown(line, known)) for line in data.split("\n")[:-1])


def _sorted(found: Iterable[Row]) -> list[Row]:
    return sorted(found, key=lambda row: orjson.dumps(row, option=orjson.OPT_SORT_KEYS))


def _shown(line: str, known: set[str]) -> str:
    return NEW.sub(lambda m: m[0] if m[1] in known else '"id":"new"', line, count=1)


def ids(article: Article) -> set[str]:
    tables = (article.mentions, article.quotes, article.claims)
    return {record.id for table in tables for record in table}


@pytest.mark.parametrize("name", ARTICLES)
@pytest.mark.parametrize("format_", TOOLS)
@pytest.mark.parametrize("made", EDITS)
def test_an_edit_changes_what_it_should(tmp_path: Path, made: str, format_: str, name: str) -> None:
    scene = opened(tmp_path, format_, name)
    try:
        EDITS[made](scene)
    except CannotError:
        pytest.skip("the tool cannot do this")
    except StopIteration:
        pytest.skip("the article has nothing for this")
    scene.tool.save()
    bundle, losses = returned(tmp_path, format_, name)
    for table in TABLES:
        assert rows(bundle, table, ids(scene.article)) == scene.expected.rows(table)
        untouched = scene.expected.untouched(table)
        assert untouched <= set((bundle / f"{table}.jsonl").read_bytes().split(b"\n"))
    kinds = sorted(kind for _, kind, count, _ in losses for _ in range(count))
    assert kinds == sorted([*scene.told, *TOLD_BESIDES.get((format_, made), [])])
