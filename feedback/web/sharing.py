"""You said, we did, on other sites: feeds to follow, a block to show, and how to take it.

These pages are the same for everybody: they neither read nor set a cookie, so what they are in
stands in their address. They may be kept and shown elsewhere for some minutes.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response as Reply
from flask_babel import gettext

from feedback import languages
from feedback.forms.account import ButtonForm
from feedback.forms.office_words import AUDIENCES
from feedback.models.improvements import Insight, Update
from feedback.outputs import feeds
from feedback.outputs.feeds import Entry, Feed
from feedback.queries import published
from feedback.queries.published import Wanted
from feedback.services import following
from feedback.vocabulary import Audience, Permission, Presentation
from feedback.web import promises
from feedback.web.access import needs, public
from feedback.web.frame import allow, db, language, parts, public_url, set_language, today
from feedback.web.promise_words import STATE_WORDS

bp = Blueprint("sharing", __name__)

KEPT_SECONDS = 300  # what another site may keep; a promise taken back is gone soon after
MOST_ENTRIES = 50
A_BLOCK, MOST_IN_BLOCK = 5, 20  # insights in the block of another site
EASY = "easy"

View = Callable[..., Reply]


def _for_all(view: View) -> View:
    """A page that is the same for everybody: its address alone says what it shows."""

    @wraps(view)
    def shown(*args: Any, **kwargs: Any) -> Reply:
        wanted = request.args.get("language", "")
        set_language(wanted if wanted in languages.OFFERED else languages.DEFAULT)
        reply = view(*args, **kwargs)
        # `public` keeps the cookie away too, as for every page that may be kept.
        reply.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        reply.headers["Access-Control-Allow-Origin"] = "*"  # public words, and no cookie with them
        return reply

    return shown


@bp.get("/you-said/feed.rss")
@public
@_for_all
def rss() -> Reply:
    """What was heard and what changed, as RSS."""
    return _sent(feeds.rss(_feed(".rss")), feeds.RSS_TYPE)


@bp.get("/you-said/feed.json")
@public
@_for_all
def json() -> Reply:
    """The same as a JSON Feed."""
    return _sent(feeds.json_feed(_feed(".json")), feeds.JSON_TYPE)


@bp.get("/you-said/embed")
@public
@_for_all
def embed() -> Reply:
    """The newest promises as a page to show in a frame: no cookie, no form, nothing personal.

    A hostile site that frames it gains nothing: there is nothing to press but links, and each of
    them opens our own page in a new tab.
    """
    sites = parts().settings.embed_sites
    allow("frame-ancestors", sites)
    return make_response(render_template("public/embed.html", **_block()))


@bp.get("/you-said/block.html")
@public
@_for_all
def block() -> Reply:
    """The same as a piece of plain HTML, for a site that puts it into its own page."""
    return make_response(render_template("public/block.html", **_block()))


@bp.get("/staff/share")
@needs(Permission.SEE_PROMISES)
def take() -> ResponseReturnValue:
    """How to show promises on another site: what to copy, in each language."""
    shown = [
        (tag.own_name, tag.tag, public_url(".embed", language=tag.tag))
        for tag in languages.OFFERED.values()
    ]
    return render_template(
        "office/share.html",
        form=ButtonForm(),
        shown=shown,
        easy=public_url(".embed", language=language(), read=EASY),
        block=public_url(".block", language=language()),
        feeds=[public_url(each, language=language()) for each in (".rss", ".json")],
        sites=parts().settings.embed_sites.split(),
    )


def _block() -> dict[str, Any]:
    """The newest promises, cut by what the address says."""
    args, reading = request.args, _reading()
    audience = args.get("audience", "")
    wanted = Wanted(
        audience=Audience(audience) if audience in set(Audience) else None,
        theme_id=args.get("theme", type=int),
        place_id=args.get("place", type=int),
    )
    many = max(1, min(args.get("number", A_BLOCK, type=int), MOST_IN_BLOCK))
    _, found = published.listed(db(), wanted, limit=many)
    raised = following.raised(db(), found, threshold=parts().settings.threshold_public)
    more = _kept_reading(reading)
    return {
        "heard": [
            promises.heard(
                each, raised.get(each.id), today=today(), presentation=reading, short=True
            )
            for each in found
        ],
        "easy": reading is Presentation.EASY_READ,
        "address_of": lambda code: public_url("said.insight", code=code, **more),
        "all_of_them": public_url("said.every", **more),
    }


def _feed(endpoint: str) -> Feed:
    reading = _reading()
    more = _kept_reading(reading)
    insights = published.newest(db(), limit=MOST_ENTRIES)
    entries = [_heard(each, reading, more) for each in insights]
    entries += [
        _changed(each, reading, more) for each in published.updates(db(), limit=MOST_ENTRIES)
    ]
    entries.sort(key=lambda entry: (entry.at, entry.id), reverse=True)
    return Feed(
        title=gettext("You said, we did: %(name)s", name=parts().settings.host_name),
        about=gettext("What people told us, what we promised, and what came of it."),
        language=language(),
        home=public_url("said.every", **more),
        address=public_url(endpoint, **more),
        entries=entries[:MOST_ENTRIES],
    )


def _heard(insight: Insight, reading: Presentation, more: dict[str, str]) -> Entry:
    told = promises.heard(insight, None, today=today(), presentation=reading, short=True)
    lines = [told.said.words, *(f"{each.state_words}: {each.what.words}" for each in told.promises)]
    return Entry(
        id=_id(insight, "heard", more),
        address=public_url("said.insight", code=insight.code, **more),
        title=gettext("You said: %(words)s", words=told.title.words),
        words="\n".join(lines),
        at=_published(insight),
        tags=[str(AUDIENCES[insight.audience])],
    )


def _changed(update: Update, reading: Presentation, more: dict[str, str]) -> Entry:
    insight = update.commitment.insight
    what = promises.worded(update.commitment.what, reading)
    told = promises.worded(update.words, reading)
    return Entry(
        id=_id(insight, f"update-{update.id}", more),
        address=public_url(
            "said.insight", code=insight.code, _anchor=f"update-{update.id}", **more
        ),
        title=f"{STATE_WORDS[update.state]}: {what.words if what else ''}",
        words=told.words if told else str(STATE_WORDS[update.state]),
        # What was said before it was published was first read on that day.
        at=max(update.written_at, _published(insight)),
        tags=[str(AUDIENCES[insight.audience])],
    )


def _id(insight: Insight, what: str, more: dict[str, str]) -> str:
    """Where an entry is called by a name that lasts, wherever the site moves."""
    return "/".join(("you-said", insight.code, what, *more.values()))


def _published(insight: Insight) -> datetime:
    moment = insight.published_at
    assert moment is not None  # noqa: S101 -- only published ones are read here
    return moment


def _reading() -> Presentation:
    easy = request.args.get("read") == EASY
    return Presentation.EASY_READ if easy else Presentation.STANDARD


def _kept_reading(reading: Presentation) -> dict[str, str]:
    """Language and wording, as an address says them."""
    more = {"language": language()}
    return {**more, "read": EASY} if reading is Presentation.EASY_READ else more


def _sent(content: bytes, kind: str) -> Reply:
    reply = make_response(content)
    reply.headers["Content-Type"] = f"{kind}; charset=utf-8"
    return reply
