"""The answer asked of language models: it fits its schema, and its words stand in the text."""

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pyarrow.parquet as pq
import pytest

from onrecord import answer as module
from onrecord import load
from onrecord.answer import Answer, answer, asked_text, encoded, instruction, task
from onrecord.build import build
from onrecord.model import Article
from onrecord.paths import Corpus
from onrecord.schema import answer_schema, labels

from .articles import (
    LAYERS,
    SEED,
    add_actor,
    add_claim,
    add_quote,
    article,
    corpus,
    seed,
)

VALID = jsonschema.Draft202012Validator(answer_schema())

SUBSETS = [subset for size in (1, 2, 3) for subset in combinations(LAYERS, size)]


def said(made: Article) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(encoded(answer(made)))
    return found


def with_layers(made: Article, layers: tuple[str, ...]) -> Article:
    document = msgspec.structs.replace(made.document, layers=layers)
    return Article(document, made.actors, made.mentions, made.quotes, made.claims)


def relay(layers: tuple[str, ...] = LAYERS) -> Article:
    made = article("Bo told Ann that reportedly rain fell. They left. 한국 “☂”", layers=layers)
    for name, exact in (("bo", "Bo"), ("ann", "Ann"), ("korea", "한국")):
        add_actor(made, name, exact)
    outer = add_quote(made, "that reportedly rain fell", cue=("told",), speakers=("m-0000",))
    made.quotes[0] = msgspec.structs.replace(made.quotes[0], addressees=("m-0001",))
    inner = add_quote(made, "rain fell", cue=("reportedly",), within=outer)
    add_claim(made, "rain fell", quote=inner)
    add_claim(made, "They left")
    return made


def test_a_relayed_quote_by_hand() -> None:
    assert encoded(answer(relay())) == (
        '{"actors":['
        '{"id":"bo","name":"bo","kind":"person"},'
        '{"id":"ann","name":"ann","kind":"person"},'
        '{"id":"korea","name":"korea","kind":"person"}],'
        '"mentions":['
        '{"exact":"Bo","actor":"bo","form":"name"},'
        '{"exact":"Ann","actor":"ann","form":"name"},'
        '{"exact":"한국","actor":"korea","form":"name"}],'
        '"quotes":['
        '{"id":"q1","content":["that reportedly rain fell"],"cue":["told"],"speakers":["bo"],'
        '"addressees":["ann"],"form":"indirect"},'
        '{"id":"q2","content":["rain fell"],"cue":["reportedly"],"speakers":[],'
        '"form":"indirect","within":"q1"}],'
        '"claims":['
        '{"content":["rain fell"],"quote":"q2","claimants":[],"kind":"fact",'
        '"certainty":"certain","polarity":"positive"},'
        '{"content":["They left"],"claimants":[],"kind":"fact","certainty":"certain",'
        '"polarity":"positive"}]}'
    )


def test_quotes_alone_name_their_actors_without_mentions() -> None:
    found = said(relay(("quotes",)))
    assert list(found) == ["actors", "quotes"]
    assert found["actors"] == [
        {"id": "bo", "name": "bo", "kind": "person"},
        {"id": "ann", "name": "ann", "kind": "person"},
    ]


def test_claims_alone_refer_to_no_quotes() -> None:
    found = said(relay(("claims",)))
    assert list(found) == ["actors", "claims"]
    assert found["actors"] == []
    assert not any("quote" in claim for claim in found["claims"])


def test_nothing_found_is_not_nothing_asked() -> None:
    nothing: list[str] = []
    assert said(article("Rain fell.")) == {
        "actors": nothing, "mentions": nothing, "quotes": nothing, "claims": nothing,
    }  # fmt: skip


@pytest.mark.parametrize("layers", SUBSETS, ids=",".join)
def test_answers_fit_the_schema_whatever_is_asked(layers: tuple[str, ...]) -> None:
    for made in (*corpus(), relay(), article("Rain.")):
        VALID.validate(said(with_layers(made, layers)))


@pytest.mark.parametrize("layers", SUBSETS, ids=",".join)
def test_the_instruction_asks_for_what_is_answered(layers: tuple[str, ...]) -> None:
    asked = instruction(layers)
    every: dict[str, set[str]] = {}
    for made in (*corpus(), relay()):
        for name, records in said(with_layers(made, layers)).items():
            every.setdefault(name, set()).update(key for record in records for key in record)
    assert {name for name in answer_schema()["properties"] if f"\n{name}: " in asked} == set(every)
    for name, keys in every.items():
        part = asked.partition(f"\n{name}: ")[2].partition("\n\n")[0]
        assert {line.partition(":")[0] for line in part.split("\n- ")[1:]} == keys


def test_every_label_is_explained_as_the_schemas_do() -> None:
    asked = instruction(LAYERS)
    for table, field in (
        ("actors", "kind"),
        ("mentions", "form"),
        ("quotes", "form"),
        ("claims", "kind"),
        ("claims", "certainty"),
        ("claims", "polarity"),
    ):
        for value, meaning in labels(table, field).items():
            assert f"  - {value}: {meaning}\n" in asked + "\n"


@pytest.mark.parametrize("name", ["actors", "mentions", "quotes", "claims"])
def test_keys_stand_in_the_order_of_the_schema(name: str) -> None:
    declared = answer_schema()["properties"]
    assert list(Answer.__struct_fields__) == list(declared)
    struct = getattr(module, f"Answer{name.removesuffix('s').title()}")
    assert list(struct.__struct_fields__) == list(declared[name]["items"]["properties"])
    fields = msgspec.structs.fields(struct)
    required = [field.name for field in fields if field.default is msgspec.NODEFAULT]
    assert required == declared[name]["items"]["required"]


@pytest.mark.parametrize("made", corpus(), ids=lambda a: a.document.id)
def test_the_words_of_an_answer_stand_in_the_text_in_this_order(made: Article) -> None:
    found, text = said(made), made.document.text
    at = 0
    for mention in found["mentions"]:
        at = text.index(mention["exact"], at)
    for record in (*found["quotes"], *found["claims"]):
        at = 0
        for words in record["content"]:
            at = text.index(words, at) + len(words)
        assert all(words in text for words in record.get("cue", ()))


@pytest.mark.parametrize("made", corpus(), ids=lambda a: a.document.id)
def test_references_of_an_answer_lead_somewhere(made: Article) -> None:
    found = said(made)
    actors = {actor["id"] for actor in found["actors"]}
    assert {mention["actor"] for mention in found["mentions"]} <= actors
    quotes = {quote["id"]: quote for quote in found["quotes"]}
    for quote in found["quotes"]:
        assert {*quote["speakers"], *quote.get("addressees", ())} <= actors
        assert quote.get("within", quote["id"]) in quotes
    for claim in found["claims"]:
        assert {*claim["claimants"], *claim.get("targets", ())} <= actors
        if "quote" in claim:
            assert claim["claimants"] == quotes[claim["quote"]]["speakers"]


def test_the_conversation_of_the_seed() -> None:
    (row,) = (row for row in load("chat", "train") if row["doc"] == SEED)
    system, user, assistant = row["messages"]
    assert [m["role"] for m in row["messages"]] == ["system", "user", "assistant"]
    assert "JSON" in system["content"]
    assert user["content"].endswith("(en):\n\n" + seed().document.text)
    assert user["content"].startswith(instruction(LAYERS))
    assert assistant["content"].startswith(
        '{"actors":[{"id":"north-korea","name":"North Korea","kind":"gpe"},'
    )
    assert json.loads(assistant["content"]) == said(seed())


@pytest.mark.parametrize("text", ["", "He sang.\n\nThe article (en):\n\nOne.", "):\n\n"])
def test_the_text_of_an_article_is_found_in_the_task(text: str) -> None:
    made = article(text, language="de-AT")
    for layers in SUBSETS:
        assert asked_text(task(made.document, layers)) == text


def test_a_document_without_a_layer_has_no_conversation(small: Path) -> None:
    documents = next((small / "corpus").glob("train/*/documents.jsonl"))
    every = b'["actors","quotes","claims"]'
    assert len(load("chat", "train", corpus=small)) == 1
    documents.write_bytes(documents.read_bytes().replace(every, b"[]"))
    assert len(load("chat", "train", corpus=small)) == 0


def test_a_dataset_brings_the_schema_of_its_answers(small: Path) -> None:
    dataset = build(Corpus(small / "corpus"), small / "dataset")
    schema = json.loads((dataset / "answer.schema.json").read_bytes())
    (row,) = pq.read_table(dataset / "data/chat/train-00000-of-00001.parquet").to_pylist()
    answered = json.loads(row["messages"][-1]["content"])
    jsonschema.Draft202012Validator(schema).validate(answered)
    assert [len(answered[key]) for key in schema["properties"]] == [16, 72, 14, 20]
