"""What all pages of a room share: which room, who is looking, how it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hmac import compare_digest
from typing import Any, TypeVar, cast

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from feedback import languages
from feedback.errors import RoomClosed, RoomOver, TooManyRoomCodes, UnknownRoom
from feedback.forms.account import ButtonForm
from feedback.forms.groups import picture_words
from feedback.models.proposals import Member, Room
from feedback.queries import groups as stored
from feedback.queries.collections import plain_code
from feedback.services import guessing, holding, joining
from feedback.services.guessing import Guess
from feedback.vocabulary import (
    MOST_ON_A_SCREEN,
    Audience,
    Permission,
    Presentation,
    RoomStep,
)
from feedback.web.access import named
from feedback.web.compression import compress
from feedback.web.frame import allow, db, now, parts
from feedback.web.room_words import STEPS

View = TypeVar("View", bound=Callable[..., Any])

MOST_ROOMS = 3  # that one browser remembers
TIMES = 4  # as many wrong codes as of receipts: a whole hall types one at the same time

bp = Blueprint("together", __name__, url_prefix="/together")
bp.after_request(compress)
bp.add_app_template_global(picture_words)


@dataclass(frozen=True)
class Display:
    """How somebody reads a room: in easy words or as most people do, with pictures or without."""

    easy: bool
    pictures: bool

    @property
    def presentation(self) -> Presentation:
        """The same, as surveys call it."""
        return Presentation.EASY_READ if self.easy else Presentation.STANDARD

    def say(self, usual: Any, easy: Any) -> Any:
        """One of two wordings."""
        return easy if self.easy else usual


def find_room(code: str) -> Room:
    """The room with a code; wrong codes are counted, whoever makes them.

    A browser that holds a place in the room, or that scanned its square, cannot be guessing: it
    comes in while others are kept waiting.

    Raises:
        UnknownRoom: there is none.
        TooManyRoomCodes: too many were wrong in the last minute.
    """
    if plain_code(code) in _places() or _scanned(code):
        return _by_code(code)
    most = parts().settings.wrong_codes_a_minute * TIMES
    guess = Guess("rooms", most=most, wrong=UnknownRoom, refusal=TooManyRoomCodes)
    # That a code was wrong is the one thing that is written while a page is read.
    with guessing.slowed(db(), parts().codes, guess, now=now()):
        return _by_code(code)


def _scanned(code: str) -> bool:
    """Whether this browser came by the square on the big screen."""
    key = request.args.get("key", "")
    if key and compare_digest(key.encode(), parts().codes.room_key(code).encode()):
        session["scanned"] = code
    return session.get("scanned") == code


def _by_code(code: str) -> Room:
    found = stored.by_code(db(), code)
    if found is None:
        raise UnknownRoom
    return found


def with_member(view: View) -> View:
    """A page of somebody in an open room: `view(room, member, ...)`.

    Whoever has not joined is asked to; a room that has closed shows what the group did.
    """

    @wraps(view)
    def found(code: str, **kwargs: Any) -> ResponseReturnValue:
        room = find_room(code)
        if holding.state_of(room, now=now()) != "open":
            if request.method == "POST":
                raise RoomClosed
            return redirect(url_for("together.afterwards", code=room.code), code=303)
        member = current_member(room)
        if member is None:
            return redirect(url_for("together.join", code=room.code), code=303)
        return cast(ResponseReturnValue, view(room, member, **kwargs))

    return named(cast(View, found), Permission.MEMBER)


def check_not_over(room: Room) -> None:
    """Refuse to show a room that nobody reads any more.

    Raises:
        RoomOver: it closed too many days ago.
    """
    if holding.state_of(room, now=now()) == "over":
        raise RoomOver


# Who is looking: a browser keeps a token for each of those who share it, and who it is now.


def current_member(room: Room) -> Member | None:
    """Who it is now in this browser."""
    at, tokens = _place(room.code)
    here = _members(room, tokens)
    member = here[min(at, len(here) - 1)] if here else None
    return member


def members_here(room: Room) -> list[Member]:
    """Everybody who shares this browser, in the order in which they came to it."""
    return _members(room, _place(room.code)[1])


def remember(room: Room, token: str) -> None:
    """Let this browser keep one member more; it is them now."""
    _at, tokens = _place(room.code)
    tokens = [*tokens, token][-MOST_ON_A_SCREEN:]
    _keep(room.code, len(tokens) - 1, tokens)


def switch(room: Room, member_id: int) -> bool:
    """Let it be another of those who share this browser; False where it is none of them."""
    _at, tokens = _place(room.code)
    for at, each in enumerate(_members(room, tokens)):
        if each.id == member_id:
            _keep(room.code, at, tokens)
            return True
    return False


def forget_current(room: Room) -> None:
    """Let this browser forget who it is now; the next of those who share it takes the place."""
    at, tokens = _place(room.code)
    _keep(room.code, 0, [each for number, each in enumerate(tokens) if number != at])


def holds_place(code: str) -> bool:
    """Whether this browser was let into a room; asks no database."""
    return code in _places()


def _members(room: Room, tokens: list[str]) -> list[Member]:
    hashes = [joining.token_hash(parts().codes, token) for token in tokens]
    known = stored.members_by_token(db(), room.id, hashes) if hashes else {}
    return [known[each] for each in hashes if each in known]


def _places() -> dict[str, list[Any]]:
    kept = session.get("rooms")
    return kept if isinstance(kept, dict) else {}


def _place(code: str) -> tuple[int, list[str]]:
    at, *tokens = _places().get(code) or [0]
    return int(at), [str(each) for each in tokens]


def _keep(code: str, at: int, tokens: list[str]) -> None:
    others = [(other, kept) for other, kept in _places().items() if other != code]
    mine = [(code, [at, *tokens])] if tokens else []
    session["rooms"] = dict([*others, *mine][-MOST_ROOMS:])


# Pages


def display_of(audience: Audience) -> Display:
    """As somebody chose it; young people begin in easy read."""
    for name, known in (("read", list(Presentation)), ("pictures", ["on", "off"])):
        if request.args.get(name) in known:
            session[name] = request.args[name]
    read = session.get("read")
    easy = audience is Audience.YOUNG_PERSON if read is None else read == Presentation.EASY_READ
    return Display(easy, session.get("pictures", "on") == "on")


def shown(page: str, room: Room, member: Member | None, **more: Any) -> str:
    """A page of a room: `templates/together/{page}.html`, which extends `together/frame.html`.

    Templates get `room`, `group`, `member`, `display` and a `form` for their buttons.
    """
    allow("connect-src")  # the page asks whether there is something new
    steps = list(RoomStep)
    return render_template(
        f"together/{page}.html",
        **{
            "room": room,
            "group": room.group,
            "member": member,
            "display": display_of(room.group.audience),
            "others_here": len(_place(room.code)[1]) > 1,
            "steps": [step_words(each) for each in steps],
            "step_at": steps.index(room.step),
            "complete_languages": list(languages.OFFERED),
            "form": ButtonForm(),
            **more,
        },
    )


def step_words(step: RoomStep) -> tuple[str, str]:
    """What a step is called, as most people read it and in easy words."""
    usual, easy = STEPS[step]
    return str(usual), str(easy)
