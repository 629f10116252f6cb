"""Columns in JSON lines, and excerpts with carets."""

import json

import pytest

from onrecord import locate

LINE = b'{"doc":"d","cue":[{"start":1,"exact":"a\\"\\u00e9,]}"},{"start":22}],"form":"x"}'


@pytest.mark.parametrize("pointer", ["", "/doc", "/cue", "/cue/0/exact", "/cue/1/start", "/form"])
def test_the_column_is_where_the_value_starts(pointer: str) -> None:
    text = LINE.decode()
    value = json.loads(text)
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    found, _ = json.JSONDecoder().raw_decode(text, locate.column(LINE, pointer) - 1)
    assert found == value


@pytest.mark.parametrize("line", [b"", b"{", b'{"a"', b"\xff", b"[1,2", b'"text"', b"12"])
def test_a_line_that_cannot_be_read_has_column_1(line: bytes) -> None:
    assert locate.column(line, "/a/0") == 1


def test_carets_stand_under_the_span() -> None:
    text = "First line.\nThe 渡辺 family left.\nLast."
    start = text.index("渡辺")
    above, below = locate.excerpt(text, start, start + 2).splitlines()
    assert above == " The 渡辺 family left."
    assert below == "     ^^^^"


def test_a_long_line_is_cut_on_both_sides() -> None:
    text = "word " * 100
    above, below = locate.excerpt(text, 250, 254).splitlines()
    assert above.startswith("…")
    assert above.endswith("…")
    assert above[below.index("^") : below.rindex("^") + 1] == "word"


def test_offsets_outside_the_text_have_no_excerpt() -> None:
    assert locate.excerpt("abc", 2, 9) == ""
    assert locate.excerpt("abc", 3, 1) == ""
