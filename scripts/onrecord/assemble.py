"""Put a dataset together: make the groups that changed, take over the others, write the texts."""

import os
import shutil
from collections.abc import Iterable, Set
from pathlib import Path

from .checks.roll import at_odds
from .checks.rule import Choice
from .engines import Engine, Progress
from .group import Task, make, part_file
from .manifest import Failed, Made, Options
from .paths import SPLITS, Corpus
from .plan import Planned, group_key
from .problem import NotFoundError, unsound
from .state import Group
from .tables import CONFIGS
from .texts import write_texts
from .validate import check_places

_WORK = ".parts"


def assemble(
    corpus: Corpus,
    plan: list[Planned],
    target: Path,
    new: Path,
    options: Options,
    *,
    signed: bool,
    engine: Engine,
    progress: Progress,
) -> list[Group]:
    """Write the whole dataset into the folder `new`; its groups in order.

    Files of groups that are taken over are linked from `target`. If `signed`, texts of different
    splits are compared.

    Raises:
        UncheckedError: the corpus has errors.
    """
    work = new / _WORK
    work.mkdir()
    tasks = [
        Task(_name(number), group.places, work, options, signed)
        for number, group in enumerate(plan)
        if group.old is None
    ]
    made = _sound(progress(engine(make, tasks), len(tasks)))
    results = [
        group.old.made if group.old else made[_name(number)] for number, group in enumerate(plan)
    ]
    _require_licences(options.withheld, results)
    if at_odds([result.roll for result in results]):
        choice = Choice(("E5",), options.ignored)
        if problems := list(check_places(list(corpus.places()), choice=choice)):
            raise unsound(problems)
    paths = _placed(plan, results, target, work, new)
    shutil.rmtree(work)  # a worker that died may have left a piece of a file
    groups = [
        Group(group_key(planned.split, result.bundles), planned.split, result, files)
        for planned, result, files in zip(plan, results, paths, strict=True)
    ]
    write_texts(corpus, groups, options, new)
    return groups


def _name(number: int) -> str:
    return f"{number:06d}"


def _sound(results: Iterable[tuple[str, Made | Failed]]) -> dict[str, Made]:
    """What was made, by task.

    Raises:
        UncheckedError: something could not be made; all the problems.
    """
    made: dict[str, Made] = {}
    problems = []
    for name, result in results:
        if isinstance(result, Failed):
            problems += result.problems
        else:
            made[name] = result
    if problems:
        raise unsound(sorted(problems))
    return made


def _require_licences(withheld: Set[str], results: list[Made]) -> None:
    """Nothing, if there are documents under each licence whose text is to be withheld.

    Raises:
        NotFoundError: there are none under one of them, which may be misspelt.
    """
    found = {item.license for made in results for item, _ in made.provenance}
    for licence in sorted(withheld - found):
        expected = ", ".join(sorted(found))
        raise NotFoundError(f"no document has the licence {licence!r}, expected one of {expected}")


def _placed(
    plan: list[Planned], results: list[Made], target: Path, work: Path, new: Path
) -> list[dict[str, str]]:
    """Give every part its place in the dataset; for each group the path of its part by config."""
    paths: list[dict[str, str]] = [{} for _ in plan]
    for config, split in ((config.name, split) for config in CONFIGS for split in SPLITS):
        numbers = [
            number
            for number, planned in enumerate(plan)
            if planned.split == split and config in results[number].parts
        ]
        for place, number in enumerate(numbers):
            path = f"data/{config}/{split}-{place:05d}-of-{len(numbers):05d}.parquet"
            paths[number][config] = path
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            old = plan[number].old
            if old is None:
                (work / part_file(_name(number), config)).rename(new / path)
            else:
                _link(target / old.paths[config], new / path)
    return paths


def _link(old: Path, new: Path) -> None:
    """A second name for a file; a copy where the file system knows no such thing."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
