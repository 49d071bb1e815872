"""The one exception tree. Each class carries the exit code of the command line and the HTTP status of the web.

    ChaingraphError                 exit 1   status 500
    ├── UsageError                  exit 2   status 400   a wrong argument: date, option, format
    │   ├── NotFound                exit 2   status 404   an unknown chain, region, link or entity
    │   └── Conflict                exit 2   status 409   what was seen has been changed by somebody else since
    ├── DataError                   exit 2   status 422   a pack or an import that cannot be read as it is
    │   ├── PackError               exit 2   status 422   problems of a pack, each with file and line
    │   └── TooLarge                exit 2   status 413   a file beyond the limit of an upload
    ├── AccessDenied                exit 2   status 403   who asks may not do that
    │   ├── NotSignedIn             exit 2   status 401   nobody, where somebody is asked for
    │   └── Throttled               exit 2   status 429   too many wrong passwords
    ├── WorkspaceError              exit 3   status 503   the workspace folder cannot be used
    └── StoreError                  exit 3   status 503   the graph's server cannot be used, or does not hold the graph

A message stands in both languages because it is raised where the reader's language is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """One message in Chinese and in English."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The message in ``lang``."""
        return self.zh if lang == "zh" else self.en


class ChaingraphError(Exception):
    """Any error that chaingraph reports in a sentence instead of a traceback.

    Parameters
    ----------
    text
        What is wrong and how to mend it, in both languages.
    """

    exit_code = 1
    http_status = 500

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class UsageError(ChaingraphError):
    """An argument that cannot be used as it is."""

    exit_code = 2
    http_status = 400


class NotFound(UsageError):
    """A name that the graph does not hold."""

    http_status = 404

    @classmethod
    def named(cls, kind: Text, name: str, similar: Sequence[str], known: Sequence[str] = ()) -> NotFound:
        """The error for an unknown ``name``, with up to five similar names, else with all that are ``known``."""
        zh, en = "没有相近的名称", "Nothing similar is known"
        if similar:
            zh, en = f"相近的有：{'、'.join(similar[:5])}", f"Did you mean: {', '.join(similar[:5])}?"
        elif known:
            zh, en = f"可选：{'、'.join(known)}", f"Known: {', '.join(known)}"
        return cls(Text(f"没有{kind.zh}“{name}”。{zh}", f"no {kind.en} named {name!r}. {en}"))


class Conflict(UsageError):
    """A change of what somebody else has changed since it was seen."""

    http_status = 409


class DataError(ChaingraphError):
    """Data that cannot be read as it is."""

    exit_code = 2
    http_status = 422


class PackError(DataError):
    """A pack with problems; the message lists them, one a line."""


class TooLarge(DataError):
    """A file that is larger than an upload may be."""

    http_status = 413


class AccessDenied(ChaingraphError):
    """What the visitor may not do: another role is asked for, or the page's token is missing."""

    exit_code = 2
    http_status = 403


class NotSignedIn(AccessDenied):
    """Nobody is signed in, where only users may look."""

    http_status = 401


class Throttled(AccessDenied):
    """Too many wrong passwords lately.

    Parameters
    ----------
    seconds
        After so many seconds it may be tried again.
    """

    http_status = 429

    def __init__(self, text: Text, seconds: int) -> None:
        super().__init__(text)
        self.seconds = seconds


class WorkspaceError(ChaingraphError):
    """The workspace folder cannot be created, read or written."""

    exit_code = 3
    http_status = 503


class StoreError(ChaingraphError):
    """The server of the graph is not reached, does not let us in, or does not hold the graph as it should."""

    exit_code = 3
    http_status = 503
