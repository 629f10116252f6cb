"""The schemas are the one place where a field is declared; everything else follows them."""

import ast
import json
import typing
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import NoneType, UnionType
from typing import Any

import jsonschema
import msgspec
import pytest

from onrecord import schema
from onrecord.model import CLASSES
from onrecord.schema import TABLES
from onrecord.tables.features import source_features

from .conftest import ROOT

SCALARS = {"string": str, "integer": int, "boolean": bool}


def declared(kind: Any) -> Any:
    """A type of the model as nested names and scalars, None taken out of optional ones."""
    if isinstance(kind, UnionType):
        (kind,) = [part for part in typing.get_args(kind) if part is not NoneType]
    if typing.get_origin(kind) is tuple:
        return [declared(typing.get_args(kind)[0])]
    if issubclass(kind, msgspec.Struct):
        hints = typing.get_type_hints(kind)
        return {name: declared(hints[name]) for name in kind.__struct_fields__}
    return kind


def expected(node: dict[str, Any]) -> Any:
    """The same of a schema."""
    if node["type"] == "array":
        return [expected(node["items"])]
    if node["type"] == "object":
        return {name: expected(field) for name, field in node["properties"].items()}
    return SCALARS[node["type"]]


@pytest.mark.parametrize("table", TABLES)
def test_dataclasses_equal_the_schemas(table: str) -> None:
    assert declared(CLASSES[table]) == expected(schema.table_schema(table))
    assert CLASSES[table].__struct_fields__ == schema.fields(table)


@pytest.mark.parametrize("table", TABLES)
def test_exactly_the_optional_fields_have_defaults(table: str) -> None:
    declared = msgspec.structs.fields(CLASSES[table])
    required = {field.name for field in declared if field.default is msgspec.NODEFAULT}
    assert required == set(schema.table_schema(table)["required"])


@pytest.mark.parametrize("table", TABLES)
def test_columns_equal_the_schemas(table: str) -> None:
    assert list(source_features(table)) == list(schema.fields(table))


@pytest.mark.parametrize("path", sorted((ROOT / "schema").glob("*.json")), ids=lambda p: p.stem)
def test_schemas_are_valid(path: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text()))


def every_field(node: dict[str, Any], way: str) -> Any:
    for name, field in node.get("properties", {}).items():
        yield f"{way}/{name}", field
        yield from every_field(field, f"{way}/{name}")
    if "items" in node:
        yield from every_field(node["items"], f"{way}[]")


def test_every_field_and_label_is_described() -> None:
    trees = (every_field(schema.table_schema(table), table) for table in TABLES)
    for way, field in chain.from_iterable(trees):
        assert field.get("description", "").endswith("."), way
        enums = [f for f in (field, field.get("items", {})) if "enum" in f]
        for enum in enums:
            assert len(enum["enum"]) == len(enum["enumDescriptions"]), way


def label_fields() -> Iterator[tuple[str, set[str]]]:
    for table in TABLES:
        for way, field in every_field(schema.table_schema(table), table):
            if len(field.get("enum", ())) > 2:
                yield way, set(field["enum"])


@pytest.mark.parametrize(
    "path", sorted((ROOT / "scripts").rglob("*.py")), ids=lambda path: path.stem
)
def test_labels_are_declared_in_the_schema_alone(path: Path) -> None:
    constants = {
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for way, values in label_fields():
        assert not values <= constants, way
