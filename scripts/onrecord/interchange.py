"""All formats together: what can come in, what can go out, and what is lost on the way."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from html import escape
from typing import Any

from . import exporters, importers
from .markdown import table
from .standoff import maps
from .standoff.format import Exporter, Importer

_WAYS = (("import", "takes"), ("export", "gives"))
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


def formats_list() -> str:
    """The formats as a list in Markdown."""
    return "\n".join(line for entry in formats() for line in _item(entry))


def maps_table() -> str:
    """The maps that come with the package as a table."""
    rows = [[f"`{name}`", maps.load(name).title] for name in maps.shipped()]
    return table(["map", "of what"], rows, texts=2)


def _item(entry: dict[str, Any]) -> Iterator[str]:
    extra = f" (extra `{entry['extra']}`)" if "extra" in entry else ""
    yield f"- **`{entry['name']}`** {entry['title']}{extra}"
    for way, verb in _WAYS:
        if way in entry:
            lost = "; ".join(entry[way].get("loses", ()))
            told = _escaped(entry[way][verb]) + (f". *Loses* {_escaped(lost)}" if lost else "")
            yield f"  - {way}: {told}"


def _escaped(words: str) -> str:
    """Words of which Markdown makes neither tags nor emphasis."""
    return escape(words, quote=False).replace("*", r"\*")


def _entry(entry: dict[str, Any]) -> str:
    extra = f"  (pip install 'onrecord[{entry['extra']}]')" if "extra" in entry else ""
    lines = [f"{entry['name']}: {entry['title']}{extra}"]
    for way, verb in _WAYS:
        if way in entry:
            lines.append(f"  {way}: {entry[way][verb]}")
            lines += [f"    loses {loss}" for loss in entry[way].get("loses", ())]
    return "\n".join(lines)
