"""What news formats tell about an article, as values of the fields of a document."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from license_expression import Licensing, get_spdx_licensing

from ..rights import passable
from ..standoff.format import Source

_ADDRESS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org"
    r"/(?:licenses/([a-z-]+)|publicdomain/(zero))/([0-9.]+)/?(?:(?:deed|legalcode)[a-z.-]*)?"
)
_NAME = re.compile(r"CC[ -]?(BY(?:[ -](?:NC|SA|ND))*|0)[ -]([0-9.]+)", re.IGNORECASE)
_LONGEST = 200
"""Characters of what can name a licence and say nothing more."""


def language(tag: str) -> str:
    """A tag of BCP 47 for `de`, `DE`, `de_AT` or `de-AT`."""
    primary, hyphen, rest = tag.strip().replace("_", "-").partition("-")
    return f"{primary.lower()}{hyphen}{rest}"


def day(moment: str) -> str:
    """The date that a moment of ISO 8601 begins with, as its own clock has it; else nothing."""
    try:
        return date.fromisoformat(moment.strip()[:10]).isoformat()
    except ValueError:
        return ""


def licence(terms: str) -> str:
    """The SPDX expression of the licence that terms are nothing but the name or address of.

    Terms that say more may speak of something else too: a lawyer has to read them.
    """
    words = terms.strip()
    if found := _ADDRESS.fullmatch(words) or _NAME.fullmatch(words):
        kind, version = (part for part in found.groups() if part)
        kind = kind.upper().replace(" ", "-")
        words = f"CC0-{version}" if kind in {"0", "ZERO"} else f"CC-{kind}-{version}"
    known = len(words) <= _LONGEST and passable(words)
    return str(_spdx().parse(words)) if known else ""


def licences(told: Mapping[str, str], line: int, source: Source) -> str:
    """The one licence that all terms agree on, or nothing; other terms are lost.

    `told` has each term by the name of its field in the source.
    """
    found = {name: licence(terms) for name, terms in told.items() if terms}
    agreed = set(found.values()) - {""}
    for name, known in found.items():
        if not known or len(agreed) > 1:
            source.lost(f"document field {name}", line, told[name])
    return agreed.pop() if len(agreed) == 1 else ""


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()
