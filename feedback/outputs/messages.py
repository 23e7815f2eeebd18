"""E-mail, through the host's own mail server: plain text, nothing to load, nothing to count."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from feedback.settings import Settings


class NotSent(Exception):
    """The mail server was not reached, or would not take the message; it may be tried again."""


def message(*, to: str, sender: str, sender_name: str, subject: str, text: str) -> EmailMessage:
    """A message in plain text.

    Raises:
        ValueError: an address is none, or a line break stands in what becomes a header.
    """
    if not to or not sender:
        raise ValueError("a message needs two addresses")
    made = EmailMessage()
    made["From"] = Address(sender_name, addr_spec=sender)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = subject
    made["Date"] = formatdate()
    made["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or None)
    made["Auto-Submitted"] = "auto-generated"  # so that nobody's "I am away" comes back
    made.set_content(text)
    return made


def send(settings: Settings, *, to: str, subject: str, text: str) -> None:
    """Hand one message to the mail server, and wait until it has it.

    Raises:
        NotSent: it did not take it.
    """
    try:
        made = message(
            to=to,
            sender=settings.mail_from or settings.contact,
            sender_name=settings.host_name,
            subject=subject,
            text=text,
        )
        with _server(settings) as server:
            server.send_message(made)
    except (OSError, smtplib.SMTPException, ValueError) as trouble:
        # Neither the address nor the server's words go on from here: both could be logged.
        raise NotSent(type(trouble).__name__) from None


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
