"""Quotations of German Wikinews become quotes with what the data says of them, and no more."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from onrecord.formats.german_wikinews.nesting import Nested, carriers
from onrecord.importers.german_wikinews import IMPORTER
from onrecord.losses import Losses
from onrecord.problem import Problem
from onrecord.standoff import maps
from onrecord.standoff.format import Reading
from onrecord.standoff.graph import Standoff
from onrecord.standoff.mapping import mapped

from . import damage

REAL = Path(os.environ.get("ONRECORD_REAL_DATA", "")) / "german-wikinews-quotations"
TEXT = "Laut Hafenblatt 👩‍👩‍👧 teilte die Reederei mit, „Wir fahren“, sagte sie Ute. Er kam."
NAME = "4711 - Fähre (von Tesmar) fährt (2006-05-01)"

Json = dict[str, Any]
Told = tuple[list[Standoff], Losses, list[Problem]]


def role(*words: str) -> Json:
    starts = [TEXT.index(each) for each in words]
    pairs = zip(starts, words, strict=True)
    spans = [{"charBegin": start, "charEnd": start + len(each)} for start, each in pairs]
    return {"spans": spans, "text": " ".join(words), "tokenIds": []}


def annotation(number: int = 0, **given: Any) -> Json:
    empty = dict.fromkeys(("cue", "frame", "speaker", "addressee"), role())
    flags = {"isNested": False, "hasNested": False}
    return {"id": number, "type": "Direct", "medium": "Speech", **empty, **flags, **given}


def document(*annotations: Json, **given: Any) -> Json:
    told = {"documentName": NAME, "originalText": TEXT, "annotations": list(annotations)}
    return {**told, "sentences": [], "tokens": [], **given}


INNER = annotation(
    0,
    quote=role("„Wir fahren“"),
    cue=role("sagte"),
    frame=role("sagte sie Ute"),
    speaker=role("sie"),
    addressee=role("Ute"),
    isNested=True,
)
OUTER = annotation(
    1,
    type="Reported",
    quote=role("teilte die Reederei", "„Wir fahren“, sagte sie Ute"),
    cue=role("Laut"),
    speaker=role("Hafenblatt"),
    hasNested=True,
)


def read(folder: Path, *documents: Any) -> Told:
    for number, value in enumerate(documents):
        words = json.dumps(value, ensure_ascii=False, indent=1)
        (folder / f"{number}.pretty.json").write_text(words)
    return read_all(folder)


def read_all(source: Path) -> Told:
    reading = Reading(Losses(), [])
    found = [one for one in IMPORTER.read(source, reading) if isinstance(one, Standoff)]
    return found, reading.losses, reading.problems


def records(found: Standoff, losses: Losses) -> dict[str, list[Json]]:
    problems: list[Problem] = []
    tables = mapped(found, maps.load(IMPORTER.map), losses, problems)
    assert not problems
    return tables


def test_a_quotation_becomes_a_quote(tmp_path: Path) -> None:
    (found,), losses, problems = read(tmp_path, document(INNER, OUTER))
    assert (found.name, found.text, problems) == (NAME, TEXT, [])
    tables = records(found, losses)
    outer, inner = tables["quotes"]
    exact = {m["id"]: m["exact"] for m in tables["mentions"]}
    assert [s["exact"] for s in outer["content"]] == [
        "teilte die Reederei",
        "„Wir fahren“, sagte sie Ute",
    ]
    assert (inner["form"], outer["form"]) == ("direct", "unspecified")
    assert inner["within"] == outer["id"]
    assert [exact[name] for name in inner["speakers"]] == ["sie"]
    assert [exact[name] for name in inner["addressees"]] == ["Ute"]
    assert [span["exact"] for span in inner["cue"]] == ["sagte"]
    assert losses.lost_kinds == {
        "attribute medium": 2,
        "edge frame": 1,
        "label frame": 1,
        "value of attribute type": 1,
    }
    (fields,) = tables["documents"]
    assert (fields["language"], fields["published"]) == ("de", "2006-05-01")
    assert (fields["license"], fields["layers"]) == ("CC-BY-NC-SA-4.0", ["quotes"])


def test_where_annotations_share_a_speaker_it_is_one_mention(tmp_path: Path) -> None:
    other = annotation(1, quote=role("Er kam."), speaker=role("sie"), addressee=role("Hafenblatt"))
    (found,), *_ = read(tmp_path, document(INNER, other))
    mentions = [node.exact for node in found.nodes if node.label == "mention"]
    assert mentions == [("sie",), ("Ute",), ("Hafenblatt",)]


def test_an_annotation_given_twice_is_told(tmp_path: Path) -> None:
    (found,), losses, _ = read(tmp_path, document(OUTER, {**OUTER, "id": 5}))
    assert sum(node.label == "quotation" for node in found.nodes) == 1
    assert losses.lost_kinds["annotation given twice"] == 1


def test_words_that_differ_are_given_as_the_source_has_them(tmp_path: Path) -> None:
    differs = role("teilte die Reederei", "Er kam.")
    differs["text"] = "teilte die REEDEREI er kam?!"
    (found,), *_ = read(tmp_path, document(annotation(quote=differs)))
    (node,) = (node for node in found.nodes if node.label == "quote")
    assert node.exact == ("teilte die REEDEREI", "er kam?!")
    assert node.line == 5


def test_spans_without_characters_are_found_by_their_tokens(tmp_path: Path) -> None:
    words = ("Laut", "Hafenblatt")
    tokens = [{**role(word)["spans"][0], "id": n, "text": word} for n, word in enumerate(words)]
    quote = {"spans": [{"begin": 0, "end": 2}], "text": "Laut Hafenblatt"}
    bare = {"id": 0, "type": "Direct", "quote": quote, "addressee": []}
    (found,), *_ = read(tmp_path, document(bare, tokens=tokens))
    assert [node.exact for node in found.nodes if node.spans] == [("Laut Hafenblatt",)]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (annotation(quote=role()), "no spans, expected those of the quote"),
        (annotation(), "nothing, expected the field 'quote'"),
        ({**INNER, "isNested": "no"}, "str at isNested, expected bool"),
        (
            annotation(quote={"spans": [{"charBegin": 5, "charEnd": 500}]}),
            f"5-500 of the quote, expected a span in {len(TEXT)} characters",
        ),
        (
            annotation(quote={"spans": [{"charBegin": -5, "charEnd": 3}]}),
            f"-5-3 of the quote, expected a span in {len(TEXT)} characters",
        ),
        (
            annotation(quote={"spans": [{"begin": 0, "end": 2}]}),
            "tokens 0-2, expected some of 0",
        ),
        ([], "array, expected object"),
    ],
)
def test_a_broken_annotation_is_told_with_its_line(
    given: Any, message: str, tmp_path: Path
) -> None:
    found, _, problems = read(tmp_path, document(given), document(INNER))
    assert [p.message for p in problems] == [message]
    assert (problems[0].line, Path(problems[0].path).name) == (5, "0.pretty.json")
    assert len(found) == 1


def test_all_that_is_broken_is_told(tmp_path: Path) -> None:
    (tmp_path / "9.json").write_bytes(b'{"documentName": "\xff"}')
    found, _, problems = read(tmp_path, [], document(annotation(), annotation()), {"a": 1})
    assert not found
    assert [Path(p.path).name for p in problems] == [
        "0.pretty.json", "1.pretty.json", "1.pretty.json", "2.pretty.json", "9.json",
    ]  # fmt: skip


def test_a_date_that_is_none_is_no_date(tmp_path: Path) -> None:
    (found,), *_ = read(tmp_path, document(documentName="1 - Wahl (2006-02-31)"))
    assert found.document == {}


@pytest.mark.slow
def test_nothing_makes_the_reader_fail(tmp_path: Path) -> None:
    sound = document(INNER, OUTER)
    words = json.dumps(sound, ensure_ascii=False).encode()
    path = tmp_path / "a.json"
    refused = 0
    for broken in (*damage.values(sound, count=400), *damage.datas(words, count=400)):
        path.write_bytes(broken)
        found, _, problems = read_all(path)
        assert bool(found) != bool(problems)
        refused += bool(problems)
        for one in found:
            assert all(0 <= s < e <= len(one.text) for n in one.nodes for s, e in n.spans)
    assert 300 < refused < 800


# Words of quotations, whether each lies in another, and whether another lies in it.
A, B, C = ((0, 90),), ((10, 50),), ((20, 30), (40, 45))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([(A, False, True), (B, True, False)], [None, 0]),
        ([(C, True, False), (A, False, True), (B, True, True)], [2, None, 1]),
        ([(A, False, True), (A, True, False)], [None, 0]),
        ([(A, True, True), (A, True, True)], [None, None]),
        ([(A, True, False), (A, True, True), (A, False, True)], [1, 2, None]),
        ([(A, False, True), (A, False, True), (B, True, False)], [None, None, None]),
        ([(A, False, False), (B, True, False)], [None, None]),
        ([(A, False, True), (B, False, False)], [None, None]),
        ([(((0, 30),), False, True), (((25, 40),), True, False)], [None, None]),
    ],
)
def test_the_innermost_that_holds_all_words_carries(given: Any, expected: Any) -> None:
    assert carriers([Nested(*one) for one in given]) == expected


def test_a_flag_that_names_none_is_lost(tmp_path: Path) -> None:
    both = {"isNested": True, "hasNested": True}
    one, other = annotation(0, quote=role("Er kam."), **both), {**INNER, **both, "id": 1}
    (found,), losses, _ = read(tmp_path, document(one, other))
    assert not any(edge.label == "within" for edge in found.edges)
    assert losses.lost_kinds == {"attribute isNested": 2, "attribute hasNested": 2}


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the real corpora")
def test_the_real_corpus() -> None:
    found, losses, problems = read_all(REAL)
    assert not problems
    assert len(found) >= 60
    for one in found:
        assert all(n.exact == tuple(one.text[s:e] for s, e in n.spans) for n in one.nodes)
        assert one.document["published"]
        tables = records(one, losses)
        assert len(tables["quotes"]) == sum(node.label == "quotation" for node in one.nodes)
    assert losses.lost_kinds["annotation given twice"] == 1
    assert losses.lost_kinds["attribute isNested"] == 8
