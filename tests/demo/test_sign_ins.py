"""The demonstration's sign-ins: made once, printed, and of no use elsewhere."""

import stat

import pytest

from feedback import demo
from feedback.errors import WrongSignIn
from feedback.services import people
from feedback.settings import Settings

KEPT = "demonstration.json"


def test_the_sign_ins_work_only_while_the_demonstration_is_on(loaded):
    both = demo.read(loaded.settings)
    with loaded.trying() as session:
        for each in both:
            typed = (each.email, each.password)
            user, _token = people.sign_in(session, *typed, demonstration=True, now=loaded.now)
            assert (user.name, user.role, user.demonstration) == (each.name, each.role, True)
            with pytest.raises(WrongSignIn):
                people.sign_in(session, *typed, demonstration=False, now=loaded.now)

    assert [each.name for each in both] == ["Olive Officer", "Vik Viewer"]
    assert len({each.password for each in both}) == 2
    assert all(len(each.password) >= 16 for each in both)


def test_the_sign_ins_are_printed_with_their_addresses(loaded):
    said: list[str] = []
    demo.print_sign_ins(loaded.settings, said.append)
    text = "\n".join(said)

    assert stat.S_IMODE((loaded.settings.instance / KEPT).stat().st_mode) == 0o600
    assert "http://127.0.0.1:8000/s/live " in text
    assert "http://127.0.0.1:8000/staff/" in text
    assert all(each.password in text for each in demo.read(loaded.settings))
    assert loaded.said[-len(said) :] == said


def test_without_a_demonstration_nothing_is_printed(tmp_path):
    said: list[str] = []
    demo.print_sign_ins(Settings(instance=tmp_path), said.append)

    assert said == []


def test_lost_sign_ins_are_made_anew(empty):
    made = empty()
    made.load()
    (made.settings.instance / KEPT).unlink()
    made.load()

    with made.trying() as session:
        each = demo.read(made.settings)[0]
        people.sign_in(session, each.email, each.password, demonstration=True, now=made.now)
