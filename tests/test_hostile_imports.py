"""Sources that mean harm, read by the command itself: told in a line, and nothing is changed."""

import gzip
import io
import json
import os
import pickle
import re
import shutil
import socket
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord.importers import NAMES

from . import sound
from .conftest import DATA
from .runs import Done, Run, Runner

Files = dict[str, bytes]
Case = tuple[str, Files]
"""A name, and the files of the source, of which the first is read by itself if there are more."""
Tree = Callable[[Path], dict[str, str]]

XML = ("tei", "cas-xmi")
JSON = (
    "ninjs", "label-studio", "doccano", "cas-json", "web-annotation", "german-wikinews", "claimpt",
)  # fmt: skip
TEXTS = tuple(name for name in NAMES if name != "spacy")
SECRET = "root:x:0"
BRAT = "T1\tperson 0 3\tAnn\n"


def mostly_slow(values: Iterable[str], *always: str) -> list[Any]:
    """Parameters, of which only some are for every run."""
    return [v if v in always else pytest.param(v, marks=pytest.mark.slow) for v in values]


class Corpora:
    """Checkouts with one bundle and one seed each, and the imports into them."""

    def __init__(self, folder: Path, tree: Tree, runner: Runner) -> None:
        self._folder = folder
        self._tree = tree
        self._runner = runner
        self._count = 0

    def checkout(self) -> Path:
        """A new one."""
        self._count += 1
        folder = self._folder / str(self._count) / "checkout"
        shutil.copytree(DATA / "sound", folder / "corpus" / "train" / "harbour-strike")
        sound.write({"seeds/harbour-strike.txt": b"old"}, folder)
        return folder

    def refused(self, way: str, files: Files, *more: str, **how: Any) -> Done:
        """Import into a new checkout: a few lines tell what is wrong, and all stays as it was."""
        folder = self.checkout()
        before = self._kept(folder)
        done = self.run(folder, way, files, *more, **how)
        told = f"{done}"[:3000]
        assert done.code in (1, 2), told
        assert self._kept(folder) == before, told
        assert done.err.startswith("onrecord: "), told
        assert done.code == 2 or re.match(r"\S.*: \w+ ", done.out), told
        return done

    def read(self, way: str, files: Files, *more: str, **how: Any) -> tuple[Done, Path]:
        """Import into a new checkout, which succeeds; the checkout too."""
        folder = self.checkout()
        done = self.run(folder, way, files, *more, **how)
        assert done.code == 0, f"{done}"[:3000]
        return done, folder

    def run(
        self, folder: Path, way: str, files: Files, *more: str, path: str = "source", **how: Any
    ) -> Done:
        """Import into a checkout; whatever comes of it, no fault of the command shows."""
        if files:
            sound.write(files, folder / "source")
        arguments = ["import", way, path, "--to", "corpus/train", *more]
        done = self._runner(Run(arguments, str(folder), **how))
        told = f"{done}"[:3000]
        assert done.code in (0, 1, 2), told
        assert "Traceback" not in done.err, told
        assert "a fault of onrecord" not in done.err, told
        assert len(done.err) < 20_000, told
        assert done.code == 0 or len(done.out) < 20_000, told
        assert not set("\x1b\x07\x08") & set(done.out + done.err), told
        assert not list(folder.rglob(".onrecord-*")), told
        return done

    def _kept(self, folder: Path) -> dict[str, str]:
        return self._tree(folder / "corpus") | self._tree(folder / "seeds")


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with Runner() as runner:
        yield runner


@pytest.fixture
def corpora(tmp_path: Path, tree: Tree, runner: Runner) -> Corpora:
    return Corpora(tmp_path, tree, runner)


def first(files: Files, change: Callable[[bytes], bytes]) -> Files:
    """The same with the first file changed."""
    name = next(iter(files))
    return {**files, name: change(files[name])}


def zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


def put(at: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """A change of the first place where a pattern is found."""
    return lambda data: re.sub(at, new, data, count=1)


def middle(inserted: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data[: len(data) // 2] + inserted + data[len(data) // 2 :]


# Bytes


WRAPPED: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda data: b"",
    "zip": lambda data: zipped("a", data),
    "zip that leads out": lambda data: zipped("../../corpus/train/out/documents.jsonl", data),
    "gzip": gzip.compress,
}
SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "Latin 1": middle(b"\xe9"),
    "half of a surrogate pair": middle(b"\xed\xa0\x80"),
    "cut": middle(b"\xf0\x9f"),
}


SOUND = {
    ("html", "UTF-16"), ("tei", "UTF-16"), ("cas-xmi", "UTF-16"), ("brat", "nothing"),
    ("litbank", "nothing"), ("claimpt", "nothing"),
}  # fmt: skip
"""Where what is spoilt elsewhere says the same as before, or that nothing is annotated."""


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_sound_source_is_read(name: str, corpora: Corpora) -> None:
    corpora.read(name, sound.source(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_bytes_that_are_no_source(name: str, corpora: Corpora) -> None:
    files = sound.source(name)
    changes = WRAPPED if name == "spacy" else WRAPPED | SPOILT
    for what, change in changes.items():
        if (name, what) not in SOUND:
            done = corpora.refused(name, first(files, change))
            assert "archive" in done.out or "zip" not in what or "gzip" in done.out
            assert what not in SPOILT or re.search(r":\d+:\d+: ", done.out)


@pytest.mark.parametrize("name", mostly_slow(TEXTS, "text", "brat", "tei", "webanno-tsv"))
def test_marks_of_byte_order_and_nul(name: str, corpora: Corpora) -> None:
    files = sound.source(name)
    corpora.read(name, first(files, b"\xef\xbb\xbf".__add__))
    corpora.run(corpora.checkout(), name, first(files, middle(b"\0")))
    files |= {n: b"\xef\xbb\xbf" + data for n, data in files.items() if n.endswith(".txt")}
    corpora.run(corpora.checkout(), name, files)


@pytest.mark.parametrize("name", mostly_slow(NAMES, *set(NAMES) - {"doccano", "claimpt"}))
def test_files_of_a_gigabyte_in_one_line(name: str, corpora: Corpora) -> None:
    """They have holes, so that they take no room on the disk."""
    files, folder = sound.source(name), corpora.checkout()
    for number, file in enumerate(file for file in files if not file.endswith((".conf", "g.xml"))):
        sound.write(files, folder / str(number))
        with (folder / str(number) / file).open("wb") as hole:
            hole.truncate(2**30)
        done = corpora.run(folder, name, {}, path=str(number))
        assert done.code == 1
        assert "expected at most" in done.out or "more than" in done.out


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "alone", [pytest.param(True, marks=pytest.mark.slow), False], ids=["file", "folder"]
)
def test_what_is_no_plain_file(name: str, alone: bool, corpora: Corpora) -> None:
    files = sound.source(name)
    for kind in ("pipe", "out", "folder", "ring", "away")[: 5 if alone else 3]:
        folder = corpora.checkout()
        path = sound.write(files, folder / "source")
        path.rename(folder / "outside")
        match kind:
            case "pipe":
                os.mkfifo(path)
            case "folder":
                path.mkdir()
            case "out":
                path.symlink_to(folder / "outside")
            case "ring":
                path.symlink_to(path)
            case "away":
                path.symlink_to("/nonexistent")
        given = str(path.relative_to(folder)) if alone else "source"
        done = corpora.run(folder, name, {}, path=given)
        if done.code == 0:
            # A link that the user names is followed; without annotations there still is a text.
            assert (kind == "out" and alone) or name in ("brat", "litbank", "claimpt"), done


# XML and HTML


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """A port, and who has connected to it."""
    met: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.01)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    met.append(str(server.accept()[1]))
                except TimeoutError:
                    continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1], met
        finally:
            stop.set()
            thread.join()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
DOCTYPES = {
    "laughs": f'[<!ENTITY l0 "lol">{LAUGHS}<!ENTITY x "&l11;">]',
    "quadratic": f'[<!ENTITY a "{"a" * 100_000}"><!ENTITY x "{"&a;" * 10_000}">]',
    "file": '[<!ENTITY x SYSTEM "file:///etc/passwd">]',
    "parameter": '[<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY x "y">]',
    "net": '[<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">]',
    "dtd": 'SYSTEM "http://127.0.0.1:{port}/x.dtd"',
    "public": 'PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://127.0.0.1:{port}/x.dtd"',
    "recursive": '[<!ENTITY x "&y;"><!ENTITY y "&x;">]',
    "attribute": '[<!ATTLIST p x CDATA "&e;"><!ENTITY e SYSTEM "file:///etc/passwd">]',
}
INCLUDED = (
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text"'
    ' href="file:///etc/passwd"/>'
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://127.0.0.1:{port}/x"/>'
    '<?xml-stylesheet href="http://127.0.0.1:{port}/x.xsl" type="text/xsl"?>'
)
HOLDERS = {"tei": "<body", "cas-xmi": "<xmi:XMI", "html": "<body"}


def documents(folder: Path) -> str:
    """All that lies in the corpus and the seeds after an import."""
    files = (path for top in ("corpus", "seeds") for path in (folder / top).rglob("*"))
    return "".join(path.read_text() for path in files if path.is_file())


@pytest.mark.parametrize("name", [*HOLDERS, "types"])
def test_nothing_is_fetched_or_unfolded(name: str, corpora: Corpora) -> None:
    way = "cas-xmi" if name == "types" else name
    with listening() as (port, met):
        for what, doctype in DOCTYPES.items():
            files = sound.source(way)
            if name == "types":
                files = {"TypeSystem.xml": files.pop("TypeSystem.xml"), **files}
            declared = f"<!DOCTYPE x {doctype.replace('{port}', str(port))}>"
            done, folder = with_declaration(corpora, way, files, declared)
            assert SECRET not in done.out + done.err + documents(folder), what
            assert done.code == 1 or name == "html" or what in ("dtd", "public"), (what, done)
    assert met == []


def with_declaration(corpora: Corpora, way: str, files: Files, declared: str) -> tuple[Done, Path]:
    """Import with a document type, and `&x;` wherever there is text."""

    def change(data: bytes) -> bytes:
        text = re.sub(r"<!DOCTYPE.*?>", "", data.decode(), flags=re.DOTALL)
        head, mark, rest = text.rpartition("?>") if text.startswith("<?xml") else ("", "", text)
        end = rest.rindex("</")
        return f"{head}{mark}{declared}{rest[:end]}&x;{rest[end:]}".encode()

    folder = corpora.checkout()
    return corpora.run(folder, way, first(files, change)), folder


@pytest.mark.parametrize("name", HOLDERS)
def test_nothing_is_included(name: str, corpora: Corpora) -> None:
    with listening() as (port, met):
        words = INCLUDED.replace("{port}", str(port))
        change = re.compile(rf"({HOLDERS[name]}[^>]*>)").sub

        def added(data: bytes) -> bytes:
            return change(lambda match: match[1] + words, data.decode()).encode()

        folder = corpora.checkout()
        done = corpora.run(folder, name, first(sound.source(name), added))
        assert SECRET not in done.out + done.err + documents(folder)
    assert met == []


DEEP = 100_000


@pytest.mark.parametrize("name", [*XML, "html", *JSON])
def test_deep_nesting(name: str, corpora: Corpora) -> None:
    files = sound.source(name)
    if name in JSON:
        at, deep = rb": ?\[", [b"[" * n + b"]" * n + b', "y": [' for n in (900, DEEP)]
        changes = [put(at, b": " + n) for n in deep]
        changes += [lambda data: b"[" * DEEP, lambda data: b'{"a":' * DEEP + b"1" + b"}" * DEEP]
    else:
        at, deep = rb"(<p>|<p |<cas:NULL)", [b"<i>" * n + b"x" + b"</i>" * n for n in (200, DEEP)]
        changes = [put(at, n + rb"\1") for n in deep]
    for change in changes:
        done = corpora.run(corpora.checkout(), name, first(files, change))
        assert done.code == 0 or re.search("deep|depth|expected|E3", done.out)


# Offsets


OFFSETS = re.compile(
    rb'("(?:start|end|start_offset|end_offset|begin|charBegin|charEnd|begin_character|'
    rb'end_character)":\s*)(\d+)'
)
BAD_OFFSETS = [
    b"-1", b"9223372036854775808", b"1" + b"0" * 400, b"1e999", b"1.5", b'"3"', b"null", b"NaN",
    b"[]", b"{}", b'"\\u0000"', b"-0.0", b"999999",
]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in JSON if name != "ninjs"])
@pytest.mark.parametrize("much", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_offsets_in_json(name: str, much: bool, corpora: Corpora) -> None:
    files = sound.source(name)
    (data, *_) = files.values()
    places = [match.span(2) for match in OFFSETS.finditer(data)]
    chosen = [places[0], places[1], places[-2], places[-1]] if much else places[-1:]
    for (start, end), bad in product(chosen, BAD_OFFSETS if much else BAD_OFFSETS[:6]):
        broken = {**files, next(iter(files)): data[:start] + bad + data[end:]}
        done = corpora.run(corpora.checkout(), name, broken)
        # Offsets of sections may be lost, those of what is kept beside are not believed.
        assert done.code == 1 or name in ("label-studio", "doccano", "cas-json"), bad


@pytest.mark.parametrize("name", ["brat", "litbank"])
def test_offsets_in_lines_of_brat(name: str, corpora: Corpora) -> None:
    files = sound.source(name)
    for place in (
        "-1 3", "0 99999999999999999999999", "3 0", "0 0", "0 1.5", "NaN 3", "0x0 3", "٠ ٣", "+0 3",
        "0 " + "9" * 5000, "0 3" + ";4 5" * 50_000, "1e0 3", "0 3;5", "0 3;2 4",
    ):  # fmt: skip
        line = f"T1\tperson {place}\tAnn\n".encode()
        done = corpora.run(corpora.checkout(), name, first(files, lambda _: line))  # noqa: B023
        # LitBank has no person, which is the name of a cluster there, without mention.
        assert done.code == 1 or (name == "litbank" and ";" in place), place[:80]


@pytest.mark.parametrize("name", ["webanno-tsv", "gum"])
def test_offsets_in_tsv(name: str, corpora: Corpora) -> None:
    files = sound.source(name)
    for place in ("-1-3", f"0-{2**70}", "3-0", "0-1.5", "NaN-3", "0-" + "9" * 5000, "٠-٣", "0"):
        cell = f"\t{place}\t".encode()
        corpora.refused(name, first(files, lambda data: data.replace(b"\t0-3\t", cell)))  # noqa: B023


def test_offsets_in_xmi(corpora: Corpora) -> None:
    files = sound.source("cas-xmi")
    for name in (b"begin", b"end"):
        for place in (b"-1", b"9" * 25, b"1.5", b"NaN", b"", b"9" * 5000, b"0x1"):
            new = b' %b="%b"' % (name, place)
            broken = first(files, lambda data: re.sub(b' %b="[1-9]+"' % name, new, data))  # noqa: B023
            corpora.refused("cas-xmi", broken)


# Names


NAMES_OF_DOCUMENTS = [
    "../../../out",
    "/abs",
    "a\x00b",
    "a\nb",
    "x" * 10_000,
    "train",
    "documents.jsonl",
    ".git",
    "-rf",
    "con",
    "\u202etxt.exe",
    "~",
    "$(id)",
    "%2e%2e",
    "..",
    ".",
    "",
    " ",
    "corpus/../../x",
    "\ud83d\udc69",
    "NUL",
]


@pytest.mark.parametrize(
    "name", mostly_slow(NAMES_OF_DOCUMENTS, "../../../out", "a\x00b", ".git"), ids=ascii
)
def test_names_of_documents_lead_nowhere_else(name: str, corpora: Corpora) -> None:
    marked = {"text": "Ann left.", "entities": [], "relations": [], "id": name}
    tasks = [{"id": 1, "data": {"text": "Ann left.", "id": name}, "annotations": []}]
    item = {"uri": name, "type": "text", "headline": "Ann", "body_text": "Ann left."}
    foreign = {"documentName": name, "originalText": "Ann left.", "annotations": []}
    foreign |= {"sentences": [], "tokens": []}
    for way, files in {
        "doccano": {"a.jsonl": json.dumps(marked).encode()},
        "label-studio": {"a.json": json.dumps(tasks).encode()},
        "ninjs": {"a.json": json.dumps(item).encode()},
        "german-wikinews": {"a.json": json.dumps(foreign).encode()},
    }.items():
        folder = corpora.checkout()
        done = corpora.run(folder, way, files)
        assert done.code == 0
        assert {path.name for path in folder.parent.iterdir()} == {"checkout"}
        assert {path.name for path in folder.iterdir()} == {"corpus", "seeds", "source"}
        for bundle in (folder / "corpus" / "train").iterdir():
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", bundle.name)
            assert len(bundle.name) <= 105


WORST = os.fsdecode(b"a\x1b[2J\xff")
NAMES_OF_FILES = [WORST, "a\nb", "-rf", "con", "\u202eann", "x" * 200, "a b", "'", "a:1", "é"]


@pytest.mark.slow
@pytest.mark.parametrize("name", mostly_slow(NAMES_OF_FILES, WORST), ids=ascii)
@pytest.mark.parametrize("way", NAMES)
def test_names_of_files(way: str, name: str, corpora: Corpora) -> None:
    files = sound.source(way)
    stem = Path(next(iter(files))).name.partition(".")[0]
    renamed = {
        str(Path(path).with_name(name + Path(path).name.removeprefix(stem)))
        if Path(path).name.startswith(stem) else path: data
        for path, data in files.items()
    }  # fmt: skip
    broken = first(renamed, lambda data: b"\xff" + data)
    for source in (renamed, broken):
        done = corpora.run(corpora.checkout(), way, source, "--report", "told.json")
        assert done.code == int(source is broken)
        assert done.code == 0 or done.out.count("\n") == 1


# Files of spaCy


class Told:
    """What says so if anybody unpickles it."""

    def __reduce__(self) -> Any:
        return os.system, ("touch told",)


def test_nothing_of_spacy_is_unfolded_or_run(corpora: Corpora) -> None:
    bomb = zlib.compress(bytes(600 * 2**20), 1)
    nested = zlib.compress(msgspec.msgpack.encode({"attrs": [], "tokens": bytes(2**20)}))
    for data in (bomb, nested, pickle.dumps(Told()), zlib.compress(pickle.dumps(Told()))):
        done = corpora.refused("spacy", {"a.spacy": data})
        assert done.memory < 1000
    strings = {"a": b"1", "user_data": [pickle.dumps(Told())]}
    done = corpora.refused("spacy", {"a.spacy": zlib.compress(msgspec.msgpack.encode(strings))})


# Graphs


def doccano(text: str, entities: list[Any], relations: list[Any] | None = None) -> Files:
    """A document of doccano."""
    row = {"id": 1, "text": text, "entities": entities, "relations": relations or []}
    return {"a.jsonl": json.dumps(row, ensure_ascii=False).encode()}


def entity(number: int, label: str, start: int, end: int) -> dict[str, Any]:
    return {"id": number, "label": label, "start_offset": start, "end_offset": end}


def relation(number: int, one: int, other: int, kind: str) -> dict[str, Any]:
    return {"id": number, "from_id": one, "to_id": other, "type": kind}


SAID = "Ann said that Bob said that he left."
MARKED = [
    entity(0, "person", 0, 3), entity(1, "quote", 9, 35), entity(2, "quote", 23, 35),
    entity(3, "claim", 28, 35), entity(4, "cue", 4, 8),
]  # fmt: skip


@pytest.mark.parametrize(
    ("links", "code"),
    [
        ([(1, 2, "within"), (2, 1, "within")], 0),
        ([(1, 1, "within")], 0),
        ([(1, 1, "speaker"), (0, 0, "coreference"), (3, 3, "quote")], 0),
        ([(0, 1, "next"), (1, 0, "next")], 0),
        ([(1, 99, "speaker"), (99, 1, "speaker")], 0),
        ([(1, 0, "speaker")] * 500, 0),
        ([(3, 1, "quote"), (3, 2, "quote")], 0),
        ([(1, 3, "speaker"), (0, 0, "\x1b[2J"), (0, 0, "x" * 10**6), (0, 0, "a\nb")], 0),
    ],
)
def test_links_that_lead_in_a_ring_or_nowhere(
    links: list[tuple[int, int, str]], code: int, corpora: Corpora
) -> None:
    relations = [relation(n, *link) for n, link in enumerate(links)]
    done = corpora.run(corpora.checkout(), "doccano", doccano(SAID, MARKED, relations))
    assert done.code == code, done


def test_ids_like_ours_that_collide(corpora: Corpora) -> None:
    lines = (
        "T1\tperson 0 3\tAnn\nA1\tid T1 m-0002\nT2\tperson 14 17\tBob\nA2\tid T2 m-0002\n"
        "T3\tperson 28 30\the\nA3\tid T3 q-0001\nT4\tquote 23 35\tthat he left\nA4\tid T4 q-0001\n"
        "T5\tquote 9 35\tthat Bob said that he left\nA5\tid T5 q-0001\n"
    )
    files = {"a.ann": lines.encode(), "a.txt": SAID.encode()}
    _, folder = corpora.read("brat", files)
    ids = {
        table: [
            json.loads(line)["id"]
            for line in (folder / f"corpus/train/a/{table}.jsonl").read_text().splitlines()
        ]
        for table in ("mentions", "quotes")
    }
    assert sorted(ids["mentions"]) == ["m-0001", "m-0002", "m-0003"]
    assert sorted(ids["quotes"]) == ["q-0001", "q-0002"]


TEXTS_OF_DOCUMENTS = {
    "empty": "", "spaces": " \n\t ", "controls": "\x01\x02\x7f\x9b", "none": "\ufffe\uffff",
    "mark": "\ufeff", "separators": "\u2028\u2029", "zero width": "\u200b\u200d",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS_OF_DOCUMENTS.values(), ids=TEXTS_OF_DOCUMENTS)
def test_texts_without_words(text: str, corpora: Corpora) -> None:
    for files in (doccano(text, []), doccano(text, [entity(1, "person", 0, len(text))])):
        corpora.run(corpora.checkout(), "doccano", files)
    for name, path in (("text", "a.txt"), ("brat", "a.txt")):
        corpora.run(corpora.checkout(), name, {path: text.encode()})
    item = {"uri": "a", "type": "text", "body_text": text}
    corpora.run(corpora.checkout(), "ninjs", {"a.json": json.dumps(item).encode()})


def test_two_documents_of_one_name(corpora: Corpora) -> None:
    both = {"a b.txt": b"One.", "A-B.txt": b"Two.", "a/b.txt": b"Three."}
    _, folder = corpora.read("text", both)
    assert {path.name for path in (folder / "corpus/train").iterdir()} == {
        "harbour-strike", "a-b", "a-b-2", "b",
    }  # fmt: skip
    same = b"".join(doccano(text, [])["a.jsonl"] + b"\n" for text in ("One.", "Two."))
    corpora.read("doccano", {"a.jsonl": same})
    twice = json.loads(doccano("One.", [])["a.jsonl"]) | {"id": "harbour-strike"}
    done = corpora.refused("doccano", {"a.jsonl": json.dumps(twice).encode()})
    assert "already" in done.err


# Much of everything


def lines_of_brat(count: int, text: str, label: str = "person") -> bytes:
    return b"".join(f"T{n}\t{label} 0 3\t{text[:3]}\n".encode() for n in range(count))


def brat(lines: bytes, text: str = SAID) -> Files:
    return {"a.ann": lines, "a.txt": text.encode()}


def marked() -> bytes:
    return b"T1\tperson 0 3\tAnn\nT2\tquote 23 35\tthat he left\n"


def different_labels() -> bytes:
    return b"".join(f"R{n}\tlabel{n} Arg1:T1 Arg2:T2\n".encode() for n in range(10**5))


def many_relations() -> list[Any]:
    return [relation(n, 1, 0, "speaker") for n in range(10**5)]


def many_parts() -> Files:
    text = "a " * 20_000
    parts = "".join(f"T{n}\tquote {2 * n} {2 * n + 1}\ta\n" for n in range(20_000))
    chain = "".join(f"R{n}\tnext Arg1:T{n} Arg2:T{n + 1}\n" for n in range(10_000, 19_999))
    heads = "".join(f"R{n}\tnext Arg1:T{n} Arg2:T10000\n" for n in range(10_000))
    return brat(f"{parts}{chain}{heads}".encode(), text)


def many_actors() -> Files:
    text = "A b " * 50_000
    lines = "".join(f"T{n}\tperson {4 * n} {4 * n + 1}\tA\n" for n in range(50_000))
    return brat(lines.encode(), text)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("a million on one span", lambda: brat(lines_of_brat(10**6, SAID, "animal"))),
        ("mentions on one span", lambda: brat(lines_of_brat(10**5, SAID))),
        ("relations", lambda: doccano(SAID, MARKED, many_relations())),
        ("relations of different labels", lambda: brat(marked() + different_labels())),
        ("parts that lead to one chain", many_parts),
        ("actors of one name", many_actors),
        ("marks in no order", lambda: brat(b"", "a" + "\u0301\u0316" * 10**5)),
        ("marks", lambda: brat(b"T1\tperson 0 1\ta\n", "a" + "\u0301" * 10**5)),
        ("a family", lambda: brat("T1\tperson 2 3\t👩\n".encode(), "\u200d".join("👩" * 10**6))),
        ("a word", lambda: brat(lines_of_brat(1000, "a" * 10**7), "a" * 10**7)),
        ("nested brackets", lambda: brat(b"", "(“‘" * 10**6)),
        ("blank lines", lambda: brat(b"", "a" + " \r\n" * 10**6 + "b")),
    ],
)  # fmt: skip
def test_much_of_one_thing(name: str, files: Callable[[], Files], corpora: Corpora) -> None:
    way = "doccano" if "a.jsonl" in files() else "brat"
    done = corpora.run(corpora.checkout(), way, files(), seconds=120)
    assert done.code == 0 or name in ("a family", "a word"), f"{done}"[:3000]
    assert done.memory < 2000


# The corpus and the disk


def test_what_the_user_keeps_in_a_bundle_is_not_lost(corpora: Corpora) -> None:
    files = {"a.txt": b"Ann left.", "a.ann": b""}
    for extra in ("notes.md", ".git/config", "claims.jsonl~"):
        _, folder = corpora.read("brat", files)
        sound.write({extra: b"mine"}, folder / "corpus/train/a")
        done = corpora.run(folder, "brat", files, "--replace")
        assert (done.code, "would be lost" in done.err) == (2, True)
        assert (folder / "corpus/train/a" / extra).read_bytes() == b"mine"


@pytest.mark.parametrize("linked", ["corpus", "corpus/train", "corpus/train/a", "seeds"])
def test_nothing_is_written_through_a_link(linked: str, corpora: Corpora) -> None:
    files = {"a.txt": b"Ann left."}
    for way in ("brat", "text"):
        folder = corpora.checkout()
        if linked.endswith("a"):
            shutil.copytree(DATA / "sound", folder / linked)
        (folder / linked).rename(folder / "real")
        (folder / linked).symlink_to(folder / "real")
        before = sorted(folder.rglob("*"))
        done = corpora.run(folder, way, files, "--replace")
        sources = sorted((folder / "source").rglob("*"))
        if not (linked == "seeds" and way == "brat"):
            assert done.code == 2
            assert sorted(folder.rglob("*")) == sorted({*before, *sources, folder / "source"})
            assert "is no folder" in done.err or way == "text"
        assert (folder / linked).is_symlink()


def test_a_full_disk(corpora: Corpora) -> None:
    for way in ("brat", "text"):
        files = {"a.txt": b"Ann left. " * 1000}
        for disk in (0, 100, 5000):
            done = corpora.refused(way, files, disk=disk)
            assert done.code == 2, done


def test_a_source_that_is_written_meanwhile(corpora: Corpora) -> None:
    folder = corpora.checkout()
    files = {f"{n}.txt": b"Ann left. %d" % n * 1000 for n in range(40)}
    sound.write(files, folder / "source")
    stop = threading.Event()

    def rewrite() -> None:
        while not stop.is_set():
            for name in files:
                (folder / "source" / name).write_bytes(b"Bob came. " * 700)

    thread = threading.Thread(target=rewrite)
    thread.start()
    try:
        done = corpora.run(folder, "brat", {})
    finally:
        stop.set()
        thread.join()
    bundles = [
        path for path in (folder / "corpus/train").iterdir() if path.name != "harbour-strike"
    ]
    assert len(bundles) == (len(files) if done.code == 0 else 0)
    for bundle in bundles:
        text = json.loads((bundle / "documents.jsonl").read_text())["text"]
        assert re.fullmatch(r"(Ann left\. \d+)+|(Bob came\. ?)+", text)


# The way out


@pytest.fixture
def kept(corpora: Corpora) -> Path:
    """A checkout, and what the user has in its folder `work`."""
    folder = corpora.checkout()
    sound.write({"work/file": b"mine", "work/other/harbour-strike.xml/deep": b"mine"}, folder)
    sound.write({"elsewhere": b"mine"}, folder)
    (folder / "work/linked").mkdir()
    (folder / "work/linked/harbour-strike.xml").symlink_to(folder / "elsewhere")
    (folder / "work/dangling").mkdir()
    (folder / "work/dangling/harbour-strike.xml").symlink_to(folder / "nowhere")
    (folder / "work/ring").symlink_to("ring")
    return folder


def export(runner: Runner, folder: Path, to: str, *more: str) -> Done:
    arguments = ["export", "tei", "corpus/train/harbour-strike", "--to", to, *more]
    done = runner(Run(arguments, str(folder)))
    assert "Traceback" not in done.err
    assert "a fault of onrecord" not in done.err
    assert not list(folder.rglob(".onrecord-*"))
    return done


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--replace",)], ids=["", "replace"])
@pytest.mark.parametrize(
    "to",
    [
        "corpus", "corpus/train", "corpus/train/new", "corpus/train/harbour-strike", "seeds",
        "work/../corpus/train/x", "work/file", "work/file/deeper", "work/other", "work/ring",
        "/proc/nothing", "corpus/validation",
    ],
)  # fmt: skip
def test_exports_write_over_nothing_else(
    to: str, more: tuple[str, ...], kept: Path, runner: Runner, tree: Tree
) -> None:
    before = tree(kept)
    done = export(runner, kept, to, *more)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), done
    assert tree(kept) == before
    assert not (kept / "corpus/train/new").exists()


@pytest.mark.parametrize("name", ["linked", "dangling"])
def test_exports_do_not_write_through_links(name: str, kept: Path, runner: Runner) -> None:
    path = kept / "work" / name / "harbour-strike.xml"
    assert export(runner, kept, f"work/{name}").code == 2
    assert path.is_symlink()
    assert export(runner, kept, f"work/{name}", "--replace").code == 0
    assert not path.is_symlink()
    assert (kept / "elsewhere").read_bytes() == b"mine"
    assert not (kept / "nowhere").exists()
