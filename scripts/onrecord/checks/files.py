"""Level 1, the bundle: the five files are there, readable, and nothing else is."""

from collections.abc import Iterator

from ..schema import TABLES
from ..store import Entry, table_file
from .rule import Finding, Rule


class E101(Rule):
    """A bundle holds all five files; an empty file means that there are no records.

    Reason: every table must load with one glob, and a missing file must not look like "none".

    Usual cause: a file was not added to the commit, or its name is misspelt.

    Cure: add the file; create it empty if the document has no such records.
    """


class E102(Rule):
    """A bundle holds nothing but its five files.

    Reason: what no command reads is never checked, and stays behind when a bundle is moved.

    Usual cause: an editor's backup, a temporary file, notes kept beside the data.

    Cure: remove the file, or put its content where it belongs.
    """


class E103(Rule):
    """The files of a bundle are regular files, not links, folders or devices.

    Reason: a link may leave the corpus or end nowhere in somebody else's clone.

    Usual cause: a file was linked instead of copied.

    Cure: replace the entry by a copy of the file.
    """


class E104(Rule):
    """The files of a bundle can be read.

    Reason: what cannot be read cannot be checked.

    Usual cause: the permissions of the file, or a damaged disk.

    Cure: make the file readable and check again.
    """


RULES = (E101, E102, E103, E104)


def check_entries(entries: list[Entry]) -> Iterator[Finding]:
    """Findings about what lies in a bundle's folder; their `table` is the name of the entry."""
    names = {entry.name for entry in entries}
    expected = [table_file(table) for table in TABLES]
    for name in expected:
        if name not in names:
            yield E101.at(name, 0, "missing", hint="an empty file means that there are no records")
    for entry in entries:
        if entry.name not in expected:
            yield E102.at(entry.name, 0, f"unexpected {entry.kind} in a bundle")
        elif entry.kind == "unreadable":
            yield E104.at(entry.name, 0, f"cannot be read: {entry.error}")
        elif entry.kind != "file":
            yield E103.at(entry.name, 0, f"is a {entry.kind}, expected a regular file")
