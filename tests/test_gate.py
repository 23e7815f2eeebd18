"""Figures about people leave by one way: services that hide small groups. No page goes round them.

A count is raw in `queries`. Whoever counts there is found by what the code says, so that a new way
to count cannot be forgotten here; what a page may still ask for by itself stands below with its
reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import feedback

ROOT = Path(feedback.__file__).parent
COUNTS = ("func.count", "func.sum", "Tally.counts", "TalliedDay.people")
ANSWERS = {"feedback.models.responses", "feedback.models.tallies"}
# What may count answers: it passes the gate, or works beside the pages and shows nothing.
INSIDE = ("services", "queries", "models", "jobs", "demo")
MAY_ASK = {  # what others may ask, and why no group of people can be told from it
    ("themes", "comment_count"): "whether anything waits to be read; the number is for coders",
    ("theme_counts", "keys"): "which comments to list, for those who read comments anyway",
    ("coding", "split_count"): "work left for coders",
    ("coding", "read_since"): "how much a coder has read themselves",
    ("coding", "suggestions_judged"): "how much coders have read together",
    ("paper", "typed"): "how many forms somebody typed in themselves",
    ("groups", "member_numbers"): "members of a room by the picture they chose, no answers",
    ("catching_up", "of_room"): "the order of a group's own votes, for the group; no numbers",
    ("wordings", "count_waiting"): "questions that wait for a survey, no answers",
    ("wordings", "hard_words"): "words that a room found hard, for that room, no answers",
    ("oversight", "count"): "lines of the record, no answers",
    ("safeguarding", "open_count"): "worries that wait for a trained person, no answers",
    ("people", "organisations"): "staff, no answers",
    ("events", "places_used"): "events, no answers",
    ("meetings", "decided"): "promises, no answers",
    ("reports", "places_of_events"): "events, no answers",
    ("events", "series_used"): "events, no answers",
    ("published", "listed"): "insights, no answers",
    ("pictures", "counts"): "pictures, no answers",
    ("signing_off", "verdicts"): "what members say of their results, for their workers; no answers",
    ("codebooks", "carried"): "codings that a change of the codebook takes along, for coders",
}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def counting() -> dict[str, set[str]]:
    """Module of queries → its functions that count, by themselves or through another one."""
    found = {}
    for path in sorted((ROOT / "queries").glob("*.py")):
        functions = {
            node.name: node for node in parsed(path).body if isinstance(node, ast.FunctionDef)
        }
        own = {
            name
            for name, node in functions.items()
            if any(words in ast.unparse(node) for words in COUNTS)
        }
        while more := {
            name
            for name, node in functions.items()
            if name not in own and own & {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        }:
            own |= more
        found[path.stem] = own
    return found


def outside() -> Iterator[tuple[Path, ast.Module]]:
    """Everything that shows something to somebody: pages, forms, files, the command line."""
    for path in sorted(ROOT.rglob("*.py")):
        if path.relative_to(ROOT).parts[0].removesuffix(".py") not in INSIDE:
            yield path, parsed(path)


def asks(tree: ast.Module) -> set[tuple[str, str]]:
    """What of `queries` a module uses: (module, name)."""
    modules, found = dict[str, str](), set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        for name in node.names:
            if node.module == "feedback.queries":
                modules[name.asname or name.name] = name.name
            elif node.module.startswith("feedback.queries."):
                found.add((node.module.rpartition(".")[2], name.name))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            continue
        if node.value.id in modules:
            found.add((modules[node.value.id], node.attr))
    return found


def test_what_counts_is_found():
    found = counting()
    assert {"sent_count", "code_counts", "number_counts"} <= found["responses"]
    assert {"rows", "counted"} <= found["tallies"]
    assert {"raised", "people", "with_any"} <= found["theme_counts"]
    assert "chosen" in found["taking_part"]


def test_no_page_file_or_command_counts_answers_by_itself():
    raw = {(module, name) for module, names in counting().items() for name in names}
    round_the_gate = {
        (path.relative_to(ROOT).as_posix(), *used)
        for path, tree in outside()
        for used in asks(tree) & raw - MAY_ASK.keys()
    }
    assert round_the_gate == set()


def test_every_exception_is_used_and_counts():
    raw = {(module, name) for module, names in counting().items() for name in names}
    used = {each for _path, tree in outside() for each in asks(tree)}
    assert raw >= MAY_ASK.keys()
    assert used >= MAY_ASK.keys()


def test_no_page_file_or_command_reads_answers_or_tallies_as_rows():
    found = {
        path.relative_to(ROOT).as_posix()
        for path, tree in outside()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ANSWERS
    }
    assert found == set()


def test_public_pages_of_promises_read_what_was_published_and_nothing_else():
    """Their figures come from releases: by `following`, by `released`, and taps by `clarity`."""
    read = {
        module
        for name in ("said", "sharing", "promises", "trails", "remeasured", "papers", "cycle_news")
        for module, _name in asks(parsed(ROOT / "web" / f"{name}.py"))
    }
    # `reports` finds one paper, `pictures` a drawing by words.
    assert read == {"published", "releases", "reports", "pictures"}
    assert {module for module, _ in asks(parsed(ROOT / "services" / "following.py"))} == {
        "published"
    }


def test_public_pages_of_figures_read_releases_and_nothing_else():
    """Queries of the public door: which release there is. Its figures come from `released`."""
    tree = parsed(ROOT / "web" / "figures.py")
    assert {module for module, _name in asks(tree)} == {"releases"}
    services = {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "feedback.services"
        for name in node.names
    }
    assert services == {"released"}
    read = parsed(ROOT / "services" / "released.py")
    assert {module for module, _name in asks(read)} <= {"releases", "tallies"}
    assert not {name for module, name in asks(read) if module == "tallies"} - {"Asked"}
