"""Folders of brat: our articles there and back, those of others, and what is broken."""

import random
import re
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from onrecord.exporters.brat import EXPORTER
from onrecord.importers.brat import IMPORTER
from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.problem import Problem
from onrecord.standoff.fit import fitted
from onrecord.standoff.format import Reading
from onrecord.standoff.graph import Node, Standoff
from onrecord.standoff.mapping import mapped
from onrecord.standoff.maps import load
from onrecord.standoff.scheme import attribute_labels, node_labels, standoff

from . import damage, nasty
from .articles import corpus
from .graphs import canonical

Folder = Callable[..., Path]

SIX = "She said\nit rained."
ALL = (
    "T1\tSource 0 3\tAnn",
    "T2\tSays 4 8\tsaid",
    "T3\tContent 9 18;20 27\tit rained it will",
    "T4\tSource 29 32\tBob",
    "E1\tSays:T2 Source:T1 Source2:T4 Content:T3 ",
    "A1\tNegation E1",
    "M1\tSpeculation T3",
    "A2\tConfidence E1 Likely",
    "N1\tReference T1 Wikidata:Q7\tAnn",
    "N2\tReference T4 GND:11:8\tBob",
    "#1\tAnnotatorNotes T1\tis it her?",
    "#2\tReview E1\tsecond thoughts",
    "R1\tOpposes Arg1:T4 Arg2:T1\t",
    "R2\tOpposes Arg2:T4 Arg1:T1",
    "*\tEquiv T1 T4 T3",
)
"""Every kind of line that brat has."""
RAIN = "Ann said it rained; it will, Bob denied."


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with a document `one` of some text and lines of annotations."""

    def make(text: str | bytes, *lines: str, end: str = "\n") -> Path:
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "one.txt").write_bytes(data)
        (tmp_path / "one.ann").write_bytes("".join(f"{line}{end}" for line in lines).encode())
        return tmp_path

    return make


def export(articles: Iterable[Article], to: Path) -> Path:
    losses = Losses()
    for name, data in EXPORTER.write(articles, losses):
        (to / name).write_bytes(data)
    assert not losses
    return to


def read(path: Path, **given: Any) -> tuple[list[Standoff], Reading]:
    reading = Reading(Losses(), [], **given)
    found = list(IMPORTER.read(path, reading))
    assert all(isinstance(one, Standoff) for one in found)
    return found, reading  # type: ignore[return-value]


def one(path: Path, **given: Any) -> Standoff:
    """The only document of a folder in which nothing is wrong."""
    found, reading = read(path, **given)
    assert not reading.problems
    (only,) = found
    return only


def told(path: Path, **given: Any) -> list[tuple[int, str]]:
    """Line and message of all that is wrong with the one document, which is left out."""
    found, reading = read(path, **given)
    assert not found
    return [(problem.line, problem.message) for problem in reading.problems]


def lost(path: Path) -> dict[str, int]:
    _, reading = read(path)
    assert not reading.problems
    return dict(reading.losses.lost_kinds)


def nodes(graph: Standoff) -> dict[str, Node]:
    return {node.key: node for node in graph.nodes}


def edges(graph: Standoff) -> list[tuple[str, str, str]]:
    return [(edge.label, edge.source, edge.target) for edge in graph.edges]


# What an export has


def test_text_goes_byte_for_byte() -> None:
    written = dict(EXPORTER.write(nasty.articles(), Losses()))
    for article in nasty.articles():
        assert written[f"{article.document.id}.txt"] == article.document.text.encode()


def test_the_lines_of_an_export() -> None:
    written = dict(EXPORTER.write([nasty.characters()], Losses()))
    lines = written["nasty-characters.ann"].decode().split("\n")
    assert "T2\tgpe 12 14\t🇰🇷" in lines
    assert "A2\tform T2 name" in lines
    assert "N1\tReference T2 Wikidata:Q884\t🇰🇷" in lines
    assert "#1\tAnnotatorNotes T1\tfirst | second // third ; 4" in lines
    assert "T7\tquote 40 56;57 79\tthat  🇰🇷🇰🇵 would win, “naïve” 👍🏽 or not" in lines
    assert '#10\tonrecord T11\t{"id": "c-0001"}' in lines
    assert "R10\tquote Arg1:T13 Arg2:T9" in lines


def test_parts_that_only_a_line_end_separates_stay_apart(tmp_path: Path) -> None:
    article = nasty.overlaps()
    maker = article.quotes[0]
    text = article.document.text
    at = text.index("\n")
    apart = tuple(
        type(maker.content[0])(start=a, end=b, exact=text[a:b])
        for a, b in ((at - 1, at), (at + 1, at + 2))
    )
    quote = type(maker)(
        doc=maker.doc, id="q-9999", form="mixed", speakers=(), cue=(), content=apart
    )
    article.quotes.append(quote)
    back = one(export([article], tmp_path))
    assert canonical(back) == canonical(standoff(article))
    parted = next(n for n in back.nodes if n.attributes.get("id") == "q-9999")
    assert len(parted.spans) == 2


def test_no_document_is_an_empty_export_with_configuration() -> None:
    assert [name for name, _ in EXPORTER.write([], Losses())] == ["annotation.conf", "visual.conf"]


def test_brat_is_told_of_all_that_may_be_annotated() -> None:
    written = dict(EXPORTER.write([], Losses()))
    sections = re.split(r"^\[(.*)\]\n", written["annotation.conf"].decode(), flags=re.MULTILINE)
    by_name = {n: s.split("\n") for n, s in zip(sections[1::2], sections[2::2], strict=True)}
    assert list(by_name) == ["entities", "relations", "events", "attributes"]
    assert tuple(filter(None, by_name["entities"])) == node_labels()
    used = {edge.label for a in [*corpus(), *nasty.articles()] for edge in standoff(a).edges}
    assert used <= {line.partition("\t")[0] for line in by_name["relations"]}
    for name, values in attribute_labels().items():
        (line,) = (line for line in by_name["attributes"] if line.startswith(f"{name}\t"))
        assert line.endswith(f", Value:{'|'.join(values)}")


def test_every_relation_is_one_that_brat_is_told_of() -> None:
    written = dict(EXPORTER.write([], Losses()))
    found = re.findall(r"(.*)\tArg1:(.*), Arg2:(.*)\n", written["annotation.conf"].decode())
    may = {(label, one, other) for label, ones, others in found
           for one in ones.split("|") for other in others.split("|")}  # fmt: skip
    for article in [*corpus(), *nasty.articles()]:
        graph = standoff(article)
        labels = {node.key: node.label for node in graph.nodes}
        assert {(e.label, labels[e.source], labels[e.target]) for e in graph.edges} <= may


def test_a_reader_of_others_finds_all_annotations(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it declares its classes as an older pydantic asked for
        from bratly.annotation_types import EntityAnnotation, RelationAnnotation
        from bratly.io import file_read_src as files
    for article in [*nasty.articles(), *corpus()[:8]]:
        graph = standoff(article)
        path = str(export([article], tmp_path) / f"{graph.name}.ann")
        found = files.read_and_load_ann_file(path, no_duplicates=False, renumerotize=False)
        assert found
        entities = [one for one in found.annotations if isinstance(one, EntityAnnotation)]
        relations = [one for one in found.annotations if isinstance(one, RelationAnnotation)]
        placed = {node.key for node in graph.nodes if node.spans}
        led = [edge for edge in graph.edges if {edge.source, edge.target} <= placed]
        assert len(entities) == len(placed)
        assert len(relations) == len(led)
        for entity in entities:
            parts = [graph.text[part.start : part.end] for part in entity.fragments]
            assert entity.content == " ".join(parts)


# Folders of others


def test_every_kind_of_line(folder: Folder) -> None:
    graph = one(folder(RAIN, *ALL))
    found = nodes(graph)
    assert found["T1"].attributes == {"actor.wikidata": "Q7", "note": "is it her?"}
    assert found["T3"].spans == ((9, 18), (20, 27))
    assert found["T3"].exact == ("it rained", "it will")
    assert found["T3"].attributes == {"Speculation": "true"}
    assert found["T4"].attributes == {"gnd": "11:8"}
    assert found["E1"].label == "Says"
    assert found["E1"].spans == ()
    assert found["E1"].attributes == {
        "Negation": "true", "Confidence": "Likely", "Review": "second thoughts",
    }  # fmt: skip
    assert found["T2"].label == "Says trigger"
    assert edges(graph) == [
        ("trigger", "E1", "T2"), ("Source", "E1", "T1"), ("Source", "E1", "T4"),
        ("Content", "E1", "T3"), ("Opposes", "T4", "T1"), ("Opposes", "T1", "T4"),
        ("Equiv", "T4", "T1"), ("Equiv", "T3", "T4"),
    ]  # fmt: skip
    assert found["T3"].line == 3
    assert graph.name == "one"


def test_what_cannot_be_in_a_graph_is_told(folder: Folder) -> None:
    path = folder(
        SIX,
        "T1\tA 0 3\tShe",
        "T2\tB 9 11\tit",
        "R1\tOf Arg1:T1 Arg2:T2",
        "A1\tSure R1 no",
        "#1\tAnnotatorNotes R1\twhy",
        "R2\tOn Arg1:R1 Arg2:T2",
        "# a comment",
        "",
        "X1\twhat is this",
        "A2\tSure T1 yes",
        "A3\tSure T1 no",
        "A4\tSure T1 yes",
    )
    assert lost(path) == {
        "attribute Sure": 2, "attribute note": 1, "edge On": 1, "comment": 1,
        "line of no known kind": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "T1", "T1\tA", "T1\tA 0\tShe", "T1\tA 0 x\tShe", "T1\tA -1 3\tShe", "T1\tA 3 3\t",
        "T1\tA 3 0\tShe", "T1\tA 0 3;\tShe", "T1\tA 0 3;4\tShe", "T1 A 0 3 She",
        f"T1\tA 0 {'9' * 5000}\tShe", "T1\tA ٠ ٣\tShe",
        "E1", "E1\tSays", "E1\tSays: x", "E1\tSays:T9 Role", "R1\tOf T0 T0", "R1\tOf Arg1:T0",
        "A1", "A1\tSure", "N1\tReference T0 Q7\tx", "*\tEquiv", '#1\tonrecord T0\t{"id": 1}',
        "#1\tonrecord T0\t[", '#1\tonrecord T0\t{"id": "\\ud800"}',
        "#1\tonrecord T0\t" + "[" * 9999, '#1\tonrecord T0\t{"id": NaN}',
    ],
)  # fmt: skip
def test_a_broken_line_is_told_and_the_document_left_out(folder: Folder, line: str) -> None:
    problems = told(folder(SIX, "T0\tA 0 3\tShe", line))
    assert [number for number, _ in problems] == [2]
    assert all("\n" not in message for _, message in problems)


@pytest.mark.parametrize(
    "lines",
    [
        ["T0\tB 4 8\tsaid"],
        ["A1\tSure T9"],
        ["N1\tReference T9 Wikidata:Q1\tx"],
        ["R1\tOf Arg1:T0 Arg2:T9"],
        ["E1\tSays:T9"],
        ["*\tEquiv T0 T9"],
    ],
)
def test_ids_have_to_lead_somewhere(folder: Folder, lines: list[str]) -> None:
    assert [number for number, _ in told(folder(SIX, "T0\tA 0 3\tShe", *lines))] == [2]


@pytest.mark.parametrize("line", ["T1\tquote 0 99\tShe", "T1\tquote 98 99", "T1\tquote 0 3\tHe"])
def test_offsets_that_misfit_are_told_with_their_line(folder: Folder, line: str) -> None:
    graph = one(folder(SIX, "T0\tperson 0 3\tShe", line))
    problems: list[Problem] = []
    mapped(graph, load("onrecord"), Losses(), problems)
    assert [problem.line for problem in problems] == [2]


def test_words_elsewhere_can_be_looked_for(folder: Folder) -> None:
    graph = one(folder(SIX, "T0\tquote 98 103\trained", "A1\tform T0 direct"))
    tables = mapped(graph, load("onrecord"), Losses(), [], reanchor=True)
    assert [span["start"] for span in tables["quotes"][0]["content"]] == [12]


def test_all_problems_of_all_documents_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("T1\tA 0 3\tone\n")
    (tmp_path / "b.txt").write_bytes(b"caf\xe9")
    (tmp_path / "b.ann").write_text("")
    (tmp_path / "c.txt").write_text("fine")
    (tmp_path / "c.ann").write_text("T1\tA 0 4\tfine\n")
    (tmp_path / "d.txt").write_text("text")
    (tmp_path / "d.ann").write_text("T1\nT2\n")
    (tmp_path / "e.txt").write_text("text")
    (tmp_path / "e.ann").write_text("")
    (tmp_path / "e.json").write_text('{"document": {')
    found, reading = read(tmp_path)
    assert [graph.name for graph in found] == ["c"]
    names = [(Path(problem.path).name, problem.line) for problem in reading.problems]
    assert names == [("a.ann", 0), ("b.txt", 1), ("d.ann", 1), ("d.ann", 2), ("e.json", 0)]


def test_a_text_without_annotations_is_a_document_in_which_nothing_was_looked_for(
    folder: Folder,
) -> None:
    path = folder(SIX)
    assert one(path).document == {}
    (path / "one.ann").unlink()
    found, reading = read(path)
    assert [graph.document for graph in found] == [{"layers": []}]
    assert dict(reading.losses.changed_kinds) == {"text without annotations": 1}


def test_texts_may_lie_in_another_folder(folder: Folder, tmp_path: Path) -> None:
    path = folder(SIX, "T1\tA 0 3\tShe")
    (path / "texts").mkdir()
    (path / "one.txt").rename(path / "texts" / "one.txt")
    (path / "one.ann").rename(path / "one_4b22.ann")
    graph = one(path / "one_4b22.ann", text=path / "texts")
    assert (graph.name, graph.text) == ("one_4b22", SIX)
    assert one(path / "one_4b22.ann", text=path / "texts" / "one.txt").text == SIX
    assert told(path / "one_4b22.ann") == [
        (0, "no text, expected 'one_4b22.txt' beside it or a folder of texts")
    ]


def test_files_of_a_tree_are_named_by_their_place(folder: Folder) -> None:
    path = folder(SIX, "T1\tA 0 3\tShe")
    (path / "deep" / "er").mkdir(parents=True)
    for name in ("one.txt", "one.ann"):
        (path / name).rename(path / "deep" / "er" / name)
    assert one(path).name == "deep/er/one"


def test_words_are_those_of_the_text_where_brat_has_altered_them(folder: Folder) -> None:
    graph = one(
        folder(
            SIX,
            "T1\tA 4 8;9 11\tsaid it",
            "T2\tA 4 11\tsaid it",
            "T3\tA 0 8;12 18\tShe said rained",
        )
    )
    for key in ("T1", "T2"):
        assert nodes(graph)[key].spans == ((4, 11),)
        assert nodes(graph)[key].exact == ("said\nit",)
    assert nodes(graph)["T3"].exact == ("She said", "rained")


def test_words_that_do_not_stand_there_are_given_as_they_are(folder: Folder) -> None:
    graph = one(folder(SIX, "T1\tA 9 11;0 3\tit He", "T2\tA 4 8\tclaimed", "T3\tA 4 8"))
    assert nodes(graph)["T1"].spans == ((0, 3), (9, 11))
    assert nodes(graph)["T1"].exact == ("He", "it")
    assert nodes(graph)["T2"].exact == ("claimed",)
    assert nodes(graph)["T3"].exact == ()


def test_line_ends_of_windows(folder: Folder) -> None:
    windows = SIX.replace("\n", "\r\n")
    for offsets in ("T1\tA 9 11\tit", "T1\tA 10 12\tit"):
        graph = one(folder(windows, offsets, "T2\tA 0 3\tShe", end="\r\n"))
        assert graph.text == windows
        assert nodes(graph)["T1"].spans == ((10, 12),)
        assert nodes(graph)["T1"].exact == ("it",)
    across = one(folder(windows, "T1\tA 4 11\tsaid it"))
    assert nodes(across)["T1"].exact == ("said\r\nit",)
    ends = one(folder(windows, "T1\tA 4 8\tsaid", "T2\tA 12 18\trained"))
    assert [node.exact for node in ends.nodes] == [("said",), ("rained",)]


def test_offsets_that_fit_with_and_without_carriage_returns_are_refused(folder: Folder) -> None:
    path = folder("a\r\nbbb", "T1\tA 3 4\tb")
    assert told(path) == [
        (0, "offsets of T1 fit its words at several places, expected to be told what they count")
    ]
    assert nodes(one(path, offsets="code-points"))["T1"].spans == ((3, 4),)


def test_a_byte_order_mark_may_count(folder: Folder) -> None:
    for line in ("T1\tA 0 3\tShe", "T1\tA 1 4\tShe"):
        graph = one(folder(b"\xef\xbb\xbf" + SIX.encode(), line))
        assert graph.text == SIX
        assert nodes(graph)["T1"].spans == ((0, 3),)


def test_other_units_are_recognised_by_the_words(folder: Folder) -> None:
    text = "😀 é she"
    for offsets in ("4 7", "5 8", "8 11"):
        graph = one(folder(text, f"T1\tA {offsets}\tshe"))
        assert nodes(graph)["T1"].spans == ((4, 7),)


def test_a_note_edited_in_brat_is_the_note(tmp_path: Path) -> None:
    export([nasty.characters()], tmp_path)
    file = tmp_path / "nasty-characters.ann"
    file.write_text(file.read_text().replace("first | second // third ; 4", "mine"))
    found = {node.attributes.get("id"): node for node in one(tmp_path).nodes}
    assert found["m-0001"].attributes["note"] == "mine"


def test_edges_to_what_stands_nowhere_are_lost_with_what_they_lead_from(tmp_path: Path) -> None:
    export([nasty.overlaps()], tmp_path)
    file = tmp_path / "nasty-overlaps.ann"
    kept = [line for line in file.read_text().split("\n") if not re.search(r"\bT19\b", line)]
    file.write_text("\n".join(kept))
    assert lost(tmp_path) == {"edge target": 1}


@pytest.mark.parametrize("content", ["[]", "{}", '"x"', "null", "3"])
def test_json_of_others_beside_a_document_is_counted(folder: Folder, content: str) -> None:
    path = folder(SIX, "T1\tA 0 3\tShe")
    (path / "one.json").write_text(content)
    assert lost(path) == {"file of JSON beside a document": 1}


@pytest.mark.parametrize(
    "content",
    [
        '{"document": []}', '{"document": {}, "nodes": {}}', '{"document": {"id": "\\ud800"}}',
        '{"document": {}, "nodes": [{"key": 1, "label": "x"}]}', '{"document": NaN}', "\x00",
        '{"document": {}, "edges": [{"label": "x", "source": "y", "target": "z", "place": 1e99}]}',
        '{"document": ' + "[" * 99999,
    ],
)  # fmt: skip
def test_a_broken_file_of_ours_beside_a_document_is_told(folder: Folder, content: str) -> None:
    path = folder(SIX, "T1\tA 0 3\tShe")
    (path / "one.json").write_text(content)
    assert len(told(path)) == 1


# What PolNeAR looks like: an event for each attribution, its trigger typed like the event


def test_attributions_of_polnear(folder: Folder) -> None:
    text = (
        "Ms. Brook said the dam had held; and also there was no danger. It will hold, she insists."
    )
    lines = (
        "T1\tSource 0 9\tMs. Brook",
        "T2\tCue 10 14\tsaid",
        "T3\tContent 15 31;42 61\tthe dam had held there was no danger",
        "T4\tAttribution 10 14\tsaid",
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        "T5\tContent 63 76\tIt will hold,",
        "T6\tCue 81 88\tinsists",
        "T7\tAttribution-no-source 81 88\tinsists",
        "E2\tAttribution-no-source:T7 Cue:T6 Content:T5",
        "T8\tDiscuss 77 80\tshe",
    )
    losses, problems = Losses(), []  # type: ignore[var-annotated]
    tables = mapped(one(folder(text, *lines)), load("polnear"), losses, problems)
    assert not problems
    assert dict(losses.lost_kinds) == {"label Discuss": 1}
    assert not losses.changed_kinds
    first, second = tables["quotes"]
    (mention,) = tables["mentions"]
    assert [span["exact"] for span in first["content"]] == [
        "the dam had held",
        "there was no danger",
    ]
    assert [span["exact"] for span in first["cue"]] == ["said"]
    assert first["speakers"] == [mention["id"]]
    assert mention["exact"] == "Ms. Brook"
    assert [span["exact"] for span in second["content"]] == ["It will hold,"]
    assert second["speakers"] == []
    assert tables["documents"][0]["layers"] == ["quotes"]


# Mutants


def survive(folder: Path, seed: int, times: int) -> None:
    draw = random.Random(seed)
    sound = {path: path.read_bytes() for path in folder.iterdir()}
    own = load("onrecord")
    for _ in range(times):
        path = draw.choice(list(sound))
        path.write_bytes(damage.data(sound[path], draw))
        found, reading = read(folder)
        assert bool(found) != bool(reading.problems)
        for graph in found:
            tables = mapped(graph, own, reading.losses, reading.problems)
            if not reading.problems:
                fitted(tables, graph.name, graph.path, reading.losses, reading.problems)
        path.write_bytes(sound[path])


@pytest.mark.slow
def test_no_mutant_ends_the_reader(tmp_path: Path) -> None:
    survive(export([nasty.overlaps()], tmp_path), 1, 300)


@pytest.mark.slow
def test_no_mutant_of_the_lines_of_others_ends_the_reader(folder: Folder) -> None:
    survive(folder(RAIN, *ALL), 2, 300)


@pytest.mark.slow
def test_no_mutant_of_many_ends_the_reader(tmp_path: Path) -> None:
    survive(export([nasty.characters()], tmp_path), 3, 5_000)


@pytest.mark.slow
def test_no_mutant_of_many_of_the_lines_of_others_ends_the_reader(folder: Folder) -> None:
    survive(folder(RAIN, *ALL), 4, 5_000)
