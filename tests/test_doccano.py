"""doccano: our annotations there and back, also by way of itself, and its own dialects."""

import json
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from onrecord.exporters.doccano import EXPORTER
from onrecord.importers.doccano import IMPORTER
from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.standoff.graph import Edge, Node, Standoff
from onrecord.standoff.scheme import standoff
from onrecord.standoff.units import offsets, to_code_points

from . import damage, nasty
from .articles import corpus, few
from .graphs import canonical, told

Json = dict[str, Any]

SOME = [*nasty.articles(), *few()]


def read(
    folder: Path, *rows: Any, offsets: str | None = None
) -> tuple[list[Standoff], list[str], list[tuple[str, str]]]:
    """What comes of some lines."""
    path = folder / "all.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return told(path, IMPORTER, offsets=offsets)


def rows_of(articles: list[Article]) -> list[Json]:
    data = dict(EXPORTER.write(articles, Losses()))["all.jsonl"]
    return [json.loads(line) for line in data.split(b"\n")[:-1]]


def passed(rows: list[Json]) -> str:
    """What doccano 1.8 gives back: it numbers anew, and writes by way of a data frame."""
    numbers = {e["id"]: 5000 + n for n, e in enumerate(e for row in rows for e in row["entities"])}
    given = []
    for row in rows:
        entities = [{**e, "id": numbers[e["id"]]} for e in row["entities"]]
        relations = [
            {
                **r,
                "id": r["id"] + 70,
                "from_id": numbers[r["from_id"]],
                "to_id": numbers[r["to_id"]],
            }
            for r in row["relations"]
        ]
        new = {"entities": entities, "relations": relations, "Comments": []}
        given.append({**row, **new})
    frame = pd.DataFrame(given)
    return str(frame.to_json(orient="records", force_ascii=False, lines=True))


# Our own files


def assert_comes_back(articles: list[Article], folder: Path) -> None:
    found, problems, lost = told(folder, IMPORTER)
    assert (problems, lost) == ([], [])
    for article, graph in zip(articles, found, strict=True):
        assert canonical(graph) == canonical(standoff(article)), article.document.id


def test_graphs_come_back_by_way_of_doccano(tmp_path: Path) -> None:
    (tmp_path / "admin.jsonl").write_text(passed(rows_of(SOME)))
    assert_comes_back(SOME, tmp_path)


@pytest.mark.slow
def test_the_corpus_comes_back_by_way_of_doccano(tmp_path: Path) -> None:
    (tmp_path / "admin.jsonl").write_text(passed(rows_of(list(corpus()))))
    assert_comes_back(list(corpus()), tmp_path)


def test_ids_are_numbers_that_stand_once_in_a_file() -> None:
    rows = rows_of(SOME)
    for name in ("entities", "relations"):
        ids = [one["id"] for row in rows for one in row[name]]
        assert ids == list(range(1, len(ids) + 1))


def test_offsets_of_our_files_count_utf_16() -> None:
    (row,) = rows_of([nasty.characters()])
    units = row["text"].encode("utf-16-le")
    kept = row["onrecord"]["entities"]
    assert len(row["entities"]) == len(kept) > 10
    for entity, known in zip(row["entities"], kept, strict=True):
        words = units[2 * entity["start_offset"] : 2 * entity["end_offset"]]
        assert words.decode("utf-16-le") == known["text"]


def test_what_was_done_in_doccano_comes_along(tmp_path: Path) -> None:
    (row,) = rows_of([nasty.overlaps()])
    gone = next(e for e in row["entities"] if e["label"] == "claim")
    row["entities"] = [e for e in row["entities"] if e is not gone]
    row["entities"].append({"id": 900, "label": "person", "start_offset": 40, "end_offset": 41})
    row["relations"] = [r for r in row["relations"] if gone["id"] not in (r["from_id"], r["to_id"])]
    row["relations"].append({"id": 901, "from_id": 900, "to_id": 1, "type": "coreference"})
    (found,), problems, lost = read(tmp_path, row)
    before = {node.key: node for node in standoff(nasty.overlaps()).nodes}
    keys = {node.key for node in found.nodes}
    assert "e900" in keys
    assert len(before.keys() - keys) == 1
    first = next(e["key"] for e in row["onrecord"]["entities"])
    assert Edge("coreference", "e900", first, 1) in found.edges
    assert (problems, [kind for kind, _ in lost]) == ([], [])


def test_the_words_kept_tell_the_unit(tmp_path: Path) -> None:
    (row,) = rows_of([nasty.characters()])
    for unit in ("code-points", "graphemes", "utf-16"):
        made = _in_unit(row, unit)
        (found,), problems, _ = read(tmp_path, made)
        assert problems == []
        assert canonical(found) == canonical(standoff(nasty.characters())), unit


def _in_unit(row: Json, unit: str) -> Json:
    back, to = to_code_points(row["text"], "utf-16"), offsets(row["text"], unit)

    def moved(one: Json) -> Json:
        return {**one, **{k: to[back[one[k]]] for k in ("start_offset", "end_offset")}}

    kept = {**row["onrecord"], "entities": list(map(moved, row["onrecord"]["entities"]))}
    return {**row, "entities": list(map(moved, row["entities"])), "onrecord": kept}


# Files as it writes them

SPAN = {"id": 4, "label": "PER", "start_offset": 0, "end_offset": 3}


def test_spans_and_relations(tmp_path: Path) -> None:
    row = {
        "id": 12, "text": "Kim said so.", "Comments": [{"id": 1, "comment": "hm"}],
        "entities": [SPAN, {**SPAN, "id": 3, "label": "CUE", "start_offset": 4, "end_offset": 8}],
        "relations": [{"id": 1, "from_id": 3, "to_id": 4, "type": "by"}],
        "publisher": "P", "topic": "war", "cats": ["A"],
    }  # fmt: skip
    (found,), problems, lost = read(tmp_path, row)
    assert (found.name, found.document, problems) == ("12", {"publisher": "P"}, [])
    assert found.nodes == (
        Node("e3", "CUE", ((4, 8),), {}, (), 1),
        Node("e4", "PER", ((0, 3),), {}, (), 1),
    )
    assert found.edges == (Edge("by", "e3", "e4", 1),)
    assert lost == [("comment", "{'id': 1, 'comment': 'hm'}"), ("document field cats", "A"),
                    ("document field topic", "war")]  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        {"id": 1, "text": "Kim said.", "label": [[0, 3, "PER"]]},
        {"text": "Kim said.", "labels": [[0, 3, "PER"]], "meta": {}},
        {"data": "Kim said.", "label": [[0, 3, "PER"]]},
        {"text": "Kim said.", "entities": [[0, 3, "PER"]], "cats": []},
        {"text": "Kim said.", "annotations": [SPAN], "annotation_approver": None},
    ],
)
def test_dialects(row: Json, tmp_path: Path) -> None:
    (found,), problems, lost = read(tmp_path, row)
    assert (problems, lost, found.text) == ([], [], "Kim said.")
    assert [(node.label, node.spans) for node in found.nodes] == [("PER", ((0, 3),))]
    assert found.name == str(row.get("id", "all-1"))


EMOJI = {"text": "👩‍👩‍👧 Kim said so it is.", "label": [[6, 9, "PER"]]}


def test_an_unknown_unit_is_refused(tmp_path: Path) -> None:
    found, problems, _ = read(tmp_path, EMOJI, {"text": "x", "label": []})
    assert [graph.text for graph in found] == ["x"]
    (told,) = problems
    assert told.startswith("1: offsets fit the words in each of utf-16, code-points, graphemes")
    assert told.endswith("; say which with --offsets")


@pytest.mark.parametrize(("unit", "start"), [("code-points", 6), ("graphemes", 10)])
def test_the_unit_can_be_told(unit: str, start: int, tmp_path: Path) -> None:
    (found,), problems, _ = read(tmp_path, EMOJI, offsets=unit)
    assert (found.nodes[0].spans, problems) == (((start, start + 3),), [])


# What it cannot have written


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (7, "int, expected an object"),
        ({"label": []}, "no 'text', expected the text of the document"),
        ({"text": "Kim", "label": "PER"}, "'PER' as 'label', expected a list"),
        ({"text": "Kim", "label": ["PER"]}, "'PER', expected a span: label, start_offset"),
        ({"text": "Kim", "label": [[0, 3]]}, "'[0, 3]', expected a span"),
        ({"text": "Kim", "label": [[0, True, "PER"]]}, "\"[0, True, 'PER']\", expected a span"),
        ({"text": "Kim", "label": [[2, 1, "PER"]]}, "entity #0 at 2-1, expected 0 to 3 in utf-16"),
        ({"text": "Kim", "label": [[-1, 2, "P"]]}, "entity #0 at -1-2, expected 0 to 3 in utf-16"),
        ({"text": "Kim", "label": [[0, 10**30, "P"]]}, f"entity #0 at 0-{10**30}, expected 0 to 3"),
        ({"text": "Kim", "entities": [SPAN, SPAN]}, "entity '4' twice, expected it once"),
        ({"text": "Kim", "entities": [], "relations": [{}]}, "'{}', expected a relation"),
        ({"text": "Kim", "onrecord": {"nodes": 3}}, "'onrecord': int at nodes, expected array"),
        (
            {"text": "Kim", "onrecord": {"nodes": [{"key": "a", "label": "b"}] * 2}},
            "onrecord 'a' twice, expected it once",
        ),
    ],
)
def test_a_broken_line_is_told_and_left_out(broken: Any, told: str, tmp_path: Path) -> None:
    found, problems, _ = read(tmp_path, broken, {"text": "plain"})
    assert [graph.text for graph in found] == ["plain"]
    assert len(problems) == 1
    assert problems[0].startswith(f"1: {told}")


def test_a_line_that_is_no_json_is_told_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "one"}\n{"text": \n{"text": "two"}\n')
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "three"}\n')
    found, problems, _ = told(tmp_path, IMPORTER)
    assert [graph.text for graph in found] == ["one", "two", "three"]
    assert len(problems) == 1
    assert problems[0].startswith("2: ")


def test_a_relation_to_nothing_leads_nowhere(tmp_path: Path) -> None:
    row = {"text": "Kim", "entities": [SPAN], "relations": [
        {"id": 1, "from_id": 4, "to_id": 77, "type": "by"},
    ]}  # fmt: skip
    (found,), _, _ = read(tmp_path, row)
    assert found.edges == (Edge("by", "e4", "e77", 1),)


@pytest.mark.slow
def test_no_mutation_of_an_export_makes_the_reader_fail(tmp_path: Path) -> None:
    draw = random.Random(8)
    rows = rows_of([nasty.overlaps(), nasty.characters()])
    seen = 0
    for _ in range(80):
        found, problems, lost = read(
            tmp_path, *(damage.value(draw.choice(rows), draw) for _ in "abc")
        )
        assert len(found) <= 3
        seen += bool(problems or lost)
    assert seen > 40


def test_no_cut_of_an_export_makes_the_reader_fail(tmp_path: Path) -> None:
    whole = dict(EXPORTER.write([nasty.characters()], Losses()))["all.jsonl"]
    for size in range(1, len(whole) - 1, 61):
        (tmp_path / "a.jsonl").write_bytes(whole[:size])
        found, problems, _ = told(tmp_path, IMPORTER)
        assert (found, len(problems)) == ([], 1)
