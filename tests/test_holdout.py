"""What splits share with train: stories, scare quotes, named actors."""

import json
import subprocess
from collections.abc import Callable

import pytest

from onrecord import holdout
from onrecord.holdout import Held
from onrecord.importers import interlinear
from onrecord.model import Article, articles
from onrecord.paths import places_at
from onrecord.phenomena.view import View

from .conftest import ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]

NOTES = """document={name}
story=harbour
@varga person XAA GOV | Ilse Varga | n: Varga
@ministry organization XAA GOV | Port Ministry
@tide organization XAA JRN | Evening Tide | n: Tide
@gharat gpe XAA - | Gharat | n: Gharat
---
¶1
"""


def article(text: str, notes: str = "", name: str = "a") -> Article:
    """The article of a text whose names are found by themselves."""
    (found,) = articles(interlinear.read(NOTES.format(name=name) + notes, text))
    return found


def held(*texts: str) -> Held:
    """What a split of the texts holds."""
    found = Held()
    for text in texts:
        found.add(View(article(text)))
    return found


def test_only_names_make_an_actor_comparable() -> None:
    found = Held()
    found.add(View(article("Varga left the ministry", "  m the ministry=ministry")))
    assert found.actors["people"] == {"varga"}
    assert found.actors["other organizations"] == set()
    assert found.countries == {"XAA"}


def test_scare_quotes_are_counted_one_by_one() -> None:
    assert held("the “fee” and the “tax”", "no “tax”").scare_quotes == 3


def test_what_train_names_and_does_not() -> None:
    splits = {"train": held("Varga left Gharat"), "test": held("Varga read the Tide")}
    test = holdout.as_json(splits)["test"]
    assert test["stories"] == 1
    assert test["named"]["people"] == {"all": 1, "in_train": 1, "not_in_train": 0}
    assert test["named"]["outlets"] == {"all": 1, "in_train": 0, "not_in_train": 1}
    assert test["named"]["states and places"] == {"all": 0, "in_train": 0, "not_in_train": 0}
    assert "in_train" not in holdout.as_json(splits)["train"]["named"]["people"]
    lines = [line.split("|")[1:-1] for line in holdout.markdown(splits).splitlines()]
    rows = [[cell.strip() for cell in line] for line in lines]
    assert rows[rows.index(["named outlets", "0", "1"]) + 2] == ["- not in train", "-", "1"]


def test_without_train_nothing_is_compared() -> None:
    splits = {"test": held("Varga left Gharat")}
    assert holdout.as_json(splits)["test"]["named"]["people"] == {"all": 1}
    assert "train" not in holdout.markdown(splits)


def test_stories_of_the_corpus_stay_in_one_split() -> None:
    found = holdout.hold(places_at(ROOT / "corpus"))
    for split, one in found.items():
        for other in found:
            assert split == other or not one.stories & found[other].stories


@pytest.mark.slow
def test_stats_reports_both(onrecord: Command) -> None:
    counts = json.loads(onrecord("stats", "--format", "json").stdout)
    people = counts["test"]["named"]["people"]
    assert people["all"] == people["in_train"] + people["not_in_train"]
