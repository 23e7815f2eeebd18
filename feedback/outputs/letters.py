"""What letters to those who want to be told say, in their language and presentation.

A letter holds what everybody may read and links; never anything about whom it goes to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from gettext import NullTranslations
from typing import Any
from urllib.parse import quote

from babel.dates import format_date
from babel.support import Translations

from feedback.errors import N_
from feedback.languages import OFFERED
from feedback.models.improvements import Insight, Update
from feedback.questionnaire import Wording, said
from feedback.settings import Settings, place
from feedback.vocabulary import CommitmentState, Presentation

# What the states of a promise are called; `web/promise_words.py` has them for pages. "It is done"
# and not "Done": that word is taken by events, and other languages say it otherwise.
STATES = {
    CommitmentState.HEARING: N_("We are listening"),
    CommitmentState.DECIDING: N_("We are deciding"),
    CommitmentState.DOING: N_("We are doing it"),
    CommitmentState.DONE: N_("It is done"),
    CommitmentState.CANNOT: N_("We cannot do this"),
}


@dataclass(frozen=True)
class Text:
    """A letter without its address."""

    subject: str
    body: str


@dataclass(frozen=True)
class Reader:
    """How somebody reads, what their letters are about, and the link that stops them."""

    language: str
    presentation: Presentation
    survey: Mapping[str, Any]  # its title, as `Words` are kept
    stop: str

    def words(self, kept: Mapping[str, Any]) -> str:
        """Words as a table keeps them, as this person reads them."""
        read = {tag: Wording(**words) for tag, words in kept.items()}
        return said(read, self.language, self.presentation)


def insight_address(settings: Settings, code: str, language: str) -> str:
    """Where everybody reads an insight and what became of it."""
    return f"{settings.root}/you-said/{quote(code)}?language={language}"


def link(settings: Settings, purpose: str, token: str, language: str) -> str:
    """Where somebody says yes or stops; the language is in it, for no cookie is read there."""
    return f"{settings.root}/tell-me/{purpose}/{token}?language={language}"


def ask_address(settings: Settings, survey: str, language: str) -> str:
    """Where somebody asks to be told."""
    return f"{settings.root}/tell-me/about/{quote(survey)}?language={language}"


def confirmation(reader: Reader, *, yes: str, until: date) -> Text:
    """Asks whether the address wants to be told; nothing else is sent before a yes."""
    _ = _words(reader.language).gettext
    day = format_date(until, "d MMMM y", locale=reader.language)
    return Text(
        _("Shall we tell you what happens?"),
        _paragraphs(
            _("Hello,"),
            _("Somebody gave us this address to hear what happens after “%(survey)s”. Was it you?")
            % {"survey": reader.words(reader.survey)},
            _("If it was you, open this link and press “Yes, tell me”:"),
            yes,
            _(
                "If it was not you, you need not do anything. "
                "We will not write again, and delete this address after %(day)s."
            )
            % {"day": day},
        ),
    )


def of_insight(reader: Reader, insight: Insight, address: str) -> Text:
    """Says that something that was heard is public now, and what follows from it."""
    _ = _words(reader.language).gettext
    promised = [
        f"{_(STATES[each.state])}: {reader.words(each.what)}" for each in insight.commitments
    ]
    return Text(
        _("You said: %(title)s") % {"title": _line(reader.words(insight.title))},
        _paragraphs(
            _hello(reader),
            _("What we heard:"),
            reader.words(insight.said),
            *([_("What we do about it:"), *promised] if promised else []),
            _("Read all of it here:"),
            address,
            _end(reader),
        ),
    )


def of_update(reader: Reader, update: Update, address: str) -> Text:
    """Says what happened with a promise."""
    _ = _words(reader.language).gettext
    commitment = update.commitment
    title = reader.words(commitment.insight.title)
    cannot = update.state is CommitmentState.CANNOT
    why = reader.words(commitment.reason) if cannot else ""
    notice = reader.words(commitment.notice) if update.state is CommitmentState.DONE else ""
    what = reader.words(update.words)
    return Text(
        _("%(state)s: %(title)s")
        % {"state": _(STATES[update.state]), "title": _line(reader.words(commitment.what))},
        _paragraphs(
            _hello(reader),
            _("You said: %(title)s") % {"title": title},
            _("What it is about: %(what)s") % {"what": reader.words(commitment.what)},
            _("Where it is now: %(state)s") % {"state": _(STATES[update.state])},
            what,
            *([_("Why: %(reason)s") % {"reason": why}] if why and why != what else []),
            *([_("How you can notice it: %(notice)s") % {"notice": notice}] if notice else []),
            _("Read all of it here:"),
            address,
            _end(reader),
        ),
    )


def last(reader: Reader, *, again: str) -> Text:
    """Says that this is the end and that the address is deleted."""
    _ = _words(reader.language).gettext
    return Text(
        _("Our last message to you"),
        _paragraphs(
            _hello(reader),
            _(
                "This is the last one. Either all that we promised is done or answered, "
                "or a long time has passed. We have now deleted your e-mail address."
            ),
            _("Do you want to hear more? You can tell us again here:"),
            again,
            _("Thank you for telling us how it is."),
        ),
    )


def _hello(reader: Reader) -> str:
    _ = _words(reader.language).gettext
    hello = _("You asked us to tell you what happens after “%(survey)s”.")
    return _("Hello,") + "\n\n" + hello % {"survey": reader.words(reader.survey)}


def _end(reader: Reader) -> str:
    _ = _words(reader.language).gettext
    stop = _("Do you not want these messages any more? Open this link and press “Stop”:")
    same = _("Everybody who asked gets this message. It knows nothing of what you answered.")
    return _paragraphs("--", same, stop, reader.stop)


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _line(text: str) -> str:
    """Words for a subject, which is one line and not a long one."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


@cache
def _words(language: str) -> NullTranslations:
    """The program's own words in a language."""
    known = language if language in OFFERED else "en"
    return Translations.load(place("translations"), [known])
