"""Pages and plain texts become articles: what is the article, and what the page says of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.bring import Order, bring
from onrecord.importers import html
from onrecord.importers import text as plain
from onrecord.losses import Losses
from onrecord.problem import NotFoundError, Problem
from onrecord.standoff.format import Importer, Raw, Reading
from onrecord.store import read_articles
from onrecord.target import target

from . import damage

Told = tuple[list[Raw], Losses, list[Problem]]

pytest.importorskip("trafilatura")

PARAGRAPHS = (
    "TESMAR (Merrowby) – Ferries sailed again on Tuesday after three weeks in which the island of"
    " Orsk had no link to the mainland, the operator said.",
    "“We are glad that it goes on,” said Captain Rhea Sandoway. The repair had taken longer than"
    " planned because parts were missing.",
    "Traders want money",
    "The market stood empty for three weeks, the traders said.",
    "They demand compensation from the province.",
    "“This must not happen again,” a spokeswoman for the chamber of commerce said.",
    "The operator will now have the ship checked every month. The ministry declined to comment.",
)
BODY = """
<body class="page"><header><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li>
</ul></nav></header>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies. <button>Accept all</button></p>
</div><main><article><h1>Ferry &amp; market resume</h1>
<p>{}</p><div class="advertisement">Advertisement: buy now!</div><p>{}</p>
<h2>{}</h2><ul><li>{}</li><li>{}</li></ul><blockquote><p>{}</p></blockquote>
<figure><img src="f.jpg" alt="f"><figcaption>The ferry at Tesmar. Photo: Merrowby</figcaption>
</figure><p>{}</p></article>
<aside><h3>Most read</h3><ul><li><a href="/1">Storm hits the coast</a></li></ul></aside>
<section id="comments" class="comments"><h3>Comments</h3><p>At last! Thanks to all who worked on
the ship, my family waited for weeks to get home again.</p></section></main>
<footer><p>© 2031 The Harbour Post. All about us. <a href="/imprint">Imprint</a></p></footer></body>
""".format(*PARAGRAPHS)  # fmt: skip
HEAD = """<head><meta charset="utf-8"><title>Ferry &amp; market resume | The Harbour Post</title>
<meta property="og:title" content="Ferry &amp; market resume">
<meta property="og:site_name" content="The Harbour Post">
<meta property="og:locale" content="en_GB">
<meta property="article:published_time" content="2021-03-04T08:00:00+01:00">
<meta property="article:modified_time" content="2021-03-06T08:00:00+01:00">
<link rel="canonical" href="https://post.example/2020/01/01/ferry">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head>"""
PAGE = f"<!DOCTYPE html>\n<html>{HEAD}{BODY}</html>"
TEXT = "\n".join(["Ferry & market resume", *PARAGRAPHS])


def read(path: Path, content: bytes | str, importer: Importer = html.IMPORTER) -> Told:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_all(path, importer)


def read_all(source: Path, importer: Importer = html.IMPORTER) -> Told:
    reading = Reading(Losses(), [])
    found = [one for one in importer.read(source, reading) if isinstance(one, Raw)]
    return found, reading.losses, reading.problems


def facts(folder: Path, head: str, attributes: str = "") -> dict[str, str]:
    (found,), *_ = read(folder / "a.html", f"<html {attributes}><head>{head}</head>{BODY}</html>")
    return dict(found.document)


def test_the_article_of_a_page(tmp_path: Path) -> None:
    (found,), losses, problems = read(tmp_path / "Ferry page.html", PAGE)
    assert found.source.decode() == TEXT
    assert found.name == "Ferry page"
    assert found.document == {
        "language": "en-GB",
        "publisher": "The Harbour Post",
        "url": "https://post.example/2020/01/01/ferry",
        "published": "2021-03-04",
        "license": "CC-BY-4.0",
    }
    assert (problems, bool(losses)) == ([], False)


def test_the_same_page_gives_the_same_article(tmp_path: Path) -> None:
    once, again = (read(tmp_path / "a.html", PAGE)[0] for _ in range(2))
    assert once == again


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "us-ascii", "latin1"])
def test_a_page_in_latin_1_means_windows_1252(encoding: str, tmp_path: Path) -> None:
    page = PAGE.replace("utf-8", encoding)
    (found,), *_ = read(tmp_path / "a.html", page.encode("cp1252"))
    assert found.source.decode() == TEXT


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (PAGE, "utf-8-sig"),
        (PAGE, "utf-16"),
        (f"<?xml version='1.0' encoding='utf-8'?>{PAGE}", "utf-8"),
        (PAGE.replace('charset="utf-8"', ""), "utf-8"),
        (
            PAGE.replace('charset="utf-8"', "http-equiv=Content-Type content='x; charset=gb2312'"),
            "gbk",
        ),
        (PAGE.replace('charset="utf-8"', "charset=utf-16"), "utf-8"),
    ],
)
def test_encodings(page: str, encoding: str, tmp_path: Path) -> None:
    page = page.replace("©", "(c)")
    (found,), *_ = read(tmp_path / "a.html", page.encode(encoding))
    assert found.source.decode() == TEXT


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<meta name=date content=2021-03-04>", "published", "2021-03-04"),
        ("<meta name='DC.date.issued' content='2021-03-04'>", "published", "2021-03-04"),
        ("<meta property='article:modified_time' content='2021-03-04'>", "published", None),
        ("<meta name=date content='4 March'>", "published", None),
        ("<title>Of 4 March 2021</title>", "published", None),
        ("<link rel=canonical href='/2021/03/04/ferry.html'>", "published", None),
        ("<link rel=canonical href='/2021/03/04/ferry.html'>", "url", None),
        ("<meta property='og:url' content='https://a.example/1'>", "url", "https://a.example/1"),
        ("<meta http-equiv=content-language content=DE-at>", "language", "de-at"),
        ("<meta property='og:site_name' content='harbour post'>", "publisher", "harbour post"),
        ("<link rel='license nofollow' href='/terms'>", "license", None),
    ],
)
def test_a_page_tells_what_it_says_in_so_many_words(
    head: str, field: str, value: str | None, tmp_path: Path
) -> None:
    assert facts(tmp_path, head).get(field) == value


def test_linked_data_goes_first(tmp_path: Path) -> None:
    linked = """<meta name=date content=2021-03-09><script type="application/ld+json">
    {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"},
     {"@type": ["NewsArticle"], "datePublished": "2021-03-04T01:00Z", "inLanguage": "fr",
      "publisher": {"@type": "Organization", "name": "Le Port"}}]}</script>"""
    broken = '<script type="application/ld+json">{"datePublished": "2020-01-01"</script>'
    told = facts(tmp_path, broken + linked, attributes="lang=en")
    assert told == {"language": "en", "publisher": "Le Port", "published": "2021-03-04"}


def test_what_cannot_stand_is_lost(tmp_path: Path) -> None:
    page = PAGE.replace("<html>", "<html lang='x!'>").replace("licenses/by/4.0", "terms")
    (found,), losses, _ = read(tmp_path / "a.html", page)
    assert not {"language", "license"} & found.document.keys()
    assert losses.lost_kinds == {"document field language": 1, "document field license": 1}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no running text, expected an article"),
        (b"<html><script>x()</script></html>", "no running text, expected an article"),
        (b"<p>caf\xe9", "byte 6 is 0xe9, expected utf-8"),
        (b"<meta charset=rot13><p>x", "unknown encoding: rot13, expected one of the web"),
        (b"<meta charset=idna><p>x", "unknown encoding: idna, expected one of the web"),
        (b"<meta charset=xyz><p>x", "unknown encoding: xyz, expected one of the web"),
        (b"<meta charset=gbk><p>\xff", "byte 21 is 0xff, expected gbk"),
        (b" " * (html.LARGEST + 1), f"has {html.LARGEST + 1} bytes, expected at most "),
        (b"<div>" * 600 + b"x", "markup is nested too deep, "),
        (b"PK\x03\x04", "is a ZIP archive, expected it unpacked"),
    ],
)
def test_a_page_without_article_is_told(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "good.html").write_text(PAGE)
    (tmp_path / "bad.htm").write_bytes(content)
    found, _, problems = read_all(tmp_path)
    assert [one.name for one in found] == ["good"]
    assert [Path(p.path).name for p in problems] == ["bad.htm"]
    assert problems[0].message.startswith(message)


def test_entities_of_a_page_are_never_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2")
    entity = f'<!DOCTYPE html [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
    page = PAGE.replace("<!DOCTYPE html>", entity).replace("The operator", "&e; The operator")
    (found,), *_ = read(tmp_path / "a.html", page)
    assert "hunter2" not in found.source.decode()


def test_a_page_becomes_a_sound_bundle(tmp_path: Path) -> None:
    (tmp_path / "Ferry page.html").write_text(PAGE)
    to = target(tmp_path / "corpus" / "train")
    brought = bring(html.IMPORTER, tmp_path / "Ferry page.html", to, Order(), _reading())
    assert not brought.problems
    ((_, article),) = read_articles(brought.places)
    assert (article.document.text, article.document.id) == (TEXT, "ferry-page")
    assert article.document.headline == "Ferry & market resume"


def _reading() -> Reading:
    return Reading(Losses(), [])


@pytest.mark.parametrize("count", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_nothing_makes_the_reader_fail(count: int, tmp_path: Path) -> None:
    for broken in damage.datas(PAGE.encode(), count=count):
        found, _, problems = read(tmp_path / "a.html", broken)
        assert bool(found) != bool(problems)
        assert all(one.source.decode().strip() for one in found)


def test_without_trafilatura_the_extra_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    program = (
        "import sys; sys.modules['trafilatura'] = None\n"
        "from pathlib import Path\n"
        "from onrecord.importers.html import IMPORTER\n"
        "from onrecord.losses import Losses\n"
        "from onrecord.problem import MissingExtraError\n"
        "from onrecord.standoff.format import Reading\n"
        "try: list(IMPORTER.read(Path(sys.argv[1]), Reading(Losses(), [])))\n"
        "except MissingExtraError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert "pip install 'onrecord[html]'" in done.stdout


# Plain text


def test_a_text_is_kept_byte_for_byte(tmp_path: Path) -> None:
    source = "\ufeffFähre fährt \r\nText.\r\n".encode()
    (found,), _, problems = read(tmp_path / "Fähre.txt", source, plain.IMPORTER)
    assert (found.source, found.name, problems) == (source, "Fähre", [])


def test_a_folder_of_texts(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("B.")
    (tmp_path / "a.txt").write_bytes(b"\xe9")
    (tmp_path / "c.txt").write_text(" \n\u2028")
    (tmp_path / "d.md").write_text("D.")
    found, _, problems = read_all(tmp_path, plain.IMPORTER)
    assert [one.name for one in found] == ["b"]
    assert [(Path(p.path).name, p.line) for p in problems] == [("a.txt", 1), ("c.txt", 0)]
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFoundError):
        read_all(tmp_path / "empty", plain.IMPORTER)


def test_texts_become_sound_bundles(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Ferry.txt").write_bytes("Ferry 👩‍👩‍👧 back\r\nIt sails.\r\n".encode())
    to = target(tmp_path / "corpus" / "train")
    brought = bring(plain.IMPORTER, tmp_path / "in", to, Order(), _reading())
    ((_, article),) = read_articles(brought.places)
    assert article.document.text == "Ferry 👩‍👩‍👧 back\nIt sails."
    assert (tmp_path / "seeds" / "ferry.txt").read_bytes().endswith(b"sails.\r\n")
