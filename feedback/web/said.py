"""You said, we did, for everybody: the list, a page for each, what changed, and was it clear."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
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
from feedback.queries import published, releases
from feedback.queries.published import Wanted
from feedback.services import clarity, following, trending
from feedback.vocabulary import Audience, CommitmentState, PeriodKind, Presentation
from feedback.web import clearing, cycle_news, promises, remeasured, trails, trend_words
from feedback.web.access import public
from feedback.web.findings import Titled
from feedback.web.frame import db, language, not_durable, parts, today
from feedback.web.promise_words import STATE_WORDS

bp = Blueprint("said", __name__, url_prefix="/you-said")

A_PAGE = 30  # insights
LATE = "late"  # beside the states: what was due before today and is open
# What pages are called where it is asked whether they are clear.
LIST, CHANGED = "you-said", "what-changed"
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
    here = _asked_at(code)
    if here is None:
        abort(404)
    answer, has_said = request.form.get("clear"), clearing.has_said(code)
    if ButtonForm().validate_on_submit() and answer in ("yes", "no") and not has_said:
        reading = Presentation.STANDARD if code.startswith(clearing.FIGURES) else reading_as()
        mark = parts().codes.tapped(str(session.get("csrf_token")), code, today())
        clarity.say(db(), code, reading, mark, clear=answer == "yes", today=today())
        clearing.remember(code)
    return redirect(f"{here}#clear", code=303)


def _asked_at(code: str) -> str | None:
    """The address of a page that asks whether it is clear; None where there is none."""
    if code == LIST:
        return url_for(".every")
    if code == CHANGED:
        return url_for(".bulletin", cycle=request.args.get("cycle", type=date.fromisoformat))
    if code.startswith(clearing.FIGURES):
        name = code.removeprefix(clearing.FIGURES)
        release = releases.done(db(), _number(request.args.get("release", "")) or 0)
        if release is None:
            return None
        if name and name not in {each.measure.name for each in releases.measures(db(), release.id)}:
            return None
        if name:
            return url_for("figures.measure", number=release.number, name=name)
        return url_for("figures.release", number=release.number)
    found = published.one(db(), code)
    if found is None or found.withdrawn_at is not None:
        return None
    return url_for(".insight", code=code)


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
    """What changed in one cycle, on one page to print."""
    reading = reading_as()
    cycle, before, after = _cycle(request.args.get("cycle", ""))
    return render_template(
        "public/what_changed.html",
        cycle=cycle,
        before=before,
        after=after,
        news=cycle_news.of(db(), cycle, reading, today()),
        **_shared(reading, CHANGED),
    )


@bp.get("/what-changed.pdf")
@public
def bulletin_pdf() -> ResponseReturnValue:
    """The same on one side of A4, to hang up: in the language and the wording of the address."""
    reading = reading_as()
    cycle, _before, _after = _cycle(request.args.get("cycle", ""))
    news = cycle_news.of(db(), cycle, reading, today())
    made = cycle_news.as_pdf(cycle_news.on_paper(news, cycle, reading, today()))
    reply = make_response(made)
    reply.headers["Content-Type"] = "application/pdf"
    name = f"what-changed-{cycle.first.isoformat()}-{language()}.pdf"
    reply.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return reply


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
    return {"easy": reading is Presentation.EASY_READ, **clearing.asked(page)}


def _credits(found: Sequence[Insight], reading: Presentation) -> dict[str, Titled | None]:
    """How the groups that designed the questions want to be named, by the code of an insight."""
    asked = {each.question_id for each in found if each.question_id is not None}
    named = published.credits(db(), asked) if asked else {}
    return {
        each.code: promises.worded(named[each.question_id], reading)
        for each in found
        if each.question_id in named
    }


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
