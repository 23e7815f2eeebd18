"""What all pages of workers about groups share: which group, which room."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort
from flask_login import current_user
from markupsafe import Markup

from feedback.models.proposals import Room, VoiceGroup
from feedback.queries import groups as stored
from feedback.web.frame import db

bp = Blueprint("groups", __name__, url_prefix="/staff/groups")

GROUP = "/<int(max=2147483647):group_id>"
ROOM = "/rooms/<int(max=2147483647):room_id>"


def the_group(group_id: int) -> VoiceGroup:
    """The group that an address names, or no such page."""
    found = stored.one(db(), group_id)
    if found is None:
        abort(404)
    return found


def the_room(room_id: int, *, lock: bool = False) -> Room:
    """The room that an address names, if whoever is signed in may see it; or no such page."""
    found = stored.room(db(), room_id, only_of=current_user.only_of, lock=lock)
    if found is None:
        abort(404)
    return found


# What other files of this door have to say on the page of a group and on the page of a room.

Part = Callable[[Any], str]
BESIDE_GROUP: list[Part] = []
BESIDE_ROOM: list[Part] = []


def on_group_page(part: Callable[[VoiceGroup], str]) -> Callable[[VoiceGroup], str]:
    """Let a part stand on the page of a group: rendered markup, or nothing."""
    BESIDE_GROUP.append(part)
    return part


def on_room_page(part: Callable[[Room], str]) -> Callable[[Room], str]:
    """Let a part stand on the page that a worker holds a room from: markup, or nothing."""
    BESIDE_ROOM.append(part)
    return part


def beside(parts: list[Part], what: Any) -> list[Markup]:
    """What those parts say, without those that have nothing to say."""
    said = [part(what) for part in parts]
    return [Markup(words) for words in said if words.strip()]  # noqa: S704 -- templates wrote it
