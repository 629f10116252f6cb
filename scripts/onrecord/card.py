"""The YAML that `datasets` reads, and the card of the built dataset."""

from collections.abc import Mapping
from typing import Any

import yaml

from .paths import SPLITS
from .stats import Counts, markdown
from .tables import CONFIGS

Files = Mapping[str, Mapping[str, str]]
"""For each config the path or glob of each of its splits, from the root of the dataset."""


def configs(files: Files, default: str) -> list[dict[str, Any]]:
    """The `configs` list of a card: which files hold which split of which config."""
    return [
        {
            "config_name": name,
            **({"default": True} if name == default else {}),
            "data_files": [
                {"split": split, "path": splits[split]} for split in SPLITS if split in splits
            ],
        }
        for name, splits in files.items()
    ]


def infos(names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The `dataset_info` list of a card: features, and a description if not empty, by config."""
    return [
        {
            "config_name": config.name,
            **({"description": names[config.name]} if names[config.name] else {}),
            "features": config.features()._to_yaml_list(),
        }
        for config in CONFIGS
        if config.name in names
    ]


def dump(front: dict[str, Any]) -> str:
    """`front` as YAML without anchors, keys in the order given."""
    text: str = yaml.dump(front, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=1000)
    return text


def dataset_card(files: Files, counts: Mapping[str, Counts], digest: str) -> str:
    """README.md of the built dataset.

    The digest of the content stands in every config's description, because `datasets` caches a
    local folder by this file: with it, changed data is a changed dataset.
    """
    descriptions = {
        config.name: f"{config.description} Content {digest}."
        for config in CONFIGS
        if config.name in files
    }
    front = {
        "pretty_name": "onrecord",
        "language": ["en"],
        "license": "other",
        "license_name": "see-license",
        "license_link": "LICENSE",
        "annotations_creators": ["machine-generated"],
        "task_categories": ["token-classification", "text-classification"],
        "tags": ["news", "quotation-attribution", "claim-detection", "coreference"],
        "configs": configs(files, CONFIGS[0].name),
        "dataset_info": infos(descriptions),
    }
    return (
        f"---\n{dump(front)}---\n\n{_BODY.format(counts=markdown(counts), configs=config_table())}"
    )


def config_table() -> str:
    """The configs as a Markdown table."""
    rows = "\n".join(f"| `{config.name}` | {config.description} |" for config in CONFIGS)
    return f"| config | row |\n| --- | --- |\n{rows}"


class _Plain(yaml.SafeDumper):
    """Writes equal objects twice instead of once with an anchor, which `datasets` cannot read."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_BODY = """# onrecord

News articles annotated with who is in them (actors and every mention), who said what (quotes with
cue and speakers) and what is asserted, by whom, how firmly (claims). Offsets count Unicode code
points of the document's text.

{configs}

{counts}

Licence: the annotations and the articles written for this corpus are CC BY 4.0. An article whose
`license` is `NOASSERTION` belongs to its publisher; see LICENSE.
"""
