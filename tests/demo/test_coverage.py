"""What the demonstration says of trained staff and of a provider's figures."""

from sqlalchemy import func, select

from feedback.models.coverage import Coverage, ProviderFigure
from feedback.models.events import Series
from feedback.services import coverage_figures, covering
from feedback.services.covering import Covered
from feedback.vocabulary import OrganisationKind

THRESHOLD = 5


def test_45_per_cent_are_trained_in_co_production_and_a_small_group_is_hidden(loaded):
    with loaded.database.reading() as session:
        training, ours = coverage_figures.trainings(session, THRESHOLD)
    assert (training.trained.count, training.staff.count) == (392, 870)
    assert training.share.per_cent == 45
    assert training.hidden == 1
    assert {line.now.entry.target for line in training.lines} == {95}
    assert {line.now.entry.kind for line in training.lines} == {
        OrganisationKind.COUNCIL,
        OrganisationKind.HEALTH,
        OrganisationKind.EDUCATION,
        OrganisationKind.VOLUNTARY,
    }
    assert [line.moved for line in training.lines if line.moved] == [21, 22, 9]
    assert ours.series.name == ours.title == "Family Hub SEND training"


def test_one_of_three_figures_was_given_wrongly(loaded):
    with loaded.database.reading() as session:
        found = coverage_figures.figures(session, THRESHOLD)
    assert {each.figure.said: each.disagrees for each in found} == {
        "65": True,
        "83": False,
        "88": False,
    }


def test_loading_again_makes_no_count_twice_and_leaves_those_of_visitors(empty):
    made = empty()
    made.load()
    with made.database.writing() as session, session.begin():
        entry = session.scalars(select(Coverage).where(Coverage.series_id.is_not(None))).one()
        theirs = Covered(
            training=entry.training,
            series=session.get_one(Series, entry.series_id),
            kind=OrganisationKind.CARE,
            staff_group="Care staff",
            trained=10,
            staff=20,
            counted_on=entry.counted_on,
            source="A visitor",
        )
        covering.add(session, theirs, today=made.now.date(), by=None, now=made.now)
    made.load(again=True)
    with made.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Coverage)) == 11
        assert session.scalar(select(func.count()).select_from(ProviderFigure)) == 3
        sources = session.scalars(select(Coverage.source).distinct()).all()
    assert "A visitor" in sources
