"""E-mail through GOV.UK Notify, where a host has that in place of a mail server.

The host makes one template there, with ((subject)) as its subject and ((body)) as its text. What
Notify sends is asked for by a reference of ours, so that nothing is sent twice.
"""

import base64
import hashlib
import hmac
import json
import re
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any
from urllib.parse import quote

from feedback.outputs.messages import NobodyThere, NotSent
from feedback.settings import Settings

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(rf"(?P<service>{_UUID})-(?P<secret>{_UUID})\Z", re.I)
LONGEST_ANSWER = 1_000_000  # bytes


def send(
    settings: Settings,
    *,
    to: str,
    subject: str,
    text: str,
    name: str,
    stop: str,
    again: bool,
    now: datetime,
) -> None:
    """Hand one message to Notify.

    Args:
        name: of this message; the same name is the same message.
        stop: an address that ends all messages with one click; empty for a message without.
        again: it may be there already, from a try that broke off: then nothing is sent.

    Raises:
        NobodyThere: Notify says that this is no address.
        NotSent: it was not reached, or did not take the message.
    """
    if again and _ask(settings, f"/v2/notifications?reference={quote(name)}", None, now).get(
        "notifications"
    ):
        return
    asked: dict[str, Any] = {
        "email_address": to,
        "template_id": settings.notify_template,
        "personalisation": {"subject": subject, "body": text},
        "reference": name,
    }
    if stop:
        asked["one_click_unsubscribe_url"] = stop
    _ask(settings, "/v2/notifications/email", asked, now)


def token(key: str, *, now: datetime) -> str:
    """What says who we are: a JSON Web Token, signed with the secret half of the key.

    Raises:
        NotSent: the key is not one of Notify's.
    """
    parts = _KEY.search(key)
    if parts is None:
        raise NotSent("no key of Notify")
    head = _part({"typ": "JWT", "alg": "HS256"})
    claims = _part({"iss": parts["service"], "iat": int(now.timestamp())})
    signed = hmac.digest(parts["secret"].encode(), f"{head}.{claims}".encode(), hashlib.sha256)
    return f"{head}.{claims}.{_in_letters(signed)}"


def _ask(
    settings: Settings, path: str, body: dict[str, Any] | None, now: datetime
) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 -- the host's own setting
        settings.notify_address.rstrip("/") + path,
        data=json.dumps(body).encode() if body is not None else None,
        headers={
            "Authorization": f"Bearer {token(settings.notify_key.get_secret_value(), now=now)}",
            "Content-Type": "application/json",
            "User-Agent": "feedback",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=settings.mail_seconds) as reply:  # noqa: S310
            found = json.loads(reply.read(LONGEST_ANSWER))
    except urllib.error.HTTPError as refused:
        with refused:
            nobody = refused.code == 400 and "email_address" in _reasons(refused)
        raise (NobodyThere if nobody else NotSent)(f"Notify {refused.code}") from None
    except (OSError, ValueError) as trouble:
        raise NotSent(type(trouble).__name__) from None
    return found if isinstance(found, dict) else {}


def _reasons(refused: urllib.error.HTTPError) -> str:
    """Why Notify would not take it, for a look here and nowhere else: it may name the address."""
    try:
        said = json.loads(refused.read(LONGEST_ANSWER))
        return " ".join(
            each["message"] for each in said["errors"] if each["error"] == "ValidationError"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _part(claims: dict[str, Any]) -> str:
    return _in_letters(json.dumps(claims, separators=(",", ":")).encode())


def _in_letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
