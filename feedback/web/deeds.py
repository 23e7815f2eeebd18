"""What was noted in the record of who did what, in the page's language."""

import re
from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from feedback.services import versions
from feedback.services.versions import Step
from feedback.vocabulary import Role
from feedback.web.access import role_words
from feedback.web.frame import quoted

# What is noted, in words; anything else stands as it was noted.
ACTION_WORDS = {
    "theme comments": _l("Let the machine read all comments"),
    "stop theming": _l("Stopped the machine’s reading"),
    "go on theming": _l("Let the machine’s reading go on"),
    "read raw comment": _l("Read a comment as it was written"),
    "clear quote": _l("Cleared words of a comment for others to read"),
    "take back quote": _l("Took a quote back"),
    "write insight": _l("Wrote down what was heard"),
    "change insight": _l("Changed what was heard"),
    "publish insight": _l("Made public what was heard"),
    "take back insight": _l("Took back from the public what was heard"),
    "remove insight": _l("Deleted a draft of what was heard"),
    "approve quote": _l("Let everybody read a quote"),
    "take off quote": _l("Took a quote off a public page"),
    "promise": _l("Wrote down a promise"),
    "change promise": _l("Changed a promise"),
    "say update": _l("Said what happened with a promise"),
    "say done": _l("Said that a promise is kept"),
    "check done": _l("Checked that a promise is kept"),
    "send back done": _l("Said that a promise is not kept yet"),
    "begin report": _l("Began a paper"),
    "change report": _l("Changed what a paper is about"),
    "remove report": _l("Threw away a paper that never was frozen"),
    "write section": _l("Wrote a part of a paper"),
    "keep words in report": _l("Gave a reason for words of a paper"),
    "freeze report": _l("Froze a paper"),
    "approve report": _l("Said that a paper is right"),
    "share report": _l("Noted whom a paper went to"),
    "publish report": _l("Let everybody read a paper"),
    "take back report": _l("Took a paper back from the public"),
    "add group": _l("Added a group that designs questions"),
    "change group": _l("Changed a group"),
    "end group": _l("Ended a group"),
    "bring back group": _l("Brought a group back"),
    "open room": _l("Opened a group’s room"),
    "close room": _l("Closed a group’s room"),
    "open room again": _l("Opened a group’s room again"),
    "name signing group": _l("Said which group signs a survey off"),
    "approve survey": _l("Kept a group’s yes to a survey"),
    "open without sign-off": _l("Let a survey open without its group’s yes"),
    "add meeting": _l("Added a meeting"),
    "change meeting": _l("Changed a meeting"),
    "remove meeting": _l("Took a meeting out of the calendar"),
    "adopt question": _l("Put a group’s question into a survey"),
    "join twins": _l("Put two measures side by side"),
    "part twins": _l("Took two measures from beside each other"),
    "look over idea": _l("Looked over an idea of a group"),
    "hide idea": _l("Hid an idea of a group"),
    "hide reply": _l("Hid a reply in a group’s room"),
    "show idea again": _l("Let a group see an idea again"),
    "show reply again": _l("Let a group see a reply again"),
    "say state of idea": _l("Said where an idea of a group is"),
    "read worry": _l("Read what somebody was worried about"),
    "refer worry": _l("Passed a worry on"),
    "close worry": _l("Closed a worry"),
    "invite": _l("Invited somebody"),
    "invite again": _l("Sent an invitation again"),
    "take back invitation": _l("Took an invitation back"),
    "accept invitation": _l("Accepted an invitation"),
    "add person": _l("Gave a password"),
    "change role": _l("Changed a role"),
    "change organisation": _l("Changed whom somebody belongs to"),
    "end access": _l("Ended somebody’s access"),
    "bring back": _l("Brought somebody back"),
    "reset second step": _l("Reset somebody’s second step"),
    "set up second step": _l("Set up their second step"),
    "change second step": _l("Began to set up their second step anew"),
    "change password": _l("Changed their password"),
    "change name": _l("Changed their name"),
    "add organisation": _l("Added an organisation"),
    "change organisation name": _l("Changed an organisation"),
    "plan event": _l("Added an event"),
    "change event": _l("Changed an event"),
    "cancel event": _l("Cancelled an event"),
    "event done": _l("Said that an event has taken place"),
    "plan event again": _l("Planned an event again"),
    "write issue card": _l("Took a note at an event"),
    "change issue card": _l("Changed a note of an event"),
    "remove issue card": _l("Took a note of an event away"),
    "put back issue card": _l("Put a note of an event back"),
    "tie issue card": _l("Led a note of an event to what was heard"),
    "export issue cards csv": _l("Downloaded the notes of an event (CSV)"),
    "add place": _l("Added a place"),
    "change place": _l("Changed a place"),
    "remove place": _l("Took a place out of the list"),
    "add series": _l("Added a course or series"),
    "change series": _l("Changed a course or series"),
    "remove series": _l("Took a course or series out of the list"),
    "add coverage": _l("Added a count of training coverage"),
    "change coverage": _l("Changed a count of training coverage"),
    "remove coverage": _l("Took a count of training coverage away"),
    "add provider figure": _l("Added a provider’s figure"),
    "change provider figure": _l("Changed a provider’s figure"),
    "remove provider figure": _l("Took a provider’s figure away"),
    "begin validation": _l("Made a validation round"),
    "change validation": _l("Changed a validation round"),
    "close validation": _l("Closed a validation round"),
    "answer validation": _l("Answered what a group said of a finding"),
    "remove validation": _l("Deleted a validation round that nobody had replied to"),
    "put away validation": _l("Ended a validation round and put it away"),
    "bring back validation": _l("Took a validation round up again"),
    "publish validation": _l("Showed a group what became of its replies"),
    "add offer comment": _l("Typed in a comment on the local offer"),
    "answer offer comment": _l("Answered a comment on the local offer"),
    "publish offer comment": _l("Published a comment on the local offer"),
    "take back offer comment": _l("Took a comment on the local offer off the public page"),
    "remove offer comment": _l("Deleted a comment on the local offer"),
    "add source count": _l("Added a count from another source"),
    "change source count": _l("Changed a count from another source"),
    "remove source count": _l("Took a count from another source away"),
    "open collection": _l("Set up a collection"),
    "open collection now": _l("Opened a collection by hand"),
    "close collection": _l("Closed a collection by hand"),
    "change collection": _l("Changed a collection"),
    "extend collection": _l("Gave a collection another end"),
    "withdraw collection": _l("Took a collection away"),
    "put back collection": _l("Put a collection back"),
    "export answers csv": _l("Downloaded answers (CSV)"),
    "export answers xlsx": _l("Downloaded answers (XLSX)"),
    "export comments csv": _l("Downloaded comments (CSV)"),
    "export comments xlsx": _l("Downloaded comments (XLSX)"),
    "keep profile": _l("Kept a profile to compare with"),
    "replace profile": _l("Put a new profile in the place of one"),
    "remove profile": _l("Took a profile out"),
    "export record": _l("Downloaded this record"),
    "export pairs csv": _l("Downloaded pairs of before and after (CSV)"),
    "type in paper": _l("Typed in a paper form"),
    "undo paper": _l("Took a typed form back"),
    "bring in picture": _l("Brought in a picture"),
    "survey begin": _l("Began a survey"),
    "survey import": _l("Brought in a survey file"),
    "survey draft": _l("Began a new draft of a survey"),
    "survey publish": _l("Published a survey"),
    "survey retire": _l("Took a survey out of use"),
    "survey discard": _l("Threw a draft away"),
    "write chart note": _l("Wrote a note on a chart"),
    "take back chart note": _l("Took a note off a chart"),
    "set target": _l("Said what a measure is to reach"),
    "take back target": _l("Took a target away"),
    "change reporting year": _l("Said when cycles and terms begin"),
    "ask for release": _l("Made figures public"),
    "add theme": _l("Added a theme"),
    "change theme": _l("Changed a theme"),
    "retire theme": _l("Took a theme out of use"),
    "merge themes": _l("Merged a theme into another"),
    "split theme": _l("Split a theme"),
    "bring back theme": _l("Brought a theme back"),
    "restore codebook": _l("Went back to an earlier version of a codebook"),
    "load codebook": _l("Brought in a codebook file"),
    "use codebook": _l("Chose the codebook to read comments with"),
}
# Steps in the life of a draft; the record has "design " before each.
STEP_WORDS = {
    "begin": _l("Began the draft"),
    "import": _l("Brought in a file"),
    "adopt": _l("Put in a question of a group"),
    "restore": _l("Went back to an earlier state"),
    "start": _l("Changed the start and the end"),
    "languages": _l("Changed the languages"),
    "page": _l("Changed a page"),
    "question": _l("Changed a question"),
    "picture": _l("Changed a picture"),
    "glossary": _l("Changed the hard words"),
    "page-add": _l("Added a page"),
    "page-up": _l("Moved a page up"),
    "page-down": _l("Moved a page down"),
    "page-copy": _l("Copied a page"),
    "page-remove": _l("Took out a page"),
    "question-add": _l("Added a question"),
    "question-up": _l("Moved a question up"),
    "question-down": _l("Moved a question down"),
    "question-copy": _l("Copied a question"),
    "question-alone": _l("Gave a question a page of its own"),
    "question-remove": _l("Took out a question"),
}
_DESIGN = "design "
_SUBJECT = re.compile(r"(person|organisation|invitation) (\d+)(?:: (\w+))?")


def action_words(action: str) -> str:
    """What was done."""
    if action.startswith(_DESIGN):
        return step_words(action.removeprefix(_DESIGN))
    return str(ACTION_WORDS.get(action, action))


def step_words(what: str) -> str:
    """One step in the life of a draft."""
    return str(STEP_WORDS.get(what, what))


# What a version of a codebook changed; "name" is the theme, "other" what it was merged into.
VERSION_WORDS = {
    Step.FILE: _l("Read from a file"),
    Step.ADD: _l("Added “%(name)s”"),
    Step.WORDS: _l("Changed “%(name)s”"),
    Step.RETIRE: _l("Took “%(name)s” out of use"),
    Step.BACK: _l("Brought “%(name)s” back"),
    Step.MERGE: _l("Merged “%(name)s” into “%(other)s”"),
    Step.SPLIT: _l("Split “%(name)s” into %(parts)s"),
    Step.WHOLE: _l("Put “%(name)s” together again from %(parts)s"),
    Step.RESTORE: _l("Went back to version %(number)s"),
}


def version_words(what: str, names: Mapping[int, str]) -> str:
    """What a version of a codebook changed, with the names that its themes have today."""
    step, numbers = versions.read(what)
    if step is None:
        return what
    called = [names.get(number, "–") for number in numbers]
    facts = {
        "name": called[0] if called else "",
        "other": called[1] if len(called) > 1 else "",
        "parts": quoted(called[1:]),
        "number": numbers[0] if numbers else "",
    }
    return str(VERSION_WORDS[step]) % facts


def subject_words(subject: str, people: Mapping[int, str], organisations: Mapping[int, str]) -> str:
    """To what it was done, with today's names for the numbers that are kept."""
    found = _SUBJECT.fullmatch(subject)
    if not found:
        return subject
    kind, number, role = found[1], int(found[2]), found[3]
    if kind == "person":
        words = people.get(number, subject)
    elif kind == "organisation":
        words = organisations.get(number, subject)
    else:
        words = gettext("invitation %(number)s", number=number)
    if role in {each.value for each in Role}:
        return gettext("%(name)s: %(role)s", name=words, role=role_words(Role(role)))
    return words
