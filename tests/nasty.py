"""Sound articles that are hard to carry from one format to another."""

from onrecord.ids import numbered
from onrecord.model import (
    Actor,
    Annotation,
    Article,
    Claim,
    Document,
    Mention,
    Quote,
    Section,
    Span,
)

Parts = tuple[str, ...]


class _Maker:
    """Puts an article together from words, which it finds in the text one behind the other."""

    def __init__(self, name: str, text: str, **fields: str) -> None:
        self.text = text
        given = {"language": "en", "origin": "constructed", "license": "CC-BY-4.0", **fields}
        how = Annotation(method="model+human", passes=2, adjudicated=True)
        body = (Section(role="body", start=0, end=len(text)),) if text.strip() else ()
        document = Document(
            id=name, layers=("actors", "quotes", "claims"), annotation=how, sections=body,
            text=text, **given,
        )  # fmt: skip
        self.article = Article(document)

    def spans(self, *parts: str) -> tuple[Span, ...]:
        found, after = [], 0
        for words in parts:
            start = self.text.index(words, after)
            after = start + len(words)
            found.append(Span(start=start, end=after, exact=words))
        return tuple(found)

    def actor(self, actor: str, kind: str, name: str = "", **more: object) -> None:
        doc = self.article.document.id
        found = Actor(doc=doc, id=actor, name=name or actor, kind=kind, **more)  # type: ignore[arg-type]
        self.article.actors.append(found)

    def mention(self, actor: str, *words: str, form: str = "name", note: str | None = None) -> str:
        """A mention where the last of `words` stands behind those before it."""
        span = self.spans(*words)[-1]
        number = numbered("m", len(self.article.mentions) + 1)
        self.article.mentions.append(
            Mention(
                doc=self.article.document.id, id=number, actor=actor, form=form, note=note,
                start=span.start, end=span.end, exact=span.exact,
            )
        )  # fmt: skip
        return number

    def quote(
        self, *content: str, cue: Parts = (), speakers: Parts = (), to: Parts = (),
        within: str | None = None, form: str = "indirect", note: str | None = None,
    ) -> str:  # fmt: skip
        number = numbered("q", len(self.article.quotes) + 1)
        self.article.quotes.append(
            Quote(
                doc=self.article.document.id, id=number, form=form, speakers=speakers,
                addressees=to, cue=self.spans(*cue), content=self.spans(*content), within=within,
                note=note,
            )
        )  # fmt: skip
        return number

    def claim(
        self, *content: str, quote: str | None = None, kind: str = "fact",
        certainty: str = "certain", polarity: str = "positive", targets: Parts = (),
        note: str | None = None,
    ) -> None:  # fmt: skip
        number = numbered("c", len(self.article.claims) + 1)
        self.article.claims.append(
            Claim(
                doc=self.article.document.id, id=number, quote=quote, kind=kind,
                certainty=certainty, polarity=polarity, targets=targets,
                content=self.spans(*content), note=note,
            )
        )  # fmt: skip

    def made(self) -> Article:
        """The article, each table in its order."""
        article = self.article
        article.actors.sort(key=lambda a: a.id)
        article.mentions.sort(key=lambda m: (m.start, -m.end, m.id))
        article.quotes.sort(key=lambda q: (q.content[0].start, -q.content[0].end, q.id))
        article.claims.sort(key=lambda c: (c.content[0].start, -c.content[0].end, c.id))
        return article


def characters() -> Article:
    """Joined emoji, flags, marks that stay apart in NFC, U+2028, a tab, two spaces."""
    text = (
        "👩‍👩‍👧 meets 🇰🇷\n"
        "👩‍👩‍👧 of 𝔘topia told x̂ŷ\u2028that  🇰🇷🇰🇵 would\twin, “naïve” 👍🏽 or not.\n"
        '<b>R&D</b> said: "1 < 2 && 3 > 2"; it\'s so. Then 😀 nodded.'
    )
    maker = _Maker(
        "nasty-characters", text, publisher='A "B" & <C>', url="https://e.example/?a=1&b=<2>"
    )
    maker.actor(
        "family", "group", "👩‍👩‍👧", note='joined by U+200D\nand a second line\t"quoted" <&>'
    )
    maker.actor("korea", "gpe", "🇰🇷", country="KOR", wikidata="Q884")
    maker.actor("x-hat", "person", "x̂ŷ", sector="UNK")
    maker.actor("r-and-d", "organization", "R&D", members=("family", "x-hat"))
    maker.mention("family", "👩‍👩‍👧", note="first | second // third ; 4")
    maker.mention("korea", "🇰🇷")
    speaker = maker.mention("family", "\n", "👩‍👩‍👧")
    to = maker.mention("x-hat", "x̂ŷ")
    maker.mention("korea", "that  ", "🇰🇷")
    other = maker.mention("r-and-d", "R&D")
    said = maker.quote(
        "that  🇰🇷🇰🇵 would\twin, “naïve” 👍🏽 or not", cue=("told",), speakers=(speaker,), to=(to,)
    )
    maker.claim("🇰🇷🇰🇵 would\twin", quote=said, kind="prediction", certainty="possible")
    shown = maker.quote(
        '"1 < 2 && 3 > 2"', cue=("said",), speakers=(other,), form="direct", note="<&>\"'\\ \n#;|"
    )
    maker.claim("1 < 2", quote=shown, note='{"json": [1, null]}')
    maker.claim("3 > 2", quote=shown, polarity="negative")
    maker.claim("it's so", kind="evaluation")
    return maker.made()


def directions() -> Article:
    """Hebrew and Arabic between Latin letters, with marks of direction."""
    text = "תל אביב\nשר הביטחון אמר: \u200f„המלחמה הסתיימה”\u200f. قال الرئيس إن الحرب انتهت (BBC)."
    maker = _Maker("nasty-directions", text, language="he")
    maker.actor("tel-aviv", "gpe", "תל אביב", country="ISR")
    maker.actor("minister", "person", "שר הביטחון")
    maker.actor("president", "person", "الرئيس")
    maker.actor("bbc", "organization", "BBC")
    maker.mention("tel-aviv", "תל אביב")
    first = maker.mention("minister", "שר הביטחון", form="nominal")
    second = maker.mention("president", "الرئيس", form="nominal")
    third = maker.mention("bbc", "BBC")
    over = maker.quote("„המלחמה הסתיימה”", cue=("אמר",), speakers=(first,), form="direct")
    maker.claim("המלחמה הסתיימה", quote=over)
    outer = maker.quote("الحرب انتهت", speakers=(third,))
    inner = maker.quote("الحرب انتهت", cue=("قال",), speakers=(second,), within=outer)
    maker.claim("الحرب انتهت", quote=inner)
    return maker.made()


def overlaps() -> Article:
    """Nested, crossing, discontinuous, doubled spans; joint speakers out of order; a chain."""
    text = (
        "A B C D E F G H I J K L M N O P Q R S T\n"
        "U V W X Y Z a b c d e f g h i j k l m n\n"
        "\n"
        "o p q r s t u v w x y z end"
    )
    maker = _Maker(
        "nasty-overlaps", text, story="letters", published="2031-02-03", brief="targeted"
    )
    for actor in ("one", "two", "three"):
        maker.actor(actor, "person")
    maker.actor("both", "group", members=("one", "two"))
    maker.actor("nowhere", "artifact", "a letter that nobody mentions", note="no mention")
    one = maker.mention("one", "A B C D")
    maker.mention("one", "A B")
    maker.mention("two", "A B C D", form="nominal")
    two = maker.mention("two", "C D E F", form="metonym")
    both = maker.mention("both", "U", form="pronoun")
    three = maker.mention("three", "end", form="adjective")
    outer = maker.quote(
        "F G", "I J K", "M", cue=("A", "D", "N O"), speakers=(three, one), to=(both, two),
        form="mixed",
    )  # fmt: skip
    middle = maker.quote("F G", "J", cue=("H",), within=outer, speakers=(two,))
    maker.quote("F", within=middle, speakers=())
    maker.quote("J K L M N", cue=("E",), speakers=(one,))
    maker.quote("S T\nU V", speakers=(both,), form="unspecified")
    long = maker.quote("W X", "o p q", "z", cue=("n\n\no",), speakers=(one, two, three))
    maker.claim("I J", "M", quote=outer, kind="demand", targets=("two", "both", "nowhere"))
    maker.claim("F", quote=middle, kind="accusation", certainty="conditional", targets=("three",))
    maker.claim("F", quote=middle, kind="accusation", certainty="probable")
    maker.claim(
        "o p q", quote=long, kind="intention", certainty="unspecified", polarity="unspecified"
    )
    maker.claim("S T\nU V W", kind="unspecified")
    maker.claim("b c", "e f", "h i")
    return maker.made()


def bare() -> Article:
    """An article of three words in which nothing is annotated, nor has been looked for."""
    maker = _Maker("nasty-bare", "Nothing to see", language="pt-BR", license="NOASSERTION")
    document = maker.article.document
    how = Annotation(method="human", passes=1, adjudicated=False)
    fields = {name: getattr(document, name) for name in document.__struct_fields__}
    return Article(Document(**{**fields, "layers": (), "annotation": how}))


def articles() -> list[Article]:
    """All of them."""
    return [bare(), characters(), directions(), overlaps()]
