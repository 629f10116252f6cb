"""Level 3, documents: the text, its seed and its sections."""

import unicodedata
from collections.abc import Iterator

import regex

from ..normal import article_text
from ..schema import Json
from ..store import digest, read_seed
from .rule import Bundle, Finding, Rule, check


class E331(Rule):
    """A text is in Unicode normal form C.

    Reason: the same letter written in two ways has two lengths, and searches miss one of them.

    Usual cause: text copied from a PDF or a macOS file name, where accents are separate.

    Cure: normalise the source before annotating; `onrecord` never changes an annotated text.
    """


class E332(Rule):
    """A text holds no control characters but line feed and tab.

    Reason: they are invisible, count as characters, and tools drop or change them.

    Usual cause: text copied from a terminal, a PDF or a word processor.

    Cure: remove them from the source before annotating.
    """


class E333(Rule):
    """Sections stand in order, do not overlap, and lie inside the text.

    Reason: every character belongs to one part of the article.

    Usual cause: an offset mistyped, or the text changed after the sections were written.

    Cure: correct the offsets; each section starts at or after the end of the one before.
    """


class E334(Rule):
    """Sections cover all of the text but white space.

    Reason: text outside every section would be missing from views by section.

    Usual cause: a paragraph was added, or a section forgotten.

    Cure: add a section or move an edge.
    """


class E335(Rule):
    """A text is its seed, normalised.

    Reason: the seed proves what was received; the text must not drift from it.

    Usual cause: the text was corrected in one place and not in the other.

    Cure: undo the change, or change text, seed and hash together.
    """


class E336(Rule):
    """A bundle with one document has its document's id as its name.

    Reason: people find a document by its folder.

    Usual cause: a folder was copied as a template and one of the two names was kept.

    Cure: rename the folder, or correct the id in all five files.
    """

    form = True


class E337(Rule):
    """The seed that a document names by hash is there and has that hash.

    Reason: without it nobody can tell what was received.

    Usual cause: the seed was not added to the commit, or changed by an editor.

    Cure: add `seeds/<id>.txt` as it was received; never edit it.
    """


_CONTROL = regex.compile(r"[\p{Cc}--[\n\t]]", flags=regex.VERSION1)


@check(E331, E332, E333, E334, E335, E336, E337)
def texts(bundle: Bundle) -> Iterator[Finding]:
    """Each document by itself, and the name of the bundle."""
    for number, document in bundle["documents"]:
        yield from _text(number, document["text"])
        yield from _sections(number, document)
        if "seed" in document:
            yield from _seed(bundle, number, document)
    yield from _name(bundle)


def _text(number: int, text: str) -> Iterator[Finding]:
    if not unicodedata.is_normalized("NFC", text):
        normal = unicodedata.normalize("NFC", text)
        at = next((i for i, (a, b) in enumerate(zip(text, normal, strict=False)) if a != b), 0)
        yield E331.at("documents", number, f"not NFC at offset {at}", pointer="/text")
    elif found := _CONTROL.search(text):
        message = f"control character U+{ord(found[0]):04X} at offset {found.start()}"
        yield E332.at("documents", number, message, pointer="/text")


def _sections(number: int, document: Json) -> Iterator[Finding]:
    text = document["text"]
    before = 0
    uncovered = []
    for index, section in enumerate(document["sections"]):
        start, end = section["start"], section["end"]
        if not before <= start < end <= len(text):
            message = f"section {start}-{end} after {before} in a text of {len(text)} characters"
            pointer = f"/sections/{index}"
            yield E333.at("documents", number, message, pointer=pointer)
            return
        uncovered.append((before, start))
        before = end
    for start, end in [*uncovered, (before, len(text))]:
        if text[start:end].strip():
            message = f"{text[start:end].strip()[:40]!r} at {start}-{end} is in no section"
            yield E334.at("documents", number, message, pointer="/sections")


def _seed(bundle: Bundle, number: int, document: Json) -> Iterator[Finding]:
    source = read_seed(bundle.place.corpus, document["id"])
    name = f"seeds/{document['id']}.txt"
    if source is None:
        yield E337.at("documents", number, f"{name} is missing", pointer="/seed")
    elif digest(source) != document["seed"]:
        message = f"{name} has another hash, {digest(source)}"
        yield E337.at("documents", number, message, pointer="/seed")
    elif (expected := _expected(source)) != document["text"]:
        message = f"differs from {name} at offset {_difference(document['text'], expected)}"
        yield E335.at("documents", number, message, pointer="/text")


def _expected(source: bytes) -> str:
    try:
        return article_text(source)
    except UnicodeDecodeError:
        return ""


def _difference(text: str, expected: str) -> int:
    pairs = enumerate(zip(text, expected, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(text), len(expected)))


def _name(bundle: Bundle) -> Iterator[Finding]:
    rows = bundle["documents"]
    if len(bundle.known["documents"]) == 1 and len(rows.records) == 1:
        found = rows.records[0]["id"]
        if found != bundle.place.name:
            message = f"{found!r} in a bundle named {bundle.place.name!r}"
            yield E336.at("documents", rows.numbers[0], message, pointer="/id")
