"""Interlinear notes to the tables of a bundle."""

import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from .. import sources
from ..codec import convert
from ..describe import described
from ..ids import Draw, mint
from ..interlinear import (
    PARAGRAPH,
    RULE,
    Stretch,
    UnclearError,
    carrier,
    claim_content,
    mention_form,
    nearest,
    paragraphs,
    quote_form,
    read_spans,
)
from ..model import Article, Mention, Record, Span, articles
from ..normal import article_text
from ..notes import (
    SURFACES,
    ActorLine,
    actor_line,
    claim_labels,
    document_field,
    noted,
    section,
)
from ..problem import Problem, UncheckedError
from ..schema import ANNOTATIONS, Json, fields, layers, misfits
from ..standoff.format import Importer, Reading


def read(
    notes: str, text: str, *, path: str = "-", registry: str = "", draw: Draw = secrets.choice
) -> dict[str, list[Record]]:
    """The tables of the bundle that `notes` describe, over the document's `text`.

    `registry` is a file of actor lines shared by many articles; those that the article mentions are
    taken from it. Ids that the notes do not give are minted with `draw`.

    Raises:
        UncheckedError: lines that cannot be understood; `problems` has all of them.
    """
    reader = _Reader(text, path, draw)
    for number, line in enumerate(registry.split("\n"), start=1):
        if line.startswith("@"):
            reader.tell(number, reader.registered, line)
    head, _, body = notes.partition(f"\n{RULE}\n")
    for number, line in enumerate(head.split("\n"), start=1):
        reader.tell(number, reader.head_line, line)
    for number, line in enumerate(body.split("\n"), start=head.count("\n") + 3):
        reader.tell(number, reader.body_line, line)
    tables = reader.finished()
    if reader.problems:
        raise UncheckedError(f"{path} has {len(reader.problems)} errors", reader.problems)
    return tables


def read_files(path: Path, reading: Reading) -> Iterator[Article]:
    """The articles that files of notes describe, each over its text.

    The text of `<name>.interlinear` is `<name>.txt`, beside it or in the folder that the user
    names, or else the file that the user names.
    """
    registry = sources.text(reading.registry) if reading.registry else ""
    for file in sources.files(path, ".interlinear"):
        with reading.each(file) as source:
            notes, text = sources.text(file), sources.read_utf8(_text_of(file, reading.text))
            yield from articles(
                read(notes, article_text(text), path=source.shown, registry=registry)
            )


def _text_of(notes: Path, named: Path | None) -> Path:
    folder = named or notes.parent
    return folder / f"{notes.stem}.txt" if folder.is_dir() else folder


class _Reader:
    def __init__(self, text: str, path: str, draw: Draw) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._path = path
        self._draw = draw
        self._paragraphs = paragraphs(text)
        self._here: Stretch | None = None
        self._cursor = 0
        self._document: Json = {}
        self._sections: list[Json] = []
        self._actors: dict[str, ActorLine] = {}
        self._own: set[str] = set()
        self._mentions: list[Json] = []
        self._refused: set[tuple[int, int]] = set()
        self._quotes: list[Json] = []
        self._claims: list[Json] = []
        self._keys: dict[str, str] = {}
        self._meant: list[str] = []
        self._earlier: list[tuple[str, tuple[Span, ...]]] = []
        self._ids: set[str] = set()

    def tell(self, number: int, understand: Callable[[str], None], line: str) -> None:
        """Understand one line, or keep what is wrong with it."""
        try:
            understand(line)
        except UnclearError as error:
            self.problems.append(Problem(self._path, number, 1, "interlinear", str(error)))

    def head_line(self, line: str) -> None:
        if line.startswith("@"):
            self.actor(line)
        elif line.strip():
            name, found, value = line.partition("=")
            if not found:
                raise UnclearError(f"{line!r}, expected field=value or @actor")
            self._field(name.strip(), value.strip())

    def body_line(self, line: str) -> None:
        words, note = noted(line.strip())
        if not words:
            return
        if words.startswith(PARAGRAPH):
            self._turn_to(words[1:])
        elif self._here is None:
            raise UnclearError(f"{words!r} stands before the first {PARAGRAPH}")
        elif words.startswith("m "):
            self._mention_line(words[2:], note)
        elif re.match(r"q[\w-]*[/< ]", words):
            self._quote_line(words, note, self._here)
        elif re.match(r"c[\w-]* ", words):
            self._claim_line(words, note, self._here)
        else:
            raise UnclearError(f"{words!r}, expected m, q or c")

    def registered(self, line: str) -> None:
        """An actor line of a registry, which one of the article's own may replace."""
        found = actor_line(line)
        self._actors[found.name] = found

    def actor(self, line: str) -> None:
        """An actor line of the article."""
        found = actor_line(line)
        if found.name in self._own:
            raise UnclearError(f"actor {found.name!r} stands twice")
        self._own.add(found.name)
        self._actors[found.name] = found

    def finished(self) -> dict[str, list[Record]]:
        """The tables, sorted; nothing of use if there were problems."""
        self._find_surfaces()
        name = str(self._document.get("id", ""))
        mentioned = {mention["actor"] for mention in self._mentions}
        needed = mentioned | {t for c in self._claims for t in c.get("targets", ())}
        quotes = {*self._keys, *self._keys.values()}
        for key in self._meant:
            if key not in quotes:
                self._complain(f"no quote {key!r}")
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in self._mentions:
            mentions[mention["actor"]].append(Mention(doc="", **mention))
        for quote in self._quotes:
            self._resolve(quote, mentions)
        if misfits("documents", found_document := self._full_document()):
            self._complain_of("documents", found_document)
            return {}
        actors = [a.record for a in self._actors.values() if a.record["id"] in needed]
        found = {
            "documents": [found_document],
            "actors": sorted(actors, key=lambda actor: str(actor["id"])),
            "mentions": sorted(self._mentions, key=_place),
            "quotes": sorted(self._quotes, key=_place),
            "claims": sorted(self._claims, key=_place),
        }
        owned = {t: [{"doc": name, **r} for r in found[t]] for t in ANNOTATIONS}
        return {t: list(self._converted(t, rows)) for t, rows in {**found, **owned}.items()}

    # The head

    def _field(self, name: str, value: str) -> None:
        if name == "section":
            self._sections.append(section(value))
        else:
            self._document |= document_field(name, value)

    def _full_document(self) -> Json:
        told = {"language": "en", "layers": list(layers()), **self._document, "text": self._text}
        given = described(told | ({"sections": self._sections} if self._sections else {}))
        return {name: given[name] for name in fields("documents") if name in given} | given

    # The body

    def _turn_to(self, number: str) -> None:
        if not (number.isdigit() and 1 <= int(number) <= len(self._paragraphs)):
            raise UnclearError(f"no paragraph {number!r}, expected 1 to {len(self._paragraphs)}")
        self._here = self._paragraphs[int(number) - 1]
        self._cursor = self._here.start
        self._earlier = []

    def _mention_line(self, words: str, note: Json) -> None:
        assert self._here is not None
        wrong = []
        for item in words.split(";"):
            try:
                self._mention_item(item, note, self._here)
            except UnclearError as error:
                wrong.append(str(error))
        if wrong:
            raise UnclearError("; ".join(wrong))

    def _mention_item(self, item: str, note: Json, here: Stretch) -> None:
        if item.strip():
            match = re.fullmatch(r"(.+)=([\w-]+)(?:/(\w+))?(?:#(\w+))?", item.strip())
            if not match:
                raise UnclearError(f"{item.strip()!r}, expected words=actor")
            span = self._next(match[1], here)
            self._cursor = span.start
            if match[2] == "-":
                self._refused.add((span.start, span.end))
            else:
                self._add_mention(span, match[2], match[3], match[4], note)

    def _next(self, words: str, here: Stretch) -> Span:
        """The next place of the words; `^n` counts from the start of the paragraph instead."""
        if "^" in words or words.startswith("@") or " .. " in words:
            return read_spans(words, here)[0]
        taken = {(m["start"], m["end"]) for m in self._mentions} | self._refused
        for start in (self._cursor, here.start):
            stretch = Stretch(here.text, start, here.end)
            for n in range(1, 60):
                try:
                    (span,) = read_spans(f"{words}^{n}", stretch)
                except UnclearError:
                    break
                if (span.start, span.end) not in taken:
                    return span
        raise UnclearError(f"{words!r} is not in this paragraph, or not once more")

    def _add_mention(
        self, span: Span, actor: str, form: str | None, name: str | None, note: Json
    ) -> None:
        known = self._actors.get(actor)
        if known is None:
            raise UnclearError(f"no actor {actor!r}")
        listed = dict(known.surfaces).get(span.exact)
        derived = listed or mention_form(span.exact)
        self._mentions.append(
            {
                "id": self._id("m", name),
                "actor": actor,
                "form": form or derived,
                "start": span.start,
                "end": span.end,
                "exact": span.exact,
                **note,
            }
        )

    def _quote_line(self, words: str, note: Json, here: Stretch) -> None:
        columns = [part.strip() for part in words.split(" | ")]
        if len(columns) != 3:
            raise UnclearError(f"{words!r}, expected q speakers | cue | content")
        head, _, who = columns[0].partition(" ")
        match = re.fullmatch(r"(q[\w-]*)(?:/(\w+))?(?:<([\w-]+))?", head)
        if not match:
            raise UnclearError(f"{head!r}, expected q1, q1/form or q1<q0")
        content_words, _, told = columns[2].partition(" : ")
        content = read_spans(content_words, here)
        cue = () if columns[1] == "-" else read_spans(columns[1], here)
        name = self._id("q", match[1][2:] if match[1].startswith("q-") else None)
        if match[1] in self._keys:
            raise UnclearError(f"quote {match[1]!r} stands twice")
        if match[3] and match[3] != "-":
            self._meant.append(match[3])
        self._keys[match[1]] = name
        outer = match[3] if match[3] else carrier(content, self._earlier)
        speakers, _, addressed = who.partition(" > ")
        quote = {"id": name, "form": match[2] or quote_form(content, self._text)}
        quote |= {"speakers": _names(speakers), "addressees": _names(addressed)}
        quote |= {"cue": _plain(cue), "content": _plain(content)}
        quote |= {"within": outer} if outer and outer != "-" else {}
        self._quotes.append({**quote, **note})
        self._earlier.append((name, content))
        if told:
            self._claims.append(self._claim(told, _plain(claim_content(content)), name, {}, None))

    def _claim_line(self, words: str, note: Json, here: Stretch) -> None:
        head, found, content = words.partition(" | ")
        if not found:
            raise UnclearError(f"{words!r}, expected c labels | content")
        name, _, told = head.partition(" ")
        carrying = self._earlier[-1][0] if self._earlier else None
        given = name[2:] if name.startswith("c-") else None
        spans = _plain(read_spans(content, here))
        self._claims.append(self._claim(told, spans, carrying, note, given))

    def _claim(
        self, told: str, content: list[Json], carrying: str | None, note: Json, name: str | None
    ) -> Json:
        carried = {"quote": carrying} if carrying else {}
        claim = {"id": self._id("c", name), **carried, **claim_labels(told)}
        return {**claim, "content": content, **note}

    # The end

    def _resolve(self, quote: Json, mentions: Mapping[str, Sequence[Mention]]) -> None:
        """Replace actors by their nearest mentions, and keys of quotes by their ids."""
        if "within" in quote:
            quote["within"] = self._keys.get(quote["within"], quote["within"])
        place = Span(**(quote["cue"] or quote["content"])[0])
        content = [Span(**span) for span in quote["content"]]
        for field_name in ("speakers", "addressees"):
            found = []
            for name in quote[field_name]:
                near = (
                    f"m-{name[1:]}"
                    if name[0] == "#"
                    else nearest(mentions.get(name, ()), name, place, content)
                )
                if near:
                    found.append(near)
                else:
                    self._complain(
                        f"{name!r} speaks, but has no mention outside {content[0].exact!r}"
                    )
            quote[field_name] = found
        if not quote["addressees"]:
            del quote["addressees"]

    def _find_surfaces(self) -> None:
        """Mentions by the surfaces that actor lines list, where none is noted."""
        listed = [(s, f, a) for a in self._actors.values() for s, f in a.surfaces]
        for surface, form, actor in sorted(listed, key=lambda item: (-len(item[0]), item[0])):
            for match in re.finditer(rf"(?<![\w-]){re.escape(surface)}(?!\w)", self._text):
                span = Span(start=match.start(), end=match.end(), exact=surface)
                if self._is_free(span):
                    self._add_mention(span, str(actor.record["id"]), form, None, {})

    def _is_free(self, span: Span) -> bool:
        """Whether a surface is neither refused nor marked, nor inside a name."""
        if (span.start, span.end) in self._refused:
            return False
        for mention in self._mentions:
            inside = mention["start"] <= span.start and span.end <= mention["end"]
            same = (mention["start"], mention["end"]) == (span.start, span.end)
            if same or (inside and mention["form"] in SURFACES.values()):
                return False
        return True

    def _id(self, letter: str, given: str | None) -> str:
        name = f"{letter}-{given}" if given else mint(letter, self._ids, self._draw)
        self._ids.add(name)
        return name

    def _converted(self, table: str, rows: list[Json]) -> Iterator[Record]:
        for row in rows:
            if misfits(table, row):
                self._complain_of(table, row)
            else:
                yield convert(table, row)

    def _complain_of(self, table: str, row: Json) -> None:
        for misfit in misfits(table, row):
            self._complain(f"{table}{misfit.pointer}: {misfit.message[:150]}")

    def _complain(self, message: str) -> None:
        self.problems.append(Problem(self._path, 0, 0, "interlinear", message))


def _names(words: str) -> list[str]:
    return [name.strip() for name in words.split(",") if name.strip() not in ("", "-")]


def _plain(spans: tuple[Span, ...]) -> list[Json]:
    return [{"start": s.start, "end": s.end, "exact": s.exact} for s in spans]


def _place(record: Json) -> tuple[int, int, str]:
    first = record["content"][0] if "content" in record else record
    return first["start"], -first["end"], record["id"]


IMPORTER = Importer(
    name="interlinear",
    title="notes for a text editor",
    read=read_files,
    takes="a file *.interlinear with its text *.txt beside it (or --text), or a folder of such",
    map="",
)
