"""The commands for themes in files, as an analyst types them."""

import csv

import pytest
from click.testing import CliRunner, Result

from feedback.cli import main
from tests.analysis.tiny_vectors import write_model

SAID = {
    "bus": ["The bus was late", "No taxi came", "He waits for the bus", "A taxi and no escort"],
    "food": ["Lunch was cold", "Cold lunch again", "No lunch for him", "He liked the soup"],
    "": ["It rained", "Nothing to say", "See you", "Fine by us"],
}
BUSES, TIMES = ("bus", "taxi"), ("early", "late", "today", "friday")


@pytest.fixture
def comments(tmp_path):
    """A file of coded comments: id, who, text, and a column for each theme."""
    file = tmp_path / "comments.csv"
    rows = [
        (f"{theme}{at}{again}", f"w{at}{theme}", text, int(theme == "bus"), int(theme == "food"))
        for again in range(3)
        for theme, texts in SAID.items()
        for at, text in enumerate(texts)
    ]
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([("id", "who", "text", "bus", "food"), *rows])
    return file


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["themes", *map(str, words)])


LABELS = ("--label", "bus", "--label", "food")


def test_themes_are_learned_kept_and_put_on_other_comments(comments, tmp_path):
    model, out = tmp_path / "model", tmp_path / "out.csv"
    learned = run("learn", comments, model, *LABELS, "--group", "who")
    assert learned.exit_code == 0, learned.output
    assert "Learned from 36 comments: bus 12, food 12." in learned.output

    other = tmp_path / "other.csv"
    other.write_text("id,text\n=1,Where is the bus\n2,\n3,Cold lunch\n", encoding="utf-8")
    applied = run("apply", model, other, out)
    assert applied.exit_code == 0, applied.output
    with out.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert list(rows[0]) == ["id", "bus", "food", "pred:bus", "pred:food", "unsure", "sentiment"]
    assert [(row["pred:bus"], row["pred:food"]) for row in rows] == [
        ("1", "0"),
        ("0", "0"),
        ("0", "1"),
    ]
    assert [row["id"] for row in rows] == ["'=1", "2", "3"]
    assert rows[1]["unsure"] == "empty"
    assert all(0 <= float(row["bus"]) <= 1 for row in rows)


def test_more_processes_write_the_same(comments, tmp_path):
    model = tmp_path / "model"
    run("learn", comments, model, *LABELS)
    run("apply", model, comments, tmp_path / "one.csv")
    run("apply", model, comments, tmp_path / "two.csv", "--workers", 2)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_how_well_it_does_stands_beside_the_trivial_answer(comments):
    said = run("evaluate", comments, *LABELS, "--group", "who", "--folds", 3)
    assert said.exit_code == 0, said.output
    assert "36 comments of 12 writers in 3 folds." in said.output
    # Each of two themes has 12 of 36: one of them always is right 12 times, wrong 24, misses 12.
    assert "the commonest theme always: micro F1 0.400, macro F1 0.250" in said.output
    (measured,) = (line for line in said.output.splitlines() if line.startswith("measured"))
    assert "exact" in measured and "AUC" in measured


def test_topics_are_suggested_with_comments(tmp_path):
    file = tmp_path / "many.csv"
    lines = [
        *(f"The {a} {b} {c}" for a in BUSES for b in ("came", "left") for c in TIMES),
        *(f"{a} {b} at the pool" for a in ("swimming", "lessons", "club") for b in TIMES),
        *(f"{a} {b} form" for a in ("long", "odd", "panel") for b in ("jargon", "draft", "lost")),
    ]
    file.write_text("text\n" + "\n".join(lines), encoding="utf-8")
    said = run("discover", file)
    assert said.exit_code == 0, said.output
    assert "swimming" in said.output and "comments:" in said.output and "  - " in said.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("evaluate", "FILE", "--label", "train"), "no column train"),
        (("evaluate", "FILE", "--label", "text"), "row 2: text is"),
        (("evaluate", "FILE", "--label", "bus", "--label", "bus"), "two themes"),
        (("evaluate", "FILE", *LABELS, "--group", "who", "--folds", "40"), "too few writers"),
        (("apply", "FILE", "FILE", "OUT"), "no model"),
        (("discover", "FILE"), "30"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(comments, tmp_path, words, said):
    places = {"FILE": comments, "OUT": tmp_path / "out.csv"}
    result = run(*(places.get(word, word) for word in words))
    assert result.exit_code == 1
    assert said in result.output


def test_a_codebook_alone_puts_themes_before_anybody_has_coded(comments, tmp_path):
    out = tmp_path / "out.csv"
    assert run("apply", "starter", comments, out).exit_code == 0
    with out.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert {row["pred:transport"] for row in rows if row["id"].startswith("bus")} == {"1"}
    assert {row["pred:transport"] for row in rows if row["id"].startswith("food")} == {"0"}
    assert {row["sentiment"] for row in rows} <= set("12345")


def test_labels_are_the_codes_of_a_codebook_or_refused(comments, tmp_path):
    book = tmp_path / "own.yaml"
    book.write_text(
        "codebook: Own\nversion: 1\nthemes:\n"
        "  - {code: bus, name: Getting there, seeds: [bus, taxi]}\n"
        "  - {code: food, name: Lunch, seeds: [lunch, soup]}\n"
    )
    kept = tmp_path / "kept"
    assert run("learn", comments, kept, *LABELS, "--codebook", book).exit_code == 0
    refused = run("learn", comments, kept, "--label", "who", "--codebook", book)
    assert refused.exit_code == 1
    assert "has no theme who" in refused.output


def test_a_file_larger_than_a_batch_is_written_line_by_line_in_order(tmp_path):
    file, out = tmp_path / "many.csv", tmp_path / "out.csv"
    said = ["late bus", "cold lunch", "", "10 weeks late", "Thanks"]
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(
            [("id", "text"), *((at, said[at % len(said)]) for at in range(4_100))]
        )
    applied = run("apply", "starter", file, out, "--workers", 2)
    assert applied.exit_code == 0, applied.output
    with out.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["id"] for row in rows] == [str(at) for at in range(4_100)]
    assert [row["pred:waiting"] for row in rows] == [
        "1" if at % 5 == 3 else "0" for at in range(4_100)
    ]


def test_the_wording_of_the_question_tells_the_side_of_a_dry_answer(tmp_path):
    file, out = tmp_path / "asked.csv", tmp_path / "out.csv"
    file.write_text(
        "id,asked,text\n1,What was good?,the ramp\n2,What should change?,the ramp\n", "utf-8"
    )
    run("apply", "starter", file, out, "--question", "asked")
    with out.open(encoding="utf-8", newline="") as opened:
        first, second = csv.DictReader(opened)
    assert int(first["sentiment"]) < 3 < int(second["sentiment"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,comment\n1,bus\n", "no column text"),
        (b"id,text\n", "no rows"),
        (b"", "no column id, text"),
        (b"id,text\n1,bus\n" * 3_000 + b"2,\xff\xfe\n", "CSV in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_to_its_end_leaves_nothing_behind(tmp_path, content, said):
    file, out = tmp_path / "bad.csv", tmp_path / "out.csv"
    file.write_bytes(content)
    applied = run("apply", "starter", file, out)
    assert applied.exit_code == 1
    assert said in applied.output
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.csv"]


@pytest.fixture
def folder(tmp_path):
    known = {"bus": (1, 0), "taxi": (1, 0.1), "coach": (1, 0.2), "lunch": (0, 1), "soup": (0.1, 1)}
    return write_model(tmp_path / "vectors", known)


def test_vectors_of_a_folder_count_beside_the_words(comments, folder, tmp_path):
    model, out, cache = tmp_path / "model", tmp_path / "out.csv", tmp_path / "kept"
    with_them = ("--vectors", folder, "--cache", cache)
    assert run("learn", comments, model, *LABELS, *with_them).exit_code == 0
    other = tmp_path / "other.csv"
    other.write_text("id,text\n1,That coach\n", encoding="utf-8")
    applied = run("apply", model, other, out, *with_them)
    assert applied.exit_code == 0, applied.output
    with out.open(encoding="utf-8", newline="") as opened:
        (row,) = csv.DictReader(opened)
    assert (row["pred:bus"], row["pred:food"]) == ("1", "0")
    assert cache.stat().st_size and b"coach" not in cache.read_bytes()

    refused = run("apply", model, other, out)
    assert refused.exit_code == 1 and "learned with sentence vectors" in refused.output
    tried = run("evaluate", comments, *LABELS, "--folds", 3, *with_them)
    assert tried.exit_code == 0 and "measured: micro F1" in tried.output


def test_whoever_names_vectors_for_a_model_of_words_is_told(comments, folder, tmp_path):
    model, out = tmp_path / "model", tmp_path / "out.csv"
    run("learn", comments, model, *LABELS)
    applied = run("apply", model, comments, out, "--vectors", folder)
    assert applied.exit_code == 0 and "is not used" in applied.output


def test_vectors_that_cannot_be_used_are_said_in_words(comments, folder, tmp_path):
    model = tmp_path / "model"
    refused = run("learn", comments, model, *LABELS, "--vectors", tmp_path / "nowhere")
    assert refused.exit_code == 1 and "no such folder" in refused.output
    assert not model.exists()
    cache = tmp_path / "kept"
    cache.write_text("not a database at all" * 100)
    refused = run("learn", comments, model, *LABELS, "--vectors", folder, "--cache", cache)
    assert refused.exit_code == 1 and "nothing is lost" in refused.output
    run("learn", comments, model, *LABELS, "--vectors", folder)
    words = ("apply", model, comments, tmp_path / "out.csv", "--vectors", folder)
    refused = run(*words, "--cache", cache, "--workers", 2)
    assert refused.exit_code == 1 and "nothing is lost" in refused.output
