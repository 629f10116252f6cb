"""What is declared to hold words of the article is all that does."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from onrecord import load
from onrecord.tables import find_config

SLUG = re.compile(r"[a-z0-9-]+")


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The dotted path to every string of a row, and the string."""
    match value:
        case str():
            yield path, value
        case dict():
            for name, item in value.items():
                yield from strings(item, f"{path}.{name}".removeprefix("."))
        case list():
            for item in value:
                yield from strings(item, path)


@pytest.mark.parametrize("config", ["claim_detection", "tokens", "chat"])
def test_other_columns_hold_ids_and_labels(config: str) -> None:
    words = set(find_config(config).words)
    found: dict[str, set[str]] = {}
    for row in load(config, "train"):
        for path, value in strings(row):
            found.setdefault(path, set()).add(value)
    assert words <= set(found)
    for path in found.keys() - words:
        assert not [value for value in found[path] if not SLUG.fullmatch(value)]
