"""Sound sources with one thing changed, to see that no reader fails on them."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

Way = tuple[Any, ...]

DEEP: list[Any] = []
for _ in range(300):
    DEEP = [DEEP]
WRONG: tuple[Any, ...] = (
    None, True, -1, 0, 3, 10**30, 1.5, "", " ", "\0", "\u2028", "../../x", [], {}, [{}], [None],
    {"begin": 1}, DEEP,
)  # fmt: skip


def values(value: Any, *, count: int, seed: int = 1) -> Iterator[bytes]:
    """`value` as JSON, each time with another value somewhere, or without something."""
    draw = random.Random(seed)
    ways = [way for way in _ways(value, ()) if way]
    for _ in range(count):
        changed = copy.deepcopy(value)
        *lead, last = draw.choice(ways)
        place = changed
        for key in lead:
            place = place[key]
        kind = draw.random()
        if kind < 0.2:
            del place[last]
        elif kind < 0.4 and isinstance(place, list):
            place.append(place[last])
        else:
            place[last] = draw.choice(WRONG)
        yield json.dumps(changed, ensure_ascii=draw.random() < 0.5).encode()


def data(sound: bytes, *, count: int, seed: int = 1) -> Iterator[bytes]:
    """The bytes cut off, or with a few of them changed."""
    draw = random.Random(seed)
    inserted = (b"\0", b"\xff", b"\\ud800", b'"', b"{", b"]", b"NaN", b"\r", b"<", b"&#0;")
    for _ in range(count):
        at = draw.randrange(len(sound))
        if draw.random() < 0.3:
            yield sound[:at]
        else:
            yield sound[:at] + draw.choice(inserted) + sound[at + draw.randrange(3) :]


def _ways(value: Any, way: Way) -> Iterator[Way]:
    yield way
    keys = list(value) if isinstance(value, dict) else []
    for key in range(len(value)) if isinstance(value, list) else keys:
        yield from _ways(value[key], (*way, key))
