"""One Neo4j server of the tests, started and ended by the script beside this file."""

from __future__ import annotations

import os
import re
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

SCRIPT = Path(__file__).with_name("server")
_LACKING = 69
"""The exit code of the script where this machine lacks Java, Maven or the jars."""


class ServerLacking(Exception):
    """This machine lacks what a Neo4j server needs; the message names it."""


class ServerFailed(Exception):
    """The server did not do what it was asked; the message ends with its log."""


@dataclass(frozen=True)
class Neo4jServer:
    """A server with a data folder, port and password of its own. As a context manager it stops at the end."""

    home: Path
    port: int
    environment: Mapping[str, str]
    tls: bool = False
    user: str = "neo4j"
    password: str = "chaingraph-test"

    @classmethod
    def start(
        cls,
        home: Path,
        port: int | None = None,
        version: str | None = None,
        java_home: Path | None = None,
        *,
        tls: bool = False,
        heap: str | None = None,
        pagecache: str | None = None,
    ) -> Self:
        """
        Start a server and wait until it answers.

        Parameters
        ----------
        home
            The folder of all it writes; made where it is not there. A folder it ran on before keeps its data.
        port
            Where bolt listens on 127.0.0.1; a free port where None.
        version
            The version of Neo4j; that of `NEO4J_SERVER_VERSION` or of pom.xml where None.
        java_home
            The JDK tried first.
        tls
            Bolt over TLS only, with a self-signed certificate (see `certificate`).
        heap, pagecache
            Memory, as in `2g`; the defaults of the script where None.

        Raises
        ------
        ServerLacking
            If there is no fitting JDK, no Maven, or the jars cannot be fetched.
        ServerFailed
            If the server does not come up.
        """
        server = cls.prepared(home, port, version, java_home, tls=tls, heap=heap, pagecache=pagecache)
        server.start_again()
        return server

    @classmethod
    def prepared(
        cls,
        home: Path,
        port: int | None = None,
        version: str | None = None,
        java_home: Path | None = None,
        *,
        tls: bool = False,
        heap: str | None = None,
        pagecache: str | None = None,
    ) -> Self:
        """What `start` takes, not started yet: for `admin` commands that come before the first start."""
        given = {
            "NEO4J_SERVER_VERSION": version,
            "NEO4J_SERVER_HEAP": heap,
            "NEO4J_SERVER_PAGECACHE": pagecache,
            "NEO4J_SERVER_TLS": "1" if tls else "",
            "NEO4J_SERVER_PASSWORD": cls.password,
            # A test run that is killed leaves no server behind.
            "NEO4J_SERVER_OWNER": str(os.getpid()),
            "JAVA_HOME": str(java_home) if java_home else None,
        }
        environment = {**os.environ, **{name: value for name, value in given.items() if value is not None}}
        return cls(home, free_port() if port is None else port, environment, tls)

    @property
    def uri(self) -> str:
        """Where a driver finds the server; over TLS the certificate is taken as it comes."""
        return f"{'bolt+ssc' if self.tls else 'bolt'}://127.0.0.1:{self.port}"

    @property
    def routing_uri(self) -> str:
        """The same server for a driver that asks for routes first."""
        return self.uri.replace("bolt", "neo4j", 1)

    @property
    def certificate(self) -> Path:
        """The self-signed certificate a server with TLS shows."""
        return self.home / "certificates" / "bolt" / "public.crt"

    @property
    def version(self) -> str:
        """The version the running server says it is."""
        said = re.search(r"Neo4j (\S+) at ", self._script("status"))
        if said is None:
            raise ServerFailed(f"no version in the log of {self.home}")
        return said[1]

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._run("status").returncode == 0

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        return int((self.home / "server.pid").read_text(encoding="utf-8"))

    def start_again(self) -> None:
        """Start it on the same data folder and port, after `stop` or `kill`."""
        self._script("start")

    def stop(self) -> None:
        """Stop it in order and wait until the process is gone."""
        self._script("stop")

    def kill(self) -> None:
        """End it with SIGKILL, as a power cut would."""
        self._script("kill")

    def admin(self, *arguments: str) -> str:
        """Run a command of neo4j-admin on the data folder and return what it prints; the server must not run."""
        return self._script("admin", "--", *arguments)

    def __enter__(self) -> Self:
        """The running server."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()

    def _run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        line = [str(SCRIPT), command, "--home", str(self.home), "--port", str(self.port), *arguments]
        return subprocess.run(line, env=self.environment, capture_output=True, text=True, check=False)

    def _script(self, command: str, *arguments: str) -> str:
        done = self._run(command, *arguments)
        if done.returncode == _LACKING:
            raise ServerLacking(done.stderr.strip().rpartition("\n")[2])
        if done.returncode:
            raise ServerFailed(f"{command} ended with {done.returncode}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
