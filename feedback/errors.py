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


class PictureRefused(Refusal):
    """A file that somebody brought as a picture, and that we do not keep."""

    status = 422
    title = N_("We could not use that file")
    message = N_(
        "Nothing was kept. Choose another file: a PNG, JPEG, WebP or GIF picture, "
        "or an SVG drawing."
    )


class NotAPicture(PictureRefused):
    """What is in the file is no picture, whatever its name says."""

    title = N_("That file is not a picture")
    message = N_(
        "We look at what is in a file, not at its name. Nothing was kept. "
        "Choose a PNG, JPEG, WebP or GIF picture, or an SVG drawing."
    )


class PhonePicture(PictureRefused):
    """A picture in a kind that phones use and most browsers cannot show."""

    title = N_("This kind of picture cannot be shown everywhere")
    message = N_(
        "Some phones keep pictures as HEIC or AVIF. Nothing was kept. Save it as JPEG first: on "
        "an iPhone, send it to yourself by e-mail, or choose “Most Compatible” in the settings "
        "of the camera."
    )


class PictureTooHeavy(PictureRefused):
    """The file has more bytes than a picture needs."""

    status = 413
    title = N_("That picture is too large")
    message = N_(
        "A file may have up to %(most)s MB. Nothing was kept. Make the picture smaller, for "
        "instance by sending it to yourself by e-mail in a smaller size, and choose it again."
    )


class PictureTooWide(PictureRefused):
    """The picture has more points than a page could show."""

    title = N_("That picture has too many points")
    message = N_(
        "A picture may have up to %(most)s million points (pixels). Nothing was kept. "
        "Make it smaller, for instance 2,000 points wide, and choose it again."
    )


class PictureBroken(PictureRefused):
    """The file begins as a picture and cannot be read to its end."""

    title = N_("That picture is damaged")
    message = N_(
        "The file begins as a picture, and then it cannot be read. Nothing was kept. "
        "Open it in a picture program, save it again and choose the new file."
    )


class DrawingUnsafe(PictureRefused):
    """An SVG file that does more than draw."""

    title = N_("That drawing holds more than a drawing")
    message = N_(
        "There is a script, a link to another place, a page, a picture or a definition of its own "
        "inside. Such things could harm whoever sees it. Nothing was kept. Open it in a drawing "
        "program and save it as “plain SVG”, or save it as PNG."
    )


class DrawingTooIntricate(PictureRefused):
    """An SVG file that a phone would take long to draw."""

    title = N_("That drawing has too many parts")
    message = N_(
        "A phone would take long to draw it. Nothing was kept. Save it as PNG and choose that file."
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


class WrongNumber(Refusal):
    """The six digits of the second step are wrong, too old, or were used before."""

    status = 422
    title = N_("Check the number")
    message = N_(
        "That number is not right, or it was used already. Wait for the next one in your app and "
        "type it."
    )


class TooManyNumbers(Refusal):
    """Somebody is guessing the second step of this account."""

    status = 429
    title = N_("Please try again in 15 minutes")
    message = N_(
        "A wrong number was typed many times, so the second step of this account is closed for a "
        "while. Nothing has been changed. If it was not you, somebody knows your password: tell "
        "the person who looks after sign-ins."
    )
    wait = 15 * 60


class WrongPassword(Refusal):
    """The password that somebody has now, asked again before a change, is not the one typed."""

    status = 422
    title = N_("Check your password")
    message = N_("That is not the password you have now.")


class PasswordTooWeak(Refusal):
    """A new password that others would guess."""

    status = 422
    title = N_("Choose another password")


class PasswordTooShort(PasswordTooWeak):
    """Fewer letters than we ask for."""

    message = N_(
        "Choose a password of at least %(least)s characters. A few words in a row are good."
    )


class PasswordTooPlain(PasswordTooWeak):
    """A password that stands on every list, one letter again and again, or the e-mail address."""

    message = N_("Others would guess this password. Choose another one.")


class InvitationNotKnown(Refusal):
    """No such invitation, one that was used, or one whose time is over: the same on purpose."""

    status = 404
    title = N_("This link does not work")
    message = N_(
        "It was used already, or its time is over, or a part of it is missing. "
        "Ask the person who invited you to send a new one."
    )


class AlreadyStaff(Refusal):
    """The address that is invited belongs to somebody who is in the list of people."""

    status = 409
    title = N_("This person is in the list already")
    message = N_(
        "Somebody with this address is in the list of people already. "
        "Open their page to change what they may do."
    )


class NotOneself(Refusal):
    """Nobody ends or changes their own access, so that nobody locks themselves out."""

    status = 409
    title = N_("You cannot do this to yourself")
    message = N_("Nothing was changed. Ask another administrator to do it.")


class LastAdministrator(Refusal):
    """Without an administrator nobody could let anybody in."""

    status = 409
    title = N_("This is the last administrator")
    message = N_("Nothing was changed. Make somebody else an administrator first.")


class NameTaken(Refusal):
    """An organisation's name that another one has."""

    status = 409
    title = N_("There is an organisation of this name already")
    message = N_("Nothing was changed. Choose another name.")


class GroupTooSmall(Refusal):
    """So few people answered that rows would point at somebody."""

    status = 403
    title = N_("There are too few answers to show")
    message = N_(
        "A download would show what single people said. "
        "It opens when at least %(threshold)s people have answered."
    )


class ReadWithItsSession(Refusal):
    """Rows of one part of a session would undo what its page and its series' page hide."""

    status = 403
    title = N_("These answers are read with their session")
    message = N_(
        "They belong to a session that was asked before and after. Rows of one session would show "
        "what single people said. The page of its series has a file of all pairs together."
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


class EndsBeforeItBegins(Refusal):
    """An event's last day is before its first."""

    status = 422
    title = N_("The last day is before the first day")
    message = N_("Nothing was changed. Please look at the two days again.")


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


class DocumentNotMade(Refusal):
    """A poster or another document to print could not be made."""

    status = 500
    title = N_("We could not make this document")
    message = N_(
        "The problem is ours, not yours. Nothing was changed. Please wait a minute and try again. "
        "If it happens again, write to the person who looks after this program."
    )


class ClosesBeforeItOpens(Refusal):
    """A collection's last moment is before its first, or over already."""

    status = 422
    title = N_("It would close before it opens")
    message = N_("Nothing was changed. Choose a later day or time to close.")


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same thing since this person opened it."""

    status = 409
    title = N_("Somebody else changed this in the meantime")
    message = N_("Nothing of yours was saved yet. Please open the page again and look at both.")


class NotReadyForEverybody(Refusal):
    """An insight lacks words in one of the two wordings."""

    status = 409
    title = N_("This cannot be public yet")
    message = N_(
        "Everybody needs to be able to read it. Write the heading and what you heard in both "
        "ways: as most people read, and in easy words. What you wrote so far is kept."
    )


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


class NotPlannedAnyMore(Refusal):
    """Only what is still planned can be cancelled or done."""

    status = 409
    title = N_("This event is not planned any more")
    message = N_("It was cancelled or has taken place. Nothing was changed.")


class ReleaseUnderWay(Refusal):
    """Releases are made one after the other."""

    status = 409
    title = N_("Figures are being made public already")
    message = N_("Wait until they are there. It takes a minute or so. Nothing was changed.")


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


class ShareWithoutBase(Refusal):
    """A share of nobody, or of fewer people than it counts."""

    status = 422
    title = N_("This cannot be a share")
    message = N_(
        "A share needs how many people it is out of, and cannot count more than those. Nothing was "
        "changed. Please look at both numbers."
    )


class NotCountedYet(Refusal):
    """A count of a day that has not come."""

    status = 422
    title = N_("The day it was counted on is still to come")
    message = N_("Nothing was changed. Write the day on which somebody counted.")


class CountedAlready(Refusal):
    """Another entry says something else of the same people, or the same figure, on that day."""

    status = 409
    title = N_("There is a count of that day already")
    message = N_(
        "It says something else. Nothing was changed. Change that one, or write another day here."
    )


class ThemeNotThere(Refusal):
    """A theme was retired, merged or split while somebody was working on it."""

    status = 409
    title = N_("This theme is not in the codebook any more")
    message = N_(
        "Somebody else took it out in the meantime. Nothing was changed. Its page says what became "
        "of it, and you can bring it back there."
    )


class CodebookFull(Refusal):
    """More themes than anybody codes with."""

    status = 409
    title = N_("There are very many themes already")
    message = N_(
        "A codebook holds up to %(most)s themes. Nothing was changed. Merge or retire some first."
    )


class NotToBeQuoted(Refusal):
    """A comment whose writer did not say yes, or that is not there any more."""

    status = 409
    title = N_("These words may not be quoted")
    message = N_(
        "The person who wrote them did not say yes, or has taken them back. Nothing was changed."
    )


class NotTheirWords(Refusal):
    """A quote that is not what the comment says, perhaps because it was masked again meanwhile."""

    status = 409
    title = N_("These are not the words of the comment")
    message = N_("The comment may have changed. Nothing was changed. Go back and look once more.")


class NoTwins(Refusal):
    """Two measures that cannot be read side by side, or a pair that is not there any more."""

    status = 409
    title = N_("These two cannot be read side by side")
    message = N_(
        "Each of them needs a share of good answers, and one may have gone meanwhile. "
        "Nothing was changed. Choose two from the lists."
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


class UnknownRound(Refusal):
    """No validation round answers to the short address."""

    status = 404
    title = N_("We cannot find that page")
    message = N_("Please check the link. Ask the person who gave it to you. Nothing was lost.")


class RoundNotOpen(Refusal):
    """A group opens its findings before the first day."""

    status = 403
    title = N_("This is not open yet")
    message = N_("It opens on %(moment)s. Please come back then. Nothing has been lost.")

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(moment=opens_at)


class RoundClosed(Refusal):
    """A reply came after the round had ended."""

    status = 410
    title = N_("This has closed")
    message = N_(
        "It closed on %(moment)s. What you told us before then is safe and will be read. "
        "Come back to the same link to see what we changed."
    )

    def __init__(self, closes_at: datetime | None) -> None:
        super().__init__(moment=closes_at)


class RoundPutAway(Refusal):
    """A group opens a round that staff ended before its time."""

    status = 410
    title = N_("We ended this")
    message = N_(
        "This is why: “%(because)s” What you told us is safe. You have nothing to do. "
        "Ask the person who gave you the link if you want to know more."
    )

    def __init__(self, because: str) -> None:
        super().__init__(because=because)


class RoundHasReplies(Refusal):
    """Somebody replied in a round that is to be deleted."""

    status = 409
    title = N_("Somebody has replied in the meantime")
    message = N_(
        "Nothing was deleted, and the replies are safe. Go back: you can end the round and put "
        "it away."
    )


class NothingToValidate(Refusal):
    """A round without findings."""

    status = 422
    title = N_("Choose at least one thing that was heard")
    message = N_("Nothing was made. Go back and choose what the group should look at.")


class RoundStillOpen(Refusal):
    """Changes are shown once nobody can reply any more."""

    status = 409
    title = N_("This round is not closed yet")
    message = N_("Nothing was published. Close it first, so that every reply has its answer.")


class RepliesWaitForAnswer(Refusal):
    """Somebody said "not quite" or "missing", and nobody has said what became of it."""

    status = 409
    title = N_("Some replies have no answer yet")
    message = N_(
        "Nothing was published. Say for each of those findings what you changed, or why you did "
        "not. Then publish."
    )


class NotReadyToPublish(Refusal):
    """A comment on the local offer without a summary or a response."""

    status = 409
    title = N_("This comment cannot be published yet")
    message = N_("Nothing was published. Write what it says in your own words, and the response.")


class NoYesToQuote(Refusal):
    """Words of a comment on the local offer are to be shown, and their writer did not say yes."""

    status = 409
    title = N_("These words may not be shown")
    message = N_("The person who wrote them did not say yes. Nothing was changed.")


class CountsOverlap(Refusal):
    """Two totals of the same kind and theme share some days."""

    status = 409
    title = N_("These days are counted already")
    message = N_(
        "There is a count of the same kind and theme that shares some of these days. Nothing was "
        "changed. Change that one, or write other days here."
    )


class LetterLinkOver(Refusal):
    """A link of a letter that is not whole, or whose address was deleted meanwhile."""

    status = 404
    title = N_("This link is over")
    message = N_(
        "We do not have your e-mail address any more, or a part of the link is missing. "
        "If you still want to hear from us, you can ask us again."
    )


class TooManyAsked(Refusal):
    """More addresses wait for a yes than people write in any honest week."""

    status = 503
    title = N_("Sorry, we cannot take more addresses just now")
    message = N_(
        "Your address was not kept. Your answers are safe. Please try again in a few days."
    )


class NotFromHere(Refusal):
    """A form that another site sent in somebody's name."""

    status = 403
    title = N_("Sorry, that did not work")
    message = N_("Your address was not kept. Please open our page again and try once more.")


# Rooms


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


# Worries


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


# Ideas of a group


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


# Sign-off: a group's yes to exactly these words


class NotSignedOff(Refusal):
    """A survey for young people, or one that a group signs off, without its yes to these words."""

    status = 409
    title = N_("The group has not said yes to these words")
    message = N_(
        "The survey was not opened. Nothing was lost. Ask the group to read these words and say "
        "yes, or give a reason for opening it without them."
    )


class ChangedWhileReading(Refusal):
    """Somebody changed the words while the group read them."""

    status = 409
    title = N_("It changed while you read")
    message = N_("Your yes was not kept. Please go back and read what is new. Then say yes again.")


class NobodySaidYes(Refusal):
    """A worker confirms for a group that has not said yes."""

    status = 409
    title = N_("The group has not said yes yet")
    message = N_(
        "Nothing was kept. More people in the room must say yes than not yet. Ask them once more."
    )


class NotThisGroup(Refusal):
    """A group approves what another one signs off."""

    status = 409
    title = N_("Another group says yes to this survey")
    message = N_("Nothing was kept. The survey's page says which group it is.")


class ReasonTooShort(Refusal):
    """An officer opens a survey without its group and says too little."""

    status = 422
    title = N_("Please say more about why")
    message = N_(
        "The survey was not opened. The reason is printed in every report. Write at least "
        "%(count)s letters."
    )
