"""What the partnership answers to: frameworks and their parts, as tags that events carry.

Codes are kept and never change their meaning; a framework that is written anew gets new codes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from feedback.errors import N_


class Standing(StrEnum):
    """Whether a framework, or a part of it, is still worked on."""

    LIVE = "live"
    USUAL = "usual"  # business as usual: it goes on without being reported on
    CLOSED = "closed"


@dataclass(frozen=True)
class Tag:
    """One part of a framework; `name` is marked for translation."""

    code: str
    name: str
    standing: Standing = Standing.LIVE


@dataclass(frozen=True)
class Framework:
    """Parts that belong together, in their own order; `version` is empty where there is none."""

    name: str
    version: str
    tags: tuple[Tag, ...]


def _tags(
    prefix: str, names: Iterable[str], usual: Iterable[int] = (), *, closed: bool = False
) -> tuple[Tag, ...]:
    still = Standing.CLOSED if closed else Standing.LIVE
    rest = set(usual)
    return tuple(
        Tag(f"{prefix}-{number}", name, Standing.USUAL if number in rest else still)
        for number, name in enumerate(names, start=1)
    )


_STATEMENTS = (
    N_("Children’s needs are identified accurately and in time"),
    N_("Children and families take part in decisions about their plans and support"),
    N_("Children get the right help at the right time"),
    N_("Children are well prepared for their next steps and achieve well"),
    N_("Children are valued, visible and included in their communities"),
    N_("Leaders are ambitious for children"),
    N_("Leaders engage and work with children, young people and families"),
    N_("Leaders have an accurate, shared understanding of needs"),
    N_("Leaders commission services to meet needs and aspirations"),
    N_("Leaders evaluate services and make improvements"),
)
_AREAS = (
    N_("Quality and timeliness of EHC assessments and annual reviews"),
    N_("Meaningful co-production with parents and carers"),
    N_("Parent satisfaction with provision"),
    N_("Use and usefulness of the local offer"),
    N_("Communication with parents and carers"),
    N_("Relationship with the parent carer forum"),
    N_("Joint commissioning"),
    N_("Strategic oversight"),
    N_("Accurate and useful information"),
    N_("Graduated response in all schools and settings"),
)
_INSPECTION = (
    N_("Quality and timeliness of EHC plans"),
    N_("A joint framework for preparing for adulthood"),
    N_("Waits for speech and language and neurodevelopmental assessment"),
    N_("Communication between leaders, practitioners and families"),
)
_PRIORITIES = (
    N_("Quality of provision and outcomes"),
    N_("Early identification and intervention"),
    N_("Transition between phases and to adulthood"),
    N_("Participation, engagement and co-production"),
)
_INSPECTORS = (
    N_("Offer"),
    N_("Duty"),
    N_("Safeguarding"),
    N_("Diversity"),
    N_("Inclusion"),
)
_LUNDY = (N_("Space"), N_("Voice"), N_("Audience"), N_("Influence"))

FRAMEWORKS = (
    Framework(N_("Self-evaluation, ten statements"), "2025", _tags("statement", _STATEMENTS)),
    Framework(N_("Improvement plan, ten areas"), "2024", _tags("area", _AREAS, usual=(4, 8, 9))),
    Framework(
        N_("Inspection, three priority actions and one area"), "2025", _tags("action", _INSPECTION)
    ),
    Framework(N_("Young inspectors, five areas"), "", _tags("inspectors", _INSPECTORS)),
    Framework(N_("Lundy model of participation"), "2007", _tags("lundy", _LUNDY)),
    Framework(
        N_("Strategy, four priorities"), "2020–24", _tags("priority", _PRIORITIES, closed=True)
    ),
)
TAGS = {tag.code: tag for framework in FRAMEWORKS for tag in framework.tags}
