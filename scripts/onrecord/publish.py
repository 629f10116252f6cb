"""Put a release on the Hugging Face Hub: one commit, and a tag on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from huggingface_hub import (
    CommitOperationAdd,
    CommitOperationDelete,
    HfApi,
    constants,
    get_session,
    get_token,
)
from huggingface_hub.errors import (
    HfHubHTTPError,
    HFValidationError,
    HTTPError,  # httpx's or httpx2's, whichever the client of the Hub is made with
    RevisionNotFoundError,
)
from huggingface_hub.hf_api import RepoFile
from huggingface_hub.utils import (
    are_progress_bars_disabled,
    disable_progress_bars,
    enable_progress_bars,
    validate_repo_id,
)

from .manifest import CHECKSUMS
from .problem import HubError, OccupiedError
from .release import File, Release

TIMEOUT = 120.0
"""Seconds that the Hub may be silent; its client would wait for ever."""

_KIND = "dataset"
_KEPT = ".gitattributes"
_PLAIN = frozenset((_KEPT, "README.md"))
_CURES = {
    401: "the token is not valid: set HF_TOKEN or run 'hf auth login'",
    403: "the token may not write there",
    404: "it is not there, or the token may not see it",
    409: "somebody else is changing it; run the command again",
    412: "somebody else has changed it; run the command again",
    429: "too many requests; wait, then run the command again",
}

Change = CommitOperationAdd | CommitOperationDelete


@dataclass(frozen=True, slots=True)
class Published:
    """Where a release is: its address, and the commit there; `new` unless all was there already."""

    address: str
    commit: str
    new: bool


def require_name(repository: str) -> None:
    """Nothing, if `repository` can be the name of a dataset on the Hub.

    Raises:
        HubError: it cannot.
    """
    try:
        validate_repo_id(repository)
        sound = "/" in repository
    except HFValidationError:
        sound = False
    if not sound:
        raise HubError(f"{repository!r} names no dataset, expected OWNER/NAME")


def require_token() -> str:
    """The user's token, found by the Hub's own rules.

    Raises:
        HubError: there is none.
    """
    token = get_token()
    if token is None:
        raise HubError("no token for the Hub: set HF_TOKEN or run 'hf auth login'")
    return token


def publish(
    release: Release, repository: str, *, private: bool = False, progress: bool = False
) -> Published:
    """Make the dataset `repository` hold exactly the files of `release`, and tag that.

    All changes are one commit, so an upload that breaks off leaves what was there; run again, it
    sends only what is missing. `.gitattributes` is the Hub's own and stays. A new repository is
    `private` if so wished; with `progress` bars are drawn on standard error.

    Raises:
        HubError: the Hub cannot be reached, or refuses; or there is no token.
        OccupiedError: the version was published with other files, or the repository holds files
            that no build wrote, or is public where a private one is wanted.
    """
    with _told(repository), _client(progress=progress):
        api = HfApi(token=require_token())
        api.create_repo(repository, repo_type=_KIND, private=private or None, exist_ok=True)
        return _published(api, release, repository, private=private)


def _published(api: HfApi, release: Release, repository: str, *, private: bool) -> Published:
    info = api.dataset_info(repository)
    if private and not info.private:
        raise OccupiedError(f"{repository!r} is public already, expected a private dataset")
    head = info.sha
    changes = _changes(api, release, repository, head)
    tagged = _tagged(api, release, repository)
    if tagged is not None and (changes or tagged != head):
        raise OccupiedError(
            f"{release.tag} of {repository!r} is published, as commit {tagged[:12]};"
            f" expected a new version in CITATION.cff"
        )
    if changes:
        head = _commit(api, release, repository, changes, head)
    if tagged is None:
        api.create_tag(repository, tag=release.tag, revision=head, repo_type=_KIND)
    address = f"{api.endpoint}/datasets/{repository}"
    return Published(address, str(head), new=bool(changes) or tagged is None)


def _changes(api: HfApi, release: Release, repository: str, head: str | None) -> list[Change]:
    """What turns the files of the commit `head` into those of the release.

    Raises:
        OccupiedError: those files are of another making.
    """
    found = api.list_repo_tree(repository, recursive=True, revision=head, repo_type=_KIND)
    there = {file.path: file for file in found if isinstance(file, RepoFile)}
    foreign = sorted(there.keys() - _PLAIN)
    if foreign and CHECKSUMS not in there:
        raise OccupiedError(
            f"{repository!r} holds files that no build wrote, such as {foreign[0]!r}"
        )
    own = {file.name for file in release.files}
    gone = [CommitOperationDelete(name) for name in there if name not in own | {_KEPT}]
    new = [
        CommitOperationAdd(file.name, release.folder / file.name)
        for file in release.files
        if file.name not in there or not _same(file, there[file.name])
    ]
    return [*gone, *new]


def _same(file: File, there: RepoFile) -> bool:
    if there.lfs is not None:
        return there.lfs.sha256 == file.sha256
    return there.blob_id == file.blob


def _tagged(api: HfApi, release: Release, repository: str) -> str | None:
    """The commit that bears the tag of the release, if there is one."""
    try:
        return api.dataset_info(repository, revision=release.tag).sha
    except RevisionNotFoundError:
        return None


def _commit(
    api: HfApi, release: Release, repository: str, changes: list[Change], parent: str | None
) -> str:
    """Make the changes one commit on top of `parent`; its hash.

    Not `upload_folder`, which makes several commits of a large folder.
    """
    made = api.create_commit(
        repository,
        changes,
        commit_message=release.message,
        repo_type=_KIND,
        parent_commit=parent,
    )
    if left := _changes(api, release, repository, made.oid):
        raise HubError(f"{repository!r} differs after the upload in {left[0].path_in_repo!r}")
    return made.oid


@contextmanager
def _client(*, progress: bool) -> Iterator[None]:
    """Let no request of the Hub's client wait longer than `TIMEOUT`, and draw bars if wished."""
    session = get_session()
    before, drawn = session.timeout, not are_progress_bars_disabled()
    session.timeout = TIMEOUT
    if not progress:
        disable_progress_bars()
    try:
        yield
    finally:
        session.timeout = before
        if drawn:
            enable_progress_bars()


@contextmanager
def _told(repository: str) -> Iterator[None]:
    """What goes wrong between here and the Hub becomes one line."""
    try:
        yield
    except (HTTPError, OSError, RuntimeError, ValueError) as error:
        raise HubError(f"{repository!r} is not published: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, RuntimeError) and isinstance(error.__cause__, Exception):
        return _reason(error.__cause__)  # of an upload in a thread
    if isinstance(error, HfHubHTTPError):
        status = error.response.status_code
        said = _line(error.server_message or error.response.reason_phrase)
        cure = f"; {_CURES[status]}" if status in _CURES else ""
        return f"{status} {said!r} from {constants.ENDPOINT}{cure}"
    return f"{constants.ENDPOINT}: {_line(str(error)) or type(error).__name__}"


def _line(text: str) -> str:
    return " ".join(text.split())
