"""W3C Web Annotations: both ways, other people's, and as processors of JSON-LD read them."""

import json
from pathlib import Path
from typing import Any

import pytest
import stam
from hypothesis import assume, given, settings
from pyld import jsonld

from onrecord.exporters.web_annotation import EXPORTER
from onrecord.importers.web_annotation import IMPORTER
from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.standoff import maps
from onrecord.standoff.graph import Standoff
from onrecord.standoff.mapping import mapped
from onrecord.standoff.scheme import standoff

from . import damage, nasty, scattered
from .articles import article, seed
from .graphs import canonical, read, write

OA = "http://www.w3.org/ns/oa#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
CONTEXT_OF_PAGES = "http://www.w3.org/ns/activitystreams#OrderedCollectionPage"

CONTEXT = {
    "oa": OA,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": RDF,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Dataset": "dctypes:Dataset",
    "Text": "dctypes:Text",
    "tagging": "oa:tagging",
    "commenting": "oa:commenting",
    "linking": "oa:linking",
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "first": {"@type": "@id", "@id": "as:first"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
}
"""What the vocabulary says of the terms that an export uses; the real context is on the network."""


@pytest.fixture(params=nasty.articles(), ids=lambda it: it.document.id)
def hard(request: pytest.FixtureRequest) -> Article:
    return request.param  # type: ignore[no-any-return]


def test_lines_are_those_of_the_annotations(tmp_path: Path) -> None:
    write(tmp_path, EXPORTER, [seed()])
    (graph,), _ = read(tmp_path, IMPORTER)
    lines = (tmp_path / f"{graph.name}.jsonld").read_text("utf-8").split("\n")
    assert graph.nodes
    assert all(f'"id": "{node.key}"' in lines[node.line - 1] for node in graph.nodes)


# As others read it


Triple = tuple[str, str, str]


def triples(folder: Path, name: str) -> list[Triple]:
    """What a processor of JSON-LD makes of an export."""

    def load(url: str, _: Any) -> Any:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}

    told = json.loads((folder / f"{name}.jsonld").read_bytes())
    options = {"base": f"http://e.example/{name}.jsonld", "documentLoader": load}
    found = jsonld.to_rdf(told, options)["@default"]
    return [(t["subject"]["value"], t["predicate"]["value"], t["object"]["value"]) for t in found]


def objects(of: list[Triple], subject: str, predicate: str) -> list[str]:
    return [o for s, p, o in of if (s, p) == (subject, predicate)]


def subjects(of: list[Triple], kind: str) -> list[str]:
    return [s for s, p, o in of if (p, o) == (f"{RDF}type", kind)]


def keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return {key for inner in value for key in keys(inner)}
    if not isinstance(value, dict):
        return set()
    return set(value) | {key for inner in value.values() for key in keys(inner)}


def test_every_term_is_of_the_vocabulary_or_ours(hard: Article, tmp_path: Path) -> None:
    write(tmp_path, EXPORTER, [hard])
    told = json.loads((tmp_path / f"{hard.document.id}.jsonld").read_bytes())
    del told["@context"]
    assert {key for key in keys(told) if not key.startswith("onrecord:")} <= CONTEXT.keys()


def test_rdf_has_every_selection(hard: Article, tmp_path: Path) -> None:
    write(tmp_path, EXPORTER, [hard])
    made = triples(tmp_path, hard.document.id)
    graph = standoff(hard)
    found = {
        (int(start), int(end))
        for selector in subjects(made, f"{OA}TextPositionSelector")
        for start in objects(made, selector, f"{OA}start")
        for end in objects(made, selector, f"{OA}end")
    }
    assert found == {span for node in graph.nodes for span in node.spans}
    annotations = subjects(made, f"{OA}Annotation")
    assert len(annotations) == len(graph.nodes) + len(graph.edges)
    assert all(objects(made, one, f"{OA}hasTarget") for one in annotations)
    text = f"http://e.example/{graph.name}.txt"
    assert {o for _, p, o in made if p == "urn:onrecord:document"} == {text}
    assert objects(made, text, "urn:onrecord:license") == [hard.document.license]


def test_rdf_keeps_the_order_of_links(tmp_path: Path) -> None:
    write(tmp_path, EXPORTER, [nasty.overlaps()])
    made = triples(tmp_path, "nasty-overlaps")
    (page,) = subjects(made, CONTEXT_OF_PAGES)
    (rest,) = objects(made, page, "http://www.w3.org/ns/activitystreams#items")
    found = []
    while rest != f"{RDF}nil":
        (one,) = objects(made, rest, f"{RDF}first")
        (rest,) = objects(made, rest, f"{RDF}rest")
        if objects(made, one, f"{OA}motivatedBy") == [f"{OA}linking"]:
            bodies = objects(made, one, f"{OA}hasBody")
            (to,) = (s for body in bodies for s in objects(made, body, f"{OA}hasSource"))
            found.append((objects(made, one, f"{OA}hasTarget")[0], to))
    base = "http://e.example/nasty-overlaps.jsonld#"
    edges = standoff(nasty.overlaps()).edges
    named = [(e.source.replace(":", "."), e.target.replace(":", ".")) for e in edges]
    assert found == [(base + source, base + target) for source, target in named]


def test_stam_finds_the_same_words(hard: Article, tmp_path: Path) -> None:
    write(tmp_path, EXPORTER, [hard])
    told = json.loads((tmp_path / f"{hard.document.id}.jsonld").read_bytes())
    store = stam.AnnotationStore(id="test")
    text = (tmp_path / f"{hard.document.id}.txt").read_text("utf-8")
    resource = store.add_resource(id=f"{hard.document.id}.txt", text=text)
    checked = 0
    for item in told["first"]["items"]:
        target = item["target"]
        for part in target.get("items", [target]) if isinstance(target, dict) else ():
            quoted, position = part["selector"]
            offset = stam.Offset.simple(position["start"], position["end"])
            assert str(resource.textselection(offset)) == quoted["exact"]
            checked += 1
    assert checked == sum(len(node.spans) for node in standoff(hard).nodes)


def test_reads_what_stam_writes(tmp_path: Path) -> None:
    text = "Hello 👩 world wide web"
    store = stam.AnnotationStore(id="test")
    resource = store.add_resource(id="http://e.example/hello.txt", text=text)

    def part(start: int, end: int) -> stam.Selector:
        return stam.Selector.textselector(resource, stam.Offset.simple(start, end))

    data = {"set": "http://e.example/ns/", "key": "kind", "value": "greeting"}
    both = stam.Selector.compositeselector(part(0, 5), part(8, 13))
    made = [
        store.annotate(id="http://e.example/1", target=part(6, 7), data=data),
        store.annotate(id="http://e.example/2", target=both, data=data),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(one.webannotation() for one in made), "utf-8")
    (tmp_path / "hello.txt").write_text(text, "utf-8")
    (graph,), reading = read(tmp_path, IMPORTER)
    assert not reading.problems
    assert [node.exact for node in graph.nodes] == [("👩",), ("Hello", "world")]
    assert [node.attributes["kind"] for node in graph.nodes] == ["greeting", "greeting"]
    assert [node.line for node in graph.nodes] == [1, 2]


# Other people's

SOURCE = "http://e.example/texts/a.txt"


def put(folder: Path, *annotations: Any, text: str = "Ann told Bob that Ann would go.") -> Path:
    (folder / "a.txt").write_text(text, "utf-8")
    (folder / "a.json").write_text(json.dumps(list(annotations)), "utf-8")
    return folder


def annotation(target: Any, body: Any = None, **more: Any) -> dict[str, Any]:
    return {"type": "Annotation", "body": body, "target": target, **more}


def quoting(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return {"source": "a.txt", "selector": selector}


def at(start: int, end: int, **more: Any) -> dict[str, Any]:
    selector = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"source": SOURCE, "selector": selector, **more}


def tag(value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "tagging", "value": value}


def only(folder: Path) -> Standoff:
    (graph,), reading = read(folder, IMPORTER)
    assert not reading.problems
    return graph


def problems(folder: Path) -> list[str]:
    graphs, reading = read(folder, IMPORTER)
    assert not graphs
    return [problem.message for problem in reading.problems]


def test_words_alone_are_searched(tmp_path: Path) -> None:
    graph = only(put(tmp_path, annotation(quoting("Ann", prefix="that "), tag("person"))))
    assert graph.nodes[0].spans == ((18, 21),)
    assert graph.nodes[0].label == "person"


def test_words_in_changed_context_are_found_if_they_stand_once(tmp_path: Path) -> None:
    graph = only(put(tmp_path, annotation(quoting("Bob", prefix="  said to "))))
    assert graph.nodes[0].spans == ((9, 12),)


def test_words_that_stand_twice_are_refused(tmp_path: Path) -> None:
    (told,) = problems(put(tmp_path, annotation(quoting("Ann"))))
    assert told.startswith("'Ann' stands 2 times")


def test_words_that_stand_nowhere_are_refused(tmp_path: Path) -> None:
    (told,) = problems(put(tmp_path, annotation(quoting("Cy"))))
    assert told.startswith("'Cy' stands 0 times")


def test_words_at_a_wrong_position_are_given_as_told(tmp_path: Path) -> None:
    target = {**at(0, 3), "selector": [at(0, 3)["selector"], quoting("Bob")["selector"]]}
    (node,) = only(put(tmp_path, annotation(target))).nodes
    assert (node.spans, node.exact) == (((0, 3),), ("Bob",))


def test_positions_in_utf_16_are_known_by_their_words(tmp_path: Path) -> None:
    target = {**at(3, 6), "selector": [at(3, 6)["selector"], quoting("Bob")["selector"]]}
    (node,) = only(put(tmp_path, annotation(target), annotation(at(0, 2)), text="😀 Bob")).nodes[:1]
    assert node.spans == ((2, 5),)


def test_positions_alone_are_code_points(tmp_path: Path) -> None:
    (node,) = only(put(tmp_path, annotation(at(2, 5)), text="😀 Bob")).nodes
    assert node.exact == ("Bob",)


def test_positions_count_what_the_user_says(tmp_path: Path) -> None:
    put(tmp_path, annotation(at(3, 6)), text="😀 Bob")
    (graph,), _ = read(tmp_path, IMPORTER, offsets="utf-16")
    assert graph.nodes[0].exact == ("Bob",)


def test_bodies_become_label_and_attributes(tmp_path: Path) -> None:
    bodies = [
        {"type": "TextualBody", "value": "a remark", "purpose": "commenting"},
        tag("person"),
        tag("speaker"),
        {"type": "SpecificResource", "purpose": "identifying", "source": "http://e.example/Q1"},
        {"type": "Dataset", "http://e.example/ns#role": "chair", "http://e.example/sure": True},
        {"type": "Choice", "items": [tag("x")]},
    ]
    creator = {"id": "http://e.example/me", "type": "Person", "name": "Me"}
    made = annotation(at(0, 3), bodies, creator=creator, rights=["a", "b"])
    graphs, reading = read(put(tmp_path, made), IMPORTER)
    (node,) = graphs[0].nodes
    assert node.label == "person"
    assert node.attributes == {
        "note": "a remark", "tagging": "speaker", "identifying": "http://e.example/Q1",
        "role": "chair", "sure": "true", "creator": "Me",
    }  # fmt: skip
    assert dict(reading.losses.lost_kinds) == {"body Choice": 1, "attribute rights": 1}


def test_plain_forms_of_bodies(tmp_path: Path) -> None:
    graph = only(
        put(
            tmp_path,
            annotation(at(0, 3), None, bodyValue="a comment"),
            annotation(at(0, 3), "http://e.example/x", motivation="describing"),
            annotation(SOURCE + "#char=9,12", {"value": "who?"}, motivation="questioning"),
            annotation(SOURCE, tag("of the whole")),
        )
    )
    assert [(node.label, node.attributes) for node in graph.nodes] == [
        ("Annotation", {"note": "a comment"}),
        ("describing", {"describing": "http://e.example/x"}),
        ("questioning", {"questioning": "who?"}),
        ("of the whole", {}),
    ]
    assert [node.spans for node in graph.nodes] == [((0, 3),), ((0, 3),), ((9, 12),), ()]


def test_links_in_both_forms(tmp_path: Path) -> None:
    graph = only(
        put(
            tmp_path,
            annotation(at(0, 3), tag("person"), id="#1"),
            annotation(at(4, 8), tag("cue"), id="#2"),
            annotation("#2", ["#1", tag("by")], motivation="linking"),
            annotation([{"id": "#1"}, {"id": "#2"}], tag("of"), motivation="linking"),
        )
    )
    assert [(e.label, e.source, e.target) for e in graph.edges] == [
        ("by", "#2", "#1"),
        ("of", "#1", "#2"),
    ]


def test_several_texts_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Bob too")
    other = {"source": "b.txt", "selector": {"type": "TextPositionSelector", "start": 0, "end": 3}}
    put(
        tmp_path,
        annotation(at(0, 3), id="#1"),
        annotation(other, id="#2"),
        annotation("#1", "#2", motivation="linking"),
    )
    graphs, reading = read(tmp_path, IMPORTER)
    assert [(graph.name, graph.nodes[0].exact) for graph in graphs] == [
        ("a", ("Ann",)),
        ("b", ("Bob",)),
    ]
    assert dict(reading.losses.lost_kinds) == {"edge to elsewhere": 1}


@pytest.mark.parametrize("where", ["file", "folder"])
def test_text_that_the_user_names(where: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "texts").mkdir()
    put(tmp_path / "in", annotation(at(0, 3)))
    (tmp_path / "in" / "a.txt").rename(tmp_path / "texts" / "a.txt")
    text = tmp_path / "texts" / ("a.txt" if where == "file" else "")
    (graph,), _ = read(tmp_path / "in", IMPORTER, text=text)
    assert graph.nodes[0].exact == ("Ann",)


def test_a_text_outside_of_the_folder_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "in").mkdir()
    target = {"source": "../secret.txt", "selector": {"type": "TextQuoteSelector", "exact": "s"}}
    (tmp_path / "in" / "a.json").write_text(json.dumps([annotation(target), annotation("b.txt")]))
    assert len(problems(tmp_path / "in")) == 2


def test_what_is_lost_is_told(tmp_path: Path) -> None:
    page = {"type": "AnnotationCollection", "first": "http://e.example/page1"}
    refined = {"type": "TextPositionSelector", "start": 0, "end": 9, "refinedBy": {}}
    put(
        tmp_path,
        annotation(at(0, 3), id="#1"),
        annotation({"source": "a.txt", "selector": {"type": "XPathSelector", "value": "/p"}}),
        annotation({"source": "a.txt", "selector": refined}),
        annotation("#1", "what of her?", motivation="replying"),
        page,
    )
    _, reading = read(tmp_path, IMPORTER)
    assert dict(reading.losses.lost_kinds) == {
        "selector XPathSelector": 1,
        "selector TextPositionSelector": 1,
        "annotation of an annotation": 1,
        "page elsewhere": 1,
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "no annotation"),
        ([3], "3, expected an annotation"),
        ([annotation(at(3, 1))], "start 3 and end 1"),
        ([annotation(at(-1, 1))], "start -1"),
        ([annotation(at(0, True))], "start 0 and end True"),
        ([annotation(at(0, 10**30))], "an end of more than"),
        ([annotation({"source": 3})], "target {'source': 3}, expected a source"),
        ([annotation(None)], "targets in 0 sources"),
        ([annotation([at(0, 1), quoting("told")])], "targets in 2 sources"),
        ([annotation(quoting(""))], "exact '', expected words"),
        ([annotation(quoting(["x"]))], "exact ['x'], expected text"),  # type: ignore[arg-type]
        ([annotation(at(0, 3), id="#1"), annotation(at(0, 3), id="#1")], "id '#1' stands twice"),
        ([annotation(at(0, 3), id="#1"), annotation("#1", "#2", motivation="linking")], "'#2'"),
        ([annotation("#1", "#2", motivation="linking"), annotation(at(0, 3))], "'#1'"),
    ],
)
def test_what_is_malformed_is_told(given: Any, told: str, tmp_path: Path) -> None:
    messages = problems(put(tmp_path, *given))
    assert any(told in message for message in messages), messages


def test_fields_of_the_document_are_checked(tmp_path: Path) -> None:
    write(tmp_path, EXPORTER, [article("Nothing here.")])
    path = tmp_path / "a.jsonld"
    sound = path.read_text("utf-8")
    for old, new in (('"onrecord:end": 13', '"onrecord:end": 14'), ('"onrecord:end": 13', '"x": 1'),
                     ('"onrecord:passes": 1', '"onrecord:passes": "x"')):  # fmt: skip
        assert old in sound
        path.write_text(sound.replace(old, new), "utf-8")
        assert len(problems(tmp_path)) == 1


@pytest.mark.slow
def test_no_broken_file_breaks_the_reader(tmp_path: Path) -> None:
    write(tmp_path, EXPORTER, [nasty.overlaps()])
    path = tmp_path / "nasty-overlaps.jsonld"
    sound = path.read_bytes()
    told = 0
    broken = [*damage.values(json.loads(sound), count=400), *damage.datas(sound, count=200)]
    for data in broken:
        path.write_bytes(data)
        graphs, reading = read(tmp_path, IMPORTER)
        told += bool(reading.problems)
        assert len(graphs) + bool(reading.problems) >= 1
        for graph in graphs:
            mapped(graph, maps.load("onrecord"), Losses(), [])
    assert 200 < told < 600


@settings(max_examples=60)
@given(made=scattered.articles())
def test_any_spans_come_back(tmp_path_factory: pytest.TempPathFactory, made: Article) -> None:
    assume(not made.document.text.startswith("\ufeff"))  # which no text of the corpus does
    folder = tmp_path_factory.mktemp("any")
    write(folder, EXPORTER, [made])
    (graph,), reading = read(folder, IMPORTER)
    assert not reading.problems
    assert canonical(graph) == canonical(standoff(made))


@pytest.mark.parametrize(
    "data",
    [b"[" * 100_000, b'{"@graph":' * 900 + b"1" + b"}" * 900, b"[" * 900 + b"]" * 900,
     *(b'{"target":' + b"[" * n + b"]" * n + b"}" for n in range(800, 1000, 10)),
     b'"\\ud800"', b"NaN", b"9" * 6000, b"\xff", b"", b"PK\x03\x04"],
)  # fmt: skip
def test_strange_files_are_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(data)
    assert problems(tmp_path)


def test_deep_fields_are_refused(tmp_path: Path) -> None:
    deep: Any = {}
    for _ in range(300):
        deep = {"onrecord:x": deep}
    whole = {"type": "AnnotationPage", "onrecord:document": {"id": "a.txt", **deep}, "items": []}
    assert "fields of a document are nested too deep" in problems(put(tmp_path, whole))
