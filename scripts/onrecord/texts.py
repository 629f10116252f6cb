"""The files of a dataset beside its Parquet: card, picture, description, licence, checksums."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from . import citation, croissant, survey
from .account import Account
from .card import FIGURE, dataset_card
from .figure import figure
from .manifest import CHECKSUMS, WITHHELD, Options, Part
from .model import Article
from .paths import COMPANIONS, Corpus
from .provenance import Provenance
from .schema import answer_schema
from .state import Group
from .stats import Counts
from .store import digest, read_articles
from .tables import CONFIGS

ANSWER = "answer.schema.json"
"""The schema that the answers of the config `chat` fit."""

_LICENCE = "LICENSE"


def write_texts(corpus: Corpus, groups: Sequence[Group], options: Options, new: Path) -> None:
    """Write into `new`, which holds the Parquet of `groups`, everything else."""
    parts = _parts(groups)
    for name in COMPANIONS:
        if path := corpus.companion(name):
            (new / name).write_bytes(path.read_bytes())
    account = _account(corpus, groups, options)
    texts = {
        "README.md": dataset_card(
            parts,
            account,
            digest=digest("".join(f"{part.sha256} {part.path}\n" for part in parts).encode())[:16],
            shown=_shown(corpus, groups),
            licence_file=_LICENCE if (new / _LICENCE).is_file() else "",
        ),
        FIGURE: figure(account.counts),
        croissant.FILE: croissant.croissant(parts, account),
        ANSWER: json.dumps(answer_schema(), ensure_ascii=False, indent=2) + "\n",
        **dict(_withheld(groups)),
    }
    for name, text in texts.items():
        (new / name).write_text(text, encoding="utf-8")
    (new / CHECKSUMS).write_text(_checksums(parts, new), encoding="utf-8")


def _parts(groups: Sequence[Group]) -> list[Part]:
    """Every Parquet file: config by config, split by split, in order."""
    return [
        Part(config.name, group.split, group.paths[config.name], w.rows, w.size, w.sha256, w.memory)
        for config in CONFIGS
        for group in groups
        if (w := group.made.parts.get(config.name)) is not None
    ]


def _account(corpus: Corpus, groups: Sequence[Group], options: Options) -> Account:
    counts: dict[str, Counts] = {}
    provenance: Counter[Provenance] = Counter()
    left_out: Counter[str] = Counter()
    for group in groups:
        counts[group.split] = counts.get(group.split, Counts()) + group.made.counts
        provenance.update(dict(group.made.provenance))
        left_out.update(group.made.left_out)
    return Account(citation.read(corpus), counts, provenance, options.withheld, left_out)


def _shown(corpus: Corpus, groups: Sequence[Group]) -> Article | None:
    """The first article whose words are not withheld."""
    hidden = {one.doc for group in groups for one in group.made.hidden}
    if len(hidden) == sum(len(group.made.roll.documents) for group in groups):
        return None
    articles = (article for _, article in read_articles(corpus.places()))
    return next(article for article in articles if article.document.id not in hidden)


def _withheld(groups: Sequence[Group]) -> Iterator[tuple[str, str]]:
    hidden = [one for group in groups for one in group.made.hidden]
    if hidden:
        yield WITHHELD, msgspec.json.Encoder().encode_lines(hidden).decode()


def _checksums(parts: Sequence[Part], new: Path) -> str:
    """Lines as sha256sum(1) writes them, by name."""
    sums = {part.path: part.sha256 for part in parts}
    others = {name for name in survey.files(new) if name not in sums}
    sums |= {name: digest((new / name).read_bytes()) for name in others}
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
