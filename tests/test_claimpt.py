"""Claims of ClaimPT become claims, with the quotes that carry them and who makes them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from onrecord.importers.claimpt import IMPORTER
from onrecord.losses import Losses
from onrecord.problem import NotFoundError, Problem
from onrecord.standoff import maps
from onrecord.standoff.format import Reading
from onrecord.standoff.graph import Standoff
from onrecord.standoff.mapping import mapped

from . import damage

REAL = Path(os.environ.get("ONRECORD_REAL_DATA", "")) / "claimpt-sample"
TEXT = (
    "Porto fecha 👩‍👩‍👧\n\nTesmar, 04 dez 2023 – “O porto fechou ontem e ninguém avisou”, disse a"
    " diretora Rita Mar.\nRita Mar falou hoje. “Vai chover.”\n"
)
Json = dict[str, Any]
Told = tuple[list[Standoff], Losses, list[Problem]]


def words(exact: str, after: int = 0, **given: str) -> Json:
    start = TEXT.index(exact, after)
    return {"text": exact, "begin": start, "end": start + len(exact), **given}


def claim(segment: str, *, is_claim: bool = True, **given: Any) -> Json:
    at = words(segment)
    place = {"begin_character": at["begin"], "end_character": at["end"], "text_segment": segment}
    return {"claim": is_claim, **place, "id": "news_1_c1", **given}


CLAIM = claim(
    "O porto fechou ontem e ninguém avisou",
    claim_topic="society",
    claim_span=[words("O porto fechou ontem"), words("ninguém avisou")],
    claim_object=words("porto"),
    claimer=[words("Rita Mar", TEXT.index("\nRita"), type="Person"), words("diretora Rita Mar")],
    time=words("ontem"),
    stance="Refute",
)
OTHER = claim("Vai chover", is_claim=False)


def entry(*items: Json, name: str = "news_1.txt", **given: Any) -> Json:
    told = {"news_article_topic": "local", "publication_time": "04 dez 2023"}
    return {"document": name, **told, "items": list(items), **given}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news_articles").mkdir()
    (tmp_path / "news_articles" / "news_1.txt").write_bytes(TEXT.encode())
    return tmp_path


def read(folder: Path, *lines: Any) -> Told:
    rows = (json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "annotations.jsonl").write_text("".join(rows), encoding="utf-8")
    return read_all(folder)


def read_all(source: Path, text: Path | None = None) -> Told:
    reading = Reading(Losses(), [], text=text)
    found = [one for one in IMPORTER.read(source, reading) if isinstance(one, Standoff)]
    return found, reading.losses, reading.problems


def records(found: Standoff, losses: Losses) -> dict[str, list[Json]]:
    problems: list[Problem] = []
    tables = mapped(found, maps.load(IMPORTER.map), losses, problems)
    assert not problems
    return tables


def exact(spans: list[Json]) -> list[str]:
    return [span["exact"] for span in spans]


def test_a_claim_with_its_quote_and_its_claimer(folder: Path) -> None:
    (found,), losses, problems = read(folder, entry(CLAIM, OTHER))
    assert (found.name, found.text, problems) == ("news_1", TEXT, [])
    tables = records(found, losses)
    (claimed,), (quote,), (actor,) = tables["claims"], tables["quotes"], tables["actors"]
    assert exact(claimed["content"]) == ["O porto fechou ontem", "ninguém avisou"]
    assert (claimed["quote"], claimed["polarity"]) == (quote["id"], "negative")
    assert exact(quote["content"]) == ["O porto fechou ontem e ninguém avisou"]
    mentions = {mention["id"]: mention["exact"] for mention in tables["mentions"]}
    assert [mentions[name] for name in quote["speakers"]] == ["diretora Rita Mar"]
    assert sorted(mentions.values()) == ["Rita Mar", "diretora Rita Mar"]
    assert actor["kind"] == "person"
    (fields,) = tables["documents"]
    assert (fields["published"], fields["publisher"]) == ("2023-12-04", "Lusa")
    assert (fields["license"], fields["layers"]) == ("CC-BY-NC-ND-4.0", ["claims"])


def test_what_has_no_place_is_told(folder: Path) -> None:
    (found,), losses, _ = read(folder, entry(CLAIM, OTHER))
    records(found, losses)
    assert losses.lost_kinds == {
        "label non-claim": 1,
        "label claim_object": 1,
        "edge claim_object": 1,
        "label time": 1,
        "edge time": 1,
        "attribute claim_topic": 1,
        "document field news_article_topic": 1,
    }
    assert losses.changed_kinds["claimers taken as one source"] == 1


def test_a_claim_without_claimer_is_somebodys_all_the_same(folder: Path) -> None:
    alone = claim(
        "Vai chover", claim_span=words("Vai chover"), claimer="", time="", claim_object={}
    )
    del alone["claim_object"]
    (found,), losses, _ = read(folder, entry(alone))
    (quote,) = records(found, losses)["quotes"]
    assert quote["speakers"] == []


def test_claims_of_one_sentence_share_its_quote(folder: Path) -> None:
    segment = "O porto fechou ontem e ninguém avisou"
    both = [
        claim(segment, claim_span=words(part), claimer=words("Rita Mar"))
        for part in ("O porto fechou ontem", "ninguém avisou")
    ]
    (found,), losses, _ = read(folder, entry(*both))
    tables = records(found, losses)
    (quote,) = tables["quotes"]
    assert [c["quote"] for c in tables["claims"]] == [quote["id"]] * 2
    assert len(tables["mentions"]) == 1
    assert not losses.changed_kinds["claimers taken as one source"]


def test_a_line_may_hold_a_single_item(folder: Path) -> None:
    flat = {"document": "news_1.txt", "publication_time": "1 jan 2024"}
    (found,), losses, _ = read(folder, {**flat, **CLAIM}, {**flat, **OTHER})
    tables = records(found, losses)
    assert len(tables["claims"]) == 1
    assert losses.lost_kinds["label non-claim"] == 1
    assert tables["documents"][0]["published"] == "2024-01-01"


def test_a_text_that_no_line_names_is_a_document(folder: Path) -> None:
    (folder / "news_articles" / "news_2.txt").write_text("Outro texto.")
    found, *_ = read(folder, entry(CLAIM))
    assert [(one.name, bool(one.nodes)) for one in found] == [("news_1", True), ("news_2", False)]


def test_texts_may_lie_elsewhere(folder: Path, tmp_path: Path) -> None:
    (folder / "news_articles").rename(folder / "texts")
    (folder / "a.jsonl").write_text(json.dumps(entry(CLAIM)))
    found, _, problems = read_all(folder / "a.jsonl", text=folder / "texts")
    assert (len(found), problems) == (1, [])
    with pytest.raises(NotFoundError):
        read_all(folder / "a.jsonl")


def test_offsets_may_count_a_line_end_as_one(folder: Path) -> None:
    crlf = TEXT.replace("\n", "\r\n")
    (folder / "news_articles" / "news_1.txt").write_bytes(b"\xef\xbb\xbf" + crlf.encode())
    (found,), losses, _ = read(folder, entry(CLAIM))
    assert found.text == TEXT
    assert len(records(found, losses)["claims"]) == 1
    moved = {**OTHER, "begin_character": crlf.index("Vai"), "end_character": crlf.index(".”")}
    (found,), *_ = read(folder, entry(moved))
    assert found.text == crlf


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            entry(name="../../x"),
            "document '../../x', expected the name of a text",
        ),
        (entry({**CLAIM, "claim": 1}), "int at claim, expected bool"),
        (
            entry({**CLAIM, "claimer": [{"text": "x", "begin": 9, "end": 9}]}),
            f"9-9, expected a span in {len(TEXT)} characters",
        ),
        (
            entry({**OTHER, "begin_character": -3}),
            f"-3-{words('Vai chover')['end']}, expected a span in {len(TEXT)} characters",
        ),
        ([CLAIM], "array, expected object"),
    ],
)
def test_what_is_broken_is_told_with_its_line(line: Any, message: str, folder: Path) -> None:
    _, _, problems = read(folder, entry(OTHER), line)
    assert [(p.line, p.message) for p in problems] == [(2, message)]


def test_a_broken_document_is_left_out(folder: Path) -> None:
    (folder / "news_articles" / "news_2.txt").write_bytes("São".encode("latin-1"))
    (folder / "news_articles" / "news_3.txt").write_text("Sim.")
    found, _, problems = read(folder, entry({**CLAIM, "claim": None}, OTHER))
    assert [one.name for one in found] == ["news_3"]
    assert len(problems) == 2


@pytest.mark.parametrize("time", ["ontem", "04 xyz 2023", "31 fev 2023", "1 jan 99999999999"])
def test_a_time_that_is_no_date_is_lost(time: str, folder: Path) -> None:
    (found,), losses, _ = read(folder, entry(publication_time=time))
    assert found.document == {}
    assert losses.lost_kinds["document field publication_time"] == 1


@pytest.mark.slow
def test_nothing_makes_the_reader_fail(folder: Path) -> None:
    sound = entry(CLAIM, OTHER)
    path = folder / "annotations.jsonl"
    refused = 0
    for broken in (
        *damage.values(sound, count=300),
        *damage.datas(json.dumps(sound, ensure_ascii=False).encode(), count=300),
    ):
        path.write_bytes(broken)
        found, _, problems = read_all(folder)
        refused += bool(problems)
        for one in found:
            assert all(0 <= s < e <= len(one.text) for n in one.nodes for s, e in n.spans)
    assert 200 < refused < 600


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the real corpora")
def test_the_real_corpus() -> None:
    found, losses, problems = read_all(REAL)
    assert not problems
    assert len(found) >= 20
    claims = 0
    for one in found:
        assert all(n.exact == tuple(one.text[s:e] for s, e in n.spans) for n in one.nodes)
        assert one.document["published"]
        claims += len(records(one, losses)["claims"])
    assert claims == 16
    assert losses.lost_kinds["label non-claim"] == 68
