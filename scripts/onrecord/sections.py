"""The parts of an article, as far as its form tells them."""

import re

from .model import Section

# A paragraph that begins like a byline is longer, or ends like a sentence.
_BYLINE = re.compile(
    r"(?:By|Von|Par|Por|Reporting by|\(Reporting by) \S.{,110}(?<![.!?][\"”’»'])(?<![.!?])$"
)
_DATELINE = re.compile(r"(?=[^a-z]{3})[^.!?]{3,60}?(?:\([^)]{1,30}\) ?)?(?: [-–—]{1,2} |: )")
_LONGEST_HEADLINE = 250


def propose_sections(text: str) -> list[Section]:
    """A first division of a text: headline, dateline, body, byline; for a person to correct."""
    sections: list[Section] = []
    at = 0
    for index, line in enumerate(text.split("\n")):
        end = at + len(line)
        if line:
            for role, start, stop in _roles(index, line, at, end):
                before = sections[-1] if sections else None
                if before and before.role == role == "body":
                    sections[-1] = Section(role=role, start=before.start, end=stop)
                else:
                    sections.append(Section(role=role, start=start, end=stop))
        at = end + 1
    return sections


def _roles(index: int, line: str, start: int, end: int) -> list[tuple[str, int, int]]:
    if index == 0 and len(line) <= _LONGEST_HEADLINE and not line.endswith("."):
        return [("headline", start, end)]
    if _BYLINE.fullmatch(line):
        return [("byline", start, end)]
    dateline = _DATELINE.match(line) if index <= 2 else None
    if dateline:
        stop = start + len(dateline[0].rstrip())
        return [("dateline", start, stop), ("body", start + dateline.end(), end)]
    return [("body", start, end)]
