"""GOV.UK Notify as its own service would see us, on a small server of ours."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from small_server import Door, serving

from feedback.outputs import notify
from feedback.outputs.messages import NobodyThere, NotSent
from feedback.settings import Settings

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
MESSAGE = {
    **{"to": "sam@x.example", "subject": "Done", "text": "Taxis come on time."},
    **{"name": "abc", "stop": "https://listen.example/stop", "again": False, "now": NOW},
}


class Notify(ThreadingHTTPServer):
    """Takes what a real one would take, and says no where a test wants that."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.asked, self.answer, self.sent, self.kept = [], None, [], []


class _Door(Door):
    def do_GET(self):
        if "status=" in self.path:
            return self._list()
        reference = self.path.partition("reference=")[2]
        self.reply(200, {"notifications": [s for s in self.server.sent if s == reference]})

    def _list(self):
        """Two a page, the newest first, as Notify does it with 250."""
        if self.server.answer:
            return self.reply(*self.server.answer)
        asked = parse_qs(urlsplit(self.path).query)
        kept = [each for each in self.server.kept if each["status"] in asked["status"]]
        if "older_than" in asked:
            at = [each["id"] for each in kept].index(asked["older_than"][0])
            kept = kept[at + 1 :]
        return self.reply(200, {"notifications": kept[:2], "links": {}})

    def do_POST(self):
        body = self.body()
        self.server.asked.append((self.path, dict(self.headers), body))
        if self.server.answer:
            return self.reply(*self.server.answer)
        self.server.sent.append(body["reference"])
        return self.reply(201, {"id": "1"})


@pytest.fixture
def service():
    with serving(Notify()) as server:
        yield server


@pytest.fixture
def settings(service):
    return Settings(
        notify_key=f"a key-{SERVICE}-{SECRET}",
        notify_template="f33517ff-2a88-4f6e-b855-c550268ce08a",
        notify_address=f"http://127.0.0.1:{service.server_port}",
        mail_seconds=2,
    )


def read(part: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_a_message_arrives_with_a_signed_token(service, settings):
    notify.send(settings, **MESSAGE)
    [(path, headers, body)] = service.asked
    assert path == "/v2/notifications/email"
    assert body == {
        "email_address": "sam@x.example",
        "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
        "personalisation": {"subject": "Done", "body": "Taxis come on time."},
        "reference": "abc",
        "one_click_unsubscribe_url": "https://listen.example/stop",
    }
    head, claims, signed = headers["Authorization"].removeprefix("Bearer ").split(".")
    assert read(head) == {"typ": "JWT", "alg": "HS256"}
    assert read(claims) == {"iss": SERVICE, "iat": int(NOW.timestamp())}
    wanted = hmac.digest(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256)
    assert base64.urlsafe_b64decode(signed + "=") == wanted


def test_after_a_try_that_broke_off_nothing_is_sent_twice(service, settings):
    notify.send(settings, **MESSAGE)
    notify.send(settings, **{**MESSAGE, "again": True})
    notify.send(settings, **{**MESSAGE, "again": True, "name": "other"})
    assert service.sent == ["abc", "other"]


def test_an_address_that_is_none_is_told_apart_from_our_own_faults(service, settings):
    wrong = {"error": "ValidationError", "message": "email_address Not a valid email address"}
    service.answer = (400, {"errors": [wrong]})
    with pytest.raises(NobodyThere) as refused:
        notify.send(settings, **MESSAGE)
    assert "sam" not in str(refused.value)


@pytest.mark.parametrize(
    "answer",
    [
        (400, {"errors": [{"error": "BadRequestError", "message": "Missing personalisation"}]}),
        (400, {"errors": [{"error": "ValidationError", "message": "template_id is not a UUID"}]}),
        (400, "nothing of theirs"),
        (403, {"errors": [{"error": "AuthError", "message": "Invalid token"}]}),
        (429, {"errors": [{"error": "TooManyRequestsError", "message": "limit"}]}),
        (500, {"errors": []}),
    ],
    ids=str,
)
def test_what_time_or_the_host_can_mend_is_tried_again(service, settings, answer):
    service.answer = answer
    with pytest.raises(NotSent) as refused:
        notify.send(settings, **MESSAGE)
    assert not isinstance(refused.value, NobodyThere)


def kept(number, status, hours):
    moment = NOW - timedelta(hours=hours)
    return {
        **{"id": f"id {number}", "reference": f"name {number}", "status": status},
        **{"email_address": "sam@x.example", "created_at": f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}"},
    }


def test_what_came_back_is_read_page_by_page_until_it_is_too_old(service, settings):
    bounced, arrived = notify.BOUNCED, notify.ARRIVED
    service.kept = [
        *(kept(number, bounced, number) for number in (1, 2, 3, 30)),
        kept(9, arrived, 4),
    ]
    facts = {"since": NOW - timedelta(days=1), "now": NOW}
    found = notify.fates(settings, bounced, **facts)
    assert [each.name for each in found] == ["name 1", "name 2", "name 3"]
    assert {each.to for each in found} == {"sam@x.example"}
    assert [each.name for each in notify.fates(settings, arrived, **facts)] == ["name 9"]
    assert found[0].taken_at == NOW - timedelta(hours=1)


@pytest.mark.parametrize("answer", [(500, {}), (200, {"errors": []}), (200, [1])], ids=str)
def test_no_answer_about_what_came_back_is_no_news(service, settings, answer):
    service.answer = answer
    with pytest.raises(NotSent):
        notify.fates(settings, notify.BOUNCED, since=NOW, now=NOW)


def test_a_service_that_is_away_is_tried_again(settings):
    away = settings.model_copy(update={"notify_address": "http://127.0.0.1:1"})
    with pytest.raises(NotSent, match="URLError"):
        notify.send(away, **MESSAGE)


def test_a_key_that_is_none_sends_nothing(service, settings):
    from pydantic import SecretStr

    with pytest.raises(NotSent, match="key"):
        notify.send(settings.model_copy(update={"notify_key": SecretStr("abc")}), **MESSAGE)
    assert service.asked == []


def test_in_production_the_key_never_travels_in_the_clear():
    with pytest.raises(ValueError, match="FEEDBACK_NOTIFY_ADDRESS"):
        Settings(production=True, secret="s" * 40, notify_address="http://notify.example")


def test_the_key_does_not_show_when_settings_are_printed(settings):
    assert SECRET not in repr(settings)
