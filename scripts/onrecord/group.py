"""Make one group of bundles into Parquet: checked, one file for each config, and counted."""

import os
import socket
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from . import store
from .bundle import Bundle
from .checks.roll import roll
from .checks.rule import Choice
from .iob import left_out
from .manifest import Content, Failed, Hidden, Made, Options, Written
from .model import Article
from .paths import Place
from .provenance import tally
from .schema import TABLES
from .stats import Counts
from .tables import CONFIGS
from .tables.parquet import write
from .tables.sources import Sources
from .tables.withhold import withhold
from .validate import check_read, rare_collections


@dataclass(frozen=True, slots=True)
class Task:
    """What to make: the files of `places` (bundles of one split) under `folder`.

    If `signed`, documents are to be compared with those of other splits.
    """

    name: str
    places: tuple[Place, ...]
    folder: Path
    options: Options
    signed: bool


@rare_collections()
def make(task: Task) -> tuple[str, Made | Failed]:
    """Check the bundles, and write the rows of every config unless there are errors.

    A file is written under another name first, so that one that was cut short by a crash is never
    taken for whole, and two workers that were given the same task do not meet.
    """
    choice = Choice(("E",), task.options.ignored)
    bundles = [Bundle(place) for place in task.places]
    checked = [
        check_read(bundle, choice=choice, summarised=True, signed=task.signed) for bundle in bundles
    ]
    problems = [problem for one in checked for problem in one.problems]
    if problems:
        return task.name, Failed(problems)
    sources = Sources(
        {t: [r for bundle in bundles for r in bundle.tables[t].rows.records] for t in TABLES}
    )
    hidden = [_hidden(a) for a in sources.articles if a.document.license in task.options.withheld]
    return task.name, Made(
        bundles={bundle.place.name: _content(bundle) for bundle in bundles},
        parts=_write(task, sources, {one.doc for one in hidden}),
        counts=_counted(sources),
        provenance=list(tally(article.document for article in sources.articles).items()),
        left_out=_left_out(sources),
        roll=roll(task.places[0].split, [s for one in checked for s in one.summaries]),
        hidden=hidden,
    )


def part_file(task: str, config: str) -> str:
    """Name of the file that a task writes for a config; a config without rows has none."""
    return f"{task}.{config}.parquet"


def _write(task: Task, sources: Sources, hidden: Set[str]) -> dict[str, Written]:
    written = {}
    for config in CONFIGS:
        rows = config.rows(sources)
        if rows.num_rows:
            shown = withhold(rows, config, hidden) if hidden else rows
            path = task.folder / part_file(task.name, config.name)
            beside = path.with_name(f"{path.name}.{os.getpid()}.{socket.gethostname()}")
            write(shown, beside)
            data = beside.read_bytes()
            beside.replace(path)
            written[config.name] = Written(len(rows), len(data), rows.nbytes, store.digest(data))
    return written


def _content(bundle: Bundle) -> Content:
    documents = bundle.tables["documents"].rows.records
    return Content(store.fingerprint(bundle.entries), len(documents))


def _counted(sources: Sources) -> Counts:
    counts = Counts()
    for view in sources.views:
        counts.add(view)
    return counts


def _left_out(sources: Sources) -> Counter[str]:
    found: Counter[str] = Counter()
    for article, paragraphs in zip(sources.articles, sources.labelled, strict=True):
        found += left_out(article, paragraphs)
    return found


def _hidden(article: Article) -> Hidden:
    document, text = article.document, article.document.text
    names: dict[str, tuple[int, int] | str] = {}
    for actor in article.actors:
        start = text.find(actor.name)
        if start >= 0:
            names[actor.id] = start, start + len(actor.name)
        elif len(actor.name.split()) < _MANY:
            names[actor.id] = actor.name
    return Hidden(document.id, document.license, len(text), store.digest(text.encode()), names)


_MANY = 5
"""Words in a row that are never given away."""
