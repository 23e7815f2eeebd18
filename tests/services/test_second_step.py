"""The second step: numbers from an app, each once, none from the database alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pyotp
import pytest
from sqlalchemy import select

from feedback.errors import WrongNumber, WrongPassword
from feedback.models.oversight import AuditEvent
from feedback.models.people import SignIn, User
from feedback.services import people, second_step
from feedback.services.codes import Codes
from feedback.vocabulary import PERMISSIONS_OF, Permission, Role

PASSWORD = "correct horse battery staple"
STEP = timedelta(seconds=second_step.SECONDS)
THREADS = 8


@pytest.fixture
def user(session, now) -> User:
    return people.add_user(session, "o@x.example", "Olive", Role.OFFICER, PASSWORD, now=now)


@pytest.fixture
def sign_in(session, user, now):
    token = people.begin(session, user, now=now)
    return people.signed_in(session, token, idle=timedelta(minutes=30), now=now)


@pytest.fixture
def passing(session, codes, sign_in):
    """Types a number; gives the new token."""

    def passed(typed: str, at, *, demonstration: bool = False) -> str:
        return second_step.pass_step(
            session, codes, sign_in, typed, demonstration=demonstration, now=at
        )

    return passed


def app(codes: Codes, user: User) -> pyotp.TOTP:
    """An app that has read the QR code."""
    made = pyotp.parse_uri(second_step.address_of(codes, user, "Brackenshore: SEND"))
    assert isinstance(made, pyotp.TOTP)
    return made


def test_the_roles_that_read_words_or_let_others_in_are_asked():
    asked = {role for role in Role if second_step.asked_of(role)}
    assert asked == {Role.OFFICER, Role.ADMINISTRATOR}
    for role in Role:
        if {Permission.READ_COMMENTS, Permission.EXPORT} & PERMISSIONS_OF[role]:
            assert role in asked


def test_whoever_makes_accounts_does_not_read_what_children_wrote():
    assert not PERMISSIONS_OF[Role.ADMINISTRATOR] & {Permission.READ_COMMENTS, Permission.EXPORT}


def test_the_key_is_made_from_the_secret_the_person_and_the_turn(codes, user):
    key = second_step.key_of(codes, user)
    other = User(id=user.id + 1, second_step_turn=0)
    again = User(id=user.id, second_step_turn=1)
    keys = [key, second_step.key_of(codes, other), second_step.key_of(codes, again)]
    keys.append(second_step.key_of(Codes("another secret"), user))

    assert second_step.key_of(codes, user) == key
    assert len(set(keys)) == 4
    assert len(key) == 32  # 160 bits


def test_nothing_in_the_database_tells_the_key(session, codes, user, passing, now):
    passing(app(codes, user).at(now), now)
    key = second_step.key_of(codes, user)
    kept = repr(
        [row for table in (User, SignIn) for row in session.execute(select(table.__table__))]
    )
    assert key not in kept
    assert key[:8] not in kept


def test_an_app_reads_whose_key_it_is(codes, user):
    read = app(codes, user)
    assert (read.name, read.issuer) == ("o@x.example", "Brackenshore  SEND")
    assert read.secret == second_step.key_of(codes, user)


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_a_clock_may_be_one_step_off(codes, user, passing, now, drift):
    assert passing(app(codes, user).at(now + drift * STEP), now)


@pytest.mark.parametrize("drift", [-2, 2, 100])
def test_a_number_of_another_moment_is_wrong(codes, user, passing, now, drift):
    with pytest.raises(WrongNumber):
        passing(app(codes, user).at(now + drift * STEP), now)


@pytest.mark.parametrize(
    "shape", ["{0}{1}", "{0} {1}", " {0}-{1} ", "\u200e{0}\u00a0{1}", "\t{0}{1}\n"], ids=ascii
)
def test_a_number_may_be_typed_or_pasted_in_any_shape(codes, user, passing, now, shape):
    number = app(codes, user).at(now)
    assert passing(shape.format(number[:3], number[3:]), now)


def test_a_number_may_be_typed_in_arabic_digits(codes, user, passing, now):
    number = app(codes, user).at(now)
    assert passing(number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")), now)


@pytest.mark.parametrize(
    "typed", ["", " ", "12345", "1234567", "abcdef", "123456\0", "½²³⁴⁵⁶", "x" * 5000, "123456"],
    ids=lambda typed: ascii(typed)[:20],
)  # fmt: skip
def test_anything_else_is_wrong(passing, now, typed):
    with pytest.raises(WrongNumber):
        passing(typed, now)


def test_a_number_is_taken_once(session, codes, user, passing, now):
    number = app(codes, user).at(now)
    passing(number, now)
    for later in (timedelta(), STEP):
        with pytest.raises(WrongNumber):
            passing(number, now + later)


def test_a_number_from_before_the_last_one_is_not_taken(codes, user, passing, now):
    numbers = [app(codes, user).at(now + drift * STEP) for drift in (-1, 0)]
    passing(numbers[1], now)
    with pytest.raises(WrongNumber):
        passing(numbers[0], now)


def test_of_many_browsers_with_the_same_number_one_comes_in(database, codes, now):
    with database.writing() as session, session.begin():
        user = people.add_user(session, "o@x.example", "O", Role.OFFICER, PASSWORD, now=now)
        tokens = [people.begin(session, user, now=now) for _ in range(THREADS)]
    number, ready = app(codes, user).at(now), Barrier(THREADS)

    def work(token: str) -> bool:
        ready.wait()
        with database.writing() as session, session.begin():
            mine = people.signed_in(session, token, idle=timedelta(minutes=30), now=now)
            try:
                second_step.pass_step(session, codes, mine, number, demonstration=False, now=now)
            except WrongNumber:
                return False
            return True

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(work, tokens)) == 1


def test_passing_gives_a_new_token_and_says_when(session, sign_in, codes, user, passing, now):
    before = sign_in.token_hash
    token = passing(app(codes, user).at(now), now)

    kept = session.execute(select(SignIn.token_hash, SignIn.second_step_at)).all()
    assert kept == [(people.hashed(token), now)]
    assert people.hashed(token) != before
    assert session.scalars(select(AuditEvent.action)).all() == ["set up second step"]


def test_setting_up_anew_asks_for_the_password_and_makes_the_old_app_worthless(
    session, codes, user, sign_in, passing, now
):
    old = app(codes, user)
    with pytest.raises(WrongPassword):
        second_step.set_up_anew(session, sign_in, "wrong", now=now)
    second_step.set_up_anew(session, sign_in, PASSWORD, now=now)

    with pytest.raises(WrongNumber):
        passing(old.at(now), now)
    assert user.second_step_since is None
    assert app(codes, user).secret != old.secret


@pytest.mark.parametrize(
    ("made_up", "demonstration"), [(True, False), (False, True), (False, False)]
)
def test_the_demonstration_s_number_works_nowhere_else(
    session, user, passing, now, made_up, demonstration
):
    user.demonstration = made_up
    with pytest.raises(WrongNumber):
        passing("123 456", now, demonstration=demonstration)


def test_made_up_people_of_the_demonstration_type_the_number_as_often_as_they_like(
    session, codes, user, passing, now
):
    user.demonstration = True
    first = passing("123 456", now, demonstration=True)
    sign_in = people.signed_in(session, first, idle=timedelta(minutes=30), now=now)
    second = second_step.pass_step(session, codes, sign_in, "123456", demonstration=True, now=now)

    assert first != second
    assert people.signed_in(session, second, idle=timedelta(minutes=30), now=now).second_step_at
