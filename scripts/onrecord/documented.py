"""What docstrings say, where they are the documentation that users read."""

import inspect


def paragraphs(of: object) -> list[str]:
    """The docstring of a class or function, each paragraph on one line; empty without one."""
    text = inspect.cleandoc(of.__doc__ or "")
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
