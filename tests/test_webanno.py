"""WebAnno TSV to graphs: what the format can say, the dialect of GUM, and broken files."""

import os
import random
from pathlib import Path
from typing import Any

import pytest

from onrecord.formats.webanno_tsv.cells import Value, links, plain, values
from onrecord.importers import gum, webanno_tsv
from onrecord.losses import Losses
from onrecord.problem import Problem
from onrecord.standoff.format import Importer, Reading
from onrecord.standoff.graph import Standoff
from onrecord.standoff.mapping import mapped
from onrecord.standoff.maps import load

REAL = os.environ.get("ONRECORD_REAL_DATA", "")


def imported(
    path: Path, by: Importer = webanno_tsv.IMPORTER, offsets: str | None = None
) -> tuple[list[Standoff], list[Problem], Losses]:
    losses, problems = Losses(), list[Problem]()
    read = by.read(path, Reading(losses, problems, offsets))
    found = [graph for graph in read if isinstance(graph, Standoff)]
    return found, problems, losses


def graph(folder: Path, words: str, by: Importer = webanno_tsv.IMPORTER) -> Standoff:
    """The graph of a file with these lines."""
    (found,), problems, losses = imported(written(folder, words), by)
    assert problems == []
    assert list(losses) == []
    return found


def written(folder: Path, words: str) -> Path:
    """A file with these lines, in which blanks part columns; WebAnno ends rows with a tab."""
    path = folder / "doc.tsv"
    lines = words.strip("\n").split("\n")
    tabbed = [line.replace(" ", "\t") + "\t" if line[:1].isdecimal() else line for line in lines]
    path.write_text("\n".join(tabbed) + "\n", encoding="utf-8")
    return path


def said(graph: Standoff) -> list[Any]:
    return [
        (n.label, [graph.text[a:b] for a, b in n.spans], dict(n.attributes)) for n in graph.nodes
    ]


def linked(graph: Standoff) -> list[Any]:
    words = {n.key: "…".join(graph.text[a:b] for a, b in n.spans) for n in graph.nodes}
    return [(e.label, words[e.source], words[e.target]) for e in graph.edges]


SPANS = """
#FORMAT=WebAnno TSV 3.2
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=x.NamedEntity|value|identifier
#T_SP=x.Bare|


#Text=Ms. Haag plays
1-1 0-3 Ms. NNP PER[1]|TITLE[2] *[1]|Q\\_1[2] _
1-2 4-8 Haag NNP PER[1] *[1] *
1-3 9-14 plays VBD _ _ _
1-3.1 9-13 play _ * a\\|b\\->c *[3]
1-3.2 13-14 s _ _ _ *[3]
"""


def test_spans(tmp_path: Path) -> None:
    assert said(graph(tmp_path, SPANS)) == [
        ("NamedEntity.PER", ["Ms. Haag"], {}),
        ("NamedEntity.TITLE", ["Ms."], {"identifier": "Q_1"}),
        ("Bare", ["Haag"], {}),
        ("NamedEntity", ["play"], {"identifier": "a|b->c"}),
        ("Bare", ["plays"], {}),
    ]


RELATIONS = """
#FORMAT=WebAnno TSV 3.3
#T_SP=x.Span|value
#T_RL=x.Rel|kind|why|BT_x.Span


#Text=This is a test .
1-1 0-4 This *[1]|*[2] _ _ _
1-2 5-7 is a _ _ _
1-3 8-9 a _ _ _ _
1-4 10-14 test b same|* *|* 1-2|1-1[2_0]
1-5 15-16 . *[3]|*[4] * * 1-1[1_3]
"""


def test_relations_lead_from_the_place_that_is_named(tmp_path: Path) -> None:
    found = graph(tmp_path, RELATIONS)
    keys = [n.key for n in found.nodes]
    assert keys == ["Span 1", "Span 2", "Span 1-2/0", "Span 1-4/0", "Span 3", "Span 4"]
    assert [(e.label, e.source, e.target, e.line) for e in found.edges] == [
        ("Rel.same", "Span 1-2/0", "Span 1-4/0", 10),
        ("Rel", "Span 2", "Span 1-4/0", 10),
        ("Rel", "Span 1", "Span 3", 11),
    ]


def test_second_features_of_relations_and_lost_ends_are_told(tmp_path: Path) -> None:
    words = RELATIONS.replace("same|* *|*", "same|* because|*").replace("1-1[1_3]", "1-3")
    _, problems, losses = imported(written(tmp_path, words))
    assert problems == []
    assert dict(losses.lost_kinds) == {"attribute why": 1, "edge Rel": 1}


CHAIN = """
#FORMAT=WebAnno TSV 3.2
#T_CH=x.CoreferenceLink|referenceType|referenceRelation


#Text=He shot himself with his own gun
1-1 0-2 He pr[1] coref->1-1
1-2 3-7 shot _ _
1-3 8-15 himself pr[1]|*[2] coref->1-2|*->2-1
1-4 16-20 with _ _
1-5 21-24 his *[1]|*[2] *->1-3|*->2-2
1-6 25-28 own *[2] *->2-2
1-7 29-32 gun _ _
"""


def test_chains(tmp_path: Path) -> None:
    found = graph(tmp_path, CHAIN)
    assert said(found) == [
        ("CoreferenceLink", ["He"], {"referenceType": "pr"}),
        ("CoreferenceLink", ["himself"], {"referenceType": "pr"}),
        ("CoreferenceLink", ["himself"], {}),
        ("CoreferenceLink", ["his"], {}),
        ("CoreferenceLink", ["his own"], {}),
    ]
    assert linked(found) == [
        ("CoreferenceLink.coref", "He", "himself"),
        ("CoreferenceLink.coref", "himself", "his"),
        ("CoreferenceLink", "himself", "his own"),
    ]


SLOTS = """
#FORMAT=WebAnno TSV 3.2
#T_SP=x.Frame|FE|ROLE_x.Frame:Roles_x.FrameRolesLink|x.Lu
#T_SP=x.Lu|luvalue
#T_SP=x.Any|ROLE_x.Any:To_x.AnyToLink|uima.tcas.Annotation


#Text=Bob sold off the clock
1-1 0-3 Bob _ _ _ bob *|* 1-2[1]|1-4[4]
1-2 4-8 sold deal[1] seller;*[1] 1-1;1-4[4] _ _ _
1-3 9-12 off deal[1] seller;*[1] 1-1;1-4[4] _ _ _
1-4 13-16 the _ _ _ clock[4] _ _
1-5 17-22 clock _ _ _ clock[4] _ _
"""


def test_slots(tmp_path: Path) -> None:
    assert linked(graph(tmp_path, SLOTS)) == [
        ("To", "Bob", "sold off"),
        ("To", "Bob", "the clock"),
        ("Roles.seller", "sold off", "Bob"),
        ("Roles", "sold off", "the clock"),
    ]


TEXTS = """
#FORMAT=WebAnno TSV 3.2
#T_SP=x.S|


#Text=👍 A\\tb\\\\n
#Text=c
1-1 0-2 👍 *[1]
1-2 3-4 A *[1]
1-3 5-10 b\\\\n\\nc _

#Text=D
2-1 10-11 D *

#Sentence.id=s3
#Text=E
3-1 12-13 E *

#Text=F
4-1 16-17 F *
"""


def test_texts_are_put_together(tmp_path: Path) -> None:
    found = graph(tmp_path, TEXTS)
    assert found.text == "👍 A\tb\\n\ncD\nE\n  F"
    assert [words for _, words, _ in said(found)] == [["👍 A"], ["D"], ["E"], ["F"]]


def test_offsets_in_other_units_are_recognised(tmp_path: Path) -> None:
    lines = [line for line in TEXTS.split("\n") if line.startswith("#")]
    head = "\n".join([*lines[:2], "", "", "#Text=👍 A", "1-1 {} 👍 *", "1-2 {} A *"])
    for places in (("0-2", "3-4"), ("0-1", "2-3"), ("0-4", "5-6")):
        found = graph(tmp_path, head.format(*places))
        assert [words for _, words, _ in said(found)] == [["👍"], ["A"]]
    path = written(tmp_path, head.format("0-1", "2-3"))
    found_, problems, _ = imported(path, offsets="utf-16")
    assert (found_, len(problems)) == ([], 2)


def test_discontinuous_rows_are_parts(tmp_path: Path) -> None:
    words = SPANS.replace("4-8 Haag NNP PER[1] *[1]", "4-8 Haag NNP _ _").replace(
        "9-14 plays VBD _ _", "9-14 plays VBD PER[1] *[1]"
    )
    assert said(graph(tmp_path, words))[0] == ("NamedEntity.PER", ["Ms.", "plays"], {})


def test_cells() -> None:
    assert values("_") == []
    assert values(r"a\|b[1]|\[x\][2]|*|\\[3]|n____[4]") == [
        Value("a|b", "1"), Value("[x]", "2"), Value(""), Value("\\", "3"), Value("n____", "4"),
    ]  # fmt: skip
    assert links(r"a\->b->1-2|*->3-4|odd") == [Value("a->b", "1-2"), Value("", "3-4"), Value("")]
    assert plain(r"\\t\t\_\x\\") == "\\t\t_x\\"


GUM = """
#FORMAT=WebAnno TSV 3.2
#T_SP=webanno.custom.Referent|entity|infstat|identity
#T_RL=webanno.custom.Coref|type|BT_webanno.custom.Referent


#Text=Ann of Oslo knows the room of a king she likes
1-1 0-3 Ann person[1] new[1] Ann_(_queen%2C_II)[1] ana|bridge:aggr 1-10[5_1]|1-5[3_1]
1-2 4-6 of person[1] new[1] Ann_(_queen%2C_II)[1] _ _
1-3 7-11 Oslo person[1]|place[2] new[1]|new[2] Ann_(_queen%2C_II)[1]|Oslo[2] _ _
1-4 12-17 knows _ _ _ _ _
1-5 18-21 the place[3] new[3] _ _ _
1-6 22-26 room place[3] new[3] _ _ _
1-7 27-29 of place[3] new[3] _ _ _
1-8 30-31 a place[3]|person[4] new[3]|new[4] _ _ _
1-9 32-36 king place[3]|person[4] new[3]|new[4] _ _ _
1-10 37-40 she person[5] giv:act[5] Ann_(_queen%2C_II)[5] _ _
1-11 41-46 likes _ _ _ _ _
"""


def test_gum(tmp_path: Path) -> None:
    found = graph(tmp_path, GUM, gum.IMPORTER)
    assert [(label, words) for label, words, _ in said(found)] == [
        ("Referent.person", ["Ann of Oslo"]),
        ("Referent.place.linked", ["Oslo"]),
        ("Referent.place", ["the room of a king"]),
        ("Referent.person", ["a king"]),
        ("Referent.person", ["she"]),
    ]
    losses, problems = Losses(), list[Problem]()
    tables = mapped(found, load("gum"), losses, problems)
    assert problems == []
    names = {actor["id"]: (actor["name"], actor["kind"]) for actor in tables["actors"]}
    assert [(m["exact"], *names[m["actor"]]) for m in tables["mentions"]] == [
        ("Ann of Oslo", "Ann ( queen, II)", "person"),
        ("Oslo", "Oslo", "unspecified"),
        ("a king", "a king", "person"),
        ("she", "Ann ( queen, II)", "person"),
    ]
    assert dict(losses.lost_kinds) == {
        "attribute infstat": 4, "label Referent.place": 1, "edge Coref.bridge:aggr": 1,
    }  # fmt: skip


@pytest.mark.skipif(not REAL, reason="ONRECORD_REAL_DATA is not set")
def test_real_gum() -> None:
    """Every referent and every link of the real files is there, counted with other means."""
    folder = Path(REAL) / "gum-news" / "coref_tsv"
    found, problems, losses = imported(folder, gum.IMPORTER)
    assert problems == []
    assert all(kind.startswith("document field Summary") for kind in losses.lost_kinds)
    for one in found:
        rows = [
            line.split("\t")
            for line in (folder / f"{one.name}.tsv").read_text(encoding="utf-8").split("\n")
            if line[:1].isdecimal()
        ]
        referents = {part for row in rows if row[3] != "_" for part in row[3].split("|")}
        assert len(one.nodes) == len(referents)
        assert len(one.edges) == sum(len(row[9].split("|")) for row in rows if row[9] != "_")
        assert one.text.split() == [row[2] for row in rows]
        assert one.document == {"license": "CC-BY-2.5 AND CC-BY-4.0"}


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("#FORMAT=WebAnno TSV 3.2", "#FORMAT=WebAnno TSV 2", 1),
        ("1-2 4-8 Haag", "1-2 4-9 Haag", 9),
        ("1-2 4-8 Haag", "1-2 8-4 Haag", 9),
        ("1-2 4-8 Haag", "1-2 -4-8 Haag", 9),
        ("1-2 4-8 Haag", "1-2 4-99999999999 Haag", 9),
        ("1-2 4-8 Haag", "x 4-8 Haag", 9),
        ("1-2 4-8 Haag", "1-1 4-8 Haag", 9),
        ("1-2 4-8 Haag NNP PER[1]", "1-2 4-8 Haag NNP LOC[1]", 9),
        ("NNP PER[1] *[1] *", "NNP", 9),
        ("#Text=Ms. Haag plays\n", "", 7),
        ("#Text=Ms. Haag plays\n1-1 0-3", "#Text=Ms. Haag plays\n1-1 99990-99993", 8),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    before: str, after: str, line: int, tmp_path: Path
) -> None:
    assert before in SPANS
    found, problems, _ = imported(written(tmp_path, SPANS.replace(before, after)))
    assert found == []
    assert line in {problem.line for problem in problems}


def test_nothing_but_a_head(tmp_path: Path) -> None:
    for words in ("", "#FORMAT=WebAnno TSV 3.2", "#FORMAT=WebAnno TSV 3.2\n\n\n#Text=a"):
        found, problems, _ = imported(written(tmp_path, words))
        assert (found, len(problems)) == ([], 1)


def test_carriage_returns_end_lines(tmp_path: Path) -> None:
    path = written(tmp_path, SPANS)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (found,), problems, _ = imported(path)
    assert (found.text, problems) == ("Ms. Haag plays", [])


def test_comments_are_lost(tmp_path: Path) -> None:
    words = SPANS.replace("\n\n\n", "\n#Author=Ann\n\n\n#hello\n")
    found, problems, losses = imported(written(tmp_path, words))
    assert (len(found), problems) == (1, [])
    assert dict(losses.lost_kinds) == {"document field Author": 1, "comment": 1}


@pytest.mark.parametrize("words", [SPANS, RELATIONS, CHAIN, SLOTS, TEXTS, GUM])
def test_torn_files_never_break_the_reader(words: str, tmp_path: Path) -> None:
    path = written(tmp_path, words)
    data = path.read_bytes()
    refused = 0
    for number in range(150):
        path.write_bytes(torn(data, random.Random(number)))
        found, problems, _ = imported(path)
        assert bool(found) != bool(problems)
        refused += bool(problems)
    assert 20 < refused < 150


def torn(data: bytes, draw: random.Random) -> bytes:
    kind = draw.random()
    at = draw.randrange(len(data))
    if kind < 0.1:
        return data[:at]
    if kind < 0.4:
        return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]
    fields = data.split(b"\t")
    one = draw.randrange(len(fields))
    other = [b"_", b"*", b"|", b"[1]", b"a[1_2]", b"->1-1", b";", b"9" * 5000, b"\\", b"\x00"]
    fields[one] = draw.choice([draw.choice(fields), draw.choice(other)])
    return b"\t".join(fields)
