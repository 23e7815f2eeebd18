"""Totals from other sources for staff: added, mended, brought in, shown beside a theme."""

import io
import re
from datetime import date

import pytest
from sqlalchemy import select, update

from feedback.models.other_sources import SourceCount
from feedback.models.themes import Codebook
from feedback.services import codebooks, other_sources
from feedback.services.other_sources import Counted
from feedback.vocabulary import Role, SourceKind

pytestmark = pytest.mark.any_database
PAGE = "/staff/other-sources"
FORM = {
    "kind": "complaints",
    "theme": "",
    "first_on": "2026-04-01",
    "last_on": "30/6/2026",
    "number": "61",
    "base": "Stage 1",
    "source": "Complaints team",
}
TABLE = (
    "kind,theme,first day,last day,number,what counts,source,note\n"
    "{kind},,1/4/2026,30/6/2026,19,Appeals,Council,\n"
)


@pytest.fixture
def themes(database, now):
    with database.writing() as writing, writing.begin():
        return codebooks.ready(writing, by=None, now=now).ids


def plain(visit) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", visit.text).split())


def test_a_total_is_added_mended_and_taken_away(sign_in, officer, viewer, themes, look):
    visit = sign_in(officer)
    visit.get(PAGE)
    assert "Nothing is counted yet" in visit.text
    visit.get(f"{PAGE}/new")
    visit.follow(visit.post(f"{PAGE}/new", FORM))
    assert "1 April to 30 June 2026 61" in plain(visit)
    overlapping = {**FORM, "first_on": "2026-06-30", "last_on": "2026-07-31", "note": "My note"}
    assert visit.post(f"{PAGE}/new", overlapping).status_code == 422
    assert "shares some of these days" in visit.text and "My note" in visit.text

    (number,) = look(select(SourceCount.id))[0]
    visit.get(f"{PAGE}/{number}")
    changed = {**FORM, "version": "1", "number": "3", "theme": str(themes["waiting"])}
    visit.follow(visit.post(f"{PAGE}/{number}", changed))
    assert "hidden, small number" in visit.text
    assert visit.post(f"{PAGE}/{number}", changed).status_code == 409
    other = sign_in(viewer)
    other.get(PAGE)
    assert "hidden, small number" in other.text and "Mend" not in other.text

    visit.get(f"{PAGE}/{number}/remove")
    assert "Take this away?" in visit.text
    assert visit.post(f"{PAGE}/{number}/remove").status_code == 303
    assert look(select(SourceCount.id)) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"first_on": "2026-07-01"}, "The last day is before the first day"),
        ({"last_on": "2026-12-31"}, "This day is still to come"),
        ({"number": "many"}, "Write a whole number"),
        ({"base": ""}, "Write what counts as one"),
        ({"kind": "riots"}, "Choose one from the list"),
        ({"theme": "999999"}, "Choose a theme from the list"),
    ],
)
def test_what_is_no_total_is_asked_again(sign_in, officer, look, wrong, says):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/new")
    assert visit.post(f"{PAGE}/new", {**FORM, **wrong}).status_code == 422
    assert says in visit.text
    assert look(select(SourceCount.id)) == []


def test_a_table_is_looked_at_first_and_a_wrong_one_says_its_line(sign_in, officer, look):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/from-file")
    wrong = (io.BytesIO(TABLE.format(kind="riots").encode()), "counts.csv")
    assert visit.post(f"{PAGE}/from-file", {"file": wrong}).status_code == 422
    assert "Line 2:" in visit.text and "is no kind of source" in visit.text
    content = TABLE.format(kind="tribunals")
    visit.post(f"{PAGE}/from-file", {"file": (io.BytesIO(content.encode()), "counts.csv")})
    assert "1 line is new." in plain(visit) and look(select(SourceCount.id)) == []
    visit.follow(visit.post(f"{PAGE}/from-file", {"content": content}))
    assert "1 line was kept." in visit.text and "Tribunal appeals" in visit.text
    empty = visit.get(f"{PAGE}/empty.csv")
    assert b"kind,theme,first day" in empty.get_data()


def test_only_those_who_promise_change_totals(sign_in, staff, viewer):
    visit = sign_in(viewer)
    visit.get("/staff/account")
    assert visit.get(f"{PAGE}/new").status_code == 403
    assert visit.post(f"{PAGE}/1/remove").status_code == 403
    other = sign_in(staff(Role.FACILITATOR))
    other.get("/staff/account")
    assert other.get(PAGE).status_code == 403


def test_a_theme_that_was_retired_keeps_its_total(sign_in, officer, database, themes, now):
    facts = Counted(
        kind=SourceKind.COMPLAINTS,
        theme_id=themes["waiting"],
        first_on=date(2026, 4, 1),
        last_on=date(2026, 6, 30),
        number=30,
        base="Stage 1",
        source="Team",
    )
    with database.writing() as writing, writing.begin():
        name = dict(other_sources.themes_in_use(writing))[themes["waiting"]]
        entry = other_sources.add(writing, facts, today=now.date(), by=None, now=now)
        number = entry.id
        writing.execute(update(Codebook).values(in_use=False))
    visit = sign_in(officer)
    visit.get(f"{PAGE}/{number}")
    assert f'value="{themes["waiting"]}" selected>{name}' in visit.text
