"""Build the dataset: Parquet for every config and split, a card, a licence, checksums.

What has not changed since the last build is taken over from it; nothing heavy is imported to find
that nothing has changed.
"""

import time
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from . import state, store, survey
from .engines import Engine, Progress, quietly, serial
from .manifest import CHECKSUMS, Options, checksums
from .paths import COMPANIONS, Corpus
from .plan import planned
from .problem import NotFoundError, OccupiedError
from .state import Group, Known, Seen, State
from .survey import Stamp
from .swap import at_rest, replacing
from .validate import looks_for_repeats


def build(
    corpus: Corpus,
    target: Path,
    options: Options | None = None,
    *,
    engine: Engine = serial,
    progress: Progress = quietly,
) -> Path:
    """Check the corpus and write the dataset made from it to `target`, in place of an older one.

    Raises:
        UncheckedError: the corpus has errors.
        NotFoundError: it has no documents, or none under a licence that is to be withheld.
        OccupiedError: `target` holds what no build wrote, or is being written.
    """
    options = options or Options()
    target = target.resolve()
    if target.is_relative_to(corpus.folder.resolve()) or corpus.folder.is_relative_to(target):
        raise OccupiedError(f"{str(target)!r} lies in the corpus or around it")
    begun = time.time_ns()
    bundles = survey.bundles(corpus)
    if not bundles:
        raise NotFoundError(f"no bundle in {str(corpus.folder)!r}")
    signed = looks_for_repeats({name.partition("/")[0] for name in bundles})
    settings = state.settings(options, signed)
    last = None if options.full else state.load(target)
    seen = _see(corpus, bundles, target, settings, last)
    if last and last.seen.same(seen) and at_rest(target):
        if last.seen != seen:  # new times or inodes, which would be looked into each time
            state.save(target, seen.settled(begun), last.packed)
        return target
    require_ours(target)
    # Heavy libraries, only now that there is something to do.
    from .assemble import assemble

    with replacing(target) as new:
        plan = list(planned(corpus, options.size, seen, last))
        groups = assemble(
            corpus, plan, target, new, options, signed=signed, engine=engine, progress=progress
        )
    state.save(target, _left(seen, target, groups, begun), state.pack(groups))
    return target


def require_ours(target: Path) -> None:
    """Nothing, if `target` may be replaced: absent, empty, or only files that a build wrote.

    Raises:
        OccupiedError: it holds something else; the message names the first.
    """
    if target.exists() and not target.is_dir():
        raise OccupiedError(f"{str(target)!r} is not a folder")
    ours = {CHECKSUMS, *checksums(target)}
    for name in survey.files(target):
        if name not in ours:
            raise OccupiedError(
                f"{str(target / name)!r} was not written by a build; move it away first"
            )


def _see(
    corpus: Corpus, bundles: Mapping[str, Stamp], target: Path, settings: str, last: State | None
) -> Seen:
    """All that the dataset depends on and holds now; what stands as `last` saw it is not read.

    A bundle that `last` did not know has to be made and is read only then.
    """
    was = last.seen if last else Seen("", {}, {}, {}, {})

    def content(name: str) -> str:
        known = name in was.bundles
        return store.fingerprint(store.entries(corpus.folder / name)) if known else ""

    others = {name: path for name in COMPANIONS if (path := corpus.companion(name))}
    return Seen(
        settings,
        state.recall(bundles, was.bundles, content),
        state.recall(survey.seeds(corpus), was.seeds, lambda name: _hash(corpus.seed(name))),
        state.recall(survey.stamps(others), was.others, lambda name: _hash(others[name])),
        state.recall(survey.files(target), was.files, lambda name: _hash(target / name)),
    )


def _left(seen: Seen, target: Path, groups: list[Group], begun: int) -> Seen:
    """What to remember: what was seen when the build began, and what it wrote."""
    made = {
        f"{group.split}/{name}": content.digest
        for group in groups
        for name, content in group.made.bundles.items()
    }
    bundles = {name: Known(known.stamp, made[name]) for name, known in seen.bundles.items()}
    sums = checksums(target)
    sums[CHECKSUMS] = _hash(target / CHECKSUMS)
    now = time.time_ns()
    files = {name: Known(stamp, sums[name]) for name, stamp in survey.files(target).items()}
    left = Seen(seen.settings, bundles, seen.seeds, seen.others, {}).settled(begun)
    return replace(left, files=state.settled(files, now))


def _hash(path: Path) -> str:
    return store.digest(path.read_bytes())
