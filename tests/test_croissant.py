"""The description in Croissant: what mlcroissant says of it, and that it reads the rows."""

import datetime
import hashlib
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlcroissant
import pandas as pd
import pytest
from datasets import ClassLabel, Features, List, Value

from onrecord import croissant, recordsets
from onrecord.build import build
from onrecord.manifest import Part
from onrecord.paths import Corpus
from onrecord.tables import CONFIGS
from onrecord.tables.config import Config

from . import dataset as made
from .conftest import ROOT
from .dataset import cut_in_two, parts_of, rows_of

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated", "ignore:The inplace keyword"
)
"""Ways of mlcroissant with rdflib and pandas."""

NAMES = [config.name for config in CONFIGS]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of this corpus."""
    return build(Corpus(ROOT / "corpus"), tmp_path_factory.mktemp("built") / "dataset")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with several files a split."""
    corpus = Corpus(ROOT / "corpus")
    dataset = build(corpus, tmp_path_factory.mktemp("many") / "dataset")
    text = croissant.croissant(cut_in_two(dataset), made.account_at(corpus))
    (dataset / croissant.FILE).write_text(text, encoding="utf-8")
    return dataset


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles without quotes, in other scripts, with parts, without claims."""
    dataset = tmp_path_factory.mktemp("odd")
    parts = made.written(made.ARTICLES, dataset)
    text = croissant.croissant(parts, made.account_of(made.ARTICLES))
    (dataset / croissant.FILE).write_text(text, encoding="utf-8")
    return dataset


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def opened(dataset: Path) -> Any:
    return mlcroissant.Dataset(jsonld=dataset / croissant.FILE)


def described(dataset: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((dataset / croissant.FILE).read_text(encoding="utf-8"))
    return loaded


def plain(value: Any) -> Any:
    """What mlcroissant reads as Parquet has it: names without their way, text, dates."""
    match value:
        case dict():
            return {name.rpartition("/")[2]: plain(inner) for name, inner in value.items()}
        case list():
            return [plain(inner) for inner in value]
        case bytes():
            return value.decode()
        case pd.Timestamp():
            return value.date()
    return value


def without(value: Any, path: str) -> Any:
    """A row without the column at a dotted path."""
    name, _, rest = path.partition(".")
    if isinstance(value, list):
        return [without(inner, path) for inner in value]
    if not rest:
        return {key: inner for key, inner in value.items() if key != name}
    return {key: without(inner, rest) if key == name else inner for key, inner in value.items()}


def expected(dataset: Path, config: Config) -> dict[str, list[Any]]:
    """The rows of every split, as far as they are described."""
    found: dict[str, list[Any]] = {}
    for split, row in rows_of(dataset, config.name):
        for path in recordsets.unread(config):
            row = without(row, path)  # noqa: PLW2901
        found.setdefault(split, []).append(row)
    return found


def read(dataset: Path, config: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for record in opened(dataset).records(config):
        row = plain(record)
        found.setdefault(row.pop("split"), []).append(row)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["built", "many"])
def test_mlcroissant_has_nothing_to_say(kind: str, request: pytest.FixtureRequest) -> None:
    issues = opened(request.getfixturevalue(kind)).metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())


@pytest.mark.slow
@pytest.mark.parametrize("config", CONFIGS, ids=NAMES)
@pytest.mark.parametrize("kind", ["built", "many"])
def test_every_row_is_read(kind: str, config: Config, request: pytest.FixtureRequest) -> None:
    dataset = request.getfixturevalue(kind)
    assert read(dataset, config.name) == expected(dataset, config)


@pytest.mark.parametrize("name", ["articles", "documents", "quotes"])
def test_odd_rows_are_read(name: str, odd: Path) -> None:
    config = next(config for config in CONFIGS if config.name == name)
    assert read(odd, name) == expected(odd, config)


def test_a_config_without_rows_is_not_described(odd: Path) -> None:
    sets = {node["@id"] for node in described(odd)["recordSet"]}
    assert "claims" not in sets
    assert {"splits", "articles", "quotes"} <= sets


def test_licences_stand_as_addresses_or_named_works(odd: Path) -> None:
    first, second = described(odd)["license"]
    assert first == "https://spdx.org/licenses/CC-BY-4.0.html"
    assert (second["@type"], second["name"]) == ("CreativeWork", "LicenseRef-house")
    assert not opened(odd).metadata.ctx.issues.errors


def test_nothing_but_lists_of_records_within_such_lists_is_left_out() -> None:
    left = {config.name: recordsets.unread(config) for config in CONFIGS}
    assert left["articles"] == ["quotes.cue", "quotes.content", "claims.content"]
    assert not any(left[name] for name in ("documents", "actors", "mentions", "quotes", "claims"))


def test_one_split_is_read_alone(many: Path) -> None:
    records = opened(many).records("quotes", filters={"quotes/split": "train"})
    rows = [plain(record) for record in records]
    assert {row["split"] for row in rows} == {"train"}
    assert len(rows) == sum(split == "train" for split, _ in rows_of(many, "quotes"))


@pytest.mark.parametrize("kind", ["built", "many"])
def test_every_file_stands_there_once(kind: str, request: pytest.FixtureRequest) -> None:
    dataset = request.getfixturevalue(kind)
    files = [n for n in described(dataset)["distribution"] if n["@type"] == "cr:FileObject"]
    on_disk = {p.relative_to(dataset).as_posix(): p for p in dataset.rglob("*.parquet")}
    assert sorted(node["contentUrl"] for node in files) == sorted(on_disk)
    for node in files:
        data = on_disk[node["contentUrl"]].read_bytes()
        assert node["sha256"] == hashlib.sha256(data).hexdigest()
        assert node["contentSize"] == f"{len(data)} B"


def test_every_column_is_a_field(built: Path) -> None:
    sets = {node["@id"]: node for node in described(built)["recordSet"]}
    for config in CONFIGS:
        names = [field["name"] for field in sets[config.name]["field"]]
        assert names == ["split", *config.features()]


def leaves(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from leaves(node.get("subField", []))


def test_the_columns_of_the_source_tables_are_explained(built: Path) -> None:
    for node in described(built)["recordSet"]:
        if node["@id"] in ("articles", "documents", "actors", "mentions", "quotes", "claims"):
            top = [field for field in node["field"] if field["name"] not in NAMES]
            assert all(field.get("description") for field in top)


def test_keys_tell_rows_apart(built: Path) -> None:
    for node in described(built)["recordSet"][1:]:
        if "key" in node:
            names = [key["@id"].rpartition("/")[2] for key in node["key"]]
            keys = [tuple(row[n] for n in names) for _, row in rows_of(built, node["@id"])]
            assert len(set(keys)) == len(keys)


def test_lists_numbers_and_labels_are_typed() -> None:
    features = Features(
        {
            "id": Value("string"),
            "tags": List(ClassLabel(names=["O", "B-person"])),
            "chain": List(List(Value("string"))),
            "score": Value("float64"),
            "spans": List({"start": Value("int32"), "inner": List({"x": Value("bool")})}),
            "answers": {"text": List(Value("string")), "when": Value("date32")},
        }
    )
    config = Config("made_up", "A row.", lambda: features, lambda sources: sources.rows("quotes"))
    node = recordsets.record_set(config, ["train"])
    found = {field["@id"]: field for field in leaves(node["field"])}
    assert found["made_up/tags"]["dataType"] == "sc:Integer"
    assert found["made_up/tags"]["description"] == "0 O, 1 B-person"
    assert found["made_up/chain"]["arrayShape"] == "-1,-1"
    assert found["made_up/score"]["dataType"] == "sc:Float"
    assert found["made_up/spans"]["isArray"]
    assert found["made_up/spans/start"]["source"]["transform"] == {"jsonPath": "start"}
    assert "isArray" not in found["made_up/answers"]
    assert found["made_up/answers/when"]["dataType"] == "sc:Date"
    assert "made_up/spans/inner" not in found
    assert recordsets.unread(config) == ["spans.inner"]
    assert "spans.inner" in node["description"]


def test_a_corpus_without_citation_is_described(small: Path) -> None:
    dataset = build(Corpus(small / "corpus"), small / "dataset")
    about = described(dataset)
    assert about["name"] == small.name
    assert not {"creator", "version", "datePublished", "url", "keywords"} & set(about)
    issues = opened(dataset).metadata.ctx.issues
    assert not issues.errors
    assert all("is recommended" in warning for warning in issues.warnings)


def test_what_is_described_does_not_depend_on_the_day(built: Path) -> None:
    account = made.account_at(Corpus(ROOT / "corpus"))
    first = croissant.croissant(parts_of(built), account)
    assert first == (built / croissant.FILE).read_text(encoding="utf-8")
    assert str(datetime.date.today()) not in first.replace(account.citation.date, "")


def test_thousands_of_files_cost_nothing(built: Path) -> None:
    account = made.account_at(Corpus(ROOT / "corpus"))
    one = parts_of(built)[0]
    path = f"data/{one.config}/train-{{:05}}.parquet"
    parts = [Part(one.config, "train", path.format(i), 1, 1, "0" * 64) for i in range(2000)]
    nodes = json.loads(croissant.croissant(parts, account))["distribution"]
    assert [n["contentUrl"] for n in nodes if "sha256" in n] == [part.path for part in parts]
