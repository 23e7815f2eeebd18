"""What a page asks of a person, read from its HTML, and what they might answer."""

import gzip
import re
from dataclasses import dataclass
from html import unescape
from random import Random

from lxml import html

from bench.wire import Reply

WORDS = (
    "the speech therapist listened to us and wrote everything down but we waited for very long "
    "and nobody told us what would happen next so a phone call now and then would help"
).split()

_RECEIPT = re.compile(rb'id="receipt-code">([^<]+)<')
_HIDDEN = re.compile(rb'<input\b[^>]*type="hidden"[^>]*>')
_ATTRIBUTE = re.compile(rb'(name|value)="([^"]*)"')
_LOADED = re.compile(rb'<link\b[^>]*href="(/[^"]+)"|<(?:img|script)\b[^>]*src="(/[^"]+)"')


class Refused(Exception):
    """The server said no, in a page."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something to fill in."""

    name: str
    kind: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A page's first form that changes something, and its first button."""

    action: str
    fields: tuple[Field, ...]
    button: tuple[str, str] | None


def loaded_by(body: bytes) -> list[str]:
    """Addresses of what a page loads: style, icon, pictures, scripts."""
    return [(link or source).decode() for link, source in _LOADED.findall(body)]


def receipt_on(body: bytes) -> str:
    """The receipt that a page shows; empty where it shows none."""
    found = _RECEIPT.search(body)
    return found[1].decode() if found else ""


def plain(reply: Reply) -> bytes:
    """A page's own bytes, however it travelled."""
    packed = reply.header("content-encoding")
    if packed == "gzip":
        return gzip.decompress(reply.body)
    if packed:
        raise Refused(f"a page came packed as {packed}, which was not asked for")
    return reply.body


def hidden(body: bytes) -> list[tuple[str, str]]:
    """The hidden fields of a page; forms on one page carry the same."""
    found = {}
    for tag in _HIDDEN.findall(body):
        attributes = dict(_ATTRIBUTE.findall(tag))
        found[attributes[b"name"].decode()] = unescape(attributes[b"value"].decode())
    return list(found.items())


_FORMS: dict[tuple[str, int], Form] = {}  # a page's shape is read once, not once a person


def form_of(path: str, body: bytes) -> Form:
    """The form of a page.

    Raises:
        Refused: the page has none, so nobody can go on.
    """
    key = (path, len(body))
    if key not in _FORMS:
        found = html.fromstring(body.decode()).xpath('//form[@method="post"]')
        if not found:
            raise Refused(f"no form on {path}")
        _FORMS[key] = _read(found[0])
    return _FORMS[key]


def _read(form: "html.FormElement") -> Form:
    fields: dict[str, Field] = {}
    for part in form.xpath(".//input[@name] | .//textarea[@name]"):
        name = part.get("name")
        kind = "words" if part.tag == "textarea" else part.get("type", "text")
        if kind in ("radio", "checkbox"):
            kept = fields.get(name, Field(name, kind))
            fields[name] = Field(name, kind, (*kept.values, part.get("value")))
        elif kind == "text":
            numeric = part.get("inputmode") == "numeric"
            fields[name] = Field(name, "number" if numeric else "text")
        elif kind != "hidden":
            fields[name] = Field(name, kind)
    buttons = form.xpath(".//button[not(@type) or @type='submit']")
    named = buttons and buttons[0].get("name")
    button = (named, buttons[0].get("value", "")) if named else None
    return Form(form.get("action") or "", tuple(fields.values()), button)


def answer(field: Field, choose: Random, seed: int) -> list[str]:
    """Something that a person might answer; the seed in the words makes them theirs alone."""
    match field.kind:
        case "radio":
            return [choose.choice(field.values)]
        case "checkbox" if field.name.endswith("-unknown"):
            return []
        case "checkbox":
            real = [value for value in field.values if value != "-unknown"]
            return choose.sample(real, min(len(real), choose.randint(1, 2)))
        case "number" if field.name.endswith("-month"):
            return [str(choose.randint(1, 12))]
        case "number" if field.name.endswith("-year"):
            return [str(choose.randint(2020, 2026))]
        case "number":
            return ["6"]
        case "words":
            return [f"Walk {seed}: {' '.join(choose.choices(WORDS, k=choose.randint(5, 40)))}."]
        case _:
            return [f"Walk {seed} {choose.choice(WORDS)}"]
