"""You said, we did, for everybody: the list, a page for each, what changed, and was it clear."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from feedback.analysis import periods
from feedback.analysis.loop_clock import Clock
from feedback.analysis.periods import Period
from feedback.forms import office_words as words
from feedback.forms.account import ButtonForm
from feedback.frameworks import TAGS
from feedback.models.improvements import Insight
from feedback.queries import published
from feedback.queries.published import Wanted
from feedback.services import clarity, following, trending
from feedback.vocabulary import Audience, CommitmentState, PeriodKind, Presentation
from feedback.web import promises, remeasured, trails, trend_words
from feedback.web.access import public
from feedback.web.findings import Titled
from feedback.web.frame import db, not_durable, parts, today
from feedback.web.promise_words import STATE_WORDS

bp = Blueprint("said", __name__, url_prefix="/you-said")

A_PAGE = 30  # insights
LATE = "late"  # beside the states: what was due before today and is open
MOST_KEPT = 40  # pages that one browser has said something of; the cookie stays small
LIST = "you-said"  # what the list is called where it is asked whether it is clear
MOST_NEXT = 5  # promises in "coming next" and "late" of the one printed page
EASY, USUAL = "easy", "standard"


@bp.get("")
@public
def every() -> ResponseReturnValue:
    """What was heard and what was promised, thirty a page; cut by whatever somebody chooses."""
    reading = reading_as()
    chosen, wanted = _chosen()
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    count, found = published.listed(db(), wanted, limit=A_PAGE, offset=(page - 1) * A_PAGE)
    if not found and page > 1:
        abort(404)
    offered = published.offered(db())
    names = published.theme_names(db(), offered.theme_ids)
    raised = following.raised(db(), found, threshold=parts().settings.threshold_public)
    return render_template(
        "public/said.html",
        heard=[
            promises.heard(
                each, raised.get(each.id), today=today(), presentation=reading, short=True
            )
            for each in found
        ],
        count=count,
        credits=_credits(found, reading),
        reply=promises.usual_reply(
            [
                Clock(heard_on, today(), replied_on)
                for heard_on, replied_on in published.first_words(db(), wanted)
            ]
        ),
        page=page,
        last=max(1, -(-count // A_PAGE)),
        chosen=chosen,
        also=Markup("&") + urlencode(chosen) if chosen else "",
        audiences=[(each.value, words.AUDIENCES[each]) for each in offered.audiences],
        places=[(str(each.id), each.name) for each in offered.places],
        themes=[(str(each), names[each]) for each in offered.theme_ids if each in names],
        states=[*((each.value, STATE_WORDS[each]) for each in CommitmentState), _late_choice()],
        tags=_tags(offered.tags),
        bodies=[(str(each.id), each.name) for each in offered.bodies],
        **_shared(reading, LIST),
    )


@bp.get("/<code>")
@public
def insight(code: str) -> ResponseReturnValue:
    """One thing that was heard, all that was promised on it, and where it comes from."""
    found = published.one(db(), code)
    if found is None:
        abort(404)
    reading = reading_as()
    threshold = parts().settings.threshold_public
    raised = following.raised(db(), [found], threshold=threshold).get(found.id)
    told = promises.heard(found, raised, today=today(), presentation=reading)
    if found.withdrawn_at is not None:
        page = render_template("public/said_withdrawn.html", heard=told, insight=found)
        return page, 410
    moved = remeasured.measured(db(), found, today(), reading)
    return render_template(
        "public/said_one.html",
        heard=told,
        quotes=following.spoken(db(), found, raised),
        credit=_credits([found], reading).get(found.code),
        moved=moved,
        trail=trails.trail(db(), found, told, {each.name: each.title for each in moved}),
        survey=published.survey_asking(db(), found.question_id) if found.question_id else None,
        threshold=threshold,
        licensed=True,
        **_shared(reading, found.code),
    )


@bp.post("/<code>/clear")
@public
@not_durable
def clear(code: str) -> ResponseReturnValue:
    """One tap: was this clear? Counted once a browser and page."""
    here = url_for(".every") if code == LIST else url_for(".insight", code=code)
    if code != LIST:
        found = published.one(db(), code)
        if found is None or found.withdrawn_at is not None:
            abort(404)
    answer = request.form.get("clear")
    if ButtonForm().validate_on_submit() and answer in ("yes", "no") and not _has_said(code):
        mark = parts().codes.tapped(str(session.get("csrf_token")), code, today())
        clarity.say(db(), code, reading_as(), mark, clear=answer == "yes", today=today())
        session["clear"] = [*_said(), _mark(code)][-MOST_KEPT:]
    return redirect(f"{here}#clear", code=303)


@bp.get("/clear")
@public
def clear_over_time() -> ResponseReturnValue:
    """Whether people find these pages clear, month by month, and in both wordings."""
    found = []
    for name, presentation in (
        (gettext("All pages"), None),
        (gettext("Usual words"), Presentation.STANDARD),
        (gettext("Easy read"), Presentation.EASY_READ),
    ):
        series = clarity.over_time(
            db(),
            presentation=presentation,
            threshold=parts().settings.threshold_public,
            today=today(),
        )
        if series is not None and series.last is not None:
            series = replace(series, group=presentation or "all")
            found.append(trend_words.told(series, PeriodKind.MONTH, group=name))
    return render_template(
        "public/said_clear.html", found=found, threshold=parts().settings.threshold_public
    )


@bp.get("/what-changed")
@public
def bulletin() -> ResponseReturnValue:
    """What changed in one cycle, on one page to print.

    A document of it (`outputs`) would be made here, from the same four lists.
    """
    reading = reading_as()
    cycle, before, after = _cycle(request.args.get("cycle", ""))
    newest = cycle.last >= today() - timedelta(days=periods.CYCLE_DAYS)

    def promised(each: Any) -> tuple[str, promises.Promise]:
        told = promises.promised(
            each, each.insight.heard_on, today=today(), presentation=reading, short=True
        )
        return each.insight.code, told

    return render_template(
        "public/what_changed.html",
        cycle=cycle,
        before=before,
        after=after,
        heard=[
            promises.heard(each, None, today=today(), presentation=reading, short=True)
            for each in published.heard_between(db(), cycle.first, cycle.last)
        ],
        changed=[
            (
                each.commitment.insight.code,
                promises.worded(each.commitment.what, reading),
                promises.update_said(each, reading),
            )
            for each in published.updates_between(db(), cycle.first, cycle.last)
        ],
        late=[promised(each) for each in published.late(db(), today(), limit=MOST_NEXT)]
        if newest
        else [],
        coming=[promised(each) for each in published.due_next(db(), today(), limit=MOST_NEXT)]
        if newest
        else [],
        **_shared(reading, ""),
    )


def reading_as() -> Presentation:
    """The wording that this browser reads; a link may change it for the pages that follow."""
    wanted = request.args.get("read")
    if wanted == EASY:
        session["read"] = EASY
    elif wanted == USUAL:
        session.pop("read", None)
    return Presentation.EASY_READ if session.get("read") == EASY else Presentation.STANDARD


def _shared(reading: Presentation, page: str) -> dict[str, Any]:
    """What all these pages have: the wording, and whether the page is clear."""
    said = (
        clarity.of_page(db(), page, threshold=parts().settings.threshold_public, today=today())
        if page
        else None
    )
    return {
        "easy": reading is Presentation.EASY_READ,
        "form": ButtonForm(),
        "asked": page,
        "has_said": bool(page) and _has_said(page),
        "clear": said,
    }


def _credits(found: Sequence[Insight], reading: Presentation) -> dict[str, Titled | None]:
    """How the groups that designed the questions want to be named, by the code of an insight."""
    asked = {each.question_id for each in found if each.question_id is not None}
    named = published.credits(db(), asked) if asked else {}
    return {
        each.code: promises.worded(named[each.question_id], reading)
        for each in found
        if each.question_id in named
    }


def _said() -> list[str]:
    kept = session.get("clear")
    return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []


def _has_said(page: str) -> bool:
    return _mark(page) in _said()


def _mark(page: str) -> str:
    """A page in the cookie: short, for a browser keeps four thousand letters."""
    return sha256(page.encode()).hexdigest()[:8]


def _chosen() -> tuple[dict[str, str], Wanted]:
    """What somebody chose to see, as addresses say it and as the list is asked for it."""
    args = request.args
    state, audience, tag = args.get("state", ""), args.get("audience", ""), args.get("tag", "")
    found: dict[str, Any] = {
        "audience": Audience(audience) if audience in set(Audience) else None,
        "place": args.get("place", type=_number),
        "theme": args.get("theme", type=_number),
        "state": state if state in {*CommitmentState, LATE} else None,
        "tag": tag if tag in TAGS else None,
        "body": args.get("body", type=_number),
        "measure": args.get("measure", "")[:40] or None,
    }
    wanted = Wanted(
        audience=found["audience"],
        place_id=found["place"],
        theme_id=found["theme"],
        state=CommitmentState(state) if state in set(CommitmentState) else None,
        tag=found["tag"],
        body_id=found["body"],
        measure=found["measure"],
        late_on=today() if state == LATE else None,
    )
    return {name: str(value) for name, value in found.items() if value is not None}, wanted


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 11 else None


def _late_choice() -> tuple[str, str]:
    return LATE, gettext("Late")


def _tags(used: frozenset[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The frameworks with those of their parts that something published speaks to."""
    groups = [
        (gettext(framework.name), [choice for choice in choices if choice[0] in used])
        for framework, choices in words.tag_choices()
    ]
    return [(name, choices) for name, choices in groups if choices]


def _cycle(typed: str) -> tuple[Period, Period | None, Period | None]:
    """The cycle asked for, or the newest that has ended; and the ones beside it."""
    year = trending.reporting_year(db())
    day = today() - timedelta(days=periods.CYCLE_DAYS)
    if typed:
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            abort(404)
        if not abs((today() - day).days) <= 3650 or day > today():
            abort(404)
    first, last = day - timedelta(days=periods.CYCLE_DAYS), day + timedelta(days=periods.CYCLE_DAYS)
    found = periods.periods(PeriodKind.CYCLE, first, last, year)
    at = periods.place_of(found, day)
    if at is None:
        abort(404)
    after = found[at + 1] if at + 1 < len(found) and found[at + 1].first <= today() else None
    return found[at], found[at - 1] if at else None, after
