"""Refusals about events, collections and the lists they are made from."""

from feedback.errors.refusal import N_, Refusal


class NameTaken(Refusal):
    """An organisation's name that another one has."""

    status = 409
    title = N_("There is an organisation of this name already")
    message = N_("Nothing was changed. Choose another name.")


class CodeTaken(Refusal):
    """A short code that another collection has, or that nobody could type."""

    status = 409
    title = N_("Please choose another short code")
    message = N_(
        "“%(code)s” is taken or cannot be used. Choose up to 20 letters and digits. "
        "Nothing was opened."
    )


class EndsBeforeItBegins(Refusal):
    """An event's last day is before its first."""

    status = 422
    title = N_("The last day is before the first day")
    message = N_("Nothing was changed. Please look at the two days again.")


class ClosesBeforeItOpens(Refusal):
    """A collection's last moment is before its first, or over already."""

    status = 422
    title = N_("It would close before it opens")
    message = N_("Nothing was changed. Choose a later day or time to close.")


class NotPlannedAnyMore(Refusal):
    """Only what is still planned can be cancelled or done."""

    status = 409
    title = N_("This event is not planned any more")
    message = N_("It was cancelled or has taken place. Nothing was changed.")


class StillToCome(Refusal):
    """An event cannot have taken place before its day."""

    status = 422
    title = N_("The day of this event is still to come")
    message = N_("Nothing was changed. Say that it has taken place when its day has come.")


class InListAlready(Refusal):
    """A place or a series of the same name is there, perhaps in other letters."""

    status = 409
    title = N_("This name is in the list already")
    message = N_("“%(name)s” is there. Use it, or choose another name. Nothing was changed.")


class StillUsed(Refusal):
    """A place or a series cannot go while events refer to it."""

    status = 409
    title = N_("This is still used")
    message = N_("“%(name)s” stands at events, so it stays in the list. Nothing was changed.")
