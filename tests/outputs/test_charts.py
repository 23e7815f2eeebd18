import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.outputs.charts import Bar, bar_chart, column_chart

HIDDEN = Bar("No", None, "hidden (small group)")
FACES = [Bar("Yes", 41), Bar("Sometimes", 20), HIDDEN]
RATING = [Bar(str(point), 2 * point) for point in range(11)]
CHARTS = pytest.mark.parametrize("chart", [bar_chart, column_chart])


def drawn(chart, bars, **given):
    words = {"chart_id": "q1", "title": "Were you listened to?", "description": "Mostly yes"}
    return ET.fromstring(re.sub(' xmlns="[^"]*"', "", chart(bars, **words | given)))


def of(svg, look):
    return svg.findall(f".//*[@class='{look}']")


def words(svg, look):
    return [part.text for part in of(svg, look)]


def number(part, name):
    return float(part.get(name).removesuffix("%").removesuffix("em"))


@CHARTS
def test_a_chart_is_one_picture_with_a_name_and_a_description(chart):
    svg = drawn(chart, FACES)

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "q1-title q1-desc"
    assert svg.find("title[@id='q1-title']").text == "Were you listened to?"
    assert svg.find("desc[@id='q1-desc']").text == "Mostly yes"


@CHARTS
def test_two_charts_of_a_page_share_no_id(chart):
    one, two = (drawn(chart, FACES, chart_id=name) for name in ("q1", "q2"))
    ids = [part.get("id") for svg in (one, two) for part in svg.iter() if part.get("id")]

    assert len(ids) == len(set(ids)) == 6
    assert of(two, "chart__hidden")[0].get("fill") == "url(#q2-hatch)"


@CHARTS
def test_a_chart_keeps_the_strictest_content_security_policy(chart):
    text = chart(FACES, chart_id="q1", title="t", description="d")

    assert "style" not in text
    assert "<script" not in text
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")


@CHARTS
@pytest.mark.parametrize(
    "attack",
    [
        "</text><script>alert(1)</script>",
        "</title></svg><img src=x onerror=alert(1)>",
        '" onload="alert(1)',
        "' onload='alert(1)",
        "<![CDATA[<script>alert(1)</script>]]>",
        "&lt;script&gt;",
        "a\x00b\x0b<c",
    ],
)
def test_words_in_a_chart_are_words_only(chart, attack):
    bars = [Bar(attack, 1, attack), Bar(attack, None, attack)]
    svg = drawn(chart, bars, title=attack, description=attack, unit=attack)

    assert {part.tag for part in svg.iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "path", "rect", "text", "line"
    }  # fmt: skip
    assert not [name for part in svg.iter() for name in part.attrib if name.startswith("on")]
    assert svg.find("title").text == attack.replace("\x00", "").replace("\x0b", "")


@given(st.text(), st.text(), st.text(), st.booleans())
def test_any_words_at_all_can_be_drawn(label, said, title, right_to_left):
    bars = [Bar(label, 1, said), Bar(label, None, said or "hidden")]

    for chart in (bar_chart, column_chart):
        drawn(chart, bars, title=title, right_to_left=right_to_left)


def test_bars_are_as_long_as_their_values():
    one, two = of(drawn(bar_chart, FACES), "chart__bar")

    assert number(two, "width") == pytest.approx(number(one, "width") * 20 / 41, abs=0.01)
    assert number(one, "x") == number(two, "x") == 0


def test_bars_of_several_charts_can_share_one_scale():
    (bar,) = of(drawn(bar_chart, [Bar("Yes", 50)], full=100), "chart__bar")
    (whole,) = of(drawn(bar_chart, [Bar("Yes", 100)], full=100), "chart__bar")

    assert number(bar, "width") == pytest.approx(number(whole, "width") / 2)


def test_numbers_without_words_are_written_with_their_unit():
    bars = [Bar("Yes", 41), Bar("No", 2.5), Bar("Never", 3, "three")]

    assert words(drawn(bar_chart, bars, unit="%"), "chart__value") == ["41%", "2.5%", "three"]


def test_a_longer_value_leaves_itself_more_room():
    def longest(said):
        return number(of(drawn(bar_chart, [Bar("Yes", 41, said)]), "chart__bar")[0], "width")

    assert longest("41") > longest("41 of 79 (52%)") > longest("41 of 79 people (52%)") >= 40


@CHARTS
def test_hidden_values_all_look_alike_and_carry_their_words(chart):
    hidden = of(
        drawn(chart, [Bar("Yes", 41), HIDDEN, Bar("Never", None, HIDDEN.said)]), "chart__hidden"
    )

    assert len({(box.get("width"), box.get("height")) for box in hidden[:2]}) == 1
    assert all(box.get("fill") == "url(#q1-hatch)" and box.get("stroke") for box in hidden)


def test_a_hidden_bar_says_so_behind_itself_and_a_hidden_column_once_below():
    bars = [
        Bar("1", 41),
        Bar("2", None, "hidden (small group)"),
        Bar("3", None, "hidden (small group)"),
    ]

    assert words(drawn(bar_chart, bars), "chart__value").count("hidden (small group)") == 2
    assert words(drawn(column_chart, bars), "chart__value").count("hidden (small group)") == 1


@CHARTS
def test_a_chart_of_hidden_values_or_of_nothing_can_be_drawn(chart):
    assert not of(drawn(chart, [HIDDEN, HIDDEN]), "chart__bar")
    drawn(chart, [Bar("Yes", 0)])
    drawn(chart, [])


def test_a_long_label_stands_on_two_lines():
    label = "Sometimes, but not in the way that helps"

    assert words(drawn(bar_chart, [Bar(label, 1)]), "chart__label") == [
        "Sometimes, but not in the way",
        "that helps",
    ]


def test_a_label_too_long_for_two_lines_ends_in_dots():
    first, second = words(drawn(bar_chart, [Bar("much too long " * 9, 1)]), "chart__label")

    assert len(first) <= 30 and len(second) <= 30
    assert second.endswith("…")


def test_wide_letters_get_shorter_lines():
    assert len(words(drawn(bar_chart, [Bar("学" * 20, 1)]), "chart__label")) == 2


def test_no_bar_stands_on_the_label_of_another():
    svg = drawn(bar_chart, [Bar("Sometimes, but not in the way that helps", 3), *FACES])
    ends = [(number(box, "y"), number(box, "height")) for box in of(svg, "chart__bar")]

    for line in of(svg, "chart__label"):
        assert not any(top < number(line, "y") < top + height for top, height in ends)
    assert max(top + height for top, height in ends) <= number(svg, "height")


def test_eleven_columns_stand_side_by_side_and_in_order():
    svg = drawn(column_chart, RATING, unit="people")
    boxes = of(svg, "chart__bar")
    lefts = [number(box, "x") for box in boxes]

    assert words(svg, "chart__label") == ["people", *map(str, range(11))]
    assert lefts == sorted(lefts)
    for box, following in zip(boxes, lefts[1:], strict=False):
        assert number(box, "x") + number(box, "width") < following
    assert lefts[-1] + number(boxes[-1], "width") <= 100
    heights = [number(box, "height") for box in boxes]
    assert heights == pytest.approx([8 * point / 10 for point in range(11)])
    assert len({round(number(box, "y") + number(box, "height"), 6) for box in boxes}) == 1


def test_a_label_of_a_column_may_stand_on_two_lines():
    two = drawn(column_chart, [Bar("30\nAug", 5), Bar("22", 7)])
    day, month, other = of(two, "chart__label")

    assert words(two, "chart__label") == ["30", "Aug", "22"]
    assert day.get("x") == month.get("x")
    assert number(day, "y") == number(other, "y") < number(month, "y") < number(two, "height")
    one = drawn(column_chart, [Bar("30", 5), Bar("22", 7)])
    assert number(one, "height") < number(two, "height")


def test_charts_run_from_the_right_where_the_page_does():
    svg = drawn(bar_chart, FACES, right_to_left=True)
    assert svg.get("direction") == "rtl"
    for box in of(svg, "chart__bar"):
        assert number(box, "x") + number(box, "width") == pytest.approx(100)

    columns = of(drawn(column_chart, RATING, right_to_left=True), "chart__bar")
    lefts = [number(box, "x") for box in columns]
    assert lefts == sorted(lefts, reverse=True)


@CHARTS
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_a_value_that_cannot_be_drawn_is_refused(chart, value):
    with pytest.raises(ValueError, match="finite value"):
        drawn(chart, [Bar("Yes", value)])


@CHARTS
def test_what_would_mislead_is_refused(chart):
    with pytest.raises(ValueError, match="longer than a full one"):
        drawn(chart, [Bar("Yes", 101)], full=100)
    with pytest.raises(ValueError, match="needs words"):
        drawn(chart, [Bar("Yes", None)])


@CHARTS
@pytest.mark.parametrize("chart_id", ["", "1st", 'q1" onload="x', "q 1"])
def test_an_id_that_is_none_is_refused(chart, chart_id):
    with pytest.raises(ValueError, match="cannot be an id"):
        drawn(chart, FACES, chart_id=chart_id)
