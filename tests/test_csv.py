"""CSV tables: pandas, polars and DuckDB read the same cells; no cell is a formula."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.chains import Chains
from onrecord.exporters.csv import write
from onrecord.losses import Losses
from onrecord.model import Article

from . import nasty
from .articles import add_actor, article, corpus

TABLES = ("documents", "actors", "mentions", "quotes", "claims")
ARTICLES = [*nasty.articles(), *corpus()]


def files(articles: Iterable[Article]) -> tuple[dict[str, bytes], Losses]:
    losses = Losses()
    return dict(write(articles, losses)), losses


def rows(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of all articles."""
    found = tmp_path_factory.mktemp("csv")
    for name, content in files(ARTICLES)[0].items():
        (found / name).write_bytes(content)
    return found


def wanted(table: str) -> list[str]:
    """What the column `text`, or `name`, of a table has to say, as it is in the articles."""
    return {
        "documents": [made.document.text for made in ARTICLES],
        "actors": [actor.name for made in ARTICLES for actor in made.actors],
        "mentions": [mention.exact for made in ARTICLES for mention in made.mentions],
        "quotes": [" … ".join(s.exact for s in q.content) for a in ARTICLES for q in a.quotes],
        "claims": [" … ".join(s.exact for s in c.content) for a in ARTICLES for c in a.claims],
    }[table]


def undone(cell: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    marks = tuple("=+-@\t\r＝＋－＠")
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(marks) else cell


def test_one_article_byte_for_byte() -> None:
    made, _ = files([nasty.directions()])
    assert list(made) == [f"{table}.csv" for table in TABLES]
    assert made["claims.csv"].decode() == (
        "\ufeffdoc,id,kind,certainty,polarity,quote,text,claimants,claimant_names,targets,"
        "target_names,start,end,spans,note\r\n"
        "nasty-directions,c-0001,fact,certain,positive,q-0001,המלחמה הסתיימה,minister,שר הביטחון,"
        ",,26,40,26..40,\r\n"
        "nasty-directions,c-0002,fact,certain,positive,q-0003,الحرب انتهت,president,الرئيس,"
        ",,58,69,58..69,\r\n"
    )


@pytest.mark.parametrize("table", TABLES)
def test_pandas_polars_and_duckdb_read_the_same_cells(table: str, folder: Path) -> None:
    path, column = folder / f"{table}.csv", "name" if table == "actors" else "text"
    by_pandas = pd.read_csv(path, keep_default_na=False)
    by_polars = pl.read_csv(path, infer_schema_length=None)
    found = duckdb.read_csv(str(path))
    by_duckdb, names = found.fetchall(), found.columns
    assert list(by_pandas.columns) == by_polars.columns == names
    assert [undone(str(cell)) for cell in by_pandas[column]] == wanted(table)
    assert [undone(cell) for cell in by_polars[column]] == wanted(table)
    assert [undone(row[names.index(column)]) for row in by_duckdb] == wanted(table)


def test_numbers_are_numbers_and_truth_is_truth(folder: Path) -> None:
    mentions = pd.read_csv(folder / "mentions.csv")
    assert str(mentions["start"].dtype) == "int64"
    quotes = pl.read_csv(folder / "quotes.csv", infer_schema_length=None)
    assert quotes["named"].dtype == pl.Boolean
    assert quotes["end"].dtype == pl.Int64


def test_tables_join_by_their_ids(folder: Path) -> None:
    quotes, actors = (pd.read_csv(folder / f"{name}.csv") for name in ("quotes", "actors"))
    joined = quotes[~quotes["speaker_actors"].fillna("").str.contains(";")].merge(
        actors, left_on=["doc", "speaker_actors"], right_on=["doc", "id"]
    )
    assert len(joined) == sum(len(q.speakers) == 1 for made in ARTICLES for q in made.quotes)
    assert (joined["speaker_names"] == joined["name"]).all()


def test_who_speaks_and_who_claims_is_written_out() -> None:
    made, _ = files([nasty.overlaps()])
    quotes = {row["id"]: row for row in rows(made["quotes.csv"])}
    assert quotes["q-0001"]["speaker_text"] == "end; A B C D"
    assert quotes["q-0001"]["speaker_mentions"] == "m-0006; m-0001"
    assert quotes["q-0001"]["speaker_actors"] == "three; one"
    assert quotes["q-0001"]["addressee_names"] == "both; two"
    assert quotes["q-0001"]["text"] == "F G … I J K … M"
    assert quotes["q-0001"]["spans"] == "10..13; 16..21; 24..25"
    assert quotes["q-0001"]["cue"] == "A … D … N O"
    assert quotes["q-0002"]["relayed_by"] == "three; one"
    assert quotes["q-0003"]["relayed_by"] == "two; three; one"
    assert quotes["q-0003"]["named"] == "false"
    claims = {row["id"]: row for row in rows(made["claims.csv"])}
    assert claims["c-0001"]["claimants"] == "three; one"
    assert claims["c-0001"]["target_names"] == "two; both; a letter that nobody mentions"
    assert claims["c-0005"]["claimants"] == claims["c-0005"]["quote"] == ""
    actors = {row["id"]: row for row in rows(made["actors.csv"])}
    assert actors["nowhere"]["mentions"] == "0"
    assert actors["both"]["members"] == "one; two"


def test_the_claimant_is_who_the_chains_say(folder: Path) -> None:
    claims = rows((folder / "claims.csv").read_bytes())
    said = [Chains(a).claimants(claim) for a in ARTICLES for claim in a.claims]
    assert [row["claimants"] for row in claims] == [
        "; ".join(actor.id for actor in found) for found in said
    ]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "=cmd|' /C calc'!A0", "'=1+1", "''-x"]


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_is_a_formula(words: str) -> None:
    made = article(f"{words} ends")
    add_actor(made, "one", words)
    content, losses = files([made])
    for name in ("documents", "actors", "mentions"):
        for row in rows(content[f"{name}.csv"]):
            assert not [c for c in row.values() if c.startswith(tuple("=+-@＝＋－＠\t\r"))]
    (row,) = rows(content["mentions.csv"])
    assert row["text"] == f"'{words}"
    assert undone(row["text"]) == words
    assert losses.changed_kinds == {"words like a formula": 2}
    assert losses.places("words like a formula")[0].where == "a"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_words_come_back(words: str) -> None:
    content, _ = files([article(words)])
    (row,) = rows(content["documents.csv"])
    assert undone(row["text"]) == words


def test_no_articles_are_tables_without_rows() -> None:
    content, losses = files([])
    assert [rows(content[f"{table}.csv"]) for table in TABLES] == [[]] * 5
    assert not losses


def test_the_same_articles_give_the_same_bytes() -> None:
    assert files(nasty.articles())[0] == files(nasty.articles())[0]
