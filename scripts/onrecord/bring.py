"""Bring documents of another format into a corpus: all of them, or none and nothing is changed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from . import store
from .checks.order import sort_key
from .codec import encode
from .create import Holdings, likeness, unannotated
from .ids import unused
from .losses import require_whole
from .model import Article, Record
from .paths import Corpus, Place, shown
from .problem import NotFoundError, OccupiedError, OnrecordError, Problem, unsound
from .schema import TABLES
from .staging import staging
from .standoff.fit import fitted
from .standoff.format import Found, Importer, Raw, Reading
from .standoff.graph import Standoff
from .standoff.mapping import mapped
from .standoff.maps import Map
from .swap import move_all
from .target import Target, require_folder
from .validate import OF_SEEDS, check_bundle

_STRUCTURE = 3
"""The level of checks that all that is brought in has to pass."""
_LEFT = (*OF_SEEDS, "E336")
"""Rules on the place where it goes, which the user may mend: seeds, and the name of the bundle."""


@dataclass(frozen=True, slots=True)
class Order:
    """How documents are brought in.

    `map` says what labels mean, where there are any; `document` has fields that all documents get,
    whatever the source says. With `strict` a loss is an error, with `reanchor` words are looked
    for that do not stand where the source says, with `replace` bundles that are there are replaced.
    """

    map: Map | None = None
    document: Mapping[str, Any] = field(default_factory=dict)
    strict: bool = False
    reanchor: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What came in: bundles in order, records by table, and the problems that checks still find."""

    places: list[Place]
    records: Counter[str]
    problems: list[Problem]


Passing = Callable[[Iterable[Found]], Iterable[Found]]


def bring(
    importer: Importer,
    source: Path,
    to: Target,
    order: Order,
    reading: Reading,
    *,
    passing: Passing = iter,
) -> Brought:
    """Read `source` and write its documents into the corpus; they are passed through `passing`.

    Raises:
        UncheckedError: something cannot be read or is unsound, or is lost where nothing may be; its
            problems are all that were found.
        OccupiedError: a bundle or a document is there already.
        NotFoundError: there is no document.
    """
    with staging(to.corpus) as staged:
        stage = _Stage(staged, to, order, reading)
        for found in passing(importer.read(source, reading)):
            stage.add(found)
        if reading.problems:
            raise unsound(sorted(set(reading.problems)), f"{shown(source)} has")
        if order.strict:
            require_whole(reading.losses, shown(source))
        places = list(staged.split(to.split))
        if not places:
            raise NotFoundError(f"no document in {shown(source)!r}")
        problems = _checked(places, to)
        _require_free(places, to, order)
        _take_over(staged, places, to)
        return Brought([to.place(place.name) for place in places], stage.counts, problems)


class _Stage:
    """Documents written into the staging corpus, one after the other."""

    def __init__(self, staged: Corpus, to: Target, order: Order, reading: Reading) -> None:
        self._staged = staged
        self._to = to
        self._order = order
        self._reading = reading
        self._names: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._texts: dict[bytes, str] = {}
        self._replaced: dict[Path, dict[str, Article]] = {}
        self.counts: Counter[str] = Counter()

    def add(self, found: Found) -> None:
        """Write a document, or tell what is in the way."""
        name = self._name(found)
        if name in self._names:
            message = f"document {name!r} is there twice, expected one of each id"
            self._reading.wrong(_path(found), 0, message)
            return
        self._names.add(name)
        match found:
            case Raw():
                article = self._unannotated(name, found)
            case Standoff():
                article = self._mapped(name, found)
            case _:
                article = found
        if article is not None:
            self._write(article)

    def _name(self, found: Found) -> str:
        """The id of the document: its own, else one made from its name."""
        if isinstance(found, Article):
            return found.document.id
        return str(found.document.get("id", "")) or unused(
            found.name, self._names, default="document", after=self._numbers
        )

    def _unannotated(self, name: str, found: Raw) -> Article | None:
        document = unannotated(name, found.source, {**found.document, **self._order.document})
        same = self._texts.setdefault(likeness(document.text), name)
        if same != name:
            message = f"has the text of {same!r}, expected each article once"
            self._reading.wrong(_path(found), 0, message)
            return None
        self._holdings.require_new(name, document.text)
        self._staged.seeds.mkdir(parents=True, exist_ok=True)
        self._staged.seed(name).write_bytes(found.source)
        return Article(document)

    @cached_property
    def _holdings(self) -> Holdings:
        return Holdings(self._to.corpus)

    def _mapped(self, name: str, found: Standoff) -> Article | None:
        assert self._order.map is not None, "standoff annotation has a map"
        losses, problems = self._reading.losses, self._reading.problems
        count = len(problems)
        told = replace(found, document={**found.document, **self._order.document})
        reanchor, before = self._order.reanchor, self._before(name)
        tables = mapped(told, self._order.map, losses, problems, reanchor=reanchor, before=before)
        if len(problems) > count:
            return None
        return fitted(tables, name, _path(found), losses, problems)

    def _before(self, name: str) -> Article | None:
        """What the bundle that is to be replaced has of a document, if it can be read."""
        folder = self._to.corpus.folder / self._to.split / (self._to.bundle or name)
        if not self._order.replace or not folder.is_dir():
            return None
        if folder not in self._replaced:
            self._replaced = {folder: _readable(Place(self._to.corpus, self._to.split, folder))}
        return self._replaced[folder].get(name)

    def _write(self, article: Article) -> None:
        document = msgspec.structs.replace(article.document, **self._order.document)
        folder = self._staged.folder / self._to.split / (self._to.bundle or document.id)
        folder.mkdir(parents=True, exist_ok=True)
        for table in TABLES:
            records: list[Record] = [document] if table == "documents" else article.table(table)
            ordered = records if table == "documents" else sorted(records, key=sort_key)
            with (folder / store.table_file(table)).open("ab") as file:
                file.write(encode(ordered))
            self.counts[table] += len(records)


def _readable(place: Place) -> dict[str, Article]:
    """The articles of a bundle by their ids; none if something is wrong with it."""
    try:
        return {article.document.id: article for _, article in store.read_articles([place])}
    except (OnrecordError, OSError, ValueError):
        return {}


def _path(found: Found) -> str:
    return found.document.id if isinstance(found, Article) else found.path or found.name


def _checked(places: list[Place], to: Target) -> list[Problem]:
    """What the checks find above the structure, in files as they will be called.

    Raises:
        UncheckedError: the structure is unsound.
    """
    found = [
        replace(p, path=p.path.replace(shown(place.folder), shown(to.place(place.name).folder)))
        for place in places
        for p in check_bundle(_with_seed(place, to)).problems
    ]
    broken = [
        p for p in found if p.is_error and int(p.code[1]) <= _STRUCTURE and p.code not in _LEFT
    ]
    if broken:
        raise unsound(broken, "what was read has")
    return found


def _with_seed(place: Place, to: Target) -> Place:
    """A staged bundle beside its seed, which is staged too or, if the corpus has it, there."""
    return place if place.corpus.seed(place.name).exists() else replace(place, corpus=to.corpus)


def _require_free(places: list[Place], to: Target, order: Order) -> None:
    """See that nothing is in the way: bundles of the same names, documents of the same ids."""
    replaced = {to.place(place.name).folder for place in places}
    for folder in (to.corpus.folder, to.corpus.folder / to.split, *sorted(replaced)):
        require_folder(folder)
    for folder in sorted(replaced):
        held = {path.name for path in folder.iterdir()} if folder.exists() else set()
        if held and not order.replace:
            raise OccupiedError(f"{shown(folder)!r} is there already; --replace writes over it")
        if others := sorted(held.difference(map(store.table_file, TABLES))):
            where = shown(folder / others[0])
            raise OccupiedError(f"{where!r} would be lost, expected only tables in a bundle")
    ids = {document.id for place in places for document in store.read_documents(place.folder)}
    for other in to.corpus.places():
        if other.folder not in replaced:
            for document in store.read_documents(other.folder):
                if document.id in ids:
                    where = shown(other.folder)
                    raise OccupiedError(f"document {document.id!r} is in {where!r} already")


def _take_over(staged: Corpus, places: list[Place], to: Target) -> None:
    """Move bundles and seeds to their places."""
    if staged.seeds.is_dir():
        require_folder(to.corpus.seeds)
    moves = [(place.folder, to.place(place.name).folder) for place in places]
    moves += [(staged.seeds / n, to.corpus.seeds / n) for n in store.names(staged.seeds)]
    move_all(moves)
