"""Refusals in the rooms of groups: coming in, ideas, worries."""

from feedback.errors.refusal import N_, Refusal


class UnknownRoom(Refusal):
    """No room answers to the code."""

    status = 404
    title = N_("We cannot find that room")
    message = N_("Look at the code again. You can ask the worker for it. Nothing was lost.")


class TooManyRoomCodes(Refusal):
    """Somebody tries code after code."""

    status = 429
    wait = 60
    title = N_("Please wait a minute")
    message = N_(
        "Many wrong codes came in. This keeps the rooms safe. Wait for 1 minute. Then try again."
    )


class RoomClosed(Refusal):
    """Something was sent into a room that had closed meanwhile."""

    status = 410
    title = N_("This room is closed now")
    message = N_(
        "What you sent just now was not kept. All that came before is safe. You can open the room "
        "again to read what the group did."
    )


class RoomOver(Refusal):
    """The days to catch up are over."""

    status = 410
    title = N_("This meeting was a while ago")
    message = N_("We do not show it here any more. Ask the worker what the group did.")


class RoomFull(Refusal):
    """More members than a meeting ever has."""

    status = 409
    title = N_("This room is full")
    message = N_("Nothing was lost. Ask the worker. You can also join in on a shared screen.")


class MemberNameTaken(Refusal):
    """Somebody in the room has the same picture and word."""

    status = 409
    title = N_("Somebody else has this name")
    message = N_("Please go back. Then choose another picture or another word.")


class GroupEnded(Refusal):
    """A room is opened for a group that has ended."""

    status = 409
    title = N_("This group has ended")
    message = N_("Nothing was opened. Bring the group back first, or choose another one.")


class RoomStillOpen(Refusal):
    """A group has a room already, and one at a time is what people can follow."""

    status = 409
    title = N_("This group has an open room")
    message = N_("Nothing new was opened. Go to the open room, or close it first.")


class RoomLongClosed(Refusal):
    """A room that closed many days ago is not opened again."""

    status = 409
    title = N_("This room was closed too long ago")
    message = N_("What was said there is safe. Open a new room for the group.")


class FlagClosed(Refusal):
    """Somebody closed a worry that another person was still writing about."""

    status = 409
    title = N_("This worry is closed already")
    message = N_(
        "Nothing of yours was saved. What was done before is kept. If there is more to do, "
        "speak with the person who closed it."
    )


class OutcomeMissing(Refusal):
    """A worry is to be closed or passed on, and nothing says what was done."""

    status = 422
    title = N_("Write what was done")
    message = N_("Nothing was changed. Go back and say in a sentence what you did.")


class NothingSaid(Refusal):
    """An idea, a reply or a pile without words and picture."""

    status = 422
    title = N_("There are no words yet")
    message = N_("Nothing is lost. Go back. Write some words or pick a picture.")


class NotYourIdea(Refusal):
    """Somebody wants to change what another member wrote."""

    status = 403
    title = N_("Somebody else wrote this")
    message = N_("Nothing was changed. You can say what you think of it.")


class IdeaInUse(Refusal):
    """An idea that its writer wants to change is being made into a question."""

    status = 409
    title = N_("The group works on this idea now")
    message = N_("Nothing was changed. Tell the group what you want to change.")


class IdeaNotOpen(Refusal):
    """An idea that cannot be talked about, sorted or voted on any more, or never could."""

    status = 404
    title = N_("This idea is not here now")
    message = N_("Nothing is lost. Go back and pick one more idea.")


class TokensSpent(Refusal):
    """A member has fewer tokens left than they want to lay down."""

    status = 409
    title = N_("You have no more stars")
    message = N_("Your stars are safe. Take one back first. Then you can use it here.")


class TooManyPiles(Refusal):
    """More piles than anybody can see at once."""

    status = 409
    title = N_("There are a lot of piles now")
    message = N_("Nothing is lost. Use a pile that is here, or take one away first.")


class TooMuchTalk(Refusal):
    """One member said very many things of one idea."""

    status = 429
    title = N_("You have said a lot")
    message = N_("Thank you. What you said is safe. Now let us hear the others.")


class ReasonMissing(Refusal):
    """A worker hides something, or says that it is not asked, and does not say why."""

    status = 422
    title = N_("Say why")
    message = N_("Nothing was changed. Go back and write the reason in plain words.")
