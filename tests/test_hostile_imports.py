"""Sources that mean harm, read by the command itself: told in a line, and nothing is changed."""

import gzip
import io
import json
import os
import re
import shutil
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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

    def refused(self, format: str, files: Files, *more: str, **how: Any) -> Done:
        """Import into a new checkout: a few lines tell what is wrong, and all stays as it was."""
        folder = self.checkout()
        before = self._kept(folder)
        done = self.run(folder, format, files, *more, **how)
        told = f"{done}"[:3000]
        assert done.code in (1, 2), told
        assert self._kept(folder) == before, told
        assert done.err.startswith("onrecord: "), told
        assert done.code == 2 or re.match(r"\S.*: \w+ ", done.out), told
        return done

    def read(self, format: str, files: Files, *more: str, **how: Any) -> tuple[Done, Path]:
        """Import into a new checkout, which succeeds; the checkout too."""
        folder = self.checkout()
        done = self.run(folder, format, files, *more, **how)
        assert done.code == 0, f"{done}"[:3000]
        return done, folder

    def run(
        self, folder: Path, format: str, files: Files, *more: str, path: str = "source", **how: Any
    ) -> Done:
        """Import into a checkout; whatever comes of it, no fault of the command shows."""
        if files:
            sound.write(files, folder / "source")
        arguments = ["import", format, path, "--to", "corpus/train", *more]
        done = self._runner(Run(arguments, str(folder), **how))
        told = f"{done}"[:3000]
        assert done.code in (0, 1, 2), told
        assert "Traceback" not in done.err, told
        assert "a fault of onrecord" not in done.err, told
        assert len(done.out) + len(done.err) < 20_000, told
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


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_source_is_read(name: str, corpora: Corpora) -> None:
    corpora.read(name, sound.source(name))


@pytest.mark.parametrize("name", NAMES)
def test_bytes_that_are_no_source(name: str, corpora: Corpora) -> None:
    files = sound.source(name)
    changes = WRAPPED if name == "spacy" else {**WRAPPED, **SPOILT}
    for what, change in changes.items():
        if (name, what) not in SOUND:
            done = corpora.refused(name, first(files, change))
            assert "archive" in done.out or "zip" not in what or "gzip" in done.out
            assert what not in SPOILT or re.search(r":\d+:\d+: ", done.out)


@pytest.mark.parametrize("name", TEXTS)
def test_marks_of_byte_order_and_nul(name: str, corpora: Corpora) -> None:
    files = sound.source(name)
    corpora.read(name, first(files, b"\xef\xbb\xbf".__add__))
    for at in (b"", b" "):
        corpora.run(corpora.checkout(), name, first(files, middle(at + b"\0")))
    files |= {n: b"\xef\xbb\xbf" + data for n, data in files.items() if n.endswith(".txt")}
    corpora.run(corpora.checkout(), name, files)


@pytest.mark.parametrize("name", NAMES)
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
        assert done.seconds < 10


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("alone", [True, False], ids=["file", "folder"])
def test_what_is_no_plain_file(name: str, alone: bool, corpora: Corpora) -> None:
    files = sound.source(name)
    for kind in ("pipe", "folder", "out", "ring", "away"):
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
    format = "cas-xmi" if name == "types" else name
    with listening() as (port, met):
        for what, doctype in DOCTYPES.items():
            files = sound.source(format)
            if name == "types":
                files = {"TypeSystem.xml": files.pop("TypeSystem.xml"), **files}
            declared = f"<!DOCTYPE x {doctype.replace('{port}', str(port))}>"
            done, folder = with_declaration(corpora, format, files, declared)
            assert SECRET not in done.out + done.err + documents(folder), what
            assert done.code == 1 or name == "html" or what in ("dtd", "public"), (what, done)
            assert done.seconds < 5, what
    assert met == []


def with_declaration(
    corpora: Corpora, format: str, files: Files, declared: str
) -> tuple[Done, Path]:
    """Import with a document type, and `&x;` wherever there is text."""

    def change(data: bytes) -> bytes:
        text = re.sub(r"<!DOCTYPE.*?>", "", data.decode(), flags=re.DOTALL)
        head, mark, rest = text.rpartition("?>") if text.startswith("<?xml") else ("", "", text)
        end = rest.rindex("</")
        return f"{head}{mark}{declared}{rest[:end]}&x;{rest[end:]}".encode()

    folder = corpora.checkout()
    return corpora.run(folder, format, first(files, change)), folder


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
    deep: list[Callable[[bytes], bytes]]
    if name in JSON:
        deep = [
            lambda data: b"[" * DEEP,
            lambda data: b'{"a":' * DEEP + b"1" + b"}" * DEEP,
            lambda data: re.sub(
                rb": ?\[", b": " + b"[" * DEEP + b"]" * DEEP + b', "y": [', data, count=1
            ),
            lambda data: re.sub(
                rb": ?\[", b": " + b"[" * 900 + b"]" * 900 + b', "y": [', data, count=1
            ),
        ]
    else:
        deep = [
            lambda data: re.sub(
                rb"(<p>|<p |<cas:NULL)", b"<i>" * n + b"x" + b"</i>" * n + rb"\1", data, count=1
            )
            for n in (200, 1000, DEEP)
        ]
    for change in deep:
        done = corpora.run(corpora.checkout(), name, first(files, change))
        assert done.code == 0 or "deep" in done.out or "expected" in done.out
        assert done.seconds < 5


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
def test_offsets_in_json(name: str, corpora: Corpora) -> None:
    files = sound.source(name)
    (data, *_) = files.values()
    places = [match.span(2) for match in OFFSETS.finditer(data)]
    for start, end in [*places[:2], *places[-2:]]:
        for bad in BAD_OFFSETS:
            broken = first(files, lambda data: data[:start] + bad + data[end:])  # noqa: B023
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


@pytest.mark.parametrize("name", NAMES_OF_DOCUMENTS, ids=ascii)
def test_names_of_documents_lead_nowhere_else(name: str, corpora: Corpora) -> None:
    marked = {"text": "Ann left.", "entities": [], "relations": [], "id": name}
    tasks = [{"id": 1, "data": {"text": "Ann left.", "id": name}, "annotations": []}]
    item = {"uri": name, "type": "text", "headline": "Ann", "body_text": "Ann left."}
    foreign = {"documentName": name, "originalText": "Ann left.", "annotations": []}
    foreign |= {"sentences": [], "tokens": []}
    for format, files in {
        "doccano": {"a.jsonl": json.dumps(marked).encode()},
        "label-studio": {"a.json": json.dumps(tasks).encode()},
        "ninjs": {"a.json": json.dumps(item).encode()},
        "german-wikinews": {"a.json": json.dumps(foreign).encode()},
    }.items():
        folder = corpora.checkout()
        done = corpora.run(folder, format, files)
        assert done.code == 0
        assert {path.name for path in folder.parent.iterdir()} == {"checkout", "stdout", "stderr"}
        assert {path.name for path in folder.iterdir()} == {"corpus", "seeds", "source"}
        for bundle in (folder / "corpus" / "train").iterdir():
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", bundle.name)
            assert len(bundle.name) <= 105


BAD_FILES = [
    "a\nb",
    "a\x1b[2Jb",
    "-rf",
    "con",
    "\u202eann",
    "x" * 200,
    "a b",
    "'",
    "a:1",
    "é",
    os.fsdecode(b"a\xff"),
]


@pytest.mark.parametrize("name", BAD_FILES, ids=ascii)
@pytest.mark.parametrize("format", NAMES)
def test_names_of_files(format: str, name: str, corpora: Corpora) -> None:
    files = sound.source(format)
    stem = Path(next(iter(files))).name.partition(".")[0]
    renamed = {
        str(Path(path).with_name(name + Path(path).name.removeprefix(stem)))
        if Path(path).name.startswith(stem) else path: data
        for path, data in files.items()
    }  # fmt: skip
    broken = first(renamed, lambda data: b"\xff" + data)
    for source in (renamed, broken):
        done = corpora.run(corpora.checkout(), format, source, "--report", "told.json")
        assert done.code == int(source is broken)
        assert done.code == 0 or done.out.count("\n") == 1
