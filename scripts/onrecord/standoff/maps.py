"""Maps: what the labels, attributes and links of a source mean in the record model.

A map is a TOML file with a `title` and four tables. `document` has fields that every document gets
unless the source tells them. `nodes` says for a label what its annotations become: a `mention`, a
`quote`, a `claim`, or a `span` whose words an edge uses; further keys are fixed fields, those of
a mention's actor with `actor.` before. `attributes` says which field an attribute fills, and with
`values` what its values are called here. `edges` says for a label which role the link has.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from ..problem import OnrecordError
from ..schema import fields, labels, misfits, plain_fields, table_schema

SHIPPED = Path(__file__).parent / "maps"

TABLES = {"mention": "mentions", "quote": "quotes", "claim": "claims"}
"""The table of what nodes become; a `span` has none."""
ENDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "speaker": (("quotes",), ("mentions",)),
    "addressee": (("quotes",), ("mentions",)),
    "cue": (("quotes",), ("", "mentions", "claims")),
    "content": (("quotes",), ("", "mentions", "claims")),
    "within": (("quotes",), ("quotes",)),
    "quote": (("claims",), ("quotes",)),
    "target": (("claims",), ("mentions",)),
    "coreference": (("mentions",), ("mentions",)),
}
"""What an edge can say, each with the tables of what it leads from and to, empty for bare words."""
ROLES = (*ENDS, "next")
"""The same, and that one part of a discontinuous annotation is followed by another."""

OF_ACTOR = "actor."
"""What stands before the name of a field of the actor that is mentioned."""

FILLED: Mapping[str, tuple[str, ...]] = {
    "actors": (*plain_fields("actors"), "members"),
    **{table: plain_fields(table) for table in TABLES.values()},
}
"""The fields of each table that labels and attributes can fill; the others come of edges."""


class MapError(OnrecordError):
    """A map that cannot be read, or says what cannot be."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the annotations with one label become, and the fields that they all have."""

    table: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filling:
    """The field that an attribute fills, and what its values become; others stay as they are."""

    field: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Role:
    """What an edge says; `reverse` if it leads the other way."""

    name: str
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """What the labels, attributes and edges of a source mean, each by its name there.

    The table of a `span` is empty.
    """

    title: str
    document: Mapping[str, Any]
    nodes: Mapping[str, Meaning]
    attributes: Mapping[str, Filling]
    edges: Mapping[str, Role]


def shipped() -> list[str]:
    """Names of the maps that come with the package."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load(name: str) -> Map:
    """The map of that name that comes with the package, else the file of that path.

    Raises:
        MapError: there is none, it is no TOML, or it says what cannot be.
    """
    path = SHIPPED / f"{name}.toml" if name in shipped() else Path(name)
    if not path.is_file():
        raise MapError(f"no map {name!r}, expected a file or one of {', '.join(shipped())}")
    try:
        given = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
        return _map(given)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise MapError(f"map {name!r}: {' '.join(str(error).split())}") from None
    except MapError as error:
        raise MapError(f"map {name!r}: {error}") from None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    document: dict[str, Any] = {}
    nodes: dict[str, dict[str, str] | str] = {}
    attributes: dict[str, "_Filling | str"] = {}
    edges: dict[str, "_Role | str"] = {}


class _Filling(msgspec.Struct, forbid_unknown_fields=True):
    field: str
    values: dict[str, str] = {}


class _Role(msgspec.Struct, forbid_unknown_fields=True):
    role: str
    reverse: bool = False


def _map(given: _File) -> Map:
    for name in given.document:
        _known(name, [field for field in fields("documents") if field != "text"], "document field")
    for misfit in misfits("documents", dict(given.document)):
        if misfit.pointer:
            name = misfit.pointer.split("/")[1]
            raise MapError(f"document field {name}: {misfit.message[:150]}")
    return Map(
        given.title,
        given.document,
        {label: _meaning(told) for label, told in given.nodes.items()},
        {name: _filling(told) for name, told in given.attributes.items()},
        {label: _role(told) for label, told in given.edges.items()},
    )


def _meaning(told: dict[str, str] | str) -> Meaning:
    given = {"is": told} if isinstance(told, str) else dict(told)
    kind = given.pop("is", "")
    _known(kind, [*TABLES, "span"], "kind of annotation")
    table = TABLES.get(kind, "")
    for name, value in given.items():
        _field(table, name, value)
    return Meaning(table, given)


def _field(table: str, name: str, value: str) -> None:
    """See that records of a table have a field, and that it may have a value."""
    owner = "actors" if table == "mentions" and name.startswith(OF_ACTOR) else table
    field = name.removeprefix(OF_ACTOR) if owner == "actors" else name
    _known(field, FILLED.get(owner, ()), f"field of {owner or 'spans'}")
    if "enum" in table_schema(owner)["properties"][field]:
        _known(value, labels(owner, field), f"value of {name}")


def _filling(told: _Filling | str) -> Filling:
    given = _Filling(told) if isinstance(told, str) else told
    of_actor = [f"{OF_ACTOR}{field}" for field in FILLED["actors"]]
    known = {field for table in TABLES.values() for field in FILLED[table]}
    _known(given.field, [*sorted(known), *of_actor], "field")
    if allowed := _values(given.field):
        for value in given.values.values():
            _known(value, allowed, f"value of {given.field}")
    return Filling(given.field, given.values)


def _values(field: str) -> list[str]:
    """The values that a field may take in one table or another, if they are told."""
    of_actor = field.startswith(OF_ACTOR)
    name = field.removeprefix(OF_ACTOR)
    tables = ["actors"] if of_actor else [t for t in TABLES.values() if name in FILLED[t]]
    enums = [t for t in tables if "enum" in table_schema(t)["properties"][name]]
    return list(dict.fromkeys(value for table in enums for value in labels(table, name)))


def _role(told: _Role | str) -> Role:
    given = _Role(told) if isinstance(told, str) else told
    _known(given.role, ROLES, "role")
    return Role(given.role, given.reverse)


def _known(name: str, expected: Any, what: str) -> None:
    if name not in expected:
        raise MapError(f"no {what} {name!r}, expected one of {', '.join(expected)}")
