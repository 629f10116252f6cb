"""The single lines of interlinear notes: what each says, before it is put together."""

import re
from dataclasses import dataclass

from .interlinear import NOTE, UnclearError, unescaped
from .schema import Json, labels, misfits

SURFACES = {"n": "name", "adj": "adjective", "met": "metonym"}
"""Kinds of surfaces that an actor line may list, and the form of mentions found by them."""

_LABELLED = ("kind", "certainty", "polarity")


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor without its document, and the surfaces by which its mentions are found.

    A surface is its words and the form of the mentions that they are.
    """

    record: Json
    surfaces: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The actor's id."""
        return str(self.record["id"])


def noted(line: str) -> tuple[str, Json]:
    """A line without its note, and the note as a field."""
    words, found, note = line.partition(NOTE)
    return words.rstrip(), {"note": unescaped(note.strip())} if found else {}


def actor_line(line: str) -> ActorLine:
    """What `@id kind country sector | name | n: surface, ... | wikidata: Q1` says.

    Raises:
        UnclearError: it is no such line, or no such actor can be.
    """
    words, note = noted(line)
    head, *parts = [part.strip() for part in words[1:].split(" | ")]
    try:
        name, kind, country, sector = head.split()
    except ValueError:
        raise UnclearError(f"{head!r}, expected @id kind country sector") from None
    if not parts:
        raise UnclearError(f"{name!r} has no name")
    record: Json = {"id": name, "name": parts[0], "kind": kind}
    record |= {k: v for k, v in (("country", country), ("sector", sector)) if v != "-"}
    surfaces: list[tuple[str, str]] = []
    for part in parts[1:]:
        key, _, value = part.partition(":")
        values = [item.strip() for item in value.split(",") if item.strip()]
        if key in SURFACES:
            surfaces += [(surface, SURFACES[key]) for surface in values]
        else:
            record[key] = values if key == "members" else value.strip()
    record |= note
    for misfit in misfits("actors", {"doc": "x", **record}):
        raise UnclearError(f"{name!r}: {misfit.message[:150]}")
    return ActorLine(record, tuple(surfaces))


def document_field(name: str, value: str) -> Json:
    """A field of the document that `name=value` gives; sections are told by `section`.

    Raises:
        UnclearError: the value cannot be read.
    """
    match name:
        case "document":
            return {"id": value}
        case "layers":
            return {"layers": [part for part in value.split(",") if part]}
        case "annotation":
            found = re.fullmatch(r"(\S+) (\d+) (adjudicated|unadjudicated)", value)
            if not found:
                raise UnclearError(f"annotation {value!r}, expected method passes adjudicated")
            settled = found[3] == "adjudicated"
            how = {"method": found[1], "passes": int(found[2]), "adjudicated": settled}
            return {"annotation": how}
    return {name: value}


def section(value: str) -> Json:
    """What `role start-end` says.

    Raises:
        UnclearError: it says no such thing.
    """
    found = re.fullmatch(r"(\w+) (\d+)-(\d+)", value)
    if not found:
        raise UnclearError(f"section {value!r}, expected role start-end")
    return {"role": found[1], "start": int(found[2]), "end": int(found[3])}


def claim_labels(words: str) -> Json:
    """The labels of a claim and its targets; `certain` and `positive` may be left out.

    A label may be cut to three letters or more; `field=label` tells labels apart that several
    fields have.

    Raises:
        UnclearError: a word is no label, or none is a kind.
    """
    told: Json = {"certainty": "certain", "polarity": "positive"}
    for word in words.split():
        told |= {"targets": word[1:].split(",")} if word.startswith(">") else _label(word)
    if "kind" not in told:
        raise UnclearError(f"{words!r} names no kind of claim")
    return told


def _label(word: str) -> Json:
    field, _, begun = word.rpartition("=")
    for name in [field] if field in _LABELLED else _LABELLED:
        for value in labels("claims", name):
            if value.startswith(begun) and len(begun) >= 3:
                return {name: value}
    raise UnclearError(f"{word!r} is no label of claims")
