"""The config `attributions`: a row worked by hand, and laws on every row."""

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from onrecord.importers import interlinear
from onrecord.model import Article, Record, articles
from onrecord.paths import Corpus
from onrecord.schema import TABLES
from onrecord.store import read_articles
from onrecord.tables import attributions
from onrecord.tables.attributions import ATTRIBUTIONS
from onrecord.tables.sources import Sources

from .conftest import ROOT
from .test_phenomena import made

Row = dict[str, Any]

FAR = """Varga came home.
She slept.\u2028She ate. It rained. 🐟 swam in cafe\u0301s. Nobody called.
“I saw it all.”
The end."""

FAR_NOTES = """document=far
@varga person - - | Varga | n: Varga
---
¶1
¶3
  q1 varga | - | “I saw it all.”
"""


def sources(*articles: Article) -> Sources:
    records: dict[str, list[Record]] = {table: [] for table in TABLES}
    for article in articles:
        records["documents"].append(article.document)
        for table in TABLES[1:]:
            records[table] += article.table(table)
    return Sources(records)


def noted(notes: str, text: str) -> Sources:
    tables = interlinear.read(notes, text, draw=random.Random(3).choice)
    return Sources(tables)


def rows(sources: Sources) -> list[Row]:
    found: list[Row] = ATTRIBUTIONS.rows(sources).to_pylist()
    return found


CORPUS = [article for _, article in read_articles(Corpus(ROOT / "corpus").places())]
ARTICLES = {article.document.id: article for article in (*CORPUS, made())}
ROWS = rows(sources(*ARTICLES.values()))


def test_a_row_by_hand() -> None:
    (row,) = (row for row in ROWS if row["quote"] == "q-e606")
    content = (
        "This move, announced by the General Staff of the Korean People’s Army (KPA), underscores"
        " the rapidly escalating military situation on the Korean Peninsula"
    )
    assert row == {
        "id": "nk-severs-road-rail-links/q-e606",
        "doc": "nk-severs-road-rail-links",
        "quote": "q-e606",
        "form": "indirect",
        "text": content,
        "content": [{"start": 224, "end": 378, "exact": content}],
        "cue_text": "citing",
        "cue": [{"start": 400, "end": 406, "exact": "citing"}],
        "speakers": [
            {
                "mention": "m-8vdw",
                "actor": "foreign-media",
                "name": "foreign media",
                "kind": "group",
                "form": "nominal",
                "start": 407,
                "end": 420,
                "exact": "foreign media",
            }
        ],
        "named": False,
        "addressees": [],
        "chain": [
            {"quote": "q-e606", "actors": ["foreign-media"]},
            {"quote": "q-kheg", "actors": ["caliber-az"]},
        ],
        "phenomena": [
            "indirect",
            "inverted",
            "postposed",
            "unnamed-source",
            "nominal-speaker",
            "group-speaker",
            "nested",
            "relay-of-two",
        ],
        "context": (
            "North Korea announced it will take a “substantial military step” by fully severing its"
            " territory from South Korea, following months of heightened border fortifications.\n"
            f"{content}, Caliber.Az reports, citing foreign media.\n"
            "In the statement, the KPA declared that all remaining roads and railways connecting"
            " North and South Korea would be blocked."
        ),
        "context_start": 55,
        "context_end": 545,
        "question": f"Who is the source, as relayed by Caliber.Az, of: {content}",
        "answers": {"text": ["foreign media"], "answer_start": [352]},
    }


def test_the_example_in_the_documentation_is_true() -> None:
    notes = (
        "document=example\n@varga person - - | Ilse Varga | n: Varga\n---\n¶1\n"
        "  q1 varga | said | “Nobody came,”"
    )
    (row,) = rows(noted(notes, "“Nobody came,” Varga said."))
    page = " ".join((attributions.__doc__ or "").split())
    for name in ("text", "cue_text", "context", "question", "answers"):
        assert f'"{name}": {json.dumps(row[name], ensure_ascii=False)}' in page
    assert all(re.search(rf"`[^`]*\b{name}\b[^`]*`", page) for name in row)


def test_every_quote_has_one_row_in_order() -> None:
    quotes = [(a.document.id, quote.id) for a in ARTICLES.values() for quote in a.quotes]
    assert [(row["doc"], row["quote"]) for row in ROWS] == quotes
    assert [row["id"] for row in ROWS] == [f"{doc}/{quote}" for doc, quote in quotes]
    assert len({row["id"] for row in ROWS}) == len(ROWS) > 200


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda a: a.document.id)
def test_every_row_is_true_to_its_article(article: Article) -> None:
    for row in (row for row in ROWS if row["doc"] == article.document.id):
        is_true(row, article)


def is_true(row: Row, article: Article) -> None:
    text = article.document.text
    spans = [*row["content"], *row["cue"], *row["speakers"]]
    for span in (*spans, *row["addressees"]):
        assert text[span["start"] : span["end"]] == span["exact"]
    assert row["text"].split(" … ") == [span["exact"] for span in row["content"]]
    assert row["context"] == text[row["context_start"] : row["context_end"]]
    assert all(row["context_start"] <= span["start"] for span in spans)
    assert all(span["end"] <= row["context_end"] for span in spans)
    (quote,) = (q for q in article.quotes if q.id == row["quote"])
    assert [m["mention"] for m in row["speakers"]] == list(quote.speakers)
    assert [m["mention"] for m in row["addressees"]] == list(quote.addressees)
    names = {mention.actor for mention in article.mentions if mention.form == "name"}
    assert row["named"] == any(m["actor"] in names for m in row["speakers"])
    assert [link["quote"] for link in row["chain"]][:2] == [quote.id, quote.within][
        : len(row["chain"])
    ]


def test_every_row_reads_as_squad() -> None:
    for row in ROWS:
        answers = row["answers"]
        assert answers["text"] == [m["exact"] for m in row["speakers"]], row["id"]
        for answer, start in zip(answers["text"], answers["answer_start"], strict=True):
            assert row["context"][start : start + len(answer)] == answer, row["id"]
        assert row["question"].endswith(row["text"]), row["id"]


def test_a_question_has_one_set_of_answers() -> None:
    assert len({(row["doc"], row["question"]) for row in ROWS}) == len(ROWS)


def test_what_holds_words_is_declared() -> None:
    """Whatever is not declared holds ids and labels alone."""
    undeclared = {
        value for row in ROWS for path, value in _texts(row) if path not in ATTRIBUTIONS.words
    }
    assert all(re.fullmatch(r"[a-z0-9/-]+", value) for value in undeclared)
    assert {path for row in ROWS for path, _ in _texts(row)} >= set(ATTRIBUTIONS.words)
    assert ATTRIBUTIONS.key == "doc"


def test_the_context_grows_to_a_far_speaker_and_ends_with_the_document() -> None:
    (row,) = rows(noted(FAR_NOTES, FAR))
    assert (row["context_start"], row["context_end"]) == (0, len(FAR))
    assert row["answers"] == {"text": ["Varga"], "answer_start": [0]}
    assert row["cue"] == []
    assert row["cue_text"] == ""


def test_without_quotes_there_are_no_rows() -> None:
    for empty in (sources(), sources(Article(made().document))):
        table = ATTRIBUTIONS.rows(empty)
        assert table.num_rows == 0
        assert table.schema.equals(ATTRIBUTIONS.features().arrow_schema)


def test_more_documents_than_one_batch_holds() -> None:
    (one,) = noted(FAR_NOTES, FAR).articles
    names = [f"far-{number}" for number in range(1001)]
    found = rows(sources(*(renamed(one, name) for name in names)))
    assert [row["doc"] for row in found] == names
    assert {row["question"] for row in found} == {"Who is the source of: “I saw it all.”"}


def renamed(article: Article, name: str) -> Article:
    document = msgspec.structs.replace(article.document, id=name)
    tables: dict[str, list[Record]] = {
        table: [msgspec.structs.replace(record, doc=name) for record in article.table(table)]
        for table in TABLES[1:]
    }
    return articles({"documents": [document], **tables})[0]


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a row, with the dotted way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, path)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, f"{path}.{name}" if path else name)
