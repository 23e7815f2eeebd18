"""The commands for feelings in files, as an analyst types them."""

import csv

import pytest
from click.testing import CliRunner, Result

from feedback.cli import main

SAID = {
    1: ["Brilliant, they really listened", "Lovely kind staff", "So helpful and friendly"],
    3: ["We came by bus", "It was on a Monday", "There were two rooms"],
    5: ["Awful, we waited for years", "Nobody ever calls back", "Rude and no help at all"],
}


@pytest.fixture
def comments(tmp_path):
    """A file of comments with levels; one row has none."""
    file = tmp_path / "comments.csv"
    rows = [
        (f"{level}{at}{again}", f"{text} number {again}", level)
        for again in range(12)
        for level, texts in SAID.items()
        for at, text in enumerate(texts)
    ]
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([("id", "text", "sentiment"), *rows, ("x", "?", "")])
    return file


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["sentiment", *map(str, words)])


def test_each_comment_gets_a_level_and_how_sure(comments, tmp_path):
    out = tmp_path / "out.csv"
    assert run("apply", comments, out).exit_code == 0
    with out.open(encoding="utf-8", newline="") as opened:
        rows = {row["id"]: row for row in csv.DictReader(opened)}
    assert int(rows["110"]["sentiment"]) < 3 < int(rows["500"]["sentiment"])
    assert rows["x"]["unsure"] == "1"
    assert all(0 <= float(row["sure"]) <= 1 for row in rows.values())


def test_how_well_it_does_stands_beside_the_trivial_answer(comments):
    said = run("evaluate", comments, "--folds", "3")
    assert said.exit_code == 0
    figures = {line[:34].strip(): line[34:].split() for line in said.output.splitlines()}
    assert float(figures["learned"][0]) > float(figures["the commonest class always"][0])
    assert "108 comments (36 positive, 36 neutral or mixed, 36 negative)" in said.output


def test_a_level_that_is_none_is_named_by_its_row(comments):
    comments.write_text(comments.read_text().replace(",5\n", ",9\n", 1))
    said = run("evaluate", comments)
    assert said.exit_code == 1
    assert "is '9' and not 1 to 5" in said.output
