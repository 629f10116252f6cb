"""Break sound bundles in every way we can think of, and see that each break is named.

    python -m tests.fuzz 100000 --seed 1

Each operator makes one change and names the codes that may answer it. For every mutant: the
checker returns, within a second; it finds one of these codes, and no other; it changes no file; and
`fmt` returns too, and does not change what it formatted a second time.
"""

import argparse
import copy
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from onrecord import schema
from onrecord.fmt import format_bundle
from onrecord.paths import Corpus, Place
from onrecord.schema import ANNOTATIONS, TABLES
from onrecord.store import write_all
from onrecord.validate import check_bundle

ROOT = Path(__file__).parent.parent
SLOWEST = 1.0
"""Seconds that a mutant may take."""

Json = dict[str, Any]
Tables = dict[str, bytes]
Draw = random.Random
Operator = Callable[[Draw, Tables], tuple[str, bytes]]
"""Changes one table; returns its name and its new bytes."""


@dataclass(frozen=True)
class Mutation:
    """An operator and the codes that may answer it; `silent` if finding nothing is right too."""

    operate: Operator
    codes: frozenset[str]
    silent: bool = False


class NotHereError(Exception):
    """The operator has nothing to change in this bundle."""


def mutates(codes: str, *, silent: bool = False) -> Callable[[Operator], Operator]:
    """Register an operator."""

    def register(operate: Operator) -> Operator:
        MUTATIONS[operate.__name__] = Mutation(operate, frozenset(codes.split()), silent)
        return operate

    return register


MUTATIONS: dict[str, Mutation] = {}
FORM = "W401 W402 W403 W404 W405 W406 W407 W411 W412 W413 W414 W415 W416 W421 W422 W423 W424 W425"
ADVICE = f"{FORM} W426 W427 W428 W431"
GUIDELINES = "E401 E402 E403 E411 E412 E413 E414 E415 E421 E422 E423 E424"
ANCHORS = "E301 E302 E303 E304 E305 E306 E307 E308 E321"


# Bytes and lines


def some_line(draw: Draw, tables: Tables, *names: str) -> tuple[str, list[bytes], int]:
    """A table that has lines, its lines, and one of their indices."""
    full = [name for name in names or TABLES if tables[name]]
    if not full:
        raise NotHereError
    name = draw.choice(full)
    lines = tables[name].split(b"\n")[:-1]
    return name, lines, draw.randrange(len(lines))


def with_line(lines: list[bytes], index: int, *new: bytes) -> bytes:
    return b"".join(line + b"\n" for line in [*lines[:index], *new, *lines[index + 1 :]])


@mutates("E111")
def latin_1(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables, *ANNOTATIONS)
    return name, with_line(lines, index, lines[index][:-2] + b"\xe9" + lines[index][-2:])


@mutates("E112")
def byte_order_mark(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, _, _ = some_line(draw, tables)
    return name, b"\xef\xbb\xbf" + tables[name]


@mutates("E113")
def carriage_return(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables)
    return name, with_line(lines, index, lines[index] + b"\r")


@mutates("E114")
def nul(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables, *ANNOTATIONS)
    at = draw.randrange(len(lines[index]))
    return name, with_line(lines, index, lines[index][:at] + b"\0" + lines[index][at:])


@mutates("E115")
def blank_line(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables)
    return name, with_line(lines, index, draw.choice([b"", b" ", b"\t"]), lines[index])


@mutates("E117 E118 E121")
def truncated_line(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables, *ANNOTATIONS)
    end = draw.randrange(1, len(lines[index]))
    while True:
        try:
            lines[index][:end].decode()
            break
        except UnicodeDecodeError:
            end -= 1
    return name, with_line(lines, index, lines[index][:end])


@mutates("E123")
def lost_line_feed(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, _, _ = some_line(draw, tables)
    return name, tables[name][:-1]


@mutates(
    " ".join(sorted(f"E{n}" for n in (*range(101, 125), *range(201, 208))))
    + f" {ANCHORS} E311 E312 E313 E314 E331 E332 E333 E334 E335 E336 E337 E404"
    + f" {GUIDELINES} {ADVICE}",
    silent=True,
)
def any_byte(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, _, _ = some_line(draw, tables)
    data = bytearray(tables[name])
    data[draw.randrange(len(data))] = draw.randrange(256)
    return name, bytes(data)


@mutates(f"E311 E415 E424 E401 {ADVICE}")
def doubled_line(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables)
    return name, with_line(lines, index, lines[index], lines[index])


@mutates(f"E312 E314 E403 {ADVICE}", silent=True)
def lost_line(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables, *ANNOTATIONS)
    return name, with_line(lines, index)


@mutates("E117")
def merge_conflict(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables, *ANNOTATIONS)
    return name, with_line(lines, index, b"<<<<<<< ours", lines[index])


@mutates("E117")
def two_records_on_a_line(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables, *ANNOTATIONS)
    comma = draw.choice([b"", b",", b" "])
    return name, with_line(lines, index, lines[index] + comma + lines[index])


# JSON


def some_record(draw: Draw, tables: Tables, *names: str) -> tuple[str, list[bytes], int, Json]:
    name, lines, index = some_line(draw, tables, *(names or ANNOTATIONS))
    return name, lines, index, orjson.loads(lines[index])


def written(name: str, lines: list[bytes], index: int, record: Json) -> tuple[str, bytes]:
    ordered = {key: record[key] for key in schema.fields(name) if key in record}
    rest = {key: value for key, value in record.items() if key not in ordered}
    return name, with_line(lines, index, orjson.dumps({**ordered, **rest}))


@mutates("E118")
def not_an_object(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables, *ANNOTATIONS)
    return name, with_line(lines, index, draw.choice([b"[]", b'"x"', b"12", b"null", b"true"]))


@mutates("E119")
def doubled_key(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables)
    key = draw.choice(list(record))
    pair = orjson.dumps({key: record[key]})[1:-1]
    return name, with_line(lines, index, lines[index][:-1] + b"," + pair + b"}")


@mutates("E120")
def not_a_number(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables, "mentions")
    word = draw.choice([b"NaN", b"Infinity", b"-Infinity"])
    old = b'"start":%d' % record["start"]
    return name, with_line(lines, index, lines[index].replace(old, b'"start":' + word, 1))


@mutates("E121 E206 E203")
def odd_number(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables, "mentions")
    start = record["start"]
    word = draw.choice(
        [f"{start}.0", f"{start}e0", "1" * 30, "9" * 5000, "-1", "1e400", "2147483648"]
    )
    old = b'"start":%d,' % start
    new = b'"start":' + word.encode() + b","
    return name, with_line(lines, index, lines[index].replace(old, new, 1))


@mutates("E122")
def deep_nesting(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables, *ANNOTATIONS)
    depth = draw.choice([33, 100, 5000, 100_000])
    value = b"[" * depth + b"]" * depth
    return name, with_line(lines, index, lines[index][:-1] + b',"note":' + value + b"}")


@mutates("E117 E119")
def lone_surrogate(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index = some_line(draw, tables, *ANNOTATIONS)
    note = draw.choice([b"\\ud800", b"x\\udfffy", b"\\udc00\\ud800"])
    return name, with_line(lines, index, lines[index][:-1] + b',"note":"' + note + b'"}')


@mutates("", silent=True)
def odd_characters_in_a_note(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables)
    if "note" in record:
        raise NotHereError
    note = draw.choice(["\u2028", "a\u0085b", "👩‍🚒", "\x00\x1f", "\u202eabc", "\r\n"])
    return written(name, lines, index, {**record, "note": note})


@mutates("E124")
def spaces(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables, *TABLES)
    loose = json.dumps(record, ensure_ascii=draw.random() < 0.5).encode()
    return name, with_line(lines, index, loose)


@mutates("E207")
def keys_out_of_order(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables, *TABLES)
    return name, with_line(lines, index, orjson.dumps(dict(reversed(record.items()))))


# Schema


@mutates("E201")
def lost_field(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables)
    key = draw.choice(schema.table_schema(name)["required"])
    return written(name, lines, index, {k: v for k, v in record.items() if k != key})


@mutates("E202")
def unknown_field(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables)
    return written(name, lines, index, {**record, draw.choice(["speaker", "x", "", "é"]): "x"})


@mutates("E203")
def wrong_type(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables)
    key = draw.choice(list(record))
    odd = [value for value in (None, True, {}, {"a": 1}) if type(value) is not type(record[key])]
    return written(name, lines, index, {**record, key: draw.choice(odd)})


@mutates("E204")
def unknown_label(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables)
    declared = schema.table_schema(name)["properties"]
    keys = [key for key in record if "enum" in declared[key]]
    key = draw.choice(keys)
    return written(name, lines, index, {**record, key: record[key].title() + "s"})


@mutates("E205")
def misshapen_id(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables)
    odd = draw.choice(["M-0000", "m_0000", " x", "x\n", "a--b", "-", "É"])
    return written(name, lines, index, {**record, "id": odd})


@mutates("E206")
def empty_value(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables)
    empty: list[tuple[str, Any]] = [("note", "")]
    key, value = draw.choice([*empty, ("content", [])] if "content" in record else empty)
    return written(name, lines, index, {**record, key: value})


# References and offsets


@mutates("E312 E313")
def dangling(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables)
    fields = [key for key in schema.references(name) if record.get(key)]
    if not fields:
        raise NotHereError
    key = draw.choice(fields)
    target = schema.references(name)[key]
    odd = {"mentions": "m-zzzz9", "quotes": "q-zzzz9", "actors": "nobody-at-all"}[target]
    value = [odd, *record[key][1:]] if isinstance(record[key], list) else odd
    return written(name, lines, index, {**record, key: value})


@mutates("E314")
def another_document(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables)
    return written(name, lines, index, {**record, "doc": "somewhere-else"})


@mutates("E414 E413")
def within_itself(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables, "quotes")
    return written(name, lines, index, {**record, "within": record["id"]})


def some_span(draw: Draw, tables: Tables) -> tuple[str, list[bytes], int, Json, Json]:
    """A record and one of its spans, which is part of it."""
    name, lines, index, record = some_record(draw, tables, "mentions", "quotes", "claims")
    record = copy.deepcopy(record)
    lists = [record[key] for key in ("cue", "content") if record.get(key)]
    return name, lines, index, record, draw.choice(draw.choice(lists)) if lists else record


@mutates("E303 E301 E302")
def moved(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record, span = some_span(draw, tables)
    text = orjson.loads(tables["documents"].split(b"\n")[0])["text"]
    by = draw.choice([-7, -2, -1, 1, 2, 3, 50, 100_000])
    span["start"], span["end"] = max(0, span["start"] + by), max(0, span["end"] + by)
    if text[span["start"] : span["end"]] == span["exact"]:
        raise NotHereError
    return written(name, lines, index, record)


@mutates("E301")
def exchanged(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record, span = some_span(draw, tables)
    span["start"], span["end"] = span["end"], span["start"]
    return written(name, lines, index, record)


@mutates("E303")
def misquoted(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record, span = some_span(draw, tables)
    span["exact"] = span["exact"][:-1] + ("x" if span["exact"][-1] != "x" else "y")
    return written(name, lines, index, record)


@mutates(f"{ANCHORS} {GUIDELINES} {ADVICE}", silent=True)
def wrong_edge(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record, span = some_span(draw, tables)
    text = orjson.loads(tables["documents"].split(b"\n")[0])["text"]
    span[draw.choice(["start", "end"])] += draw.choice([-2, -1, 1, 2])
    if not 0 <= span["start"] < span["end"] <= len(text):
        raise NotHereError
    span["exact"] = text[span["start"] : span["end"]]
    return written(name, lines, index, record)


@mutates("E404")
def unknown_country(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables, "actors")
    return written(name, lines, index, {**record, "country": draw.choice(["UKK", "EUR", "ZZZ"])})


@mutates(f"E403 E412 E401 {ADVICE}", silent=True)
def another_actor(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables, "mentions")
    actors = [orjson.loads(line)["id"] for line in tables["actors"].split(b"\n")[:-1]]
    return written(name, lines, index, {**record, "actor": draw.choice(actors)})


@mutates(f"E421 E422 E423 {ADVICE}", silent=True)
def another_carrier(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables, "claims")
    quotes = [orjson.loads(line)["id"] for line in tables["quotes"].split(b"\n")[:-1]]
    return written(name, lines, index, {**record, "quote": draw.choice(quotes)})


@mutates(f"E411 {ADVICE}", silent=True)
def another_form(draw: Draw, tables: Tables) -> tuple[str, bytes]:
    name, lines, index, record = some_record(draw, tables, "quotes")
    forms = [form for form in schema.labels("quotes", "form") if form != record["form"]]
    return written(name, lines, index, {**record, "form": draw.choice(forms)})


# Running


def bundles() -> list[tuple[str, Tables]]:
    """Every sound bundle there is: name and tables."""
    folders = [*sorted((ROOT / "corpus").glob("*/*/")), ROOT / "tests" / "data" / "sound"]
    whole = [folder for folder in folders if (folder / "documents.jsonl").is_file()]
    return [
        (folder.name, {t: (folder / f"{t}.jsonl").read_bytes() for t in TABLES}) for folder in whole
    ]


def run(number: int, seed: int, folder: Path) -> Iterator[tuple[str, str]]:
    """Operator and fault of every mutant that was answered wrongly, of `number` mutants."""
    draw = random.Random(seed)
    corpus = Corpus(folder / "corpus")
    shutil.copytree(ROOT / "seeds", corpus.seeds)
    sound = bundles()
    known = {name: {p.code for p in _place(corpus, name, tables)} for name, tables in sound}
    names = sorted(MUTATIONS)
    for count in range(number):
        name, tables = draw.choice(sound)
        operator = names[count % len(names)]
        mutation = MUTATIONS[operator]
        try:
            table, data = mutation.operate(draw, tables)
        except NotHereError:
            continue
        place = _write(corpus, name, {**tables, table: data})
        fault = _answer(place, mutation, known[name], changed=data != tables[table])
        if fault:
            yield operator, f"{fault} in {name}/{table}"


def _place(corpus: Corpus, name: str, tables: Tables) -> Any:
    return check_bundle(_write(corpus, name, tables)).problems


def _write(corpus: Corpus, name: str, tables: Tables) -> Place:
    place = Place(corpus, "train", corpus.folder / "train" / _document(name))
    place.folder.mkdir(parents=True, exist_ok=True)
    for table, data in tables.items():
        (place.folder / f"{table}.jsonl").write_bytes(data)
    return place


def _document(name: str) -> str:
    return "harbour-strike" if name == "sound" else name


def _answer(place: Place, mutation: Mutation, known: set[str], *, changed: bool) -> str:
    """What is wrong with how a mutant was answered, empty if nothing."""
    before = _files(place)
    begun = time.perf_counter()
    try:
        codes = {problem.code for problem in check_bundle(place).problems} - known
        formatted = format_bundle(place, draw=random.Random(0).choice)
    except Exception as error:
        return f"raised {error!r}"
    if time.perf_counter() - begun > SLOWEST:
        return "took too long"
    if _files(place) != before:
        return "a file was changed"
    if codes - mutation.codes:
        return f"found {sorted(codes - mutation.codes)}"
    if changed and not codes and not mutation.silent:
        return "found nothing"
    write_all(formatted.files)
    again = format_bundle(place, draw=random.Random(0).choice)
    return "formatting again changed it" if again.files else ""


def _files(place: Place) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.folder.iterdir()}


def main() -> int:
    """Run as many mutants as asked for and print what was answered wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.perf_counter()
    faults: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for operator, fault in run(options.number, options.seed, Path(folder)):
            faults[operator] += 1
            if faults[operator] <= 5:
                print(f"{operator}: {fault}", flush=True)
    took = time.perf_counter() - begun
    print(
        f"{options.number} mutants, {len(MUTATIONS)} operators, {took:.0f} s:"
        f" {faults.total()} answered wrongly"
    )
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
