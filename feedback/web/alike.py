"""Twins in the page's language: whether young people and parents see it alike, how asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_date, format_decimal, format_percent, gettext, ngettext
from markupsafe import Markup

from feedback import languages
from feedback.models.surveys import Measure
from feedback.outputs.charts import Bar, bar_chart
from feedback.questionnaire import Question, Wording
from feedback.services.twinning import Pair, Side, Verdict
from feedback.vocabulary import QuestionKind
from feedback.web.findings import Titled, spoken, tag_of
from feedback.web.frame import language


@dataclass(frozen=True)
class Row:
    """One twin in the table; empty where too few answered."""

    who: str
    ask: Titled | None
    best: str  # the answers that count
    days: Sequence[str]  # which periods count; empty where no days were chosen
    share: str
    range: str
    base: str


@dataclass(frozen=True)
class Said:
    """One pair as the page shows it; no chart where there are not two shares."""

    id: int
    title: Titled
    sentence: str
    chance: str
    scales: str
    rows: Sequence[Row]
    chart: Markup | None
    low_base: bool


def said(pair: Pair) -> Said:
    """A pair with its sentence first."""
    return Said(
        id=pair.id,
        title=title(pair.parent.measure),
        sentence=_sentence(pair),
        chance=_chance(pair),
        scales=_scales(pair),
        rows=[
            _row(gettext("Young people"), pair.young),
            _row(gettext("Parents and carers"), pair.parent),
        ],
        chart=_chart(pair),
        low_base=any(side.share.low_base for side in (pair.young, pair.parent) if side.share),
    )


def title(measure: Measure) -> Titled:
    """What a measure is called, and in which language."""
    words = {tag: Wording(**wording) for tag, wording in measure.title.items()}
    return Titled(spoken(words), tag_of(words))


def _sentence(pair: Pair) -> str:
    young, parent = _share(pair.young), _share(pair.parent)
    match pair.verdict:
        case None:
            return _not_yet(pair)
        case Verdict.ALIKE:
            return gettext(
                "Young people and parents see this alike: %(young)s and %(parent)s gave one of "
                "the best answers.",
                young=young,
                parent=parent,
            )
        case Verdict.COULD_BE_CHANCE:
            return gettext(
                "%(young)s of young people and %(parent)s of parents gave one of the best answers.",
                young=young,
                parent=parent,
            )
        case Verdict.MORE_PARENTS:
            return gettext(
                "Parents see this better than young people: %(parent)s and %(young)s gave one of "
                "the best answers.",
                young=young,
                parent=parent,
            )
        case Verdict.MORE_YOUNG_PEOPLE:
            return gettext(
                "Young people see this better than parents: %(young)s and %(parent)s gave one of "
                "the best answers.",
                young=young,
                parent=parent,
            )


def _not_yet(pair: Pair) -> str:
    if pair.young.share is None and pair.parent.share is None:
        return gettext("Too few young people and too few parents have answered to compare them.")
    if pair.young.share is None:
        return gettext("Too few young people have answered to compare them with parents.")
    return gettext("Too few parents have answered to compare them with young people.")


def _chance(pair: Pair) -> str:
    """Whether the difference is more than chance, with how far it may be off."""
    if pair.difference is None:
        return ""
    low, high = (_points(end) for end in pair.difference)
    between = gettext(
        "Parents less young people: between %(low)s and %(high)s points.", low=low, high=high
    )
    if pair.verdict in (Verdict.MORE_PARENTS, Verdict.MORE_YOUNG_PEOPLE):
        more = gettext("The difference is more than chance.")
        return f"{more} {between}"
    could_be = gettext("The difference could be chance.")
    return f"{could_be} {between}"


def _scales(pair: Pair) -> str:
    young, parent = pair.young.question, pair.parent.question
    if young is None or parent is None:
        return ""
    if pair.same_scale:
        return gettext("Both chose from the same answers: %(scale)s.", scale=_scale(young))
    return gettext(
        "Young people were asked with %(young)s, parents with %(parent)s. So it is not the same "
        "question: the shares of the best answers are compared.",
        young=_scale(young),
        parent=_scale(parent),
    )


def _scale(question: Question) -> str:
    many = len(question.options)
    match question.kind:
        case QuestionKind.FACES:
            return ngettext("%(many)s face", "%(many)s faces", many, many=format_decimal(many))
        case QuestionKind.AGREEMENT:
            return gettext("%(many)s steps of agreeing", many=format_decimal(many))
        case QuestionKind.YES_NO:
            return gettext("yes, not sure and no")
    return ngettext("%(many)s answer", "%(many)s answers", many, many=format_decimal(many))


def _row(who: str, side: Side) -> Row:
    question, interval = side.question, side.interval
    best = [
        option.label
        for option in (question.options if question else ())
        if option.code in side.measure.top
    ]
    return Row(
        who=who,
        ask=Titled(spoken(question.ask), tag_of(question.ask)) if question else None,
        best=gettext(" or ").join(spoken(label) for label in best),
        days=_days(side),
        share=_share(side),
        range=""
        if interval is None
        else gettext(
            "%(low)s to %(high)s",
            low=format_percent(round(interval.lower, 2)),
            high=format_percent(round(interval.upper, 2)),
        ),
        base=format_decimal(side.given) if side.share else "",
    )


def _days(side: Side) -> list[str]:
    """The days that count, and how many periods are left out."""
    said = []
    if side.periods:
        said.append(
            gettext(
                "%(first)s to %(last)s",
                first=format_date(side.periods[0].first, "d MMM y"),
                last=format_date(max(period.last for period in side.periods), "d MMM y"),
            )
        )
    if side.left_out:
        said.append(
            ngettext(
                "%(many)s period is left out, so that no small group shows",
                "%(many)s periods are left out, so that no small group shows",
                side.left_out,
                many=format_decimal(side.left_out),
            )
        )
    return said


def _chart(pair: Pair) -> Markup | None:
    if pair.verdict is None:
        return None
    bars = [
        Bar(who, side.share.per_cent, _share(side))
        for who, side in (
            (gettext("Young people"), pair.young),
            (gettext("Parents and carers"), pair.parent),
        )
        if side.share
    ]
    chart = bar_chart(
        bars,
        chart_id=f"twins-{pair.id}-chart",
        title=title(pair.parent.measure).words,
        description="; ".join(f"{bar.label}: {bar.said}" for bar in bars),
        full=100,
        right_to_left=languages.direction(language()) == "rtl",
    )
    return Markup(chart)  # noqa: S704 -- the chart escapes every label


def _share(side: Side) -> str:
    return str(format_percent(side.share.per_cent / 100)) if side.share else ""


def _points(proportion: float) -> str:
    return str(format_decimal(round(100 * proportion), "+#,##0;-#,##0"))
