import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.outputs.line_charts import Look, Point, Stretch, line_chart
from feedback.outputs.looks import state_icon

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
VALUES = [78, 81, 80, 83, 79, 82, 64, 60, 62, 77, 80, 82, 81]
FALL = [
    Point(f"3 {MONTHS[at % 12]}", value, state=Look.WORSE if value < 70 else Look.COMMON)
    for at, value in enumerate(VALUES)
]
USUAL = [Stretch(1, 13, 77, 66, 88)]
TAGS = {"svg", "title", "desc", "defs", "pattern", "path", "rect", "text", "line", "circle"}
SMALL = pytest.mark.parametrize("small", [False, True])
ATTACKS = [
    "</text><script>alert(1)</script>",
    "</title></svg><img src=x onerror=alert(1)>",
    '" onload="alert(1)',
    "' onload='alert(1)",
    "<![CDATA[<script>alert(1)</script>]]>",
    "a\x00b\x0b<c",
]


def written(points, stretches=(), **given):
    words = {"chart_id": "m1", "title": "Glad they came", "description": "Mostly the same"}
    scale = {"low": 0, "high": 100, "ticks": [0, 50, 100]}
    return line_chart(points, stretches, **words | scale | given)


def drawn(points, stretches=(), **given):
    return ET.fromstring(re.sub(' xmlns="[^"]*"', "", written(points, stretches, **given)))


def of(svg, look):
    return [part for part in svg.iter() if look in (part.get("class") or "").split()]


def words(svg, look):
    return [part.text for part in of(svg, look)]


def number(part, name):
    return float(part.get(name).removesuffix("%").removesuffix("em"))


def place(part):
    """Where the middle of a point is drawn."""
    across, down = ("cx", "cy") if part.tag == "circle" else ("x", "y")
    return number(part, across), number(part, down)


def points_of(values, **given):
    return [Point(str(at), value, **given) for at, value in enumerate(values, start=1)]


def series():
    point = st.builds(
        Point,
        st.text(max_size=12),
        st.none() | st.floats(0, 100),
        state=st.sampled_from([Look.COMMON, Look.BETTER, Look.WORSE, Look.NEITHER]),
        set_aside=st.booleans(),
        lower=st.none() | st.floats(-50, 40),
        upper=st.none() | st.floats(60, 150),
        mark=st.sampled_from(["", "", "A"]),
    )
    return st.lists(point | st.builds(Point, st.text(), st.none(), st.just(True)), min_size=1,
                    max_size=60)  # fmt: skip


@SMALL
def test_a_chart_is_one_picture_with_a_name_and_a_description(small):
    svg = drawn(FALL, USUAL, small=small)

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "m1-title m1-desc"
    assert svg.find("title[@id='m1-title']").text == "Glad they came"
    assert svg.find("desc[@id='m1-desc']").text == "Mostly the same"


def test_two_charts_of_a_page_share_no_id():
    charts = [drawn(FALL, USUAL, chart_id=name) for name in ("m1", "m2")]
    ids = [part.get("id") for svg in charts for part in svg.iter() if part.get("id")]

    assert len(ids) == len(set(ids)) == 6


@SMALL
def test_a_chart_keeps_the_strictest_content_security_policy(small):
    text = written(FALL, USUAL, small=small, target=80, target_label="Our aim")

    assert "style" not in text
    assert "<script" not in text
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_in_a_chart_are_words_only(attack):
    points = [Point(attack, 1, mark=attack), Point(attack, None, hidden=True)]
    svg = drawn(
        points, title=attack, description=attack, unit=attack, target=5, target_label=attack,
        hidden_words=attack, written=lambda number: attack,
    )  # fmt: skip

    assert {part.tag for part in svg.iter()} <= TAGS
    assert not [name for part in svg.iter() for name in part.attrib if name.startswith("on")]
    assert svg.find("title").text == attack.replace("\x00", "").replace("\x0b", "")


@given(series(), st.booleans(), st.booleans(), st.text(), st.floats(0, 100))
def test_nothing_is_ever_drawn_outside_its_box(points, right_to_left, small, label, target):
    half = len(points) // 2
    stretches = [Stretch(1, half, 50, 20, 80)] if half else []
    stretches.append(Stretch(half + 1, len(points), 40, -30, 130, joined=False))
    svg = drawn(
        points, stretches, right_to_left=right_to_left, small=small, target=target,
        target_label=label, hidden_words="hidden",
    )  # fmt: skip
    height = number(svg, "height")

    for part in svg.iter():
        for name in ("x", "cx", "x1", "x2"):
            if part.get(name):
                assert 0 <= number(part, name) <= 100
        for name in ("y", "cy", "y1", "y2"):
            if part.get(name):
                assert 0 <= number(part, name) <= height
        if part.tag == "rect":
            assert number(part, "x") + number(part, "width") <= 100.02
            assert number(part, "y") + number(part, "height") <= height + 0.02


@given(series())
def test_every_known_value_has_its_point_and_no_hidden_one_has(points):
    svg = drawn(points)

    assert len(of(svg, "chart__point")) == sum(point.value is not None for point in points)
    assert len(of(svg, "chart__hidden")) == sum(point.hidden for point in points)


@given(series(), st.booleans())
def test_a_chart_from_the_right_is_the_mirror_of_one_from_the_left(points, small):
    left, right = (
        [place(part) for part in of(drawn(points, right_to_left=turned, small=small),
                                    "chart__point")]
        for turned in (False, True)
    )  # fmt: skip

    assert [down for _, down in left] == [down for _, down in right]
    assert [100 - x for x, _ in left] == pytest.approx([x for x, _ in right], abs=0.02)


def test_points_stand_in_order_and_as_high_as_their_values():
    places = [place(part) for part in of(drawn(FALL), "chart__point")]
    across = [x for x, _ in places]
    (_, one), (_, two) = places[0], places[6]

    assert across == sorted(set(across))
    assert two - one == pytest.approx(11 * (78 - 64) / 100, abs=0.01)


def test_a_signal_differs_in_shape_and_not_in_colour_alone():
    looks = [Look.COMMON, Look.BETTER, Look.WORSE, Look.NEITHER]
    svg = drawn([Point("", 50, state=look) for look in looks])
    common, *others = of(svg, "chart__point")

    assert common.tag == "circle"
    assert len({part.find("path").get("d") for part in others}) == 3


def test_a_line_goes_from_each_value_to_the_next():
    lines = of(drawn(FALL), "chart__line")
    places = [place(part) for part in of(drawn(FALL), "chart__point")]

    assert len(lines) == 12
    for line, begin, end in zip(lines, places, places[1:], strict=False):
        assert (number(line, "x1"), number(line, "y1")) == begin
        assert (number(line, "x2"), number(line, "y2")) == end


def test_no_line_leads_over_a_gap_or_a_hidden_value():
    gap, hidden = Point("", None), Point("", None, hidden=True)
    one, two, three = points_of([10, 20, 30])

    assert not of(drawn([one, gap, two, hidden, three]), "chart__line")
    assert len(of(drawn([one, two, hidden, three]), "chart__line")) == 1


def test_no_line_leads_to_another_scale():
    points = points_of([10, 12, 60, 61])
    rebased = [Stretch(1, 2, 11, 5, 17), Stretch(3, 4, 60, 55, 65)]
    broken = [rebased[0], Stretch(3, 4, 60, 55, 65, joined=False)]

    assert len(of(drawn(points, rebased), "chart__line")) == 3
    assert not of(drawn(points, rebased), "chart__break")
    assert len(of(drawn(points, broken), "chart__line")) == 2
    assert len(of(drawn(points, broken), "chart__break")) == 1


def test_what_is_set_aside_is_hollow_and_joined_by_dashes_only():
    points = [Point("", 10), Point("", 90, set_aside=True, state=Look.BETTER), Point("", 20)]
    svg = drawn(points)

    (aside,) = of(svg, "chart__point--aside")
    assert aside.get("fill") == "none"
    assert not of(svg, "chart__line")
    assert all(line.get("stroke-dasharray") for line in of(svg, "chart__aside"))
    assert len(of(svg, "chart__aside")) == 2


def test_hidden_values_look_alike_and_say_so_once():
    points = [Point("", 10), Point("", None, hidden=True), Point("", None, hidden=True)]
    svg = drawn(points, hidden_words="hidden (small group)")
    one, two, key = of(svg, "chart__hidden")

    assert (one.get("width"), one.get("height")) == (two.get("width"), two.get("height"))
    assert key.get("fill") == "url(#m1-hatch)"
    assert words(svg, "chart__label").count("hidden (small group)") == 1
    none = drawn([Point("", 10), Point("", None)], hidden_words="hidden (small group)")
    assert not of(none, "chart__hidden")


def test_limits_never_tell_how_few_a_hidden_point_rests_on():
    shown = Point("", 50, lower=40, upper=60)
    plain, limited = Point("", None, hidden=True), Point("", None, True, lower=5, upper=95)

    assert written([shown, limited, shown]) == written([shown, plain, shown])


def test_limits_of_one_stretch_are_one_band_and_own_limits_are_steps():
    one = drawn(FALL, USUAL)
    own = drawn([Point("", 50, lower=40 - at, upper=60 + at) for at in range(5)],
                [Stretch(1, 5, 50, None, None)])  # fmt: skip

    assert len(of(one, "chart__band")) == 1
    assert len(of(one, "chart__limit")) == 2
    bands = of(own, "chart__band")
    heights = [number(band, "height") for band in bands]
    assert heights == sorted(set(heights)) and len(heights) == 5
    assert len(of(own, "chart__middle")) == 1


def test_a_limit_beyond_the_chart_ends_its_band_there_and_has_no_line():
    svg = drawn(points_of([80, 90]), [Stretch(1, 2, 85, 70, 104)])
    (band,) = of(svg, "chart__band")

    assert number(band, "height") == pytest.approx(11 * 0.3)
    assert len(of(svg, "chart__limit")) == 1


def test_the_last_known_value_is_written_beside_its_point():
    svg = drawn([*points_of([10, 42.5]), Point("", None)], unit="%")
    (value,) = of(svg, "chart__value--last")

    assert value.text == "42.5%"
    assert number(value, "x") == place(of(svg, "chart__point")[-1])[0]
    assert value.get("dx") == "0.7em"
    mirrored = drawn([*points_of([10, 42.5]), Point("", None)], right_to_left=True)
    assert of(mirrored, "chart__value--last")[0].get("dx") == "-0.7em"


def test_the_value_of_the_last_period_ends_at_the_edge():
    for right_to_left, edge in ((False, "100%"), (True, "0%")):
        (value,) = of(
            drawn(points_of([10, 42.5]), right_to_left=right_to_left), "chart__value--last"
        )
        assert (value.get("x"), value.get("text-anchor")) == (edge, "end")


def test_numbers_are_written_as_the_language_has_them():
    svg = drawn(
        points_of([2.5]), ticks=[0, 50], written=lambda number: f"{number:.1f}".replace(".", ",")
    )

    assert words(svg, "chart__tick") == ["0,0", "50,0"]
    assert words(svg, "chart__value--last") == ["2,5"]


def test_a_long_unit_stands_above_the_chart_once():
    assert "weeks" in words(drawn(FALL, unit=" weeks"), "chart__label")
    assert words(drawn(FALL, unit=" weeks"), "chart__tick") == ["0", "50", "100"]
    assert words(drawn(FALL, unit="%"), "chart__tick") == ["0%", "50%", "100%"]


def test_a_number_below_nothing_keeps_its_sign_in_front_in_every_direction():
    assert words(drawn(points_of([-5]), low=-10, ticks=[]), "chart__value--last") == [
        "\u200e\u22125"
    ]


@pytest.mark.parametrize("count", [2, 3, 12, 13, 31, 60])
@pytest.mark.parametrize("label", ["3 Mar", "2", "19 September 2031"])
def test_labels_fit_a_phone_side_by_side(count, label):
    svg = drawn([Point(label, 50) for _ in range(count)], unit="%")
    wide = 3 * len(label)  # per cent of a phone of 320 px
    starts = []
    for part in of(svg, "chart__label"):
        back = {"middle": wide / 2, "end": wide}.get(part.get("text-anchor"), 0)
        starts.append(number(part, "x") - back)

    assert starts[0] >= 0 and starts[-1] + wide <= 100
    assert all(two - one >= wide for one, two in pairwise(starts))


def test_the_first_and_the_last_period_are_named():
    points = [Point(f"P{at}", 50) for at in range(60)]
    labels = words(drawn(points), "chart__label")

    assert labels[0] == "P0" and labels[-1] == "P59"
    assert 3 <= len(labels) <= 15


def test_a_mark_stands_over_its_point_and_close_ones_in_rows():
    points = [Point("", 50, mark=mark) for mark in ["", "A", "B", *[""] * 27, "C"]]
    svg = drawn(points)
    one, two, three = (place(mark) for mark in of(svg, "chart__mark"))
    dots = [place(part) for part in of(svg, "chart__point")]

    assert [one[0], two[0], three[0]] == [dots[at][0] for at in (1, 2, 30)]
    assert one[1] == three[1] < two[1] < dots[0][1]
    assert {"A", "B", "C"} < set(words(svg, "chart__value"))
    assert number(svg, "height") > number(drawn(points_of([50] * 31)), "height")


def test_a_mark_of_two_letters_stands_inside_its_ring():
    svg = drawn([Point("", 50, mark=mark) for mark in ["A", *[""] * 9, "BC"]])
    one, two = of(svg, "chart__mark")

    assert number(two, "r") > number(one, "r")


def test_a_target_is_a_dotted_line_with_its_words_out_of_the_way():
    over = drawn(points_of([90] * 9), target=80, target_label="Our aim")
    under = drawn(points_of([70] * 9), target=80, target_label="Our aim")
    (line,), (low,), (high,) = (
        of(over, "chart__target"),
        of(over, "chart__said"),
        of(under, "chart__said"),
    )

    assert line.get("stroke-dasharray")
    assert number(high, "y") < number(line, "y1") < number(low, "y")
    assert not of(drawn(FALL), "chart__target")


def test_a_small_chart_has_lines_signals_and_the_last_value_only():
    points = [*FALL[:5], Point("3 Jun", 70, mark="A"), *FALL[6:]]
    svg = drawn(points, USUAL, small=True, unit="%", target=80, target_label="Our aim")

    assert number(svg, "height") == pytest.approx(5)
    assert [part.text for part in of(svg, "chart__value--last")] == ["81%"]
    assert len(svg.findall(".//text")) == 1
    assert len(of(svg, "chart__point--worse")) == 3
    assert of(svg, "chart__target")


def test_small_charts_side_by_side_end_alike():
    floors = {
        of(drawn(points_of([50] * count), small=True), "chart__axis")[0].get("x2")
        for count in (1, 6, 24, 60)
    }

    assert len(floors) == 1


@SMALL
def test_a_single_point_a_hidden_series_and_a_stretch_for_each_point_can_be_drawn(small):
    assert len(of(drawn(points_of([50]), [Stretch(1, 1, 50, None, None)]), "chart__point")) == 1
    hidden = drawn([Point("3 Mar", None, hidden=True)] * 3, small=small)
    assert not of(hidden, "chart__point") and not of(hidden, "chart__value--last")
    each = [Stretch(at, at, 50, 40 + at, 60) for at in range(1, 6)]
    assert len(of(drawn(points_of([50] * 5), each, small=small), "chart__band")) == 5


@pytest.mark.parametrize("value", [-1, 101, float("nan"), float("inf")])
def test_a_value_outside_the_chart_is_refused(value):
    for wrong in (
        {"points": points_of([value])},
        {"points": FALL, "target": value},
        {"points": FALL, "ticks": [value]},
        {"points": FALL, "stretches": [Stretch(1, 13, value, None, None)]},
    ):
        with pytest.raises(ValueError, match="lies from 0 to 100"):
            drawn(**wrong)


def test_a_hidden_point_with_a_value_is_refused():
    with pytest.raises(ValueError, match="hidden point has no value"):
        drawn([Point("", 50, hidden=True)])


@pytest.mark.parametrize("count", [0, 61])
def test_no_points_and_too_many_are_refused(count):
    with pytest.raises(ValueError, match="1 to 60 points"):
        drawn(points_of([50] * count))


@pytest.mark.parametrize(
    "ends", [[(0, 5)], [(1, 14)], [(5, 4)], [(1, 8), (8, 13)], [(8, 13), (1, 7)]]
)
def test_stretches_that_overlap_or_leave_the_chart_are_refused(ends):
    with pytest.raises(ValueError, match="stretch"):
        drawn(FALL, [Stretch(first, last, 50, None, None) for first, last in ends])


@pytest.mark.parametrize("limits", [(60, 40), (float("nan"), 60), (None, float("inf"))])
def test_limits_that_are_none_are_refused(limits):
    with pytest.raises(ValueError, match="limits"):
        drawn([Point("", 50, lower=limits[0], upper=limits[1])])
    with pytest.raises(ValueError, match="limits"):
        drawn(FALL, [Stretch(1, 13, 50, *limits)])


def test_other_things_that_would_mislead_are_refused():
    with pytest.raises(ValueError, match="under its top"):
        drawn(FALL, low=100, high=100)
    with pytest.raises(ValueError, match="common, better, worse or neither"):
        drawn([Point("", 50, state=Look.TOO_EARLY)])
    with pytest.raises(ValueError, match="cannot be an id"):
        drawn(FALL, chart_id='m1" onload="x')


def test_each_icon_has_a_shape_of_its_own_and_a_name():
    pictures = [ET.fromstring(state_icon(look, words=look)) for look in Look]
    name = "{http://www.w3.org/2000/svg}"
    shapes = {tuple(path.get("d") for path in svg.iter(f"{name}path")) for svg in pictures}

    assert len(shapes) == len(Look) == 6
    for look, svg in zip(Look, pictures, strict=True):
        assert svg.get("role") == "img" and svg.get("width") == "1.5em"
        assert svg.find(f"{name}title").text == look
        assert "style" not in svg.attrib


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_of_an_icon_are_words_only(attack):
    svg = ET.fromstring(state_icon(Look.BETTER, words=attack))

    assert [part.tag.split("}")[1] for part in svg.iter()] == ["svg", "title", "path"]
