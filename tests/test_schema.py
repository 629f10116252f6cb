"""The quick verdict and the reference engine agree on what fits a schema."""

import copy
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import msgspec
import orjson
import pytest
from hypothesis import given, settings

from onrecord import codec, schema
from onrecord.schema import TABLES

from .conftest import DATA

Json = dict[str, Any]

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**31, 2**63, 1.0, 1.5, "", "x", "A b", "a\n", "m-0000\n", "m-iiii", "é",
    [], ["x"], ["m-0000", "m-0000"], {}, {"start": 0}, "2031-02-30", "2031-2-3", "20310203",
    "a" * 121,
)  # fmt: skip


def sound(table: str) -> list[Json]:
    return [
        json.loads(line) for line in (DATA / "sound" / f"{table}.jsonl").read_text().splitlines()
    ]


def quick(table: str, record: Json) -> bool:
    """Whether the codec takes the record, written with its keys in canonical order."""
    try:
        line = orjson.dumps(in_order(table, record)) + b"\n"
    except TypeError:
        return False
    return codec.decode(table, line) is not None


def in_order(table: str, record: Json) -> Json:
    """The record with its keys sorted as the schema has them, unknown ones last."""

    def sort(node: Any, declared: Json) -> Any:
        if isinstance(node, list):
            return [sort(item, declared.get("items", {})) for item in node]
        if isinstance(node, dict) and "properties" in declared:
            order = list(declared["properties"])
            known = [name for name in order if name in node]
            names = known + [name for name in node if name not in order]
            return {n: sort(node[n], declared["properties"].get(n, {})) for n in names}
        return node

    ordered: Json = sort(record, schema.table_schema(table))
    return ordered


def ways(node: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield way
    if isinstance(node, (dict, list)):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from ways(value, (*way, key))


def change(record: Json, way: tuple[Any, ...], value: Any) -> Json:
    changed = copy.deepcopy(record)
    place: Any = changed
    for part in way[:-1]:
        place = place[part]
    place[way[-1]] = value
    return changed


def fits(table: str, record: Json) -> bool:
    return not schema.misfits(table, record) and not has_float(record)


def has_float(node: Any) -> bool:
    """Floats are faults of JSON here, though a schema takes 1.0 for an integer."""
    if isinstance(node, dict):
        return any(map(has_float, node.values()))
    return any(map(has_float, node)) if isinstance(node, list) else isinstance(node, float)


@pytest.mark.parametrize("table", TABLES)
def test_both_agree_on_every_single_change(table: str) -> None:
    record = sound(table)[-1]
    changed = [change(record, way, value) for way in ways(record) if way for value in ODD]
    changed += [change(record, (name,), value) for name in schema.fields(table) for value in ODD]
    changed += [{**record, "extra": 1}]
    changed += [{k: v for k, v in record.items() if k != name} for name in record]
    for mutant in changed:
        assert quick(table, mutant) == fits(table, mutant), mutant


@pytest.mark.parametrize(
    "path", sorted(DATA.rglob("*.jsonl")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_both_agree_on_every_fixture(path: Path) -> None:
    table = path.stem
    for line in path.read_bytes().split(b"\n"):
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(record, dict) and orjson.dumps(record) == line:
            assert quick(table, record) == fits(table, record), line


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**33) | st.text(max_size=5) | st.sampled_from(ODD),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("table", TABLES)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_both_agree_on_mutations(table: str, data: st.DataObject) -> None:
    mutant = data.draw(st.sampled_from(sound(table)))
    for _ in range(data.draw(st.integers(1, 3))):
        places = [way for way in ways(mutant) if way]
        mutant = change(mutant, data.draw(st.sampled_from(places)), data.draw(JSON))
    assert quick(table, mutant) == fits(table, mutant)


TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "array": list, "object": dict, "boolean": bool
}  # fmt: skip
OF_KEYWORD = {
    "pattern": "string", "minLength": "string", "maxLength": "string", "enum": "string",
    "format": "string", "minimum": "integer", "maximum": "integer", "minItems": "array",
    "uniqueItems": "array", "items": "array", "required": "object", "properties": "object",
    "additionalProperties": "object",
}  # fmt: skip
"""The keywords that our schemas use, and the type for which each says something."""


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The official test cases of JSON Schema, out of the source distribution of jsonschema."""
    folder = tmp_path_factory.mktemp("jsonschema")
    release = version("jsonschema")
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", "jsonschema"]
    subprocess.run(
        [*pip, "--dest", str(folder), f"jsonschema=={release}"], check=True, capture_output=True
    )
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return next(folder.glob("*/json/tests/draft2020-12"))


def usable(declared: Any, kind: str) -> bool:
    """Whether a case uses nothing but keywords of our schemas, in the form they use them."""
    if not isinstance(declared, dict):
        return False
    inner = {k: v for k, v in declared.items() if k != "$schema"}
    if not inner or any(OF_KEYWORD.get(keyword) != kind for keyword in inner):
        return False
    values = inner.get("enum", [])
    return all(isinstance(value, str) for value in values) and not isinstance(
        inner.get("items", {}), bool
    )


@pytest.mark.parametrize(
    "keyword", ["pattern", "minLength", "maxLength", "enum", "minimum", "maximum"]
)
def test_official_cases_of_the_keywords(keyword: str, official: Path) -> None:
    """Each case's verdict, as the value of a field of that type in a record of its own."""
    kind = OF_KEYWORD[keyword]
    judged = 0
    for group in json.loads((official / f"{keyword}.json").read_text()):
        if not usable(group["schema"], kind):
            continue
        declared = {"type": kind, **{k: v for k, v in group["schema"].items() if k != "$schema"}}
        if isinstance(declared.get(keyword), float):
            continue  # our limits are whole numbers
        for case in group["tests"]:
            if type(case["data"]) is TYPES[kind]:
                assert verdicts(declared, case["data"]) == (case["valid"],) * 2, case
                judged += 1
    assert judged > 0


def verdicts(declared: Json, value: Any) -> tuple[bool, bool]:
    """What the compiled type and tests say of one value, and what the reference engine says."""
    record = {
        "type": "object", "properties": {"v": declared}, "required": ["v"],
        "additionalProperties": False,
    }  # fmt: skip
    narrow = codec._strict(record, msgspec.defstruct("Record", [("v", hint(declared))]))
    try:
        read = [msgspec.json.decode(orjson.dumps({"v": value}), type=narrow)]
    except msgspec.ValidationError:
        taken = False
    else:
        taken = all(test(codec._values(read, name)) for name, test in codec._tests(record))
    return taken, schema._Reference(record).is_valid({"v": value})


def hint(declared: Json) -> Any:
    return {"string": str, "integer": int}[declared["type"]]


def test_our_schemas_use_no_other_keywords() -> None:
    told = {"type", "description", "title", "$schema"}
    told |= {"enumDescriptions", "references", "holdsText"}

    def keywords(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for name, value in node.items():
                yield name
                if name == "properties":
                    for field in value.values():
                        yield from keywords(field)
                elif name == "items":
                    yield from keywords(value)

    for table in TABLES:
        assert set(keywords(schema.table_schema(table))) <= told | set(OF_KEYWORD)
