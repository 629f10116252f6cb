"""An OpenAI-compatible server: what of it is needed to ask a model, and its errors in one line."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from ..problem import MissingExtraError, NotFoundError, ServerError

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.chat import ChatCompletion

_LISTED = 10
_USELESS = {"length": "cut off at its greatest length", "content_filter": "refused"}


class Reply(NamedTuple):
    """What a model says; `stopped` says why it said no more, if that was not of its own accord."""

    text: str
    stopped: str = ""


class Server:
    """One model behind a server.

    Errors of the server that are not about the article raise ServerError.
    """

    def __init__(self, client: "OpenAI", model: str) -> None:
        self._client = client
        self._options: dict[str, Any] = {"model": model, "temperature": 0}

    def ask(self, system: str, user: str, forms: Sequence[Any]) -> tuple[Reply, int]:
        """The reply to a system and a user message, and the index of the form it was held to.

        `forms` are values of `response_format`, None for none at all; the first that the server
        does not refuse is used. If it refuses all of them it refuses the messages, and the reply is
        empty.
        """
        from openai import BadRequestError, UnprocessableEntityError

        refusal = ""
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        for index, form in enumerate(forms):
            chosen = {} if form is None else {"response_format": form}
            try:
                return _reply(self._complete(messages=messages, **chosen)), index
            except (BadRequestError, UnprocessableEntityError) as error:
                refusal = _line(error)
        return Reply("", f"refused ({refusal})"), 0

    def _complete(self, **arguments: Any) -> "ChatCompletion":
        """One completion; from then on without a temperature if the server sets that itself."""
        from openai import BadRequestError

        try:
            return self._send(**self._options, **arguments)
        except BadRequestError as error:
            if "temperature" not in error.message or "temperature" not in self._options:
                raise
            del self._options["temperature"]
            return self._send(**self._options, **arguments)

    def _send(self, **arguments: Any) -> "ChatCompletion":
        with _told(self._client):
            completion: ChatCompletion = self._client.chat.completions.create(**arguments)
            if not getattr(completion, "choices", None):
                raise ServerError(f"{_where(self._client)} gave no completion")
        return completion


def connect(url: str, model: str | None) -> Server:
    """The model of that name behind `url` (`http://127.0.0.1:8000/v1`), or the only one there.

    The key is taken from OPENAI_API_KEY; local servers need none.

    Raises:
        ServerError: the server cannot be reached or refuses.
        NotFoundError: no model is named, and the server has not exactly one.
    """
    try:
        from openai import OpenAI
    except ImportError:
        raise MissingExtraError("asking needs openai: pip install 'onrecord[llm]'") from None

    client = OpenAI(base_url=url, api_key=os.environ.get("OPENAI_API_KEY") or "none")
    return Server(client, model or _only_model(client))


def _only_model(client: "OpenAI") -> str:
    with _told(client):
        listed = client.models.list()
        names: list[str] = [model.id for model in getattr(listed, "data", None) or ()]
    if len(names) != 1:
        shown = ", ".join([*names[:_LISTED], *(["..."] if len(names) > _LISTED else [])])
        raise NotFoundError(
            f"{_where(client)} has {len(names)} models, expected 1 or a name with --name"
            + (f": {shown}" if shown else "")
        )
    return names[0]


def _reply(completion: "ChatCompletion") -> Reply:
    choice = completion.choices[0]
    stopped = "refused" if choice.message.refusal else _USELESS.get(choice.finish_reason, "")
    return Reply(choice.message.content or "", stopped)


@contextmanager
def _told(client: "OpenAI") -> Iterator[None]:
    """What goes wrong with the server, in one line; refusals of what was sent pass through."""
    from openai import (
        APIConnectionError,
        APIError,
        APIStatusError,
        BadRequestError,
        UnprocessableEntityError,
    )

    try:
        yield
    except (BadRequestError, UnprocessableEntityError):
        raise
    except APIConnectionError as error:
        cause = error.__cause__ or error
        raise ServerError(f"cannot reach {_where(client)}: {_line(cause)}") from None
    except APIStatusError as error:
        raise ServerError(f"{_where(client)} answers {_line(error)}") from None
    except (APIError, ValueError) as error:
        raise ServerError(f"{_where(client)} answers no JSON: {_line(error)}") from None


def _where(client: "OpenAI") -> str:
    return str(client.base_url).rstrip("/")


def _line(error: BaseException) -> str:
    lines = str(error).splitlines()
    return lines[0][:200] if lines else type(error).__name__
