"""Publish the dataset of a commit on the Hugging Face Hub.

Builds the dataset of the corpus, which must be committed, and makes the dataset OWNER/NAME hold
exactly its files: one commit, named after the commit it comes from, and a tag from the version in
CITATION.cff. A version is published once. Text whose licence does not let it be passed on
(NOASSERTION, LicenseRef-..., whatever is not on the SPDX list) must be withheld. When an upload
breaks off, what was there stays; run the command again. The token is that of huggingface_hub:
HF_TOKEN, or `hf auth login`.

exit code: 0 published, 1 the corpus has errors, 2 nothing was published
"""

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from .arguments import add_dataset, named_dataset


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("repository", metavar="OWNER/NAME", help="the dataset on the Hub")
    parser.add_argument(
        "--dry-run", action="store_true", help="talk to nobody; show what would be uploaded"
    )
    parser.add_argument(
        "--private", action="store_true", help="create the dataset for its owner's eyes only"
    )
    add_dataset(parser)


def run(arguments: argparse.Namespace) -> int:
    """Prepare, and publish unless it is a dry run."""
    # Heavy libraries, for this command alone.
    from ..publish import publish, require_name, require_token
    from ..release import prepare, summary

    require_name(arguments.repository)
    if not arguments.dry_run:
        require_token()
    corpus, target = named_dataset(arguments)
    release = prepare(corpus, target, withheld=frozenset(arguments.withhold_text))
    if arguments.dry_run:
        print(*summary(release, arguments.repository), sep="\n")
        return 0
    options = {"private": arguments.private, "progress": sys.stderr.isatty()}
    with _mortal():
        done = publish(release, arguments.repository, **options)
    state = "published" if done.new else "was published already"
    print(f"{release.tag} {state}, as commit {done.commit[:12]}", file=sys.stderr)
    print(done.address)
    return 0


@contextmanager
def _mortal() -> Iterator[None]:
    """Let an interrupt end the process at once.

    The Hub's client would wait for its threads, minutes for a large file or a silent server; and
    whenever the process ends, the dataset on the Hub is the old or the new one.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
