"""spaCy documents: all of an article comes back; what others made is read, or refused."""

import struct
import sys
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import msgspec
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Corpus, Example
from spacy.vocab import Vocab
from srsly import msgpack_dumps, msgpack_loads  # type: ignore[import-untyped]

from onrecord.exporters import spacy as exporter
from onrecord.exporters.spacy import write
from onrecord.formats.spacy import files as docfile
from onrecord.importers.spacy import read
from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.problem import MissingExtraError
from onrecord.standoff.format import Reading
from onrecord.standoff.graph import Edge, Node, Standoff
from onrecord.standoff.scheme import standoff

from . import nasty, scattered
from .articles import seed


def exported(articles: Iterable[Article]) -> bytes:
    losses = Losses()
    ((name, content),) = write(articles, losses)
    assert name == "corpus.spacy"
    assert not losses
    return content


def docs(content: bytes) -> list[Doc]:
    return list(DocBin().from_bytes(content).get_docs(Vocab()))


def imported(content: bytes, folder: Path) -> tuple[list[Standoff], Reading]:
    path = folder / "some.spacy"
    path.write_bytes(content)
    reading = Reading(Losses(), [])
    return list(read(path, reading)), reading


def brought(folder: Path, *made: Doc) -> tuple[list[Standoff], Reading]:
    """What is read of documents that somebody else made."""
    return imported(DocBin(store_user_data=True, docs=made).to_bytes(), folder)


def plain(graph: Standoff) -> Any:
    """A graph to be compared: nodes by key, edges in order."""
    nodes = {
        node.key: (node.label, node.spans, node.attributes, node.exact) for node in graph.nodes
    }
    edges = [(edge.label, edge.source, edge.target) for edge in graph.edges]
    return graph.name, graph.text, nodes, edges, msgspec.json.encode(graph.document)


def assert_comes_back(articles: list[Article], folder: Path) -> None:
    graphs, reading = imported(exported(articles), folder)
    assert not reading.problems
    assert not reading.losses
    assert [plain(graph) for graph in graphs] == [plain(standoff(a)) for a in articles]


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=scattered.articles())
def test_any_article_comes_back(made: Article, tmp_path: Path) -> None:
    assert_comes_back([made], tmp_path)


def test_many_articles_are_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporter, "BATCH", 2)
    names = [name for name, _ in write([nasty.bare()] * 5, Losses())]
    assert names == ["corpus.spacy", "corpus-2.spacy", "corpus-3.spacy"]


def test_groups_hold_every_span_with_a_useful_label() -> None:
    (doc,) = docs(exported([seed()]))
    kinds = {actor.id: actor.kind for actor in seed().actors}
    assert [(s.id_, s.label_, s.text) for s in doc.spans["mentions"]] == [
        (mention.id, kinds[mention.actor], mention.exact) for mention in seed().mentions
    ]
    assert [(s.id_, s.label_, s.text) for s in doc.spans["quotes"]] == [
        (quote.id, quote.form, span.exact) for quote in seed().quotes for span in quote.content
    ]
    assert Counter(s.label_ for s in doc.spans["claims"]) == Counter(
        claim.kind for claim in seed().claims for _ in claim.content
    )
    assert {s.label_ for s in doc.spans["cues"]} == {"cue"}


def test_entities_are_the_longest_mentions() -> None:
    _, characters, _, overlaps = docs(exported(nasty.articles()))
    assert [(e.text, e.label_) for e in overlaps.ents] == [
        ("A B C D", "person"),
        ("U", "group"),
        ("end", "person"),
    ]
    assert {e.kb_id_ for e in characters.ents if e.text == "🇰🇷"} == {"Q884"}


def test_words_without_a_mention_are_unknown_where_actors_were_not_looked_for() -> None:
    bare, characters, *_ = docs(exported(nasty.articles()))
    assert {token.ent_iob_ for token in bare} == {""}
    assert {token.ent_iob_ for token in characters} == {"B", "O"}


def test_white_space_is_words_as_spacy_has_it() -> None:
    nlp = spacy.blank("en")
    (doc,) = DocBin().from_bytes(exported([nasty.characters()])).get_docs(nlp.vocab)
    spaces = [token.text for token in doc if token.is_space]
    assert spaces == [token.text for token in nlp(doc.text) if token.is_space]
    assert spaces == ["\n", "\u2028", " ", "\t", "\n"]


def test_sentences_begin_where_the_corpus_has_them_begin() -> None:
    (doc,) = docs(exported([seed()]))
    assert doc.has_annotation("SENT_START")
    found = [sentence.text.strip() for sentence in doc.sents]
    assert found[0] == seed().document.headline


@pytest.mark.slow
def test_components_of_spacy_learn_from_it(tmp_path: Path) -> None:
    (tmp_path / "some.spacy").write_bytes(exported([seed()]))
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    nlp.add_pipe("spancat", config={"spans_key": "claims"})
    examples: list[Example] = list(Corpus(tmp_path)(nlp))
    assert len(examples) == 1
    nlp.initialize(lambda: examples)
    losses = nlp.update(examples)
    assert losses["ner"] > 0
    assert losses["spancat"] > 0


def foreign() -> Doc:
    """A document that spaCy's own components could have made."""
    vocab = Vocab()
    doc = Doc(vocab, words=["Ann", "met", "Bob", ".", "She", "left"], spaces=[True] * 5 + [False])
    ann = Span(doc, 0, 1, "PERSON", kb_id="Q1")
    doc.ents = [ann, Span(doc, 2, 3, "PERSON")]
    doc.spans["sc"] = [ann, Span(doc, 0, 3, "EVENT", span_id="meet")]
    doc.spans["coref_clusters_1"] = [Span(doc, 0, 1), Span(doc, 4, 5)]
    doc.spans["tail"] = [Span(doc, 3, 3), Span(doc, 5, 6)]
    return doc


def test_groups_and_entities_of_others_become_nodes(tmp_path: Path) -> None:
    (graph,), reading = brought(tmp_path, foreign())
    assert graph.name == "some-1"
    assert graph.text == "Ann met Bob . She left"
    assert graph.nodes == (
        Node("sc/0", "PERSON", ((0, 3),), {"kb_id": "Q1"}, ("Ann",)),
        Node("sc/1", "EVENT", ((0, 11),), {"span_id": "meet"}, ("Ann met Bob",)),
        Node("coref_clusters_1/0", "coref_clusters", ((0, 3),), {}, ("Ann",)),
        Node("coref_clusters_1/1", "coref_clusters", ((14, 17),), {}, ("She",)),
        Node("tail/1", "tail", ((18, 22),), {}, ("left",)),
        Node("doc.ents/1", "PERSON", ((8, 11),), {}, ("Bob",)),
    )
    assert graph.edges == (Edge("coreference", "coref_clusters_1/1", "coref_clusters_1/0"),)
    assert not reading.problems
    assert reading.losses.lost_kinds == {"empty span": 1}


def test_what_has_no_place_is_told(tmp_path: Path) -> None:
    doc = foreign()
    doc[0].tag_, doc[1].tag_ = "NNP", "VBD"
    doc.cats = {"sport": 0.2}
    told: dict[Any, Any] = doc.user_data
    told["mine"] = 1
    told["._.", "topic", None, None] = "people"
    told["._.", "stem", 4, None] = "met"
    told["._.", "sure", 0, 3] = 0.5
    told["._.", "all", 0, 3] = [1]
    (graph,), reading = brought(tmp_path, doc)
    assert graph.nodes[0].attributes == {"kb_id": "Q1", "sure": "0.5"}
    assert reading.losses.lost_kinds == {
        "empty span": 1,
        "token attribute TAG": 1,
        "document field cats": 1,
        "document field mine": 1,
        "document field topic": 1,
        "token attribute stem": 1,
        "attribute all": 1,
    }


def test_what_a_trained_component_found_means_what_it_means_in_ours(tmp_path: Path) -> None:
    doc = foreign()
    doc.spans["quotes"] = [Span(doc, 0, 2, "direct"), Span(doc, 0, 2, "QUOTE")]
    doc.spans["claims"] = [Span(doc, 0, 2, "demand")]
    doc.spans["mentions"] = [Span(doc, 0, 1, "person")]
    (graph,), _ = brought(tmp_path, doc)
    nodes = {node.key: (node.label, node.attributes) for node in graph.nodes}
    assert nodes["quotes/0"] == ("quote", {"form": "direct"})
    assert nodes["quotes/1"] == ("QUOTE", {})
    assert nodes["claims/0"] == ("claim", {"kind": "demand"})
    assert nodes["mentions/0"] == ("person", {})


def test_what_was_changed_in_an_export_is_changed_when_it_comes_back(tmp_path: Path) -> None:
    (doc,) = docs(exported([nasty.overlaps()]))
    quotes = list(doc.spans["quotes"])
    gone = nasty.overlaps().quotes[0].id
    doc.spans["quotes"] = [span for span in quotes if span.id_ != gone]
    doc.spans["claims"] = [
        Span(doc, s.start, s.end, "fact", span_id=s.id_) for s in doc.spans["claims"]
    ]
    (graph,), reading = brought(tmp_path, doc)
    assert gone not in {node.key for node in graph.nodes}
    kinds = {n.attributes["kind"] for n in graph.nodes if n.label == "claim"}
    assert kinds == {"fact"}
    assert {gone} & {end for edge in graph.edges for end in (edge.source, edge.target)} == set()
    assert set(reading.losses.lost_kinds) >= {"edge speaker", "edge cue", "edge quote"}


def test_a_label_of_others_in_an_export_keeps_what_is_known(tmp_path: Path) -> None:
    (doc,) = docs(exported([nasty.overlaps()]))
    (first, *_) = doc.spans["mentions"]
    doc.spans["mentions"] = [Span(doc, first.start, first.end, "ship", span_id=first.id_)]
    (graph,), _ = brought(tmp_path, doc)
    (node,) = (node for node in graph.nodes if node.label == "ship")
    assert node.key == node.attributes["id"] == first.id_


def test_entities_changed_in_an_export_are_new_or_told(tmp_path: Path) -> None:
    (doc,) = docs(exported([nasty.overlaps()]))
    assert doc[4].text == "E"
    doc.ents = [Span(doc, 0, 4, "gpe"), Span(doc, 4, 5, "person")]
    (graph,), reading = brought(tmp_path, doc)
    (new,) = (node for node in graph.nodes if node.key.startswith("doc.ents"))
    assert new == Node("doc.ents/1", "person", ((8, 9),), {}, ("E",))
    assert reading.losses.lost_kinds == {"label gpe": 1}


def test_unknown_white_space_is_told(tmp_path: Path) -> None:
    (graph,), reading = brought(tmp_path, Doc(Vocab(), words=["a", ","]))
    assert graph.text == "a , "
    assert reading.losses.changed_kinds == {"unknown white space": 1}


BAD = {
    b"": "ends too early",
    b"nonsense": "DocBin",
    zlib.compress(b"{}"): "DocBin",
    zlib.compress(msgpack_dumps([1])): "DocBin",
    zlib.compress(b"\xdd\xff\xff\xff\xff"): "DocBin",
    zlib.compress(b"\x91" * 100_000): "DocBin",
    b"PK\x03\x04": "ZIP",
}


@pytest.mark.parametrize("content", BAD)
def test_other_files_are_refused(content: bytes, tmp_path: Path) -> None:
    graphs, reading = imported(content, tmp_path)
    assert not graphs
    (problem,) = reading.problems
    assert BAD[content] in problem.message
    assert "\n" not in problem.message


def test_a_file_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docfile, "LARGEST", 2**21)
    graphs, reading = imported(zlib.compress(b"\0" * 2**24), tmp_path)
    assert not graphs
    assert "more than 2097152 bytes" in reading.problems[0].message


def message(content: bytes) -> Any:
    return msgpack_loads(zlib.decompress(content))


def packed(message: Any) -> bytes:
    return zlib.compress(msgpack_dumps(message))


def test_a_broken_document_leaves_the_others(tmp_path: Path) -> None:
    told = message(exported([nasty.characters(), nasty.overlaps(), nasty.bare()]))
    told["span_groups"][1] = b"\xff"
    told["user_data"][2] = msgpack_dumps({"onrecord": {"document": 3}})
    graphs, reading = imported(packed(told), tmp_path)
    assert [graph.name for graph in graphs] == ["nasty-characters"]
    assert [p.message.partition(":")[0] for p in reading.problems] == ["document 2", "document 3"]


@pytest.mark.parametrize("fields", [{3: 2**31 - 1, 4: 2**31 - 1}, {3: -1}, {5: 1}, {6: -5}])
def test_a_span_that_cannot_be_is_refused(fields: dict[int, int], tmp_path: Path) -> None:
    told = message(exported([nasty.overlaps()]))
    ((group, keys), *_) = msgpack_loads(told["span_groups"][0]).items()
    inner = msgpack_loads(group)
    span = list(struct.unpack(">QQQllll", inner["spans"][0]))
    for at, value in fields.items():
        span[at] = value
    inner["spans"][0] = struct.pack(">QQQllll", *span)
    told["span_groups"][0] = msgpack_dumps({msgpack_dumps(inner): keys})
    graphs, reading = imported(packed(told), tmp_path)
    assert not graphs
    assert len(reading.problems) == 1


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_never_raise(data: st.DataObject, tmp_path: Path) -> None:
    told = message(exported([nasty.characters(), nasty.overlaps()]))
    field = data.draw(st.sampled_from(sorted(told)))
    odd = st.none() | st.integers(-1, 2**64 - 1) | st.binary(max_size=9) | st.text(max_size=3)
    if isinstance(told[field], list) and data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(told[field]) - 1))
        told[field][at] = data.draw(odd)
    elif isinstance(told[field], bytes) and data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(told[field]) - 1))
        told[field] = told[field][:at] + data.draw(st.binary(max_size=9)) + told[field][at + 1 :]
    else:
        told[field] = data.draw(odd | st.lists(odd, max_size=3))
    graphs, reading = imported(packed(told), tmp_path)
    assert len(graphs) + len(reading.problems) <= 2


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    for name, article in {"b": nasty.bare(), "a": nasty.overlaps()}.items():
        (tmp_path / f"{name}.spacy").write_bytes(exported([article]))
    (tmp_path / "c.spacy").write_bytes(b"no")
    reading = Reading(Losses(), [])
    assert [g.name for g in read(tmp_path, reading)] == ["nasty-overlaps", "nasty-bare"]
    assert len(reading.problems) == 1


def test_without_spacy_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtraError, match=r"onrecord\[spacy\]"):
        list(write([nasty.bare()], Losses()))
    with pytest.raises(MissingExtraError, match=r"onrecord\[spacy\]"):
        list(read(tmp_path, Reading(Losses(), [])))
