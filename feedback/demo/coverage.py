"""Made-up counts of trained staff and figures of a made-up programme, one of them given wrongly."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.demo.people import Maker, planted
from feedback.demo.sign_ins import COUNCIL, GROUP, HEALTH
from feedback.errors import CountedAlready
from feedback.models.coverage import Coverage, ProviderFigure
from feedback.models.events import Series
from feedback.models.people import User
from feedback.queries import people as stored
from feedback.services import covering
from feedback.services.covering import Covered, Figured
from feedback.vocabulary import OrganisationKind, Role

TRAINING, TARGET = "Co-production training", 95
_K = OrganisationKind
# Kind, organisation, staff group, and each count: days ago, trained, staff. The newest of those
# with five staff or more come to 392 of 870, 45%.
GROUPS = (
    (_K.COUNCIL, COUNCIL, "Social workers and early help", ((210, 88, 310), (30, 155, 318))),
    (_K.COUNCIL, COUNCIL, "SEN casework team", ((30, 31, 36),)),
    (_K.HEALTH, HEALTH, "School nurses and therapists", ((205, 41, 240), (28, 94, 244))),
    (_K.EDUCATION, "", "SENCOs in schools", ((190, 70, 205), (21, 90, 208))),
    (_K.VOLUNTARY, "", "Paid staff and volunteers", ((14, 22, 64),)),
    (_K.VOLUNTARY, GROUP, "Sessional youth workers", ((14, 1, 4),)),
)
OURS = (_K.EDUCATION, "", "Teaching assistants", ((14, 121, 640),))  # of the Family Hub training
OUR_TARGET = 50
PROGRAMME = "Quiet Nights sleep course"
AMONG = "All parents who finished the course by the end of last school year and answered."
FIGURES = (
    (
        "Children who sleep better",
        "Parents who said six weeks later that their child sleeps through more nights.",
        AMONG,
        (73, 111, "65"),
    ),
    (
        "Parents who would tell a friend to go",
        "Parents who said yes to: would you tell a friend to come to this course?",
        AMONG,
        (98, 111, "88"),
    ),
    (
        "Parents from our own area who feel more able",
        "Parents who gave a higher number after the course than before it.",
        "Parents from Brackenshore who answered before and after.",
        (15, 18, "83"),
    ),
)


def add_coverage(session: Session, maker: Maker, *, now: datetime) -> None:
    """Keep the made-up counts and figures; what a visitor kept meanwhile stays as it is.

    Args:
        now: the moment that all is said to be made at, by which it is taken away again.
    """
    officer = session.scalars(
        select(User).where(User.demonstration, User.role == Role.OFFICER).order_by(User.email)
    ).first()
    name = planted()["series"]["training"]["name"]
    series = session.scalars(select(Series).where(Series.name == name)).first()
    entries: list[Coverage | ProviderFigure] = []
    for facts in [*_counts(session, maker, GROUPS, None), *_counts(session, maker, [OURS], series)]:
        try:
            entries.append(covering.add(session, facts, today=maker.today, by=None, now=now))
        except CountedAlready:
            continue
    for title, counted, among, (part, whole, said) in FIGURES:
        figure = Figured(
            programme=PROGRAMME,
            title=title,
            counted=counted,
            among=among,
            numerator=part,
            denominator=whole,
            said=said,
            counted_on=maker.today - timedelta(days=60),
            source="Yearly report of the provider, page 4",
        )
        try:
            entries.append(
                covering.add_figure(session, figure, today=maker.today, by=None, now=now)
            )
        except CountedAlready:
            continue
    for entry in entries:
        if entry.user_id is None and officer is not None:
            entry.user_id, entry.kept_at = officer.id, maker.now
    session.flush()


def take_away(session: Session, moments: Sequence[datetime]) -> None:
    """Take away what was put in at the moments of the demonstration's loading."""
    for model in (Coverage, ProviderFigure):
        ours = delete(model).where(model.created_at.in_(moments))
        session.execute(ours, execution_options={"synchronize_session": False})


def _counts(
    session: Session,
    maker: Maker,
    groups: Sequence[tuple[OrganisationKind, str, str, Sequence[tuple[int, int, int]]]],
    series: Series | None,
) -> list[Covered]:
    """Every count of some staff groups."""
    return [
        Covered(
            training=series.name if series else TRAINING,
            series=series,
            kind=kind,
            organisation=stored.organisation_called(session, name) if name else None,
            staff_group=group,
            trained=trained,
            staff=staff,
            target=OUR_TARGET if series else TARGET,
            counted_on=maker.today - timedelta(days=days_ago),
            source="Training records, sent by e-mail",
        )
        for kind, name, group, counts in groups
        for days_ago, trained, staff in counts
    ]
