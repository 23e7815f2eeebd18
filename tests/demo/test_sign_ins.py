"""The demonstration's sign-ins: made once, printed, and of no use elsewhere."""

import json
import stat

import pytest

from feedback import demo
from feedback.errors import WrongSignIn
from feedback.queries import people as stored
from feedback.services import people
from feedback.settings import Settings
from feedback.vocabulary import Role

KEPT = "demonstration.json"


def test_the_sign_ins_work_only_while_the_demonstration_is_on(loaded):
    everybody = demo.read(loaded.settings)
    with loaded.trying() as session:
        for each in everybody:
            typed = (each.email, each.password)
            user, _token = people.sign_in(session, *typed, demonstration=True, now=loaded.now)
            assert (user.name, user.role, user.demonstration) == (each.name, each.role, True)
            with pytest.raises(WrongSignIn):
                people.sign_in(session, *typed, demonstration=False, now=loaded.now)

    assert {each.role for each in everybody} == set(Role)
    assert [each.role for each in everybody].count(Role.OFFICER) == 2  # one checks the other
    assert len({each.password for each in everybody}) == len(everybody) == len(Role) + 1
    assert all(len(each.password) >= 16 for each in everybody)


def test_the_sign_ins_are_printed_with_their_addresses(loaded):
    said: list[str] = []
    demo.print_sign_ins(loaded.settings, said.append)
    text = "\n".join(said)

    assert stat.S_IMODE((loaded.settings.instance / KEPT).stat().st_mode) == 0o600
    assert "http://127.0.0.1:8000/s/live " in text
    assert "http://127.0.0.1:8000/staff/" in text
    assert all(each.password in text for each in demo.read(loaded.settings))
    assert "types 123456" in text
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
        assert people.sign_in(session, each.email, each.password, demonstration=True, now=made.now)


def test_a_demonstration_of_an_older_version_gets_the_sign_ins_that_it_lacks(empty):
    made = empty()
    made.load()
    kept = made.settings.instance / KEPT
    two = json.loads(kept.read_text())["sign_ins"][1:3]
    kept.write_text(json.dumps({"sign_ins": two}))
    made.load()

    now = {each.email: each.password for each in demo.read(made.settings)}
    assert len(now) == len(Role) + 1
    assert all(now[each["email"]] == each["password"] for each in two)


def test_everybody_belongs_to_one_of_six_organisations(loaded):
    with loaded.database.reading() as session:
        everybody = stored.listed(session)
        rows = stored.organisations(session)

    assert len(rows) == 6
    assert {each.user.organisation.name for each in everybody} <= {each.name for each, _ in rows}
    assert len({organisation.kind for organisation, _ in rows}) >= 5


def test_loading_again_makes_no_organisation_twice(empty):
    made = empty()
    made.load()
    made.load(again=True)

    with made.database.reading() as session:
        assert len(stored.organisations(session)) == 6
