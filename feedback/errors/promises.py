"""Refusals about what was heard and promised, and about papers that say so."""

from feedback.errors.refusal import N_, Refusal


class NotReadyForEverybody(Refusal):
    """An insight lacks words in one of the two wordings."""

    status = 409
    title = N_("This cannot be public yet")
    message = N_(
        "Everybody needs to be able to read it. Write the heading and what you heard in both "
        "ways: as most people read, and in easy words. What you wrote so far is kept."
    )


class NotReadyToPublish(Refusal):
    """A comment on the local offer without a summary or a response."""

    status = 409
    title = N_("This comment cannot be published yet")
    message = N_("Nothing was published. Write what it says in your own words, and the response.")


class DueDayStands(Refusal):
    """The day of a commitment that everybody may read cannot be moved."""

    status = 409
    title = N_("People were told this day")
    message = N_(
        "The day that was promised stays on the page. Nothing was changed. "
        "If it will be late, write an update that says why, and by when you hope for it now."
    )


class SecondPersonNeeded(Refusal):
    """Whoever says that something is done cannot be the one who checks it."""

    status = 403
    title = N_("Somebody else has to look")
    message = N_(
        "One person says that it is done, and a second person checks. Nothing was changed. "
        "Ask a colleague or the parent carer forum to look at it."
    )


class ReportNotReady(Refusal):
    """A paper is frozen only when its impact stands and every figure leads somewhere."""

    status = 409
    title = N_("This paper is not ready to be frozen")
    message = N_(
        "Something in it still leads nowhere, or its impact is empty. Nothing was frozen, and "
        "nothing is lost. The page of the paper says what to look at."
    )


class ReportMoved(Refusal):
    """Somebody froze a version while somebody else was about to."""

    status = 409
    title = N_("Somebody else has frozen this paper just now")
    message = N_(
        "Your paper is safe. Look at the newest version, and freeze again if you still want to."
    )


class ReportFrozen(Refusal):
    """A paper that was frozen stays, for somebody may have it in their hands."""

    status = 409
    title = N_("This paper was frozen, so it stays")
    message = N_("Somebody may have a copy and look for it here. Nothing was changed.")


class PaperNotForEverybody(Refusal):
    """A paper becomes public once a co-owner agreed and all that it speaks of is public."""

    status = 409
    title = N_("This paper cannot be made public yet")
    message = N_(
        "Nothing was changed. A co-owner has to say first that it is right, and all that it "
        "speaks of has to be public. The page of the version says what is missing."
    )


class MeetingInUse(Refusal):
    """A meeting that papers or promises belong to cannot go."""

    status = 409
    title = N_("This meeting has papers or promises")
    message = N_("So it stays in the list. Nothing was changed.")
