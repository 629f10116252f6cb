"""CoNLL columns: valid IOB2 in every block, for spaCy and seqeval; what is not shown is told."""

from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2, Entities
from spacy.training.converters.conll_ner_to_docs import conll_ner_to_docs

from onrecord.exporters.conll import write
from onrecord.formats.words import cut_at_spans
from onrecord.iob import columns, labelled, left_out
from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.segment import paragraph_sentences

from . import nasty, scattered
from .articles import add_actor, article, corpus, seed

NAMES = ("token", "contents", "cues", "speakers", "claims", "actors")


def written(*articles: Article) -> tuple[dict[str, str], Losses]:
    losses = Losses()
    return {name: content.decode() for name, content in write(articles, losses)}, losses


def converted(text: str) -> list[Any]:
    """The documents that `spacy convert` makes."""
    convert: Any = conll_ner_to_docs
    return list(convert(text, n_sents=0, no_print=True))


def blocks(text: str) -> list[list[list[str]]]:
    """The fields of each line of each block but the first, which is the head."""
    head, *rest = text.removesuffix("\n").split("\n\n")
    assert head == "-DOCSTART- -X- O O"
    return [[line.split(" ") for line in block.split("\n")] for block in rest]


@pytest.fixture(params=["few", pytest.param("all", marks=pytest.mark.slow)])
def articles(request: pytest.FixtureRequest) -> list[Article]:
    """Nasty articles and some of the corpus, or all of it."""
    return [*nasty.articles(), *(corpus() if request.param == "all" else corpus()[:8])]


def test_one_article_byte_for_byte() -> None:
    made = article("Ann left. Bob Low stayed.\nThe end")
    add_actor(made, "ann", "Ann")
    add_actor(made, "bob", "Bob Low")
    files, losses = written(made)
    assert not losses
    assert files == {
        "a.conll": """-DOCSTART- -X- O O

Ann O O O O B-person
left O O O O O
. O O O O O

Bob O O O O B-person
Low O O O O I-person
stayed O O O O O
. O O O O O

The O O O O O
end O O O O O
"""
    }


def test_a_label_that_runs_across_sentences_keeps_them_together() -> None:
    texts, _ = written(seed())
    several = 0
    for block in blocks(texts[f"{seed().document.id}.conll"]):
        several += "." in [fields[0] for fields in block[:-1]]
        for column in range(1, len(NAMES)):
            assert not block[0][column].startswith("I-")
    assert several


def test_labels_are_those_of_the_tokens_of_the_dataset(articles: list[Article]) -> None:
    names = {column.name: column.names for column in columns()}
    files, _ = written(*articles)
    for made in articles:
        lines = list(chain.from_iterable(blocks(files[f"{made.document.id}.conll"])))
        rows = list(labelled(made, paragraph_sentences(made), cut=cut_at_spans(made)))
        text = made.document.text
        assert [f[0] for f in lines] == [text[s:e] for row in rows for s, e in row.tokens]
        for at, name in enumerate(NAMES[1:], start=1):
            wanted = [
                names[name][label]
                for row in rows
                for label in row.labels[name] or [0] * len(row.tokens)
            ]
            assert [fields[at] for fields in lines] == wanted


def test_seqeval_reads_the_same_spans_strictly_and_leniently(articles: list[Article]) -> None:
    files, _ = written(*articles)
    for text in files.values():
        for column in range(1, len(NAMES)):
            tags = [[fields[column] for fields in block] for block in blocks(text)]
            strict = [
                (e.tag, e.start, e.end - 1)
                for found in Entities(tags, IOB2).entities
                for e in found
            ]
            lenient = [found for block in tags for found in get_entities(block)]
            assert strict == lenient


def test_spacy_converts_it_into_one_document_with_the_same_entities(
    articles: list[Article],
) -> None:
    files, _ = written(*articles)
    for text in files.values():
        (doc,) = converted(text)
        begun = sum(fields[-1].startswith("B-") for block in blocks(text) for fields in block)
        assert len(doc.ents) == begun
        assert len(list(doc.sents)) == len(blocks(text))


def test_files_put_together_are_one_sound_file() -> None:
    files, _ = written(*nasty.articles())
    docs = converted("\n".join(files.values()))
    assert len(docs) == len(files)


def test_no_token_is_cut_by_a_span_and_no_field_has_white_space(articles: list[Article]) -> None:
    files, losses = written(*articles)
    assert not [kind for kind in losses.lost_kinds if kind.startswith("token")]
    for text in files.values():
        for block in blocks(text):
            assert all(len("".join(fields).split()) == 1 for fields in block)
            assert {len(fields) for fields in block} == {len(NAMES)}


@given(scattered.articles())
def test_any_article_has_as_many_fields_in_each_line(made: Article) -> None:
    files, _ = written(made)
    for block in blocks(files["a.conll"]):
        assert {len(" ".join(fields).split()) for fields in block} == {len(NAMES)}


def test_every_span_that_is_not_shown_is_told(articles: list[Article]) -> None:
    for made in articles:
        _, losses = written(made)
        left = left_out(made, labelled(made, paragraph_sentences(made), cut=cut_at_spans(made)))
        layers = left.total() - sum(n for kind, n in left.items() if kind.endswith(":layer"))
        unknown = sum(n for k, n in losses.changed_kinds.items() if k.startswith("layer"))
        told = losses.lost_kinds.total() + losses.changed_kinds.total()
        assert told - unknown == layers
        assert unknown == 3 - len(made.document.layers)


def test_what_the_overlaps_lose() -> None:
    _, losses = written(nasty.overlaps())
    assert losses.lost_kinds["crossing span of actors"] == 1
    assert losses.lost_kinds["paragraph span of contents"] == 1
    assert losses.changed_kinds["part of claims on its own"] == 3


@pytest.mark.parametrize("made", nasty.articles(), ids=lambda a: a.document.id)
def test_the_same_article_gives_the_same_bytes(made: Article) -> None:
    assert written(made)[0] == written(made)[0]
