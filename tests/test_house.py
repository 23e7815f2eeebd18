import re
from pathlib import Path

import pytest

from feedback.services import collecting, entering, second_step
from feedback.services.codes import easy_words
from feedback.vocabulary import OWN_EVENTS_ONLY, PERMISSIONS_OF, Permission, Role
from feedback.web.access import ROLE_WORDS
from feedback.web.deeds import action_words

ROOT = Path(__file__).parent.parent
ROLES = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")


def test_there_are_enough_different_words_for_codes():
    words = easy_words()
    assert len(set(words)) == len(words) >= 2048


# docs/roles.md


def written() -> dict[Permission, dict[str, str]]:
    """Permission → role's words → what the page says."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in ROLES.splitlines()
        if line.startswith("| may ") or re.match(r"\| [^|]+ \| `\w+` \|", line)
    ]
    heads = rows[0][2:]
    return {
        Permission(row[1].strip("`")): dict(zip(heads, row[2:], strict=True)) for row in rows[1:]
    }


def test_the_page_about_roles_names_every_permission_of_staff_once():
    of_others = {Permission.EVERYONE, Permission.ANSWERING, Permission.MEMBER}
    assert set(written()) == set(Permission) - of_others
    assert ROLES.count("` |") == len(written())


@pytest.mark.parametrize("role", list(Role))
def test_the_page_about_roles_says_what_is_so(role):
    name = str(ROLE_WORDS[role])
    assert f"| {name} | " in ROLES
    for permission, says in written().items():
        may = permission in PERMISSIONS_OF[role]
        own = role in OWN_EVENTS_ONLY and permission is not Permission.SIGNED_IN
        assert says[name] == (("own events" if own else "yes") if may else "–"), permission


def test_the_page_about_roles_says_who_takes_a_second_step():
    asked = [str(ROLE_WORDS[role]) for role in Role if second_step.asked_of(role)]
    assert (
        f"{' and '.join(f'{name.lower()}s' for name in asked).capitalize()} sign in with" in ROLES
    )


_WHO = r"\s*[\w()]+,\s*[\w.()]+,"
NOTED = re.compile(
    rf'\b(?:_?note\((?:{_WHO})?|_changed\({_WHO})\s*"([a-z]+(?: [a-z]+)*)",',
)


def test_everything_that_is_noted_has_words():
    doors = [*(ROOT / "feedback/services").rglob("*.py"), *(ROOT / "feedback/web").rglob("*.py")]
    source = "".join(file.read_text("utf-8") for file in doors)
    noted = set(NOTED.findall(source))
    assert {"end access", "export record", "invite", "plan event", "survey publish"} <= noted
    noted |= {collecting.OPENED, collecting.OPENED_NOW, collecting.CLOSED, collecting.CHANGED}
    noted |= {collecting.EXTENDED, collecting.WITHDRAWN, collecting.PUT_BACK}
    noted |= {entering.TYPED_IN, entering.UNDONE}
    assert {action for action in noted if action_words(action) == action} == set()
