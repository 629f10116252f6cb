"""Articles of odd characters whose spans lie anywhere, for laws that hold for every article."""

from hypothesis import strategies as st

from onrecord.edges import is_blank
from onrecord.model import Actor, Article, Mention, Quote, Span

from .articles import article

_ODD = (
    "a b Ab . ' n't 's - _ # = @ | \\ ( ) [ ] % : ; & < / “ ” x̂ 👩‍👩‍👧 🇰🇷 ש \u200f \u200d "
    "中 한 \ufeff \u2060"
)
_SPACES = (" ", "  ", "\n", "\n\n", "\t", "\u2028", "\u200b", "\u00a0", "\u3000", ". ", " |")
_TEXTS = st.lists(st.sampled_from([*_ODD.split(" "), *_SPACES]), min_size=1, max_size=40)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of one actor, with mentions and quotes of one or two parts."""
    made = article("".join(draw(_TEXTS)))
    text = made.document.text
    ink = [at for at, character in enumerate(text) if not is_blank(character)]
    if not ink:
        return made

    def span() -> Span:
        first, last = sorted(draw(st.tuples(st.sampled_from(ink), st.sampled_from(ink))))
        return Span(start=first, end=last + 1, exact=text[first : last + 1])

    made.actors.append(Actor(doc="a", id="x-y", name="x", kind="person"))
    for number in range(draw(st.integers(0, 4))):
        one = span()
        made.mentions.append(
            Mention(
                doc="a", id=f"m-{number:04}", actor="x-y", form="name",
                start=one.start, end=one.end, exact=one.exact,
            )
        )  # fmt: skip
    made.mentions.sort(key=lambda mention: (mention.start, -mention.end, mention.id))
    for number in range(draw(st.integers(0, 3))):
        one, other = sorted((span(), span()), key=lambda span: span.start)
        content = (one, other) if one.end < other.start else (one,)
        quote = Quote(
            doc="a", id=f"q-{number:04}", form="mixed", speakers=(), cue=(span(),), content=content
        )
        made.quotes.append(quote)
    return made
