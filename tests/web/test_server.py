"""The listener of `chaingraph serve`."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import TYPE_CHECKING

from chaingraph.web.server import prepare

if TYPE_CHECKING:
    from chaingraph.config import Settings


def test_no_answer_waits_for_its_headers_to_be_acknowledged(office: Settings) -> None:
    with closing(prepare(office, "127.0.0.1", 0).listener) as listener:
        with closing(socket.create_connection(listener.getsockname())):
            accepted, _ = listener.accept()
        with closing(accepted):
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
