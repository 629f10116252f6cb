"""IOB2 labels: worked examples, and every span is shown or counted."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import iob, load
from onrecord.iob import Column, Labelled, columns
from onrecord.model import Article, Claim, Section, Span
from onrecord.paths import places_at
from onrecord.problem import UncheckedError
from onrecord.segment import paragraph_sentences
from onrecord.store import read_articles

from .articles import SEED, add_actor, add_claim, add_quote, article, corpus, seed
from .bench.synthetic import write_corpus

FIRST_NAMES = {
    "actors": "O B-person I-person B-organization I-organization B-gpe I-gpe B-group I-group"
    " B-artifact I-artifact B-unspecified I-unspecified",
    "contents": "O B-direct I-direct B-indirect I-indirect B-mixed I-mixed B-unspecified"
    " I-unspecified",
    "cues": "O B-cue I-cue",
    "speakers": "O B-speaker I-speaker",
    "claims": "O B-fact I-fact B-accusation I-accusation B-evaluation I-evaluation B-intention"
    " I-intention B-prediction I-prediction B-demand I-demand B-unspecified I-unspecified",
}
"""The labels of the first version: what was built with them reads no other order."""


def labelled(made: Article) -> Iterator[Labelled]:
    return iob.labelled(made, paragraph_sentences(made))


def left_out(made: Article) -> Counter[str]:
    return iob.left_out(made, labelled(made))


def column(name: str) -> Column:
    return next(column for column in columns() if column.name == name)


def shown(row: Labelled, name: str) -> list[tuple[int, int, str]]:
    """Start, end and type of every span that a row shows."""
    names, found = column(name).names, list[tuple[int, int, str]]()
    for (start, end), label in zip(row.tokens, row.labels[name] or [], strict=True):
        if names[label].startswith("B-"):
            found.append((start, end, names[label][2:]))
        elif names[label].startswith("I-"):
            assert found[-1][2] == names[label][2:]
            found[-1] = (found[-1][0], end, found[-1][2])
    return found


def exact(made: Article, name: str) -> list[str]:
    return [made.document.text[s:e] for row in labelled(made) for s, e, _ in shown(row, name)]


def spans(made: Article) -> dict[str, list[tuple[int, int, str]]]:
    """Every span that a column is to show."""
    kind = {actor.id: actor.kind for actor in made.actors}
    mention = {mention.id: mention for mention in made.mentions}
    speakers = {name for quote in made.quotes for name in quote.speakers}
    return {
        "actors": [(m.start, m.end, kind[m.actor]) for m in made.mentions],
        "contents": [(s.start, s.end, q.form) for q in made.quotes for s in q.content],
        "cues": [(s.start, s.end, "cue") for q in made.quotes for s in q.cue],
        "speakers": [(mention[m].start, mention[m].end, "speaker") for m in speakers],
        "claims": [(s.start, s.end, c.kind) for c in made.claims for s in c.content],
    }


def assert_shown_or_counted(made: Article) -> None:
    rows = list(labelled(made))
    total = left_out(made)
    for name, wanted in spans(made).items():
        found = Counter(span for row in rows for span in shown(row, name))
        counted = sum(row.left_out[name].total() for row in rows)
        assert not found - Counter(wanted)
        assert found.total() + counted == len(wanted)
        reasons = {key: n for key, n in total.items() if key.startswith(f"{name}:")}
        assert sum(n for key, n in reasons.items() if key != f"{name}:parted") == counted


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [row for row in load("tokens", "train") if row["doc"] == SEED]


def test_the_second_paragraph_of_the_seed_by_hand(rows: list[dict[str, Any]]) -> None:
    row = rows[1]
    assert (row["paragraph"], row["role"], row["start"], row["end"]) == (1, "body", 55, 223)
    assert row["tokens"][:4] == ["North", "Korea", "announced", "it"]
    assert row["starts"][:4] == [55, 61, 67, 77]
    assert row["ends"][:4] == [60, 66, 76, 79]
    assert row["actors"][:4] == [5, 6, 0, 5]
    assert row["contents"][:5] == [0, 0, 0, 5, 6]
    assert row["cues"][:4] == [0, 0, 1, 0]
    assert row["speakers"][:4] == [1, 2, 0, 0]
    assert row["claims"][:5] == [0, 0, 0, 7, 8]
    assert set(row["sentences"]) == {0}
    assert row["tokens"][-1] == "."
    assert row["contents"][-1] == 0
    assert set(row["left_out"].values()) == {0}


def test_what_the_third_paragraph_of_the_seed_leaves_out(rows: list[dict[str, Any]]) -> None:
    """The army within its staff, and what the outlet relays of foreign media a second time."""
    assert rows[2]["left_out"] == {
        "actors": 1, "contents": 1, "cues": 0, "speakers": 0, "claims": 0,
    }  # fmt: skip
    assert left_out(seed())["actors:nested"] >= 1


def test_labels_are_only_added() -> None:
    for name, names in FIRST_NAMES.items():
        assert column(name).names[: len(names.split())] == names.split()


def test_the_longest_span_is_shown() -> None:
    made = article("The navy of East Oruvia left.")
    add_actor(made, "navy", "The navy of East Oruvia", kind="organization")
    add_actor(made, "oruvia", "East Oruvia", kind="gpe")
    assert exact(made, "actors") == ["The navy of East Oruvia"]
    assert left_out(made) == {"actors:nested": 1}


def test_of_equally_long_spans_the_first_is_shown() -> None:
    made = article("Rain fell. It froze.")
    add_claim(made, "Rain fell", kind="prediction")
    add_claim(made, "Rain fell", kind="fact")
    add_claim(made, "fell. It")
    assert exact(made, "claims") == ["Rain fell"]
    assert shown(next(labelled(made)), "claims")[0][2] == "prediction"
    assert left_out(made) == {"claims:nested": 1, "claims:crossing": 1}


def test_parts_are_spans_of_their_own() -> None:
    made = article("“We left,” Bo pointed it out, “at noon.”")
    add_actor(made, "bo", "Bo")
    add_quote(made, "“We left,”", "“at noon.”", cue=("pointed", "out"), speakers=("m-0000",))
    assert exact(made, "contents") == ["“We left,”", "“at noon.”"]
    assert exact(made, "cues") == ["pointed", "out"]
    assert exact(made, "speakers") == ["Bo"]
    assert left_out(made) == {"contents:parted": 1, "cues:parted": 1}


def test_a_speaker_of_two_quotes_is_one_span() -> None:
    made = article("Bo said rain fell and warned it froze.")
    add_actor(made, "bo", "Bo")
    for words in ("rain fell", "it froze"):
        add_quote(made, words, speakers=("m-0000",))
    assert exact(made, "speakers") == ["Bo"]
    assert not left_out(made)


def test_spans_across_paragraphs_or_inside_tokens_are_counted() -> None:
    sections = (Section(role="headline", start=0, end=4), Section(role="body", start=5, end=24))
    made = article("Rain\nIt fell.\nUnderfoot. ", sections=sections)
    add_claim(made, "Rain\nIt")
    add_claim(made, "It fell.\nUnder")
    add_claim(made, "foot")
    first, second, third = labelled(made)
    assert (first.paragraph.role, second.paragraph.role) == ("headline", "body")
    assert first.left_out["claims"] == second.left_out["claims"] == {"paragraph": 1}
    assert third.left_out["claims"] == {"token": 1}
    assert exact(made, "claims") == []


def test_a_layer_that_is_not_exhaustive_has_no_labels(small: Path) -> None:
    documents = next((small / "corpus").glob("train/*/documents.jsonl"))
    every, one = b'"layers":["actors","quotes","claims"]', b'"layers":["quotes"]'
    documents.write_bytes(documents.read_bytes().replace(every, one))
    whole = load("tokens", "train").filter(lambda row: row["doc"] == SEED).to_list()
    for found in (load("tokens", "train", corpus=small, streaming=flow) for flow in (False, True)):
        for row, other in zip(found, whole, strict=True):
            assert row["actors"] is None
            assert row["claims"] is None
            assert row["contents"] == other["contents"]
            assert row["tokens"] == other["tokens"]
    (made,) = (article for _, article in read_articles(places_at(small / "corpus")))
    assert left_out(made)["actors:layer"] == len(made.mentions)
    made.claims[0] = msgspec.structs.replace(made.claims[0], content=made.claims[0].content * 2)
    assert "claims:parted" not in left_out(made)
    counted = sum(row.left_out["claims"].total() for row in labelled(made))
    assert counted == sum(len(claim.content) for claim in made.claims)


def test_a_reference_that_leads_nowhere_is_refused() -> None:
    made = article("Bo left.")
    add_actor(made, "bo", "Bo")
    made.actors.clear()
    with pytest.raises(UncheckedError, match="'bo' is not in 'a'"):
        list(labelled(made))


@pytest.mark.parametrize("made", corpus(), ids=lambda a: a.document.id)
def test_every_span_of_the_corpus_is_shown_or_counted(made: Article) -> None:
    assert_shown_or_counted(made)


def test_every_span_of_a_synthetic_corpus_is_shown(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", 30)
    articles = [article for _, article in read_articles(places_at(tmp_path / "corpus"))]
    assert len(articles) == 30
    for made in articles:
        assert_shown_or_counted(made)
        assert not left_out(made)


TEXT = (
    "Rain fell. It froze, so\nthe bird-flu ship ‘한국’ ran. 今日は。\u2028e\u0301 👩\u200d🚀 sang"
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=12))
def test_any_spans_are_shown_or_counted(places: list[tuple[int, int]]) -> None:
    made = article(TEXT)
    for one, other in places:
        start, end = sorted((one, other))
        words = TEXT[start:end]
        if words.strip() == words != "":
            made.claims.append(
                Claim(
                    doc="a", id="c-0000", kind="fact", certainty="certain", polarity="positive",
                    content=(Span(start=start, end=end, exact=words),),
                )
            )  # fmt: skip
    assert_shown_or_counted(made)


def test_a_text_of_white_space_has_no_rows() -> None:
    assert list(labelled(article(" \n\u200b\n"))) == []
