"""Tables in Markdown, aligned so that they also read well in a terminal."""

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[object]], *, texts: int = 1) -> str:
    """A table whose first `texts` columns are texts, the others figures, set to the right.

    Whole numbers get their thousands apart, other figures three places; None is a dash.
    """
    lines = [list(head), *([_cell(value) for value in row] for row in rows)]
    widths = [max(3, *map(len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * width for width in widths[:texts]] + ["-" * (w - 1) + ":" for w in widths[texts:]]
    lines.insert(1, rule)
    return "\n".join(f"| {' | '.join(_set(line, widths, texts))} |" for line in lines)


def _set(line: Sequence[str], widths: Sequence[int], texts: int) -> list[str]:
    pairs = list(zip(line, widths, strict=True))
    return [c.ljust(w) for c, w in pairs[:texts]] + [c.rjust(w) for c, w in pairs[texts:]]


def _cell(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool() | str():
            return str(value)
        case int():
            return f"{value:,}"
        case float():
            return f"{value:.3f}"
    return str(value)
