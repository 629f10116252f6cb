"""One edit of interlinear notes in a text editor changes just the lines that it should."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.bring import Order, bring
from onrecord.exporters.interlinear import export
from onrecord.importers import importer
from onrecord.losses import Losses
from onrecord.schema import TABLES
from onrecord.standoff.format import Reading
from onrecord.target import target

from ..articles import seed
from ..conftest import ROOT
from .scene import Expected
from .test_edits import ids, rows, stored

NAME = "nk-severs-road-rail-links"
ITS = "its=north-korea#jn8s"

Change = Callable[[Expected], None]


def changed(table: str, name: str, **fields: object) -> Change:
    return lambda expected: expected.row(table, name).update(fields)


def removed(table: str, name: str) -> Change:
    return lambda expected: expected.remove(table, name)


def added(table: str, key: str, /, **fields: object) -> Change:
    return lambda expected: expected.tables[table].append({"doc": NAME, "id": key, **fields})


def span(words: str) -> dict[str, object]:
    start = seed().document.text.index(words)
    return {"start": start, "end": start + len(words), "exact": words}


FORTIFICATIONS = span("fortifications")
EDITS: dict[str, tuple[list[tuple[str, str]], list[Change]]] = {
    "nothing": ([], []),
    "add_a_mention": (
        [(ITS, f"{ITS}; fortifications=the-west")],
        [added("mentions", "new", actor="the-west", form="nominal", **FORTIFICATIONS)],
    ),
    "add_a_mention_of_a_new_actor": (
        [(ITS, f"{ITS}; fortifications=walls"), ("@united-", "@walls group - - | walls\n@united-")],
        [
            added("mentions", "new", actor="walls", form="nominal", **FORTIFICATIONS),
            added("actors", "walls", name="walls", kind="group"),
        ],
    ),
    # The form is that of the new words.
    "move_an_end": (
        [(ITS, "its territory=north-korea#jn8s")],
        [changed("mentions", "m-jn8s", end=151, exact="its territory", form="nominal")],
    ),
    "delete_a_mention": ([(f"{ITS}; ", "")], [removed("mentions", "m-jn8s")]),
    "delete_the_first_mention": (
        [("North Korea=north-korea#fr23; ", "")], [removed("mentions", "m-fr23")]
    ),
    "delete_the_only_mention": (
        [("Caliber.Az=caliber-az#ksgb; ", ""), ("q-kheg caliber-az", "q-kheg -")],
        [
            removed("mentions", "m-ksgb"),
            removed("actors", "caliber-az"),
            changed("quotes", "q-kheg", speakers=[]),
        ],
    ),
    "change_the_kind_of_an_actor": (
        [("@the-west group", "@the-west artifact")],
        [changed("actors", "the-west", kind="artifact")],
    ),
    "change_the_form_of_a_mention": (
        [(ITS, "its=north-korea/metonym#jn8s")], [changed("mentions", "m-jn8s", form="metonym")]
    ),
    "change_a_claim": (
        [("c-34wc fact ", "c-34wc prediction poss neg ")],
        [
            changed(
                "claims", "c-34wc", kind="prediction", certainty="possible", polarity="negative"
            )
        ],
    ),
    "give_a_quote_another_speaker": (
        [("q-x10y korean-peoples-army", "q-x10y #s9b8")],
        [changed("quotes", "q-x10y", speakers=["m-s9b8"])],
    ),
    "take_a_speaker_away": (
        [("q-x10y korean-peoples-army", "q-x10y -")], [changed("quotes", "q-x10y", speakers=[])]
    ),
    "note_a_quote": (
        [("border fortifications\n  c-b874", "border fortifications // why?\n  c-b874")],
        [changed("quotes", "q-yq4v", note="why?")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_changes_what_it_should(tmp_path: Path, edit: str) -> None:
    notes, expected = export(seed()), Expected(stored(NAME))
    for old, new in EDITS[edit][0]:
        assert notes.count(old) == 1
        notes = notes.replace(old, new)
    for change in EDITS[edit][1]:
        change(expected)
    (tmp_path / f"{NAME}.interlinear").write_text(notes)
    bundle = tmp_path / "corpus" / "train" / NAME
    shutil.copytree(stored(NAME), bundle)
    losses = Losses()
    reading = Reading(losses, [], text=ROOT / "seeds")
    way, to = importer("interlinear"), target(bundle.parent)
    bring(way, tmp_path / f"{NAME}.interlinear", to, Order(replace=True), reading)
    for table in TABLES:
        assert rows(bundle, table, ids(seed())) == expected.rows(table)
        untouched = expected.untouched(table)
        assert untouched <= set((bundle / f"{table}.jsonl").read_bytes().split(b"\n"))
    assert not losses


def test_a_speaker_is_the_nearest_mention_of_the_actor(tmp_path: Path) -> None:
    """As the notes say it: who marks a nearer one makes that the speaker."""
    notes = export(seed()).replace("KPA=korean-peoples-army#5nmt; ", "")
    assert "q-x10y korean-peoples-army | declared" in notes
    (tmp_path / f"{NAME}.interlinear").write_text(notes)
    reading = Reading(Losses(), [], text=ROOT / "seeds")
    bring(
        importer("interlinear"), tmp_path / f"{NAME}.interlinear",
        target(tmp_path / "corpus" / "train"), Order(replace=True), reading,
    )  # fmt: skip
    quotes = (tmp_path / "corpus" / "train" / NAME / "quotes.jsonl").read_text()
    assert '"id":"q-x10y","form":"indirect","speakers":["m-pxbb"]' in quotes
