"""The edits: each makes one change in a tool, and the same in the tables that are expected."""

import re
from collections.abc import Callable, Iterator

from onrecord.model import Article, Claim, Mention, Quote
from onrecord.standoff.scheme import standoff

from .scene import Scene
from .spacy import Spacy
from .tool import CUE, CannotError

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
    behind = [(m, re.match(r" [a-z]+(?= )", scene.text[m.end :])) for m in scene.article.mentions]
    mention, end = next(
        (m, m.end + word.end()) for m, word in behind
        if word and edges.count(m.end) == 1
        and not any(m.end < at <= m.end + word.end() for at in edges)
    )  # fmt: skip
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
    kept = targets | members
    alone = [
        (a, mentions_of(scene.article, a.id)) for a in scene.article.actors if a.id not in kept
    ]
    actor, chain = next(
        (a, c) for a, c in alone if len(c) == 1 and c[0].id not in referred(scene.article)
    )
    scene.tool.delete(chain[0].id)
    scene.expected.remove("mentions", chain[0].id)
    if not scene.tool.names_actors:
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
    relabelled(scene, mentions_of(scene.article, actor.id)[0])


@edit
def change_the_kind_at_one_of_many_mentions(scene: Scene) -> None:
    actor = often(scene.article)[0]
    relabelled(scene, mentions_of(scene.article, actor)[2])
    scene.told.append("label of a mention, now the kind of its actor")


def relabelled(scene: Scene, mention: Mention) -> None:
    """A mention is labelled as one of an artifact."""
    scene.tool.relabel(mention.id, "artifact")
    row = scene.expected.row("actors", mention.actor)
    # The entity, which the script leaves as it was, says otherwise.
    scene.told += [f"label {row['kind']}"] if isinstance(scene.tool, Spacy) else []
    row["kind"] = "artifact"


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
    records: list[Claim | Quote] = [*scene.article.claims, *scene.article.quotes]
    whole, start, end = next(
        (record, *word) for record in records for word in plain_words(scene.article)
        if len(record.content) > 1 and word[0] > record.content[-1].end + 5
    )  # fmt: skip
    table = "claims" if isinstance(whole, Claim) else "quotes"
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
    if scene.tool.names_actors:
        raise CannotError
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
    if scene.tool.names_actors:
        raise CannotError
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
    if not scene.tool.names_actors:
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
    for source, end in () if scene.tool.names_actors else ((mention, before), (behind, mention)):
        if end:
            scene.tool.unlink("coreference", source.id, end.id)
    scene.tool.link("coreference", mention.id, mentions_of(scene.article, other)[-1].id)
    scene.expected.row("mentions", mention.id)["actor"] = other
    kinds = {scene.expected.row("actors", name)["kind"] for name in (mention.actor, other)}
    if len(kinds) > 1:
        scene.told.append("label of a mention, now the kind of its actor")
