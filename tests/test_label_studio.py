"""Label Studio: our annotations there and back, its own files, and its own library as a reader."""

import json
import random
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from onrecord.exporters.label_studio import EXPORTER
from onrecord.formats.label_studio.interface import interface
from onrecord.importers.label_studio import IMPORTER
from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.standoff import parts
from onrecord.standoff.graph import Edge, Node, Standoff
from onrecord.standoff.scheme import attribute_labels, standoff

from . import damage, nasty
from .articles import few
from .graphs import told, write

Json = dict[str, Any]

SOME = [*nasty.articles(), *few()]


def region(start: int, end: int, words: str | None, *labels: str, name: str = "r") -> Json:
    value = {"start": start, "end": end, "labels": list(labels or ("person",))}
    said = {} if words is None else {"text": words}
    shape = {"id": name, "from_name": "label", "to_name": "text", "type": "labels"}
    return {**shape, "value": {**value, **said}, "origin": "manual"}


def said(kind: str, control: str, value: Any, name: str = "r") -> Json:
    key = "text" if kind == "textarea" else kind
    return {"id": name, "from_name": control, "type": kind, "value": {key: value}}


def relation(source: str, target: str, *labels: str, direction: str = "right") -> Json:
    ends = {"type": "relation", "from_id": source, "to_id": target, "direction": direction}
    return {**ends, "labels": list(labels)} if labels else ends


def task(text: str, *results: Json, **more: Any) -> Json:
    return {"id": 9, "data": {"text": text}, "annotations": [{"result": list(results)}], **more}


def read(
    folder: Path, *tasks: Any, offsets: str | None = None
) -> tuple[list[Standoff], list[str], list[tuple[str, str]]]:
    """What comes of some tasks, each on a line of its own."""
    path = folder / "export.json"
    path.write_text("[\n" + ",\n".join(map(json.dumps, tasks)) + "\n]")
    return told(path, IMPORTER, offsets=offsets)


def only(folder: Path, *results: Json, text: str = "Kim said so.") -> Standoff:
    (found,), problems, lost = read(folder, task(text, *results))
    assert (problems, lost) == ([], [])
    return found


# Our own files


def test_each_task_is_known_by_its_line(tmp_path: Path) -> None:
    write(tmp_path, EXPORTER, SOME)
    found, _, _ = told(tmp_path, IMPORTER)
    lines = [{node.line for node in graph.nodes} for graph in found]
    assert lines == [{n} if graph.nodes else set() for n, graph in enumerate(found, start=2)]


def test_what_nobody_has_looked_at_has_no_annotation() -> None:
    files = dict(EXPORTER.write([nasty.bare()], Losses()))
    (alone,) = json.loads(files["tasks.json"])
    assert alone["annotations"] == []


def tasks_of(articles: list[Article]) -> list[Json]:
    found: list[Json] = json.loads(dict(EXPORTER.write(articles, Losses()))["tasks.json"])
    return found


def test_the_interface_has_all_that_tasks_use() -> None:
    view = ElementTree.fromstring(interface())
    names = {(e.tag.lower(), e.get("name")) for e in view.iter() if e.get("name")}
    values = {
        tag: {e.get("value") for e in view.iter(tag)} for tag in ("Label", "Relation", "Choice")
    }
    found = [r for t in tasks_of(SOME) for a in t["annotations"] for r in a["result"]]
    for result in found:
        if result["type"] == "relation":
            assert set(result["labels"]) <= values["Relation"]
            continue
        assert (result["type"], result["from_name"]) in names
        assert set(result["value"].get("labels", ())) <= values["Label"]
        assert set(result["value"].get("choices", ())) <= values["Choice"]
    assert {result["type"] for result in found} == {"labels", "choices", "textarea", "relation"}
    keys = [e.get("hotkey") for e in view.iter("Label") if e.get("hotkey")]
    assert len(set(keys)) == len(keys)


def test_the_interface_offers_every_value_of_a_list() -> None:
    view = ElementTree.fromstring(interface())
    for name, values in attribute_labels().items():
        (control,) = (e for e in view.iter("Choices") if e.get("name") == name)
        assert tuple(str(choice.get("value")) for choice in control) == values


def test_offsets_of_our_files_count_code_points() -> None:
    (found,) = tasks_of([nasty.characters()])
    text = found["data"]["text"]
    for result in found["annotations"][0]["result"]:
        if result["type"] == "labels":
            value = result["value"]
            assert text[value["start"] : value["end"]] == value["text"]


# Its own library


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_its_library_accepts_interface_and_tasks() -> None:
    label_interface = pytest.importorskip("label_studio_sdk.label_interface")
    known = label_interface.LabelInterface(interface().decode())
    known.validate()
    for found in tasks_of(SOME):
        assert known.validate_task({"data": found["data"]})
        for annotation in found["annotations"]:
            results = annotation["result"]
            regions = [result for result in results if result["type"] != "relation"]
            for result in results:
                if result["type"] == "relation":
                    assert known.validate_relation(result, regions)
                else:
                    assert known.validate_region(result), result
    assert not known.validate_region({**region(0, 3, "Kim"), "type": "choices"})
    assert not known.validate_relation({**relation("a", "b", "x"), "direction": "up"}, [])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_its_converter_reads_our_words(tmp_path: Path) -> None:
    converter = pytest.importorskip("label_studio_sdk.converter")
    write(tmp_path, EXPORTER, SOME)
    known = converter.Converter(interface().decode(), str(tmp_path))
    known.convert_to_json_min(str(tmp_path / "tasks.json"), str(tmp_path / "min"), is_dir=False)
    for article, record in zip(
        SOME, json.loads((tmp_path / "min" / "result.json").read_text()), strict=True
    ):
        inside = parts.split(standoff(article))
        wanted = sorted((*n.spans[0], n.exact[0], n.label) for n in inside.nodes if n.spans)
        marked = record.get("label", [])
        assert sorted((m["start"], m["end"], m["text"], *m["labels"]) for m in marked) == wanted
    known.convert_to_conll2003(str(tmp_path / "tasks.json"), str(tmp_path / "c"), is_dir=False)
    assert re.search(r" B-person$", (tmp_path / "c" / "result.conll").read_text(), re.MULTILINE)


# Files as it writes them


def test_a_region_is_a_node(tmp_path: Path) -> None:
    found = only(tmp_path, region(0, 3, "Kim"), said("choices", "form", ["name"]))
    assert found.nodes == (Node("r", "person", ((0, 3),), {"form": "name"}, ("Kim",), 2),)
    assert (found.name, found.text) == ("export-9", "Kim said so.")


def test_all_that_can_be_said_of_a_region_is_an_attribute(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        {**region(0, 3, "Kim"), "meta": {"text": ["unsure"]}},
        said("textarea", "note", ["one", "two"]),
        said("choices", "many", ["a", "b"]),
        said("taxonomy", "tree", [["a", "b"], ["c"]]),
        said("rating", "stars", 4),
        said("number", "number", 1.5),
        said("datetime", "when", "2031-01-02"),
    )
    assert found.nodes[0].attributes == {
        "note": "one\ntwo", "many": "a, b", "tree": "a/b, c", "stars": "4", "number": "1.5",
        "when": "2031-01-02", "meta": "unsure",
    }  # fmt: skip


def test_each_label_of_a_region_is_an_annotation(tmp_path: Path) -> None:
    second = {**region(0, 3, "Kim", "speaker"), "from_name": "other"}
    found = only(tmp_path, region(0, 3, "Kim", "person", "leader"), second)
    assert [(n.key, n.label) for n in found.nodes] == [
        ("r", "person"), ("r#2", "leader"), ("r#3", "speaker"),
    ]  # fmt: skip


def test_relations_lead_where_their_arrows_do(tmp_path: Path) -> None:
    regions = [region(0, 3, "Kim", name="a"), region(4, 8, "said", name="b")]
    found = only(
        tmp_path,
        *regions,
        relation("a", "b", "x", "y"),
        relation("a", "b", "z", direction="left"),
        relation("a", "b", direction="bi"),
    )
    assert [(e.label, e.source, e.target) for e in found.edges] == [
        ("x", "a", "b"), ("y", "a", "b"), ("z", "b", "a"), ("relation", "a", "b"),
        ("relation", "b", "a"),
    ]  # fmt: skip


def test_a_region_inside_another_is_linked(tmp_path: Path) -> None:
    inner = {**region(4, 8, "said", name="b"), "parentID": "a"}
    found = only(tmp_path, region(0, 3, "Kim", name="a"), inner)
    assert found.edges == (Edge("parentID", "b", "a", 2),)


def test_line_feeds_and_spaces_in_its_words_are_undone(tmp_path: Path) -> None:
    text = "Kim said:\n  “no”  so"
    folded = region(0, len(text), "Kim said:\\n “no” so")
    (node,) = only(tmp_path, folded, text=text).nodes
    assert node.exact == (text,)


def test_other_words_are_left_to_be_told(tmp_path: Path) -> None:
    (node,) = only(tmp_path, region(0, 3, "Lee")).nodes
    assert (node.spans, node.exact) == (((0, 3),), ("Lee",))


EMOJI = "😀😀 Kim said so."


@pytest.mark.parametrize("start", [3, 5])
def test_the_unit_is_known_by_the_words(start: int, tmp_path: Path) -> None:
    (node,) = only(tmp_path, region(start, start + 3, "Kim"), text=EMOJI).nodes
    assert node.spans == ((3, 6),)


def test_an_unknown_unit_is_refused(tmp_path: Path) -> None:
    unclear = task(EMOJI, region(5, 8, None))
    found, problems, _ = read(tmp_path, unclear, task("plain", region(0, 5, "plain")))
    assert [graph.text for graph in found] == ["plain"]
    assert problems == [
        "2: task 1: offsets fit the words in each of code-points, utf-16; say which with --offsets"
    ]
    (told,), problems, _ = read(tmp_path, unclear, offsets="utf-16")
    assert (told.nodes[0].spans, problems) == (((3, 6),), [])


def test_offsets_inside_a_character_are_refused(tmp_path: Path) -> None:
    _, problems, _ = read(tmp_path, task(EMOJI, region(1, 8, None)), offsets="utf-16")
    assert problems == ["2: task 1: region 'r' at 1-8, expected 0 to 17 in utf-16"]


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (0, 99), (3, 3), (5, 2), (0, 10**30)])
def test_offsets_outside_the_text_are_refused(start: int, end: int, tmp_path: Path) -> None:
    found, problems, _ = read(tmp_path, task("Kim said so.", region(start, end, None)))
    assert found == []
    assert problems == [f"2: task 1: region 'r' at {start}-{end}, expected 0 to 12 in code-points"]


def test_the_ground_truth_is_read_and_the_rest_counted(tmp_path: Path) -> None:
    given = [
        {"result": [region(0, 3, "Kim", "cancelled")], "was_cancelled": True},
        {"result": [region(0, 3, "Kim", "first")]},
        {"result": [region(0, 3, "Kim", "truth")], "ground_truth": True},
    ]
    whole = {**task("Kim said so."), "annotations": given, "predictions": [{}], "drafts": [{}]}
    (found,), _, lost = read(tmp_path, whole)
    assert [node.label for node in found.nodes] == ["truth"]
    assert sorted(kind for kind, _ in lost) == [
        "cancelled annotation", "draft", "prediction", "second annotation",
    ]  # fmt: skip


def test_completions_of_early_versions_are_annotations(tmp_path: Path) -> None:
    early = {"data": {"text": "Kim"}, "completions": [
        {"result": [], "skipped": True}, {"result": [region(0, 3, "Kim")]},
    ]}  # fmt: skip
    (found,), problems, _ = read(tmp_path, early)
    assert (len(found.nodes), problems) == (1, [])


def test_what_is_said_of_the_whole_text_is_lost(tmp_path: Path) -> None:
    _, problems, lost = read(tmp_path, task("Kim", said("choices", "topic", ["war"], name="z")))
    assert (problems, lost) == ([], [("attribute topic", "war")])


def test_data_are_fields_of_the_document(tmp_path: Path) -> None:
    data = {
        "article": "Kim", "language": "ko", "url": None, "license": 7, "source": 3, "id": "a-b",
        "sections": [{"role": "body", "start": 0, "end": 99}],
    }  # fmt: skip
    (found,), problems, lost = read(tmp_path, {"data": data, "meta": {"publisher": "P"}})
    assert (found.name, found.text, problems) == ("a-b", "Kim", [])
    assert found.document == {"id": "a-b", "language": "ko", "publisher": "P"}
    assert sorted(kind for kind, _ in lost) == [
        "document field license", "document field sections", "document field source",
    ]  # fmt: skip


# What it cannot have written


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (7, "int, expected object"),
        ({"id": 1, "text": "Kim", "label": []}, "no 'data', expected the export JSON"),
        ({"data": []}, "array at data, expected object"),
        ({"data": {"title": "a", "body": "b"}}, "'title', 'body' in 'data', expected one text"),
        ({"data": {"image": 3}}, "'image' in 'data', expected one text"),
        (task("Kim", 4), "result 1: int, expected object"),  # type: ignore[arg-type]
        (task("Kim", {"id": "r"}), "result 1: nothing, expected the field 'type'"),
        (task("Kim", {**region(0, 3, "Kim"), "value": {"start": "/p[1]"}}), "'/p[1]' as start"),
        (
            {"data": {"text": "Kim", "onrecord": {"nodes": 3}}},
            "'onrecord' in 'data': int at nodes",
        ),
        (
            {"data": {"text": "Kim", "onrecord": {"nodes": [{"key": "a", "label": "b"}] * 2}}},
            "'a' in 'onrecord', expected each key once",
        ),
    ],
)
def test_a_broken_task_is_told_and_left_out(broken: Any, told: str, tmp_path: Path) -> None:
    found, problems, _ = read(tmp_path, broken, task("plain"))
    assert [graph.text for graph in found] == ["plain"]
    assert problems
    assert problems[0].startswith(f"2: task 1: {told}")


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[1", b"\xff", b"7", b'"x"', b"[" * 9000, b"[NaN]", b'[{"data":"\\ud800"}]',
     b"PK\x03\x04", b'{"data": {"text": 1e999}}'],
)  # fmt: skip
def test_what_is_no_json_is_told(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_bytes(data)
    (tmp_path / "good.json").write_text(json.dumps(task("Kim")))
    found, problems, _ = told(tmp_path, IMPORTER)
    assert [graph.text for graph in found] == ["Kim"]
    assert len(problems) == 1


def test_a_byte_order_mark_is_no_part(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf" + json.dumps([task("Kim")]).encode())
    (found,), problems, _ = told(tmp_path, IMPORTER)
    assert (found.text, problems) == ("Kim", [])


@pytest.mark.slow
def test_no_mutation_of_an_export_makes_the_reader_fail(tmp_path: Path) -> None:
    draw = random.Random(8)
    tasks = tasks_of([nasty.overlaps(), nasty.characters()])
    seen = 0
    for _ in range(60):
        found, problems, lost = read(
            tmp_path, *(damage.value(draw.choice(tasks), draw) for _ in "abc")
        )
        assert len(found) <= 3
        seen += bool(problems or lost)
    assert seen > 30


def test_no_cut_of_an_export_makes_the_reader_fail(tmp_path: Path) -> None:
    whole = dict(EXPORTER.write([nasty.characters()], Losses()))["tasks.json"]
    for size in range(0, len(whole) - 2, 97):
        (tmp_path / "a.json").write_bytes(whole[:size])
        found, problems, _ = told(tmp_path, IMPORTER)
        assert (found, len(problems)) == ([], 1)
