"""LitBank: an invented page of it, what is broken, and a part of the real one."""

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.importers.litbank import IMPORTER
from onrecord.losses import Losses
from onrecord.standoff.format import Reading
from onrecord.standoff.graph import Standoff
from onrecord.standoff.mapping import mapped
from onrecord.standoff.maps import load

from . import damage

TEXT = """Mrs. Vane , a widow , shut the door .
“ Come in , Tom , ” she said ; “ it is cold .
You are late . ”
He bowed . “ I am , Mrs. Vane . ”
“ Who goes ? ”
"""

MARKED = (
    ("PROP_PER", "Mrs. Vane"), ("Mrs__Vane-0", "Mrs. Vane"),
    ("NOM_PER", "a widow"),
    ("NOM_FAC", "the door"), ("the_door-1", "the door"),
    ("PROP_PER", "Tom"), ("Tom-2", "Tom"),
    ("PRON_PER", "she"), ("Mrs__Vane-0", "she"),
    ("PRON_PER", "You"), ("Tom-2", "You"),
    ("PRON_PER", "He"), ("Tom-2", "He"),
    ("PRON_PER", "I"), ("Tom-2", "I"),
    ("NOM_PER", "late"),
)  # fmt: skip

QUOTATIONS = (
    "QUOTE\tQ1\t1\t0\t1\t6\t“ Come in , Tom , ”",
    "QUOTE\tQ2\t1\t10\t2\t4\t“ it is cold . You are late . ”",
    "QUOTE\tQ3\t3\t3\t3\t10\t“ I am , Mrs. Vane . ”",
    "QUOTE\tQ4\t4\t0\t4\t4\t“ Who goes ? ”",
    "ATTRIB\tQ1\tMrs__Vane-0",
    "ATTRIB\tQ2\tMrs__Vane-0",
    "ATTRIB\tQ3\tTom-2",
    "ATTRIB\tQ4\tA_Voice-9",
)


def annotations() -> list[str]:
    lines = []
    for number, (label, words) in enumerate(MARKED):
        start = TEXT.index(words)
        lines.append(f"T{number}\t{label} {start} {start + len(words)}\t{words}")
    # The apposition leads to the cluster on the words of the mention, as it does now and then.
    return [*lines, "R1\tappos Arg1:T2 Arg2:T1", "R2\tcop Arg1:T15 Arg2:T9"]


@pytest.fixture
def litbank(tmp_path: Path) -> Callable[..., Path]:
    """The folder of LitBank with one document."""

    def make(marked: list[str] | None = None, quoted: tuple[str, ...] = QUOTATIONS) -> Path:
        for folder in ("coref/brat", "quotations/tsv"):
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        name = "7_the_vanes_brat"
        (tmp_path / f"coref/brat/{name}.txt").write_text(TEXT)
        lines = annotations() if marked is None else marked
        (tmp_path / f"coref/brat/{name}.ann").write_text("".join(f"{line}\n" for line in lines))
        (tmp_path / f"quotations/tsv/{name}.ann").write_text("\n".join(quoted))
        return tmp_path

    return make


def read(path: Path) -> tuple[list[Standoff], Reading]:
    reading = Reading(Losses(), [])
    return list(IMPORTER.read(path, reading)), reading  # type: ignore[arg-type]


def tables(path: Path) -> tuple[dict[str, Any], Losses]:
    (graph,), reading = read(path)
    assert not reading.problems
    problems: list[Any] = []
    found = mapped(graph, load(IMPORTER.map), reading.losses, problems)
    assert not problems
    return found, reading.losses


def test_mentions_with_whose_they_are(litbank: Callable[..., Path]) -> None:
    found, _ = tables(litbank())
    actors = {actor["id"]: (actor["name"], actor["kind"]) for actor in found["actors"]}
    assert actors == {"7-mrs-vane-0": ("Mrs. Vane", "person"), "7-tom-2": ("Tom", "person")}
    assert [(m["exact"], m["actor"], m["form"]) for m in found["mentions"]] == [
        ("Mrs. Vane", "7-mrs-vane-0", "name"),
        ("a widow", "7-mrs-vane-0", "nominal"),
        ("Tom", "7-tom-2", "name"),
        ("she", "7-mrs-vane-0", "pronoun"),
        ("You", "7-tom-2", "pronoun"),
        ("He", "7-tom-2", "pronoun"),
        ("I", "7-tom-2", "pronoun"),
    ]


def test_quotations_with_the_nearest_mention_of_who_speaks(litbank: Callable[..., Path]) -> None:
    found, losses = tables(litbank())
    words = {mention["id"]: mention["exact"] for mention in found["mentions"]}
    quotes = [
        ([span["exact"] for span in q["content"]], [words[m] for m in q["speakers"]], q["form"])
        for q in found["quotes"]
    ]
    assert quotes == [
        (["“ Come in , Tom , ”"], ["she"], "direct"),
        (["“ it is cold .\nYou are late . ”"], ["she"], "direct"),
        (["“ I am , Mrs. Vane . ”"], ["He"], "direct"),
        (["“ Who goes ? ”"], [], "direct"),
    ]
    assert losses.changed_kinds["speaker of a cluster"] == 3
    assert dict(losses.lost_kinds) == {
        "label NOM_FAC": 1, "predicate": 1, "speaker without mention": 1,
    }  # fmt: skip


def test_a_mention_within_a_quotation_speaks_only_where_there_is_no_other(
    litbank: Callable[..., Path],
) -> None:
    only = [line for line in annotations() if line.split("\t")[-1] in ("Tom", "You")]
    (graph,), _ = read(litbank(only))
    speakers = [edge for edge in graph.edges if edge.source == "Q3"]
    assert [edge.target for edge in speakers] == ["T9"]


def test_each_part_of_the_source_may_be_named(litbank: Callable[..., Path]) -> None:
    path = litbank()
    (whole,), _ = read(path)
    for part in ("coref/brat", "coref/brat/7_the_vanes_brat.ann"):
        (graph,), _ = read(path / part)
        assert graph == whole
    assert whole.name == "7_the_vanes"


def test_without_quotations_there_are_only_mentions(litbank: Callable[..., Path]) -> None:
    path = litbank()
    (path / "quotations/tsv/7_the_vanes_brat.ann").unlink()
    found, losses = tables(path)
    assert found["quotes"] == []
    assert losses.changed_kinds["document without quotations"] == 1


@pytest.mark.parametrize(
    "line",
    [
        "QUOTE\tQ9\t1\t0\t1\t6", "QUOTE\tQ9\t1\t0\t1\t6\tother words", "QUOTE\tQ9\t99\t0\t99\t1\tx",
        "QUOTE\tQ9\t0\t99\t0\t100\tx", "QUOTE\tQ9\t-1\t0\t0\t1\tx", "QUOTE\tQ9\t0\t3\t0\t1\tx",
        f"QUOTE\tQ9\t{'9' * 5000}\t0\t0\t1\tx", "QUOTE\tQ1\t4\t0\t4\t4\t“ Who goes ? ”",
        "ATTRIB\tQ9\tTom-2", "ATTRIB\tQ1\tTom-2", "ATTRIB\tQ1", "NOTE\tQ1\tx",
    ],
)  # fmt: skip
def test_a_broken_quotation_is_told(litbank: Callable[..., Path], line: str) -> None:
    found, reading = read(litbank(quoted=(*QUOTATIONS, line)))
    assert not found
    (problem,) = reading.problems
    assert problem.line == len(QUOTATIONS) + 1
    assert problem.path.endswith("quotations/tsv/7_the_vanes_brat.ann")


def test_annotations_without_text_are_told(litbank: Callable[..., Path]) -> None:
    path = litbank()
    (path / "coref/brat/7_the_vanes_brat.txt").unlink()
    found, reading = read(path)
    assert not found
    assert [problem.message for problem in reading.problems] == [
        "no text, expected '7_the_vanes_brat.txt' beside it"
    ]


@pytest.mark.slow
def test_no_mutant_ends_the_reader(litbank: Callable[..., Path]) -> None:
    path, draw = litbank(), random.Random(1)
    sound = {file: file.read_bytes() for file in path.rglob("*") if file.is_file()}
    for _ in range(500):
        file = draw.choice(list(sound))
        file.write_bytes(damage.data(sound[file], draw))
        found, reading = read(path)
        assert bool(found) != bool(reading.problems)
        for graph in found:
            mapped(graph, load("litbank"), reading.losses, reading.problems)
        file.write_bytes(sound[file])


@pytest.mark.slow
def test_the_real_one() -> None:
    folder = os.environ.get("ONRECORD_REAL_DATA")
    if not folder:
        pytest.skip("needs ONRECORD_REAL_DATA")
    found, reading = read(Path(folder) / "litbank")
    assert not reading.problems
    problems: list[Any] = []
    made = [mapped(graph, load("litbank"), reading.losses, problems) for graph in found]
    assert not problems
    assert len(made) == 20
    assert sum(len(one["quotes"]) for one in made) == 422
    assert all(quote["speakers"] for one in made for quote in one["quotes"])
    assert reading.losses.changed_kinds["speaker of a cluster"] == 422
    lost = dict(reading.losses.lost_kinds)
    assert lost.pop("predicate") == 100
    assert lost.pop("edge appos of what is lost") == 1
    assert {kind[-3:] for kind in lost} == {"FAC", "LOC", "VEH"}
    everyone = {actor["id"] for one in made for actor in one["actors"]}
    assert len(everyone) == sum(len(one["actors"]) for one in made)
