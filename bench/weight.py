"""What a phone has to fetch: the first visit and each page after it, for every survey."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bench.databases import SURVEYS, fill, survey
from bench.ground import Ground
from bench.person import Person, Think
from bench.report import KB, Outcome, Table, at_most, none_of
from bench.running import Server, bare, ours
from bench.wire import Reply, Tab
from feedback.settings import place

MOST_FIRST, MOST_FIRST_REQUESTS = 40 * KB, 4
MOST_LATER = 7 * KB
ACCEPT = "gzip, br"
WALKS = 12  # a survey and language: different answers open different pages
SHOWN = 8

_FONT = re.compile(rb"url\(\s*[\"']?([^\"')]+\.(?:woff2?|ttf|otf))")
_SCRIPT = re.compile(rb"<script\b[^>]*src=")


class NotBuilt(Exception):
    """The style and the pictures are not there, so there is nothing to weigh."""


@dataclass
class Weighed:
    """One page as one phone fetched it: bytes on the wire, headers included."""

    survey: str
    reading: str
    language: str
    page: str
    bare: int = 0
    parts: int = 0
    heads: int = 0
    redirects: int = 0
    requests: int = 0
    scripts: int = 0
    fonts: int = 0

    @property
    def total(self) -> int:
        """The page and what it loads that this phone had not seen."""
        return self.bare + self.parts


def run(ground: Ground) -> Outcome:
    """Weigh every demonstration survey, in both ways of reading and every language."""
    if not (place("static/dist") / "manifest.json").exists():
        raise NotBuilt("static/dist is not built: run `make setup`")
    names = sorted(path.stem for path in SURVEYS.glob("*.yaml"))
    asked = [survey(name) for name in names]
    where = fill(ground.sqlite.fresh(), asked)
    pages: list[Weighed] = []
    with ours(where, ground.folder) as us, bare(where, ground.folder) as floor:
        for questionnaire in asked:
            readings = ["standard", *(["easy_read"] if questionnaire.has_easy_read else [])]
            for reading in readings:
                for language in questionnaire.complete_languages:
                    for seed in range(ground.pick(WALKS, 3)):
                        walk = _walk(us, questionnaire.survey, reading, language, seed)
                        pages += asyncio.run(walk)
        least = asyncio.run(_floor(floor))
    firsts = _heaviest([page for page in pages if page.page == "start"])
    laters = _heaviest([page for page in pages if page.page != "start"])
    return Outcome(
        [
            _table("The first visit: start page, style, icon and pictures", firsts, least),
            _table("Later pages with the pictures not seen before", laters, least),
        ],
        [
            at_most("first visit, KB", firsts[0].total / KB, MOST_FIRST / KB),
            at_most("first visit, requests", max(p.requests for p in firsts), MOST_FIRST_REQUESTS),
            at_most("later page, KB", laters[0].total / KB, MOST_LATER / KB),
            none_of("later pages over that", sum(page.total > MOST_LATER for page in laters)),
            none_of("script files", sum(page.scripts for page in pages)),
            none_of("web fonts", sum(page.fonts for page in firsts)),
        ],
    )


def _heaviest(pages: Sequence[Weighed]) -> list[Weighed]:
    """Each page at its heaviest, heaviest first."""
    most: dict[tuple[str, ...], Weighed] = {}
    for page in pages:
        key = (page.survey, page.reading, page.language, page.page)
        if key not in most or most[key].total < page.total:
            most[key] = page
    return sorted(most.values(), key=lambda page: -page.total)


def _table(title: str, pages: list[Weighed], least: int) -> Table:
    rows = [
        (
            f"{page.survey} {page.page}, {page.reading}, {page.language}",
            page.bare,
            page.parts,
            page.requests,
            page.total,
            page.heads,
            page.redirects,
            page.total / least,
        )
        for page in [*pages[:SHOWN], pages[len(pages) // 2]]
    ]
    return Table(
        f"{title}: bytes on the wire, the heaviest of {len(pages)} (floor's page: {least:,})",
        ("", "page", "loaded", "requests", "bytes", "of them headers", "redirect", "to floor"),
        rows,
        ["The last row is the middle of all. The redirect before a page is not in its bytes."],
    )


async def _walk(server: Server, code: str, reading: str, language: str, seed: int) -> list[Weighed]:
    """One phone from the poster to the receipt."""
    person = Person(
        f"/s/{code}?read={reading}&language={language}", seed=seed, accept=ACCEPT, loads=True
    )
    tab, walk = Tab(server.port), person.walk()
    found: list[Weighed] = []
    arrived = Weighed(code, reading, language, "start")
    reply: Reply | None = None
    try:
        while True:
            step = walk.send(reply) if reply is not None else next(walk)
            reply = None
            if isinstance(step, Think):
                found.append(arrived)
                arrived = Weighed(code, reading, language, "")
                continue
            reply = await tab.ask(step.raw)
            if reply.status >= 300:
                arrived.redirects += reply.size
                continue
            arrived.requests += 1
            arrived.heads += reply.size - len(reply.body)
            if step.part:
                arrived.parts += reply.size
                arrived.fonts += len(_FONT.findall(reply.body))
                continue
            arrived.bare += reply.size
            arrived.page = arrived.page or step.path.removeprefix(f"/s/{code}/")
            arrived.scripts += len(_SCRIPT.findall(reply.body))
    except StopIteration:
        if arrived.requests:
            found.append(arrived)
        if not person.receipt:
            raise RuntimeError(f"no receipt at the end of {code}") from None
        return found
    finally:
        tab.close()


async def _floor(server: Server) -> int:
    """Bytes of the floor's page."""
    tab, walk = Tab(server.port), Person("/", most_turns=0).walk()
    step = next(walk)
    assert not isinstance(step, Think)
    reply = await tab.ask(step.raw)
    tab.close()
    return reply.size
