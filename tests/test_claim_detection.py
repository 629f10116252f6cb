"""Sentences with their claims: worked examples, and laws on the corpus."""

from pathlib import Path
from typing import Any

import pytest

from onrecord import load
from onrecord.schema import labels
from onrecord.segment import sentences
from onrecord.tables.claim_detection import features, rows
from onrecord.tables.sources import Sources

from .articles import SEED, add_actor, add_claim, add_quote, article, corpus

NAMES = (
    "none", "fact", "accusation", "evaluation", "intention", "prediction", "demand", "unspecified",
)  # fmt: skip


class Made(Sources):
    """Sources of one article made in a test."""

    def __init__(self, made: Any) -> None:
        self.articles = [made]


def table(made: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rows(Made(made)).to_pylist()
    return found


@pytest.fixture(scope="module")
def seeded() -> list[dict[str, Any]]:
    return [row for row in load("claim_detection", "train") if row["doc"] == SEED]


def test_the_third_sentence_of_the_seed_by_hand(seeded: list[dict[str, Any]]) -> None:
    assert seeded[2] == {
        "doc": SEED,
        "sentence": 2,
        "start": 224,
        "end": 421,
        "text": "This move, announced by the General Staff of the Korean People’s Army (KPA),"
        " underscores the rapidly escalating military situation on the Korean Peninsula,"
        " Caliber.Az reports, citing foreign media.",
        "role": "body",
        "label": 1,
        "kinds": [1],
        "claims": [
            {
                "id": "c-dasb",
                "kind": "fact",
                "certainty": "certain",
                "polarity": "positive",
                "targets": None,
                "by": "source",
                "claimants": ["foreign-media"],
                "chain": [["foreign-media"], ["caliber-az"]],
            }
        ],
    }


def test_a_sentence_with_claims_of_two_claimants(seeded: list[dict[str, Any]]) -> None:
    """The article says that Kim ramped up his rhetoric; what Kim said covers more."""
    (row,) = (row for row in seeded if row["text"].startswith("Kim has since"))
    assert [(claim["by"], claim["claimants"]) for claim in row["claims"]] == [
        ("article", []),
        ("source", ["kim-jong-un"]),
    ]
    assert [NAMES[number] for number in row["kinds"]] == ["fact", "evaluation"]
    assert NAMES[row["label"]] == "evaluation"


def test_a_byline_has_no_claim(seeded: list[dict[str, Any]]) -> None:
    assert (seeded[-1]["role"], seeded[-1]["label"], seeded[-1]["kinds"]) == ("byline", 0, [])


def test_labels_are_only_added() -> None:
    assert tuple(features()["label"].names[: len(NAMES)]) == NAMES
    assert set(features()["label"].names) == {"none", *labels("claims", "kind")}


def test_the_claim_that_covers_most_gives_the_label() -> None:
    made = article("Rain fell and it will freeze tonight. It thawed. Nobody?")
    add_claim(made, "Rain fell")
    add_claim(made, "it will freeze tonight", kind="prediction")
    add_claim(made, "It", kind="demand")
    add_claim(made, "thawed", kind="evaluation")
    assert [[NAMES[k] for k in row["kinds"]] for row in table(made)] == [
        ["fact", "prediction"],
        ["demand", "evaluation"],
        [],
    ]
    assert [NAMES[row["label"]] for row in table(made)] == ["prediction", "evaluation", "none"]


def test_of_claims_that_cover_as_much_the_first_gives_the_label() -> None:
    made = article("Rain or snow fell.")
    add_claim(made, "Rain", kind="demand")
    add_claim(made, "snow")
    assert NAMES[table(made)[0]["label"]] == "demand"


def test_a_claim_belongs_to_every_sentence_it_overlaps() -> None:
    made = article("Rain fell. It froze. It thawed.")
    add_claim(made, "fell. It froze", "thawed")
    assert [[claim["id"] for claim in row["claims"]] for row in table(made)] == [["c-0000"]] * 3


def test_a_source_without_a_name_is_no_article() -> None:
    made = article("Bo said that reportedly rain fell.")
    add_actor(made, "bo", "Bo")
    outer = add_quote(made, "that reportedly rain fell", cue=("said",), speakers=("m-0000",))
    inner = add_quote(made, "rain fell", cue=("reportedly",), within=outer)
    add_claim(made, "rain fell", quote=inner)
    (claim,) = table(made)[0]["claims"]
    assert (claim["by"], claim["claimants"], claim["chain"]) == ("source", [], [[], ["bo"]])


def test_without_the_layer_absence_means_nothing(small: Path) -> None:
    documents = next((small / "corpus").glob("train/*/documents.jsonl"))
    documents.write_bytes(documents.read_bytes().replace(b',"claims"]', b"]"))
    found = load("claim_detection", "train", corpus=small)
    assert set(found["label"]) == {None}
    assert all(row["kinds"] is None for row in found)
    assert any(row["claims"] for row in found)


@pytest.mark.parametrize("made", corpus(), ids=lambda a: a.document.id)
def test_every_claim_of_the_corpus_is_in_the_sentences_it_overlaps(made: Any) -> None:
    found = table(made)
    assert [(row["start"], row["end"]) for row in found] == sentences(made)
    for row in found:
        assert made.document.text[row["start"] : row["end"]] == row["text"]
        here = [
            claim.id
            for claim in made.claims
            if any(s.start < row["end"] and row["start"] < s.end for s in claim.content)
        ]
        assert [claim["id"] for claim in row["claims"]] == here
        assert {claim["kind"] for claim in row["claims"]} == {NAMES[k] for k in row["kinds"]}
        assert (row["label"] == 0) == (not here)
