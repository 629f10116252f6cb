"""JSON of other people, brought into the shape of a data class."""

import re
from typing import Any, TypeVar

import msgspec

Shape = TypeVar("Shape")

_OTHER = re.compile(r"Expected `(.+?)`, got `(.+?)`")
_MISSING = re.compile(r"Object missing required field `(.+?)`")
_PLACE = re.compile(r" - at `\$?\.?(.*)`$")


class MisshapenError(Exception):
    """A value that has another shape; the message says in one line what was found and expected."""


def shaped(value: Any, shape: type[Shape]) -> Shape:
    """A value that was read from JSON as a `shape`; its further fields are passed over.

    Raises:
        MisshapenError: it has another shape.
    """
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise MisshapenError(_told(str(error))) from None


def _told(message: str) -> str:
    place = _PLACE.search(message)
    where = f" at {place[1]}" if place and place[1] else ""
    if other := _OTHER.match(message):
        return f"{other[2]}{where}, expected {other[1].replace(' | null', '')}"
    if missing := _MISSING.match(message):
        return f"nothing{where}, expected the field {missing[1]!r}"
    return " ".join((message[:1].lower() + message[1:]).split())
