"""HTML pages to articles without annotations, by trafilatura.

trafilatura (Barbaresi, 2021) finds the article on a page. Its text is the headline on a line of its
own and a line for each paragraph, heading, item of a list. What the page says of the article in its
metadata goes into the document. Pages are read from files, nothing is fetched.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import sources
from ..formats import about, html
from ..formats.blocks import blocks, tree_of
from ..formats.document import fitting_fields
from ..formats.shapes import MisshapenError
from ..problem import MissingExtraError
from ..standoff.format import Importer, Raw, Reading, Source

LARGEST = 20 * 2**20
"""Bytes of a page that is read at all; trafilatura takes minutes for more."""


def read(path: Path, reading: Reading) -> Iterator[Raw]:
    """The article of a page, or of each page in a folder.

    Raises:
        MissingExtraError: trafilatura is not installed.
    """
    extraction = _trafilatura()
    for file in sources.files(path, ".html", ".htm", ".xhtml"):
        with reading.each(file) as source:
            try:
                yield _article(extraction, _tree(file), source)
            except MisshapenError as error:
                source.wrong(0, str(error))


def _tree(path: Path) -> Any:
    data = sources.read(path)
    if len(data) > LARGEST:
        raise MisshapenError(f"has {len(data)} bytes, expected at most {LARGEST}")
    try:
        return tree_of(html.characters(data))
    except LookupError as error:
        raise MisshapenError(f"{error}, expected one of the web, or UTF-8") from None
    except UnicodeDecodeError as error:
        found = f"byte {error.start} is 0x{data[error.start]:02x}"
        raise MisshapenError(f"{found}, expected {error.encoding}") from None


def _article(extraction: Any, tree: Any, source: Source) -> Raw:
    told = html.facts(tree)
    told["language"] = about.language(told["language"])
    told["license"] = about.licences({"license": told["license"]}, 0, source)
    fields = fitting_fields(told, 0, source)
    try:
        found = extraction(
            tree, with_metadata=True, favor_precision=True, include_comments=False,
            include_tables=False, date_extraction_params={"extensive_search": False},
        )  # fmt: skip
    except Exception as error:  # whatever a page does to a parser of others, the next may be sound
        raise MisshapenError(f"trafilatura fails ({error!r:.60}), expected an article") from None
    lines = blocks(found.body) if found else []
    if not lines:
        raise MisshapenError("no running text, expected an article")
    title = " ".join((found.title or "").split())
    if title and lines[0].casefold() != title.casefold():
        lines.insert(0, title)
    return Raw(source.path.stem, "\n".join(lines).encode(), fields, source.shown)


def _trafilatura() -> Any:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        wanted = "HTML pages need trafilatura: pip install 'onrecord[html]'"
        raise MissingExtraError(wanted) from None
    return bare_extraction


IMPORTER = Importer(
    name="html",
    title="HTML pages, by trafilatura",
    read=read,
    takes="a file *.html, or a folder of such",
    map="",
    loses=(
        "what surrounds the article: menus, advertisements, comments",
        "tables and pictures with their captions",
        "links and type faces",
    ),
    extra="html",
)
