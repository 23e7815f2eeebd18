"""Every page of a room in easy read: short words, few sentences, one thing to do."""

import re

import pytest
from lxml import html
from rooms_ground import AT, CODE, come_in, full_room
from visiting import Visit

from feedback.analysis.readability import flesch_kincaid_grade, sentences
from feedback.queries import groups
from feedback.services import holding

pytestmark = pytest.mark.any_database

HARDEST = 3.0  # school grade of a page
MOST_SENTENCES = 4  # on a screen, besides names, buttons and what people wrote
BLOCKS = "p|h1|h2|h3|h4|li|label|legend|button|a|dt|dd|summary|div|td|th|option|strong|span"
# What somebody wrote or is called, what only machines read, names of languages.
NOT_OURS = "//script|//style|//svg|//*[@dir='auto']|//bdi|//head|//*[@lang and not(self::html)]"
NAMES = "//a[contains(@class,'top__name')]"


def words_of(page: str) -> str:
    """What a page says in our own words, a line for each piece."""
    tree = html.fromstring(page)
    for each in tree.xpath(f"{NOT_OURS}|{NAMES}"):
        each.drop_tree()
    for each in tree.iter():
        if isinstance(each.tag, str) and re.fullmatch(BLOCKS, each.tag):
            each.tail = f"\n{each.tail or ''}"
            each.text = f"\n{each.text or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def said_in(page: str) -> list[str]:
    """The sentences that a page asks somebody to read before they do something."""
    tree = html.fromstring(page)
    for each in tree.xpath(f"{NOT_OURS}|//details|//p[@class='where']"):
        each.drop_tree()
    told = tree.xpath(
        "//main//p[not(ancestor::li)]|//main//div[contains(@class,'govuk-hint')][not(ancestor::li)]"
    )
    # A way on that stands alone is pressed, not read.
    read = [each for each in told if each.xpath("string()") != each.xpath("string(a)")]
    found = [sentence for each in read for sentence in sentences(each.text_content())]
    return [each for each in found if len(each.split()) > 2]  # not the name of a button


@pytest.fixture
def there(database, codes, now):
    with database.writing() as writing, writing.begin():
        return full_room(writing, codes, now)


@pytest.fixture
def pages(app, there, client, database, now):
    """Every page of the door that opens, by its address: in the open room, and afterwards.

    What an address names besides the code is made by `full_room`; a new part needs a line there.
    """
    visit = come_in(Visit(client, ""))
    found = {}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        values = {**there, "code": CODE}
        paths = [
            adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith("together.") and "GET" in rule.methods
        ]

    def open_all():
        for path in paths:
            reply = visit.get(path)
            if reply.status_code == 200 and reply.mimetype == "text/html":
                found[path] = visit.text

    open_all()
    found[f"{AT}/join/word"] = (visit.get(f"{AT}/join/word?picture=openmoji/fox"), visit.text)[1]
    with database.writing() as writing, writing.begin():
        holding.close_room(writing, groups.by_code(writing, CODE), by=None, now=now)
    for part in ("ideas", "chosen", "next"):
        path = f"{AT}/afterwards?part={part}"
        assert visit.get(path).status_code == 200
        found[path] = visit.text
    return found


def test_every_page_of_a_room_is_easy_to_read(pages):
    assert len(pages) >= 9
    grades = {path: flesch_kincaid_grade(words_of(page)) for path, page in pages.items()}
    hard = {path: round(grade, 1) for path, grade in grades.items() if grade > HARDEST}
    assert hard == {}, [words_of(pages[path]) for path in hard]


def test_every_page_of_a_room_says_few_things(pages):
    many = {path: said_in(page) for path, page in pages.items()}
    long = [f"{path}: {each}" for path, each in many.items() if len(each) > MOST_SENTENCES]
    assert not long, "\n".join(long)


def test_hard_words_would_be_found():
    page = "<html><body><main><p>Participants articulate recommendations regarding provision, "
    page += "prioritising considerations collaboratively.</p></main></body></html>"
    assert flesch_kincaid_grade(words_of(page)) > HARDEST
    assert len(said_in("<html><main>" + "<p>We look at it now.</p>" * 5 + "</main></html>")) == 5
