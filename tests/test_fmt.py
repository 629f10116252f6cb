"""Canonical form: what is filled in, sorted and moved, and what stays byte for byte."""

import json
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import orjson
import pytest
from hypothesis import given

from onrecord import anchor, codec
from onrecord.fmt import Formatted, format_bundle
from onrecord.ids import ALPHABET
from onrecord.model import CLASSES, Mention
from onrecord.paths import Corpus, Place
from onrecord.problem import NotFoundError, UncheckedError
from onrecord.reanchor import reanchor
from onrecord.schema import TABLES
from onrecord.store import write_all
from onrecord.validate import check_bundle

from .conftest import DATA, ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Json = dict[str, Any]


@pytest.fixture
def place(place: Place) -> Place:
    """The sound bundle with a seed."""
    place.corpus.seeds.mkdir()
    (place.corpus.seeds / "harbour-strike.txt").write_text(text_of(place.folder))
    return place


def text_of(folder: Path) -> str:
    text: str = json.loads((folder / "documents.jsonl").read_text())["text"]
    return text


def records(place: Place, table: str) -> list[Json]:
    lines = (place.folder / f"{table}.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def put(place: Place, table: str, rows: list[Json]) -> None:
    lines = b"".join(orjson.dumps(row) + b"\n" for row in rows)
    (place.folder / f"{table}.jsonl").write_bytes(lines)


def settle(place: Place, seed: int = 0) -> Formatted:
    chosen = random.Random(seed)
    formatted = format_bundle(place, draw=chosen.choice)
    write_all(formatted.files)
    return formatted


def without(record: Json, *names: str) -> Json:
    return {name: value for name, value in record.items() if name not in names}


def test_a_canonical_bundle_is_left_alone(place: Place) -> None:
    assert format_bundle(place) == Formatted({}, [])


def test_the_corpus_is_canonical(onrecord: Command) -> None:
    done = onrecord("fmt", "--check")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("table", TABLES[1:])
def test_shuffled_records_and_keys_come_back_as_they_were(table: str, place: Place) -> None:
    path = place.folder / f"{table}.jsonl"
    right = path.read_bytes()
    rows = records(place, table)
    random.Random(1).shuffle(rows)
    path.write_text("\n".join(json.dumps(dict(reversed(row.items()))) for row in rows))
    assert settle(place).problems == []
    assert path.read_bytes() == right
    assert format_bundle(place).files == {}


def test_missing_ids_are_minted_once(place: Place) -> None:
    rows = records(place, "claims")
    put(place, "claims", [without(rows[0], "id"), without(rows[1], "id"), *rows[2:]])
    settle(place)
    after = records(place, "claims")
    minted = [row["id"] for row in after[:2]]
    assert len({row["id"] for row in after}) == len(rows)
    assert all(name.startswith("c-") and set(name[2:]) <= set(ALPHABET) for name in minted)
    assert [row["id"] for row in after[2:]] == [row["id"] for row in rows[2:]]
    assert format_bundle(place).files == {}


def test_an_id_that_is_taken_is_not_minted_again(place: Place) -> None:
    rows = records(place, "claims")
    put(place, "claims", [without(rows[0], "id"), *rows[1:]])
    draws = iter("00020099")
    formatted = format_bundle(place, draw=lambda _: next(draws))
    (data,) = formatted.files.values()
    assert b'"id":"c-0099"' in data


def test_exact_follows_from_offsets_and_offsets_from_exact(place: Place) -> None:
    mentions = records(place, "mentions")
    quotes = records(place, "quotes")
    right = [path.read_bytes() for path in sorted(place.folder.iterdir())]
    put(place, "mentions", [without(mentions[0], "exact"), *mentions[1:]])
    quotes[3]["content"] = [{"exact": "the plan “reckless”"}]
    put(place, "quotes", quotes)
    assert settle(place).problems == []
    assert [path.read_bytes() for path in sorted(place.folder.iterdir())] == right


@pytest.mark.parametrize("helper", [{"nth": 2}, {"prefix": "The "}, {"suffix": " dockers"}])
def test_a_text_that_stands_twice_needs_help(helper: Json, place: Place) -> None:
    right = (place.folder / "mentions.jsonl").read_bytes()
    rows = records(place, "mentions")
    rows[2] = without(rows[2], "start", "end") | helper
    put(place, "mentions", rows)
    assert settle(place).problems == []
    assert (place.folder / "mentions.jsonl").read_bytes() == right


def test_an_ambiguous_text_is_an_error_with_candidates(place: Place) -> None:
    rows = records(place, "mentions")
    rows[2] = without(rows[2], "start", "end")
    put(place, "mentions", rows)
    before = (place.folder / "mentions.jsonl").read_bytes()
    (problem,) = settle(place).problems
    assert problem.line == 3
    assert "'Gharat' stands 2 times: 1 …Port of [Gharat] to shut" in problem.message
    assert "2 …" in problem.message
    assert (place.folder / "mentions.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("helper", "message"),
    [
        ({"nth": 9}, "nth is 9, but 'Gharat' stands 2 times"),
        ({"nth": "2"}, "nth is '2'"),
        ({"prefix": "zzz"}, "never with prefix 'zzz'"),
    ],
)
def test_help_that_does_not_help_is_named(helper: Json, message: str, place: Place) -> None:
    rows = records(place, "mentions")
    rows[2] = without(rows[2], "start", "end") | helper
    put(place, "mentions", rows)
    (problem,) = settle(place).problems
    assert message in problem.message


def test_earlier_annotations_move_with_the_gold(place: Place) -> None:
    first = place.corpus.folder / "first" / "train" / "harbour-strike"
    shutil.copytree(place.folder, first)
    source = corrected(place, "on Monday", "late on Monday")
    write_all(reanchor(place, source).files)
    for folder in (place.folder, first):
        assert text_of(folder) == source.decode()
    again = Place(Corpus(place.corpus.folder / "first"), "train", first)
    assert [p.code for p in check_bundle(again).problems if p.is_error] == []
    back = corrected(place, "late on Monday", "on Monday")
    write_all(reanchor(again, back).files)
    assert text_of(place.folder) == back.decode()


def test_new_words_belong_to_the_section_before_them(place: Place) -> None:
    write_all(reanchor(place, corrected(place, "for a day\n", "for a day, again\n")).files)
    assert [p.code for p in check_bundle(place).problems if p.is_error] == []


def test_an_absent_text_is_an_error(place: Place) -> None:
    rows = records(place, "mentions")
    rows[2] = without(rows[2], "start", "end") | {"exact": "Tesmar"}
    put(place, "mentions", rows)
    (problem,) = settle(place).problems
    assert "'Tesmar' is not in the text" in problem.message


@pytest.mark.parametrize("code", ["E111", "E117", "E118", "E119", "E202", "E204"])
def test_a_line_that_is_not_understood_stays_as_it_is(code: str, place: Place) -> None:
    for path in (DATA / "broken" / code).iterdir():
        shutil.copy(path, place.folder)
    before = {path.name: path.read_bytes() for path in place.folder.iterdir()}
    assert code in [problem.code for problem in settle(place).problems]
    assert {path.name: path.read_bytes() for path in place.folder.iterdir()} == before


@pytest.mark.parametrize("code", ["E112", "E113", "E115", "E123", "E124", "E207", "E321"])
def test_faults_of_form_are_mended(code: str, place: Place) -> None:
    right = {path.name: path.read_bytes() for path in place.folder.iterdir()}
    for path in (DATA / "broken" / code).iterdir():
        shutil.copy(path, place.folder)
    settle(place)
    assert {path.name: path.read_bytes() for path in place.folder.iterdir()} == right


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one", "two")]
    for path in paths:
        path.write_text("old")
    with pytest.raises(FileNotFoundError):
        write_all({paths[0]: b"new", tmp_path / "nowhere" / "three": b"new"})
    assert [path.read_text() for path in paths] == ["old", "old"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def corrected(place: Place, old: str, new: str) -> bytes:
    text = text_of(place.folder)
    assert text.count(old) == 1
    return text.replace(old, new).encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("on Monday", "late on Monday evening"),
        ("Port of Gharat", "The port of Gharat"),
        ("Radio Hasat", "Radio Hassat"),
        ("“reckless”", "“very reckless”"),
        ("Ships were waiting outside", "Ships lay"),
        ("day, Radio", "day 🚢, Radio"),
    ],
)
def test_spans_move_with_a_corrected_text(old: str, new: str, place: Place) -> None:
    source = corrected(place, old, new)
    formatted = reanchor(place, source)
    write_all(formatted.files)
    assert [p.code for p in check_bundle(place).problems if p.is_error] == []
    assert text_of(place.folder) == source.decode()
    assert (place.corpus.seeds / "harbour-strike.txt").read_bytes() == source
    assert "seed" in records(place, "documents")[0]


def test_what_cannot_move_keeps_the_bundle(place: Place, onrecord: Command) -> None:
    new = place.corpus.root / "new.txt"
    new.write_bytes(corrected(place, "Mira Tolan", "the head"))
    before = {path: path.read_bytes() for path in place.corpus.root.rglob("*") if path.is_file()}
    text = text_of(place.folder).replace("said Mira Tolan, who leads the guild. ", "")
    new.write_text(text)
    before[new] = new.read_bytes()
    done = onrecord("fmt", "--reanchor", place.folder, "--text", new)
    assert done.returncode == 1
    assert "'Mira Tolan' has no place in the new text" in done.stdout
    assert {p: p.read_bytes() for p in place.corpus.root.rglob("*") if p.is_file()} == before


def test_an_unsound_bundle_is_not_moved(place: Place) -> None:
    shutil.copy(DATA / "broken" / "E204" / "mentions.jsonl", place.folder)
    with pytest.raises(UncheckedError):
        reanchor(place, b"text")


def test_an_unknown_document_is_not_moved(place: Place) -> None:
    with pytest.raises(NotFoundError, match="harbour-strike"):
        reanchor(place, b"text", "harbour-fire")


WORDS = st.lists(st.sampled_from(["ab", "c", "“", "é", " ", "\n", "👩‍🚒", ","]), max_size=30).map(
    "".join
)


@given(WORDS, WORDS)
def test_every_word_kept_by_a_diff_keeps_its_text(old: str, new: str) -> None:
    moved = anchor.moves(old, new)
    for start in range(len(old)):
        for end in range(start + 1, min(len(old), start + 4) + 1):
            at, to = moved.start(start), moved.end(end)
            if at is not None and to is not None and at < to:
                assert 0 <= at < to <= len(new)
    assert moved == anchor.moves(old, new)
    same = anchor.moves(old, old)
    assert all(same.start(at) == at for at in range(len(old)))
    assert all(same.end(at) == at for at in range(1, len(old) + 1))


def test_a_contributor_writes_the_least(place: Place) -> None:
    """One line with what only a person knows; fmt writes the rest."""
    rows = records(place, "mentions")
    put(place, "mentions", [row for row in rows if row["id"] != "m-000b"])
    with (place.folder / "mentions.jsonl").open("a") as file:
        file.write('{"actor": "kadresh", "form": "name", "exact": "Kadresh"}\n')
    assert settle(place).problems == []
    assert [p.code for p in check_bundle(place).problems] == []
    (new,) = [row for row in records(place, "mentions") if row["exact"] == "Kadresh"]
    assert new["doc"] == "harbour-strike"


STRINGS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(STRINGS, st.integers(0, 2**31 - 1))
def test_canonical_lines_are_what_orjson_writes(exact: str, start: int) -> None:
    record = {
        "doc": "a", "id": "m-0000", "actor": "b", "form": "name",
        "start": start, "end": start, "exact": exact,
    }  # fmt: skip
    mention = codec.convert("mentions", record)
    assert isinstance(mention, Mention)
    line = codec.encode([mention])
    assert line == orjson.dumps(record) + b"\n"
    decoded = codec.decode("mentions", line)
    assert decoded == [mention]


def test_classes_cover_all_tables() -> None:
    assert tuple(CLASSES) == TABLES
    assert ROOT.is_dir()
