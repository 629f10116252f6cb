"""What holds whatever the edit: a file read again gives the same, nothing is guessed silently."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.problem import UncheckedError
from onrecord.standoff import maps
from onrecord.standoff.graph import Edge, Node, Standoff
from onrecord.standoff.mapping import mapped
from onrecord.standoff.scheme import standoff

from ..articles import add_actor, article
from .edits import EDITS, mentions_of, often
from .test_edits import TOOLS, opened, returned

NAME = "questions-for-the-governor"


def hashes(bundle: Path) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(bundle.iterdir())]


@pytest.mark.parametrize("format_", TOOLS)
def test_who_reads_an_edited_file_again_gets_the_same(tmp_path: Path, format_: str) -> None:
    scene = opened(tmp_path, format_, NAME)
    EDITS["add_a_quote"](scene)
    EDITS["add_a_mention_of_an_actor"](scene)
    scene.tool.save()
    once = hashes(returned(tmp_path, format_, NAME)[0])
    bundle, _ = returned(tmp_path, format_, NAME)
    assert hashes(bundle) == once


@pytest.mark.parametrize("format_", ["web-annotation", "tei"])
def test_a_pointer_to_what_is_gone_is_refused(tmp_path: Path, format_: str) -> None:
    scene = opened(tmp_path, format_, NAME)
    scene.tool.save()
    (file,) = (p for p in (tmp_path / "work").iterdir() if p.suffix in (".xml", ".jsonld"))
    speaker = scene.article.quotes[0].speakers[0]
    names = (f'xml:id="{speaker}"', f'"id": "#{speaker}"')
    words = file.read_text()
    assert any(name in words for name in names)
    for name in names:
        words = words.replace(name, name.replace(speaker, "m-zzzz"))
    file.write_text(words)
    with pytest.raises(UncheckedError) as caught:
        returned(tmp_path, format_, NAME)
    assert any(speaker in problem.message for problem in caught.value.problems)


def test_a_text_that_an_editor_laid_out_anew_is_refused(tmp_path: Path) -> None:
    opened(tmp_path, "tei", NAME).tool.save()
    file = tmp_path / "work" / f"{NAME}.xml"
    file.write_text(file.read_text().replace("Fifty minutes", "Fifty\n   minutes", 1))
    with pytest.raises(UncheckedError) as caught:
        returned(tmp_path, "tei", NAME)
    (problem,) = caught.value.problems
    assert problem.message.startswith(r"'\n   minutes on")


def test_an_id_that_brat_uses_again_is_no_id_of_ours(tmp_path: Path) -> None:
    """Brat gives the number of a deleted last annotation to the next new one."""
    scene = opened(tmp_path, "brat", NAME)
    last = scene.article.claims[-1]
    scene.tool.delete(last.id)
    start = last.content[0].start
    made = scene.tool.add("claim", start, scene.text.index(" ", start))
    scene.tool.save()
    assert made == f"T{len([n for n in standoff(scene.article).nodes if n.spans])}"
    bundle, _ = returned(tmp_path, "brat", NAME)
    assert last.id not in (bundle / "claims.jsonl").read_text()


def test_an_actor_named_in_a_field_is_the_actor(tmp_path: Path) -> None:
    """Where a tool shows the id of an actor, its links need not be drawn anew."""
    scene = opened(tmp_path, "label-studio", NAME)
    one, other = often(scene.article)[:2]
    mention = mentions_of(scene.article, one)[2]
    scene.tool.set(mention.id, "actor.id", other)
    scene.tool.save()
    bundle, _ = returned(tmp_path, "label-studio", NAME)
    lines = (bundle / "mentions.jsonl").read_text().split("\n")
    before = {m.id: m.actor for m in scene.article.mentions} | {mention.id: other}
    assert {line.split('"')[7]: line.split('"')[11] for line in lines[:-1]} == before


# Without a tool: an article of two actors, its graph changed by hand


def chain(*, length: int = 5) -> Article:
    words = " ".join(f"Ann{n}" for n in range(length))
    made = article(f"{words} Bob0 Bob1 end.")
    add_actor(made, "ann", *words.split())
    add_actor(made, "bob", "Bob0", "Bob1")
    return made


def of_whom(graph: Standoff, before: Article | None) -> tuple[dict[str, str], list[str]]:
    """The actor of each mention by its words, and what was told."""
    losses, problems = Losses(), list[Any]()
    tables = mapped(graph, maps.load("onrecord"), losses, problems, before=before)
    assert not problems
    found = {row["exact"]: row["actor"] for row in tables["mentions"]}
    return found, [kind for _, kind, _, _ in losses]


def without(graph: Standoff, *pairs: tuple[str, str]) -> Standoff:
    names = {n.exact[0]: n.key for n in graph.nodes}
    gone = [(names[one], names[other]) for one, other in pairs]
    return replace(graph, edges=tuple(e for e in graph.edges if (e.source, e.target) not in gone))


@pytest.mark.parametrize(
    ("pairs", "parted"),
    [
        ([], ""),
        ([("Ann1", "Ann0")], "Ann0"),
        ([("Ann2", "Ann1"), ("Ann3", "Ann2")], "Ann2"),
        ([("Ann4", "Ann3")], "Ann4"),
        ([("Ann2", "Ann1")], "Ann0 Ann1"),
        ([("Bob1", "Bob0")], "Bob1"),
    ],
)
def test_links_say_of_whom_a_mention_is(pairs: list[tuple[str, str]], parted: str) -> None:
    was = chain()
    now, told = of_whom(without(standoff(was), *pairs), was)
    gone = {words for words, actor in now.items() if actor not in ("ann", "bob")}
    assert gone == set(parted.split())
    assert told == (["mention parted from its actor"] if parted else [])


def test_where_nothing_is_linked_ids_of_actors_are_believed() -> None:
    was = chain()
    graph = replace(standoff(was), edges=())
    assert of_whom(graph, was) == of_whom(graph, None)


def test_without_what_was_there_an_id_of_an_actor_holds_mentions_together() -> None:
    graph = without(standoff(chain()), ("Ann2", "Ann1"))
    assert set(of_whom(graph, None)[0].values()) == {"ann", "bob"}


def test_a_document_without_ids_of_ours_is_made_anew() -> None:
    was = chain()
    bare = [replace(n, attributes={"form": "name"}) for n in standoff(was).nodes]
    tables = mapped(
        replace(standoff(was), nodes=tuple(bare)), maps.load("onrecord"), Losses(), [], before=was
    )
    assert [row["id"] for row in tables["mentions"]] == [f"m-{n:04}" for n in range(1, 8)]


@pytest.mark.parametrize("seed", range(60))
def test_any_edit_of_links_gives_every_mention_one_actor(seed: int) -> None:
    """Whatever is deleted, linked and parted: each mention has an actor that is there."""
    draw, was = random.Random(seed), chain(length=6)
    graph = standoff(was)
    nodes = [node for node in graph.nodes if draw.random() < 0.8]
    keys = [node.key for node in nodes]
    edges = [
        edge for edge in graph.edges
        if edge.source in keys and edge.target in keys and draw.random() < 0.7
    ]  # fmt: skip
    edges += list(_some_links(draw, keys))
    nodes += [Node("new", "group", ((len("Ann0 "), 9),), {}, ("Ann1",))]
    edited = replace(graph, nodes=tuple(nodes), edges=tuple(edges))
    losses, problems = Losses(), list[Any]()
    tables = mapped(edited, maps.load("onrecord"), losses, problems, before=was)
    assert not problems
    actors = [row["id"] for row in tables["actors"]]
    assert len(set(actors)) == len(actors)
    assert {row["actor"] for row in tables["mentions"]} == set(actors)
    linked = {row["id"]: row["actor"] for row in tables["mentions"]}
    for edge in edges:
        if edge.source != edge.target:
            assert linked[edge.source] == linked[edge.target]


def _some_links(draw: random.Random, keys: list[str]) -> Iterator[Edge]:
    for _ in range(draw.randint(0, 2) if keys else 0):
        yield Edge("coreference", draw.choice(keys), draw.choice(keys))
