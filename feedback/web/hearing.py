"""Who was heard and who was not, in the page's language: sentences first, then the tables."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import format_date, format_decimal, format_percent, gettext, ngettext

from feedback.analysis.disclosure import LOW_BASE, SHARE_NEEDS, share
from feedback.analysis.profiles import Compared, NotInEducation, NoWeights, Weighed
from feedback.errors import N_
from feedback.forms.profiles import DIMENSION_WORDS
from feedback.models.profiles import Profile
from feedback.questionnaire import Wording
from feedback.services.profiling import Dimension, Heard, Labels
from feedback.services.taking_part import Window
from feedback.vocabulary import Audience
from feedback.web.findings import spoken
from feedback.web.frame import listed


@dataclass(frozen=True)
class Row:
    """A group as its line says it; None where hidden. The bars are in per cent of the width."""

    name: str
    heard: str | None
    share: str
    there: str
    gap: str
    heard_bar: float | None
    there_bar: float
    less: bool


@dataclass(frozen=True)
class Part:
    """One question: its sentence, its table and where the profile is from."""

    name: str
    title: str
    sentence: str
    base: str
    low_base: bool
    rows: Sequence[Row]
    source: str
    notes: Sequence[str]


@dataclass(frozen=True)
class Opening:
    """How the page begins: whom we did not hear, question by question, and whom too little."""

    sentence: str
    not_heard: Sequence[tuple[str, str]]
    less: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Weight:
    """A group's share before and after weighting, and in the profile."""

    name: str
    before: str
    after: str
    there: str


@dataclass(frozen=True)
class Weights:
    """What weighting changes and costs, or the reasons why nothing is weighted."""

    reasons: Sequence[str]
    base: str
    effective: str
    smallest: str
    largest: str
    design_effect: str
    tables: Mapping[str, Sequence[Weight]]


_NO_WEIGHTS = {
    NoWeights.HIDDEN: N_(
        "A group is too small to be shown. A weight would make a few people speak for many, "
        "and could show how few they are."
    ),
    NoWeights.SEVERAL: N_(
        "One person may choose several answers here, so shares do not add up to 100 per cent "
        "and nobody can be weighted by them."
    ),
    NoWeights.NOBODY: N_("Nobody was heard from a group that the profile has."),
    NoWeights.NO_SUM: N_("The shares of the profile do not add up."),
    NoWeights.TOO_FEW: N_("Once weighted, the answers would say as much as fewer than 30 people."),
    NoWeights.TOGETHER: N_(
        "Two profiles together are used for one audience and all the time only. "
        "Choose one profile, or all the time."
    ),
    NoWeights.TOO_LARGE: N_("Some people would count more than five times."),
}


def opening(heard: Heard, window: Window, threshold: int) -> Opening:
    """The sentence that names groups that were not heard, and those that were heard too little."""
    compared = [each for each in heard.dimensions if each.compared]
    hidden = [
        (title(each.name), _missing(each, threshold))
        for each in compared
        if each.compared and each.compared.not_heard
    ]
    less = [
        (title(each.name), listed(short_names(each.labels, each.compared.heard_less)))
        for each in compared
        if each.compared and each.compared.heard_less
    ]
    if not compared:
        sentence = gettext(
            "There is no profile to compare with yet, so we cannot say whom we have not heard."
        )
    elif hidden:
        sentence = _not_heard(window, threshold)
    else:
        sentence = gettext("We heard from every group that the profiles have.")
    return Opening(sentence, hidden, less)


def _not_heard(window: Window, threshold: int) -> str:
    """What is true of each line, wherever the small group is that the others are hidden beside."""
    few = format_decimal(threshold)
    if window.year is not None:
        return gettext(
            "We heard from nobody, or from fewer than %(threshold)s people, in one or more groups "
            "of each line here, in this school year or in another:",
            threshold=few,
        )
    if window.audience is Audience.EVERYONE:
        return gettext(
            "We heard from nobody, or from fewer than %(threshold)s people, in one or more groups "
            "of each line here, among parents, young people, practitioners or others:",
            threshold=few,
        )
    return gettext(
        "We heard from nobody, or from fewer than %(threshold)s people, "
        "in one or more groups of each line here:",
        threshold=few,
    )


def not_in_education(found: NotInEducation, threshold: int) -> str:
    """The sentence about children and young people not in education; there always is one."""
    if not found.asked:
        return gettext(
            "Not in education: nobody here was asked where a child learns, "
            "so we know of nobody who is not in education."
        )
    if found.few:
        return gettext(
            "Not in education: we heard from nobody, or from fewer than %(threshold)s people.",
            threshold=format_decimal(threshold),
        )
    if found.count is not None:
        return gettext("Not in education: we heard from %(people)s.", people=_people(found.count))
    if found.unsure and not found.at_least:
        return gettext(
            "Not in education: nobody, a few people, or a number that cannot be shown here, "
            "because it would show how large a small group is."
        )
    return gettext(
        "Not in education: we heard from at least %(people)s. "
        "The exact number would show how large a small group is.",
        people=_people(max(found.at_least, threshold)),
    )


def part(each: Dimension, threshold: int) -> Part:
    """One question with its table."""
    lines = each.compared.lines if each.compared else _lines(each)
    base = each.seen.base.count
    largest = max(
        [line.there for line in lines] + [line.share.per_cent for line in lines if line.share],
        default=0,
    )
    return Part(
        name=each.name,
        title=title(each.name),
        sentence=_sentence(each, threshold),
        base="" if base is None else _people(base),
        low_base=base is not None and base < LOW_BASE,
        rows=[] if base is None else [_row(line, each.labels, largest) for line in lines],
        source=source(each.profile) if each.profile else "",
        notes=_notes(each),
    )


def source(profile: Profile) -> str:
    """Where a profile is from, of which day, and of how many people."""
    return gettext(
        "Source: %(source)s, %(day)s, %(people)s in all.",
        source=profile.source,
        day=format_date(profile.counted_on, "d MMMM y"),
        people=_people(profile.base),
    )


def title(name: str) -> str:
    """What a question about people is called."""
    return str(DIMENSION_WORDS[name])


def names(labels: Labels) -> dict[str, str]:
    """Groups by code, as those who answer read them."""
    return {code: _name(code, labels) for code in labels}


def short_names(labels: Labels, codes: Iterable[str]) -> list[str]:
    """Groups without what stands in brackets, where they still differ without it."""
    short = {code: name.partition(" (")[0] for code, name in names(labels).items()}
    known = list(short.values())
    return [
        short.get(code, code) if known.count(short.get(code, code)) == 1 else _name(code, labels)
        for code in codes
    ]


def points(gap: float) -> str:
    """ "3.5 more", "0.4 less" or "the same"."""
    if not gap:
        return gettext("the same")
    number = format_decimal(abs(gap), "#,##0.0")
    if gap > 0:
        return gettext("%(points)s more", points=number)
    return gettext("%(points)s less", points=number)


def weights(found: Weighed, dimensions: Iterable[Dimension]) -> Weights:
    """What weighting changes, question by question, and what it costs; or why there is none."""
    labels = {each.name: each.labels for each in dimensions}
    tables: dict[str, list[Weight]] = {}
    for moved in found.moved:
        tables.setdefault(title(moved.dimension), []).append(
            Weight(
                _name(moved.group, labels[moved.dimension]),
                _per_cent(100 * moved.before),
                _per_cent(100 * moved.after),
                _per_cent(100 * moved.there),
            )
        )
    return Weights(
        reasons=[gettext(_NO_WEIGHTS[reason]) for reason in found.reasons],
        base=format_decimal(found.base),
        effective=one_decimal(found.effective),
        smallest=_two_decimals(found.smallest),
        largest=_two_decimals(found.largest),
        design_effect=_two_decimals(found.design_effect),
        tables=tables,
    )


def one_decimal(number: float) -> str:
    """A number with its one decimal, also where that is 0."""
    return str(format_decimal(round(number, 1), "#,##0.0"))


def _two_decimals(number: float) -> str:
    """A weight."""
    return str(format_decimal(round(number, 2), "#,##0.00"))


def _missing(each: Dimension, threshold: int) -> str:
    if each.compared and each.compared.base.hidden:
        return gettext("no group can be shown")
    groups = listed(short_names(each.labels, each.compared.not_heard if each.compared else ()))
    if each.several and (each.seen.base.count or 0) < LOW_BASE:
        return gettext("%(groups)s (or all but a few chose it)", groups=groups)
    return groups


def _sentence(each: Dimension, threshold: int) -> str:
    base = each.seen.base.count
    if base is None:
        return gettext(
            "Fewer than %(threshold)s people answered, or their number would show how large "
            "a small group is. So nothing is shown.",
            threshold=format_decimal(threshold),
        )
    said = [gettext("%(people)s said this.", people=_people(base))]
    if each.compared is None:
        return said[0]
    hidden = set(each.compared.not_heard)
    if hidden and not each.several and base >= SHARE_NEEDS:
        shown = sum(line.heard.count or 0 for line in each.compared.lines)
        there = sum(line.there for line in each.compared.lines if line.group in hidden)
        heard = round(100 * (base - shown) / base)
        said.append(
            gettext(
                "The groups without a number are %(there)s of the area together, "
                "and %(heard)s of those we heard.",
                there=_per_cent(there),
                heard=format_percent(heard / 100),
            )
        )
    if each.compared.heard_less:
        said.append(
            gettext(
                "Heard clearly less than their share: %(groups)s.",
                groups=listed(short_names(each.labels, each.compared.heard_less)),
            )
        )
    return " ".join(said)


def _notes(each: Dimension) -> list[str]:
    notes = []
    if each.several:
        notes.append(
            gettext(
                "One person may choose several answers, so the shares do not add up to 100 "
                "per cent and cannot be used for weights."
            )
        )
    if each.unlisted:
        notes.append(
            gettext(
                "Not in the profile, and left out here: %(groups)s.",
                groups=listed(short_names(each.labels, each.unlisted)),
            )
        )
    return notes


def _lines(each: Dimension) -> list[Compared]:
    return [
        Compared(code, shown, share(shown, each.seen.base), 0.0, None, clearly_less=False)
        for code, shown in each.seen.cells.items()
    ]


def _row(line: Compared, labels: Labels, largest: float) -> Row:
    count, part = line.heard.count, line.share
    full = max(largest, 1)
    return Row(
        name=_name(line.group, labels),
        heard=None if count is None else format_decimal(count),
        share=format_percent(part.per_cent / 100) if part else "–",
        there=_per_cent(line.there),
        gap="–" if line.gap is None else points(line.gap),
        heard_bar=round(100 * part.per_cent / full, 1) if part else None,
        there_bar=round(100 * line.there / full, 1),
        less=line.clearly_less,
    )


def _name(code: str, labels: Labels) -> str:
    label: Mapping[str, object] = labels.get(code) or {}
    return spoken({tag: Wording.model_validate(words) for tag, words in label.items()}) or code


def _people(people: int) -> str:
    return ngettext("%(people)s person", "%(people)s people", people, people=format_decimal(people))


def _per_cent(share: float) -> str:
    return str(format_percent(round(share, 1) / 100, "#,##0.0%"))


def usable(dimensions: Collection[Dimension]) -> list[Dimension]:
    """The questions with a profile that weights can use."""
    return [each for each in dimensions if each.profile and not each.several]
