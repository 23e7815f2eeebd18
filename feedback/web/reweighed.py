"""What weighting does to the core measures, in the page's language; or why it is not said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_babel import format_percent, gettext

from feedback.analysis.profiles import NoWeights
from feedback.services.profiling import Dimension
from feedback.services.reweighing import Reweighed
from feedback.vocabulary import DIMENSIONS
from feedback.web import findings, hearing
from feedback.web.findings import Titled


@dataclass(frozen=True)
class Row:
    """One measure; where there are `reasons` there are no numbers."""

    title: Titled
    answered: str
    weighted: str
    base: str
    effective: str
    design_effect: str
    reasons: Sequence[str]


@dataclass(frozen=True)
class Said:
    """The measures, or the one reason why there are none."""

    rows: Sequence[Row]
    reason: str


def said(
    names: Sequence[str], measures: Sequence[Reweighed], dimensions: Collection[Dimension]
) -> Said:
    """What weighting by some profiles does.

    Args:
        names: of the profiles that were asked for.
    """
    if len(names) > 1:
        words = gettext("Choose one profile alone to see what it does to the measures.")
        return Said((), words)
    if names[0] not in DIMENSIONS:
        words = gettext("Answers are not counted by the groups of this profile.")
        return Said((), words)
    if not measures:
        words = gettext("None of the core questions was answered by these people in these days.")
        return Said((), words)
    return Said([_row(each, dimensions) for each in measures], "")


def _row(each: Reweighed, dimensions: Collection[Dimension]) -> Row:
    costs, reasons = hearing.weights(each.weighed, dimensions), list[str]()
    if NoWeights.HIDDEN in each.weighed.reasons:
        reasons = [
            gettext(
                "No weights: in one of the school years a group is hidden. Other days, or another "
                "profile, may show more."
            )
        ]
    return Row(
        findings.kept(each.measure.title),
        _share(each.answered),
        _share(each.weighted),
        costs.base,
        costs.effective,
        costs.design_effect,
        reasons or costs.reasons,
    )


def _share(proportion: float) -> str:
    return str(format_percent(round(proportion, 3), "#,##0.0%"))
