"""All formats together: what can come in, what can go out, and what is lost on the way."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from . import exporters, importers
from .standoff import maps
from .standoff.format import Exporter, Importer

_TOLD = ("takes", "gives", "loses")


def formats() -> list[dict[str, Any]]:
    """Each format as a JSON object, by name; `import` and `export` tell of each way."""
    ways: list[tuple[str, Sequence[Importer | Exporter]]] = [
        ("import", [importers.importer(name) for name in importers.NAMES]),
        ("export", [exporters.exporter(name) for name in exporters.NAMES]),
    ]
    found: dict[str, dict[str, Any]] = {}
    for way, members in ways:
        for member in members:
            entry = found.setdefault(member.name, {"name": member.name, "title": member.title})
            told = {f.name: getattr(member, f.name) for f in fields(member) if f.name in _TOLD}
            entry |= {"extra": member.extra} if member.extra else {}
            entry[way] = {name: value for name, value in told.items() if value}
    return [found[name] for name in sorted(found)]


def text() -> str:
    """The formats and the maps as text for a terminal."""
    parts = [_entry(entry) for entry in formats()]
    known = "\n".join(f"  {name:<18} {maps.load(name).title}" for name in maps.shipped())
    return "\n\n".join([*parts, f"maps (--map)\n{known}"])


def _entry(entry: dict[str, Any]) -> str:
    extra = f"  (pip install 'onrecord[{entry['extra']}]')" if "extra" in entry else ""
    lines = [f"{entry['name']}: {entry['title']}{extra}"]
    for way, verb in (("import", "takes"), ("export", "gives")):
        if way in entry:
            lines.append(f"  {way}: {entry[way][verb]}")
            lines += [f"    loses {loss}" for loss in entry[way].get("loses", ())]
    return "\n".join(lines)
