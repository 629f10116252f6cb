"""A made-up corpus of any size, to measure with: same seed, same bytes.

Documents have some 700 characters with names in several scripts, about 40 annotations each, and
pass every check. They are no language data and stand in no split of the corpus.
"""

import argparse
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.codec import convert, encode
from onrecord.ids import ALPHABET
from onrecord.store import table_file

Json = dict[str, Any]

PEOPLE = (
    "Ilse Varga", "Tomáš Říha", "Søren Åkerlund", "Mira Tolan", "Nguyễn Ánh", "Юлия Щёкина",
    "Δέσποινα Ρούσσου", "José Peña", "Zoë Núñez", "Łukasz Żak", "Oisín Ó Sé", "陈静",
    "Aïcha Benali",
)  # fmt: skip
PLACES = ("Kadresh", "Oruvia", "Gharat", "Tesmar", "São Bento", "Żelazna", "Møllevik", "Čierna")
BODIES = (
    "Transport Ministry",
    "Coast Guard Command",
    "Grain Board",
    "Radio Hasat",
    "Harbour Guild",
)
ROLES = ("a lecturer", "a former harbour master", "a grain trader", "a naval analyst")
CLAUSES = (
    "the strait was closed on Monday", "grain prices rose by a tenth", "talks will go on in spring",
    "two ships left the port at noon", "the bridge has reopened", "the ferry carried 212 people",
    "the treaty covers fishing and trade", "a sailor was hurt in the collision",
)  # fmt: skip
FRAMES = ("said", "announced", "told reporters", "stated", "added")
WORDS = ("reckless", "a dead letter", "naïve", "a farce", "overdue")


@dataclass
class Writer:
    """Writes one document and keeps the offsets of what it writes."""

    name: str
    random: random.Random
    text: str = ""
    actors: dict[str, Json] = field(default_factory=dict)
    tables: dict[str, list[Json]] = field(
        default_factory=lambda: {"mentions": [], "quotes": [], "claims": []}
    )

    def put(self, words: str) -> Json:
        """Append words; their span."""
        start = len(self.text)
        self.text += words
        return {"start": start, "end": len(self.text), "exact": words}

    def mention(self, actor: str, kind: str, form: str, words: str, name: str = "") -> str:
        """Append a mention; its id."""
        self.actors.setdefault(
            actor, {"doc": self.name, "id": actor, "name": name or words, "kind": kind}
        )
        return self._record("mentions", {"actor": actor, "form": form, **self.put(words)})

    def quote(self, form: str, speaker: str, cue: Json, content: Json, kind: str) -> None:
        """Add a quote and the claim it carries."""
        fields = {"form": form, "speakers": [speaker], "cue": [cue], "content": [content]}
        carrier = self._record("quotes", fields)
        inner = content
        if form == "direct":
            inner = {
                "start": content["start"] + 1,
                "end": content["end"] - 2,
                "exact": content["exact"][1:-2],
            }
        self.claim(inner, kind, carrier)

    def claim(self, content: Json, kind: str, carrier: str = "") -> None:
        """Add a claim."""
        labels = {"kind": kind, "certainty": "certain", "polarity": "positive"}
        self._record(
            "claims", {**({"quote": carrier} if carrier else {}), **labels, "content": [content]}
        )

    def _record(self, table: str, fields: Json) -> str:
        records = self.tables[table]
        name = f"{table[0]}-{_base32(len(records))}"
        records.append({"doc": self.name, "id": name, **fields})
        return name


def document(number: int, seed: int = 0) -> dict[str, list[Json]]:
    """The records of one document, table by table."""
    writer = Writer(f"doc-{number:07d}", random.Random(seed * 10_000_019 + number))
    pick = writer.random.choice
    headline = writer.put(f"{pick(PLACES)} report {number}")
    writer.text = ""
    _place(writer, headline["exact"].split(" report")[0])
    writer.put(f" report {number}")
    head = len(writer.text)
    writer.put("\n")
    for paragraph in range(3):
        if paragraph:
            writer.put("\n")
        _indirect(writer)
        writer.put(" ")
        (_direct, _mixed, _own)[paragraph % 3](writer)
        writer.put(" ")
        _own(writer)
    record = {
        "id": writer.name,
        "language": "en",
        "origin": "constructed",
        "license": "CC-BY-4.0",
        "layers": ["actors", "quotes", "claims"],
        "annotation": {"method": "model", "passes": 1, "adjudicated": False},
        "brief": "natural",
        "sections": [
            {"role": "headline", "start": 0, "end": head},
            {"role": "body", "start": head + 1, "end": len(writer.text)},
        ],
        "text": writer.text,
    }
    actors = sorted(writer.actors.values(), key=lambda actor: actor["id"])
    return {"documents": [record], "actors": actors, **writer.tables}


def write_corpus(folder: Path, documents: int, per_bundle: int = 500, seed: int = 0) -> Path:
    """Write `documents` documents into bundles of `per_bundle` under `folder/train`."""
    for first in range(0, documents, per_bundle):
        bundle = folder / "train" / f"bundle-{first // per_bundle:05d}"
        bundle.mkdir(parents=True)
        tables: dict[str, list[Json]] = {}
        for number in range(first, min(first + per_bundle, documents)):
            for table, records in document(number, seed).items():
                tables.setdefault(table, []).extend(records)
        for table, records in tables.items():
            lines = encode(convert(table, record) for record in records)
            (bundle / table_file(table)).write_bytes(lines)
    return folder


def _place(writer: Writer, name: str) -> str:
    return writer.mention(f"place-{PLACES.index(name)}", "gpe", "name", name)


def _person(writer: Writer) -> tuple[int, str]:
    number = writer.random.randrange(len(PEOPLE))
    return number, writer.mention(f"person-{number}", "person", "name", PEOPLE[number])


def _indirect(writer: Writer) -> None:
    number, speaker = _person(writer)
    writer.put(", ")
    role = writer.random.choice(ROLES)
    writer.mention(f"person-{number}", "person", "nominal", role, PEOPLE[number])
    writer.put(", ")
    cue = writer.put(writer.random.choice(FRAMES))
    writer.put(" ")
    content = writer.put(writer.random.choice(CLAUSES))
    writer.put(".")
    writer.quote("indirect", speaker, cue, content, "fact")


def _direct(writer: Writer) -> None:
    clause = writer.random.choice(CLAUSES)
    content = writer.put(f"“{clause[0].upper()}{clause[1:]},”")
    writer.put(" ")
    _, speaker = _person(writer)
    writer.put(" ")
    cue = writer.put("said")
    writer.put(".")
    writer.quote("direct", speaker, cue, content, "fact")


def _mixed(writer: Writer) -> None:
    place = writer.random.choice(PLACES)
    _place(writer, place)
    writer.put("’s ")
    body = writer.random.randrange(len(BODIES))
    speaker = writer.mention(f"body-{body}", "organization", "name", BODIES[body])
    writer.put(" ")
    cue = writer.put("called")
    writer.put(" ")
    content = writer.put(f"the plan “{writer.random.choice(WORDS)}”")
    writer.put(".")
    writer.quote("mixed", speaker, cue, content, "evaluation")


def _own(writer: Writer) -> None:
    start = len(writer.text)
    writer.put("Trade between ")
    first, second = writer.random.sample(PLACES, 2)
    _place(writer, first)
    writer.put(" and ")
    _place(writer, second)
    writer.put(f" fell by {writer.random.randrange(1, 60)} percent")
    end = len(writer.text)
    writer.claim({"start": start, "end": end, "exact": writer.text[start:end]}, "fact")
    writer.put(".")


def _base32(number: int) -> str:
    digits = ""
    for _ in range(4):
        number, digit = divmod(number, 32)
        digits = ALPHABET[digit] + digits
    return digits


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("documents", type=int)
    parser.add_argument("--per-bundle", type=int, default=500)
    options = parser.parse_args()
    write_corpus(options.folder, options.documents, options.per_bundle)
