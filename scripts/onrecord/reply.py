"""What a language model replies: the schema its server holds it to, and the answer in its words."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from .answer import Answer, encoded
from .schema import Json, answer_schema

_KEPT = ("type", "description", "enum", "additionalProperties")


@cache
def strict_schema() -> Json:
    """The schema of an answer with only what every server understands.

    As OpenAI's "Structured Outputs" ask in strict mode: every field is required, and one that may
    be left out may be null or an empty list instead. Patterns and lengths are left to the reader.
    """
    schema: Json = _strict(answer_schema())
    return schema


def read(reply: str) -> Answer | None:
    """The answer in a reply, the last if there are several; None where there is none.

    An answer is a JSON object of the fields that `answer_schema` declares, whatever words or
    fences stand around it. Fields that are not declared or null are left out.
    """
    found = (_answer(value) for value in _objects(reply) if "actors" in value)
    return next(reversed([made for made in found if made is not None]), None)


def _strict(schema: Json) -> Json:
    made = {key: schema[key] for key in _KEPT if key in schema}
    if "items" in schema:
        made["items"] = _strict(schema["items"])
    if "properties" in schema:
        made["properties"] = {
            name: _strict(field) if name in schema["required"] else _optional(_strict(field))
            for name, field in schema["properties"].items()
        }
        made["required"] = list(schema["properties"])
    return made


def _optional(field: Json) -> Json:
    return field if field["type"] == "array" else {**field, "type": [field["type"], "null"]}


def _objects(reply: str) -> Iterator[Json]:
    """The JSON objects in a text that stand in no other, in order."""
    decoder = json.JSONDecoder()
    at = reply.find("{")
    while at >= 0:
        try:
            value, at = decoder.raw_decode(reply, at)
            yield value
        except RecursionError:  # no answer is that deep; what is inside would be as slow
            return
        except ValueError:
            at += 1
        at = reply.find("{", at)


def _answer(value: Json) -> Answer | None:
    try:
        found = msgspec.convert(_pruned(value, answer_schema()), Answer)
        encoded(found)  # half a surrogate pair can be read, but not written
    except (msgspec.ValidationError, UnicodeEncodeError):
        return None
    return found


def _pruned(value: Any, schema: Json) -> Any:
    """A value without the keys that its schema does not declare, and without nulls."""
    if isinstance(value, list) and "items" in schema:
        return [_pruned(item, schema["items"]) for item in value]
    if isinstance(value, dict):
        fields = schema.get("properties", {})
        return {
            name: _pruned(value[name], field)
            for name, field in fields.items()
            if value.get(name) is not None
        }
    return value
