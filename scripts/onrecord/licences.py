"""Licences of texts as others name them: the Hub in its cards, SPDX by address."""

import re
from collections.abc import Collection, Mapping
from typing import Any

UNSTATED = "NOASSERTION"
"""What a record says where no licence is known: the rights are the publisher's."""

ON_HUB = frozenset(
    """
    afl-3.0 apache-2.0 artistic-2.0 bsd-2-clause bsd-3-clause bsd-3-clause-clear bsl-1.0 cc-by-2.0
    cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nc-nd-3.0
    cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cc-by-nd-4.0 cc-by-sa-3.0
    cc-by-sa-4.0 cc0-1.0 cdla-permissive-1.0 cdla-permissive-2.0 cdla-sharing-1.0 ecl-2.0 epl-1.0
    epl-2.0 etalab-2.0 eupl-1.1 isc lppl-1.3c mit mpl-2.0 ms-pl ncsa ofl-1.1 osl-3.0 postgresql
    unlicense wtfpl zlib
    """.split()
)
"""Licences that the Hub knows by their SPDX identifier in lower case.

As the documentation of the Hub lists them.
"""

_IDENTIFIER = re.compile(r"(?!NOASSERTION$|NONE$|LicenseRef-)[A-Za-z0-9.-]+")


def card_fields(licences: Collection[str], file: str = "") -> dict[str, str]:
    """The licence fields of a dataset card; `file` is the licence beside the card, if any."""
    only = next(iter(licences)) if len(licences) == 1 else ""
    if only.lower() in ON_HUB:
        return {"license": only.lower()}
    link = file or address(only)
    return {
        "license": "other",
        "license_name": re.sub(r"[^a-z0-9.-]+", "-", only.lower()) or "several",
        **({"license_link": link} if link else {}),
    }


def address(licence: str) -> str:
    """Where SPDX publishes a licence, empty for what is no single identifier of SPDX."""
    known = _IDENTIFIER.fullmatch(licence)
    return f"https://spdx.org/licenses/{licence}.html" if known else ""


def described(licences: Mapping[str, int]) -> list[Any]:
    """Each licence as schema.org has it: its address, or a named work."""
    return [address(licence) or _work(licence, n) for licence, n in licences.items()]


def _work(licence: str, documents: int) -> dict[str, str]:
    reason = "no licence is known, the text belongs to its publisher"
    text = reason if licence == UNSTATED else f"SPDX expression {licence}"
    return {"@type": "CreativeWork", "name": licence, "description": f"{documents}: {text}"}
