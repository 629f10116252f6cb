"""The documents of a file of spaCy that anyone may have made."""

import gc
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...sources import read, refused

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab

LARGEST = 512 * 2**20
"""Bytes of an unpacked file that are read at all."""

_READ = ("ORTH", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")
_DERIVED = ("NORM", "SPACY", "SENT_START")
"""What always has a value, or is found anew in the corpus."""

_CHUNK = 2**16

Unread = dict[str, int]
"""How many words of a document have each attribute that is not read."""


def documents(path: Path) -> "Iterator[tuple[Doc | Exception, Unread]]":
    """Each document of a file, or what spaCy raised for it, and what of it is not read.

    Only attributes that tell of entities are read: spaCy need not make sense of others, such as
    heads, that a file may have wrong.

    Raises:
        UncheckedError: the file cannot be read.
    """
    from spacy.vocab import Vocab

    found, vocab = _bin(path), Vocab()
    for number in range(len(found)):
        try:
            unread = _unread(found, number)
            with _calm():
                doc = _doc(found, number, vocab)
        # What spaCy raises for what a file has wrong is of many kinds.
        except Exception as error:
            yield error, {}
        else:
            yield doc, unread


def _bin(path: Path) -> "DocBin":
    from spacy.tokens import DocBin

    data = read(path)
    _check_size(path, data)
    try:
        with _calm():
            found = DocBin().from_bytes(data)
        found.attrs.index(_ids()["ORTH"])
        columns = (found.tokens, found.spaces, found.cats, found.flags, found.span_groups)
        if len(sizes := {len(column) for column in columns}) > 1:
            raise ValueError(f"{sorted(sizes)} documents")
    except Exception as error:
        told = " ".join(str(error).split())[:200]
        raise refused(path, 0, f"{told!r}, expected a DocBin of spaCy") from None
    return found


def _check_size(path: Path, data: bytes) -> None:
    """Refuse what is not zlib, or would fill the memory; nothing of it is kept."""
    unpacker, size = zlib.decompressobj(), 0
    try:
        for at in range(0, len(data), _CHUNK):
            piece = data[at : at + _CHUNK]
            while piece and size <= LARGEST:
                size += len(unpacker.decompress(piece, _CHUNK))
                piece = unpacker.unconsumed_tail
        size += len(unpacker.flush())
    except zlib.error as error:
        raise refused(path, 0, f"{str(error)!r}, expected a DocBin of spaCy") from None
    if size > LARGEST:
        raise refused(path, 0, f"has more than {LARGEST} bytes unpacked, expected at most these")
    if not unpacker.eof:
        raise refused(path, 0, "ends too early, expected a DocBin of spaCy")


def _doc(found: "DocBin", number: int, vocab: "Vocab") -> "Doc":
    """One document, with the entity attributes of its words alone."""
    from spacy.tokens import DocBin

    one = DocBin()
    one.attrs = [attr for name in _READ if (attr := _ids()[name]) in found.attrs]
    columns = [found.attrs.index(attr) for attr in one.attrs]
    one.tokens = [found.tokens[number][:, columns]]
    one.spaces, one.cats = [found.spaces[number]], [found.cats[number]]
    one.flags, one.span_groups = [found.flags[number]], [found.span_groups[number]]
    one.user_data = found.user_data[number : number + 1]
    # All documents share one vocabulary, to which the strings need be added but once.
    one.strings = found.strings if number == 0 else set()
    (doc,) = one.get_docs(vocab)
    return doc


def _unread(found: "DocBin", number: int) -> Unread:
    names = {attr: name for name, attr in _ids().items()}
    counts: dict[str, int] = {}
    for column, attr in enumerate(found.attrs):
        name = names.get(attr, str(attr))
        values: Any = found.tokens[number][:, column]
        if name not in (*_READ, *_DERIVED) and values.any():
            counts[name] = int((values != 0).sum())
    return counts


def _ids() -> dict[str, Any]:
    """Numbers of the attributes of words, by name."""
    from spacy.attrs import IDS  # type: ignore[import-not-found]

    found: dict[str, Any] = IDS
    return found


@contextmanager
def _calm() -> Iterator[None]:
    """Nothing that spaCy warns of is shown, and the collector is on again whatever happens.

    Its msgpack turns the collector off, and leaves it so where it raises.
    """
    enabled = gc.isenabled()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if enabled:
            gc.enable()
