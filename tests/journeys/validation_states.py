"""The states of the pages of validation, of the local offer, and of totals from other sources."""

from datetime import timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from feedback.models.improvements import Insight
from feedback.models.local_offer import LocalOfferComment
from feedback.models.validating import RoundFinding, ValidationRound
from feedback.queries import people
from feedback.queries import validating as stored
from feedback.questionnaire import Wording
from feedback.services import codebooks, other_sources, replying, validating
from feedback.services.other_sources import Counted
from feedback.services.replying import Said
from feedback.services.validating import Asked
from feedback.vocabulary import Audience, OfferChannel, OfferKind, SourceKind, Verdict

from .site import OFFICER, Site, now
from .states import Place, State

OPEN, TOLD = "owl77", "elm88"
TABLE = (
    "kind,theme,first day,last day,number,what counts,source,note\n"
    "{kind},,1/3/2026,31/5/2026,19,Appeals registered,Council,\n"
)
SAYS = {
    "en": {
        "standard": "People said that waiting is hardest when nobody says how long.",
        "easy": "You wait a long time. Nobody tells you how long.",
    },
    "ar": {
        "standard": "قال الناس إن الانتظار أصعب عندما لا يقول أحد كم سيطول.",
        "easy": "تنتظر وقتاً طويلاً. لا أحد يخبرك كم سيطول.",
    },
}
TITLE = {"en": {"standard": "Nobody says how long"}, "ar": {"standard": "لا أحد يقول كم سيطول"}}
AFTER = {tag: Wording(**each) for tag, each in SAYS.items()}
WHY = {"en": Wording(standard="You told us."), "ar": Wording(standard="أنتم أخبرتمونا.")}
ANSWERED = {
    "summary": {"en": {"standard": "The list of clubs is old."}},
    "response": {"en": {"standard": "We rang every club and mended the list."}},
}


def heard(site: Site) -> dict[str, int]:
    """An open round, one that was told, comments on the local offer, totals; once a site."""
    moment = now()
    with site.database.writing() as session, session.begin():
        if session.scalars(select(ValidationRound.id)).first() is None:
            officer = people.by_email(session, OFFICER)
            for code, opened, closes in ((OPEN, 1, 7), (TOLD, 9, -2)):
                made = _round(session, code, opened, closes, moment)
                if code == TOLD:
                    _told(site, session, made, officer.id, moment)
            _comments(session, moment)
            _totals(session, moment)
        finding = session.scalars(select(RoundFinding.id).order_by(RoundFinding.id.desc())).first()
        told = stored.by_code(session, TOLD)
        return {
            "finding": finding or 0,
            "told": told.id if told else 0,
            "year": moment.year,
            "comment": session.scalars(select(LocalOfferComment.id)).first() or 0,
        }


def _round(session, code, opened, closes, moment):
    insights = [
        Insight(
            code=f"{code}-{number}",
            title=TITLE,
            said=SAYS,
            audience=Audience.YOUNG_PERSON,
            tags=[],
            heard_on=moment.date(),
            created_at=moment,
        )
        for number in (1, 2)
    ]
    session.add_all(insights)
    session.flush()
    facts = Asked(
        name=f"Findings {code}",
        group_name="SEND Youth Voice Group",
        audience=Audience.YOUNG_PERSON,
        introduction={},
        opens_at=moment - timedelta(days=opened),
        closes_at=moment + timedelta(days=closes),
    )
    made = validating.begin(session, facts, insights, chance=Random(1), by=None, now=moment)
    made.code = code
    session.flush()
    return made


def _told(site, session, made, officer, moment):
    while_open = moment - timedelta(days=5)
    for screen, verdict, people_there in (("a", Verdict.AGREE, 9), ("b", Verdict.NOT_QUITE, 6)):
        said = Said(
            verdict, "They hit me when I was late. It is not only that.", people_there, "en"
        )
        replying.keep(
            session, made, made.findings[0], screen, said, site.codes,
            today=while_open.date(), now=while_open,
        )  # fmt: skip
    numbers = [each.id for each in made.findings]
    for number, after in zip(numbers, (AFTER, {}), strict=True):
        finding = stored.finding(session, number, lock=True)
        validating.answer(session, finding, after=after, why=WHY, version=0, by=officer, now=moment)
    validating.publish(session, made, by=officer, now=moment)


def _comments(session, moment):
    for number in range(14):
        published = number < 3
        session.add(
            LocalOfferComment(
                key=f"state {number}",
                received_on=(moment - timedelta(days=3 * number)).date(),
                channel=OfferChannel.ONLINE,
                kind=OfferKind.COMMENT,
                about="Short breaks" if number % 2 else "Buses",
                audience=Audience.PARENT,
                words="I cut myself because nobody helps" if number == 5 else "The list is old.",
                language="en",
                year=moment.year,
                **(ANSWERED if number < 4 else {}),
                responded_on=moment.date() if number < 4 else None,
                published_at=moment if published else None,
            )
        )


def _totals(session, moment):
    themes = codebooks.ready(session, by=None, now=moment).ids
    last = moment.date() - timedelta(days=30)
    for theme_id, number in ((None, 61), (themes["waiting"], 31), (themes["transport"], 2)):
        facts = Counted(
            kind=SourceKind.COMPLAINTS,
            theme_id=theme_id,
            first_on=last - timedelta(days=90),
            last_on=last,
            number=number,
            base="Complaints about SEND, stage 1",
            source="Complaints team",
        )
        other_sources.add(session, facts, today=moment.date(), by=None, now=moment)


def _open(path: str, place: Place) -> None:
    place.phone.goto(path.format(**heard(place.site)))


def _finding(place: Place) -> None:
    _open(f"/v/{OPEN}", place)
    place.press("main form .govuk-button")


def _nothing_said(place: Place) -> None:
    _finding(place)
    place.press('button[value="continue"]')


def _nobody_there(place: Place) -> None:
    _open(f"/v/{OPEN}", place)
    place.phone.page.locator("#people").fill("900")
    place.press("main form .govuk-button")


def _all_skipped(place: Place) -> None:
    _finding(place)
    for _ in range(2):
        place.press('button[value="skip"]')


def _sent_empty(path: str, place: Place) -> None:
    _open(path, place)
    place.press("main form .govuk-button")


def _robot(place: Place) -> None:
    _open("/local-offer/tell-us", place)
    place.phone.page.locator("#website").evaluate("el => el.value = 'https://x.example'")
    place.press("main form .govuk-button")


def _page(path: str, place: Place) -> None:
    numbers = heard(place.site)
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(**numbers))


def _page_sent_empty(path: str, place: Place) -> None:
    _page(path, place)
    place.press("main form .govuk-button:not(a)")


def _table(kind: str, place: Place) -> None:
    _page("/staff/other-sources/from-file", place)
    content = TABLE.format(kind=kind).encode()
    file = {"name": "counts.csv", "mimeType": "text/csv", "buffer": content}
    place.phone.page.locator("#file").set_input_files(file)
    place.press("main form button")


def public_voices() -> list[State]:
    """The pages that groups and everybody may open."""
    return [
        State("round, start", partial(_open, f"/v/{OPEN}")),
        State("round, how many?", _nobody_there, 422, error=True),
        State("round, finding", _finding),
        State("round, nothing said", _nothing_said, 422, error=True),
        State("round, thanks", _all_skipped),
        State("round, what changed", partial(_open, f"/v/{TOLD}")),
        State("local offer, tell us", partial(_open, "/local-offer/tell-us")),
        State("local offer, empty", partial(_sent_empty, "/local-offer/tell-us"), 422, error=True),
        State("local offer, robot?", _robot, 422, error=True),
        State("local offer, thanks", partial(_open, "/local-offer/thank-you")),
        State("local offer, a year", partial(_open, "/local-offer/comments/{year}")),
    ]


def of_voices() -> list[State]:
    """Every state of the staff pages about rounds, the local offer and other sources."""
    rounds, offer, sources = "/staff/rounds", "/staff/local-offer", "/staff/other-sources"
    answer = f"{rounds}/findings/{{finding}}"
    return [
        State("rounds", partial(_page, rounds)),
        State("round", partial(_page, f"{rounds}/{{told}}")),
        State("round, wrong", partial(_page_sent_empty, f"{rounds}/new"), 422, error=True),
        State(
            "round away, wrong",
            partial(_page_sent_empty, f"{rounds}/{{told}}/end"),
            422,
            error=True,
        ),
        State("round answer", partial(_page, answer)),
        State("offer comments", partial(_page, offer)),
        State("offer comment", partial(_page, f"{offer}/{{comment}}")),
        State("offer typed, wrong", partial(_page_sent_empty, f"{offer}/new"), 422, error=True),
        State("offer away?", partial(_page, f"{offer}/{{comment}}/remove")),
        State("sources", partial(_page, sources)),
        State("source, wrong", partial(_page_sent_empty, f"{sources}/new"), 422, error=True),
        State("sources, looked at", partial(_table, "tribunals")),
        State("sources, wrong", partial(_table, "riots"), 422, error=True),
    ]
