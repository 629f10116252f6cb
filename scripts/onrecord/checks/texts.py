"""Level 3, documents: the text, its seed and its sections."""

import re
import unicodedata
from collections.abc import Iterator

from ..model import Document
from ..normal import article_text, composed
from ..paths import Place
from ..store import digest, read_seed
from .rule import Draft, Finding, Rows, Rule, check


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

    form = True


class E334(Rule):
    """Sections cover all of the text but white space.

    Reason: text outside every section would be missing from views by section.

    Usual cause: a paragraph was added, or a section forgotten.

    Cure: add a section or move an edge.
    """

    form = True


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

    form = True


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@check(E331, E332, E333, E334, E335, E337)
def texts(draft: Draft) -> Iterator[Finding]:
    """The document by itself."""
    if draft.document is not None:
        yield from _text(draft.line, draft.text)
        yield from _sections(draft.line, draft.document)
        if draft.document.seed is not None:
            yield from _seed(draft.place, draft.line, draft.document)


def bundle_name(place: Place, documents: Rows[Document]) -> Iterator[Finding]:
    """The name of a bundle that holds one document."""
    if len(documents.records) == 1:
        found = documents.records[0].id
        if found != place.name:
            message = f"{found!r} in a bundle named {place.name!r}"
            yield E336.at("documents", documents.numbers[0], message, pointer="/id")


def _text(number: int, text: str) -> Iterator[Finding]:
    if not unicodedata.is_normalized("NFC", text):
        normal = composed(text)
        at = next((i for i, (a, b) in enumerate(zip(text, normal, strict=False)) if a != b), 0)
        yield E331.at("documents", number, f"not NFC at offset {at}", pointer="/text")
    elif found := _CONTROL.search(text):
        message = f"control character U+{ord(found[0]):04X} at offset {found.start()}"
        yield E332.at("documents", number, message, pointer="/text")


def _sections(number: int, document: Document) -> Iterator[Finding]:
    text = document.text
    before = 0
    uncovered = []
    for index, section in enumerate(document.sections):
        start, end = section.start, section.end
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


def _seed(place: Place, number: int, document: Document) -> Iterator[Finding]:
    source = read_seed(place.corpus, document.id)
    name = f"seeds/{document.id}.txt"
    if source is None:
        yield E337.at("documents", number, f"{name} is missing", pointer="/seed")
    elif digest(source) != document.seed:
        message = f"{name} has another hash, {digest(source)}"
        yield E337.at("documents", number, message, pointer="/seed")
    elif (expected := _expected(source)) != document.text:
        message = f"differs from {name} at offset {_difference(document.text, expected)}"
        yield E335.at("documents", number, message, pointer="/text")


def _expected(source: bytes) -> str:
    try:
        return article_text(source)
    except UnicodeDecodeError:
        return ""


def _difference(text: str, expected: str) -> int:
    pairs = enumerate(zip(text, expected, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(text), len(expected)))
