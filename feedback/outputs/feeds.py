"""Feeds that other sites and readers follow: RSS 2.0 and JSON Feed 1.1, of the same entries."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
RSS_TYPE = "application/rss+xml"
JSON_TYPE = "application/feed+json"


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `id` never changes, wherever the site moves."""

    id: str
    address: str
    title: str
    words: str
    at: datetime
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class Feed:
    """What a feed is about, in one language; `address` is its own."""

    title: str
    about: str
    language: str
    home: str
    address: str
    entries: Sequence[Entry]


def rss(feed: Feed) -> bytes:
    """A feed as RSS 2.0."""
    ElementTree.register_namespace("atom", ATOM)
    top = ElementTree.Element("rss", {"version": "2.0"})
    channel = ElementTree.SubElement(top, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.home)
    _add(channel, "description", feed.about)
    _add(channel, "language", feed.language)
    itself = {"href": feed.address, "rel": "self", "type": RSS_TYPE}
    ElementTree.SubElement(channel, f"{{{ATOM}}}link", itself)
    if feed.entries:
        newest = max(entry.at for entry in feed.entries)
        _add(channel, "lastBuildDate", format_datetime(newest))
    for entry in feed.entries:
        item = ElementTree.SubElement(channel, "item")
        _add(item, "title", entry.title)
        _add(item, "link", entry.address)
        _add(item, "description", entry.words)
        for tag in entry.tags:
            _add(item, "category", tag)
        _add(item, "guid", entry.id).set("isPermaLink", "false")
        _add(item, "pubDate", format_datetime(entry.at))
    written: bytes = ElementTree.tostring(top, encoding="utf-8", xml_declaration=True)
    return written


def json_feed(feed: Feed) -> bytes:
    """A feed as JSON Feed 1.1."""
    whole = {
        "version": JSON_FEED,
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": feed.language,
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(whole, ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_text": entry.words,
        "date_published": entry.at.isoformat(timespec="seconds"),
    }
    return {**item, "tags": list(entry.tags)} if entry.tags else item


def _add(to: ElementTree.Element, name: str, words: str) -> ElementTree.Element:
    part = ElementTree.SubElement(to, name)
    part.text = words
    return part
