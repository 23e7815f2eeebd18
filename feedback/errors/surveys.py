"""Refusals about surveys, their drafts and editions."""

from feedback.errors.refusal import N_, Refusal


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


class EditionPublished(Refusal):
    """A draft was published while somebody was still changing it."""

    status = 409
    title = N_("This survey has just been published")
    message = N_(
        "It cannot change any more, so your last change was not kept. "
        "You can start a new draft from it and make the change there."
    )


class DraftMoved(Refusal):
    """A draft was changed between looking at it and publishing it."""

    status = 409
    title = N_("Somebody has changed this draft")
    message = N_("Nothing was published. Please look at the draft once more, then publish it.")


class DraftNotReady(Refusal):
    """A draft still has something in it that keeps it from being asked."""

    status = 409
    title = N_("This draft is not ready yet")
    message = N_("Nothing was published. The draft’s page says what still needs a look.")


class NotKept(Refusal):
    """An earlier state of a draft is asked for that is not kept any more."""

    status = 404
    title = N_("That state is not kept any more")
    message = N_("Your draft is safe and was not changed.")


class SurveyNameTaken(Refusal):
    """There is another survey of this name."""

    status = 409
    title = N_("There is a survey of this name already")
    message = N_("Nothing was changed. Please choose another name.")
