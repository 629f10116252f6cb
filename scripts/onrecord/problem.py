"""One finding in the corpus, and the errors for bad use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in one file, as a contributor is told it.

    `line` and `column` count from 1, columns in characters; line 0 means the file or folder as a
    whole. `pointer` is a JSON pointer (RFC 6901) into the record on that line, empty for the whole
    record. `excerpt` is two lines: the article's text around the span, and carets under it.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    pointer: str = ""
    hint: str = ""
    excerpt: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the problem blocks a merge; a warning does not."""
        return self.code.startswith("E")


class OnrecordError(Exception):
    """Bad use: the command cannot do what was asked; its message is one line."""


class NotFoundError(OnrecordError):
    """A path, config, split or code that does not exist."""


class UncheckedError(OnrecordError):
    """The corpus has errors, so nothing is made from it; `problems` are those that are known."""

    def __init__(self, message: str, problems: list[Problem] | None = None) -> None:
        super().__init__(message)
        self.problems = problems or []


def unsound(problems: list[Problem], subject: str = "the corpus has") -> UncheckedError:
    """What to raise for a corpus, or whatever `subject` says, with these errors."""
    errors = "1 error" if len(problems) == 1 else f"{len(problems)} errors"
    return UncheckedError(f"{subject} {errors}", problems)


class MissingExtraError(OnrecordError):
    """A library is needed that only an extra of this package installs."""


class ModelError(OnrecordError):
    """A model that cannot be used as it is, or cannot be made from what was given."""


class OccupiedError(OnrecordError):
    """The target holds something that is not ours to replace, or another run is busy with it."""


class UncommittedError(OnrecordError):
    """What would be published is not what a commit of git holds."""


class RightsError(OnrecordError):
    """The dataset holds text that its licence does not let us pass on."""


class HubError(OnrecordError):
    """The Hugging Face Hub cannot be reached, or refuses."""


class ServerError(OnrecordError):
    """A server that runs a model cannot be reached, or refuses."""
