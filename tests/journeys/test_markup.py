"""Every state as it travels, for a browser without scripts: the markup, and who may keep it."""

from pathlib import Path

import pytest

from .checkers import JAR, markup_checker, markup_faults
from .conftest import NewPhone, Surveys
from .office_states import office
from .phone import on_ci
from .site import Site
from .states import Place, answering

NO_CHECKER = f"no markup checker here (it needs java and {JAR}): the markup was not checked"


def test_the_markup_of_every_state_is_sound(
    new: NewPhone, site: Site, collections: Surveys, tmp_path: Path
):
    command = markup_checker()
    if command is None:
        pytest.fail(NO_CHECKER) if on_ci() else pytest.skip(NO_CHECKER)
    everything = [(state, tag) for tag in ("en", "ar") for state in answering()]
    for state, language in everything + [(state, "en") for state in office()]:
        phone = new(scripts=False)
        phone.speak(language)
        state.reach(Place(phone, site, collections, language))
        name = "".join(letter if letter.isalnum() else "-" for letter in f"{state.name} {language}")
        (tmp_path / f"{name}.html").write_text(phone.source(), encoding="utf-8")
        phone.page.close()

    assert markup_faults(command, tmp_path) == []
