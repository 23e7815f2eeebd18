"""Feeds: what a reader of RSS and of JSON Feed finds in them."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

from feedback.outputs import feeds
from feedback.outputs.feeds import Entry, Feed

AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
ENTRIES = [
    Entry("you-said/waits/update-7/en", "https://x.example/you-said/waits#update-7",
          "It is done: <b>a letter</b> & a date", "Two lines\nof words", AT, ("Parents",)),
    Entry("you-said/waits/heard/en", "https://x.example/you-said/waits", "سمعنا", "", AT),
]  # fmt: skip
FEED = Feed(
    "You said, we did", "What came of it", "en", "https://x.example/you-said",
    "https://x.example/you-said/feed.rss?language=en&read=easy", ENTRIES,
)  # fmt: skip


def test_rss_says_what_happened_when_and_where_by_a_lasting_name():
    top = ElementTree.fromstring(feeds.rss(FEED))
    assert (top.tag, top.get("version")) == ("rss", "2.0")
    channel = top.find("channel")
    assert {"title", "link", "description"} <= {part.tag for part in channel}
    itself = channel.find(f"{{{feeds.ATOM}}}link")
    assert (itself.get("rel"), itself.get("href")) == ("self", FEED.address)
    first, second = channel.findall("item")
    assert first.findtext("title") == "It is done: <b>a letter</b> & a date"
    assert first.find("guid").get("isPermaLink") == "false"
    assert first.findtext("guid") != second.findtext("guid")
    assert parsedate_to_datetime(first.findtext("pubDate")) == AT
    assert second.findtext("title") == "سمعنا"


def test_a_json_feed_holds_the_same():
    whole = json.loads(feeds.json_feed(FEED))
    assert whole["version"] == "https://jsonfeed.org/version/1.1"
    assert whole["feed_url"] == FEED.address
    first, second = whole["items"]
    assert first == {
        "id": "you-said/waits/update-7/en",
        "url": "https://x.example/you-said/waits#update-7",
        "title": "It is done: <b>a letter</b> & a date",
        "content_text": "Two lines\nof words",
        "date_published": "2026-03-02T10:30:00+00:00",
        "tags": ["Parents"],
    }
    assert "tags" not in second


def test_an_empty_feed_is_a_feed():
    empty = Feed("t", "a", "en", "https://x.example", "https://x.example/f", [])
    assert ElementTree.fromstring(feeds.rss(empty)).findall(".//item") == []
    assert json.loads(feeds.json_feed(empty))["items"] == []
