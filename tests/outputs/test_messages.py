"""E-mail as a mail server sees it."""

import socket

import pytest

from feedback.outputs import messages
from feedback.outputs.messages import NotSent
from feedback.settings import Settings

HOST = "Brackenshore SEND partnership"


@pytest.fixture
def settings(postbox):
    return Settings(**postbox.settings, host_name=HOST, mail_seconds=2)


def test_a_message_arrives_with_every_letter(settings, postbox):
    text = "Zażółć gęślą jaźń – السلام عليكم 😀\n.\n" + "long " * 400
    messages.send(settings, to="sam@x.example", subject="Zaproszenie: ślad", text=text)

    [message] = postbox.to("sam@x.example")
    assert message.get_content().replace("\r\n", "\n").rstrip() == text.rstrip()
    assert message["Subject"] == "Zaproszenie: ślad"
    assert message["From"] == f"{HOST} <send@brackenshore.example>"
    assert message["To"] == "sam@x.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@brackenshore.example>")
    assert message["Date"]
    assert message.get_content_type() == "text/plain"


def test_it_comes_from_the_address_that_the_host_sets(postbox):
    settings = Settings(**postbox.settings, mail_from="no-reply@brackenshore.example")
    messages.send(settings, to="sam@x.example", subject="Hello", text="Hello")
    assert "no-reply@brackenshore.example" in postbox.messages[0]["From"]


@pytest.mark.parametrize(
    "changed",
    [
        {"to": "sam@x.example\r\nBcc: all@x.example"},
        {"to": "sam@x.example\nBcc: all@x.example"},
        {"to": "sam@x.example, all@x.example"},
        {"to": "all@x.example> <sam@x.example"},
        {"to": "nobody"},
        {"to": ""},
        {"subject": "Hello\r\nBcc: all@x.example"},
        {"subject": "Hello\nBcc: all@x.example\n\nAnother text"},
        {"subject": "Hello\rBcc: all@x.example"},
    ],
    ids=ascii,
)
def test_nothing_can_be_slipped_into_the_headers(settings, postbox, changed):
    with pytest.raises(NotSent):
        messages.send(settings, **{"to": "sam@x.example", "subject": "Hi", "text": "Hi", **changed})
    assert postbox.messages == []


@pytest.mark.parametrize("value", ["<x>\r\nBcc: all@x.example", "<x>\nBcc: all@x.example"])
def test_nor_into_a_header_that_leaves_as_it_stands(settings, postbox, value):
    with pytest.raises(NotSent):
        messages.send(
            settings,
            to="sam@x.example",
            subject="Hi",
            text="Hi",
            headers={"List-Unsubscribe": value},
        )
    assert postbox.messages == []


def test_a_long_link_in_a_header_leaves_in_one_piece(settings, postbox):
    link = f"<https://listen.example/{'a' * 200}>"
    messages.send(
        settings,
        to="sam@x.example",
        subject="Hi",
        text="Hi",
        name="one",
        headers={"List-Unsubscribe": link},
    )
    [message] = postbox.messages
    assert message["List-Unsubscribe"] == link
    assert message["Message-ID"] == "<one@brackenshore.example>"
    assert f"List-Unsubscribe: {link}".encode() in postbox.raw[0]


def test_headers_in_the_text_stay_text(settings, postbox):
    messages.send(
        settings, to="sam@x.example", subject="Hi", text="\nBcc: all@x.example\n.\nQUIT\n"
    )
    [message] = postbox.messages
    assert message["Bcc"] is None
    assert "Bcc: all@x.example" in message.get_content()


def test_a_server_that_says_no_is_told_without_its_words(settings, postbox):
    postbox.refuses = True
    with pytest.raises(NotSent) as refused:
        messages.send(settings, to="sam@x.example", subject="Hi", text="Hi")
    assert str(refused.value) == "SMTPDataError"
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_nobody_waits_long_for_a_server_that_is_away_or_silent():
    with socket.socket() as away:
        away.bind(("127.0.0.1", 0))
        port = away.getsockname()[1]
        gone = Settings(mail_server="127.0.0.1", mail_port=port, mail_tls="none", mail_seconds=1)
        with pytest.raises(NotSent, match="ConnectionRefusedError"):
            messages.send(gone, to="sam@x.example", subject="Hi", text="Hi")
        away.listen()  # takes the connection and says nothing
        with pytest.raises(NotSent, match="SMTPServerDisconnected"):
            messages.send(gone, to="sam@x.example", subject="Hi", text="Hi")


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_message_never_leaves_in_the_clear_where_it_should_not(postbox, tls):
    """The server here offers no TLS; the message must not go on without."""
    settings = Settings(**{**postbox.settings, "mail_tls": tls}, mail_seconds=2)
    with pytest.raises(NotSent):
        messages.send(settings, to="sam@x.example", subject="Hi", text="Hi")
    assert postbox.messages == []


def test_in_production_a_password_never_travels_in_the_clear():
    with pytest.raises(ValueError, match="FEEDBACK_MAIL_TLS"):
        Settings(production=True, secret="s" * 40, mail_tls="none", mail_password="secret")


def test_the_mail_password_does_not_show_when_settings_are_printed():
    assert "hush-hush" not in repr(Settings(mail_password="hush-hush"))
