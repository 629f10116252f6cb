"""The JSON Schemas: what tables, fields and labels there are, and whether a record fits."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, reduce
from operator import getitem
from typing import Any

import jsonschema
import regex

from .paths import data_folder

ANNOTATIONS = ("actors", "mentions", "quotes", "claims")
TABLES = ("documents", *ANNOTATIONS)

Json = dict[str, Any]
"""A JSON object, as between a line of a file and the model."""


@cache
def table_schema(table: str) -> Json:
    """The schema of one record of `table`, with every reference to a shared definition replaced."""
    return _whole(table)


@cache
def answer_schema() -> Json:
    """The schema of what a language model answers (`answer.schema.json`), references replaced."""
    return _whole("answer")


@cache
def layers() -> tuple[str, ...]:
    """What a document can be annotated in exhaustively."""
    return tuple(table_schema("documents")["properties"]["layers"]["items"]["enum"])


@cache
def fields(table: str) -> tuple[str, ...]:
    """Names of the fields of `table` in canonical order."""
    return tuple(table_schema(table)["properties"])


@cache
def span_fields(table: str) -> tuple[str, ...]:
    """Names of the fields of `table` that hold a list of spans."""
    return tuple(
        name
        for name, field in table_schema(table)["properties"].items()
        if "exact" in field.get("items", {}).get("properties", {})
    )


@cache
def references(table: str) -> dict[str, str]:
    """The fields of `table` that hold an id or a list of ids, each with the table they point to."""
    properties = table_schema(table)["properties"]
    return {
        name: field["references"] for name, field in properties.items() if "references" in field
    }


@cache
def plain_fields(table: str) -> tuple[str, ...]:
    """Names of the fields of an annotation that hold one text of its own.

    They are all but its document, its place and words, and what refers to other records.
    """
    return tuple(
        name
        for name, field in table_schema(table)["properties"].items()
        if field["type"] == "string" and name not in (*references(table), "doc", "exact")
    )


@cache
def unclear_fields(table: str) -> tuple[str, ...]:
    """Names of the label fields of `table` that may be `unspecified`."""
    properties = table_schema(table)["properties"]
    return tuple(n for n, field in properties.items() if "unspecified" in field.get("enum", ()))


@cache
def worded(table: str) -> tuple[str, ...]:
    """The fields of `table` that hold words of the article, as dotted paths (`cue.exact`).

    They are declared by the keyword `holdsText`.
    """
    return tuple(_worded(table_schema(table)))


@cache
def labels(table: str, field: str) -> dict[str, str]:
    """The values a label field may take, each with its description."""
    declared = table_schema(table)["properties"][field]
    return dict(zip(declared["enum"], declared["enumDescriptions"], strict=True))


def key_orders(table: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every object in a record of `table`: the way to it, and its keys in canonical order.

    A way is a tuple of field names; lists on the way are passed through.
    """
    yield from _key_orders(table_schema(table), ())


@dataclass(frozen=True, slots=True)
class Misfit:
    """One way in which a value does not fit its schema.

    `keyword` is the keyword of JSON Schema that failed and `wanted` its value; `schema` is what
    declares the value, `pointer` the way to it in the record.
    """

    keyword: str
    wanted: Any
    value: Any
    schema: Json
    pointer: str
    message: str


def misfits(table: str, record: Json) -> list[Misfit]:
    """Everything that keeps one record from being valid, found by the reference engine."""
    found = (_misfit(error) for error in _reference(table).iter_errors(record))
    return sorted(found, key=lambda misfit: misfit.pointer)


def _misfit(error: Any) -> Misfit:
    pointer = "".join(f"/{part}" for part in error.absolute_path)
    declared = error.validator, error.validator_value, error.instance, error.schema
    return Misfit(*declared, pointer, error.message)


@cache
def _reference(table: str) -> Any:
    return _Reference(
        table_schema(table), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def _ecma_pattern(
    _: Any, pattern: str, value: Any, __: Any
) -> Iterator[jsonschema.ValidationError]:
    """`pattern` as ECMA 262 reads it, where `$` does not match before a final line feed."""
    if isinstance(value, str) and not regex.search(pattern.replace("$", r"\Z"), value):
        yield jsonschema.ValidationError(f"{value!r} does not match {pattern!r}")


_Reference: Any = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator, {"pattern": _ecma_pattern}
)


def _whole(name: str) -> Json:
    schema: Json = _resolved(_read(name), name)
    return schema


def _read(name: str) -> Json:
    schema: Json = json.loads((data_folder("schema") / f"{name}.schema.json").read_bytes())
    return schema


def _resolved(node: Any, home: str) -> Any:
    """`node` of the schema `home` with each `$ref` merged into its place.

    What stands beside a reference wins.
    """
    if isinstance(node, list):
        return [_resolved(item, home) for item in node]
    if not isinstance(node, dict):
        return node
    beside = {key: _resolved(value, home) for key, value in node.items() if key != "$ref"}
    if "$ref" not in node:
        return beside
    file, _, pointer = node["$ref"].partition("#/")
    home = file.removesuffix(".schema.json") or home
    target = reduce(getitem, pointer.split("/"), _read(home))
    return {**_resolved(target, home), **beside}


def _worded(node: Json) -> Iterator[str]:
    for name, field in node.get("properties", {}).items():
        if field.get("holdsText"):
            yield name
        yield from (f"{name}.{path}" for path in _worded(field.get("items", field)))


def _key_orders(
    node: Json, way: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    node = node.get("items", node)
    if "properties" in node:
        yield way, tuple(node["properties"])
        for name, field in node["properties"].items():
            yield from _key_orders(field, (*way, name))
