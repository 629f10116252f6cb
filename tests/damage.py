"""Sound sources that something has happened to, to see that no reader fails on them."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

_DEEP: list[Any] = []
for _ in range(300):
    _DEEP = [_DEEP]

_WRONG: tuple[Any, ...] = (
    None, True, -1, 0, 3, 10**9, 10**30, 1.5, "", " ", "\0", "\u2028", "q-0001", "../../x",
    "x" * 5000, [], {}, [{}], [None], [[]], {"id": {}}, {"begin": 1}, [0, 1, "A"], ["a", ["b"]],
    _DEEP,
)  # fmt: skip
_NEW = (
    b"", b"\0", b"\xff", b"\n", b"\t", b"\r", b"-1", b"9" * 40, b"\xed\xa0\x80", b"\\ud800", b"T1",
    b":", b" ", b"{", b"]", b'"', b"<", b"&#0;", b"NaN", b"\xe2\x80\xa8",
)  # fmt: skip


def value(sound: Any, draw: random.Random) -> Any:
    """A copy of JSON with one to three of its parts replaced, taken away or doubled."""
    made = copy.deepcopy(sound)
    for _ in range(draw.randint(1, 3)):
        holder, key = draw.choice(list(_parts(made)) or [([None], 0)])
        what = draw.random()
        if what < 0.7:
            holder[key] = copy.deepcopy(draw.choice(_WRONG))
        elif what < 0.85 or isinstance(holder, dict):
            del holder[key]
        else:
            holder.append(copy.deepcopy(holder[key]))
    return made


def values(sound: Any, *, count: int) -> Iterator[bytes]:
    """JSON, each time broken otherwise."""
    draw = random.Random(1)
    for _ in range(count):
        yield json.dumps(value(sound, draw), ensure_ascii=draw.random() < 0.5).encode()


def data(sound: bytes, draw: random.Random) -> bytes:
    """Bytes with some places cut, doubled or overwritten, or the end cut off."""
    for _ in range(draw.randint(1, 4)):
        at, length = draw.randrange(len(sound) + 1), draw.randrange(12)
        piece = sound[at : at + length]
        new = draw.choice([*_NEW, piece * 2, draw.randbytes(3)])
        sound = sound[:at] + new + sound[at + length :]
    return sound if draw.random() < 0.9 else sound[: draw.randrange(len(sound) + 1)]


def datas(sound: bytes, *, count: int) -> Iterator[bytes]:
    """Bytes, each time broken otherwise."""
    draw = random.Random(1)
    return (data(sound, draw) for _ in range(count))


def _parts(of: Any) -> Iterator[tuple[Any, Any]]:
    """Each part, as what holds it and its key there."""
    for key, part in list(of.items() if isinstance(of, dict) else enumerate(of)):
        yield of, key
        if isinstance(part, dict | list):
            yield from _parts(part)
