"""Profiles: what may be in a file, what is compared, and what is never given back."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.analysis.disclosure import hide_choices, hide_counts
from feedback.analysis.intervals import wilson_interval
from feedback.analysis.profile_files import LARGEST_FILE, MOST_LINES, Odd, Wrong, read_profile
from feedback.analysis.profiles import (
    NOT_IN_EDUCATION,
    Group,
    NoWeights,
    Profile,
    compare,
    not_in_education,
    weights_of,
)
from feedback.analysis.sheets import sheets_of
from feedback.analysis.weighting import rake
from feedback.outputs.shorthand import bank

AREAS = {"north": "North Brackenshore", "south": "South Brackenshore", "east": "East"}
BANDS = {"to_4": "0 to 4", "5_to_10": "5 to 10", "11_to_15": "11 to 15"}
DAY = date(2026, 1, 15)
TODAY = date(2026, 11, 2)


def read(content, known=AREAS, **more):
    return read_profile(content, known, **{"day": DAY, "today": TODAY, **more})


def wrong(found):
    return [(each.what, each.line) for each in found.problems]


def odd(found):
    return [each.what for each in found.warnings]


def profile(**people) -> Profile:
    base = sum(people.values())
    groups = tuple(Group(code, count, count / base) for code, count in people.items())
    return Profile("area", "parent", groups, "A census", DAY, base)


# Reading


@pytest.mark.parametrize(
    "content",
    [
        "group,people\nnorth,100\nsouth,250\neast,1150\n",
        "\ufeffgroup,people\r\nnorth,100\r\nsouth,250\r\neast,1150\r\n".encode(),
        "Group ; People \n\nnorth;100\n\nSouth Brackenshore;250\nEAST;1.150",
        'people,name\n"100",north\n250,"south brackenshore"\n"1,150",East\n',
        "code\tname\tn\nnorth\tx\t100\nsouth\ty\t250\neast\tz\t1 150",
        'group,name,people\nnorth,"North, Brackenshore",100\nsouth,,250\neast,,"1\u00a0150"',
        "group,people\nnorth,١٠٠\nsouth,250\neast,1'150",
    ],
)
def test_people_are_read_however_a_table_program_writes_them(content):
    found = read(content)

    assert not found.problems and not found.warnings
    assert [(each.code, each.people) for each in found.groups] == [
        ("north", 100),
        ("south", 250),
        ("east", 1150),
    ]
    assert found.base == 1500 and found.groups[0].share == pytest.approx(1 / 15)


@pytest.mark.parametrize(
    "content",
    [
        "group,share\nnorth,33.3\nsouth,33.3\neast,33.3",
        'group;share\nnorth;"33,3 %"\nsouth;33,3%\neast;33.3',
        "Group,Per cent\nnorth,33.3%\nsouth,33.3%\neast,33.3%",
    ],
)
def test_shares_that_are_rounded_need_no_warning(content):
    found = read(content, base=300)

    assert not found.problems and not found.warnings
    assert [each.share for each in found.groups] == pytest.approx([0.333] * 3)
    assert found.base == 300 and found.groups[0].people is None


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("west,5", Wrong.UNKNOWN),
        ("north,5", Wrong.TWICE),
        ("North Brackenshore,5", Wrong.TWICE),
        ("south,-5", Wrong.NEGATIVE),
        ("south,−5", Wrong.NEGATIVE),
        ("south,many", Wrong.NOT_A_NUMBER),
        ("south,12.5", Wrong.NOT_A_NUMBER),
        ("south,nan", Wrong.NOT_A_NUMBER),
        ("south,1e3", Wrong.NOT_A_NUMBER),
        ("south,=1+1", Wrong.FORMULA),
        ("=cmd|x,5", Wrong.FORMULA),
        ("south,+5", Wrong.FORMULA),
        ("@south,5", Wrong.FORMULA),
        ("-south,5", Wrong.FORMULA),
        ("south", Wrong.TOO_SHORT),
        ("south,2000000", Wrong.TOO_MANY),
    ],
)
def test_a_wrong_line_is_named(lines, problem):
    found = read(f"group,people\nnorth,10\n{lines}\neast,20")

    assert wrong(found) == [(problem, 3)] and found.groups == ()


def test_every_wrong_line_is_said_at_once():
    found = read("group,people\nnorth,x\nwest,5\neast,-1")

    assert wrong(found) == [(Wrong.NOT_A_NUMBER, 2), (Wrong.UNKNOWN, 3), (Wrong.NEGATIVE, 4)]


@pytest.mark.parametrize("band", ["5 to 11", "5-11", "5–11", "10 to 12", "up to 5", "9+", "7"])
def test_ages_that_overlap_are_refused(band):
    known = {**BANDS, "other": band}
    found = read(f"group,people\n5_to_10,10\n{band},20", known, ages=True)
    assert wrong(found) == [(Wrong.OVERLAP, 3)]
    assert wrong(read(f"group,people\n5 to 10,10\n{band},20", BANDS, ages=True)) == [
        (Wrong.OVERLAP, 3)
    ]


def test_ages_that_only_touch_are_taken():
    assert not read("group,people\n0 to 4,5\n5_to_10,10\n11 to 15,20", BANDS, ages=True).problems


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", Wrong.EMPTY),
        (b"\xef\xbb\xbf", Wrong.EMPTY),
        ("\n \n,,\n", Wrong.EMPTY),
        ("group,people\n", Wrong.EMPTY),
        ("group,people\nnorth,\nsouth,", Wrong.EMPTY),
        ("group,people\nnorth,0\nsouth,0", Wrong.NOBODY),
        ("north,10\nsouth,20", Wrong.NO_HEADER),
        ("group\nnorth", Wrong.NO_HEADER),
        ("group,people\n" + "north,1\n" * (MOST_LINES + 1), Wrong.TOO_LARGE),
        ("x" * (LARGEST_FILE + 1), Wrong.TOO_LARGE),
        (b"group,people\nnorth,\xff\xfe", Wrong.NOT_TEXT),
        ("group,people\nnorth,1\0", Wrong.NOT_TEXT),
        ('group,people\nnorth,"1', Wrong.NOT_TEXT),
        ("group,share\nnorth,40\nsouth,60", Wrong.NO_BASE),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content, problem):
    assert [each.what for each in read(content).problems] == [problem]


def test_no_base_and_a_day_to_come_are_refused():
    content = "group,people\nnorth,10"
    assert wrong(read(content, base=0)) == [(Wrong.BASE_ZERO, 0)]
    assert wrong(read(content, day=date(2026, 11, 3))) == [(Wrong.TO_COME, 0)]
    assert not read(content, day=TODAY).problems


def test_what_looks_odd_is_said_and_stops_nothing():
    missing = read("group,people\nnorth,10\nsouth,20\neast,")
    assert odd(missing) == [Odd.MISSING]
    assert missing.warnings[0].facts["groups"] == ("East",)

    off = read("group,people\nnorth,10\nsouth,20\neast,30", base=75)
    assert odd(off) == [Odd.NOT_BASE] and off.warnings[0].facts["by"] == 15
    assert off.groups[0].share == pytest.approx(10 / 75)

    short = read("group,share\nnorth,30\nsouth,30\neast,30", base=100)
    assert odd(short) == [Odd.NOT_100] and short.warnings[0].facts["total"] == 90
    assert odd(read("group,share\nnorth,33\nsouth,33\neast,33", base=100)) == []

    parts = read("group,share\nnorth,0.5\nsouth,0.25\neast,0.25", base=100)
    assert odd(parts) == [Odd.PARTS_OF_ONE]
    assert [each.share for each in parts.groups] == [0.5, 0.25, 0.25]


@given(st.one_of(st.text(max_size=300), st.binary(max_size=300)))
def test_anything_can_be_handed_in(content):
    found = read(content, base=10)
    assert bool(found.problems) != bool(found.groups)


# Comparing


def shown(counted, listed=None, apart=()):
    """What is shown of people who are in one group each, over all the time."""
    year = {frozenset([code]): people for code, people in counted.items() if people}
    listed = list(counted) if listed is None else listed
    others = [code for code in counted if code not in listed]
    return sheets_of([year], listed, 5, others=others, apart=apart).whole


def compared(counted, against):
    codes = [group.code for group in against.groups]
    return compare(shown(counted, codes).seen(codes), against)


def test_shares_are_of_the_groups_of_the_profile_on_both_sides():
    found = compared({"north": 30, "south": 70, "elsewhere": 900}, profile(north=60, south=40))
    north, south = found.lines

    assert found.base.count == 100
    assert (north.share.per_cent, north.there, north.gap) == (30, 60.0, -30.0)
    assert (south.share.per_cent, south.there, south.gap) == (70, 40.0, 30.0)
    assert found.heard_less == ("north",) and found.not_heard == ()


@given(st.integers(10, 400), st.integers(10, 400), st.integers(1, 99))
def test_clearly_less_is_said_exactly_where_the_interval_lies_under_the_share(a, b, there):
    found = compared({"a": a, "b": b}, profile(a=there, b=100 - there))
    assert found.lines[0].clearly_less == (wilson_interval(a, a + b).upper < there / 100)


@given(st.integers(0, 4), st.integers(0, 4))
def test_nobody_and_a_few_read_the_same(few, fewer):
    def said(count):
        # what changes with the few is made up for among the hidden
        counted = {"a": count, "b": 12 - count, "c": 80, "d": 90}
        return compared(counted, profile(a=10, b=20, c=30, d=40))

    assert said(few) == said(fewer)
    assert "a" in said(few).not_heard and "b" in said(few).not_heard


def test_with_too_few_altogether_nothing_is_said():
    found = compared({"a": 2, "b": 2}, profile(a=10, b=20))
    assert found.base.hidden and set(found.not_heard) == {"a", "b"} and not found.heard_less
    assert all(line.gap is None and line.share is None for line in found.lines)


def test_where_people_may_be_in_several_groups_shares_are_of_all_who_answered():
    seen = hide_choices({"a": 60, "b": 70}, 100, 5)
    found = compare(seen, profile(a=50, b=50), several=True)
    assert [line.share.per_cent for line in found.lines] == [60, 70]
    assert found.several and found.base.count == 100


# Not in education


def out(counted, groups=None):
    listed = list(groups or counted)
    sheet = shown(counted, listed, NOT_IN_EDUCATION)
    people = sum(counted[code] for code in counted if code in NOT_IN_EDUCATION)
    seen = sheet.seen(listed)
    return seen, not_in_education(sheet, counted, 5, people)


def test_the_codes_of_those_not_in_education_stand_in_the_bank():
    codes = {each["code"] for each in bank()["questions"]["setting"]["options"]}
    assert set(NOT_IN_EDUCATION) <= codes


@given(st.integers(0, 4))
def test_few_not_in_education_read_like_nobody(few):
    counted = {"primary": 50, "secondary": 60, "eotas": few, "neet": 0}
    assert out(counted)[1].few and out(counted)[1].count is None
    assert out(counted)[1] == out({**counted, "eotas": 0})[1]


def test_their_number_is_said_where_they_and_the_others_are_enough():
    seen, found = out({"primary": 50, "secondary": 60, "home": 8, "eotas": 3, "neet": 2})
    assert found.count == 13 and not found.few
    assert seen.cells["eotas"].hidden and seen.cells["neet"].hidden


def test_where_a_profile_lacks_one_of_them_only_a_least_number_is_said():
    counted = {"primary": 50, "home": 8, "eotas": 7, "neet": 2}
    _seen, found = out(counted, groups=["primary", "home", "eotas"])
    assert found.count is None and found.at_least == 15 and not found.few


@settings(max_examples=300)
@given(st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_no_small_group_is_given_back_by_the_total_of_those_not_in_education(numbers):
    codes = ("primary", "secondary", "home", "eotas", "neet")
    counted = dict(zip(codes, numbers, strict=True))
    seen, found = out(counted)
    if found.count is None:
        return
    for part in ({"home", "eotas", "neet"}, {"primary", "secondary"}):
        alone = hide_counts({code: counted[code] for code in codes if code in part}, 5)
        assert {code: seen.cells[code] for code in alone.cells} == dict(alone.cells)
        hidden = [code for code in part if seen.cells[code].hidden]
        assert len(hidden) != 1
        assert not hidden or sum(counted[code] for code in hidden) >= 5


# Weights


def test_weights_are_those_of_raking_with_what_they_cost():
    people = {("a", "x"): 60, ("a", "y"): 40, ("b", "x"): 30, ("b", "y"): 70}
    found = weights_of(people, [profile(a=3, b=7), profile(x=5, y=5)], 5)
    same = rake([[60, 40], [30, 70]], [0.3, 0.7], [0.5, 0.5])

    assert found.reasons == () and found.base == 200
    assert found.effective == pytest.approx(same.effective)
    assert found.design_effect == pytest.approx(same.design_effect)
    assert (found.smallest, found.largest) == pytest.approx((same.smallest, same.largest))
    assert [(m.group, round(m.before, 3), round(m.after, 3), m.there) for m in found.moved] == [
        ("a", 0.5, 0.3, 0.3),
        ("b", 0.5, 0.7, 0.7),
        ("x", 0.45, 0.5, 0.5),
        ("y", 0.55, 0.5, 0.5),
    ]


def test_one_profile_is_weighed_by_the_quotient_of_shares():
    found = weights_of({("a",): 80, ("b",): 20, ("z",): 500}, [profile(a=1, b=1)], 5)
    assert found.base == 100
    assert (found.smallest, found.largest) == pytest.approx((0.625, 2.5))
    assert found.effective == pytest.approx(100 / (80 * 0.625**2 + 20 * 2.5**2) * 100)


@given(st.integers(0, 4))
def test_a_group_that_is_hidden_gets_no_weights_and_no_other_reason(few):
    found = weights_of({("a",): 80, ("b",): few}, [profile(a=1, b=1)], 5)
    assert found.reasons == (NoWeights.HIDDEN,) and found.moved == ()
    cells = {("a", "x"): 60, ("a", "y"): 40, ("b", "x"): few, ("b", "y"): 70}
    two = weights_of(cells, [profile(a=1, b=1), profile(x=1, y=1)], 5)
    assert two.reasons == (NoWeights.HIDDEN,)


def test_reasons_to_refuse_are_given():
    few = weights_of({("a",): 14, ("b",): 14}, [profile(a=1, b=1)], 5)
    assert few.reasons == (NoWeights.TOO_FEW,)
    large = weights_of({("a",): 990, ("b",): 10}, [profile(a=1, b=1)], 5)
    assert NoWeights.TOO_LARGE in large.reasons


def test_weights_are_for_one_profile_or_two():
    with pytest.raises(ValueError, match="one profile or two"):
        weights_of({}, [], 5)
    assert np.isclose(sum(profile(a=1, b=3).whole_shares.values()), 1)
