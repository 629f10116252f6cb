"""UIMA CAS in XMI and JSON: our articles there and back, those of others, and broken files."""

import json
import random
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from onrecord.exporters import cas_json as to_json
from onrecord.exporters import cas_xmi as to_xmi
from onrecord.formats.cas.layers import RELATIONS, SPANS
from onrecord.importers import cas_json as from_json
from onrecord.importers import cas_xmi as from_xmi
from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.problem import MissingExtraError, NotFoundError, Problem
from onrecord.standoff import parts
from onrecord.standoff.format import Exporter, Importer, Reading
from onrecord.standoff.graph import Standoff
from onrecord.standoff.scheme import EDGES, standoff

from . import damage, nasty
from .articles import article, seed

cassis = pytest.importorskip("cassis")

BOTH = [
    pytest.param(to_xmi.EXPORTER, from_xmi.IMPORTER, id="xmi"),
    pytest.param(to_json.EXPORTER, from_json.IMPORTER, id="json"),
]


def export(by: Exporter, articles: Iterable[Article], folder: Path) -> Losses:
    losses = Losses()
    for name, data in by.write(articles, losses):
        (folder / name).write_bytes(data)
    return losses


def imported(by: Importer, path: Path) -> tuple[list[Standoff], list[str], Losses]:
    losses, problems = Losses(), list[Problem]()
    read = by.read(path, Reading(losses, problems))
    found = [graph for graph in read if isinstance(graph, Standoff)]
    return found, [problem.message for problem in problems], losses


def test_layers_have_room_for_the_whole_scheme() -> None:
    assert set(RELATIONS) == {*EDGES, parts.NEXT}
    given = {name for graph in map(standoff, nasty.articles()) for n in graph.nodes
             for name in n.attributes}  # fmt: skip
    assert given <= {name for attributes in SPANS.values() for name in attributes}


@pytest.mark.parametrize("by", [to_xmi.EXPORTER, to_json.EXPORTER], ids=["xmi", "json"])
def test_cassis_sees_the_words(by: Exporter, tmp_path: Path) -> None:
    """The library opens our files, without our reader, and covers the right text."""
    articles = [*nasty.articles(), seed()]
    export(by, articles, tmp_path)
    for one in articles:
        cas = opened(tmp_path, one.document.id)
        mentions = {(m.id, m.get_covered_text()) for m in cas.select("onrecord.Mention")}
        assert mentions == {(m.id, m.exact) for m in one.mentions}
        quotes = {q.id: q.get_covered_text() for q in cas.select("onrecord.Quote") if q.id}
        assert quotes == {q.id: q.content[0].exact for q in one.quotes}
        spoken = [
            (r.Governor.id, r.Dependent.get_covered_text(), r.place)
            for r in cas.select("onrecord.SpeakerRelation")
        ]
        of = {m.id: m.exact for m in one.mentions}
        wanted = [(q.id, of[m], n) for q in one.quotes for n, m in enumerate(q.speakers, start=1)]
        assert sorted(spoken) == sorted(wanted)
        assert not cas.typecheck()
        words = "".join(t.get_covered_text() for t in cas.select(f"{DKPRO}.Token"))
        assert words == re.sub(r"\s", "", one.document.text)


DKPRO = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"


def opened(folder: Path, name: str) -> Any:
    if (path := folder / f"{name}.json").exists():
        return cassis.load_cas_from_json(path.read_text(encoding="utf-8"))
    types = cassis.load_typesystem(folder / "TypeSystem.xml")
    return cassis.load_cas_from_xmi(folder / f"{name}.xmi", typesystem=types)


def test_offsets_in_files_count_utf16(tmp_path: Path) -> None:
    export(to_xmi.EXPORTER, [nasty.characters()], tmp_path)
    root = etree.parse(tmp_path / "nasty-characters.xmi").getroot()
    sofa = root.find("{http:///uima/cas.ecore}Sofa")
    assert sofa is not None
    units = str(sofa.get("sofaString")).encode("utf-16-le")
    found = {
        element.get("id"): units[2 * int(element.attrib["begin"]) : 2 * int(element.attrib["end"])]
        for element in root.iter("{http:///onrecord.ecore}Mention")
    }
    wanted = {m.id: m.exact.encode("utf-16-le") for m in nasty.characters().mentions}
    assert found == wanted


@pytest.mark.parametrize(("by", "back"), BOTH)
def test_unfit_characters_are_told(by: Exporter, back: Importer, tmp_path: Path) -> None:
    losses = export(by, [article("A\x01 B\ufffe.")], tmp_path)
    assert dict(losses.changed_kinds) == {"character that XML cannot hold": 2}
    (found,), problems, _ = imported(back, tmp_path)
    assert problems == []
    assert found.text == "A\ufffd B\ufffd."


def foreign() -> Any:
    """A CAS as somebody else's project has it: entities, a relation, a slot, a chain."""
    types = cassis.TypeSystem()
    text, of = "uima.cas.String", "uima.tcas.Annotation"
    token = types.create_type(f"{DKPRO}.Token", of)
    entity = types.create_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", of)
    types.create_feature(entity, "value", text)
    types.create_feature(entity, "sure", "uima.cas.Boolean")
    types.create_feature(entity, "rank", "uima.cas.Integer")
    types.create_feature(entity, "tags", "uima.cas.StringArray")
    link = types.create_type("webanno.custom.SaysRolesLink", "uima.cas.TOP")
    types.create_feature(link, "role", text)
    types.create_feature(link, "target", of)
    says = types.create_type("webanno.custom.Says", of)
    types.create_feature(says, "roles", "uima.cas.FSArray", elementType=link)
    types.create_feature(says, "by", entity)
    relation = types.create_type("webanno.custom.Rel", of)
    types.create_feature(relation, "Governor", of)
    types.create_feature(relation, "Dependent", of)
    with pytest.warns(UserWarning, match="reserved name"):
        types.create_feature(relation, "type", text)
    types.create_feature(relation, "why", text)
    chained = types.create_type("webanno.custom.CorefLink", of)
    for name in ("referenceType", "referenceRelation"):
        types.create_feature(chained, name, text)
    types.create_feature(chained, "next", chained)
    chain = types.create_type("webanno.custom.CorefChain", "uima.cas.AnnotationBase")
    types.create_feature(chain, "first", chained)
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string = "😀 Ann told Bob that he won"
    cas.document_language = "en"
    ann = entity(begin=2, end=5, value="PER", sure=True, rank=3)
    strings = types.get_type("uima.cas.StringArray")
    bob = entity(begin=11, end=14, value="PER", tags=strings(elements=["a b", "c"]))
    bare = entity(begin=15, end=19)
    word = token(begin=0, end=1)
    array = types.get_type("uima.cas.FSArray")
    roles = array(elements=[link(role="to", target=bob), link(target=ann)])
    told = says(begin=6, end=10, roles=roles, by=ann)
    he = chained(begin=20, end=22, referenceType="pr")
    first = chained(begin=11, end=14, referenceType="nam", referenceRelation="same", next=he)
    related = relation(begin=2, end=5, Governor=bob, Dependent=ann, type_="sister", why="she said")
    astray = relation(begin=0, end=1, Governor=word, Dependent=ann)
    for one in (word, ann, bob, bare, told, he, first, chain(first=first), related, astray):
        cas.add(one)
    return cas


def write_foreign(folder: Path, suffix: str) -> Path:
    cas = foreign()
    if suffix == "json":
        cas.to_json(folder / "doc.json")
    else:
        cas.to_xmi(folder / "doc.xmi")
        cas.typesystem.to_xml(folder / "TypeSystem.xml")
    return folder / f"doc.{suffix}"


@pytest.mark.parametrize(("suffix", "back"), [("xmi", from_xmi), ("json", from_json)])
def test_layers_of_others(suffix: str, back: Any, tmp_path: Path) -> None:
    (graph,), problems, losses = imported(back.IMPORTER, write_foreign(tmp_path, suffix))
    assert problems == []
    words = {n.key: graph.text[slice(*n.spans[0])] for n in graph.nodes if n.spans}
    assert [(n.label, words[n.key], dict(n.attributes)) for n in graph.nodes] == [
        ("NamedEntity.PER", "Ann", {"sure": "true", "rank": "3"}),
        ("NamedEntity.PER", "Bob", {"tags": "a b, c"}),
        ("NamedEntity", "that", {}),
        ("Says", "told", {}),
        ("CorefLink", "he", {"referenceType": "pr"}),
        ("CorefLink", "Bob", {"referenceType": "nam"}),
    ]
    assert sorted((e.label, words[e.source], words[e.target]) for e in graph.edges) == [
        ("CorefLink.same", "Bob", "he"),
        ("Rel.sister", "Bob", "Ann"),
        ("by", "told", "Ann"),
        ("roles", "told", "Ann"),
        ("roles.to", "told", "Bob"),
    ]
    assert dict(losses.lost_kinds) == {"attribute why": 1, "edge Rel": 1}
    assert (graph.name, graph.document) == ("doc", {"language": "en"})


def test_lines_are_known(tmp_path: Path) -> None:
    export(to_xmi.EXPORTER, [seed()], tmp_path)
    (graph,), _, _ = imported(from_xmi.IMPORTER, tmp_path)
    lines = (tmp_path / f"{seed().document.id}.xmi").read_bytes().split(b"\n")
    for node in graph.nodes:
        assert f'xmi:id="{node.key}"'.encode() in lines[node.line - 1]


def test_types_one_folder_above(tmp_path: Path) -> None:
    export(to_xmi.EXPORTER, [seed()], tmp_path)
    inner = tmp_path / "inner"
    inner.mkdir()
    path = (tmp_path / f"{seed().document.id}.xmi").rename(inner / "doc.xmi")
    found, problems, _ = imported(from_xmi.IMPORTER, path)
    assert (len(found), problems) == (1, [])
    (tmp_path / "TypeSystem.xml").unlink()
    found, (message,), _ = imported(from_xmi.IMPORTER, path)
    assert not found
    assert message.startswith("no TypeSystem.xml")


BOMB = b"".join([
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">',
    *(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">'.encode() for n in range(12)),
    b"]>",
])  # fmt: skip


@pytest.mark.parametrize(
    "declared",
    [
        BOMB,
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        b'<!DOCTYPE x [<!ENTITY m SYSTEM "file:///etc/hostname">]>',
        b"<!DOCTYPE x>",
    ],
    ids=["bomb", "dtd", "external", "bare"],
)
@pytest.mark.parametrize("name", ["TypeSystem.xml", "a.xmi"])
def test_declarations_are_refused(name: str, declared: bytes, tmp_path: Path) -> None:
    export(to_xmi.EXPORTER, [article("A b.")], tmp_path)
    path = tmp_path / name
    head, _, rest = path.read_bytes().partition(b"?>")
    rest = rest.replace(b"A b.", b"&m;").replace(
        b"<description/>", b"<description>&m;</description>"
    )
    path.write_bytes(head + b"?>" + declared + rest)
    found, problems, _ = imported(from_xmi.IMPORTER, tmp_path)
    assert (found, len(problems)) == ([], 1)


def test_offset_inside_a_character(tmp_path: Path) -> None:
    path = write_foreign(tmp_path, "xmi")
    path.write_bytes(path.read_bytes().replace(b'begin="3"', b'begin="1"'))
    found, (message,), _ = imported(from_xmi.IMPORTER, path)
    assert not found
    assert message.startswith("offset outside the text")


def test_one_bad_file_of_several(tmp_path: Path) -> None:
    export(to_xmi.EXPORTER, nasty.articles(), tmp_path)
    (tmp_path / "nasty-bare.xmi").write_bytes(b"<xmi:XMI")
    (tmp_path / "nasty-overlaps.xmi").write_bytes(b"<a/>")
    found, problems, _ = imported(from_xmi.IMPORTER, tmp_path)
    assert [graph.name for graph in found] == ["nasty-characters", "nasty-directions"]
    assert len(problems) == 2


@pytest.mark.parametrize(("by", "back"), BOTH)
def test_missing_library(
    by: Exporter, back: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(by, [seed()], tmp_path)
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(MissingExtraError, match=r"onrecord\[cas\]"):
        imported(back, tmp_path)
    with pytest.raises(MissingExtraError, match=r"onrecord\[cas\]"):
        export(by, [seed()], tmp_path)


def test_other_files(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        imported(from_xmi.IMPORTER, tmp_path)
    for words in (b"[]", b"{}", b"\xff", b'"\\ud800"', b"[" * 5000, b'{"%TYPES": 1}', b"NaN"):
        (tmp_path / "a.json").write_bytes(words)
        found, problems, _ = imported(from_json.IMPORTER, tmp_path)
        assert (found, len(problems)) == ([], 1)


WRONG: tuple[Any, ...] = (
    None,
    -1,
    10**30,
    1.5,
    "x",
    [],
    {},
    True,
    [[1]],
    {"a": None},
    "\x00",
    7,
    2,
    "uima.cas.TOP",
)


@pytest.mark.slow
def test_mutated_json_never_breaks_the_reader(tmp_path: Path) -> None:
    whole = json.loads(write_foreign(tmp_path, "json").read_text())
    refused = 0
    for seed_ in range(150):
        draw = random.Random(seed_)
        changed = whole
        for _ in range(draw.randint(1, 3)):
            changed = damage.value(changed, draw)
        (tmp_path / "doc.json").write_text(json.dumps(changed))
        found, problems, _ = imported(from_json.IMPORTER, tmp_path / "doc.json")
        refused += bool(problems)
        assert bool(found) != bool(problems)
    assert 50 < refused < 150


@pytest.mark.slow
def test_mutated_xmi_never_breaks_the_reader(tmp_path: Path) -> None:
    path = write_foreign(tmp_path, "xmi")
    originals = {p: p.read_bytes() for p in (path, tmp_path / "TypeSystem.xml")}
    refused = 0
    for seed_ in range(150):
        draw = random.Random(seed_)
        for file, data in originals.items():
            file.write_bytes(data)
        broken = path if seed_ % 4 else tmp_path / "TypeSystem.xml"
        broken.write_bytes(torn(originals[broken], draw))
        found, problems, _ = imported(from_xmi.IMPORTER, path)
        refused += bool(problems)
        assert bool(found) != bool(problems)
    assert 50 < refused < 150


def torn(data: bytes, draw: random.Random) -> bytes:
    """Bytes cut off, a byte changed, or a value or a name in XML replaced by another."""
    kind = draw.random()
    if kind < 0.1:
        return data[: draw.randrange(len(data))]
    if kind < 0.3:
        at = draw.randrange(len(data))
        return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]
    values = list(re.finditer(rb'"[^"]*"|>[^<]+<', data))
    one, other = draw.choice(values), draw.choice(values)
    new = draw.choice([other[0][1:-1], b"-1", b"9" * 5000, b"x", b"", b"1 2", b"uima.cas.String"])
    return data[: one.start() + 1] + new + data[one.end() - 1 :]
