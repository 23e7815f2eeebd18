"""A mail server of our own on a real port: takes every message and lets a test read it."""

import email
import email.policy
import re
import socket
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

LINK = re.compile(r"https?://\S+/staff/invitation/\S+")


class Postbox:
    """What came for whom; `refuses` makes it say no."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.refuses = False
        self.nobody: set[str] = set()  # addresses that there are none of
        self.reason = "550 5.1.1 no such person"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    @property
    def settings(self) -> dict[str, Any]:
        """What a host would set to send its mail here."""
        return {"mail_server": "127.0.0.1", "mail_port": self.port, "mail_tls": "none"}

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Say whether there is such an address."""
        if address in self.nobody:
            return self.reason
        envelope.rcpt_tos.append(address)
        return "250 yes"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        """Take one message."""
        if self.refuses:
            return "451 not now"
        content = envelope.content or b""
        plain = content if isinstance(content, bytes) else content.encode()
        self.raw.append(plain)
        message = email.message_from_bytes(plain, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        message["X-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 thanks"

    def to(self, address: str) -> list[EmailMessage]:
        """The messages to somebody, the oldest first."""
        return [message for message in self.messages if message["X-To"] == address]

    def link(self, address: str) -> str:
        """The link in the newest message to somebody."""
        found = LINK.search(self.to(address)[-1].get_content())
        assert found, "no link in the message"
        return found[0]

    def close(self) -> None:
        """Stop taking messages."""
        self._controller.stop()
