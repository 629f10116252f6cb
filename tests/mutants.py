"""Files that something has happened to."""

import random


def mutant(draw: random.Random, data: bytes) -> bytes:
    """The bytes with some places cut, doubled, swapped or overwritten."""
    for _ in range(draw.randint(1, 4)):
        at, length = draw.randrange(len(data) + 1), draw.randrange(12)
        piece = data[at : at + length]
        new = draw.choice(
            [b"", piece * 2, b"\x00", b"\xff", b"\n", b"\t", b"-1", b"9" * 40, b"\xed\xa0\x80",
             b"T1", b":", b" ", b"{", b'"', b"\xe2\x80\xa8", draw.randbytes(3)]
        )  # fmt: skip
        data = data[:at] + new + data[at + length :]
    return data if draw.random() < 0.9 else data[: draw.randrange(len(data) + 1)]
