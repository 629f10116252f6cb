"""What makes a dataset fit to be published: its licences, its files, its version and its commit."""

import hashlib
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.build import build
from onrecord.checkout import clean_checkout
from onrecord.manifest import Options
from onrecord.paths import Corpus
from onrecord.problem import (
    NotFoundError,
    OccupiedError,
    OnrecordError,
    RightsError,
    UncommittedError,
)
from onrecord.release import File, Release, prepare, require_rights, verified
from onrecord.rights import passable

from .checkouts import commit, git, make_checkout, put

CLOSED = "nk-severs-road-rail-links"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git checkout with a small corpus that may be passed on."""
    return make_checkout(tmp_path / "häuser 🏘", monkeypatch)


@pytest.mark.parametrize(
    "expression",
    [
        "CC-BY-4.0",
        "cc0-1.0",
        "CC-BY-NC-ND-4.0",
        "CC-BY-4.0 AND OGL-UK-3.0",
        "CC-BY-4.0 OR NOASSERTION",
        "LicenseRef-Tidningen OR (MIT AND CC-BY-SA-4.0)",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "GPL-2.0+",
    ],
)
def test_a_licence_that_lets_pass_on(expression: str) -> None:
    assert passable(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "NOASSERTION",
        "NONE",
        "proprietary",
        "UNLICENSED",
        "CC-BY-5.0",
        "LicenseRef-Tidningen",
        "LicenseRef-scancode-proprietary-license",
        "CC-BY-4.0 AND NOASSERTION",
        "LicenseRef-Tidningen OR MIT AND NOASSERTION",
        "MIT WITH permission",
        "MIT WITH MIT",
        "Classpath-exception-2.0",
        "MIT AND",
        "(MIT",
        "()",
        "",
    ],
)
def test_a_licence_that_does_not(expression: str) -> None:
    assert not passable(expression)


def written(folder: Path, rows: list[dict[str, str | None]]) -> tuple[File, ...]:
    """A dataset's table of documents, one file a row, without checksums."""
    names = [f"data/documents/train-{number:05}.parquet" for number in range(len(rows))]
    schema = pa.schema([(name, pa.string()) for name in ("id", "license", "text")])
    (folder / "data" / "documents").mkdir(parents=True)
    for name, row in zip(names, rows, strict=True):
        pq.write_table(pa.Table.from_pylist([row], schema), folder / name)
    return tuple(File(name, 0, "", "") for name in names)


def document(name: str, licence: str, text: str | None) -> dict[str, str | None]:
    return {"id": name, "license": licence, "text": text}


@pytest.mark.parametrize("text", [None, ""])
def test_text_that_is_withheld_harms_nobody(text: str | None, tmp_path: Path) -> None:
    rows = [document("a", "NOASSERTION", text), document("b", "CC-BY-4.0", "x")]
    files = written(tmp_path, rows)
    require_rights(tmp_path, files, withheld=frozenset(("NOASSERTION",)))
    require_rights(tmp_path, files, withheld=frozenset())


def test_the_refusal_names_the_first_documents_and_how_many(tmp_path: Path) -> None:
    files = written(tmp_path, [document(name, "NONE", "x") for name in "abcde"])
    with pytest.raises(RightsError, match=r"of 5 documents .* 'a', 'b', 'c', .*'NONE'"):
        require_rights(tmp_path, files, withheld=frozenset())


def test_text_that_should_have_been_withheld_is_refused(tmp_path: Path) -> None:
    """Also where the licence would let it be passed on."""
    files = written(tmp_path, [document("a", "CC-BY-NC-4.0", "x")])
    with pytest.raises(RightsError, match="'a'"):
        require_rights(tmp_path, files, withheld=frozenset(("CC-BY-NC-4.0",)))


def prepared(checkout: Path) -> Release:
    return prepare(Corpus(checkout / "corpus"), checkout / "dataset")


def test_files_are_named_as_git_names_them(checkout: Path) -> None:
    release = prepared(checkout)
    for file in release.files:
        path = release.folder / file.name
        assert file.blob == git(checkout, "hash-object", "--no-filters", str(path))
        assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert file.size == len(path.read_bytes())


@pytest.mark.parametrize("spoil", ["changed", "missing", "added"])
def test_a_dataset_that_differs_from_its_checksums(spoil: str, checkout: Path) -> None:
    folder = prepared(checkout).folder
    path = folder / ("data/tillägg.txt" if spoil == "added" else "LICENSE")
    if spoil == "missing":
        path.unlink()
    else:
        path.write_text("something else")
    with pytest.raises(OccupiedError, match=path.name):
        list(verified(folder))


def test_a_folder_that_is_no_checkout(checkout: Path) -> None:
    shutil.rmtree(checkout / ".git")
    with pytest.raises(UncommittedError, match="not a git repository"):
        prepared(checkout)


def test_a_checkout_without_a_commit(checkout: Path) -> None:
    shutil.rmtree(checkout / ".git")
    git(checkout, "init", "--quiet")
    with pytest.raises(UncommittedError):
        prepared(checkout)


def test_a_machine_without_git(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UncommittedError, match="not installed"):
        prepared(checkout)


@pytest.mark.parametrize("change", ["changed", "staged", "deleted", "renamed", "new", "ignored"])
def test_a_tree_that_differs_from_its_commit(change: str, checkout: Path) -> None:
    clean = clean_checkout(checkout / "corpus", apart=checkout / "dataset")
    path = next(checkout.glob("corpus/train/*/claims.jsonl"))
    match change:
        case "changed" | "staged":
            path.write_bytes(b"")
        case "deleted":
            path.unlink()
        case "renamed":
            git(checkout, "mv", "LICENSE", "COPYING")
        case "new":
            (checkout / "dataset.txt").touch()
        case "ignored":
            put(checkout, "train", CLOSED)
            (checkout / ".gitignore").write_text(f"{CLOSED}*\n")
            commit(checkout)
    if change == "staged":
        git(checkout, "add", "--all")
    with pytest.raises(UncommittedError, match="differs from the commit"):
        clean_checkout(checkout / "corpus", apart=checkout / "dataset")
    assert clean.commit


def test_what_builds_leave_is_no_difference(checkout: Path) -> None:
    before = clean_checkout(checkout / "corpus", apart=checkout / "dataset")
    prepared(checkout)
    (checkout / ".dataset.new").mkdir()
    (checkout / ".dataset.new" / "half.parquet").touch()
    assert clean_checkout(checkout / "corpus", apart=checkout / "dataset") == before


@pytest.mark.parametrize(
    ("text", "version"),
    [("version: 1.0", "1.0"), ("version: v2.0-rc.1", "2.0-rc.1"), ("version: '1.0+a'", "1.0+a")],
)
def test_a_version_becomes_a_tag(text: str, version: str, checkout: Path) -> None:
    (checkout / "CITATION.cff").write_text(f"title: x\n{text}")
    commit(checkout)
    release = prepared(checkout)
    assert (release.version, release.tag) == (version, f"v{version}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title: x",
        "version:",
        "version: [1]",
        "version: 1..0",
        "version: a b",
        "a: [",
        "version: v",
        "- 1",
    ],
)
def test_a_version_that_names_no_tag(text: str, checkout: Path) -> None:
    (checkout / "CITATION.cff").write_text(text)
    commit(checkout)
    with pytest.raises(OnrecordError, match=r"CITATION\.cff"):
        prepared(checkout)


def test_a_corpus_without_a_version(checkout: Path) -> None:
    (checkout / "CITATION.cff").unlink()
    commit(checkout)
    with pytest.raises(NotFoundError, match=r"version '' in CITATION\.cff"):
        prepared(checkout)


def test_another_commit_during_the_build(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(corpus: Corpus, target: Path, options: Options) -> Path:
        (checkout / "CITATION.cff").write_text("title: x\nversion: 3\n")
        commit(checkout)
        return build(corpus, target, options)

    monkeypatch.setattr("onrecord.release.build", slow)
    with pytest.raises(UncommittedError, match="during the build"):
        prepared(checkout)
