"""Graphs become articles by a map; what has no place is counted, what cannot be is told."""

import string
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.checks.order import sort_key
from onrecord.codec import encode
from onrecord.losses import Losses, lines
from onrecord.model import Article
from onrecord.normal import article_text, composed
from onrecord.problem import Problem
from onrecord.schema import ANNOTATIONS
from onrecord.standoff import maps, settle
from onrecord.standoff.fit import fitted
from onrecord.standoff.graph import Edge, Node, Standoff
from onrecord.standoff.mapping import mapped
from onrecord.standoff.scheme import standoff

from . import nasty
from .articles import corpus

TEXT = "The mayor said it rains. He told Radio Gharat it pours, adding that all is well."
MAP = """
title = "a map"

[document]
language = "en"
layers = ["quotes"]

[nodes]
PER = { is = "mention", "actor.kind" = "person" }
ORG = { is = "mention", "actor.kind" = "organization", form = "name" }
Attribution = { is = "quote", form = "indirect" }
Said = "quote"
Assertion = "claim"
Words = "span"

[attributes]
ref = "actor.id"
country = "actor.country"
Negated = { field = "polarity", values = { true = "negative" } }
Form = "form"
Id = "id"

[edges]
Source = "speaker"
Hearer = "addressee"
Cue = "cue"
Content = "content"
In = { role = "within", reverse = true }
Carries = "quote"
Same = "coreference"
"""


def spans(*words: str) -> tuple[tuple[int, int], ...]:
    return tuple((TEXT.index(w), TEXT.index(w) + len(w)) for w in words)


def node(key: str, label: str, *words: str, **attributes: str) -> Node:
    return Node(key, label, spans(*words), attributes, words)


NODES = (
    node("p1", "PER", "The mayor"),
    node("p2", "PER", "He"),
    node("o1", "ORG", "Radio Gharat", country="XAA"),
    Node("a1", "Attribution"),
    node("s1", "Words", "said"),
    node("s2", "Words", "it rains"),
    node("q2", "Said", "it pours", "all is well"),
    node("k1", "Assertion", "it rains", Negated="true"),
)
EDGES = (
    Edge("Source", "a1", "p1"),
    Edge("Cue", "a1", "s1"),
    Edge("Content", "a1", "s2"),
    Edge("Source", "p2", "q2"),
    Edge("Hearer", "q2", "o1"),
    Edge("Same", "p2", "p1"),
    Edge("Carries", "a1", "k1"),
)


@pytest.fixture
def by(tmp_path: Path) -> maps.Map:
    path = tmp_path / "a.toml"
    path.write_text(MAP)
    return maps.load(str(path))


def made(
    source: Standoff, by: maps.Map, *, reanchor: bool = False
) -> tuple[Article | None, Losses, list[Problem]]:
    losses, problems = Losses(), list[Problem]()
    tables = mapped(source, by, losses, problems, reanchor=reanchor)
    article = None if problems else fitted(tables, "a", source.path, losses, problems)
    for table in ANNOTATIONS if article else ():
        assert article
        article.table(table).sort(key=sort_key)
    return article, losses, problems


def source(*nodes: Node, edges: tuple[Edge, ...] = (), text: str = TEXT) -> Standoff:
    return Standoff("a", text, nodes, edges, path="a.ann")


def kinds(losses: Losses) -> dict[str, int]:
    return {kind: count for _, kind, count, _ in losses}


@pytest.mark.parametrize("article", [*corpus(), *nasty.articles()], ids=lambda a: a.document.id)
def test_our_scheme_comes_back_equal(article: Article) -> None:
    losses, problems = Losses(), list[Problem]()
    tables = mapped(standoff(article), maps.load("onrecord"), losses, problems)
    back = fitted(tables, article.document.id, "a", losses, problems)
    assert (problems, kinds(losses)) == ([], {})
    assert back is not None
    assert encode([back.document]) == encode([article.document])
    for table in ANNOTATIONS:
        assert encode(sorted(back.table(table), key=sort_key)) == encode(article.table(table))


def test_a_map_says_what_labels_mean(by: maps.Map) -> None:
    article, losses, problems = made(source(*NODES, edges=EDGES), by)
    assert (problems, kinds(losses)) == ([], {})
    assert article is not None
    assert (article.document.language, article.document.layers) == ("en", ("quotes",))
    mayor, he, radio = article.mentions
    assert mayor.actor == he.actor == "the-mayor"
    assert (mayor.form, radio.form) == ("unspecified", "name")
    assert [(a.id, a.name, a.kind, a.country) for a in article.actors] == [
        ("radio-gharat", "Radio Gharat", "organization", "XAA"),
        ("the-mayor", "The mayor", "person", None),
    ]
    first, second = article.quotes
    assert [span.exact for span in (*first.cue, *first.content)] == ["said", "it rains"]
    assert (first.form, first.speakers, second.speakers) == ("indirect", (mayor.id,), (he.id,))
    assert [span.exact for span in second.content] == ["it pours", "all is well"]
    assert second.addressees == (radio.id,)
    (claim,) = article.claims
    assert (claim.quote, claim.polarity, claim.kind) == (first.id, "negative", "unspecified")


def test_what_the_map_does_not_know_is_counted_with_its_place(by: maps.Map) -> None:
    nodes = (
        *NODES,
        Node("f1", "FAC", spans("Gharat"), {}, ("Gharat",), 7),
        Node("f2", "FAC", spans("Radio"), {}, ("Radio",), 8),
        node("p3", "PER", "it", mood="sad"),
        node("s3", "Words", "adding"),
        node("e", "Said"),
    )
    edges = (
        *EDGES,
        Edge("Appos", "p1", "o1"),
        Edge("Source", "a1", "f1"),
        Edge("Source", "a1", "s1"),
        Edge("In", "e", "q2"),
    )
    article, losses, _ = made(source(*nodes, edges=edges), by)
    assert article is not None
    assert kinds(losses) == {
        "label FAC": 2,
        "attribute mood": 1,
        "edge Appos": 1,
        "edge Source of what is lost": 1,
        "edge Source from Attribution to Words": 1,
        "label Words that no edge uses": 1,
        "label Said without words": 1,
    }
    assert [(loss.where, loss.found) for loss in losses.places("label FAC")] == [
        ("a.ann:7", "Gharat"),
        ("a.ann:8", "Radio"),
    ]
    assert any("label FAC" in line and "a.ann:7 'Gharat'" in line for line in lines(losses))


def test_spans_are_trimmed_and_widened_and_told(by: maps.Map) -> None:
    article, losses, _ = made(
        source(
            Node("p", "PER", ((3, 10),)), Node("q", "PER", ((26, 29),)), Node("r", "PER", ((3, 4),))
        ),
        by,
    )
    assert article is not None
    assert [m.exact for m in article.mentions] == ["mayor", "He told"]
    assert losses.unproved == 3
    assert kinds(losses) == {
        "white space trimmed": 1,
        "span widened to whole words": 1,
        "span without words": 1,
    }


def test_a_mention_in_parts_keeps_the_longest(by: maps.Map) -> None:
    article, losses, _ = made(source(node("p", "PER", "He", "Radio")), by)
    assert article is not None
    assert [m.exact for m in article.mentions] == ["Radio"]
    assert kinds(losses) == {"mention cut to its longest part": 1}


def test_words_that_do_not_stand_there_are_an_error(by: maps.Map) -> None:
    wrong = Node("p", "PER", ((5, 8),), {}, ("mayor",), 3)
    _, _, (problem,) = made(source(wrong), by)
    assert (problem.path, problem.line) == ("a.ann", 3)
    assert problem.message == "'ayo' at 5-8, expected 'mayor'"
    article, losses, problems = made(source(wrong), by, reanchor=True)
    assert (problems, kinds(losses)) == ([], {"moved to its words": 1})
    assert article is not None
    assert article.mentions[0].exact == "mayor"


@pytest.mark.parametrize(
    ("words", "text"),
    [("it", "it was  it"), ("snow", TEXT), ("", TEXT), ("rain", TEXT)],
    ids=["as near", "nowhere", "none", "inside a word"],
)
def test_reanchoring_guesses_nothing(words: str, text: str, by: maps.Map) -> None:
    nodes = source(Node("p", "PER", ((4, 5),), {}, (words,)), text=text)
    assert len(made(nodes, by, reanchor=True)[2]) == 1


@pytest.mark.parametrize("stretch", [(-3, 4), (70, 900), (9, 5), (900, 901)])
def test_offsets_outside_the_text_are_an_error(stretch: tuple[int, int], by: maps.Map) -> None:
    assert len(made(source(Node("p", "PER", (stretch,))), by)[2]) == 1
    assert len(made(source(Node("p", "PER", (stretch,), {}, ("He",))), by)[2]) == 1


def test_ids_are_kept_where_they_can_be(by: maps.Map) -> None:
    nodes = (
        node("p1", "PER", "The mayor", Id="m-0002"),
        node("p2", "PER", "He", Id="m-0002"),
        node("p3", "PER", "all", Id="7"),
    )
    article, losses, _ = made(source(*nodes), by)
    assert article is not None
    assert [m.id for m in article.mentions] == ["m-0002", "m-0001", "m-0003"]
    assert kinds(losses) == {"id of mentions": 2}


def test_links_join_actors_and_what_differs_is_told(by: maps.Map) -> None:
    nodes = (
        node("p1", "PER", "The mayor", ref="Mr_X-4"),
        node("p2", "ORG", "He", ref="y"),
        node("p3", "PER", "Radio Gharat", ref="Mr_X-4"),
        node("p4", "PER", "all", ref="mr-x-4"),
    )
    article, losses, _ = made(source(*nodes, edges=(Edge("Same", "p2", "p3"),)), by)
    assert article is not None
    # An id that is none makes way for one that is.
    assert [m.actor for m in article.mentions] == ["mr-x-4-2", "mr-x-4-2", "mr-x-4-2", "mr-x-4"]
    assert kinds(losses) == {"second id of an actor": 1, "second kind of an actor": 1}


def test_a_field_that_cannot_be_is_lost_or_wrong(by: maps.Map) -> None:
    told = {"url": "no url", "language": "en", "weather": "fine"}
    bad = replace(source(node("o", "ORG", "Radio Gharat", country="Oruvia")), document=told)
    article, losses, _ = made(bad, by)
    assert article is not None
    assert (article.document.url, article.actors[0].country) == (None, None)
    assert kinds(losses) == {
        "document field weather": 1,
        "document field url": 1,
        "actor field country": 1,
    }
    article, _, (problem,) = made(replace(bad, document={"language": "English!"}), by)
    assert article is None
    assert "language" in problem.message


def test_a_key_twice_is_an_error(by: maps.Map) -> None:
    assert len(made(source(node("p", "PER", "He"), node("p", "PER", "it")), by)[2]) == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('Words = "span"', 'Words = "words"', "'words', expected one of mention"),
        ('form = "indirect"', 'form = "spoken"', "'spoken', expected one of direct"),
        ('Cue = "cue"', 'Cue = "verb"', "'verb', expected one of speaker"),
        ('ref = "actor.id"', 'ref = "actor.age"', "'actor.age'"),
        ('language = "en"', 'tongue = "en"', "'tongue'"),
        ("[nodes]", "[labels]", "unknown field `labels`"),
        ("title =", "title", "line 2"),
        ("reverse = true", 'reverse = "yes"', "Expected `bool`"),
        ('"actor.kind" = "person"', '"actor.kind" = "man"', "'man'"),
        ('Words = "span"', 'Words = { is = "span", form = "name" }', "'form'"),
        ('language = "en"', "language = 7", "document field language: 7 is not"),
        (
            'true = "negative"',
            'true = "negativ"',
            "no value of polarity 'negativ', expected one of positive, negative",
        ),
    ],
)
def test_a_map_that_cannot_be_is_refused_in_one_line(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    assert old in MAP
    path = tmp_path / "a.toml"
    path.write_text(MAP.replace(old, new, 1))
    with pytest.raises(maps.MapError) as raised:
        maps.load(str(path))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_every_map_shipped_can_be_read() -> None:
    assert "onrecord" in maps.shipped()
    for name in maps.shipped():
        assert maps.load(name).title
    with pytest.raises(maps.MapError, match="expected a file or one of"):
        maps.load("nothing")


_UGLY = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab \t\n\r\ufeff\u2028e\u0301\u0323\u1100\u1161\u11a8\x0c\x85\ud800"),
        st.characters(),
    ),
    max_size=30,
)


@given(text=_UGLY)
def test_a_settled_text_can_be_a_document(text: str) -> None:
    made = settle.settled(text).text
    assert article_text(made.encode()) == made
    assert unicodedata.is_normalized("NFC", made)
    assert settle.settled(made).text == made


@given(text=_UGLY, data=st.data())
def test_spans_keep_their_letters_in_a_settled_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    settled = settle.settled(text)
    a, b = settled.stretch(start, end)
    letters = [c for c in text[start:end] if c in string.ascii_letters]
    kept = unicodedata.normalize("NFD", settled.text[a:b])
    # A span that cuts a cluster may gain the letter it cut off, never lose one.
    assert len([c for c in kept if c in string.ascii_letters]) >= len(letters)


def test_white_space_and_line_ends_move_spans() -> None:
    settled = settle.settled("\n A  \r\nb\x0c \rCafe\u0301 \n\n")
    assert settled.text == " A\nb\nCafé"
    assert settled.stretch(11, 16) == (5, 9)


def test_a_mark_of_byte_order_is_no_text() -> None:
    settled = settle.settled("\ufeffCafe\u0301")
    assert settled.text == "Café"
    assert [settled.stretch(1, 6), settled.stretch(0, 2)] == [(0, 4), (0, 1)]


@given(st.text("a\u0301\u0316\u0344\u0f73\u0e38", max_size=300))
def test_long_runs_of_marks_are_composed_as_any(marks: str) -> None:
    words = "e" + marks + "\u0316\u0301" * 60
    assert composed(words) == unicodedata.normalize("NFC", words)


def test_no_span_is_widened_without_end() -> None:
    assert settle.span("a" * 5000, 10, 20) == (0, 20)
    assert settle.span("aa a" + "b" * 500 + " c", 5, 9) == (3, 504)


@pytest.mark.parametrize("sections", [[{}], [3], "all", [{"start": "0", "end": 1}], {"a": 1}])
def test_sections_that_are_none_are_told(sections: object, by: maps.Map) -> None:
    article, _, problems = made(Standoff("a", " text\r\n", document={"sections": sections}), by)
    assert article is None
    assert problems


@pytest.mark.parametrize("start", [0.0, -0.0])
def test_numbers_that_are_integers_to_the_schema_alone(start: float, by: maps.Map) -> None:
    whole = [{"role": "body", "start": start, "end": 4}]
    article, _, problems = made(Standoff("a", "text", document={"sections": whole}), by)
    assert article is None
    assert problems


def test_what_others_call_things_is_told_on_one_line(by: maps.Map) -> None:
    odd = Standoff("a", "text", (Node("n", "x\x1b[2J\n" + "y" * 1000, ((0, 4),), {}, ("text",)),))
    _, losses, _ = made(odd, by)
    (line,) = lines(losses)
    assert "label x\\x1b[2J y" in line
    assert len(line) < 300


def test_sections_outside_the_text_are_left_to_the_checks(by: maps.Map) -> None:
    beyond = [{"role": "body", "start": 0, "end": 99}]
    article, _, _ = made(Standoff("a", "text\r\n", document={"sections": beyond}), by)
    assert article
    assert article.document.sections[0].end == 99


def test_problems_of_other_documents_are_no_problems_of_this_one(by: maps.Map) -> None:
    before = [Problem("b", 1, 1, "source", "of another")]
    tables = mapped(source(*NODES), by, Losses(), before)
    assert fitted(tables, "a", "a", Losses(), before)
    assert len(before) == 1
