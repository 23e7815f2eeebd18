"""The states of the pages about training coverage."""

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from feedback.models.coverage import Coverage, ProviderFigure
from feedback.services import covering
from feedback.services.covering import Covered, Figured
from feedback.vocabulary import OrganisationKind

from .site import OFFICER, Site, now
from .states import Place, State

TABLE = (
    "training,organisation,kind,staff group,trained,staff,counted on,target,source\n"
    "Co-production,,{kind},Community nurses,50,140,1/3/2026,95,Mail\n"
)


def counted(site: Site) -> dict[str, int]:
    """Counts of three groups, one of them small, and a figure that was given wrongly; once."""
    today = now().date()
    with site.database.writing() as session, session.begin():
        known = session.scalars(select(Coverage.id).order_by(Coverage.id)).first()
        if known is None:
            for group, days, trained, staff in (
                ("Social workers", 200, 88, 310),
                ("Social workers", 20, 155, 318),
                ("School nurses and therapists", 30, 94, 244),
                ("Sessional youth workers", 10, 1, 4),
            ):
                covering.add(
                    session,
                    Covered(
                        training="Co-production",
                        kind=OrganisationKind.COUNCIL,
                        staff_group=group,
                        trained=trained,
                        staff=staff,
                        target=95,
                        counted_on=today - timedelta(days=days),
                        source="Training records",
                    ),
                    today=today,
                    by=None,
                    now=now(),
                )
            covering.add_figure(
                session,
                Figured(
                    programme="Sleep course",
                    title="Children who sleep better",
                    counted="Parents who said so after six weeks.",
                    among="All who finished the course.",
                    numerator=73,
                    denominator=111,
                    said="65",
                    counted_on=today,
                    source="Yearly report",
                ),
                today=today,
                by=None,
                now=now(),
            )
        return {
            "count": session.scalars(select(Coverage.id).order_by(Coverage.id)).first() or 0,
            "figure": session.scalars(select(ProviderFigure.id)).first() or 0,
        }


def _page(path: str, place: Place) -> None:
    numbers = counted(place.site)
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(**numbers))


def _sent_empty(path: str, place: Place) -> None:
    _page(path, place)
    place.press("main form button")


def _table(kind: str, place: Place) -> None:
    _page("/staff/coverage/from-file", place)
    content = TABLE.format(kind=kind).encode()
    file = {"name": "counts.csv", "mimeType": "text/csv", "buffer": content}
    place.phone.page.locator("#file").set_input_files(file)
    place.press("main form button")


def of_coverage() -> list[State]:
    """Every state of the pages about training coverage."""
    at = "/staff/coverage"
    return [
        State("coverage", partial(_page, at)),
        State("coverage, no count on these days", partial(_page, f"{at}?last=2010-01-01")),
        State("count, wrong", partial(_sent_empty, f"{at}/new"), 422, error=True),
        State("count away?", partial(_page, f"{at}/{{count}}/remove")),
        State("figure, wrong", partial(_sent_empty, f"{at}/figures/new"), 422, error=True),
        State("table, looked at", partial(_table, "health")),
        State("table, wrong", partial(_table, "nhs"), 422, error=True),
    ]
