"""Interlinear notes: every bundle comes back byte for byte; every error is told at once."""

import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord import codec, store
from onrecord.exporters import interlinear as exporter
from onrecord.importers import interlinear as importer
from onrecord.model import articles
from onrecord.paths import Place, places_at
from onrecord.problem import UncheckedError
from onrecord.schema import TABLES
from onrecord.validate import check_bundle

from .conftest import DATA, ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]

TEXT = """Prices rise in Gharat
A shipping agent in Gharat said on Monday he feared the worst. Oruvian prices rose by noon.
“We heard nothing,” Radio Hasat quoted him as saying, citing the agent. “Nobody came.”"""

NOTES = """document=prices
publisher=Tesmar Courier
@gharat gpe XAA - | Gharat | n: Gharat
@oruvia gpe XAB - | Oruvia | adj: Oruvian
@agent person - BUS | shipping agent
@radio-hasat organization XAA JRN | Radio Hasat | n: Radio Hasat
---
¶1
  c fact | Prices .. Gharat
¶2
  m A shipping agent in Gharat=agent; he=agent
  c fact prob | Oruvian prices .. noon // a guess
  q1 agent | said | he feared the worst : fact
¶3
  m We=agent; him=agent; the agent=agent
  q2 radio-hasat | quoted || saying | “We heard .. nothing,” || “Nobody came.”
  q3/direct agent | citing | “We heard .. nothing,” || “Nobody came.”
  c fact neg | We heard nothing
  c fact neg | Nobody came
"""


def read(notes: str, **options: str) -> dict[str, list[object]]:
    draw = random.Random(5).choice
    return importer.read(notes, TEXT, draw=draw, **options)  # type: ignore[return-value]


def places() -> list[Place]:
    folders = (ROOT / "corpus", ROOT / "corpus" / "first", ROOT / "corpus" / "second")
    return [place for folder in folders for place in places_at(folder)]


@pytest.mark.slow
@pytest.mark.parametrize("place", places(), ids=lambda p: f"{p.corpus.folder.name}-{p.name}")
def test_every_bundle_comes_back_byte_for_byte(place: Place) -> None:
    (article,) = articles(store.read_records(place.folder))
    notes = exporter.export(article)
    tables = importer.read(notes, article.document.text)
    for table in TABLES:
        assert codec.encode(tables[table]) == store.read_table(place.folder, table)


def test_words_name_the_spans_wherever_they_can() -> None:
    (place,) = places_at(ROOT / "corpus" / "train" / "nk-severs-road-rail-links")
    (article,) = articles(store.read_records(place.folder))
    notes = exporter.export(article)
    assert (
        "| announced | it will take .. fortifications" in notes or "| announced | it will" in notes
    )
    offsets = [line for line in notes.splitlines() if re.search(r"[|] @\d", line)]
    assert len(offsets) < 0.2 * len(article.quotes + article.claims)


def test_the_sound_bundle_comes_back_too() -> None:
    tables = {t: codec.decode(t, (DATA / "sound" / f"{t}.jsonl").read_bytes()) for t in TABLES}
    (article,) = articles({name: rows or [] for name, rows in tables.items()})
    assert importer.read(exporter.export(article), article.document.text) == tables


def test_notes_become_a_bundle_that_passes_the_checks(tmp_path: Path) -> None:
    place_of = places_in(tmp_path, NOTES)
    assert check_bundle(place_of).problems == []
    (article,) = articles(store.read_records(place_of.folder))
    assert [m.exact for m in article.mentions] == [
        "Gharat", "A shipping agent in Gharat", "Gharat", "he", "Oruvian", "We", "Radio Hasat",
        "him", "the agent",
    ]  # fmt: skip
    assert [m.form for m in article.mentions[:5]] == [
        "name", "nominal", "name", "pronoun", "adjective",
    ]  # fmt: skip
    first, relayed, relay = sorted(
        article.quotes, key=lambda q: (q.content[0].start, q.within or "")
    )
    assert first.form == "indirect"
    assert [span.exact for span in relay.content] == ["“We heard nothing,”", "“Nobody came.”"]
    assert relay.within == relayed.id
    assert {claim.quote for claim in article.claims if claim.polarity == "negative"} == {relay.id}
    (guess,) = [claim for claim in article.claims if claim.note]
    assert (guess.certainty, guess.note) == ("probable", "a guess")


def places_in(folder: Path, notes: str) -> Place:
    bundle = folder / "corpus" / "train" / "prices"
    bundle.mkdir(parents=True)
    tables = importer.read(notes, TEXT, draw=random.Random(5).choice)
    store.write_all({bundle / f"{name}.jsonl": codec.encode(rows) for name, rows in tables.items()})
    (place,) = places_at(bundle)
    return place


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("he=agent", "she=agent", 11, "'she' is not in this paragraph"),
        ("he=agent", "he=agnet", 11, "no actor 'agnet'"),
        ("| said |", "| sold |", 13, "'sold' is not in this paragraph"),
        ("q1 agent | said | he feared", "q1 agent | said : he feared", 13, "expected q speakers"),
        ("fact prob", "prob", 12, "names no kind"),
        ("publisher=Tesmar Courier", "annotation=human", 2, "expected method passes"),
        ("@oruvia gpe", "@gharat gpe", 4, "'gharat' stands twice"),
        ("@oruvia gpe XAB", "@oruvia state XAB", 4, "'state' is not one of"),
        ("fact prob", "fact perhaps", 12, "'perhaps' is no label"),
        ("¶3", "¶7", 14, "no paragraph '7', expected 1 to 3"),
        ("@agent person - BUS", "@agent person -", 5, "expected @id kind country sector"),
        ("  c fact | Prices .. Gharat", "  d fact", 9, "expected m, q or c"),
        ("Prices .. Gharat", "r", 9, "'r' is not in this paragraph"),
    ],
)
def test_an_error_names_its_line(old: str, new: str, line: int, message: str) -> None:
    assert NOTES.count(old) == 1
    with pytest.raises(UncheckedError) as raised:
        read(NOTES.replace(old, new))
    told = [problem for problem in raised.value.problems if problem.line == line]
    assert any(message in problem.message for problem in told), raised.value.problems


def test_words_that_stand_twice_are_refused_with_the_candidates() -> None:
    with pytest.raises(UncheckedError) as raised:
        importer.read(
            "document=d\n---\n¶1\n  c fact | the\n", "the cat and the dog", draw=lambda _: "0"
        )
    (problem,) = raised.value.problems
    assert "'the' stands 2 times: ^1 …[the] cat" in problem.message


def test_only_a_line_feed_ends_a_line_of_notes() -> None:
    notes = NOTES.replace("// a guess", "// a\u2028guess\u0085here")
    (guess,) = [claim for claim in read(notes)["claims"] if claim.note]  # type: ignore[attr-defined]
    assert guess.note == "a\u2028guess\u0085here"  # type: ignore[attr-defined]


def test_all_errors_are_told_at_once() -> None:
    notes = NOTES.replace("he=agent", "she=agent").replace("| said |", "| sold |")
    with pytest.raises(UncheckedError) as raised:
        read(notes.replace("fact prob", "prob"))
    assert {11, 12, 13} <= {problem.line for problem in raised.value.problems}


def test_a_registry_lends_its_actors() -> None:
    registry = (
        "# recurring actors\n@gharat gpe XAA - | Gharat | n: Gharat\n@tesmar gpe XAB - | Tesmar\n"
    )
    notes = NOTES.replace("@gharat gpe XAA - | Gharat | n: Gharat\n", "")
    tables = read(notes, registry=registry)
    assert tables["actors"] == read(NOTES)["actors"]


def test_the_commands_round_trip(tmp_path: Path, onrecord: Command) -> None:
    name = "nk-severs-road-rail-links"
    done = onrecord("export", "interlinear", ROOT / "corpus" / "train" / name, "--to", tmp_path)
    assert done.returncode == 0
    notes, text = tmp_path / f"{name}.interlinear", ROOT / "seeds" / f"{name}.txt"
    target = tmp_path / "bundle"
    done = onrecord("import", "interlinear", notes, "--text", text, "--to", target)
    assert done.returncode == 0
    assert "Kim Jong Un = kim-jong-un (name)" in done.stdout
    for table in TABLES:
        written = (target / f"{table}.jsonl").read_bytes()
        assert written == (ROOT / "corpus" / "train" / name / f"{table}.jsonl").read_bytes()
    again = onrecord("import", "interlinear", notes, "--text", text, "--to", target)
    assert (again.returncode, again.stdout) == (2, "")
    notes.write_text(notes.read_text().replace("=north-korea", "=nort-korea", 1))
    other = tmp_path / "other"
    broken = onrecord("import", "interlinear", notes, "--text", text, "--to", other)
    assert broken.returncode == 1
    assert "no actor 'nort-korea'" in broken.stdout
    assert not other.exists()
