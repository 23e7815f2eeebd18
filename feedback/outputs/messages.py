"""E-mail, through the host's own mail server: plain text, nothing to load, nothing to count."""

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import formatdate, make_msgid
from pathlib import Path
from types import MappingProxyType

from feedback.settings import Settings

NO_SUCH_PERSON = (550, 551, 553)  # what a server answers where an address is none
# Reasons beside such a number that are about the address: no such box, no such place, closed.
ABOUT_THE_ADDRESS = ("5.1.", "5.2.1")
NOTHING: Mapping[str, str] = MappingProxyType({})


class _Whole(UnstructuredHeader, BaseHeader):
    """A header that mail programs read as it stands: however long, it is one word."""

    def fold(self, *, policy: Policy) -> str:
        """The header as it leaves."""
        return f"{self.name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", _Whole)
_POLICY = EmailPolicy(header_factory=_headers)


@dataclass(frozen=True)
class Fate:
    """What became of a message that somebody took from us: its name, where it went, and when."""

    name: str
    to: str
    taken_at: datetime


class NotSent(Exception):
    """The mail server was not reached, or would not take the message; it may be tried again."""


class NobodyThere(NotSent):
    """The mail server says that there is no such address; trying again mends nothing."""


def message(
    *,
    to: str,
    sender: str,
    sender_name: str,
    subject: str,
    text: str,
    name: str = "",
    headers: Mapping[str, str] = NOTHING,
) -> EmailMessage:
    """A message in plain text.

    Args:
        name: what makes its Message-ID; the same name is the same message. Empty: a new one.
        headers: further ones.

    Raises:
        ValueError: an address is none, or a line break stands in what becomes a header.
    """
    if not to or not sender:
        raise ValueError("a message needs two addresses")
    made = EmailMessage(_POLICY)
    made["From"] = Address(sender_name, addr_spec=sender)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = subject
    made["Date"] = formatdate()
    domain = sender.rpartition("@")[2] or None
    made["Message-ID"] = f"<{name}@{domain}>" if name else make_msgid(domain=domain)
    made["Auto-Submitted"] = "auto-generated"  # so that nobody's "I am away" comes back
    made.set_content(text)
    for header, value in headers.items():
        made[header] = value
    return made


def send(
    settings: Settings,
    *,
    to: str,
    subject: str,
    text: str,
    name: str = "",
    headers: Mapping[str, str] = NOTHING,
) -> None:
    """Hand one message to the mail server, and wait until it has it.

    Raises:
        NobodyThere: it knows no such address.
        NotSent: it did not take it.
    """
    try:
        made = message(
            to=to,
            sender=settings.mail_from or settings.contact,
            sender_name=settings.host_name,
            subject=subject,
            text=text,
            name=name,
            headers=headers,
        )
        if settings.demonstration and not settings.mail_server:
            _keep(made, settings.instance / "letters")
            return
        with _server(settings) as server:
            server.send_message(made)
    except smtplib.SMTPRecipientsRefused as refused:
        says_why = NobodyThere if _is_nobody(refused) else NotSent
        raise says_why(type(refused).__name__) from None
    except (OSError, smtplib.SMTPException, ValueError) as trouble:
        # Neither the address nor the server's words go on from here: both could be logged.
        raise NotSent(type(trouble).__name__) from None


def _keep(made: EmailMessage, folder: Path) -> None:
    """Put a message into a folder: in the demonstration nothing leaves this machine."""
    folder.mkdir(parents=True, exist_ok=True)
    name = str(made["Message-ID"]).strip("<>").partition("@")[0]
    (folder / f"{name}.eml").write_bytes(made.as_bytes())


def _is_nobody(refused: smtplib.SMTPRecipientsRefused) -> bool:
    """Whether a server refused the address, and not us: what is our fault may be mended."""
    for number, words in refused.recipients.values():
        said = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
        reason = said.split(" ", 1)[0]
        given = reason.count(".") == 2 and reason.replace(".", "").isdigit()
        if number in NO_SUCH_PERSON and (not given or reason.startswith(ABOUT_THE_ADDRESS)):
            return True
    return False


@contextmanager
def _server(settings: Settings) -> Iterator[smtplib.SMTP]:
    safe = ssl.create_default_context()
    place = (settings.mail_server, settings.mail_port)
    seconds = settings.mail_seconds
    with (
        smtplib.SMTP_SSL(*place, timeout=seconds, context=safe)
        if settings.mail_tls == "tls"
        else smtplib.SMTP(*place, timeout=seconds)
    ) as server:
        if settings.mail_tls == "starttls":
            server.starttls(context=safe)
        if settings.mail_user:
            server.login(settings.mail_user, settings.mail_password.get_secret_value())
        yield server
