"""Pictures that people bring in are kept once, found by their words, and never lost."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from feedback.errors import NotAPicture, PictureTooHeavy
from feedback.models.oversight import AuditEvent
from feedback.models.pictures import UploadedPicture
from feedback.queries import pictures
from feedback.questionnaire import Picture
from feedback.services import picturing
from feedback.settings import picture_index

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4"/></svg>'


def photograph(colour: str = "green") -> bytes:
    file = BytesIO()
    Image.new("RGB", (30, 20), colour).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def keep(session, officer, now):
    """Brings in a picture as the officer does."""

    def kept(content: bytes = DRAWING, *words: str, credit: str = "", **more) -> UploadedPicture:
        return picturing.keep(
            session, content, words or ("the hub",), credit, officer.id, now=now, **more
        )

    return kept


@pytest.fixture(autouse=True)
def _built() -> None:
    if not picture_index():
        pytest.skip("the pictures are not built")


def names(found: list[pictures.FoundPicture]) -> list[str]:
    return [picture.name for picture in found]


def count(session, of) -> int:
    return session.scalar(select(func.count()).select_from(of))


# Keeping


def test_a_picture_is_kept_as_we_wrote_it(keep, session, officer, now):
    kept = keep(photograph(), "the hub", "room", credit="  Ana P. ")
    session.expire_all()
    found = pictures.by_name(session, kept.name)

    assert found.media == "image/webp"
    assert (found.width, found.height) == (30, 20)
    assert Image.open(BytesIO(found.content)).size == (30, 20)
    assert found.words == ["the hub", "room"]
    assert found.credit == "Ana P."
    assert found.uploaded_by_id == officer.id
    assert found.uploaded_at == now


def test_its_name_can_stand_in_a_survey(keep):
    assert Picture(name=keep().name, decorative=True).name == keep().name


def test_the_same_picture_brought_twice_is_kept_once_and_found_by_both_words(keep, session):
    first = keep(DRAWING, "the hub", "Room", credit="Ana")
    second = keep(DRAWING + b"\n<!-- again -->", "our place", "room", credit="Ben")

    assert first.name == second.name
    assert count(session, UploadedPicture) == 1
    assert second.words == ["the hub", "Room", "our place"]
    assert second.credit == "Ana"


def test_a_credit_that_was_forgotten_can_be_added(keep):
    keep(DRAWING, "the hub")
    assert keep(DRAWING, "the hub", credit="Ana").credit == "Ana"


def test_who_brought_a_picture_is_noted_once(keep, session, officer):
    kept = keep()
    keep()
    [note] = session.scalars(select(AuditEvent))
    assert (note.user_id, note.action, note.subject) == (officer.id, "bring in picture", kept.name)


@pytest.mark.parametrize(
    ("content", "refusal"), [(b"MZ", NotAPicture), (b"GIF89a" + b"\0" * 5_000_001, PictureTooHeavy)]
)
def test_a_file_that_is_refused_leaves_nothing(keep, session, content, refusal):
    with pytest.raises(refusal):
        keep(content)
    assert count(session, UploadedPicture) == count(session, AuditEvent) == 0


def test_how_large_a_file_may_be_is_the_host_s_choice(keep):
    with pytest.raises(PictureTooHeavy):
        keep(largest=50)


def test_words_are_tidied_and_not_too_many(keep):
    kept = keep(DRAWING, "  the\n hub ", "", " ", "THE HUB", "x" * 200, *map(str, range(50)))
    assert kept.words[:2] == ["the hub", "x" * 80]
    assert len(kept.words) == 20


# Finding


def test_a_picture_is_found_by_its_words_before_those_of_the_sets(keep, session):
    kept = keep(photograph(), "bus stop at the hub", "bus")
    found = pictures.find(session, "bus stop", 5)
    assert kept.name in names(found)
    assert len(found) == 5
    assert names(pictures.find(session, "hub"))[1:] != []
    assert names(pictures.find(session, "the hub stop", of="upload")) == [kept.name]


def test_what_is_found_says_what_it_shows_and_whom_it_is_owed_to(keep, session):
    kept = keep(photograph(), "our hub", "place", credit="Ana")
    [found] = pictures.find(session, "our hub", of="upload")
    assert found == (kept.name, ("our hub", "place"), "Ana")
    assert (found.shows, found.set) == ("our hub", "upload")
    [bus, *_] = pictures.find(session, "bus")
    assert (bus.shows, bus.set, bus.credit) == ("bus", "openmoji", "OpenMoji, CC BY-SA 4.0")


def test_without_words_the_newest_of_our_own_comes_first(keep, session):
    older, newer = keep(photograph("red"), "a"), keep(photograph("blue"), "b")
    found = pictures.find(session, "", 3)
    assert names(found)[:2] == [newer.name, older.name]
    assert found[2].set == "own"
    everything = pictures.find(session, "  ")
    assert len(everything) == len(set(names(everything))) == len(picture_index()) + 2


def test_one_set_can_be_looked_at_by_itself(keep, session):
    keep()
    for each, many in pictures.counts(session).items():
        assert {found.set for found in pictures.find(session, "", of=each)} == {each}
        assert len(pictures.find(session, "", of=each)) == many
    assert names(pictures.find(session, "doctor", of="own")) == []


def test_a_question_is_proposed_what_was_brought_in_too(keep, session):
    kept = keep(photograph(), "sensory room", "calm corner")
    proposed = names(pictures.propose(session, "Did you like the sensory room?"))
    assert proposed[0] == kept.name
    assert len(set(proposed)) == 6
    again = names(pictures.propose(session, "Did you like the sensory room?", without=proposed))
    assert not set(proposed) & set(again)


def test_all_names_are_known_for_looking_through_a_survey(keep, session):
    kept = keep()
    known = pictures.names(session)
    assert {kept.name, "own/autism", "openmoji/bus"} <= known
    assert len(known) == len(picture_index()) + 1


def test_a_picture_is_known_by_its_name(keep, session):
    kept = keep(DRAWING, "the hub")
    assert pictures.known(session, kept.name).shows == "the hub"
    assert pictures.known(session, "own/autism").shows == "autism"
    for nobody in (
        "",
        "own/nobody",
        "upload/",
        f"upload/{'0' * 64}",
        "../secret",
        "x" * 500,
        "upload/\0",
    ):
        assert pictures.known(session, nobody) is None
        assert pictures.by_name(session, nobody) is None


def test_looking_through_the_pictures_does_not_fetch_them(keep, session):
    keep()
    session.flush()
    session.expunge_all()
    pictures.find(session, "hub")
    pictures.names(session)
    assert not [each for each in session.identity_map.values() if isinstance(each, UploadedPicture)]
