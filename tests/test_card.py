"""The card: what the Hub and `datasets` read from it, and what it tells people."""

import os
import subprocess
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from datasets import load_dataset
from datasets.exceptions import NonMatchingSplitsSizesError
from huggingface_hub import DatasetCard

from onrecord import citation, front, licences, provenance
from onrecord.account import Account
from onrecord.build import build
from onrecord.card import FIGURE, dataset_card
from onrecord.example import example
from onrecord.manifest import Part
from onrecord.model import Annotation, Article
from onrecord.paths import Corpus
from onrecord.problem import OnrecordError
from onrecord.schema import table_schema
from onrecord.tables import CONFIGS

from . import dataset as made
from .conftest import ROOT

TASKS = {
    "text-classification": "acceptability-classification entity-linking-classification"
    " fact-checking intent-classification language-identification multi-class-classification"
    " multi-label-classification multi-input-text-classification natural-language-inference"
    " semantic-similarity-classification sentiment-classification topic-classification"
    " semantic-similarity-scoring sentiment-scoring sentiment-analysis hate-speech-detection"
    " text-scoring",
    "token-classification": "named-entity-recognition part-of-speech parsing lemmatization"
    " word-sense-disambiguation coreference-resolution",
    "question-answering": "extractive-qa open-domain-qa closed-domain-qa",
    "text-generation": "dialogue-modeling dialogue-generation conversational language-modeling",
}
"""Categories of the Hub and their tasks: huggingface.js, packages/tasks/src/pipelines.ts."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of this corpus, its files cut in two, with the card of those."""
    corpus = Corpus(ROOT / "corpus")
    dataset = build(corpus, tmp_path_factory.mktemp("card") / "dataset")
    parts = made.cut_in_two(dataset)
    card = dataset_card(
        parts,
        made.account_at(corpus),
        digest="0123456789abcdef",
        shown=None,
        licence_file="LICENSE",
    )
    (dataset / "README.md").write_text(card, encoding="utf-8")
    return dataset


def odd_card(tmp_path: Path, **changes: Any) -> Any:
    """The card of the odd articles, read as the Hub reads it."""
    parts = made.written(made.ARTICLES, tmp_path)
    account = replace(made.account_of(made.ARTICLES), **changes)
    return DatasetCard(dataset_card(parts, account, digest="d", shown=made.ARTICLES[1]))


def resource(name: str) -> Any:
    """A list of values of the Hub that `datasets` brings."""
    return msgspec.json.decode((files("datasets.utils.resources") / name).read_bytes())


def test_the_hub_knows_the_values(built: Path) -> None:
    card = DatasetCard.load(built / "README.md").data
    creators = resource("creators.json")
    assert set(card.language) <= set(resource("languages.json"))
    assert set(card.size_categories) <= set(resource("size_categories.json"))
    assert set(card.multilinguality) <= set(resource("multilingualities.json"))
    assert set(card.annotations_creators) <= set(creators["annotations"])
    assert set(card.language_creators) <= set(creators["language"])
    assert set(card.task_categories) <= set(TASKS)
    known = {task for name in card.task_categories for task in TASKS[name].split()}
    assert card.task_ids
    assert set(card.task_ids) <= known


def test_the_tasks_of_every_config_are_known() -> None:
    from onrecord.card import _TASKS

    for category, *tasks in _TASKS.values():
        assert set(tasks) <= set(TASKS[category].split())


def test_every_way_of_annotating_has_its_name() -> None:
    from onrecord.card import _ANNOTATORS, _WRITERS

    documents = table_schema("documents")["properties"]
    methods = documents["annotation"]["properties"]["method"]["enum"]
    assert set(_ANNOTATORS) == {who for method in methods for who in method.split("+")}
    assert set(_WRITERS) == set(documents["origin"]["enum"])


def test_every_file_belongs_to_one_split_of_one_config(built: Path) -> None:
    card = DatasetCard.load(built / "README.md").data
    named = [
        (config["config_name"], entry["split"], path.relative_to(built).as_posix())
        for config in card.configs
        for entry in config["data_files"]
        for path in built.glob(entry["path"])
    ]
    listed = [(part.config, part.split, part.path) for part in made.parts_of(built)]
    assert sorted(named) == sorted(listed)
    assert [config.get("default") for config in card.configs].count(True) == 1


def test_the_numbers_are_those_of_the_files(built: Path) -> None:
    card = DatasetCard.load(built / "README.md").data
    parts = made.parts_of(built)
    for info in card.dataset_info:
        own = [part for part in parts if part.config == info["config_name"]]
        for split in info["splits"]:
            rows = [part.rows for part in own if part.split == split["name"]]
            assert split["num_examples"] == sum(rows)
        assert len(info["splits"]) == len({part.split for part in own})
        assert info["download_size"] == sum(part.size for part in own)
        assert info["dataset_size"] == sum(split["num_bytes"] for split in info["splits"])


@pytest.mark.slow
@pytest.mark.parametrize("config", CONFIGS, ids=[config.name for config in CONFIGS])
def test_datasets_loads_every_split_from_its_files(
    config: Any, built: Path, tmp_path: Path
) -> None:
    loaded = load_dataset(str(built), config.name, cache_dir=str(tmp_path))
    rows = list(made.rows_of(built, config.name))
    assert set(loaded) == {split for split, _ in rows}
    for split, dataset in loaded.items():
        assert dataset.features == config.features()
        assert dataset.to_list() == [row for own, row in rows if own == split]


@pytest.mark.slow
def test_what_the_card_shows_runs(built: Path, tmp_path: Path) -> None:
    card = (built / "README.md").read_text(encoding="utf-8")
    code = card.partition("```python\n")[2].partition("```")[0]
    done = subprocess.run(
        [sys.executable, "-c", code.replace("path/to/this/folder", str(built))],
        env={**os.environ, "HF_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "'content'" in done.stdout


@pytest.mark.slow
def test_a_missing_file_is_noticed_by_datasets(tmp_path: Path) -> None:
    dataset = build(Corpus(ROOT / "corpus"), tmp_path / "dataset")
    parts = made.cut_in_two(dataset)
    corpus = Corpus(ROOT / "corpus")
    card = dataset_card(parts, made.account_at(corpus), digest="d", shown=None)
    (dataset / "README.md").write_text(card, encoding="utf-8")
    (dataset / "data/quotes/train-00001-of-00002.parquet").unlink()
    with pytest.raises(NonMatchingSplitsSizesError):
        load_dataset(str(dataset), "quotes", cache_dir=str(tmp_path / "cache"))


def test_files_that_no_glob_tells_apart_are_listed() -> None:
    parts = [Part("quotes", "train", f"data/quotes/{name}.parquet", 1, 1, "") for name in "ab"]
    assert front.files(parts) == {"quotes": {"train": [part.path for part in parts]}}


@pytest.mark.parametrize(
    ("number", "category"),
    [
        (1, "n<1K"),
        (999, "n<1K"),
        (1000, "1K<n<10K"),
        (99_999, "10K<n<100K"),
        (10**6, "1M<n<10M"),
        (10**13, "n>1T"),
    ],
)
def test_sizes_fall_into_categories(number: int, category: str, tmp_path: Path) -> None:
    one = provenance.provenance(made.ARTICLES[0].document)
    assert odd_card(tmp_path, provenance={one: number}).data.size_categories == [category]
    assert category in resource("size_categories.json")


def test_languages_are_those_of_the_documents(tmp_path: Path) -> None:
    data = odd_card(tmp_path).data
    assert data.language == ["ar", "de"]
    assert data.multilinguality == ["multilingual"]


def test_variants_of_one_language_are_one(tmp_path: Path) -> None:
    one = provenance.provenance(made.ARTICLES[0].document)
    austrian = msgspec.structs.replace(one, language="de-AT")
    data = odd_card(tmp_path, provenance={one: 1, austrian: 1}).data
    assert (data.language, data.multilinguality) == (["de"], ["monolingual"])


def test_an_undetermined_language_is_left_out(tmp_path: Path) -> None:
    one = provenance.provenance(made.ARTICLES[0].document)
    unknown = msgspec.structs.replace(one, language="und")
    assert odd_card(tmp_path, provenance={unknown: 1}).data.language is None


def test_the_digest_is_in_every_description(tmp_path: Path) -> None:
    for info in odd_card(tmp_path).data.dataset_info:
        assert info["description"].endswith("Content d.")


@pytest.mark.parametrize(
    ("found", "file", "fields"),
    [
        (["CC-BY-4.0"], "LICENSE", {"license": "cc-by-4.0"}),
        (
            ["CC-BY-4.0", "NOASSERTION"],
            "LICENSE",
            {"license": "other", "license_name": "several", "license_link": "LICENSE"},
        ),
        (["CC-BY-4.0", "NOASSERTION"], "", {"license": "other", "license_name": "several"}),
        (
            ["CC-BY-3.0-IGO"],
            "",
            {
                "license": "other",
                "license_name": "cc-by-3.0-igo",
                "license_link": "https://spdx.org/licenses/CC-BY-3.0-IGO.html",
            },
        ),
        (["NOASSERTION"], "", {"license": "other", "license_name": "noassertion"}),
        (["MIT OR ISC"], "", {"license": "other", "license_name": "mit-or-isc"}),
    ],
)
def test_licences_as_the_hub_names_them(
    found: list[str], file: str, fields: dict[str, str]
) -> None:
    assert licences.card_fields(found, file) == fields


def test_the_card_tells_what_was_counted(tmp_path: Path) -> None:
    text = odd_card(
        tmp_path, withheld=frozenset({"LicenseRef-house"}), left_out={"contents:nested": 3}
    ).text
    assert text.startswith("\n# Odd: a test\n")
    assert "1 document is published" in text
    assert "1 document is annotated by people, once." in text
    assert "3 times independently, differences settled one by one" in text
    assert "1 document is not annotated exhaustively for claims" in text
    assert "1 document is under LicenseRef-house; its words are withheld here." in text
    assert f"({FIGURE})" in text
    assert "validation" not in text


def test_what_tokens_leave_out_is_told_where_there_are_tokens(tmp_path: Path) -> None:
    account = replace(made.account_of(made.ARTICLES), left_out={"contents:nested": 1234})
    parts = [part for part in made.written(made.ARTICLES, tmp_path) if part.config != "tokens"]
    tokens = Part("tokens", "train", "data/tokens/train-0.parquet", 1, 1, "")
    told = "| `contents` | nested | 1,234 |"
    for found, expected in ((parts, False), ([*parts, tokens], True)):
        card = dataset_card(found, account, digest="d", shown=None)
        assert (told in card) is expected


def test_a_fence_is_longer_than_what_it_holds() -> None:
    picture = example(made.ARTICLES[1])
    assert picture.startswith("````text\n")
    assert picture.count("````") == 2
    assert '"q-0001"' in picture


def test_an_article_without_body_or_quotes_is_an_example() -> None:
    assert example(made.ARTICLES[0]) == "```text\nNur.\n```"


CFF = """
cff-version: 1.2.0
title: "Tidings: news & claims"
abstract: Two lines.
version: 1.10
date-released: 2027-03-01
url: https://example.org/tidings
keywords: [News, Fact Checking]
authors:
  - given-names: Ida
    name-particle: van
    family-names: Berg
    orcid: https://orcid.org/0000-0000-0000-0000
  - name: Tidings Foundation
"""


def test_a_citation_file_is_read(tmp_path: Path) -> None:
    (tmp_path / citation.FILE).write_text(CFF)
    found = citation.read(Corpus(tmp_path / "corpus"))
    assert (found.name, found.version, found.date) == ("Tidings", "1.10", "2027-03-01")
    assert [(c.name, c.is_person) for c in found.creators] == [
        ("Ida van Berg", True),
        ("Tidings Foundation", False),
    ]
    assert found.bibtex() == (
        "@misc{tidings,\n"
        "  author = {{Ida van Berg} and {Tidings Foundation}},\n"
        "  title = {{Tidings: news \\& claims}},\n"
        "  year = {2027},\n"
        "  version = {1.10},\n"
        "  url = {https://example.org/tidings}\n"
        "}"
    )


def test_keywords_become_tags_once(tmp_path: Path) -> None:
    (tmp_path / citation.FILE).write_text(CFF)
    found = citation.read(Corpus(tmp_path / "corpus"))
    tags = odd_card(tmp_path, citation=found).data.tags
    assert tags.count("news") == 1
    assert tags[-1] == "fact-checking"


@pytest.mark.parametrize(("folder", "name"), [("corpus", "project"), ("mine", "mine")])
def test_without_a_citation_file_the_folder_names_the_work(
    folder: str, name: str, tmp_path: Path
) -> None:
    corpus = Corpus(tmp_path / "project" / folder)
    assert citation.read(corpus) == citation.Citation(title=name)


@pytest.mark.parametrize(
    "text", ["title: [", "- a list", "message: none", "title: A\nauthors: Ida", "title: ''", ""]
)
def test_a_broken_citation_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / citation.FILE).write_text(text)
    with pytest.raises(OnrecordError, match=r"CITATION\.cff"):
        citation.read(Corpus(tmp_path / "corpus"))


def test_provenance_adds_up_and_survives_json() -> None:
    documents = [article.document for article in made.ARTICLES]
    whole = provenance.tally(documents * 2)
    assert provenance.tally(documents) + provenance.tally(documents) == whole
    stored = msgspec.json.encode(list(whole.items()))
    restored = msgspec.json.decode(stored, type=list[tuple[provenance.Provenance, int]])
    assert dict(restored) == whole


def test_documents_are_counted_by_any_fields() -> None:
    article = made.ARTICLES[0]
    other = msgspec.structs.replace(
        article.document, annotation=Annotation(method="model", passes=1, adjudicated=False)
    )
    account = made.account_of([article, Article(other)])
    assert account.where(method="model") == 1
    assert account.where(origin="published", passes=1) == account.documents == 2
    assert account.where(origin="constructed") == 0


def test_limits_without_cause_are_not_told() -> None:
    article = made.ARTICLES[1]
    account: Account = made.account_of([article])
    told = " ".join(account.limits())
    assert "constructed" in told
    assert "once" not in told
    assert "revised by no person" not in told
    assert " in train: " not in told
    assert account.people() == []
