"""News items of ninjs become articles: which text, which fields, what is told as lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.bring import Order, bring
from onrecord.formats import about
from onrecord.importers.ninjs import IMPORTER
from onrecord.losses import Losses
from onrecord.problem import Problem
from onrecord.standoff.format import Raw, Reading
from onrecord.store import read_articles
from onrecord.target import target

from . import damage

Json = dict[str, Any]
Told = tuple[list[Raw], Losses, list[Problem]]

# One invented item as each version of the standard writes it.
THREE = {
    "uri": "https://wire.example/items/2031/ferry-7",
    "standard": {"name": "ninjs", "version": "3.0"},
    "type": "text",
    "representationType": "full",
    "firstCreated": "2031-03-04T23:30:00-05:00",
    "versionCreated": "2031-03-05T08:00:00Z",
    "pubStatus": "usable",
    "language": "en-GB",
    "usageTerms": "CC BY 4.0",
    "infoSources": [
        {"name": "Rhea Sandoway", "role": "http://cv.iptc.org/newscodes/infosourcerole/originfo"},
        {"name": "Merrowby", "role": "http://cv.iptc.org/newscodes/infosourcerole/publisher"},
    ],
    "by": "By Rhea Sandoway",
    "headlines": [
        {"role": "mobile", "value": "Ferry back"},
        {"role": "main", "value": "Ferry  resumes"},
    ],
    "bodies": [
        {
            "role": "main",
            "contentType": "text/plain",
            "value": "TESMAR - It sails. “Good,” he said.",
        },
        {
            "role": "richtext",
            "contentType": "application/xhtml+xml",
            "value": "<h1>Ferry resumes</h1><p>TESMAR - It <b>sails</b>.</p>\n<figure>"
            "<img src='x'/><figcaption>The ferry</figcaption></figure><p>“Good,”<br/>he said.</p>",
        },
    ],
}
TWO = {
    "uri": "urn:newsml:wire.example:20310304:ferry-7",
    "versioncreated": "2031-03-05T08:00:00Z",
    "copyrightholder": "Merrowby",
    "language": "en",
    "headlines": [{"value": "Ferry resumes"}],
    "bodies": [
        {"role": "html", "contenttype": "text/html", "value": "<p>It sails.</p><p>Good.</p>"}
    ],
}
ONE = {
    "uri": "https://wire.example/items/ferry-7/",
    "type": "text",
    "versioncreated": "2031-03-05T08:00:00Z",
    "headline": "Ferry resumes",
    "byline": "Rhea Sandoway",
    "body_text": "It sails.\r\n\r\nGood.",
    "body_xhtml": "<p>It sails.</p><p>Good.</p>",
}


def read(folder: Path, value: Any, name: str = "items.json") -> Told:
    path = folder / name
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return read_all(path)


def read_all(source: Path) -> Told:
    reading = Reading(Losses(), [])
    found = [one for one in IMPORTER.read(source, reading) if isinstance(one, Raw)]
    return found, reading.losses, reading.problems


def text(found: Raw) -> str:
    return found.source.decode()


def test_an_item_of_version_3(tmp_path: Path) -> None:
    (found,), losses, problems = read(tmp_path, THREE)
    assert text(found) == "Ferry resumes\nTESMAR - It sails.\n“Good,”\nhe said."
    assert found.name == "ferry-7"
    assert found.document == {
        "language": "en-GB",
        "publisher": "Merrowby",
        "url": "https://wire.example/items/2031/ferry-7",
        "published": "2031-03-04",
        "license": "CC-BY-4.0",
    }
    assert not problems
    assert losses.lost_kinds == {"body main": 1, "element figure": 1, "document field by": 1}


def test_an_item_of_version_2(tmp_path: Path) -> None:
    (found,), losses, _ = read(tmp_path, TWO)
    assert text(found) == "Ferry resumes\nIt sails.\nGood."
    assert found.name == "ferry-7"
    assert found.document == {
        "language": "en", "publisher": "Merrowby", "published": "2031-03-05",
    }  # fmt: skip
    assert losses.lost_kinds == {"document field uri": 1}


def test_an_item_of_version_1(tmp_path: Path) -> None:
    (found,), losses, _ = read(tmp_path, ONE)
    assert text(found) == "Ferry resumes\nIt sails.\nGood."
    assert losses.lost_kinds == {"body text": 1, "document field byline": 1}
    plain = {name: value for name, value in ONE.items() if name != "body_xhtml"}
    (found,), *_ = read(tmp_path, plain)
    assert text(found) == "Ferry resumes\nIt sails.\n\nGood."


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ({"value": "a < b & c"}, ["a < b & c"]),
        ({"value": "<p>a &lt; b</p>c"}, ["a < b", "c"]),
        ({"value": "a<br>b", "contentType": "text/html; charset=utf-8"}, ["a", "b"]),
        ({"value": "a\u2028b c\u00a0d", "role": "html"}, ["a\u2028b c\u00a0d"]),
        ({"value": "<ul><li>a<li>b</ul><script>x</script>", "role": "html"}, ["a", "b"]),
        ({"value": "<!DOCTYPE x [<!ENTITY e 'boom'>]><p>a &e;</p>"}, ["]>", "a &e;"]),
        ({"value": "<p>x&#7;y 👩‍👩‍👧 שלום</p>"}, ["x y 👩‍👩‍👧 שלום"]),
    ],
)
def test_bodies(body: Json, lines: list[str], tmp_path: Path) -> None:
    (found,), *_ = read(tmp_path, {"bodies": [body]})
    assert text(found).split("\n") == lines


def test_files_of_several_items(tmp_path: Path) -> None:
    assert len(read(tmp_path, [THREE, TWO])[0]) == 2
    assert len(read(tmp_path, {"items": [THREE, TWO, ONE]})[0]) == 3
    lines = "\n".join(json.dumps(item) for item in (THREE, TWO))
    (tmp_path / "more.jsonl").write_text(lines)
    assert len(read_all(tmp_path)[0]) == 5


def test_what_is_no_article_is_counted(tmp_path: Path) -> None:
    others = [{**THREE, "type": kind} for kind in ("picture", "event", "composite")]
    found, losses, problems = read(tmp_path, [*others, {**THREE, "pubStatus": "canceled"}, THREE])
    assert (len(found), problems) == (1, [])
    kinds = ("item of type picture", "item of type event", "item of type composite")
    assert all(losses.lost_kinds[kind] == 1 for kind in (*kinds, "item that is canceled"))


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (7, "7, expected a news item"),
        ({"uri": "a:b"}, "'a:b': nothing as body, expected text/html or text/plain"),
        (
            {"bodies": [{"contentType": "text/vnd.IPTC.NITF", "value": "<nitf/>"}]},
            "'': text/vnd.iptc.nitf as body, expected text/html or text/plain",
        ),
        (
            {"bodies": [{"value": "<p> </p>"}]},
            "'': a body without words, expected the text of an article",
        ),
        (
            {"bodies": [{"value": "<div>" * 600}]},
            "'': markup is nested too deep, expected that of an article",
        ),
    ],
)
def test_an_item_without_text_is_told(item: Any, message: str, tmp_path: Path) -> None:
    found, _, problems = read(tmp_path, [item, TWO])
    assert [p.message for p in problems] == [message]
    assert len(found) == 1


def test_lines_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(ONE)}\n\n[]\n")
    (tmp_path / "b.jsonl").write_text(f"{json.dumps(ONE)}\n{{\n")
    _, _, problems = read_all(tmp_path)
    assert [(Path(p.path).name, p.line) for p in problems] == [("a.jsonl", 3), ("b.jsonl", 2)]


@pytest.mark.parametrize(
    ("terms", "licence"),
    [
        ("CC-BY-SA-4.0", "CC-BY-SA-4.0"),
        ("cc by-nc 3.0", "CC-BY-NC-3.0"),
        ("CC0 1.0", "CC0-1.0"),
        ("https://creativecommons.org/licenses/by/2.5/deed.de", "CC-BY-2.5"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("MIT OR CC-BY-4.0", "MIT OR CC-BY-4.0"),
        ("Photos are CC BY 4.0.", ""),
        ("CC BY 9.9", ""),
        ("All rights reserved", ""),
        ("NOASSERTION", ""),
        ("()", ""),
        ("x" * 100_000, ""),
    ],
)
def test_terms_that_are_a_licence_and_nothing_more(terms: str, licence: str) -> None:
    assert about.licence(terms) == licence


def test_terms_that_are_not_understood_are_lost(tmp_path: Path) -> None:
    reserved = {**THREE, "usageTerms": "Not for resale"}
    (found,), losses, _ = read(tmp_path, reserved)
    assert "license" not in found.document
    assert losses.lost_kinds["document field usageterms"] == 1
    linked = {"linkedRights": "https://creativecommons.org/licenses/by-nd/4.0/"}
    (found,), losses, _ = read(tmp_path, {**THREE, "rightsInfo": linked})
    assert "license" not in found.document
    assert losses.lost_kinds["document field rightsinfo"] == 1


@pytest.mark.parametrize(
    ("field", "value", "lost"),
    [
        ("language", "English please", "document field language"),
        ("uri", "https://a.example/x y", "document field url"),
    ],
)
def test_a_value_that_cannot_stand_is_lost(
    field: str, value: str, lost: str, tmp_path: Path
) -> None:
    (found,), losses, _ = read(tmp_path, {**THREE, field: value})
    assert field.replace("uri", "url") not in found.document
    assert losses.lost_kinds[lost] == 1


def test_an_item_becomes_a_sound_bundle(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(THREE))
    to = target(tmp_path / "corpus" / "train")
    brought = bring(IMPORTER, tmp_path / "a.json", to, Order(), Reading(Losses(), []))
    assert not brought.problems
    ((_, article),) = read_articles(brought.places)
    document = article.document
    assert (document.id, document.license, document.headline) == (
        "ferry-7", "CC-BY-4.0", "Ferry resumes",
    )  # fmt: skip
    assert (tmp_path / "seeds" / "ferry-7.txt").read_text() == document.text


@pytest.mark.slow
def test_nothing_makes_the_reader_fail(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    refused = 0
    for sound in (THREE, ONE):
        words = json.dumps(sound, ensure_ascii=False).encode()
        for broken in (*damage.values(sound, count=100), *damage.datas(words, count=100)):
            path.write_bytes(broken)
            found, _, problems = read_all(path)
            refused += bool(problems)
            assert all(text(one).strip() for one in found)
    assert 100 < refused < 400
