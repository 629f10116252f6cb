"""The configs as record sets of Croissant: keys, fields, splits.

What mlcroissant 1.1 cannot read is left out, so that what is described is read as it is: a list of
records within a list of records (`unread` names them; the source tables hold them), and
references other than that to the splits, because it joins tables by a single column while ids of
actors, mentions and quotes are unique within a document only.
"""

from collections.abc import Iterator, Sequence, Set
from typing import Any

from datasets import ClassLabel, List

from .paths import SPLITS
from .schema import ANNOTATIONS, TABLES, Json, table_schema
from .tables.config import Config

_TYPES = {"string": "sc:Text", "bool": "sc:Boolean", "date32": "sc:Date"}


def file_set_id(config: str) -> str:
    """The id of the set of files that a config is read from."""
    return f"files/{config}"


def unread(config: Config) -> list[str]:
    """The columns of a config, as dotted paths, that its record set lacks."""
    return [path for name, f in config.features().items() for path in _too_deep(f, (name,))]


def splits_set(used: Set[str]) -> Json:
    """The splits as records, to which every config refers."""
    return {
        "@type": "cr:RecordSet",
        "@id": "splits",
        "name": "splits",
        "description": "Parts of the dataset by use; articles on one story stay in one split.",
        "dataType": "cr:Split",
        "key": {"@id": "splits/name"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": "splits/name",
                "name": "name",
                "description": "Name of the split.",
                "dataType": "sc:Text",
            }
        ],
        "data": [{"splits/name": split} for split in SPLITS if split in used],
    }


def record_set(config: Config, splits: Sequence[str]) -> Json:
    """One config: its columns as fields, and the split of each row."""
    features = config.features()
    gone = unread(config)
    note = f" Without {', '.join(gone)}, which its own table holds." if gone else ""
    return {
        "@type": "cr:RecordSet",
        "@id": config.name,
        "name": config.name,
        "description": config.description + note,
        **_key(config),
        "field": [
            _split_field(config, splits),
            *(
                field
                for name, feature in features.items()
                for field in _fields(config, (name,), feature)
            ),
        ],
    }


def _key(config: Config) -> Json:
    """The columns that tell the rows of a config apart, where it has an id."""
    features = config.features()
    if "id" not in features:
        return {}
    names = [name for name in ("doc", "id") if name in features]
    return {"key": [{"@id": f"{config.name}/{name}"} for name in names]}


def _split_field(config: Config, splits: Sequence[str]) -> Json:
    """The split, read from the path of the file.

    The pattern also matches the split alone, because mlcroissant applies it before and after it
    joins the splits.
    """
    return {
        "@type": "cr:Field",
        "@id": f"{config.name}/split",
        "name": "split",
        "description": "The split that the row belongs to.",
        "dataType": "sc:Text",
        "references": {"field": {"@id": "splits/name"}},
        "source": {
            "fileSet": {"@id": file_set_id(config.name)},
            "extract": {"fileProperty": "fullpath"},
            "transform": {
                "regex": rf"(?:data/{config.name}/)?({'|'.join(splits)})(?:-.+)?$",
            },
        },
    }


def _fields(config: Config, way: tuple[str, ...], feature: Any) -> Iterator[Json]:
    """The field at `way`, with those within it; none where there is no way to read it."""
    depth, inner = _unlisted(feature)
    field: Json = {
        "@type": "cr:Field",
        "@id": "/".join((config.name, *way)),
        "name": way[-1],
        **_described(config, way, inner),
        **_array(depth),
    }
    if not isinstance(inner, dict):
        yield {**field, "dataType": _type(inner), "source": _source(config, way)}
    elif not (depth and len(way) > 1):
        ways = {(*way, name): below for name, below in inner.items()}
        yield {
            **field,
            "subField": [f for way, below in ways.items() for f in _fields(config, way, below)],
        }


def _too_deep(feature: Any, way: tuple[str, ...]) -> Iterator[str]:
    depth, inner = _unlisted(feature)
    if isinstance(inner, dict):
        if depth and len(way) > 1:
            yield ".".join(way)
        else:
            for name, below in inner.items():
                yield from _too_deep(below, (*way, name))


def _unlisted(feature: Any) -> tuple[int, Any]:
    """How many lists there are around something, and what it is."""
    depth = 0
    while isinstance(feature, List):
        feature = feature.feature
        depth += 1
    return depth, feature


def _array(depth: int) -> Json:
    return {"isArray": True, "arrayShape": ",".join(["-1"] * depth)} if depth else {}


def _source(config: Config, way: tuple[str, ...]) -> Json:
    inside = {"transform": {"jsonPath": ".".join(way[1:])}} if len(way) > 1 else {}
    return {
        "fileSet": {"@id": file_set_id(config.name)},
        "extract": {"column": way[0]},
        **inside,
    }


def _described(config: Config, way: tuple[str, ...], feature: Any) -> Json:
    """What a column means: in the words of the schema, or the names of its labels."""
    if isinstance(feature, ClassLabel):
        return {"description": ", ".join(f"{i} {name}" for i, name in enumerate(feature.names))}
    if config.name in TABLES:
        way = (config.name, *way)
    elif config.name == "articles" and way[0] not in ANNOTATIONS:
        way = ("documents", *way)
    elif config.name != "articles":
        return {}
    schema = table_schema(way[0])
    for name in way[1:]:
        schema = schema.get("items", schema).get("properties", {}).get(name, {})
    return {"description": schema["description"]} if "description" in schema else {}


def _type(feature: Any) -> str:
    if isinstance(feature, ClassLabel):
        return "sc:Integer"
    return _TYPES.get(feature.dtype) or ("sc:Float" if "float" in feature.dtype else "sc:Integer")
