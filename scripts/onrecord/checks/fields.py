"""Level 2: every record fits the JSON Schema of its table."""

import difflib
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema

from .. import schema
from ..schema import Json, Misfit
from .rule import Finding, Rule


class E201(Rule):
    """A record has every required field of its table.

    Reason: readers of the corpus rely on the field being there.

    Usual cause: the field was forgotten, or its name is misspelt.

    Cure: add the field; the message names it.
    """


class E202(Rule):
    """A record has no fields but those of its table.

    Reason: a field that no schema declares is silently dropped by some readers.

    Usual cause: a misspelt name, or a field that belongs to another table.

    Cure: rename or delete it; new fields are declared in the schema first.
    """


class E203(Rule):
    """A value has the type that the schema declares; optional fields are left out, never null.

    Reason: a column has one type.

    Usual cause: a number in quotation marks, a single value where a list belongs, null for "none".

    Cure: write the type that the message names, or leave the field out.
    """


class E204(Rule):
    """A label is one of the declared values.

    Reason: labels are counted and learnt; a new spelling is a new class.

    Usual cause: a misspelt label or a capital letter.

    Cure: use one of the values that the message lists.
    """


class E205(Rule):
    """A string has the shape that the schema asks for.

    Reason: ids, dates, codes and addresses are read by programs.

    Usual cause: capitals or spaces in a slug, a date that does not exist, an id with i, l, o or u.

    Cure: follow the pattern or format in the schema's description of the field.
    """


class E206(Rule):
    """Numbers, strings and lists keep their limits: no empty string, no value twice in a list.

    Reason: an empty or repeated value says nothing and breaks counts.

    Usual cause: an empty list kept for an optional field, an offset below zero.

    Cure: leave the optional field out, or correct the value.
    """


class E207(Rule):
    """Keys stand in the order of the schema, in nested objects too.

    Reason: one order keeps diffs to what really changed.

    Usual cause: a record written by hand, or by a program that sorts keys.

    Cure: write the keys in the order that the message gives.
    """

    form = True


RULES = (E201, E202, E203, E204, E205, E206, E207)


def check_fields(table: str, number: int, record: Json) -> Iterator[Finding]:
    """Everything that keeps one record of `table` from fitting its schema."""
    misfits = schema.misfits(table, record)
    for misfit in misfits:
        for rule, message, hint in _EXPLAIN.get(misfit.keyword, _limit)(misfit):
            yield rule.at(table, number, message, pointer=misfit.pointer, hint=hint)
    if not misfits:
        yield from _order(table, number, record)


def _order(table: str, number: int, record: Json) -> Iterator[Finding]:
    for way, order in schema.key_orders(table):
        for found in _objects(record, way):
            keys = sorted(found, key=order.index)
            if list(found) != keys:
                pointer = "".join(f"/{name}" for name in way)
                message = f"keys in the order {', '.join(found)}, expected {', '.join(keys)}"
                yield E207.at(table, number, message, pointer=pointer)
                break


def _objects(record: Json, way: tuple[str, ...]) -> list[Json]:
    """The objects at the end of `way` into `record`; lists on it are passed through."""
    found: list[Any] = [record]
    for name in way:
        found = [item[name] for item in found if name in item]
        found = [part for item in found for part in (item if isinstance(item, list) else [item])]
    return found


Explained = Iterator[tuple[type[Rule], str, str]]
"""The broken rule, what was found and expected, and a hint."""


def _required(misfit: Misfit) -> Explained:
    # The engine reports each missing field by itself, its name only in the message.
    name = misfit.message.removesuffix(" is a required property").strip("'")
    yield E201, f"no field {name!r}", _meaning(misfit.schema["properties"][name])


def _unknown(misfit: Misfit) -> Explained:
    known = list(misfit.schema["properties"])
    for name in misfit.value:
        if name not in known:
            hint = _meant(name, known) or f"known: {', '.join(known)}"
            yield E202, f"unknown field {name!r}", hint


def _type(misfit: Misfit) -> Explained:
    hint = "leave an absent field out" if misfit.value is None else ""
    yield E203, f"{_shown(misfit.value)}, expected {_TYPES[misfit.wanted]}", hint


def _enum(misfit: Misfit) -> Explained:
    if isinstance(misfit.value, str):
        expected = f"{_shown(misfit.value)}, expected one of {', '.join(misfit.wanted)}"
        yield E204, expected, _meant(misfit.value.lower(), misfit.wanted)


def _pattern(misfit: Misfit) -> Explained:
    yield E205, f"{_shown(misfit.value)}, expected {misfit.wanted}", _meaning(misfit.schema)


def _format(misfit: Misfit) -> Explained:
    # A value without the pattern declared beside its format is reported for that alone.
    pattern = {"pattern": misfit.schema.get("pattern", "")}
    if jsonschema.Draft202012Validator(pattern).is_valid(misfit.value):
        yield E205, f"{_shown(misfit.value)} is no {misfit.wanted}", ""


def _limit(misfit: Misfit) -> Explained:
    limits = {
        "minimum": f"at least {misfit.wanted}",
        "maximum": f"at most {misfit.wanted}",
        "minLength": "a text that is not empty",
        "maxLength": f"at most {misfit.wanted} characters",
        "minItems": f"at least {misfit.wanted} item",
        "uniqueItems": "no value twice",
    }
    expected = limits.get(misfit.keyword, f"{misfit.keyword} {misfit.wanted}")
    yield E206, f"{_shown(misfit.value)}, expected {expected}", ""


def _meant(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else ""


def _meaning(field: Json) -> str:
    return str(field.get("description", "")).rstrip(".")


def _shown(value: object) -> str:
    shown = repr(value) if value is not None else "null"
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


_TYPES = {
    "string": "a string",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}

_EXPLAIN: dict[str, Callable[[Misfit], Explained]] = {
    "required": _required,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "format": _format,
}
