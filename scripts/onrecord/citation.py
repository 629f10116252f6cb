"""What CITATION.cff says of a work: title, creators, version, licence, how to cite it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from .paths import Corpus
from .problem import OnrecordError

FILE = "CITATION.cff"


@dataclass(frozen=True, slots=True)
class Creator:
    """Somebody who made the work; `is_person` tells people from organizations."""

    name: str
    is_person: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """How a work is called and cited; what nobody has said is empty.

    `date` is the day of its release, YYYY-MM-DD.
    """

    title: str
    abstract: str = ""
    creators: tuple[Creator, ...] = ()
    version: str = ""
    date: str = ""
    url: str = ""
    doi: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The title up to its colon."""
        return self.title.partition(":")[0].strip()

    def bibtex(self) -> str:
        """The work as an entry of BibTeX, whose type `misc` every style knows."""
        fields = {
            "author": " and ".join(f"{{{_tex(creator.name)}}}" for creator in self.creators),
            "title": f"{{{_tex(self.title)}}}",
            "year": self.date[:4],
            "version": _tex(self.version),
            "doi": self.doi,
            "url": self.url,
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        key = re.sub(r"\W+", "-", self.name).strip("-").lower() or "dataset"
        return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def read(corpus: Corpus) -> Citation:
    """What the file in the corpus folder, else in its checkout, says.

    Without such a file only a name is known, that of the folder.

    Raises:
        OnrecordError: the file is no YAML mapping with a title.
    """
    paths = [folder / FILE for folder in (corpus.folder, corpus.root)]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        folder = corpus.root if corpus.folder.name == "corpus" else corpus.folder
        return Citation(title=folder.resolve().name)
    try:
        loaded = yaml.safe_load(path.read_bytes())
    except yaml.YAMLError as error:
        raise OnrecordError(f"{str(path)!r} is no YAML: {_line(error)}") from None
    if not isinstance(loaded, dict) or not loaded.get("title"):
        raise OnrecordError(f"{str(path)!r} has no title, expected Citation File Format 1.2")
    return _citation(loaded)


def _citation(cff: Mapping[str, Any]) -> Citation:
    """Fields of the Citation File Format 1.2; YAML reads some of them as numbers and dates."""
    known = {name: str(cff.get(name) or "").strip() for name in ("abstract", "version", "doi")}
    return Citation(
        title=str(cff["title"]).strip(),
        creators=tuple(_creator(author) for author in cff.get("authors") or ()),
        date=str(cff.get("date-released") or ""),
        url=str(cff.get("url") or cff.get("repository-code") or ""),
        keywords=tuple(map(str, cff.get("keywords") or ())),
        **known,
    )


def _creator(author: Mapping[str, Any]) -> Creator:
    url = str(author.get("orcid") or author.get("website") or "")
    if "name" in author:
        return Creator(str(author["name"]), False, url)
    parts = ("given-names", "name-particle", "family-names", "name-suffix")
    name = " ".join(str(author[part]) for part in parts if author.get(part))
    return Creator(name or str(author.get("alias", "")), True, url)


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
