"""Papers to try every form on: twelve charts, Arabic, long words, nothing at all, a long title."""

from dataclasses import replace
from datetime import date

from feedback.outputs.charts import Bar, bar_chart
from feedback.outputs.line_charts import Look, Point, Stretch, line_chart
from feedback.outputs.papers.paper import (
    Chart,
    Evidence,
    Heading,
    Idea,
    Link,
    Listing,
    Note,
    Number,
    Paper,
    Para,
    Quote,
    Table,
    Text,
    Traced,
)

NOT_CODE = '#panic("no") $x$ *b* _u_ "] = @a <b> \\u{41} // [c] `d` & {{ e }}'
LONG_WORD = "https://feedback.example.gov.uk/" + "averylongnameofapage" * 6
LONG_TITLE = (
    "What families, young people and practitioners in every part of Brackenshore told us " * 4
)
HOST = "Brackenshore SEND partnership"
CYCLES = ["Mar", "May", "Jul", "Sep", "Nov", "Jan", "Mar", "May", "Jul", "Sep", "Nov", "Jan", "Mar"]
SHARES = [48, 51, 47, 52, None, 50, 49, 55, 61, 63, 62, 64, 66]


def line(number: int, *, right_to_left: bool = False) -> str:
    points = [
        Point(
            label,
            None if share is None else share - number % 5,
            hidden=share is None,
            state=Look.BETTER if at > 8 else Look.COMMON,
            lower=40,
            upper=60,
            mark="A" if at == 8 else "",
        )
        for at, (label, share) in enumerate(zip(CYCLES, SHARES, strict=True))
    ]
    return line_chart(
        points,
        [Stretch(1, 13, 50, 40, 60)],
        chart_id="chart-line",
        title="Felt listened to",
        description="It went up.",
        low=30,
        high=80,
        unit="%",
        target=70,
        target_label="Target",
        ticks=[30, 55, 80],
        hidden_words="small group, or nobody",
        right_to_left=right_to_left,
    )


def bars(*, right_to_left: bool = False) -> str:
    return bar_chart(
        [
            Bar("The plan was written with us", 38, "38 people"),
            Bar("We waited a long time and nobody told us why that was so", 64, "64 people"),
            Bar("Somebody rang back", None, "hidden (small group)"),
        ],
        chart_id="chart-line",  # on purpose the same: a paper gives each a name of its own
        title="What parents spoke of",
        description="Waiting most.",
        right_to_left=right_to_left,
    )


def series(number: int) -> Table:
    cells = [
        (f"{label} {2025 + at // 6}", share, 84 + at, "yes" if at > 8 else "no")
        for at, (label, share) in enumerate(zip(CYCLES, SHARES, strict=True))
    ]
    rows = tuple(
        (a, "hidden" if b is None else f"{b}%", str(c), "has moved" if d == "yes" else "as usual")
        for a, b, c, d in cells
    )
    return Table(
        f"listened-{number}",
        "Parents who felt listened to, by cycle",
        ("Cycle", "Felt listened to", "Answers", "What it says"),
        rows,
        plain=tuple(cells),
        base="84 to 96 parents a cycle",
        source="Yearly survey, question “Did we listen?”",
        release=3,
    )


SPOKE = Table(
    "spoke-of",
    "What parents spoke of",
    ("Theme", "People"),
    (("The plan was written with us", "38"), ("Waiting", "64"), ("=cmd()", "hidden")),
    base="143 parents who wrote a comment",
)
ACTIONS = Table(
    "actions",
    "Actions since the last meeting",
    ("What was decided", "Who", "By when", "Where it is", "What came of it"),
    (
        (
            "Ring every family that has waited six weeks, and write down what they were told",
            "Health, therapies team",
            "12 December 2026",
            "Doing",
            "41 of 60 families rung",
        ),
        (
            "Put the whole pathway on one page of the local offer",
            "Local authority",
            "30 November 2026",
            "Done, checked by a second person",
            LONG_WORD,
        ),
    ),
)
EMPTY = Table("empty", "Actions that are late", ("What", "Who"), ())


def full(**changed: object) -> Paper:
    """A board paper of the usual length: twelve charts and what stands round them."""
    charts = [
        Chart(
            f"{66 - number % 5}% of parents felt listened to, more than a year ago",
            line(number),
            "A line of 13 cycles. It lay round 50% and rose to over 60% from July 2026.",
            series(number),
        )
        for number in range(1, 12)
    ]
    blocks = (
        Heading("Where we are"),
        Para(
            (
                Text("Parents feel listened to more than a year ago: "),
                Number("66%", "listened", "Felt listened to, parents, release 3"),
                Text(" said so in March, out of 96. "),
                Text("The wait for a first visit has not moved.", bold=True),
            )
        ),
        Note(
            "What we are less sure of",
            (
                (Text("Fewer than 10 young people answered in Eastmarsh, so nothing is shown."),),
                (Text("Themes were put on comments by a machine and looked at by a person."),),
            ),
        ),
        Chart(
            "Waiting is what parents speak of most",
            bars(),
            "Three bars; waiting is longest.",
            SPOKE,
        ),
        Quote("They rang back the same day. I cried, because nobody had before.", by="a parent"),
        Quote("لقد اتصلوا بنا في اليوم نفسه.", language="ar", by="a parent, in Arabic"),
        Heading("What we did"),
        Listing(
            (
                (
                    Text("We wrote the pathway on one page, and "),
                    Link("published it", "/said/pathway"),
                    Text("."),
                ),
                (Text(f"We answered what was odd: {NOT_CODE}"),),
                (
                    Text(
                        "We keep the list short enough to be true, which is why this point "
                        "is longer than the others and runs on to a second line."
                    ),
                ),
            )
        ),
        ACTIONS,
        EMPTY,
        Heading("Impact on children and families"),
        Heading("In the early years", level=4),
        Listing(((Text("First this."),), (Text("Then that."),)), numbered=True),
        *charts[:2],
        Heading("What comes next"),
        *charts[2:],
        Heading("Who was heard"),
        Para((Text("Families from Westbrook were heard less than they are many."),)),
        Heading("Who was not heard"),
        Para((Text("Nobody under 11 was asked."),)),
    )
    paper = Paper(
        title="What families told us, and what came of it",
        subtitle="For the SEND partnership board",
        host=HOST,
        frozen_on=date(2026, 11, 14),
        blocks=blocks,
        version=3,
        change_note="The figures of the November release are in, and one action was added.",
        facts=(
            ("Meeting", "SEND partnership board, 24 November 2026"),
            ("Counts until", "31 October 2026"),
            ("Written by", "Participation and engagement"),
            ("Release", "3"),
        ),
        licence="You may use this under the Open Government Licence v3.0.",
        licence_address="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        site="https://feedback.example.gov.uk",
        evidence=(
            Evidence(
                "listened",
                "Felt listened to, parents: 63 of 96, release 3",
                "/figures/felt_listened_to",
            ),
            Evidence("waited", "Spoke of waiting: 64 of 143 parents who wrote, release 3"),
        ),
        trail=(
            Traced(
                "Parents feel listened to more than a year ago: 66% said so in March.",
                claim="moved: better",
                evidence="listened",
                release=3,
                measure="felt_listened_to",
                question="Did we listen to you?",
                asked="Parents and carers, yearly survey; 96 answered",
            ),
            Traced("=HYPERLINK(1)", note="marked and kept: counted by hand at the event"),
        ),
    )
    return replace(paper, **changed)


def summary(paragraphs: int = 6, **changed: object) -> Paper:
    """A plain summary; six paragraphs fit a page."""
    words = "We asked families how things are going. Most of them told us the wait is too long. "
    return replace(
        full(),
        title="The year on one page",
        change_note="",
        blocks=(
            Heading("What you said"),
            *(Para((Text(words * 3),)) for _ in range(paragraphs)),
        ),
        evidence=(),
        **changed,
    )


def easy(**changed: object) -> Paper:
    return replace(
        full(),
        title="What you told us",
        subtitle="",
        change_note="",
        easy_read=True,
        facts=(),
        blocks=(
            Heading("What you said"),
            Idea((Text("Waiting is too long."),), "own/waiting"),
            Idea(
                (Text("People "), Text("listen", bold=True), Text(" more than last year.")),
                "own/listen",
                "Two people talk",
            ),
            Idea((Text("This line has no picture."),)),
            Heading("What we did"),
            Idea((Text("We rang families who wait."),), "own/words"),
            Idea((Text("66 in 100 parents felt listened to."),), "upload/gone"),
        ),
        **changed,
    )


def arabic(**changed: object) -> Paper:
    chart = Chart(
        "شعر عدد أكبر من الأهل بأننا نصغي إليهم",
        line(1, right_to_left=True),
        "خط يرتفع من 50% إلى 66%.",
        replace(series(1), caption="الأهل حسب الدورة"),
    )
    return replace(
        full(),
        title="ما قالته لنا العائلات",
        subtitle="لمجلس الشراكة",
        language="ar",
        host="شراكة براكنشور",
        change_note="",
        facts=(("الاجتماع", "24 نوفمبر 2026"), ("الإصدار", "3")),
        licence="",
        blocks=(
            Heading("أين نحن"),
            Para(
                (
                    Text("شعر "),
                    Number("66%", "listened", "الإصدار 3"),
                    Text(" من الأهل بأننا نصغي إليهم."),
                )
            ),
            Para((Text("They rang back.", language="en"), Text(" هكذا كتب أحد الأهل."))),
            Listing(((Text("أولا"),), (Text("ثانيا"),))),
            Note("ما لسنا متأكدين منه", ((Text("أجاب عدد قليل من الشباب."),),)),
            Quote("اتصلوا بنا في اليوم نفسه.", by="أحد الوالدين"),
            chart,
            Chart("ما تحدث عنه الأهل", bars(right_to_left=True), "ثلاثة أعمدة", SPOKE),
        ),
        evidence=(Evidence("listened", "63 من 96 من الأهل", "/figures/felt_listened_to"),),
        trail=(),
        **changed,
    )
