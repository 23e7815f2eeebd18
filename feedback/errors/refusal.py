"""What all refusals share, and those that can meet anybody on any page."""


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


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same thing since this person opened it."""

    status = 409
    title = N_("Somebody else changed this in the meantime")
    message = N_("Nothing of yours was saved yet. Please open the page again and look at both.")
