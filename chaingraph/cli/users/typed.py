"""A password for a command: typed twice without showing, or out of a file; never on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chaingraph.config import Password
from chaingraph.errors import Text, UsageError

_MOST = 4096

password_option = click.option(
    "--password-file",
    "file",
    metavar="FILE",
    help="从文件第一行读密码，- 为标准输入（默认提示输入两遍）。Read it from a file, - is stdin; else it is asked for.",
)


def password_from(file: str | None) -> Password:
    """The password in the first line of a file, or as it is typed.

    Raises
    ------
    UsageError
        If the file cannot be read or holds more than a line, or nobody is there to type.
    """
    if file is not None:
        return Password(_first_line(file))
    if not sys.stdin.isatty():
        raise UsageError(
            Text(
                "这里不能提示输入密码：请用 --password-file 文件，或 --password-file - 从标准输入读",
                "nobody can be asked for the password here: use --password-file FILE, or --password-file - for stdin",
            )
        )
    typed = click.prompt("密码 / password", hide_input=True, confirmation_prompt="再输一遍 / once more", err=True)
    return Password(str(typed))


def _first_line(file: str) -> str:
    try:
        if file == "-":
            content = sys.stdin.buffer.read(_MOST)
        else:
            with Path(file).expanduser().open("rb") as opened:
                content = opened.read(_MOST)
        text = content.decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise UsageError(
            Text(f"密码文件读不了：{file}（{reason}）", f"the password file cannot be read: {file} ({reason})")
        ) from error
    if not text or "\n" in text or "\r" in text:
        raise UsageError(
            Text(f"密码文件 {file} 应只有一行密码", f"the password file {file} should hold the password in one line")
        )
    return text
