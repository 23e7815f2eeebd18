"""A browser's connection: one request after the other over one socket, cheap to drive."""

import asyncio
from dataclasses import dataclass

ANSWER_SECONDS = 30.0


class Lost(Exception):
    """No answer came: the connection could not be made, or ended first.

    `sent` says whether the request was on its way when that happened.
    """

    def __init__(self, why: str, *, sent: bool) -> None:
        super().__init__(why)
        self.sent = sent


@dataclass(slots=True)
class Reply:
    """An answer: its status, the headers that matter, its body, and its size on the wire."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    size: int

    def header(self, name: str) -> str:
        """The first header of a name (in small letters)."""
        return next((value for key, value in self.headers if key == name), "")


class _Wire(asyncio.Protocol):
    def __init__(self) -> None:
        self.buffer = bytearray()
        self.open = False
        self.waiting: asyncio.Future[Reply] | None = None
        self.transport: asyncio.Transport | None = None
        self.head_ends = -1
        self.ends = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment] # a stream has no other kind
        self.open = True

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.head_ends < 0:
            self.head_ends = self.buffer.find(b"\r\n\r\n")
            if self.head_ends < 0:
                return
            self._read_head()
        if self.ends and len(self.buffer) >= self.ends:
            self._answer()

    def _read_head(self) -> None:
        first, *lines = self.buffer[: self.head_ends].decode("latin-1").split("\r\n")
        self.status = int(first.split(" ", 2)[1])
        self.headers = []
        length = None if self.status not in (204, 304) else 0
        for line in lines:
            name, _, value = line.partition(":")
            self.headers.append((name.lower(), value.strip()))
            if name.lower() == "content-length":
                length = int(value)
        if length is None:
            self._fail(f"a reply without Content-Length: {first}")
        else:
            self.ends = self.head_ends + 4 + length

    def _answer(self) -> None:
        body = bytes(self.buffer[self.head_ends + 4 : self.ends])
        reply = Reply(self.status, self.headers, body, self.ends)
        if reply.header("connection").lower() == "close":
            self.close()
        del self.buffer[: self.ends]
        self.head_ends, self.ends = -1, 0
        waiting, self.waiting = self.waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result(reply)

    def connection_lost(self, error: Exception | None) -> None:
        self.open = False
        self._fail(str(error or "the server hung up"))

    def _fail(self, why: str) -> None:
        waiting, self.waiting = self.waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_exception(Lost(why, sent=True))

    def close(self) -> None:
        self.open = False
        if self.transport is not None:
            self.transport.close()

    async def ask(self, request: bytes) -> Reply:
        self.waiting = asyncio.get_running_loop().create_future()
        self.buffer.clear()
        self.head_ends, self.ends = -1, 0
        assert self.transport is not None
        self.transport.write(request)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self.waiting
        except TimeoutError:
            self.close()
            raise Lost(f"no answer within {ANSWER_SECONDS:g} seconds", sent=True) from None


class Tab:
    """One phone's connection to the server; made again where the server has ended it.

    As browsers do, a request on a kept connection that turns out to be ended goes out once more
    over a new one.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._wire: _Wire | None = None

    async def ask(self, request: bytes) -> Reply:
        """Send a request and wait for its answer.

        Raises:
            Lost: there is none.
        """
        if self._wire is not None and self._wire.open:
            try:
                return await self._wire.ask(request)
            except Lost:
                if self._wire.buffer or self._wire.open:
                    raise
        self._wire = await self._connect()
        return await self._wire.ask(request)

    async def _connect(self) -> _Wire:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                _, wire = await loop.create_connection(_Wire, "127.0.0.1", self._port)
        except (OSError, TimeoutError) as error:
            raise Lost(str(error) or "no connection", sent=False) from None
        return wire

    def close(self) -> None:
        """Hang up."""
        if self._wire is not None:
            self._wire.close()
