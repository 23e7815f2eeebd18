"""A learner answers before and after on a phone; their trainer sees one more who was matched."""

from feedback.questionnaire import Given
from feedback.vocabulary import Part

from .conftest import NewPhone
from .hands import Thumb
from .people import SKIPPED
from .phone import DESK
from .site import Site
from .surveys import walked
from .training import held
from .walk import Walk

CAME = 6  # people
TRAINER = "trainer@brackenshore.example"


def test_the_same_card_typed_in_two_ways_makes_one_more_pair(new: NewPhone, site: Site):
    event, codes = held(site, CAME, trainer=TRAINER)
    desk = new(width=DESK)
    desk.sign_in(TRAINER)
    page = desk.goto(f"/staff/events/{event.id}/before-and-after")
    assert page.locator("#count-matched").inner_text() == str(CAME)

    first, second = site.codes.cards(event.code, CAME + 1)[CAME].split()
    for part, typed in (
        (Part.BEFORE, f"{first.title()}-{second.title()}"),
        (Part.AFTER, f"  {first.upper()}, {second} "),
    ):
        survey, phone = walked()[part.value], new(scripts=False)
        plan = dict.fromkeys(survey.questions, SKIPPED)
        plan |= {"card": Given(text=typed), "knowledge": Given(number=5)}
        walk = Walk(phone, codes[part], survey, plan, Thumb(phone.page))
        walk.start()
        walk.to_check()
        walk.send()

    page = desk.goto(f"/staff/events/{event.id}/before-and-after")
    for count in ("before", "after", "matched"):
        assert page.locator(f"#count-{count}").inner_text() == str(CAME + 1)
    assert f"{first} {second}" not in page.content()
