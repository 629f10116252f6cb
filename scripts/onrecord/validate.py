"""Check bundles, level by level, and the corpus that they make up."""

import gc
from collections.abc import Callable, Iterable, Iterator, Set
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from typing import Any, NamedTuple

from . import present, store
from .bundle import Bundle, Table, drafts
from .checks import CHECKS, TEXTLESS, order, references, texts
from .checks.corpus import (
    E505,
    E506,
    E507,
    Conflict,
    Ledger,
    Summary,
    named_actors,
)
from .checks.files import check_entries
from .checks.repeats import signature
from .checks.rule import Check, Choice, Draft, Finding, Rule
from .paths import ASIDE, COMPANIONS, SPLITS, Corpus, Place, shown
from .problem import Problem, unsound
from .schema import ANNOTATIONS

HIGHEST = 5
OF_SEEDS = ("E335", "E337")
"""The rules that ask for seeds, which copies of a part of a corpus need not have."""

ALL = Choice()
_CHUNK = 8


class Checked(NamedTuple):
    """What checking one bundle gave."""

    problems: list[Problem]
    summaries: list[Summary]


def check_places(
    places: list[Place],
    *,
    whole: Corpus | None = None,
    level: int = HIGHEST,
    choice: Choice = ALL,
    jobs: int = 1,
    progress: Callable[[Iterable[Checked]], Iterable[Checked]] = iter,
) -> Iterator[Problem]:
    """All problems of the bundles up to `level`, bundle by bundle, then those between bundles.

    `whole` is the corpus of which `places` are all bundles, so that what is missing or stray shows.
    With `jobs`, bundles are checked in that many processes; the problems and their order are the
    same. `progress` is passed through what each bundle gave.
    """
    between = level >= HIGHEST
    signed = between and looks_for_repeats({place.split for place in places})
    check = partial(check_bundle, level=level, choice=choice, summarised=between, signed=signed)
    ledger = Ledger()
    conflicts: list[Conflict] = []
    for checked in progress(_checked(check, places, jobs)):
        yield from checked.problems
        for summary in checked.summaries if between else ():
            conflicts += ledger.enter(summary)
    if whole is not None and between:
        conflicts += _strays(whole, ledger)
    told = (
        present.of_conflict(conflict) for conflict in conflicts if choice.has(conflict.rule.code())
    )
    yield from sorted(told)


def check_bundle(
    place: Place,
    *,
    level: int = 4,
    choice: Choice = ALL,
    summarised: bool = False,
    signed: bool = False,
) -> Checked:
    """The problems of one bundle up to `level`, by file and line.

    If `summarised`, with what level 5 needs of its documents; if `signed`, with their signatures.
    """
    bundle = Bundle(place)
    return check_read(bundle, level=level, choice=choice, summarised=summarised, signed=signed)


def check_read(
    bundle: Bundle,
    *,
    level: int = 4,
    choice: Choice = ALL,
    summarised: bool = False,
    signed: bool = False,
) -> Checked:
    """The same of a bundle that has been read."""
    place, tables = bundle.place, bundle.tables
    findings = list(check_entries(bundle.entries))
    for table in tables.values():
        findings += table.findings
    findings += _across(place, tables)
    summaries = []
    needed = [check for check in CHECKS if check.level <= level and choice.needs(check)]
    paths = _paths(place)
    for draft in drafts(place, tables):
        findings += _judge(draft, tables.get("documents"), needed)
        if summarised and draft.document is not None:
            summaries.append(_summary(draft, paths, signed=signed))
    told = [f for f in findings if f.rule.level() <= level and choice.has(f.rule.code())]
    return Checked(
        sorted(present.of_finding(place, tables, finding) for finding in told), summaries
    )


def require_sound(
    places: Iterable[Place], *, level: int = HIGHEST, ignored: tuple[str, ...] = ()
) -> None:
    """Nothing, if the bundles have no errors up to `level` but `ignored` ones; advice is none.

    Raises:
        UncheckedError: there are errors.
    """
    found = list(check_places(list(places), level=level, choice=Choice(("E",), ignored)))
    if found:
        raise unsound(found)


def _checked(
    check: Callable[[Place], Checked], places: list[Place], jobs: int
) -> Iterator[Checked]:
    if jobs == 1:
        with rare_collections():
            yield from map(check, places)
        return
    with ProcessPoolExecutor(jobs, initializer=gc.disable) as pool:
        share = max(1, min(_CHUNK, len(places) // (4 * jobs)))
        yield from pool.map(check, places, chunksize=share)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Keep the garbage collector from walking records, which have no cycles, again and again."""
    before = gc.get_threshold()
    gc.set_threshold(1_000_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def looks_for_repeats(splits: Set[str]) -> bool:
    """Whether texts are compared: there is more than one split, and the library is installed."""
    return len(splits) > 1 and find_spec("datasketch") is not None


def _across(place: Place, tables: dict[str, Table]) -> Iterator[Finding]:
    """What concerns a bundle as a whole."""
    if "documents" not in tables:
        return
    documents = tables["documents"].rows
    yield from references.same_documents(documents)
    if not tables["documents"].unsound and tables["documents"].whole:
        yield from texts.bundle_name(place, documents)
    names = [document.id for document in documents.records]
    for name in ANNOTATIONS:
        if name in tables and len(names) > 1:
            starts = [(doc, rows.numbers[0]) for doc, rows in tables[name].runs]
            yield from order.documents_in_turn(name, starts, names)


def _judge(draft: Draft, documents: Table | None, needed: list[Check]) -> Iterator[Finding]:
    """Levels 3 and 4."""
    if draft.document is None and documents is not None and _is_absent(documents, draft.name):
        yield from references.strays(draft)
        return
    for check in needed if draft.document is not None else [c for c in TEXTLESS if c in needed]:
        if found := list(check.run(draft)):
            yield from _heeded(draft, found)
            draft = draft.without(found)
            if draft.document is None:
                return


def _is_absent(documents: Table, name: str) -> bool:
    """Whether there is no document `name`, not even one that failed."""
    return documents.whole and all(failed != name for failed, _ in documents.unsound)


def _heeded(draft: Draft, findings: list[Finding]) -> Iterator[Finding]:
    """Findings without the warnings about records that have a note."""
    advised = {f.table for f in findings if not f.rule.is_error()}.intersection(ANNOTATIONS)
    noted = {
        (table, number) for table in advised for number, record in draft.rows(table) if record.note
    }
    for finding in findings:
        if finding.rule.is_error() or (finding.table, finding.line) not in noted:
            yield finding


def _paths(place: Place) -> tuple[str, str]:
    """The paths of documents and actors, as people are shown them; worked out once a bundle."""
    documents, actors = (shown(place.folder / store.table_file(t)) for t in ("documents", "actors"))
    return documents, actors


def _summary(draft: Draft, paths: tuple[str, str], *, signed: bool) -> Summary:
    assert draft.document is not None
    return Summary(
        draft.place.split,
        paths[0],
        draft.line,
        draft.name,
        draft.document.story,
        draft.document.seed is not None,
        paths[1],
        # Annotators who do not see each other's work need not agree on what an actor is.
        () if draft.place.corpus.folder.name in ASIDE else _named(draft),
        signature(draft.document) if signed else b"",
    )


def _named(draft: Draft) -> tuple[tuple[str, tuple[str | None, ...], int], ...]:
    return named_actors(draft.actors, draft.mentions.records)


def _strays(corpus: Corpus, ledger: Ledger) -> Iterator[Conflict]:
    """What lies in a corpus or among its seeds and belongs to no document."""
    for name in store.names(corpus.folder):
        folder = corpus.folder / name
        if name in SPLITS:
            for child in store.names(folder):
                if (folder / child).is_symlink() or not (folder / child).is_dir():
                    yield _stray(E506, folder / child, "is no folder, expected a bundle")
        elif name not in (*ASIDE, *COMPANIONS) and not name.endswith((".md", ".svg")):
            yield _stray(E506, folder, f"is no split, expected {', '.join(SPLITS)}")
    for name in store.names(corpus.seeds) if corpus.owns_seeds else ():
        document = name.removesuffix(".txt")
        if name.endswith(".txt") and document not in ledger.documents:
            yield _stray(E505, corpus.seeds / name, f"no document {document!r}")
        elif document in ledger.unhashed:
            path, line = ledger.unhashed[document]
            yield Conflict(E507, path, line, f"no seed, but seeds/{name} is there")


def _stray(rule: type[Rule], path: Any, message: str) -> Conflict:
    return Conflict(rule, shown(path), 0, message)
