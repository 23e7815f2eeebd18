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
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from feedback.outputs.messages import Fate, NobodyThere, NotSent
from feedback.settings import Settings

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(rf"(?P<service>{_UUID})-(?P<secret>{_UUID})\Z", re.I)
LONGEST_ANSWER = 10_000_000  # bytes; a list has the text of 250 messages in it
MOST_PAGES = 40  # of such a list
BOUNCED, ARRIVED = "permanent-failure", "delivered"  # what Notify says of a message


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


def fates(settings: Settings, status: str, *, since: datetime, now: datetime) -> list[Fate]:
    """Messages that Notify took since a moment and that stand so now, the newest first.

    Args:
        status: as Notify calls it: BOUNCED or ARRIVED.

    Raises:
        NotSent: it was not reached, or did not answer.
    """
    found: list[Fate] = []
    path = f"/v2/notifications?template_type=email&status={status}"
    before = ""
    for _page in range(MOST_PAGES):
        answer = _ask(settings, path + before, None, now)
        try:
            page = [(each["id"], _fate(each)) for each in answer["notifications"]]
        except (KeyError, TypeError, ValueError):
            raise NotSent("no answer of Notify") from None
        found += [fate for _, fate in page if fate.taken_at >= since]
        if not page or page[-1][1].taken_at < since:
            break
        before = f"&older_than={quote(str(page[-1][0]))}"
    return found


def _fate(each: dict[str, Any]) -> Fate:
    taken_at = datetime.fromisoformat(each["created_at"])
    if taken_at.tzinfo is None:
        taken_at = taken_at.replace(tzinfo=UTC)
    return Fate(each["reference"] or "", each["email_address"] or "", taken_at)


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
