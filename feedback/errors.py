"""Refusals that a person can read, one class a cause.

A refusal says what happened, what is safe and what to do. `N_` marks the words for
translators; the page translates and fills them in, so that a refusal can be raised where
there is no page.
"""

from datetime import datetime


def N_(words: str) -> str:
    """Mark words for translation without translating them here."""
    return words


class Refusal(Exception):
    """Something that cannot be done, and why, in words for the person who asked."""

    status = 400
    title = N_("Sorry, that did not work")
    message = N_("Nothing was lost. Please go back and try again.")
    wait = 0  # seconds after which trying again makes sense, if time mends it

    def __init__(self, **facts: object) -> None:
        super().__init__(type(self).__name__)
        self.facts = facts


class UnknownCollection(Refusal):
    """No survey answers to the short code."""

    status = 404
    title = N_("We cannot find that survey")
    message = N_(
        "Please check the code on the poster or in your message. "
        "Capital letters, spaces and dashes do not matter."
    )


class NotYetOpen(Refusal):
    """The collection's first day is still to come."""

    status = 403
    title = N_("This survey is not open yet")
    message = N_("It opens on %(moment)s. Please come back then. Nothing has been lost.")

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(moment=opens_at)


class CollectionClosed(Refusal):
    """The collection takes no more answers; perhaps while the person was filling it in."""

    status = 410
    title = N_("This survey has closed")
    message = N_(
        "It closed on %(moment)s and takes no more answers. "
        "Answers that were sent before then are safe and will be read."
    )

    def __init__(self, closes_at: datetime) -> None:
        super().__init__(moment=closes_at)


class CollectionWithdrawn(Refusal):
    """The team took the survey back."""

    status = 410
    title = N_("This survey has been taken away")
    message = N_(
        "The people who asked have stopped this survey. "
        "You do not need to do anything. You can still ask for help at any time."
    )


class PlaceNotFound(Refusal):
    """The phone does not say whose answers these are (no cookie, or a very old one)."""

    status = 403
    title = N_("We lost your place")
    message = N_(
        "This device did not tell us which answers are yours. "
        "Answers you saved are still safe. Open the survey again from its link or code, "
        "or use your code to come back. If this keeps happening, "
        "allow cookies for this site: we use only one, to keep your place."
    )


class AlreadySent(Refusal):
    """A page or a second sending arrived after the answers were sent."""

    status = 409
    title = N_("You have already sent your answers")
    message = N_(
        "The answers you sent are safe and have not changed. What you wrote just now was not added."
    )


class ResponseWithdrawn(Refusal):
    """The person took these answers back, or they were deleted after 14 days."""

    status = 410
    title = N_("These answers have been deleted")
    message = N_(
        "They were taken back, or they were not finished in time. "
        "We keep nothing of them. You can start again if you want to."
    )


class CodeNotKnown(Refusal):
    """No such code, or one whose time is over: the two look the same on purpose."""

    status = 404
    title = N_("We cannot find anything for that code")
    message = N_(
        "Please check the four words and their order. "
        "If the answers were taken back, or the code is too old, there is nothing left to show."
    )


class TooManyCodes(Refusal):
    """Somebody is guessing codes; everybody waits a little."""

    status = 429
    title = N_("Please try your code again in a minute")
    message = N_(
        "Many wrong codes were tried just now, so we are going slowly to keep answers safe. "
        "Your answers and your code are safe."
    )
    wait = 60


class TooManySignIns(Refusal):
    """Somebody is guessing a password; this account waits."""

    status = 429
    title = N_("Please try to sign in again in 15 minutes")
    message = N_(
        "The wrong password was tried many times, so signing in to this account is closed for a "
        "while. Nothing has been changed. If it was not you, tell the person who looks after "
        "sign-ins."
    )
    wait = 15 * 60


class FormExpired(Refusal):
    """The page's safety key did not match (cross-site request forgery protection)."""

    status = 400
    title = N_("We could not save this page")
    message = N_(
        "The page was open for a long time or in another window. "
        "Answers from earlier pages are safe. Please open the page again and answer once more."
    )


class TooMuch(Refusal):
    """The request was larger than any honest answer."""

    status = 413
    title = N_("That was too long for us to keep")
    message = N_(
        "The page you sent was very large. Answers from earlier pages are safe. "
        "Please go back and send something shorter."
    )


class Busy(Refusal):
    """The database is locked, full or away."""

    status = 503
    title = N_("We could not save that just now")
    message = N_(
        "The problem is ours, not yours. Answers from earlier pages are safe. "
        "Please wait a minute and press the button again."
    )
    wait = 60


class WrongSignIn(Refusal):
    """The e-mail and the password do not belong together."""

    status = 422
    title = N_("Check your e-mail address and password")
    message = N_("They do not match what we know. Nothing else happened. Please try again.")


class GroupTooSmall(Refusal):
    """So few people answered that rows would point at somebody."""

    status = 403
    title = N_("There are too few answers to show")
    message = N_(
        "A download would show what single people said. "
        "It opens when at least %(threshold)s people have answered."
    )


class MeasureDiffers(Refusal):
    """A survey brings a measure whose name is taken by one that means something else."""

    status = 409
    title = N_("This measure means something else already")
    message = N_(
        "There is already a measure called %(name)s. Another direction is better for it, or other "
        "answers count. Nothing was stored. Give the new one another name, so that old results "
        "stay true."
    )


class EditionNotPublished(Refusal):
    """Only a published edition can be opened to people."""

    status = 409
    title = N_("This survey is not published")
    message = N_("Publish the survey first. Then it can be opened to people.")


class CodeTaken(Refusal):
    """A short code that another collection has, or that nobody could type."""

    status = 409
    title = N_("Please choose another short code")
    message = N_(
        "“%(code)s” is taken or cannot be used. Choose up to 20 letters and digits. "
        "Nothing was opened."
    )
