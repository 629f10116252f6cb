"""Answers of language models become articles: gold ones the same, sloppy ones at least sound."""

import random
import tempfile
from collections import Counter
from operator import eq
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.align import align
from onrecord.alignment import Aligned
from onrecord.answer import (
    Answer,
    AnswerActor,
    AnswerClaim,
    AnswerMention,
    AnswerQuote,
    answer,
)
from onrecord.chains import Chains
from onrecord.checks.rule import Choice
from onrecord.codec import encode
from onrecord.model import Article, Claim, Quote, Record, Span
from onrecord.paths import Corpus, Place
from onrecord.schema import ANNOTATIONS, labels
from onrecord.validate import check_bundle

from .articles import article, corpus, seed

MADE = Choice(selected=("E1", "E2", "E30", "E31"))
"""What is wrong with records, whatever is wrong with their text; they need not be sorted yet."""


def unsound(made: Article) -> list[str]:
    """What the rules up to level 3 say of the records."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Corpus(Path(folder)), "train", Path(folder) / "train" / made.document.id)
        place.folder.mkdir(parents=True)
        tables: dict[str, list[Record]] = {"documents": [made.document]}
        tables |= {name: made.table(name) for name in ANNOTATIONS}
        for table, records in tables.items():
            (place.folder / f"{table}.jsonl").write_bytes(encode(records))
        found = check_bundle(place, level=3, choice=MADE).problems
    chains = Chains(made)
    for quote in made.quotes:
        chains.chain(quote)
    return [f"{problem.code} {problem.message}" for problem in found]


def places(record: Quote | Claim) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in record.content]


def cue(quote: Quote) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in quote.cue]


def said(text: str, *exact: str, **more: Any) -> Aligned:
    """What becomes of mentions of one actor, in a text."""
    mentions = tuple(AnswerMention(exact=words, actor="a", form="name") for words in exact)
    actor = AnswerActor(id="a", name="A", kind="person")
    return align(Answer(actors=(actor,), mentions=mentions, **more), article(text).document)


def found(made: Aligned) -> list[tuple[int, int]]:
    assert unsound(made.article) == []
    return [(mention.start, mention.end) for mention in made.article.mentions]


def speech(*content: str, cue: tuple[str, ...] = (), **more: Any) -> AnswerQuote:
    defaults: dict[str, Any] = {"id": "q1", "speakers": (), "form": "indirect"}
    return AnswerQuote(**{**defaults, "content": content, "cue": cue, **more})


def claim(*content: str, **more: Any) -> AnswerClaim:
    defaults: dict[str, Any] = {
        "claimants": (), "kind": "fact", "certainty": "certain", "polarity": "positive",
    }  # fmt: skip
    return AnswerClaim(**{**defaults, "content": content, **more})


def test_gold_answers_give_the_gold_spans_again() -> None:
    found: Counter[str] = Counter()
    for gold in corpus():
        aligned = align(answer(gold), gold.document)
        made = aligned.article
        assert not aligned.failed.total()
        assert unsound(made) == []
        mentions = [{(m.start, m.end, m.actor, m.form) for m in a.mentions} for a in (made, gold)]
        found.update(mentions=len(mentions[1]), met=len(mentions[0] & mentions[1]))
        assert [(q.form, places(q)) for q in made.quotes] == [
            (q.form, places(q)) for q in gold.quotes
        ]
        found.update(cues=len(gold.quotes))
        found.update(heard=sum(map(eq, map(cue, made.quotes), map(cue, gold.quotes))))
        assert [(c.kind, c.certainty, c.polarity, c.targets, places(c)) for c in made.claims] == [
            (c.kind, c.certainty, c.polarity, c.targets, places(c)) for c in gold.claims
        ]
    assert found["met"] >= 0.999 * found["mentions"]
    assert found["heard"] >= 0.99 * found["cues"]


def test_the_answer_of_an_aligned_answer_is_the_answer() -> None:
    for gold in corpus():
        once = answer(gold)
        assert answer(align(once, gold.document).article) == once


def test_nearly_every_speaker_is_the_very_mention() -> None:
    right = total = 0
    for gold in corpus():
        ours, theirs = Chains(align(answer(gold), gold.document).article), Chains(gold)
        for mine, his in zip(ours.article.quotes, gold.quotes, strict=True):
            heard = {(m.start, m.end) for m in ours.speakers(mine)}
            right += sum((m.start, m.end) in heard for m in theirs.speakers(his))
            total += len(his.speakers)
    assert right / total > 0.94


@pytest.mark.parametrize(
    ("text", "asked", "wanted"),
    [
        ("anana", ["ana"], []),
        ("ana anana ana", ["ana", "ana"], [(0, 3), (10, 13)]),
        ("na na na", ["na na", "na na"], [(0, 5), (3, 8)]),
        ("Bo, Bo and Bo", ["Bo", "Bo", "Bo", "Bo"], [(0, 2), (4, 6), (11, 13)]),
        ("The “sea” is calm", ['"sea"'], [(4, 9)]),
        ("so the\n\nsea", ["the sea"], [(3, 11)]),
        ("Well… no", ["Well..."], [(0, 5)]),
        ("a sea change", ["sea."], [(2, 5)]),
        ("the SEA", ["Sea"], [(4, 7)]),
        ("Sea and sea", ["sea"], [(8, 11)]),
        ("👩‍👩‍👧 and 👩", ["👩"], [(10, 11)]),
        ("e\u0323\u0300x Bo", ["e\u0323"], []),
        ("caf\u00e9", ["cafe\u0301"], [(0, 4)]),
        ("שלום עולם", ["עולם"], [(5, 9)]),
        ("a\u2028b", ["a b"], [(0, 3)]),
        ("한국은 작다", ["한국"], [(0, 2)]),
        ("他说北京", ["北京"], [(2, 4)]),
        ("Straße", ["STRASSE"], [(0, 6)]),
        ("\U0001d504 Bo", ["Bo"], [(2, 4)]),
        ("Bo", ["", " ", "…"], []),
    ],
)
def test_words_are_found_as_they_were_meant(
    text: str, asked: list[str], wanted: list[tuple[int, int]]
) -> None:
    made = said(text, *asked)
    assert found(made) == wanted
    assert made.failed["mention"] == len(asked) - len(wanted)


def test_mentions_of_all_actors_share_one_order() -> None:
    text = "Bo left. He met Al. He smiled. He ran."
    made = [("Bo", "bo"), ("He", "bo"), ("Al", "al"), ("He", "al"), ("He", "bo")]
    aligned = align(
        Answer(
            actors=tuple(AnswerActor(id=i, name=i, kind="person") for i in ("bo", "al")),
            mentions=tuple(AnswerMention(exact=w, actor=i, form="name") for w, i in made),
        ),
        article(text).document,
    )
    assert [(m.exact, m.actor) for m in aligned.article.mentions] == made


def test_a_name_inside_a_longer_name_is_the_last_to_be_taken() -> None:
    text = "Gharat University is in Gharat."
    assert found(said(text, "Gharat University", "Gharat")) == [(0, 17), (24, 30)]
    assert found(said(text, "Gharat University", "Gharat", "Gharat")) == [
        (0, 17), (0, 6), (24, 30),
    ]  # fmt: skip


def test_a_list_out_of_order_still_finds_places() -> None:
    text = "Al met Bo. Cy met Bo."
    assert found(said(text, "Cy", "Bo", "Al", "Bo")) == [(0, 2), (7, 9), (11, 13), (18, 20)]


def test_cue_content_and_speaker_narrow_each_other() -> None:
    text = "Bo said no. Al left. Al said it rains. It rains."
    made = said(
        text, "Bo", "Al", "Al",
        quotes=(speech("it rains", cue=("said",), speakers=("a",)),),
        claims=(claim("it rains", quote="q1"), claim("It rains")),
    )  # fmt: skip
    (quote,) = made.article.quotes
    assert cue(quote) == [(24, 28)]
    assert quote.speakers == ("m-0003",)
    assert [places(each) for each in made.article.claims] == [[(29, 37)], [(39, 47)]]


def test_a_claim_of_a_quote_lies_in_it() -> None:
    text = "It rains. Bo said it rains."
    quotes = (speech("it rains", cue=("said",)),)
    made = said(text, quotes=quotes, claims=(claim("rains", quote="q1"),))
    assert places(made.article.claims[0]) == [(21, 26)]


def test_two_quotes_with_one_content_keep_their_own_cues() -> None:
    text = "Prices rose, the radio reports, citing customs officers."
    made = said(
        text,
        quotes=(
            speech("Prices rose", cue=("reports",)),
            speech("Prices rose", cue=("citing",), id="q2", within="q1"),
        ),
    )
    first, second = made.article.quotes
    assert [quote.cue[0].exact for quote in made.article.quotes] == ["reports", "citing"]
    assert second.within == first.id
    assert places(first) == places(second)


def test_parts_are_put_together_and_in_order() -> None:
    text = "“No,” he said. “Not now.” he left."
    made = said(text, quotes=(speech("“Not now.”", "“No,”", cue=("said",)),))
    assert places(made.article.quotes[0]) == [(0, 5), (15, 25)]
    made = said(text, quotes=(speech("“No,”", "he said."),))
    assert made.article.quotes[0].content == (Span(start=0, end=14, exact="“No,” he said."),)


def test_failures_are_counted_by_kind() -> None:
    made = said(
        "Bo said it rains.", "Bo", "Al",
        quotes=(
            speech("it snows", cue=("said",)),
            speech("it rains", "so", cue=("cried",), speakers=("b",), form="loud", id="q2",
                   within="q1"),
        ),
        claims=(claim("it hails"), claim("rains", quote="q1", targets=("z",))),
    )  # fmt: skip
    assert unsound(made.article) == []
    assert +made.failed == {
        "mention": 1, "content": 2, "cue": 2, "claim": 1, "reference": 4, "label": 1,
    }  # fmt: skip
    assert made.asked["content"] == 3
    (quote,) = made.article.quotes
    assert (quote.form, quote.speakers, quote.within, quote.cue) == ("unspecified", (), None, ())
    assert [each.quote for each in made.article.claims] == [None]


def test_quotes_within_each_other_come_to_an_end() -> None:
    quotes = (speech("it rains", within="q2"), speech("rains", id="q2", within="q1"))
    made = said("it rains", quotes=quotes)
    assert unsound(made.article) == []
    assert made.failed["reference"] == 1


def test_names_that_are_no_slugs_become_some() -> None:
    actors = tuple(
        AnswerActor(id=name, name="", kind="person")
        for name in ("Élan 1", "elan-1", "北京", "", "")
    )
    mentions = tuple(AnswerMention(exact="Bo", actor=each.id, form="name") for each in actors[:4])
    made = align(Answer(actors=actors, mentions=mentions), article("Bo Bo Bo Bo").document)
    assert unsound(made.article) == []
    assert [each.actor for each in made.article.mentions] == [
        "elan-1",
        "elan-1-2",
        "actor",
        "actor-2",
    ]


def test_without_mentions_actors_stand_where_their_names_do() -> None:
    made = align(
        Answer(
            actors=(
                AnswerActor(id="bo", name="Bo", kind="person"),
                AnswerActor(id="al", name="Al", kind="person"),
            ),
            quotes=(speech("it rains", cue=("said",), speakers=("bo",)),),
            claims=(claim("it rains", targets=("al",)),),
        ),
        article("Bo came. Bo said it rains.", layers=("quotes", "claims")).document,
    )
    assert unsound(made.article) == []
    assert made.article.quotes[0].speakers == ("m-0002",)
    assert made.article.claims[0].targets == ("al",)


def test_of_actors_with_one_name_the_first_has_it() -> None:
    actors = tuple(AnswerActor(id=name, name="Bo", kind="person") for name in ("a", "b"))
    made = align(Answer(actors=actors), article("Bo, Bo", layers=("quotes",)).document)
    assert [mention.actor for mention in made.article.mentions] == ["a", "a"]
    assert not made.failed.total()


WORDS = st.sampled_from(
    ["Bo", "he", "said", "“no", "no”", "Ünal", "e\u0323", "👩‍👧", "한국은", "ana", "北京"]
)
GAPS = st.sampled_from([" ", "\n", ", ", ". ", "\u2028", "\xa0", "’s ", "-", "", "…"])
TEXTS = st.lists(st.tuples(WORDS, GAPS).map("".join), min_size=1, max_size=12).map("".join)


@st.composite
def answered(draw: st.DrawFn) -> tuple[str, Answer]:
    """A text, and an answer whose strings are pieces of it or not, and whose names are any."""
    text = draw(TEXTS)

    def piece() -> st.SearchStrategy[str]:
        ends = st.tuples(*[st.integers(0, len(text))] * 2).map(sorted)
        return st.one_of(ends.map(lambda pair: text[slice(*pair)]), WORDS, st.text(max_size=3))

    names = st.sampled_from(["bo", "Al B", "", "q1", "q2"])
    pieces = st.lists(piece(), max_size=3).map(tuple)
    several = st.lists(names, max_size=3).map(tuple)

    def label(table: str, field: str) -> st.SearchStrategy[str]:
        return st.sampled_from([*labels(table, field), "other"])

    def lists(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.lists(of, max_size=6).map(tuple)

    actors = st.builds(AnswerActor, id=names, name=piece(), kind=label("actors", "kind"))
    mentions = st.builds(AnswerMention, exact=piece(), actor=names, form=label("mentions", "form"))
    quotes = st.builds(
        AnswerQuote, id=names, content=pieces, cue=pieces, speakers=several, addressees=several,
        form=label("quotes", "form"), within=st.none() | names,
    )  # fmt: skip
    claims = st.builds(
        AnswerClaim, content=pieces, quote=st.none() | names, claimants=several,
        kind=label("claims", "kind"), certainty=label("claims", "certainty"),
        polarity=label("claims", "polarity"), targets=several,
    )  # fmt: skip
    made = st.builds(
        Answer, actors=lists(actors), mentions=st.none() | lists(mentions),
        quotes=st.none() | lists(quotes), claims=st.none() | lists(claims),
    )  # fmt: skip
    return text, draw(made)


@pytest.mark.slow
@given(answered())
@settings(max_examples=150, deadline=None)
def test_no_answer_gives_an_unsound_article(pair: tuple[str, Answer]) -> None:
    text, made = pair
    aligned = align(made, article(text).document)
    assert unsound(aligned.article) == []
    assert all(0 <= aligned.failed[kind] <= aligned.asked[kind] for kind in aligned.asked)


def test_a_shuffled_answer_loses_hardly_a_string() -> None:
    failed = asked = 0
    for gold in corpus():
        chance = random.Random(gold.document.id)
        made = answer(gold)
        changes = {
            name: tuple(chance.sample(records, len(records)))
            for name in ("actors", "mentions", "quotes", "claims")
            if (records := getattr(made, name))
        }
        aligned = align(msgspec.structs.replace(made, **changes), gold.document)
        assert unsound(aligned.article) == []
        failed += aligned.failed.total()
        asked += aligned.asked.total()
    assert failed <= asked / 1000


@pytest.mark.parametrize(
    "spoil",
    [
        str.upper,
        lambda words: f' "{words}"',
        lambda words: words.replace("“", '"').replace("”", '"').replace("’", "'"),
        lambda words: words.replace(" ", "\n"),
    ],
    ids=["upper", "added marks", "straight marks", "breaks"],
)
def test_an_answer_copied_carelessly_gives_nearly_the_gold_spans(spoil: Any) -> None:
    gold = seed()
    made = answer(gold)
    assert made.mentions is not None
    mentions = tuple(
        msgspec.structs.replace(mention, exact=spoil(mention.exact)) for mention in made.mentions
    )
    aligned = align(msgspec.structs.replace(made, mentions=mentions), gold.document)
    assert unsound(aligned.article) == []
    right = {(m.start, m.end) for m in gold.mentions}
    assert len(right & {(m.start, m.end) for m in aligned.article.mentions}) >= 0.95 * len(right)
