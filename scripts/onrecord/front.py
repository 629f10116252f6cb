"""The YAML from which `datasets` knows configs, files, columns and sizes."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import yaml

from .manifest import Part, by_split
from .paths import SPLITS
from .tables import CONFIGS

Files = Mapping[str, Mapping[str, str | list[str]]]
"""For each config the paths or the glob of each of its splits, from the root of the dataset."""


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


def files(parts: Iterable[Part]) -> Files:
    """The parts of a built dataset, as `configs` lists them."""
    return {
        config: {split: _paths(split, found) for split, found in splits.items()}
        for config, splits in by_split(parts).items()
    }


def _paths(split: str, parts: Sequence[Part]) -> str | list[str]:
    """A glob for many files of a split, which are called after it, in one folder."""
    folders = {str(PurePosixPath(part.path).parent) for part in parts}
    glob = f"{folders.pop()}/{split}-*.parquet"
    if len(parts) > 1 and not folders and all(PurePosixPath(p.path).match(glob) for p in parts):
        return glob
    paths = [part.path for part in parts]
    return paths if len(paths) > 1 else paths[0]


def sized_infos(parts: Iterable[Part], digest: str) -> list[dict[str, Any]]:
    """`infos` of the parts of a built dataset, with the digest of its content and all sizes."""
    grouped = by_split(parts)
    descriptions = {
        config.name: f"{config.description} Content {digest}."
        for config in CONFIGS
        if config.name in grouped
    }
    return [{**info, **_sizes(grouped[info["config_name"]])} for info in infos(descriptions)]


def _sizes(splits: Mapping[str, Sequence[Part]]) -> dict[str, Any]:
    """Numbers of rows, which `datasets` verifies, and bytes in Arrow and in files."""
    memory = {split: sum(part.memory for part in found) for split, found in splits.items()}
    return {
        "splits": [
            {
                "name": split,
                "num_bytes": memory[split],
                "num_examples": sum(part.rows for part in splits[split]),
            }
            for split in SPLITS
            if split in splits
        ],
        "download_size": sum(part.size for found in splits.values() for part in found),
        "dataset_size": sum(memory.values()),
    }


class _Plain(yaml.SafeDumper):
    """Writes equal objects twice instead of once with an anchor, which `datasets` cannot read."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
