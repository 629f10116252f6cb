"""The schemas are the one place where a field is declared; everything else follows them."""

import json
import typing
from dataclasses import fields, is_dataclass
from itertools import chain
from types import NoneType, UnionType
from typing import Any

import jsonschema
import pytest

from onrecord import model, schema
from onrecord.model import Actor, Claim, Document, Mention, Quote
from onrecord.schema import TABLES
from onrecord.tables.features import source_features

from .conftest import ROOT

CLASSES = dict(zip(TABLES, (Document, Actor, Mention, Quote, Claim), strict=True))
SCALARS = {"string": str, "integer": int, "boolean": bool}


def declared(kind: Any) -> Any:
    """A type of the model as nested names and scalars, None taken out of optional ones."""
    if isinstance(kind, UnionType):
        (kind,) = [part for part in typing.get_args(kind) if part is not NoneType]
    if typing.get_origin(kind) is tuple:
        return [declared(typing.get_args(kind)[0])]
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return {field.name: declared(hints[field.name]) for field in fields(kind)}
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
    assert [field.name for field in fields(CLASSES[table])] == list(schema.fields(table))


@pytest.mark.parametrize("table", TABLES)
def test_only_optional_fields_have_defaults(table: str) -> None:
    required = set(schema.table_schema(table)["required"])
    kinds = typing.get_type_hints(CLASSES[table])
    absent = {name for name in kinds if NoneType in typing.get_args(kinds[name])}
    assert not absent & required


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


def test_no_field_is_declared_twice() -> None:
    """No module names the labels of a field; they are read from the schema."""
    code = "\n".join(path.read_text() for path in (ROOT / "scripts").rglob("*.py"))
    for label in ("metonym", "accusation", "conditional", "constructed", "subhead", "artifact"):
        assert f'"{label}"' not in code, label


def test_records_of_the_corpus_become_articles() -> None:
    record = {"doc": "d", "id": "q-0001", "form": "direct", "speakers": ["m-0001"], "cue": []}
    quote = model.quote({**record, "content": [{"start": 0, "end": 2, "exact": "ab"}]})
    assert quote.content == (model.Span(0, 2, "ab"),)
    assert quote.addressees == ()
    assert quote.within is None
