"""The card of the built dataset: its head for the Hub and `datasets`, its body for people."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2

from . import front, licences, stats
from .account import Account
from .example import example
from .manifest import Part, by_split
from .model import Article
from .tables import CONFIGS

FIGURE = "figure.svg"
"""Name of the picture that the card shows."""

_TASKS = {
    "mentions": ("token-classification", "named-entity-recognition", "coreference-resolution"),
    "claims": ("text-classification", "multi-class-classification"),
    "attributions": ("question-answering", "extractive-qa"),
    "claim_detection": ("text-classification", "multi-label-classification"),
    "tokens": ("token-classification", "named-entity-recognition"),
    "chat": ("text-generation",),
}
"""For a config the category of task it is made for, then its tasks, by their names on the Hub."""

_ANNOTATORS = {"human": "expert-generated", "model": "machine-generated"}
"""What the Hub calls the annotations of each who takes part in a method, as in `model+human`."""

_WRITERS = {"published": "found", "constructed": "other"}

_TAGS = ("news", "quotation-attribution", "claim-detection", "coreference")

_SIZES = """
    n<1K 1K<n<10K 10K<n<100K 100K<n<1M 1M<n<10M 10M<n<100M 100M<n<1B 1B<n<10B 10B<n<100B 100B<n<1T
    n>1T
""".split()

_TEMPLATE = Path(__file__).with_name("card.md.jinja")


def dataset_card(
    parts: Sequence[Part],
    account: Account,
    *,
    digest: str,
    shown: Article | None,
    licence_file: str = "",
) -> str:
    """README.md of the built dataset.

    The digest of the content stands in every config's description, because `datasets` caches a
    local folder by this file: with it, changed data is a changed dataset. `shown` is the article
    whose first paragraph is the example, if there is one with words; `licence_file` the name of
    the file with the licence, if it lies beside the card.
    """
    head = {
        "pretty_name": account.citation.name,
        **_languages(account),
        **licences.card_fields(account.licences, licence_file),
        **_kinds(parts, account),
        "configs": front.configs(front.files(parts), CONFIGS[0].name),
        "dataset_info": front.sized_infos(parts, digest),
    }
    return f"---\n{front.dump(head)}---\n\n{_body(parts, account, shown, licence_file)}"


def config_table() -> str:
    """The configs as a Markdown table."""
    rows = "\n".join(f"| `{config.name}` | {config.description} |" for config in CONFIGS)
    return f"| config | row |\n| --- | --- |\n{rows}"


def _languages(account: Account) -> dict[str, Any]:
    """The languages as the Hub knows them: the first subtag of BCP 47, `und` left out."""
    primary = sorted({tag.partition("-")[0] for tag in account.languages} - {"und"})
    if not primary:
        return {}
    number = "monolingual" if len(primary) == 1 else "multilingual"
    return {"language": primary, "multilinguality": [number]}


def _kinds(parts: Iterable[Part], account: Account) -> dict[str, Any]:
    """What kind of dataset this is, in the words by which the Hub finds datasets."""
    tasks = [_TASKS[config] for config in by_split(parts) if config in _TASKS]
    origins = [origin for origin in _WRITERS if account.where(origin=origin)]
    annotators = {_ANNOTATORS[who] for method in account.methods for who in method.split("+")}
    return {
        "annotations_creators": sorted(annotators),
        "language_creators": [_WRITERS[origin] for origin in origins],
        "source_datasets": ["original"],
        "size_categories": [_size(account.documents)],
        "task_categories": sorted({category for category, *_ in tasks}),
        "task_ids": sorted({name for _, *names in tasks for name in names}),
        "tags": _tags(account),
    }


def _size(documents: int) -> str:
    """The category of the Hub that a number of documents falls into."""
    digits = len(str(documents))
    return _SIZES[min(max(digits - 3, 0), len(_SIZES) - 1)]


def _tags(account: Account) -> list[str]:
    words = (re.sub(r"\W+", "-", word.lower()).strip("-") for word in account.citation.keywords)
    return list(dict.fromkeys((*_TAGS, *words)))


def _body(parts: Sequence[Part], account: Account, shown: Article | None, licence_file: str) -> str:
    grouped = by_split(parts)
    template = jinja2.Template(_TEMPLATE.read_text(encoding="utf-8"), trim_blocks=True)
    text: str = template.render(
        account=account,
        citation=account.citation,
        split=next(iter(account.counts)),
        configs=_row_table(grouped),
        counts=stats.markdown(account.counts),
        labels=stats.markdown_labels(account.counts),
        example=example(shown) if shown else "",
        figure=FIGURE,
        licence_file=licence_file,
        left_out=sorted(account.left_out.items()) if "tokens" in grouped else [],
    )
    return text


def _row_table(grouped: Mapping[str, Mapping[str, Sequence[Part]]]) -> str:
    """What a row of each config is, and how many there are."""
    lines = [
        f"| `{config.name}` | {config.description} |"
        f" {sum(part.rows for found in grouped[config.name].values() for part in found):,} |"
        for config in CONFIGS
        if config.name in grouped
    ]
    return "\n".join(["| config | row | rows |", "| --- | --- | ---: |", *lines])
