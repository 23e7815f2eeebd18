"""The local offer for everybody: tell us about it, and read what was said and done each year."""

import secrets

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.forms.local_offer import KINDS, STATES, TellUsForm
from feedback.outputs.tables import csv_bytes
from feedback.queries import local_offer as stored
from feedback.services import local_offer
from feedback.services.local_offer import ANSWER_WITHIN, Comment
from feedback.vocabulary import Audience, OfferChannel, OfferKind
from feedback.web import findings
from feedback.web.access import public
from feedback.web.frame import db, language, no_such_page, now, parts, today

bp = Blueprint("local_offer", __name__, url_prefix="/local-offer")


@bp.route("/tell-us", methods=["GET", "POST"])
@public
def tell_us() -> ResponseReturnValue:
    """A comment by anybody, at any time."""
    form = TellUsForm()
    if not form.is_submitted():
        form.key.data = secrets.token_hex(16)
        form.who.data = Audience.EVERYONE.value
    if form.validate_on_submit():
        comment = Comment(
            words=form.q_words.data,
            about=form.about.data,
            kind=OfferKind(form.kind.data),
            audience=Audience(form.who.data or Audience.EVERYONE),
            channel=OfferChannel.ONLINE,
            language=language(),
            received_on=today(),
            may_be_quoted=bool(form.may_be_quoted.data),
        )
        local_offer.keep(db(), comment, form.sent_key, parts().codes, by=None, now=now())
        return redirect(url_for(".thanks"), code=303)
    page = render_template("public/offer_tell_us.html", form=form, within=ANSWER_WITHIN)
    return page, 422 if form.is_submitted() else 200


@bp.get("/thank-you")
@public
def thanks() -> ResponseReturnValue:
    """What happens next."""
    return render_template("public/offer_thanks.html", within=ANSWER_WITHIN)


@bp.get("/comments")
@public
def newest() -> ResponseReturnValue:
    """The newest year of which something is published."""
    years = stored.years(db())
    if not years:
        return render_template("public/offer_none.html")
    return redirect(url_for(".comments", year=years[0]))


@bp.get("/comments/<int:year>")
@public
def comments(year: int) -> ResponseReturnValue:
    """What people said about the local offer in a year, and what was done."""
    years = stored.years(db())
    if year not in years:
        no_such_page()
    found = local_offer.year(db(), year, threshold=parts().settings.threshold_public)
    groups: dict[str, list[object]] = {}
    for each in found.comments:
        groups.setdefault(each.about, []).append(each)
    return render_template(
        "public/offer_comments.html",
        found=found,
        groups=groups,
        years=years,
        kinds=KINDS,
        kept=findings.kept,
        promised=local_offer.promised,
        states=STATES,
        threshold=parts().settings.threshold_public,
    )


@bp.get("/comments/<int:year>.csv")
@public
def table(year: int) -> ResponseReturnValue:
    """The same as a table, to take along."""
    if year not in stored.years(db()):
        no_such_page()
    found = local_offer.year(db(), year, threshold=parts().settings.threshold_public)
    rows = [
        (
            each.about,
            findings.kept(each.summary).words,
            each.words if each.words_shown else "",
            findings.kept(each.response).words,
            f"{each.received_on:%Y-%m}",
            each.responded_on,
            findings.kept(action.what).words if (action := local_offer.promised(each)) else "",
        )
        for each in found.comments
    ]
    headers = [
        *(gettext("About"), gettext("What was said, in our words"), gettext("In their own words")),
        *(gettext("Our response"), gettext("Month it came in"), gettext("Answered on")),
        gettext("What is promised"),
    ]
    reply = make_response(csv_bytes(headers, rows))
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    reply.headers["Content-Disposition"] = f'attachment; filename="local-offer-{year}.csv"'
    return reply
