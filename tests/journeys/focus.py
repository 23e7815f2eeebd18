"""Where the tab key stops on a page, and whether each stop shows itself."""

from typing import Any

from playwright.sync_api import Page

from .probes import probe

RING, RING_CONTRAST = 2, 3  # px; as WCAG 2.4.13 has it
MOST_STOPS = 200

Stop = dict[str, Any]  # as the probe `focused` tells it


def stops_of(page: Page) -> list[Stop]:
    """Every stop from the top of the page to its end, each once, in the order of the tab key."""
    page.evaluate(
        "document.activeElement?.blur(), getSelection().removeAllRanges(), scrollTo(0, 0)"
    )
    stops: list[Stop] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = probe(page, "focused")
        if stop is not None and stop.get("inside"):
            continue
        if stop is not None and any(stop["order"] == other["order"] for other in stops):
            break
        if stop is not None:
            stops.append(stop)
    first = min(stops, key=lambda stop: stop["order"], default=None)
    at = stops.index(first) if first else 0
    return stops[at:] + stops[:at]


def faults_of(stop: Stop) -> list[str]:
    """What is wrong with how one stop shows itself."""
    found = [f"{stop['name']} is covered by {what}" for what in stop["covered"]]
    if stop["width"] < RING:
        found.append(f"{stop['name']} has a ring of {stop['width']} px")
    elif stop["contrast"] < RING_CONTRAST:
        found.append(f"the ring of {stop['name']} has a contrast of {stop['contrast']}")
    return found


def follows(before: Stop, after: Stop) -> bool:
    """Whether the eye comes from one box to the other: down, along, or to the next column."""
    one, other = before["box"], after["box"]
    if "skip-link" in before["name"] or other["top"] >= one["bottom"] - 4:
        return True
    along = other["right"] <= one["left"] + 4 if after["rtl"] else other["left"] >= one["right"] - 4
    return bool(along)
