"""News items of ninjs to articles without annotations.

The text is the headline on a line of its own and the body, a line for each paragraph: of several
bodies the one in HTML, which has paragraphs. Pictures, events and packages are left out and
counted, so are further bodies, and everything said of the item that has no field.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import sources
from ..formats import about, ninjs
from ..formats.blocks import blocks, tree_of, unprinted
from ..formats.document import fitting_fields
from ..formats.shapes import MisshapenError
from ..ids import slug
from ..standoff.format import Importer, Raw, Reading, Source

LINES = (".jsonl", ".ndjson")
_TAKEN = ninjs.CARRIAGE | frozenset(
    "uri language headline headlines bodies firstcreated versioncreated infosource infosources"
    " copyrightholder usageterms rightsinfo".split()
)


def read(path: Path, reading: Reading) -> Iterator[Raw]:
    """The articles of a file: a news item, a list of them, or one on each line; or of a folder."""
    for file in sources.files(path, ".json", *LINES):
        with reading.each(file) as source:
            for line, value in _values(file):
                yield from _article(value, line, source)


def _values(path: Path) -> Iterator[tuple[int, Any]]:
    if path.name.endswith(LINES):
        yield from sources.json_lines(path)
    else:
        yield from ((0, value) for value in ninjs.items(sources.json(path)))


def _article(value: Any, line: int, source: Source) -> Iterator[Raw]:
    item = ninjs.item(value)
    if item is None:
        source.wrong(line, f"{value!r:.60}, expected a news item")
        return
    uri = ninjs.words(item, "uri")
    kind, status = ninjs.words(item, "type"), ninjs.words(item, "pubstatus")
    if kind not in {"", "text"}:
        source.lost(f"item of type {kind}", line, uri)
    elif status not in {"", "usable"}:
        source.lost(f"item that is {status}", line, uri)
    else:
        try:
            text = _text(item, line, source)
        except MisshapenError as error:
            source.wrong(line, f"{uri!r:.100}: {error}")
            return
        name = _name(item, source.path)
        yield Raw(name, text.encode(), _fields(item, line, source), source.shown)


def _text(item: ninjs.Item, line: int, source: Source) -> str:
    """The text of the article.

    Raises:
        MisshapenError: it has none in HTML or in plain text.
    """
    found = ninjs.bodies(item)
    if not found or found[0].kind not in {ninjs.HTML, ninjs.PLAIN}:
        kinds = ", ".join(body.kind for body in found) or "nothing"
        raise MisshapenError(f"{kinds} as body, expected text/html or text/plain")
    for body in found[1:]:
        source.lost(f"body {body.name or body.kind}", line)
    lines = _lines(found[0], line, source)
    if not lines:
        raise MisshapenError("a body without words, expected the text of an article")
    headline = ninjs.headline(item)
    if not headline or lines[0].casefold() == headline.casefold():
        return "\n".join(lines)
    return "\n".join([headline, *lines])


def _lines(body: ninjs.Body, line: int, source: Source) -> list[str]:
    if body.kind == ninjs.PLAIN:
        lines = body.value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return lines if any(map(str.strip, lines)) else []
    tree = tree_of(body.value)
    for name in unprinted(tree):
        source.lost(f"element {name}", line)
    return blocks(tree)


def _fields(item: ninjs.Item, line: int, source: Source) -> Mapping[str, str]:
    for name in sorted(item.keys() - _TAKEN):
        if item[name] and not name.startswith("body_"):
            source.lost(f"document field {name}", line)
    uri = ninjs.words(item, "uri")
    address = uri if uri.startswith(("http://", "https://")) else ""
    if uri and not address:
        source.lost("document field uri", line, uri)
    created = ninjs.words(item, "firstcreated") or ninjs.words(item, "versioncreated")
    told = {
        "language": about.language(ninjs.words(item, "language")),
        "publisher": ninjs.publisher(item),
        "url": address,
        "published": about.day(created),
        "license": about.licences(_terms(item), line, source),
    }
    return fitting_fields(told, line, source)


def _terms(item: ninjs.Item) -> dict[str, str]:
    rights = ninjs.item(item.get("rightsinfo")) or {}
    return {
        "usageterms": ninjs.words(item, "usageterms"),
        "rightsinfo": ninjs.words(rights, "linkedrights") or ninjs.words(rights, "encodedrights"),
    }


def _name(item: ninjs.Item, path: Path) -> str:
    """The last part of its URI, else its headline, else the name of the file."""
    last = ninjs.words(item, "uri").rstrip("/").replace(":", "/").split("/")[-1]
    return next((n for n in (last, ninjs.headline(item)) if slug(n)), path.stem)


IMPORTER = Importer(
    name="ninjs",
    title="ninjs news items (IPTC), versions 1 to 3",
    read=read,
    takes="a file *.json of one item or a list, or *.jsonl of one a line, or a folder of such",
    map="",
    loses=(
        "items other than text, and items that are withheld or cancelled",
        "further bodies, and figures in HTML",
        "bylines, places, subjects and whatever else has no field of a document",
    ),
)
