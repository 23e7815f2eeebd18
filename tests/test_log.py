"""Nothing that belongs to a person is ever written to the log (goal B.2, log hygiene)."""

import contextlib
import io
import logging
import os
import socket
import subprocess
import sys
import time

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from visiting import Visit

from feedback import log
from feedback.models.responses import Response
from feedback.services import inviting
from feedback.vocabulary import Role

ADDRESS = "203.0.113.77"
SAID = "zanzibarmarker we waited far too long"
TOWN = "quixotemarker"
EMAIL = "personmarker@brackenshore.example"
PASSWORD = "passwordmarker and more"
WRONG_CODE = "wrongmarker apple kite drum"


@pytest.fixture(params=["lines", "json"])
def logged(request, capsys):
    """Reads all that was logged or printed, in each format that a host can choose."""
    stream = io.StringIO()
    with contextlib.redirect_stderr(stream):
        log.set_up(request.param)
    return lambda: stream.getvalue() + "".join(capsys.readouterr())


@pytest.fixture
def app(make_app):
    """An app of this test alone, with a page that fails."""
    made = make_app()

    @made.get("/stumble")
    def stumble():
        raise RuntimeError(f"{SAID} {EMAIL}")

    return made


@pytest.fixture
def client(app):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = ADDRESS
    return client


def test_no_log_line_carries_anything_of_a_person(
    begin, app, client, database, officer, look, logged
):
    visit = begin(client)
    visit.walk(more=SAID, town=TOWN)
    visit.follow(visit.post("check", {"do": "stop"}))
    secrets = [visit.resume, look(select(Response.submission_id))[0][0]]
    secrets += [c.value for c in client._cookies.values()]
    visit.send()
    secrets.append(visit.receipt)
    visit.get("/receipt")
    visit.post("/receipt", {"code": WRONG_CODE})
    visit.post("/receipt", {"code": secrets[-1]})
    visit.get(f"/?code={TOWN}")
    visit.get("/staff/sign-in")
    visit.post("/staff/sign-in", {"email": EMAIL, "password": PASSWORD})
    visit.post("/staff/sign-in", {"email": officer.email, "password": PASSWORD})
    visit.get("/stumble")
    assert visit.page.status_code == 500

    late = begin(app.test_client())
    with _without_answers(database):
        assert late.leave(10, town=TOWN, more=SAID).status_code == 503

    lines = logged()
    assert lines.count("request") > 15
    assert "database_trouble" in lines
    assert "unexpected" in lines
    for word in (ADDRESS, "zanzibar", "quixote", "marker", "fern42", officer.email, *secrets):
        assert word not in lines


def test_no_log_line_carries_an_invitation_or_a_number(
    make_app, postbox, staff, sign_in, database, shown_number, logged, now
):
    app = make_app(**postbox.settings)
    admin = staff(Role.ADMINISTRATOR)
    visit = sign_in(admin, app=app)
    visit.get("/staff/people/invite")
    form = {"name": "Namemarker", "role": "viewer", "organisation": "0", "email": EMAIL}
    visit.post("/staff/people/invite", form)
    link = postbox.link(EMAIL)
    postbox.refuses = True
    visit.post("/staff/people/invite", form)
    with database.writing() as session, session.begin():
        _, token = inviting.invite(session, EMAIL, "N", Role.VIEWER, None, by=admin.id, now=now)
    invited = Visit(app.test_client(), "")
    invited.get(f"/staff/invitation/{token}")
    invited.post(f"/staff/invitation/{token}", {"name": "Namemarker", "password": PASSWORD})
    assert invited.page.status_code == 303

    lines = logged()
    assert "mail_not_sent" in lines
    assert "SMTPDataError" in lines
    secrets = (link.rpartition("/")[2], token, shown_number(admin), admin.email)
    for word in ("marker", "brackenshore", *secrets):
        assert word not in lines


def test_what_a_library_logs_of_a_database_error_carries_no_parameters(database, logged):
    with database.writing() as writing, pytest.raises(DBAPIError, match="zanzibar") as raised:
        writing.execute(text("INSERT INTO answer (text) VALUES (:said)"), {"said": SAID})
    logging.getLogger("some.library").error("It failed", exc_info=raised.value)

    lines = logged()
    assert "It failed" in lines
    assert type(raised.value).__name__ in lines
    assert "zanzibar" not in lines


def test_the_server_does_not_log_the_address_of_who_sends_nonsense(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", "from feedback.cli import main; main()", "serve"],
        env={
            **os.environ,
            "FEEDBACK_PORT": str(port),
            "FEEDBACK_WORKERS": "1",
            "FEEDBACK_DATABASE": f"sqlite:///{tmp_path}/none.sqlite",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert b"400" in _nonsense(port)
    finally:
        server.terminate()
        said, _ = server.communicate(timeout=30)
    assert b"serving" in said
    assert b"127.0.0.1" not in said


def _nonsense(port: int) -> bytes:
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                line.sendall(b"NONSENSE\r\n\r\n")
                return line.recv(1000)
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise TimeoutError("the server did not come up")


@contextlib.contextmanager
def _without_answers(database):
    """Each page that is saved meets a database error that carries what was written."""
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE answer RENAME TO elsewhere"))
    try:
        yield
    finally:
        with database.engine.begin() as connection:
            connection.execute(text("ALTER TABLE elsewhere RENAME TO answer"))
