"""The connection to a Neo4j server: runs statements, and tells what fails in sentences that never hold the password."""

from __future__ import annotations

import atexit
import logging
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from chaingraph.stores.neo4j.failures import told, unfit
from chaingraph.stores.neo4j.statements import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

    from chaingraph.config import Neo4jAddress, Neo4jLogin
    from chaingraph.stores.neo4j.statements import Statement

    R = TypeVar("R", bound=NamedTuple)
    Step = tuple[Statement[Any], dict[str, Any]]

_ALL = -1
"""Every row is wanted, so the server need not wait to be asked for more."""
_CONNECT_SECONDS = 10.0
_RETRY_SECONDS = 10.0


class _Answer(NamedTuple):
    answer: bool


_ANSWER = read("settings.answer", _Answer)

# What the driver reports is told by our errors; without a handler Python would print it beside them.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class _NotRun(Exception):
    """The first of several statements returned no row: the transaction is taken back."""


class Server:
    """An open connection to one database of a server."""

    def __init__(self, driver: neo4j.Driver, address: Neo4jAddress, agent: str) -> None:
        self._driver = driver
        self._address = address
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self.agent = agent

    @property
    def address(self) -> Neo4jAddress:
        """Where the server is; it holds no password."""
        return self._address

    def rows(self, statement: Statement[R], **parameters: Any) -> list[R]:
        """The rows that a statement reads, in their order.

        Raises
        ------
        StoreError
            If the server cannot be reached or refuses.
        """
        return self._run(statement, neo4j.READ_ACCESS, parameters)

    def write(self, statement: Statement[R], **parameters: Any) -> list[R]:
        """Runs a statement that writes, in a transaction of its own, and returns its rows.

        Raises
        ------
        StoreError
            If the server cannot be reached or refuses.
        """
        return self._run(statement, neo4j.WRITE_ACCESS, parameters)

    def write_together(self, steps: Sequence[Step], first: Step) -> list[list[Any]] | None:
        """Runs statements that write in one transaction, all or none.

        Parameters
        ----------
        first
            Run before them; where it returns no row, nothing is written.

        Returns
        -------
        The rows of each of ``steps``; None where they were not run.

        Raises
        ------
        StoreError
            If the server cannot be reached or refuses.
        """

        def rows(transaction: neo4j.ManagedTransaction, step: Step) -> list[Any]:
            statement, parameters = step
            return [statement.row._make(record) for record in transaction.run(statement.text, parameters)]

        def work(transaction: neo4j.ManagedTransaction) -> list[list[Any]]:
            if not rows(transaction, first):
                raise _NotRun
            return [rows(transaction, step) for step in steps]

        try:
            with self._driver.session(database=self._address.database, bookmark_manager=self._bookmarks) as session:
                return session.execute_write(work)
        except _NotRun:
            return None
        except (DriverError, Neo4jError) as error:
            raise told(error, self._address) from error

    def close(self) -> None:
        """Ends the connection."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _run(self, statement: Statement[R], access: str, parameters: dict[str, Any]) -> list[R]:
        assert parameters.keys() == statement.parameters, f"{statement.name} takes {sorted(statement.parameters)}"
        make = statement.row._make

        def work(transaction: neo4j.ManagedTransaction) -> list[R]:
            return [make(record) for record in transaction.run(statement.text, parameters)]

        try:
            with self._driver.session(
                database=self._address.database, default_access_mode=access, bookmark_manager=self._bookmarks
            ) as session:
                return session.execute_read(work) if access == neo4j.READ_ACCESS else session.execute_write(work)
        except (DriverError, Neo4jError) as error:
            raise told(error, self._address) from error


def kept(address: Neo4jAddress) -> Server:
    """The connection to a server as the environment's user: opened once, and ended with the process.

    Raises
    ------
    UsageError, StoreError
        As ``connect``.
    """
    from chaingraph.config import neo4j_login

    return _kept(address, neo4j_login())


@cache
def _kept(address: Neo4jAddress, login: Neo4jLogin) -> Server:
    server = connect(address, login)
    atexit.register(server.close)
    return server


def connect(address: Neo4jAddress, login: Neo4jLogin | None = None) -> Server:
    """Opens a connection and makes sure that the server answers, lets us in and is of a version we know.

    Parameters
    ----------
    login
        User and password; by default those of the environment.

    Raises
    ------
    UsageError
        If the environment names a password file that cannot be used.
    StoreError
        If the server is not reached, does not let us in, lacks the database, or is of another version.
    """
    from chaingraph.config import neo4j_login

    login = login or neo4j_login()
    auth = None if login.password is None else neo4j.basic_auth(login.user, login.password.reveal())
    try:
        driver = neo4j.GraphDatabase.driver(
            address.uri,
            auth=auth,
            connection_timeout=_CONNECT_SECONDS,
            connection_acquisition_timeout=_CONNECT_SECONDS,
            max_transaction_retry_time=_RETRY_SECONDS,
            fetch_size=_ALL,
            notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        )
    except (DriverError, ValueError) as error:
        raise told(error, address) from error
    try:
        with driver.session(database=address.database, default_access_mode=neo4j.READ_ACCESS) as session:
            agent = session.run(_ANSWER.text).consume().server.agent
    except (DriverError, Neo4jError, ValueError, OSError) as error:
        driver.close()
        raise told(error, address) from error
    except BaseException:
        driver.close()
        raise
    if (refused := unfit(agent, address)) is not None:
        driver.close()
        raise refused
    return Server(driver, address, agent)
