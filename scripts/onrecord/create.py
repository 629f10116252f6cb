"""Take a raw article into a corpus: seed, text, proposed sections, an empty bundle."""

import hashlib
import tempfile
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from . import store
from .codec import encode
from .describe import described
from .ids import slug
from .model import Document
from .normal import article_text
from .paths import SPLITS, Corpus, Place, shown
from .problem import NotFoundError, OccupiedError, UncheckedError
from .schema import ANNOTATIONS, Json
from .validate import check_bundle


@dataclass(frozen=True, slots=True)
class Created:
    """What was written, and how the text differs from the source."""

    place: Place
    document: Document
    changes: list[str] = field(default_factory=list)


def create(
    corpus: Corpus, source: bytes, name: str, split: str, *, language: str, constructed: bool
) -> Created:
    """Store `source` as the seed of a new document `name` and write its bundle.

    Raises:
        NotFoundError: no such split, or `name` is no slug.
        OccupiedError: the corpus has the id or the text already.
        UncheckedError: the text cannot be a document's; `problems` say why.
        UnicodeDecodeError: `source` is not UTF-8.
    """
    if split not in SPLITS:
        raise NotFoundError(f"no split {split!r}, expected one of {', '.join(SPLITS)}")
    made = {"origin": "constructed", "license": "CC-BY-4.0"} if constructed else {}
    document = unannotated(name, source, {"language": language, **made})
    Holdings(corpus).require_new(name, document.text)
    _require_sound(document, source)
    place = Place(corpus, split, corpus.folder / split / name)
    _write(place, document, source)
    return Created(place, document, changes(source, document.text))


def unannotated(name: str, source: bytes, told: Json) -> Document:
    """The document of an article as it was received; `told` has what is known of it.

    Raises:
        UnicodeDecodeError: `source` is not UTF-8.
    """
    own = {"id": name, "seed": store.digest(source), "text": article_text(source)}
    return msgspec.convert(described({**told, **own}), Document)


def changes(source: bytes, text: str) -> list[str]:
    """How a text differs from its source, in words."""
    raw = source.decode("utf-8-sig")
    told = []
    if source.startswith(b"\xef\xbb\xbf"):
        told.append("byte order mark dropped")
    if "\r" in raw:
        told.append("line ends made LF")
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if any(line != line.rstrip() for line in lines):
        told.append("white space at line ends taken away")
    if not unicodedata.is_normalized("NFC", raw):
        told.append("characters brought to normal form C")
    bare = "\n".join(line.rstrip() for line in lines).removesuffix("\n")
    if bare != bare.strip("\n"):
        told.append("blank lines at the ends taken away")
    return told


class Holdings:
    """The ids and texts that a corpus has, read once for many new documents."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._folders: dict[str, Path] = {}
        self._texts: dict[bytes, str] = {}
        for place in corpus.places():
            for document in store.read_documents(place.folder):
                self._folders[document.id] = place.folder
                self._texts[likeness(document.text)] = document.id

    def require_new(self, name: str, text: str) -> None:
        """Nothing, if `name` can be a new document's id and there is neither it nor the text.

        Raises:
            NotFoundError: `name` is no slug.
            OccupiedError: the corpus has the id or the text already.
        """
        if slug(name) != name or not name:
            raise NotFoundError(f"{name!r} is no slug, expected lower-case words joined by hyphens")
        if name in self._folders:
            raise OccupiedError(f"{name!r} is in {shown(self._folders[name])} already")
        if (same := self._texts.get(likeness(text))) is not None:
            raise OccupiedError(f"the corpus has this text already, as {same!r}")
        if (self._corpus.seeds / f"{name}.txt").exists():
            raise OccupiedError(f"seeds/{name}.txt is there already")


def likeness(text: str) -> bytes:
    """What texts share that differ in white space and capitals alone."""
    return hashlib.blake2b(" ".join(text.casefold().split()).encode()).digest()


def _require_sound(document: Document, source: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder) / "corpus")
        place = Place(corpus, "train", corpus.folder / "train" / document.id)
        _write(place, document, source)
        problems = [p for p in check_bundle(place).problems if p.is_error]
    if problems:
        raise UncheckedError("the article cannot be a document", problems)


def _write(place: Place, document: Document, source: bytes) -> None:
    files = dict.fromkeys(ANNOTATIONS, b"") | {"documents": encode([document])}
    place.folder.mkdir(parents=True)
    place.corpus.seeds.mkdir(exist_ok=True)
    bundle = {place.folder / store.table_file(name): data for name, data in files.items()}
    store.write_all({place.corpus.seeds / f"{document.id}.txt": source, **bundle})
